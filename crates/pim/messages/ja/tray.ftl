# The icon's menu and tooltip, buttons of notifications, and what is said when there is no window. Menus are narrow: short words.
# $role is a role's name with its scope, $tenant a tenant's name, $time "17:30", $left "2 h 41".

## The tooltip.

starting = 起動しています
offline = オフライン
offline-as-of = オフライン · { $time } 時点
not-signed-in = サインインしていません
waiting-for-sign-in = ブラウザーでのサインインを待っています
nothing-active = アクティブなし · { $account }
roles-active = { $count } 個のロールがアクティブ
left-until = { $role } · 残り { $left }、{ $time } まで
left-renews = { $role } · 残り { $left }、{ $time } に更新
role-and-state = { $role } · { $state }
role-at-tenant = { $role } · { $tenant }

## Where a role stands.

state-requesting = 要求中…
state-stepping-up = ブラウザーで確認
state-checking = 確認中…
state-waiting-for-approval = 承認待ち
state-provisioning = 準備中…
state-scheduled = 予約済み
state-deactivating = 終了中…
state-failed = 失敗

## The menu. What ends with … opens a window.

menu-open = Pimento を開く
menu-manage = 管理…
menu-settings = 設定
menu-quit = 終了
waiting = 判断待ちの要求 { $count } 件
waiting-open = { waiting }…
waiting-open-at = { $tenant } の{ waiting }…
sign-in-again-at = { $tenant } に再びサインイン…
menu-renew = 更新
menu-renew-at = { $time } に更新
menu-renew-form = 更新…
menu-deactivate = 非アクティブ化
menu-deactivate-from = 非アクティブ化 ({ $time } から可能)
menu-withdraw = 要求をキャンセル
menu-show = Pimento で表示
menu-dismiss = 閉じる
menu-copy-details = 詳細をコピー
menu-undo = 元に戻す: { $role }
menu-activate = { $role } をアクティブ化
menu-activate-form = { $role } をアクティブ化…
menu-request = { $role } を要求
menu-request-form = { $role } を要求…
menu-bundles = バンドル
bundle-not-eligible = { $bundle } · 資格のあるロールなし
bundle-active = { $bundle } · アクティブ
menu-sign-in = サインイン…
menu-demo = デモ テナントを試す
menu-cancel-sign-in = サインインをキャンセル
menu-sign-out = { $account } からサインアウト
menu-pause = リマインダーを 1 時間停止
menu-paused-until = リマインダーは { $time } まで停止中

## "Copy details": for a message to a colleague or a ticket, a line each.

detail-from = 開始: { $time }
detail-until = 期限: { $time }
detail-reason = 理由: { $reason }
detail-ticket = チケット: { $number }
detail-failed = 失敗: { $problem }
# A sentence and what identifies the failure.
problem-with-code = { $message } ({ $code })
problem-with-code-and-id = { $message } ({ $code }、関連付け ID { $id })

## Buttons of notifications.

button-reactivate = 再アクティブ化
button-decide = 判断する
button-review = レビューする
button-show = 表示
button-open = Pimento を開く
button-dismiss = 閉じる

# A notification that was held back while reminders were paused. $text is a sentence.
held-back = { $time } に保留された通知です。{ $text }

## Keys that work from anywhere. $keys: "Ctrl+Alt+P".

keys-taken = { $keys } はほかのプログラムが使用しているため、ここでは使えません。別のキーを選ぶか、そのプログラムでの割り当てを解除してください。
keys-missing = このキーボードには { $key } がないため、{ $keys } は使えません。別のキーを選んでください。
keys-declined = デスクトップが { $keys } を Pimento に割り当てませんでした。理由はデスクトップのキーボード設定でわかることがあります。別のキーを選ぶこともできます。
keys-unsupported = このデスクトップでは、どこからでも使えるキーをプログラムに割り当てられないため、{ $keys } は使えません。デスクトップのキーボード設定でコマンド `pimento` にショートカットを割り当てると、ウィンドウを開けます。
keys-failed = { $keys } は使えません。システムにキーの割り当てを要求できませんでした。
# What the desktop shows of them.
keys-for-window = Pimento を開く
keys-for-bundle = Pimento でバンドルのフォームを開く

## Where there is no window. $error is the system's, in its language or in English.

runs-in-tray = Pimento は通知領域で動作しています
window-gave-up = ウィンドウが何度か予期せず終了しました。アイコンをクリックすると、新しく開きます。入力していた内容は失われました。詳細はログにあります。
window-ended-at-once = ウィンドウを開けませんでした。プログラムがすぐに終了しました。詳細はログにあります。
window-not-opened = ウィンドウを開けません: { $error }
window-needs-runtime = ウィンドウには Microsoft Edge WebView2 Runtime が必要ですが、インストールされていません。Microsoft から入手してインストールした後、Pimento を再び開いてください。
manage-ended = 管理ウィンドウが予期せず終了しました。アイコンのメニューから開き直してください。詳細はログにあります。
manage-ended-with = 管理ウィンドウが予期せず終了しました。アイコンのメニューから開き直してください。詳細はログにあります。 ({ $error })
manage-not-opened = ウィンドウを開けませんでした: { $error }
manage-title = Pimento: 管理
too-long = 長すぎます。
pimento-silent = Pimento が応答しません。もう一度試してください。
pimento-ends = Pimento を終了しています
