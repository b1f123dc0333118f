# What went wrong. One sentence each: what happened, and where it helps what to do.

## What services refuse with: the table in src/codes.rs says which code is told by which sentence.

service-refused = The service refused the request.
active-already = This role is active already.
not-active-any-more = This role is not active (any more).
active-too-short = A role must be active for five minutes before it can be ended.
another-request-waits = Another request for this role is still waiting.
overlaps-another-request = The time asked for overlaps another request for this role.
stronger-sign-in-wanted = This role wants a stronger sign-in (an authentication context).
policy-forbids-activation = The role's policy does not allow this activation.
request-invalid = The service calls the request invalid.
time-invalid = The service calls the requested time invalid.
last-administrator = The last owner or administrator cannot give this up: somebody else must hold it first.
no-licence = This tenant has no licence for Privileged Identity Management.
nobody-consented = Nobody has consented to the permissions that Pimento needs.
account-may-not = Your account may not do this.
account-may-not-here = Your account may not do this at this scope.
account-unknown = The service does not know this account (yet).
role-unknown = The service does not know this role any more.
definition-gone = The definition of this role is gone.
not-eligible-any-more = You are not eligible for this role (any more).
request-unknown = The service does not know this request (any more).
policy-broken = The role's policy is broken.
sign-in-not-accepted = The service does not accept the sign-in any more.
not-found = The service does not find it any more.
resource-group-gone = The resource group is gone.
subscription-gone = The subscription is gone, or belongs to another tenant.
management-group-gone = The management group is gone.
request-not-understood = The service does not understand the request.
azure-sign-in-expired = The sign-in to Azure has expired.
azure-sign-in-not-accepted = Azure does not accept the sign-in.
subscription-elsewhere = The subscription belongs to another tenant than the one signed in to.
access-missing = Your account lacks access to something that this depends on.
scope-locked = A lock on the resource forbids this.
subscription-disabled = The subscription is disabled.
azure-wants-pause = Azure asks for a pause.
service-too-slow = The service took too long.
service-fault = The service has a fault at the moment.
azure-wants-mfa = Azure wants multifactor authentication for this.
service-wants-pause = The service asks for a pause.
service-away = The service is not available at the moment.
list-place-lost = The service has lost its place in a list: it has to be read from the beginning.
batch-failed = Another request of the same batch failed, and this one was not carried out.
decided-already = Somebody has decided on this request already.
filter-not-understood = The service does not understand how its list was asked for.
azure-request-not-understood = Azure does not understand the request.
azure-refuses-name = Azure does not take the name of the request.
azure-kind-unknown = This Azure does not know the kind of resource that was asked for.
azure-version-missing = Azure misses the version of its interface in the request.
azure-version-unknown = This Azure does not speak the version of its interface that was asked for.
not-offered = The service does not offer this.
page-size-refused = The service does not give pages of the size that was asked for.
azure-assignment-gone = Azure does not find the role assignment any more.
permission-not-consented = Nobody has consented to the permission that this takes.
no-role-may-read = None of your active roles allows you to read this.
sign-in-for-another-service = The sign-in is for another service than the one that was asked.

reason-required = A reason is required.
ticket-required = A ticket number is required.
role-wants-mfa = This role wants multifactor authentication.
policy-forbids-duration = The role's policy does not allow this duration.

redirect-unknown = The app registration does not know Pimento's redirect address.
account-not-in-tenant = This account is not known in that tenant.
password-expired = The password has expired.
account-disabled = The account is disabled.
session-over = The session is over. Sign in again.
tenant-not-told = The tenant could not be told from the account.
mfa-setup-needed = Multifactor authentication must be set up first.
mfa-needed = Multifactor authentication is needed.
mfa-too-old = The multifactor authentication is too old.
account-not-assigned = Your account is not assigned to this application.
password-wrong = User name or password is wrong.
another-proof-wanted = Your organisation wants another proof of who you are.
sign-in-revoked = The sign-in was revoked, perhaps after a password change. Sign in again.
sign-in-expired = The sign-in has expired. Sign in again.
compliant-devices-only = Your organisation only allows compliant devices.
joined-devices-only = Your organisation only allows joined devices.
conditional-access-blocks = A Conditional Access policy blocks the sign-in.
application-may-not = This application may not ask for PIM permissions.
consent-declined = The consent was declined.
sign-in-invalid = The sign-in is not valid any more. Sign in again.
code-invalid-any-more = The code is not valid any more. Start again.
code-expired = The code has expired. Start again.
fresh-sign-in-wanted = Your organisation wants a fresh sign-in. Sign in again.
application-unknown = The tenant does not know the application. Cloud and client id may not match.
sign-in-unused = The sign-in was not used for too long. Sign in again.
no-public-client = The app registration is no public client.
administrator-consents = An administrator has to consent to the permissions that Pimento needs.
no-such-tenant = There is no such tenant in this cloud.
sign-in-cancelled = The sign-in was cancelled.
sign-in-declined = The sign-in was declined.
code-invalid = The code is not valid. Start again.
sign-in-wanted-again = Your organisation wants to see you sign in again.
sign-in-service-wants-pause = The sign-in service asks for a pause.
sign-in-service-fault = The sign-in service has a fault.

