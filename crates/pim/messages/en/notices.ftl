# What stands above the list until somebody has read it: files, keyring, browser, bundles. $reason is a library's or
# the system's, or says what is wrong in a line of a file; it is in English.

## Files.

settings-unreadable = The settings could not be read ({ $reason }), so the defaults are used.
settings-unreadable-kept = The settings could not be read ({ $reason }), so the defaults are used. The file was kept as { $name }.
settings-not-saved = The settings were not saved: { $reason }.
saved-list-unreadable = The saved list of the last run could not be read ({ $reason }).
saved-list-unreadable-kept = The saved list of the last run could not be read ({ $reason }). The file was kept as { $name }.
journal-unreadable = Pimento's journal could not be read completely (line { $line }: { $reason }). It was kept as { $name }; remembered reasons or armed renewals may be missing.
bundles-unreadable = Your organisation's bundles could not be read from { $place }: { $reason }.
cannot-note = Pimento could not note what happened; it looks that up after a restart.
cannot-remove = Pimento could not remove all that it kept for the account.
cannot-note-accounts = Pimento could not note who is signed in.
cannot-keep-list = Pimento could not keep the list for the next start.
cannot-save-settings = Pimento could not save the settings; they hold until it is quit.
cannot-write-first = Pimento could not write its files, so nothing was sent that it might have to remember.
cannot-open-journal = Pimento could not open its journal, so it sends nothing that it might have to remember.
keyring-not-wiped = You are signed out here, but the keyring could not be wiped.
browser-not-opened = The browser could not be opened.

## Notifications that nobody sees.

notifications-nobody-shows = You are not warned before a role ends: nothing on this desktop shows notifications.
notifications-off = You are not warned before a role ends: notifications of Pimento are switched off. Your system's settings have them under Notifications.
notifications-forbidden = You are not warned before a role ends: this system lets Pimento show no notifications.
notifications-failed = You are not warned before a role ends: a notification could not be shown.

## Bundles. After "Nothing was kept:", so without a capital and without a full stop.

bundles-exported = The bundles were written to { $file }.
bundles-not-exported = The bundles could not be written to your folder for downloads.
bundle-without-name = a bundle needs a name
bundle-without-roles = the bundle "{ $name }" has no roles
bundle-too-many-roles = the bundle "{ $name }" has { $count } roles; { $most } are possible
bundle-reason-too-long = the reason of the bundle "{ $name }" is longer than { $most } characters
bundle-role-without-id = the bundle "{ $name }" has a role without an id or a scope
bundle-role-too-long = the bundle "{ $name }" has a role for { $minutes } minutes; 5 to 1440 are possible
bundle-file-too-long = the file is longer than a mebibyte
bundle-file-too-new = format { $format } is newer than this version's { $known }
bundle-file-too-many = the file has { $count } bundles; { $most } are possible

## Kinds of scopes, as they stand beside a scope's name.

scope-root = tenant root
scope-administrative-unit = administrative unit
scope-group = group
scope-management-group = management group
scope-subscription = subscription
scope-resource-group = resource group
scope-key-vault = key vault
scope-kubernetes = Kubernetes cluster
scope-web-app = web app
scope-sql-server = SQL server
scope-sql-database = SQL database
scope-cosmos = Cosmos DB account
scope-virtual-machine = virtual machine
scope-storage-account = storage account

## Links to portals. Names of products stay as they are where Microsoft leaves them so.

portal-exchange = Exchange admin center
portal-teams = Teams admin center
portal-intune = Intune admin center
portal-defender = Defender portal
portal-purview = Purview portal
portal-power-platform = Power Platform admin center
portal-microsoft-365 = Microsoft 365 admin center
portal-azure = Azure portal
portal-entra = Entra admin center

## The page that the browser's tab shows after a sign-in.

tab-done = Back to Pimento
tab-done-text = Pimento has the answer. You can close this tab.
tab-refused = Not signed in
tab-refused-text = The sign-in was not completed; Pimento says why. You can close this tab.
tab-stranger = Nothing here
tab-stranger-text = This is not the answer that Pimento is waiting for. You can close this tab.
