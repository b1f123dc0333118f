# What went wrong. One sentence each: what happened, and where it helps what to do.

## What services refuse with: the table in src/codes.rs says which code is told by which sentence.

service-refused = サービスが要求を拒否しました。
active-already = このロールは既にアクティブです。
not-active-any-more = このロールは現在アクティブではありません。
active-too-short = ロールを終了できるのは、アクティブになってから 5 分後です。
another-request-waits = このロールの別の要求がまだ処理待ちです。
overlaps-another-request = 要求した期間が、このロールの別の要求と重なっています。
stronger-sign-in-wanted = このロールには、より強力な認証 (認証コンテキスト) が必要です。
policy-forbids-activation = ロールのポリシーにより、このアクティブ化は許可されていません。
request-invalid = サービスは、要求が無効であると応答しました。
time-invalid = サービスは、要求の時間の指定が無効であると応答しました。
last-administrator = 最後の所有者または管理者であるため、手放せません。先にほかの人への割り当てが必要です。
no-licence = このテナントには Privileged Identity Management のライセンスがありません。
nobody-consented = Pimento に必要なアクセス許可に、まだ誰も同意していません。
account-may-not = あなたのアカウントでは、この操作は許可されていません。
account-may-not-here = あなたのアカウントでは、このスコープでの操作は許可されていません。
account-unknown = サービスは、このアカウントを (まだ) 認識していません。
role-unknown = サービスでこのロールが見つからなくなりました。
definition-gone = このロールの定義はなくなっています。
not-eligible-any-more = このロールの資格がありません。なくなった可能性があります。
request-unknown = サービスでこの要求が見つかりません。なくなった可能性があります。
policy-broken = ロールのポリシーに不備があります。
sign-in-not-accepted = サービスは、このサインインを受け付けなくなりました。
not-found = サービスで対象が見つからなくなりました。
resource-group-gone = リソース グループはなくなっています。
subscription-gone = サブスクリプションはなくなっているか、別のテナントのものです。
management-group-gone = 管理グループはなくなっています。
request-not-understood = サービスは要求を解釈できません。
azure-sign-in-expired = Azure へのサインインの有効期限が切れました。
azure-sign-in-not-accepted = Azure がサインインを受け付けません。
subscription-elsewhere = サブスクリプションは、サインイン先とは別のテナントのものです。
access-missing = この操作に必要なものの一部に、あなたのアカウントからアクセスできません。
scope-locked = リソースのロックにより、この操作は禁止されています。
subscription-disabled = サブスクリプションは無効になっています。
azure-wants-pause = Azure が、要求の間隔を空けるよう求めています。
service-too-slow = サービスの処理に時間がかかりすぎました。
service-fault = サービスで現在、障害が発生しています。
azure-wants-mfa = Azure は、この操作に多要素認証を求めています。
service-wants-pause = サービスが、要求の間隔を空けるよう求めています。
service-away = サービスは現在利用できません。
list-place-lost = サービスが一覧の読み取り位置を見失いました。最初から読み直す必要があります。
batch-failed = 同じバッチの別の要求が失敗したため、この要求は実行されませんでした。
decided-already = この要求には、既にほかの人が判断を下しています。
filter-not-understood = サービスは、一覧の照会方法を解釈できません。
azure-request-not-understood = Azure は要求を解釈できません。
azure-refuses-name = Azure が、要求の名前を受け付けません。
azure-kind-unknown = この Azure は、指定されたリソースの種類を認識していません。
azure-version-missing = 要求に、Azure の API バージョンが指定されていません。
azure-version-unknown = この Azure は、指定された API バージョンに対応していません。
not-offered = サービスは、これを提供していません。
page-size-refused = サービスは、指定されたページ サイズに対応していません。
azure-assignment-gone = Azure でこのロールの割り当てが見つからなくなりました。
permission-not-consented = これに必要なアクセス許可に、まだ誰も同意していません。
no-role-may-read = アクティブなロールに、これの読み取りを許可するものはありません。
sign-in-for-another-service = サインインは、要求先とは別のサービスに対するものです。

reason-required = 理由が必要です。
ticket-required = チケット番号が必要です。
role-wants-mfa = このロールには多要素認証が必要です。
policy-forbids-duration = ロールのポリシーにより、この期間は許可されていません。

