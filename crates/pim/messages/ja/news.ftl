# Notifications: titles, texts and buttons.

## Activations. $role is a role's name, $names several, "A, B and C"; $time is "17:30".

in-minutes =
    { $minutes ->
        [0] 1 分以内
       *[other] { $minutes } 分後
    }
role-ends = { $role } は { in-minutes }に終了します
roles-end = { $count } 個のロールが { in-minutes }に終了します
renews-by-itself = { $time } に自動的に再アクティブ化されます。
active-until = { $time } までアクティブです。
active-from = { $time } からアクティブになります。
only-names = { $names }。
names-at = { $names }、{ $time }。
reason = 理由: { $reason }
role-ended = { $role } は終了しました
roles-ended = { $count } 個のロールが終了しました
# $length: "1 h 30 min".
was-active-for = { $time } まで { $length }アクティブでした。
role-approved = { $role } が承認されました
roles-approved = { $count } 個のロールが承認されました
role-renewed = { $role } は再アクティブ化されました
roles-renewed = { $count } 個のロールが再アクティブ化されました
role-cancelled = { $role } の要求は取り消されました
roles-cancelled = { $count } 個のロールの要求が取り消されました
role-not-activated = { $role } はアクティブ化されませんでした
roles-not-activated = { $count } 個のロールがアクティブ化されませんでした
role-not-renewed = { $role } は再アクティブ化されません
roles-not-renewed = { $count } 個のロールは再アクティブ化されません
nobody-has-to-decide = 承認者の判断は不要になりました。

## What somebody can do who reads that something failed.

next-sign-in = Pimento で再びサインインしてください。
next-edit-form = フォームを開いて、要求し直してください。
next-retry = もう一度試してください。
next-retry-from = { $time } 以降に、もう一度試してください。
next-refresh = Pimento で一覧を最新の情報に更新してください。
next-ask-admin = 管理者に依頼してください。依頼の文面は Pimento にあります。
trace-code = コード: { $code }
trace-id = 関連付け ID: { $id }
trace-code-and-id = コード: { $code }、関連付け ID: { $id }

## Roles that somebody was given, or has lost.

eligible-now = { $role } の資格が付与されました
eligible-now-several = 新たに { $count } 個のロールの資格が付与されました
can-be-activated-now = アクティブ化できるようになりました。
taken-away = { $role } の割り当てが削除されました
taken-away-several = { $count } 個のロールの割り当てが削除されました
not-eligible-now = このロールの資格はなくなりました。
not-eligible-now-several = 資格がなくなったロール: { $names }。
not-held-now = このロールは使えなくなりました。
not-held-now-several = 使えなくなったロール: { $names }。
# At the end of a list of names: "A, B and 2 more".
so-many-more = ほか { $count } 件

## What others do, told to whoever decides about it. $person is a name, $role "Exchange Administrator (Contoso)".

# The title of a notification, and the tenant that it is about.
title-at-tenant = { $title } · { $tenant }
request-waits = 判断待ちの要求があります
requests-wait = 判断待ちの要求が { $count } 件あります
# $role in the title, what follows in the text.
asks-for = { $person } からの要求: { $role }
# One line of several.
person-and-role = { $person }: { $role }
decide-until = 判断の期限は { $time } です。
open-to-decide = 開いて判断してください。
open-them-to-decide = 開いて、それぞれ判断してください。
for-length = 期間は { $length }。
quoted = 「{ $text }」
ticket = チケット { $number }。
review-ends-soon = アクセス レビューがまもなく終了します
review-named-ends-soon = まもなく終了するアクセス レビュー: { $name }
reviews-end-soon = { $count } 件のアクセス レビューがまもなく終了します
undecided-about = { $people } 人についての判断が残っています。{ $time } に終了します。
eligibility-ends-soon = { $role } の資格がまもなく終了します
eligibilities-end-soon = { $count } 件の資格がまもなく終了します
ask-for-extension = { $day }に終了します。延長を要求できます。
# One line of several: the role and the day on which its eligibility ends.
role-and-day = { $role }: { $day }
somebody-activated = { $person } が { $role } をアクティブ化しました
privileged-role-activated = 特権ロールがアクティブ化されました
privileged-roles-activated = { $count } 個の特権ロールがアクティブ化されました
until = { $time } まで。
at-time = { $time } にアクティブ化。
# The last line of several.
and-more = ほか { $count } 件
# Where the directory has no name.
somebody-unknown = ディレクトリにない対象者
somebody-unknown-id = ディレクトリにない対象者 ({ $id })
unnamed-role = 名前のないロール
