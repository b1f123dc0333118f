# The Manage window: what an administrator decides about others. $person is a name, $role a role with its scope.

## Whatever is asked there.

not-listed-any-more = What you chose is not listed any more. Nothing was sent: look at the list again.
too-many-questions = Too much was asked at once. Nothing was sent: try again in a moment.
# $wrong: what is wrong, in English.
watch-not-saved = This was not saved: { $wrong }.
no-downloads-folder = The system names no folder for downloads.
no-folder = The system names no folder to keep anything in.
write-how-name-begins = Write how the name begins.
ask-something = Paste an error message, name an action, or say what you want to do.
no-such-scope = A scope of Azure begins with /subscriptions/ or with /providers/Microsoft.Management/managementGroups/. In the portal it is among the properties, as the resource ID.
the-directory = The directory
# One line: whom, or which role, and which rule of it.
about-rule = { $role }: { $rule }

## Approvals.

decision-wants-reason = A decision takes a reason. Nothing was sent.
you-approved-already = You have approved this request already.
you-denied-already = You have denied this request already.
approved-already-by = { $person } has approved this request already.
denied-already-by = { $person } has denied this request already.
approved-already = This request was approved already.
denied-already = This request was denied already.

## Access reviews.

nothing-recommended = The service recommends nothing here. Nothing was sent.
may-keep = { $person } may keep { $role }
is-to-lose = { $person } is to lose { $role }
do-not-know = Say that you do not know whether { $person } still needs { $role }
# $said: one of the three above. What was said before, which it replaces.
so-far-approved = { $said } (so far approved)
so-far-denied = { $said } (so far denied)
so-far-undecided = { $said } (so far left undecided)
so-far-approved-by = { $said } (so far approved by { $person })
so-far-denied-by = { $said } (so far denied by { $person })
so-far-undecided-by = { $said } (so far left undecided by { $person })

## Alerts. Names of roles stay as Microsoft has them in this language.

alert-readers = None of your active roles allows that. It takes Global Reader, Security Reader, Security Administrator, Privileged Role Administrator or Global Administrator.
alert-writers = None of your active roles allows that. It takes Privileged Role Administrator or Global Administrator.

## Downloads of the audit history. $file is a path.

nothing-downloaded = Nothing is being downloaded.
# $reason is the system's.
file-not-written = The file could not be written: { $reason }.
file-is-there = { $file } is there already
file-is-busy = { $file } is being written by another process
file-is-another = { $file } was begun with another question or account: ask the same again, or remove it and { $state }
# One of the three above, as a sentence.
file-sentence = { $what }.

## Assignments.

application-not-eligible = An application cannot activate anything, so it cannot be eligible: assign the role to it as active.
eligible-already-for-ever = They are eligible for it already, for ever. What can be moved is its end.
assigned-already-for-ever = They are assigned to it already, for ever. What can be moved is its end.
# $day: 2026-11-23.
eligible-already-until = They are eligible for it already, until { $day }. What can be moved is its end.
assigned-already-until = They are assigned to it already, until { $day }. What can be moved is its end.
end-of-activation = This is an activation: its end is the business of whoever activated it. It can be taken away.
same-end = It ends then already. Nothing was changed.
end-before-start = The end lies before the start, or in the past.
# $length: "90 days", "8 hours".
no-permanent-eligibilities = The role's policy allows no permanent eligibilities: { $length } at most.
no-permanent-assignments = The role's policy allows no permanent active assignments: { $length } at most.
eligibilities-at-most = The role's policy allows eligibilities of { $length } at most.
assignments-at-most = The role's policy allows active assignments of { $length } at most.
policy-wants-reason = The role's policy wants a reason.
policy-wants-ticket = The role's policy wants a ticket number.
last-group-owner = { $person } is the last active owner of the group, and nobody could administer it any more. The service refuses to take that away. Assign { $role } to somebody else first: active, and to a person or a group, since applications do not count.
last-role-holder = { $person } is the last one for whom the role is active, and nobody could give it back. The service refuses to take that away. Assign { $role } to somebody else first: active, and to a person or a group, since applications do not count.
last-azure-administrator = { $person } is the last one who gives access at the root of Azure. The service refuses to take that away. Assign { $role } to somebody else first: active, and to a person or a group, since applications do not count.
only-permanent = { $person } is the only one to whom { $role } is assigned permanently. If that account is lost, nobody may be able to give it back: two are recommended.
none-permanent = { $role } is assigned to nobody permanently. If nobody can activate it, nobody may be able to give it back: two accounts are recommended.
# $problem: what was lost, as a sentence.
change-uncertain = The answer was lost, and the service does not show that it was done. Look at the assignments before you try again. ({ $problem })
they-have-it = They have it already.
nothing-to-renew = Nothing of theirs has ended that can be renewed. It can be given anew.
they-do-not-have-it = They do not have it (any more).
last-of-its-kind = It is the last assignment of its kind: the service refuses to leave nobody. Assign it to somebody else first.
policy-forbids-this = The role's policy does not allow this.
policy-forbids-length = The role's policy does not allow this length of time.
principal-unknown = The service does not know this person, group or application (any more).