redirect-unknown = Pimento のリダイレクト URI が、アプリの登録にありません。
account-not-in-tenant = このアカウントは、そのテナントで認識されていません。
password-expired = パスワードの有効期限が切れています。
account-disabled = アカウントは無効になっています。
session-over = セッションは終了しました。再びサインインしてください。
tenant-not-told = アカウントからテナントを特定できませんでした。
mfa-setup-needed = 先に多要素認証を設定する必要があります。
mfa-needed = 多要素認証が必要です。
mfa-too-old = 前回の多要素認証から時間が経ちすぎています。
account-not-assigned = あなたのアカウントは、このアプリケーションに割り当てられていません。
password-wrong = ユーザー名またはパスワードが正しくありません。
another-proof-wanted = 組織が、別の方法による本人確認を求めています。
sign-in-revoked = サインインが取り消されました。パスワードの変更が原因かもしれません。再びサインインしてください。
sign-in-expired = サインインの有効期限が切れました。再びサインインしてください。
compliant-devices-only = 組織が許可しているのは、準拠しているデバイスだけです。
joined-devices-only = 組織が許可しているのは、参加済みのデバイスだけです。
conditional-access-blocks = 条件付きアクセス ポリシーがサインインをブロックしています。
application-may-not = このアプリケーションでは、PIM のアクセス許可を要求できません。
consent-declined = 同意は拒否されました。
sign-in-invalid = サインインは無効になりました。再びサインインしてください。
code-invalid-any-more = コードは無効になりました。最初からやり直してください。
code-expired = コードの有効期限が切れました。最初からやり直してください。
fresh-sign-in-wanted = 組織が新たなサインインを求めています。再びサインインしてください。
application-unknown = テナントは、このアプリケーションを認識していません。クラウドとクライアント ID が合っていない可能性があります。
sign-in-unused = サインインが長い間使われませんでした。再びサインインしてください。
no-public-client = アプリの登録が、パブリック クライアントになっていません。
administrator-consents = Pimento に必要なアクセス許可には、管理者の同意が必要です。
no-such-tenant = このクラウドには、そのようなテナントはありません。
sign-in-cancelled = サインインはキャンセルされました。
sign-in-declined = サインインは拒否されました。
code-invalid = コードが無効です。最初からやり直してください。
sign-in-wanted-again = 組織が、改めてサインインするよう求めています。
sign-in-service-wants-pause = サインイン サービスが、要求の間隔を空けるよう求めています。
sign-in-service-fault = サインイン サービスで障害が発生しています。

network-away = ネットワークにつながっていないか、サービスに接続できません。
answer-lost = サービスの応答が途中で失われました。
no-answer = サービスから時間内に応答がありませんでした。
azure-late = Azure の応答がまだそろっていません。一覧は自動的に補完されます。
grants-unreadable = あなたのアカウントでは、グループに割り当てられたロールを読み取れません。
not-asked-for = この種類のロールに必要なアクセス許可を、Pimento はまだ要求していません。
answer-too-large = サービスの応答が大きすぎるため、読み取りませんでした。
web-page-instead = このコンピューターと Microsoft の間にある何かが、Web ページを返しました。ログインを求めるネットワークで起こります。
answer-not-understood = サービスの応答を、このバージョンでは解釈できません。
foreign-link = サービスが別のサーバーを示しました。Pimento はそこへ接続していません。
endless-list = サービスの一覧が終わりなく続いています。
root-certificate-unusable = 追加のルート証明書を使用できませんでした。
client-id-no-guid = アプリケーション (クライアント) ID が GUID ではありません。
no-browser = ブラウザーを開けませんでした。代わりにデバイス コードでサインインしてください。
no-listener = Pimento は、ブラウザーからの応答を受け取る準備ができませんでした。
nobody-signed-in = 5 分以内にサインインが行われませんでした。
answer-not-proven = サインインの応答からは、送信元を確認できませんでした。この応答は使用していません。
other-account = 別のアカウントでサインインされました。Pimento にサインイン中のアカウントを使ってください。
keyring-away = システムのキーリングを利用できません。Pimento を終了すると、サインイン情報は失われます。
keyring-damaged = システムのキーリングにある Pimento の情報が壊れています。再びサインインしてください。
keyring-taken = このアカウントは、お使いの別のプログラムによってサインアウトされたか、サインインし直されました。Pimento を終了すると、このサインイン情報は失われます。
resource-refused = サインイン サービスが、このサービスへのアクセスを許可していません。組織のポリシーで禁止されている可能性があります。
request-lapsed = 24 時間以内に誰も判断しなかったため、この要求は失効しました。要求し直すことができます。
request-gone = この要求は、もう判断待ちではありません。取り消されたか、失効しています。
not-an-approver = あなたは、この要求を判断できる承認者に含まれていません。
own-request = これはあなた自身の要求です。ほかの人が判断する必要があります。
decided-in-portal = 延長と更新を判断できるのは、ポータルだけです。
no-policy = そのスコープでは、サービスにこのロールのポリシーがありません。グループのポリシーは、PIM で管理すると作成されます。
decision-uncertain = サービスの応答が失われました。今のところ、サービスには判断が記録されていません。
review-over = このアクセス レビューは終了しています。これ以上の判断はできません。
review-wants-reason = このアクセス レビューでは、承認ごとに理由が必要です。
review-gone = アクセス レビュー、またはその中のこの対象者は、もうありません。
not-a-reviewer = あなたは、このアクセス レビューのレビュー担当者に含まれていません。
review-uncertain = サービスの応答が失われました。今のところ、サービスにはあなたの判断が記録されていません。
scan-failed = サービスはアラートを検査できませんでした。
nobody-is-signed-in = 誰もサインインしていません。

