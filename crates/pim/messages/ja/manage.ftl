# The Manage window: what an administrator decides about others. $person is a name, $role a role with its scope.

## Whatever is asked there.

not-listed-any-more = 選択したものは、もう一覧にありません。何も送信されていません。一覧をもう一度確認してください。
too-many-questions = 一度に多くの照会が行われました。何も送信されていません。しばらくしてからもう一度試してください。
# $wrong: what is wrong, in English.
watch-not-saved = 保存されませんでした: { $wrong }。
no-downloads-folder = システムにダウンロード フォルダーが設定されていません。
no-folder = システムに、データを保存するフォルダーが設定されていません。
write-how-name-begins = 名前の先頭を入力してください。
ask-something = エラー メッセージを貼り付けるか、アクション名ややりたいことを入力してください。
no-such-scope = Azure のスコープは、/subscriptions/ または /providers/Microsoft.Management/managementGroups/ で始まります。ポータルでは、プロパティの [リソース ID] に表示されます。
the-directory = ディレクトリ
# One line: whom, or which role, and which rule of it.
about-rule = { $role }: { $rule }

## Approvals.

decision-wants-reason = 判断には理由が必要です。何も送信されていません。
you-approved-already = この要求は、あなたが既に承認しています。
you-denied-already = この要求は、あなたが既に拒否しています。
approved-already-by = この要求は、{ $person } が既に承認しています。
denied-already-by = この要求は、{ $person } が既に拒否しています。
approved-already = この要求は既に承認されています。
denied-already = この要求は既に拒否されています。

## Access reviews.

nothing-recommended = ここにはサービスからの推奨がありません。何も送信されていません。
may-keep = { $person } は { $role } を引き続き保持する
is-to-lose = { $person } は { $role } を失う
do-not-know = { $person } に { $role } がまだ必要かどうかは不明と回答する
# $said: one of the three above. What was said before, which it replaces.
so-far-approved = { $said } (これまでの回答: 承認)
so-far-denied = { $said } (これまでの回答: 拒否)
so-far-undecided = { $said } (これまでの回答: 不明)
so-far-approved-by = { $said } (これまでの { $person } の回答: 承認)
so-far-denied-by = { $said } (これまでの { $person } の回答: 拒否)
so-far-undecided-by = { $said } (これまでの { $person } の回答: 不明)

## Alerts. Names of roles stay as Microsoft has them in this language.

alert-readers = アクティブなロールに、これを許可するものはありません。グローバル閲覧者、セキュリティ閲覧者、セキュリティ管理者、特権ロール管理者、グローバル管理者のいずれかが必要です。
alert-writers = アクティブなロールに、これを許可するものはありません。特権ロール管理者またはグローバル管理者が必要です。

## Downloads of the audit history. $file is a path.

nothing-downloaded = ダウンロード中のものはありません。
# $reason is the system's.
file-not-written = ファイルに書き込めませんでした: { $reason }。
file-is-there = { $file } は既に存在します
file-is-busy = { $file } には別のプロセスが書き込んでいます
file-is-another = { $file } は、別の照会条件またはアカウントで開始されたものです。同じ条件で照会し直すか、このファイルと { $state } を削除してください
# One of the three above, as a sentence.
file-sentence = { $what }。

## Assignments.

application-not-eligible = アプリケーションは何もアクティブ化できないため、有資格にはできません。アクティブとして割り当ててください。
eligible-already-for-ever = 対象者には既に無期限の資格があります。変更できるのは期限です。
assigned-already-for-ever = 対象者には既に無期限で割り当てられています。変更できるのは期限です。
# $day: 2026-11-23.
eligible-already-until = 対象者には既に { $day } までの資格があります。変更できるのは期限です。
assigned-already-until = 対象者には既に { $day } まで割り当てられています。変更できるのは期限です。
end-of-activation = これはアクティブ化です。期限は、アクティブ化した本人が決めるものです。削除することはできます。
same-end = 期限は既にそのとおりです。何も変更されていません。
end-before-start = 期限が開始より前か、過去になっています。
# $length: "90 days", "8 hours".
no-permanent-eligibilities = ロールのポリシーにより、永続的な資格は許可されていません。最大 { $length }です。
no-permanent-assignments = ロールのポリシーにより、永続的なアクティブな割り当ては許可されていません。最大 { $length }です。
eligibilities-at-most = ロールのポリシーにより、資格の期間は最大 { $length }です。
assignments-at-most = ロールのポリシーにより、アクティブな割り当ての期間は最大 { $length }です。
policy-wants-reason = ロールのポリシーにより、理由が必要です。
policy-wants-ticket = ロールのポリシーにより、チケット番号が必要です。
last-group-owner = { $person } は、グループの最後のアクティブな所有者です。削除するとグループを管理できる人がいなくなるため、サービスは削除を拒否します。先に { $role } を、ほかのユーザーまたはグループにアクティブとして割り当ててください。アプリケーションは数に含まれません。
last-role-holder = ロールがアクティブなのは { $person } だけです。削除するとロールを元に戻せる人がいなくなるため、サービスは削除を拒否します。先に { $role } を、ほかのユーザーまたはグループにアクティブとして割り当ててください。アプリケーションは数に含まれません。
last-azure-administrator = Azure のルートでアクセス権を付与できるのは { $person } だけです。サービスは削除を拒否します。先に { $role } を、ほかのユーザーまたはグループにアクティブとして割り当ててください。アプリケーションは数に含まれません。
only-permanent = { $role } が永続的に割り当てられているのは { $person } だけです。そのアカウントが使えなくなると、ロールを元に戻せる人がいなくなるおそれがあります。2 つのアカウントへの割り当てが推奨されます。
none-permanent = { $role } は誰にも永続的に割り当てられていません。アクティブ化できる人がいなくなると、ロールを元に戻せる人もいなくなるおそれがあります。2 つのアカウントへの割り当てが推奨されます。
# $problem: what was lost, as a sentence.
change-uncertain = 応答が失われました。サービスでは、実行されたことを確認できません。もう一度試す前に、割り当てを確認してください。 ({ $problem })
they-have-it = 対象者には既に割り当てられています。
nothing-to-renew = 対象者には、終了していて更新できるものがありません。新たに割り当てることはできます。
they-do-not-have-it = 対象者には割り当てられていません。既に削除された可能性があります。
last-of-its-kind = この種類の最後の割り当てです。誰もいなくなるため、サービスは拒否します。先にほかの対象者に割り当ててください。
policy-forbids-this = ロールのポリシーにより、この操作は許可されていません。
policy-forbids-length = ロールのポリシーにより、この期間は許可されていません。
principal-unknown = サービスで、このユーザー、グループ、またはアプリケーションが見つかりません。なくなった可能性があります。