## Permanent assignments that could be eligibilities.

# The reason that is sent with it, unless somebody writes one.
reason-instead = Eligible instead of permanently assigned
keep-application = An application cannot activate anything, so it cannot be eligible.
keep-for-emergencies =
    { $count ->
        [1] Two accounts for emergencies are recommended to have it for good, and only one has.
        [2] Two accounts for emergencies are recommended to have it for good, and two have.
       *[other] Two accounts for emergencies are recommended to have it for good, and { $count } have: decide which of them need not.
    }
eligibility-not-there-yet = The service has taken the eligibility, and is not done with it yet: the permanent assignment was left. Try again in some minutes.
# $problem: a sentence.
assignment-still-there = They are eligible now, but the permanent assignment is still there: { $problem }

## Policies: titles of their rules.

rule-activation-length = Length of an activation
rule-eligibility-length = Length of an eligibility
rule-assignment-length = Length of an active assignment
rule-activation-asks = Asked for at an activation
rule-eligibility-asks = Asked for when somebody is made eligible
rule-assignment-asks = Asked for when it is assigned as active
rule-context = Authentication context of an activation
rule-approval = Approval of an activation
mail-admin-eligible = Mail to administrators when somebody is made eligible
mail-admin-active = Mail to administrators when it is assigned as active
mail-admin-activated = Mail to administrators when it is activated
mail-requestor-eligible = Mail to whom it concerns when somebody is made eligible
mail-requestor-active = Mail to whom it concerns when it is assigned as active
mail-requestor-activated = Mail to whom it concerns when it is activated
mail-approver-eligible = Mail to approvers when somebody is made eligible
mail-approver-active = Mail to approvers when it is assigned as active
mail-approver-activated = Mail to approvers when it is activated

## What a rule says. It stands beside its title, without a capital and without a full stop.

rule-unknown = a rule that this version of Pimento does not know
at-most = { $length } at most
at-most-never-permanent = { $length } at most, never permanent
permanent-allowed = permanent is allowed
asks-reason = a reason
asks-ticket = a ticket
asks-mfa = multifactor authentication
# Another word of the service's.
asks-other = "{ $word }"
asks-nothing = nothing
context-unnamed = one that is not named
context-none = none
approval-not-needed = not needed
# $names: those who approve.
approval-by = needed, by { $names }
approval-by-with-reason = needed, by { $names }, with a reason
approval-by-administrators = the administrators of privileged roles
mail-none = none
mail-no-recipients = none: there are no recipients
# $names: addresses, and the one below.
mail-all-to = all mails, to { $names }
mail-critical-to = critical mails only, to { $names }
mail-defaults = those who get them by default
# Lengths of time as policies have them.
length-minutes =
    { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
length-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
length-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
# "1 hour 30 minutes": both from above.
length-both = { $hours } { $minutes }

## Changes of policies. $rule is a title from above.

approval-wants-somebody = Approval takes somebody who approves: here nobody does by default.
copy-one-kind = Rules are copied between roles of one kind. Nothing was sent.
# $reason is in English, with the line.
policy-file-not-taken = The file was not taken: { $reason }. Nothing was sent.
rules-changed-since = Somebody has changed these rules since. Nothing was sent: look at the differences again.
policies-not-written = The policies could not be written to your folder for downloads.
no-rule-for-this = The policy has no rule for this ({ $rule }).
rule-strange = This version of Pimento does not know how the rule is written there ({ $rule }).
longest-activation-range = The longest activation is half an hour to 24 hours, in half hours.
limit-range = What is not for ever lasts 1 to { $most } days.
context-range = An authentication context is one of c1 to c99.
approver-not-found = An approver is none of those who were found. Look for them again.
application-cannot-approve = An application cannot approve anything.
not-an-address = "{ $text }" is not an email address.
rule-not-taken = The service does not take the rule as it stands there.