## For an administrator: what somebody copies and sends. The code and the correlation id come after it.

admin-consent = Pimento のアクセス許可 (ディレクトリ ロールとグループの割り当てのアクティブ化と読み取り、およびそれらのポリシーの読み取り) に、管理者の同意をお願いします。
admin-licence = Privileged Identity Management には、Microsoft Entra ID P2 または Entra ID Governance が必要です。
admin-device = 条件付きアクセス ポリシーにより、このデバイスで Pimento にサインインできません。
admin-version = Pimento が Microsoft のサービスに求めているものが、ここでは提供されていません。Pimento の新しいバージョンがないか、また設定のクラウドが正しいか、ご確認をお願いします。
admin-registration = Pimento が使うアプリの登録のご確認をお願いします: パブリック クライアント、「モバイル アプリケーションとデスクトップ アプリケーション」にリダイレクト URI http://localhost。
admin-last-holder = 自分が最後の保持者であるロールを手放したいと考えています。先にほかの人への割り当てをお願いします。
admin-permission = 私のアカウントには、これに必要なアクセス許可がありません。
admin-policy = このロールの PIM ポリシーが無効です。
admin-lock = リソースのロックにより、ロールをアクティブ化できません。ロックの解除をお願いします。
admin-subscription = サブスクリプションが無効になっています。
admin-reader = 私のアカウントには、これを読み取れるロールがありません。
admin-account = 私のアカウントが無効になっています。
admin-assign = Pimento が使うアプリケーションへの、私のアカウントの割り当てをお願いします。
admin-sign-in-log = Pimento が使うサービスの 1 つについて、サインイン サービスからアクセスを拒否されています。私のサインイン ログのご確認をお願いします。
admin-code =
    { $text }
    コード: { $code }
admin-correlation-id =
    { $text }
    関連付け ID: { $id }

## What Pimento itself says about an activation, mostly before anything is sent.

