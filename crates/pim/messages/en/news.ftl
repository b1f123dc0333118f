# Notifications: titles, texts and buttons.

## Activations. $role is a role's name, $names several, "A, B and C"; $time is "17:30".

in-minutes =
    { $minutes ->
        [0] in less than a minute
        [one] in 1 minute
       *[other] in { $minutes } minutes
    }
role-ends = { $role } ends { in-minutes }
roles-end = { $count } roles end { in-minutes }
renews-by-itself = It will be activated again by itself at { $time }.
active-until = Active until { $time }.
active-from = Active from { $time }.
only-names = { $names }.
names-at = { $names }, at { $time }.
reason = Reason: { $reason }
role-ended = { $role } has ended
roles-ended = { $count } roles have ended
# $length: "1 h 30 min".
was-active-for = It was active for { $length }, until { $time }.
role-approved = { $role } was approved
roles-approved = { $count } roles were approved
role-renewed = { $role } was activated again
roles-renewed = { $count } roles were activated again
role-cancelled = { $role } was cancelled
roles-cancelled = { $count } roles were cancelled
role-not-activated = { $role } was not activated
roles-not-activated = { $count } roles were not activated
role-not-renewed = { $role } will not be activated again
roles-not-renewed = { $count } roles will not be activated again
nobody-has-to-decide = Nobody has to decide on it any more.

## What somebody can do who reads that something failed.

next-sign-in = Sign in again in Pimento.
next-edit-form = Open its form to ask again.
next-retry = Try again.
next-retry-from = Try again from { $time } on.
next-refresh = Refresh the list in Pimento.
next-ask-admin = Ask an administrator: Pimento has a text to send.
trace-code = Code: { $code }
trace-id = correlation id: { $id }
trace-code-and-id = Code: { $code }, correlation id: { $id }

## Roles that somebody was given, or has lost.

eligible-now = You are eligible for { $role }
eligible-now-several = You are eligible for { $count } more roles
can-be-activated-now = You can activate it from now on.
taken-away = { $role } was taken away
taken-away-several = { $count } roles were taken away
not-eligible-now = You are not eligible for it any more.
not-eligible-now-several = You are not eligible any more for { $names }.
not-held-now = You do not hold it any more.
not-held-now-several = You do not hold { $names } any more.
# At the end of a list of names: "A, B and 2 more".
so-many-more = { $count } more

## What others do, told to whoever decides about it. $person is a name, $role "Exchange Administrator (Contoso)".

# The title of a notification, and the tenant that it is about.
title-at-tenant = { $title } · { $tenant }
request-waits = A request waits for your decision
requests-wait = { $count } requests wait for your decision
# $role in the title, what follows in the text.
asks-for = { $person } asks for { $role }
# One line of several.
person-and-role = { $person }: { $role }
decide-until = Decide until { $time }.
open-to-decide = Open it to decide.
open-them-to-decide = Open them to decide.
for-length = For { $length }.
quoted = “{ $text }”
ticket = Ticket { $number }.
review-ends-soon = An access review ends soon
review-named-ends-soon = Access review ends soon: { $name }
reviews-end-soon = { $count } access reviews end soon
undecided-about =
    { $people ->
        [one] You have not decided about 1 person. It ends { $time }.
       *[other] You have not decided about { $people } people. It ends { $time }.
    }
eligibility-ends-soon = Your eligibility for { $role } ends soon
eligibilities-end-soon = { $count } of your eligibilities end soon
ask-for-extension = It ends on { $day }. You can ask for an extension.
# One line of several: the role and the day on which its eligibility ends.
role-and-day = { $role }: { $day }
somebody-activated = { $person } activated { $role }
privileged-role-activated = A privileged role was activated
privileged-roles-activated = { $count } privileged roles were activated
until = Until { $time }.
at-time = At { $time }.
# The last line of several.
and-more = and { $count } more
# Where the directory has no name.
somebody-unknown = somebody unknown to the directory
somebody-unknown-id = somebody unknown to the directory ({ $id })
unnamed-role = an unnamed role
