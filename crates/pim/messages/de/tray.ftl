# Menü und QuickInfo des Symbols, Schaltflächen von Benachrichtigungen, und was gesagt wird, wenn es kein Fenster gibt. Menüs sind
# schmal: kurze Wörter.
# $role ist der Name einer Rolle mit ihrem Bereich, $tenant der eines Mandanten, $time „17:30“ oder „Di 01:30“, $left „2 h 41“.

## Die QuickInfo.

starting = Wird gestartet
offline = Offline
offline-as-of = Offline, Stand { $time }
not-signed-in = Nicht angemeldet
waiting-for-sign-in = Wartet auf die Anmeldung in Ihrem Browser
nothing-active = Nichts aktiv · { $account }
roles-active =
    { $count ->
        [one] 1 Rolle aktiv
       *[other] { $count } Rollen aktiv
    }
left-until = { $role } · noch { $left }, bis { $time }
left-renews = { $role } · noch { $left }, Erneuerung { $time }
role-and-state = { $role } · { $state }
role-at-tenant = { $role } · { $tenant }

## Wie es um eine Rolle steht.

state-requesting = wird angefordert…
state-stepping-up = im Browser bestätigen
state-checking = wird geprüft…
state-waiting-for-approval = wartet auf Genehmigung
state-provisioning = wird eingerichtet…
state-scheduled = geplant
state-deactivating = wird beendet…
state-failed = fehlgeschlagen

## Das Menü. Was mit … endet, öffnet ein Fenster.

menu-open = Pimento öffnen
menu-manage = Verwalten…
menu-settings = Einstellungen
menu-quit = Beenden
waiting =
    { $count ->
        [one] 1 Anforderung wartet auf Ihre Entscheidung
       *[other] { $count } Anforderungen warten auf Ihre Entscheidung
    }
waiting-open = { waiting }…
waiting-open-at = { $tenant }: { waiting }…
sign-in-again-at = Erneut anmelden bei { $tenant }…
menu-renew = Erneuern
menu-renew-at = Erneuern ({ $time })
menu-renew-form = Erneuern…
menu-deactivate = Deaktivieren
menu-deactivate-from = Deaktivieren, möglich ab { $time }
menu-withdraw = Anforderung zurückziehen
menu-show = In Pimento anzeigen
menu-dismiss = Ausblenden
menu-copy-details = Details kopieren
menu-undo = Rückgängig: { $role }
menu-activate = { $role } aktivieren
menu-activate-form = { $role } aktivieren…
menu-request = { $role } anfordern
menu-request-form = { $role } anfordern…
menu-bundles = Bündel
bundle-not-eligible = { $bundle } · keine berechtigte Rolle
bundle-active = { $bundle } · aktiv
menu-sign-in = Anmelden…
menu-demo = Demomandanten ausprobieren
menu-cancel-sign-in = Anmeldung abbrechen
menu-sign-out = { $account } abmelden
menu-pause = Erinnerungen eine Stunde lang pausieren
menu-paused-until = Erinnerungen pausiert bis { $time }

## „Details kopieren“: für eine Nachricht an Kollegen oder ein Ticket, je eine Zeile.

detail-from = Von: { $time }
detail-until = Bis: { $time }
detail-reason = Begründung: { $reason }
detail-ticket = Ticket: { $number }
detail-failed = Fehlgeschlagen: { $problem }
# Ein Satz, und woran der Fehler zu erkennen ist.
problem-with-code = { $message } ({ $code })
problem-with-code-and-id = { $message } ({ $code }, Korrelations-ID { $id })

## Schaltflächen von Benachrichtigungen.

button-reactivate = Erneut aktivieren
button-decide = Entscheiden
button-review = Überprüfen
button-show = Anzeigen
button-open = Pimento öffnen
button-dismiss = Ausblenden

# Eine Benachrichtigung, die zurückgehalten wurde, während Erinnerungen pausiert waren. $text ist ein Satz.
held-back = Zurückgehaltene Meldung von { $time }: { $text }

## Tasten, die überall gelten. $keys: „Ctrl+Alt+P“.

keys-taken = { $keys } bewirkt hier nichts: Ein anderes Programm verwendet diese Tasten. Wählen Sie andere, oder geben Sie sie dort frei.
keys-missing = Diese Tastatur hat die Taste { $key } nicht, daher bewirkt { $keys } nichts. Wählen Sie andere Tasten.
keys-declined = Ihr Desktop hat { $keys } nicht an Pimento vergeben. Seine Tastatureinstellungen sagen vielleicht, warum; oder wählen Sie andere Tasten.
keys-unsupported = Auf diesem Desktop bekommt kein Programm Tasten, die überall gelten, daher bewirkt { $keys } nichts. In den Tastatureinstellungen des Desktops können Sie eine Tastenkombination für den Befehl `pimento` festlegen: Er öffnet das Fenster.
keys-failed = { $keys } bewirkt nichts: Das System war dafür nicht zu erreichen.
# Was der Desktop davon zeigt.
keys-for-window = Pimento öffnen
keys-for-bundle = Formular eines Bündels in Pimento öffnen

## Wo es kein Fenster gibt. $error kommt vom System, in dessen Sprache oder auf Englisch.

runs-in-tray = Pimento läuft im Infobereich
window-gave-up = Das Fenster hat sich mehrmals von selbst beendet. Klicken Sie auf das Symbol, um es neu zu öffnen. Was darin eingegeben war, ist verloren; Näheres steht im Protokoll.
window-ended-at-once = Das Fenster konnte nicht geöffnet werden: Sein Programm hat sich sofort beendet. Näheres steht im Protokoll.
window-not-opened = Das Fenster kann nicht geöffnet werden: { $error }
window-needs-runtime = Das Fenster braucht die Microsoft Edge WebView2-Runtime, die nicht installiert ist. Laden Sie sie von Microsoft herunter, installieren Sie sie, und öffnen Sie Pimento dann noch einmal.
manage-ended = Das Fenster „Verwalten“ hat sich von selbst beendet. Öffnen Sie es neu über das Menü des Symbols; Näheres steht im Protokoll.
manage-ended-with = Das Fenster „Verwalten“ hat sich von selbst beendet. Öffnen Sie es neu über das Menü des Symbols; Näheres steht im Protokoll. ({ $error })
manage-not-opened = Das Fenster konnte nicht geöffnet werden: { $error }
manage-title = Pimento: Verwalten
too-long = Das ist zu lang.
pimento-silent = Pimento antwortet nicht. Versuchen Sie es noch einmal.
pimento-ends = Pimento wird beendet