duration-impossible = このロールのポリシーでは、サービスが受け付ける長さのアクティブ化ができません。何も送信されていません。
admin-duration = あるロールの PIM ポリシーで、アクティブ化の最大期間が 5 分未満になっており、サービスに拒否されます。最大期間のご確認をお願いします。
# $length: "1 h 30 min".
duration-too-long = このロールをアクティブにできるのは、最大 { $length }です。
duration-too-short = アクティブ化の期間は、最短でも { $length }です。
start-too-late = アクティブ化を予約できるのは、1 年先までです。
# $scope and $eligible are names of scopes.
not-below = Pimento が確認できる範囲では、{ $scope } は { $eligible } の下位にありません。何も送信されていません。
not-below-eligible = Pimento が確認できる範囲では、{ $scope } は資格のあるスコープの下位にありません。何も送信されていません。
reason-missing = このロールには理由が必要です。
ticket-missing = このロールにはチケット番号が必要です。
already-engaged = このロールは既にアクティブか、処理中です。何も送信されていません。
eligibility-over = このロールの資格はなくなっています。何も送信されていません。
not-extendable = 延長は終了前の 14 日間、更新は終了後の 30 日間に、自分に直接割り当てられたものについてのみ要求できます。何も送信されていません。
not-active = このロールはアクティブではありません。何も送信されていません。
# $time: "17:30".
locked-until = アクティブ化を終了できるのは開始の 5 分後です。今回は { $time } から可能です。何も送信されていません。
approval-first = このロールには再び承認が必要です。終了すると、承認されるまでロールがない状態になります。まだ何も終了していません。それでも終了する場合は、フォームで確認してください。
not-renewable-approval = アクティブ化のたびに承認が必要なため、このロールは自動的に更新できません。自動更新は設定されていません。
not-renewable-ticket = アクティブ化のたびにチケットが必要なため、このロールは自動的に更新できません。自動更新は設定されていません。
not-renewable-reason = 必要な理由がわからないため、このロールは自動的に更新できません。自動更新は設定されていません。
not-renewable-eligibility = 資格がなくなっているため、このロールは自動的に更新できません。自動更新は設定されていません。
not-while-active = サービスは、アクティブなロールの要求を受け付けません。終了してから要求し直してください。
not-while-active-known = 以前の応答のとおり、サービスはアクティブなロールの要求を受け付けません。何も送信されていません。終了してから要求し直してください。
request-not-sent = 要求の送信中に接続が切れました。Pimento が 3 分間確認しましたが、サービスには届いていません。
request-uncertain = 要求への応答が失われ、その後 1 時間、サービスに照会できませんでした。
extension-uncertain = 要求への応答が失われました。Pimento には、この種の要求を一覧にするアクセス許可がない場合があるため、届いている可能性があります。再び要求しても問題はありません。
same-challenge = 再びサインインしましたが、サービスはまだ、より強力な認証を求めています。このロールの認証コンテキストに条件付きアクセス ポリシーが設定されているかどうかを、管理者に確認してください。
renewal-needs-you = 更新するには、再びサインインする必要があります。Pimento が自動的にサインインを始めることはありません。
renewal-lapsed = 更新は送信されませんでした。アクティブ化が終了したときに、Pimento が動作していなかったか、ネットワークにつながっていませんでした。
ended-elsewhere = このアクティブ化は、ここ以外の場所で予定より早く終了されました。設定済みの自動更新は解除されました。
request-denied = 要求は拒否されました。
request-denied-because = 要求は拒否されました (理由: 「{ $reason }」)。
request-denied-by = { $person } が要求を拒否しました。
request-denied-by-because = { $person } が要求を拒否しました (理由: 「{ $reason }」)。
managed-bundle = バンドル「{ $name }」は組織のものです。実行はできますが、変更はできません。何も保存されていません。
# $why: a sentence of a bundle's, such as "a bundle needs a name".
bundle-not-kept = 何も保存されていません: { $why }。
# $names: names of roles.
bundle-kept-without = 資格がないため、次のものを除いてバンドルを保存しました: { $names }。
bundle-nothing-left = 次のものの資格がないため、何も保存されていません: { $names }。
cancelled-elsewhere = 要求は、ここ以外の場所で取り消されました。
nobody-decided = 24 時間以内に誰も要求を判断しませんでした。
service-ended-it = サービスがこのアクティブ化を終了しました。
# $status: a word of the service's.
activation-failed = サービスはアクティブ化を実行できませんでした (状態 { $status })。
still-in-flight = サービスは 1 時間前からこの要求を処理しています (状態 { $status })。
deactivation-not-sent = 非アクティブ化の送信中に接続が切れました。サービスには届いていません。ロールはまだアクティブです。

## Sign-in, consent, clouds and tenants. $permission is the name of a permission, $page an address.

# Comes after the sentence of what happened.
go-on-with-consented = 同意された範囲で続けるには、再びサインインしてください。
administrator-consents-to = これに必要なアクセス許可 ({ $permission }) には、管理者の同意が必要です。
nobody-consented-to = これに必要なアクセス許可 ({ $permission }) に、まだ誰も同意していません。
unknown-cloud = 「{ $name }」というクラウドはありません。設定で選択してください。
tenants-not-consented = Azure にはあなたのテナントの情報がありますが、Pimento が Azure に照会することに、まだ誰も同意していません。代わりにテナントを指定してください。
# $reason is in English.
demo-scenario-unusable = あなたのデモ シナリオは使用できません: { $reason }。もう一度試すと、組み込みの会社が使われます。
demo-tenant-not-here = { $variable } が示しているのは、このコンピューターで動作しているテナントではありません。
demo-not-started = デモ テナントを起動できませんでした。
admin-extend = Pimento で資格の延長を要求したいのですが、アクセス許可 { $permission } が必要です。同意をお願いします: { $page }
admin-consent-page = Pimento に必要なアクセス許可への同意をお願いします: { $page }
admin-consent-permission = Pimento のアクセス許可 { $permission } への同意をお願いします: { $page }
admin-need-permission = Pimento での業務に、アクセス許可 { $permission } が必要です。同意をお願いします: { $page }

## Roles that somebody enters by name or id. $name is what they wrote.

enter-name-or-id = 「{ $name }」は一覧に追加されませんでした。名前または ID を入力してください。
enter-member-or-owner = 「{ $name }」は一覧に追加されませんでした。グループでは、メンバーまたは所有者になれます。
enter-scope = 「{ $name }」は一覧に追加されませんでした。/subscriptions/ などで始まるスコープを入力してください。
enter-definition-id = 「{ $name }」は一覧に追加されませんでした。代わりに定義の ID を入力してください。
enter-nothing-found = 「{ $name }」は一覧に追加されませんでした。この名前のものはありません。
enter-several-found = 「{ $name }」は一覧に追加されませんでした。この名前のものが複数あります。代わりに ID を入力してください。
enter-no-names = ここでは名前の検索が許可されていません。代わりに ID を入力してください。