network-away = The network is away, or the service cannot be reached.
answer-lost = The service's answer was lost on the way.
no-answer = The service did not answer in time.
azure-late = Azure has not told everything yet: the list is completed by itself.
grants-unreadable = Your account may not read which roles the group has been given.
not-asked-for = Pimento has not asked for the permissions that this kind of role needs.
answer-too-large = The service's answer is far too large and was not read.
web-page-instead = Something between this computer and Microsoft answered with a web page. A network that wants a log-in does this.
answer-not-understood = The service answered in a way this version does not understand.
foreign-link = The service pointed to another server. Pimento did not follow.
endless-list = The service's list does not end.
root-certificate-unusable = The extra root certificate could not be used.
client-id-no-guid = The application (client) id is not a GUID.
no-browser = No browser could be opened. Sign in with a device code instead.
no-listener = Pimento could not prepare to receive the browser's answer.
nobody-signed-in = Nobody signed in within five minutes.
answer-not-proven = The sign-in's answer did not prove who it is from. It was not used.
other-account = Another account signed in. Use the one that Pimento is signed in with.
keyring-away = The system's keyring is not available: Pimento forgets the sign-in when it is quit.
keyring-damaged = What the system's keyring holds for Pimento is damaged. Sign in again.
keyring-taken = This account was signed out, or in anew, by another program of yours: Pimento forgets this sign-in when it is quit.
resource-refused = The sign-in service does not give access to this service; a policy of your organisation may forbid it.
request-lapsed = Nobody decided on this request within 24 hours: it has lapsed, and may be made again.
request-gone = This request does not wait any more: it was withdrawn, or has lapsed.
not-an-approver = You are not among those who may decide on this request.
own-request = This is your own request: somebody else has to decide on it.
decided-in-portal = Extensions and renewals can only be decided in the portal.
no-policy = The service tells of no policy for this role there: a group has one once it is managed with PIM.
decision-uncertain = The service's answer was lost, and so far it knows of no decision.
review-over = This access review is over: nobody decides in it any more.
review-wants-reason = This access review wants a reason for every approval.
review-gone = The access review, or this person in it, is not there any more.
not-a-reviewer = You are not among the reviewers of this access review.
review-uncertain = The service's answer was lost, and so far it knows of no decision of yours.
scan-failed = The service could not look for alerts.
nobody-is-signed-in = Nobody is signed in.

## For an administrator: what somebody copies and sends. The code and the correlation id come after it.

admin-consent = Please grant admin consent for Pimento's permissions (activate and read directory role and group assignments, read their policies).
admin-licence = Privileged Identity Management needs Microsoft Entra ID P2 or Entra ID Governance.
admin-device = A Conditional Access policy keeps me from signing in to Pimento on this device.
admin-version = Pimento asks one of Microsoft's services for something that it does not offer here. Please look whether there is a newer version of Pimento, and whether the cloud in its settings is the right one.
admin-registration = Please check the app registration that Pimento uses: public client, redirect URI http://localhost under "Mobile and desktop applications".
admin-last-holder = I want to give up a role of which I am the last holder. Please assign somebody else first.
admin-permission = My account lacks the permission for this.
admin-policy = The PIM policy of this role is invalid.
admin-lock = A lock on the resource keeps me from activating my role. Please remove it.
admin-subscription = The subscription is disabled.
admin-reader = My account lacks a role that may read this.
admin-account = My account is disabled.
admin-assign = Please assign my account to the application that Pimento uses.
admin-sign-in-log = The sign-in service refuses me access to one of the services that Pimento uses. Please look it up in my sign-in log.
admin-code =
    { $text }
    Code: { $code }
admin-correlation-id =
    { $text }
    Correlation id: { $id }

## What Pimento itself says about an activation, mostly before anything is sent.

