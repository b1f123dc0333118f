# What stands above the list until somebody has read it: files, keyring, browser, bundles. $reason is a library's or
# the system's, or says what is wrong in a line of a file; it is in English.

## Files.

settings-unreadable = 設定を読み取れなかったため ({ $reason })、既定値を使用します。
settings-unreadable-kept = 設定を読み取れなかったため ({ $reason })、既定値を使用します。元のファイルは { $name } として残しました。
settings-not-saved = 設定は保存されませんでした: { $reason }。
saved-list-unreadable = 前回保存した一覧を読み取れませんでした ({ $reason })。
saved-list-unreadable-kept = 前回保存した一覧を読み取れませんでした ({ $reason })。元のファイルは { $name } として残しました。
journal-unreadable = Pimento のジャーナルの一部を読み取れませんでした ({ $line } 行目: { $reason })。元のファイルは { $name } として残しました。以前に入力した理由や、設定済みの自動更新が失われている可能性があります。
bundles-unreadable = 組織のバンドルを { $place } から読み取れませんでした: { $reason }。
cannot-note = Pimento は実行結果を記録できませんでした。再起動後にサービスに照会します。
cannot-remove = Pimento は、アカウントについて保存したものの一部を削除できませんでした。
cannot-note-accounts = Pimento は、サインイン中のアカウントを記録できませんでした。
cannot-keep-list = Pimento は、次回の起動のための一覧を保存できませんでした。
cannot-save-settings = Pimento は設定を保存できませんでした。終了するまでは有効です。
cannot-write-first = Pimento はファイルに書き込めませんでした。記録しておく必要のある要求は送信していません。
cannot-open-journal = Pimento はジャーナルを開けませんでした。記録しておく必要のある要求は送信しません。
keyring-not-wiped = ここではサインアウトしましたが、キーリングの情報を消去できませんでした。
browser-not-opened = ブラウザーを開けませんでした。

## Notifications that nobody sees.

notifications-nobody-shows = ロールが終了する前の通知は届きません。このデスクトップには、通知を表示するものがありません。
notifications-off = ロールが終了する前の通知は届きません。Pimento の通知がオフになっています。システムの設定の [通知] で変更できます。
notifications-forbidden = ロールが終了する前の通知は届きません。このシステムでは、Pimento による通知の表示が許可されていません。
notifications-failed = ロールが終了する前の通知は届きません。通知を表示できませんでした。

## Bundles. After "Nothing was kept:", so without a capital and without a full stop.

bundles-exported = バンドルを { $file } に書き込みました。
bundles-not-exported = バンドルをダウンロード フォルダーに書き込めませんでした。
bundle-without-name = バンドルには名前が必要です
bundle-without-roles = バンドル「{ $name }」にはロールがありません
bundle-too-many-roles = バンドル「{ $name }」のロールは { $count } 個ですが、{ $most } 個までです
bundle-reason-too-long = バンドル「{ $name }」の理由が { $most } 文字を超えています
bundle-role-without-id = バンドル「{ $name }」に、ID またはスコープのないロールがあります
bundle-role-too-long = バンドル「{ $name }」に { $minutes } 分のロールがありますが、5 分から 1440 分までです
bundle-file-too-long = ファイルが 1 メビバイトを超えています
bundle-file-too-new = 形式 { $format } は、このバージョンが対応する { $known } より新しいものです
bundle-file-too-many = ファイルのバンドルは { $count } 個ですが、{ $most } 個までです

## Kinds of scopes, as they stand beside a scope's name.

scope-root = テナント ルート
scope-administrative-unit = 管理単位
scope-group = グループ
scope-management-group = 管理グループ
scope-subscription = サブスクリプション
scope-resource-group = リソース グループ
scope-key-vault = キー コンテナー
scope-kubernetes = Kubernetes クラスター
scope-web-app = Web アプリ
scope-sql-server = SQL サーバー
scope-sql-database = SQL データベース
scope-cosmos = Cosmos DB アカウント
scope-virtual-machine = 仮想マシン
scope-storage-account = ストレージ アカウント

## Links to portals. Names of products stay as they are where Microsoft leaves them so.

portal-exchange = Exchange 管理センター
portal-teams = Teams 管理センター
portal-intune = Intune 管理センター
portal-defender = Defender ポータル
portal-purview = Purview ポータル
portal-power-platform = Power Platform 管理センター
portal-microsoft-365 = Microsoft 365 管理センター
portal-azure = Azure portal
portal-entra = Entra 管理センター

## The page that the browser's tab shows after a sign-in.

tab-done = Pimento に戻ります
tab-done-text = Pimento が応答を受け取りました。このタブは閉じてかまいません。
tab-refused = サインインしていません
tab-refused-text = サインインは完了しませんでした。理由は Pimento に表示されます。このタブは閉じてかまいません。
tab-stranger = ここには何もありません
tab-stranger-text = これは Pimento が待っている応答ではありません。このタブは閉じてかまいません。