## Permanent assignments that could be eligibilities.

# The reason that is sent with it, unless somebody writes one.
reason-instead = 永続的な割り当てから有資格への変更
keep-application = アプリケーションは何もアクティブ化できないため、有資格にはできません。
keep-for-emergencies =
    { $count ->
        [1] 緊急用として 2 つのアカウントに永続的に割り当てておくことが推奨されます。現在は 1 つだけです。
        [2] 緊急用として 2 つのアカウントに永続的に割り当てておくことが推奨されます。現在は 2 つです。
       *[other] 緊急用として 2 つのアカウントに永続的に割り当てておくことが推奨されます。現在は { $count } 個です。どれが不要かを判断してください。
    }
eligibility-not-there-yet = サービスは資格を受け付けましたが、まだ処理が完了していません。永続的な割り当ては残してあります。数分後にもう一度試してください。
# $problem: a sentence.
assignment-still-there = 資格は付与されましたが、永続的な割り当てがまだ残っています: { $problem }

## Policies: titles of their rules.

rule-activation-length = アクティブ化の期間
rule-eligibility-length = 資格の期間
rule-assignment-length = アクティブな割り当ての期間
rule-activation-asks = アクティブ化に必要なもの
rule-eligibility-asks = 資格の割り当てに必要なもの
rule-assignment-asks = アクティブな割り当てに必要なもの
rule-context = アクティブ化の認証コンテキスト
rule-approval = アクティブ化の承認
mail-admin-eligible = 資格の割り当て時の管理者へのメール
mail-admin-active = アクティブな割り当て時の管理者へのメール
mail-admin-activated = アクティブ化時の管理者へのメール
mail-requestor-eligible = 資格の割り当て時の対象者へのメール
mail-requestor-active = アクティブな割り当て時の対象者へのメール
mail-requestor-activated = アクティブ化時の対象者へのメール
mail-approver-eligible = 資格の割り当て時の承認者へのメール
mail-approver-active = アクティブな割り当て時の承認者へのメール
mail-approver-activated = アクティブ化時の承認者へのメール

## What a rule says. It stands beside its title, without a capital and without a full stop.

rule-unknown = このバージョンの Pimento が認識しない規則
at-most = 最大 { $length }
at-most-never-permanent = 最大 { $length }、永続的は不可
permanent-allowed = 永続的も可
asks-reason = 理由
asks-ticket = チケット
asks-mfa = 多要素認証
# Another word of the service's.
asks-other = 「{ $word }」
asks-nothing = なし
context-unnamed = 名前のないもの
context-none = なし
approval-not-needed = 不要
# $names: those who approve.
approval-by = 必要 (承認者: { $names })
approval-by-with-reason = 必要 (承認者: { $names })、承認には理由が必要
approval-by-administrators = 特権ロールの管理者
mail-none = なし
mail-no-recipients = なし (受信者がいません)
# $names: addresses, and the one below.
mail-all-to = すべてのメール (宛先: { $names })
mail-critical-to = 重要なメールのみ (宛先: { $names })
mail-defaults = 既定の受信者
# Lengths of time as policies have them.
length-minutes = { $count } 分
length-hours = { $count } 時間
length-days = { $count } 日
# "1 hour 30 minutes": both from above.
length-both = { $hours } { $minutes }

## Changes of policies. $rule is a title from above.

approval-wants-somebody = 承認には承認者が必要です。ここには既定の承認者がいません。
copy-one-kind = 規則をコピーできるのは、同じ種類のロールの間だけです。何も送信されていません。
# $reason is in English, with the line.
policy-file-not-taken = ファイルは受け付けられませんでした: { $reason }。何も送信されていません。
rules-changed-since = その後、ほかの人がこれらの規則を変更しました。何も送信されていません。相違点をもう一度確認してください。
policies-not-written = ポリシーをダウンロード フォルダーに書き込めませんでした。
no-rule-for-this = ポリシーに、これに対する規則がありません ({ $rule })。
rule-strange = この規則の書かれ方を、このバージョンの Pimento は解釈できません ({ $rule })。
longest-activation-range = アクティブ化の最大期間は、30 分から 24 時間まで、30 分単位です。
limit-range = 無期限でない場合の期間は、1 日から { $most } 日までです。
context-range = 認証コンテキストは、c1 から c99 のいずれかです。
approver-not-found = 検索結果にない承認者が含まれています。もう一度検索してください。
application-cannot-approve = アプリケーションは承認できません。
not-an-address = 「{ $text }」はメール アドレスではありません。
rule-not-taken = サービスは、この規則をこのままでは受け付けません。