duration-impossible = This role's policy allows no activation that is long enough for the service. Nothing was sent.
admin-duration = The PIM policy of a role allows activations of less than five minutes, which the service refuses. Please look at its maximum duration.
# $length: "1 h 30 min".
duration-too-long = This role can be active for { $length } at most.
duration-too-short = An activation lasts { $length } at least.
start-too-late = An activation can be planned for a year ahead at most.
# $scope and $eligible are names of scopes.
not-below = { $scope } does not lie below { $eligible }, as far as Pimento knows; nothing was sent.
not-below-eligible = { $scope } does not lie below the scope you are eligible at, as far as Pimento knows; nothing was sent.
reason-missing = This role wants a reason.
ticket-missing = This role wants a ticket number.
already-engaged = This role is active or on its way already; nothing was sent.
eligibility-over = You are not eligible for this role any more; nothing was sent.
not-extendable = An extension can be asked for in the last 14 days, a renewal in the 30 days after the end, and only of what is given to you yourself. Nothing was sent.
not-active = This role is not active; nothing was sent.
# $time: "17:30".
locked-until = An activation can be ended five minutes after its start, here from { $time }. Nothing was sent.
approval-first = Somebody has to approve this role again: once it has ended you are without it until they do. Nothing was ended; confirm in the form that you want it all the same.
not-renewable-approval = This role cannot be renewed by itself: somebody has to approve each activation. Nothing was armed.
not-renewable-ticket = This role cannot be renewed by itself: it wants a ticket for each activation. Nothing was armed.
not-renewable-reason = This role cannot be renewed by itself: it wants a reason, and none is known. Nothing was armed.
not-renewable-eligibility = This role cannot be renewed by itself: you are not eligible for it any more. Nothing was armed.
not-while-active = The service takes no request for a role that is active. Ask again when it has ended.
not-while-active-known = The service takes no request for a role that is active, as it said before; nothing was sent. Ask again when it has ended.
request-not-sent = The connection broke while the request was sent. Pimento looked for three minutes: the service never got it.
request-uncertain = The answer to the request was lost, and for an hour the service could not be asked about it.
extension-uncertain = The answer to the request was lost, and Pimento may not list such requests: it may have arrived. Asking again does no harm.
same-challenge = You signed in again, but the service still asks for a stronger sign-in. Ask an administrator whether a Conditional Access policy stands behind this role's authentication context.
renewal-needs-you = The renewal needs you to sign in again, which Pimento never starts by itself.
renewal-lapsed = The renewal was not sent: Pimento or the network was away when the activation ended.
ended-elsewhere = This activation was ended before its time, not from here. The armed renewal was dropped.
request-denied = The request was denied.
request-denied-because = The request was denied: “{ $reason }”
request-denied-by = { $person } denied the request.
request-denied-by-because = { $person } denied the request: “{ $reason }”
managed-bundle = The bundle "{ $name }" is your organisation's: it can be run, not changed. Nothing was kept.
# $why: a sentence of a bundle's, such as "a bundle needs a name".
bundle-not-kept = Nothing was kept: { $why }.
# $names: names of roles.
bundle-kept-without = The bundle was kept without { $names }: you are not eligible for that.
bundle-nothing-left = Nothing was kept: you are not eligible for { $names }.
cancelled-elsewhere = The request was cancelled, not from here.
nobody-decided = Nobody decided on the request within 24 hours.
service-ended-it = The service ended this activation.
# $status: a word of the service's.
activation-failed = The service could not carry the activation out (status { $status }).
still-in-flight = The service has been working on this request for an hour (status { $status }).
deactivation-not-sent = The connection broke while the deactivation was sent. The service never got it; the role is still active.

## Sign-in, consent, clouds and tenants. $permission is the name of a permission, $page an address.

# Comes after the sentence of what happened.
go-on-with-consented = Sign in again to go on with what was consented to.
administrator-consents-to = An administrator has to consent to the permission that this takes ({ $permission }).
nobody-consented-to = Nobody has consented to the permission that this takes ({ $permission }).
unknown-cloud = There is no cloud called "{ $name }". Choose one in the settings.
tenants-not-consented = Azure knows your tenants, but nobody has consented to Pimento asking it. Name the tenant instead.
# $reason is in English.
demo-scenario-unusable = Your demo scenario cannot be used: { $reason }. Try again for the built-in company.
demo-tenant-not-here = { $variable } does not name a tenant that runs on this machine.
demo-not-started = The demo tenant could not be started.
admin-extend = I want to ask for a longer eligibility in Pimento, which takes the permission { $permission }. Please consent to it: { $page }
admin-consent-page = Please consent to the permissions that Pimento needs: { $page }
admin-consent-permission = Please consent to the permission { $permission } for Pimento: { $page }
admin-need-permission = I need the permission { $permission } for my work with Pimento. Please consent to it: { $page }

## Roles that somebody enters by name or id. $name is what they wrote.

enter-name-or-id = "{ $name }" was not put on the list. Enter its name or its id.
enter-member-or-owner = "{ $name }" was not put on the list. Of a group one can be a member or an owner.
enter-scope = "{ $name }" was not put on the list. Enter its scope: /subscriptions/ and so on.
enter-definition-id = "{ $name }" was not put on the list. Enter the id of its definition instead.
enter-nothing-found = "{ $name }" was not put on the list. There is nothing of this name.
enter-several-found = "{ $name }" was not put on the list. There are several of this name. Enter the id instead.
enter-no-names = Names may not be looked up here. Enter the id instead.
