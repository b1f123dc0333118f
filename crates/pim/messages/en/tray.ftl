# The icon's menu and tooltip, buttons of notifications, and what is said when there is no window. Menus are narrow: short words.
# $role is a role's name with its scope, $tenant a tenant's name, $time "17:30", $left "2 h 41".

## The tooltip.

starting = Starting
offline = Offline
offline-as-of = Offline, as of { $time }
not-signed-in = Not signed in
waiting-for-sign-in = Waiting for the sign-in in your browser
nothing-active = Nothing active · { $account }
roles-active =
    { $count ->
        [one] 1 role active
       *[other] { $count } roles active
    }
left-until = { $role } · { $left } left, until { $time }
left-renews = { $role } · { $left } left, renews at { $time }
role-and-state = { $role } · { $state }
role-at-tenant = { $role } · { $tenant }

## Where a role stands.

state-requesting = requesting…
state-stepping-up = confirm in the browser
state-checking = checking…
state-waiting-for-approval = waiting for approval
state-provisioning = provisioning…
state-scheduled = scheduled
state-deactivating = ending…
state-failed = failed

## The menu. What ends with … opens a window.

menu-open = Open Pimento
menu-manage = Manage…
menu-settings = Settings
menu-quit = Quit
waiting =
    { $count ->
        [one] 1 request waits for your decision
       *[other] { $count } requests wait for your decision
    }
waiting-open = { waiting }…
waiting-open-at = { waiting } at { $tenant }…
sign-in-again-at = Sign in again at { $tenant }…
menu-renew = Renew
menu-renew-at = Renew at { $time }
menu-renew-form = Renew…
menu-deactivate = Deactivate
menu-deactivate-from = Deactivate, possible from { $time }
menu-withdraw = Withdraw the request
menu-show = Show in Pimento
menu-dismiss = Dismiss
menu-copy-details = Copy details
menu-undo = Take back: { $role }
menu-activate = Activate { $role }
menu-activate-form = Activate { $role }…
menu-request = Request { $role }
menu-request-form = Request { $role }…
menu-bundles = Bundles
bundle-not-eligible = { $bundle } · no eligible role
bundle-active = { $bundle } · active
menu-sign-in = Sign in…
menu-demo = Try the demo tenant
menu-cancel-sign-in = Cancel the sign-in
menu-sign-out = Sign out { $account }
menu-pause = Pause reminders for an hour
menu-paused-until = Reminders paused until { $time }

## "Copy details": for a message to a colleague or a ticket, a line each.

detail-from = From: { $time }
detail-until = Until: { $time }
detail-reason = Reason: { $reason }
detail-ticket = Ticket: { $number }
detail-failed = Failed: { $problem }
# A sentence and what identifies the failure.
problem-with-code = { $message } ({ $code })
problem-with-code-and-id = { $message } ({ $code }, correlation id { $id })

## Buttons of notifications.

button-reactivate = Re-activate
button-decide = Decide
button-review = Review
button-show = Show
button-open = Open Pimento
button-dismiss = Dismiss

# A notification that was held back while reminders were paused. $text is a sentence.
held-back = Held back at { $time }. { $text }

## Keys that work from anywhere. $keys: "Ctrl+Alt+P".

keys-taken = { $keys } does nothing here: another program has it. Choose other keys, or take it from that program.
keys-missing = This keyboard has no { $key }, so { $keys } does nothing. Choose other keys.
keys-declined = Your desktop did not give { $keys } to Pimento. Its keyboard settings may say why; or choose other keys.
keys-unsupported = This desktop gives no program keys that work from anywhere, so { $keys } does nothing. In its own keyboard settings, a shortcut for the command `pimento` opens the window.
keys-failed = { $keys } does nothing: the system could not be asked for it.
# What the desktop shows of them.
keys-for-window = Open Pimento
keys-for-bundle = Open the form of a bundle in Pimento

## Where there is no window. $error is the system's, in its language or in English.

runs-in-tray = Pimento runs in the tray
window-gave-up = The window has ended by itself more than once. Click the icon to open it anew. What was typed in it is lost; the log says more.
window-ended-at-once = The window could not be opened: its program ended at once. The log says more.
window-not-opened = The window cannot be opened: { $error }
window-needs-runtime = The window needs the Microsoft Edge WebView2 Runtime, which is not installed. Install it from Microsoft, then open Pimento again.
manage-ended = The Manage window has ended by itself. Open it anew from the icon's menu; the log says more.
manage-ended-with = The Manage window has ended by itself. Open it anew from the icon's menu; the log says more. ({ $error })
manage-not-opened = The window could not be opened: { $error }
manage-title = Pimento: Manage
too-long = That is too long.
pimento-silent = Pimento does not answer. Try it once more.
pimento-ends = Pimento is ending
