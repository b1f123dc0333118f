# Was schiefging. Je ein Satz: was geschehen ist, und wo es hilft, was zu tun ist.

## Womit Dienste ablehnen: Die Tabelle in src/codes.rs sagt, welchen Code welcher Satz sagt.

service-refused = Der Dienst hat die Anforderung abgelehnt.
active-already = Diese Rolle ist schon aktiv.
not-active-any-more = Diese Rolle ist nicht (mehr) aktiv.
active-too-short = Eine Rolle muss fünf Minuten aktiv gewesen sein, bevor sie beendet werden kann.
another-request-waits = Eine andere Anforderung für diese Rolle wartet noch.
overlaps-another-request = Die angeforderte Zeit überschneidet sich mit einer anderen Anforderung für diese Rolle.
stronger-sign-in-wanted = Diese Rolle verlangt eine stärkere Anmeldung (einen Authentifizierungskontext).
policy-forbids-activation = Die Richtlinie der Rolle erlaubt diese Aktivierung nicht.
request-invalid = Der Dienst hält die Anforderung für ungültig.
time-invalid = Der Dienst hält die angeforderte Zeit für ungültig.
last-administrator = Der letzte Besitzer oder Administrator kann das nicht abgeben: Zuerst muss es jemand anderes haben.
no-licence = Dieser Mandant hat keine Lizenz für Privileged Identity Management.
nobody-consented = Niemand hat den Berechtigungen zugestimmt, die Pimento braucht.
account-may-not = Ihr Konto darf das nicht.
account-may-not-here = Ihr Konto darf das in diesem Bereich nicht.
account-unknown = Der Dienst kennt dieses Konto (noch) nicht.
role-unknown = Der Dienst kennt diese Rolle nicht mehr.
definition-gone = Die Definition dieser Rolle gibt es nicht mehr.
not-eligible-any-more = Sie sind für diese Rolle nicht (mehr) berechtigt.
request-unknown = Der Dienst kennt diese Anforderung nicht (mehr).
policy-broken = Die Richtlinie der Rolle ist fehlerhaft.
sign-in-not-accepted = Der Dienst nimmt die Anmeldung nicht mehr an.
not-found = Der Dienst findet es nicht mehr.
resource-group-gone = Die Ressourcengruppe gibt es nicht mehr.
subscription-gone = Das Abonnement gibt es nicht mehr, oder es gehört zu einem anderen Mandanten.
management-group-gone = Die Verwaltungsgruppe gibt es nicht mehr.
request-not-understood = Der Dienst versteht die Anforderung nicht.
azure-sign-in-expired = Die Anmeldung bei Azure ist abgelaufen.
azure-sign-in-not-accepted = Azure nimmt die Anmeldung nicht an.
subscription-elsewhere = Das Abonnement gehört zu einem anderen Mandanten als dem, bei dem Sie angemeldet sind.
access-missing = Ihrem Konto fehlt der Zugriff auf etwas, wovon das abhängt.
scope-locked = Eine Sperre auf der Ressource verhindert das.
subscription-disabled = Das Abonnement ist deaktiviert.
azure-wants-pause = Azure verlangt eine Pause.
service-too-slow = Der Dienst hat zu lange gebraucht.
service-fault = Der Dienst hat im Moment eine Störung.
azure-wants-mfa = Azure verlangt dafür Multi-Faktor-Authentifizierung.
service-wants-pause = Der Dienst verlangt eine Pause.
service-away = Der Dienst ist im Moment nicht verfügbar.
list-place-lost = Der Dienst hat die Stelle in einer Liste verloren: Sie muss von vorn gelesen werden.
batch-failed = Eine andere Anforderung desselben Stapels ist fehlgeschlagen, und diese wurde nicht ausgeführt.
decided-already = Jemand hat über diese Anforderung schon entschieden.
filter-not-understood = Der Dienst versteht nicht, wie nach seiner Liste gefragt wurde.
azure-request-not-understood = Azure versteht die Anforderung nicht.
azure-refuses-name = Azure nimmt den Namen der Anforderung nicht an.
azure-kind-unknown = Azure kennt hier die Art von Ressource nicht, nach der gefragt wurde.
azure-version-missing = In der Anforderung fehlt die Version der Schnittstelle von Azure.
azure-version-unknown = Azure kennt hier die Version der Schnittstelle nicht, nach der gefragt wurde.
not-offered = Der Dienst bietet das nicht an.
page-size-refused = Der Dienst liefert keine Seiten in der verlangten Größe.
azure-assignment-gone = Azure findet die Rollenzuweisung nicht mehr.
permission-not-consented = Niemand hat der Berechtigung zugestimmt, die dafür nötig ist.
no-role-may-read = Keine Ihrer aktiven Rollen erlaubt Ihnen, das zu lesen.
sign-in-for-another-service = Die Anmeldung gilt für einen anderen Dienst als den, der gefragt wurde.

reason-required = Eine Begründung ist erforderlich.
ticket-required = Eine Ticketnummer ist erforderlich.
role-wants-mfa = Diese Rolle verlangt Multi-Faktor-Authentifizierung.
policy-forbids-duration = Die Richtlinie der Rolle erlaubt diese Dauer nicht.

redirect-unknown = Die App-Registrierung kennt die Umleitungsadresse von Pimento nicht.
account-not-in-tenant = Dieses Konto ist in diesem Mandanten nicht bekannt.
password-expired = Das Kennwort ist abgelaufen.
account-disabled = Das Konto ist deaktiviert.
session-over = Die Sitzung ist vorbei. Melden Sie sich erneut an.
tenant-not-told = Aus dem Konto ließ sich der Mandant nicht erkennen.
mfa-setup-needed = Multi-Faktor-Authentifizierung muss zuerst eingerichtet werden.
mfa-needed = Multi-Faktor-Authentifizierung ist nötig.
mfa-too-old = Die Multi-Faktor-Authentifizierung liegt zu lange zurück.
account-not-assigned = Ihr Konto ist dieser Anwendung nicht zugewiesen.
password-wrong = Benutzername oder Kennwort ist falsch.
another-proof-wanted = Ihre Organisation verlangt einen weiteren Identitätsnachweis.
sign-in-revoked = Die Anmeldung wurde widerrufen, vielleicht nach einer Kennwortänderung. Melden Sie sich erneut an.
sign-in-expired = Die Anmeldung ist abgelaufen. Melden Sie sich erneut an.
compliant-devices-only = Ihre Organisation erlaubt nur konforme Geräte.
joined-devices-only = Ihre Organisation erlaubt nur eingebundene Geräte.
conditional-access-blocks = Eine Richtlinie für bedingten Zugriff blockiert die Anmeldung.
application-may-not = Diese Anwendung darf nicht nach PIM-Berechtigungen fragen.
consent-declined = Die Zustimmung wurde verweigert.
sign-in-invalid = Die Anmeldung ist nicht mehr gültig. Melden Sie sich erneut an.
code-invalid-any-more = Der Code ist nicht mehr gültig. Beginnen Sie noch einmal.
code-expired = Der Code ist abgelaufen. Beginnen Sie noch einmal.
fresh-sign-in-wanted = Ihre Organisation verlangt eine neue Anmeldung. Melden Sie sich erneut an.
application-unknown = Der Mandant kennt die Anwendung nicht. Vielleicht passen Cloud und Client-ID nicht zusammen.
sign-in-unused = Die Anmeldung wurde zu lange nicht genutzt. Melden Sie sich erneut an.
no-public-client = Die App-Registrierung ist kein öffentlicher Client.
administrator-consents = Ein Administrator muss den Berechtigungen zustimmen, die Pimento braucht.
no-such-tenant = Diesen Mandanten gibt es in dieser Cloud nicht.
sign-in-cancelled = Die Anmeldung wurde abgebrochen.
sign-in-declined = Die Anmeldung wurde abgelehnt.
code-invalid = Der Code ist nicht gültig. Beginnen Sie noch einmal.
sign-in-wanted-again = Ihre Organisation verlangt, dass Sie sich noch einmal anmelden.
sign-in-service-wants-pause = Der Anmeldedienst verlangt eine Pause.
sign-in-service-fault = Der Anmeldedienst hat im Moment eine Störung.

network-away = Es gibt keine Netzwerkverbindung, oder der Dienst ist nicht zu erreichen.
answer-lost = Die Antwort des Dienstes ging unterwegs verloren.
no-answer = Der Dienst hat nicht rechtzeitig geantwortet.
azure-late = Azure hat noch nicht alles gesagt: Die Liste wird von selbst vervollständigt.
grants-unreadable = Ihr Konto darf nicht lesen, welche Rollen die Gruppe hat.
not-asked-for = Pimento hat nicht nach den Berechtigungen gefragt, die diese Art von Rolle braucht.
answer-too-large = Die Antwort des Dienstes ist viel zu groß und wurde nicht gelesen.
web-page-instead = Etwas zwischen diesem Computer und Microsoft hat mit einer Webseite geantwortet. Das tun Netzwerke, bei denen man sich anmelden muss.
answer-not-understood = Der Dienst hat auf eine Weise geantwortet, die diese Version nicht versteht.
foreign-link = Der Dienst hat auf einen anderen Server verwiesen. Pimento ist dem nicht gefolgt.
endless-list = Die Liste des Dienstes nimmt kein Ende.
root-certificate-unusable = Das zusätzliche Stammzertifikat konnte nicht verwendet werden.
client-id-no-guid = Die Anwendungs-ID (Client) ist keine GUID.
no-browser = Kein Browser ließ sich öffnen. Melden Sie sich stattdessen mit einem Gerätecode an.
no-listener = Pimento konnte den Empfang der Antwort aus dem Browser nicht vorbereiten.
nobody-signed-in = Innerhalb von fünf Minuten hat sich niemand angemeldet.
answer-not-proven = Die Antwort der Anmeldung hat nicht belegt, von wem sie kommt. Sie wurde nicht verwendet.
other-account = Ein anderes Konto hat sich angemeldet. Verwenden Sie das, mit dem Pimento angemeldet ist.
keyring-away = Der Schlüsselbund des Systems ist nicht verfügbar: Pimento vergisst die Anmeldung, wenn Sie es beenden.
keyring-damaged = Was der Schlüsselbund des Systems für Pimento enthält, ist beschädigt. Melden Sie sich erneut an.
keyring-taken = Ein anderes Ihrer Programme hat dieses Konto ab- oder neu angemeldet: Pimento vergisst diese Anmeldung, wenn Sie es beenden.
resource-refused = Der Anmeldedienst gewährt keinen Zugriff auf diesen Dienst; vielleicht verbietet es eine Richtlinie Ihrer Organisation.
request-lapsed = Innerhalb von 24 Stunden hat niemand über diese Anforderung entschieden: Sie ist verfallen und kann neu gestellt werden.
request-gone = Diese Anforderung wartet nicht mehr: Sie wurde zurückgezogen oder ist verfallen.
not-an-approver = Sie gehören nicht zu denen, die über diese Anforderung entscheiden dürfen.
own-request = Das ist Ihre eigene Anforderung: Jemand anderes muss darüber entscheiden.
decided-in-portal = Über Verlängerungen und Erneuerungen lässt sich nur im Portal entscheiden.
no-policy = Der Dienst nennt für diese Rolle dort keine Richtlinie: Eine Gruppe hat eine, sobald sie mit PIM verwaltet wird.
decision-uncertain = Die Antwort des Dienstes ging verloren, und bisher weiß er von keiner Entscheidung.
review-over = Diese Zugriffsüberprüfung ist vorbei: Darin entscheidet niemand mehr.
review-wants-reason = Diese Zugriffsüberprüfung verlangt für jede Genehmigung eine Begründung.
review-gone = Die Zugriffsüberprüfung oder diese Person darin gibt es nicht mehr.
not-a-reviewer = Sie gehören nicht zu denen, die in dieser Zugriffsüberprüfung entscheiden.
review-uncertain = Die Antwort des Dienstes ging verloren, und bisher weiß er von keiner Entscheidung von Ihnen.
scan-failed = Der Dienst konnte nicht nach Warnungen suchen.
nobody-is-signed-in = Niemand ist angemeldet.

## Für einen Administrator: was jemand kopiert und sendet. Code und Korrelations-ID folgen danach.

admin-consent = Bitte erteilen Sie die Administratorzustimmung für die Berechtigungen von Pimento (Zuweisungen von Verzeichnisrollen und Gruppen aktivieren und lesen, deren Richtlinien lesen).
admin-licence = Privileged Identity Management braucht Microsoft Entra ID P2 oder Entra ID Governance.
admin-device = Eine Richtlinie für bedingten Zugriff verhindert, dass ich mich auf diesem Gerät bei Pimento anmelde.
admin-version = Pimento fragt einen Dienst von Microsoft nach etwas, was er hier nicht anbietet. Bitte prüfen Sie, ob es eine neuere Version von Pimento gibt und ob die Cloud in seinen Einstellungen die richtige ist.
admin-registration = Bitte prüfen Sie die App-Registrierung, die Pimento verwendet: öffentlicher Client, Umleitungs-URI http://localhost unter „Mobilgerät- und Desktopanwendungen“.
admin-last-holder = Ich möchte eine Rolle abgeben, die außer mir niemand mehr hat. Bitte weisen Sie sie zuerst jemand anderem zu.
admin-permission = Meinem Konto fehlt die Berechtigung dafür.
admin-policy = Die PIM-Richtlinie dieser Rolle ist ungültig.
admin-lock = Eine Sperre auf der Ressource verhindert, dass ich meine Rolle aktiviere. Bitte entfernen Sie sie.
admin-subscription = Das Abonnement ist deaktiviert.
admin-reader = Meinem Konto fehlt eine Rolle, die das lesen darf.
admin-account = Mein Konto ist deaktiviert.
admin-assign = Bitte weisen Sie mein Konto der Anwendung zu, die Pimento verwendet.
admin-sign-in-log = Der Anmeldedienst verweigert mir den Zugriff auf einen der Dienste, die Pimento verwendet. Bitte sehen Sie in meinem Anmeldeprotokoll nach.
admin-code =
    { $text }
    Code: { $code }
admin-correlation-id =
    { $text }
    Korrelations-ID: { $id }

## Was Pimento selbst über eine Aktivierung sagt, meist bevor etwas gesendet wird.

duration-impossible = Die Richtlinie dieser Rolle erlaubt keine Aktivierung, die dem Dienst lang genug ist. Nichts wurde gesendet.
admin-duration = Die PIM-Richtlinie einer Rolle erlaubt nur Aktivierungen unter fünf Minuten, und die lehnt der Dienst ab. Bitte sehen Sie sich die maximale Dauer darin an.
# $length: „1 h 30 min“.
duration-too-long = Diese Rolle kann höchstens { $length } lang aktiv sein.
duration-too-short = Eine Aktivierung dauert mindestens { $length }.
start-too-late = Eine Aktivierung lässt sich höchstens ein Jahr im Voraus planen.
# $scope und $eligible sind Namen von Bereichen.
not-below = { $scope } liegt nicht unter { $eligible }, soweit Pimento weiß; nichts wurde gesendet.
not-below-eligible = { $scope } liegt nicht unter dem Bereich, für den Sie berechtigt sind, soweit Pimento weiß; nichts wurde gesendet.
reason-missing = Diese Rolle verlangt eine Begründung.
ticket-missing = Diese Rolle verlangt eine Ticketnummer.
already-engaged = Diese Rolle ist schon aktiv oder auf dem Weg dahin; nichts wurde gesendet.
eligibility-over = Sie sind für diese Rolle nicht mehr berechtigt; nichts wurde gesendet.
not-extendable = Eine Verlängerung lässt sich in den letzten 14 Tagen anfordern, eine Erneuerung in den 30 Tagen nach dem Ende, und nur für das, was Ihnen selbst zugewiesen ist. Nichts wurde gesendet.
not-active = Diese Rolle ist nicht aktiv; nichts wurde gesendet.
# $time: „17:30“.
locked-until = Eine Aktivierung lässt sich frühestens fünf Minuten nach ihrem Beginn beenden, hier ab { $time }. Nichts wurde gesendet.
approval-first = Diese Rolle muss jedes Mal jemand genehmigen: Ist sie beendet, sind Sie ohne sie, bis das wieder geschieht. Nichts wurde beendet; bestätigen Sie im Formular, dass Sie es trotzdem möchten.
not-renewable-approval = Diese Rolle kann sich nicht von selbst erneuern: Jede Aktivierung muss jemand genehmigen. Nichts wurde vorgemerkt.
not-renewable-ticket = Diese Rolle kann sich nicht von selbst erneuern: Sie verlangt für jede Aktivierung ein Ticket. Nichts wurde vorgemerkt.
not-renewable-reason = Diese Rolle kann sich nicht von selbst erneuern: Sie verlangt eine Begründung, und keine ist bekannt. Nichts wurde vorgemerkt.
not-renewable-eligibility = Diese Rolle kann sich nicht von selbst erneuern: Sie sind für sie nicht mehr berechtigt. Nichts wurde vorgemerkt.
not-while-active = Der Dienst nimmt keine Anforderung für eine Rolle an, die aktiv ist. Fordern Sie sie erneut an, wenn sie beendet ist.
not-while-active-known = Der Dienst nimmt keine Anforderung für eine Rolle an, die aktiv ist, wie er schon mitgeteilt hat; nichts wurde gesendet. Fordern Sie sie erneut an, wenn sie beendet ist.
request-not-sent = Die Verbindung brach ab, während die Anforderung gesendet wurde. Pimento hat drei Minuten lang nachgesehen: Beim Dienst kam sie nicht an.
request-uncertain = Die Antwort auf die Anforderung ging verloren, und eine Stunde lang ließ sich der Dienst nicht danach fragen.
extension-uncertain = Die Antwort auf die Anforderung ging verloren, und Pimento darf solche Anforderungen nicht auflisten: Vielleicht ist sie angekommen. Sie erneut zu stellen schadet nicht.
same-challenge = Sie haben sich erneut angemeldet, aber der Dienst verlangt weiterhin eine stärkere Anmeldung. Fragen Sie einen Administrator, ob hinter dem Authentifizierungskontext dieser Rolle eine Richtlinie für bedingten Zugriff steht.
renewal-needs-you = Für die Erneuerung müssen Sie sich erneut anmelden, und das beginnt Pimento nie von selbst.
renewal-lapsed = Die Erneuerung wurde nicht gesendet: Als die Aktivierung endete, lief Pimento nicht oder war ohne Netzwerk.
ended-elsewhere = Diese Aktivierung wurde vorzeitig beendet, aber nicht von hier aus. Die vorgemerkte Erneuerung entfällt.
request-denied = Die Anforderung wurde abgelehnt.
request-denied-because = Die Anforderung wurde abgelehnt: „{ $reason }“
request-denied-by = { $person } hat die Anforderung abgelehnt.
request-denied-by-because = { $person } hat die Anforderung abgelehnt: „{ $reason }“
managed-bundle = Das Bündel „{ $name }“ ist von Ihrer Organisation: Sie können es ausführen, aber nicht ändern. Nichts wurde gespeichert.
# $why: ein Satz über ein Bündel, etwa „ein Bündel braucht einen Namen“.
bundle-not-kept = Nichts wurde gespeichert: { $why }.
# $names: Namen von Rollen.
bundle-kept-without = Das Bündel wurde ohne { $names } gespeichert: Dafür sind Sie nicht berechtigt.
bundle-nothing-left = Nichts wurde gespeichert: Sie sind für { $names } nicht berechtigt.
cancelled-elsewhere = Die Anforderung wurde abgebrochen, aber nicht von hier aus.
nobody-decided = Innerhalb von 24 Stunden hat niemand über die Anforderung entschieden.
service-ended-it = Der Dienst hat diese Aktivierung beendet.
# $status: ein Wort des Dienstes.
activation-failed = Der Dienst konnte die Aktivierung nicht ausführen (Status { $status }).
still-in-flight = Der Dienst arbeitet seit einer Stunde an dieser Anforderung (Status { $status }).
deactivation-not-sent = Die Verbindung brach ab, während die Deaktivierung gesendet wurde. Beim Dienst kam sie nicht an; die Rolle ist noch aktiv.

## Anmeldung, Zustimmung, Clouds und Mandanten. $permission ist der Name einer Berechtigung, $page eine Adresse.

# Steht nach dem Satz darüber, was geschehen ist.
go-on-with-consented = Melden Sie sich erneut an, um mit dem weiterzumachen, dem zugestimmt wurde.
administrator-consents-to = Ein Administrator muss der Berechtigung zustimmen, die dafür nötig ist ({ $permission }).
nobody-consented-to = Niemand hat der Berechtigung zugestimmt, die dafür nötig ist ({ $permission }).
unknown-cloud = Es gibt keine Cloud namens „{ $name }“. Wählen Sie in den Einstellungen eine aus.
tenants-not-consented = Azure kennt Ihre Mandanten, aber niemand hat zugestimmt, dass Pimento danach fragt. Nennen Sie den Mandanten stattdessen selbst.
# $reason ist auf Englisch.
demo-scenario-unusable = Ihr Demoszenario ist nicht zu verwenden: { $reason }. Versuchen Sie es noch einmal, um die eingebaute Firma zu verwenden.
demo-tenant-not-here = { $variable } nennt keinen Mandanten, der auf diesem Computer läuft.
demo-not-started = Der Demomandant konnte nicht gestartet werden.
admin-extend = Ich möchte in Pimento eine Rolle verlängern lassen; dafür ist die Berechtigung { $permission } nötig. Bitte stimmen Sie ihr zu: { $page }
admin-consent-page = Bitte stimmen Sie den Berechtigungen zu, die Pimento braucht: { $page }
admin-consent-permission = Bitte stimmen Sie der Berechtigung { $permission } für Pimento zu: { $page }
admin-need-permission = Für meine Arbeit mit Pimento brauche ich die Berechtigung { $permission }. Bitte stimmen Sie ihr zu: { $page }

## Rollen, die jemand mit Namen oder ID eingibt. $name ist, was eingegeben wurde.

enter-name-or-id = „{ $name }“ wurde nicht auf die Liste gesetzt. Geben Sie den Namen oder die ID ein.
enter-member-or-owner = „{ $name }“ wurde nicht auf die Liste gesetzt. In einer Gruppe kann man Mitglied oder Besitzer sein.
enter-scope = „{ $name }“ wurde nicht auf die Liste gesetzt. Geben Sie den Bereich ein: /subscriptions/ und so weiter.
enter-definition-id = „{ $name }“ wurde nicht auf die Liste gesetzt. Geben Sie stattdessen die ID der Definition ein.
enter-nothing-found = „{ $name }“ wurde nicht auf die Liste gesetzt. Es gibt nichts mit diesem Namen.
enter-several-found = „{ $name }“ wurde nicht auf die Liste gesetzt. Es gibt mehrere mit diesem Namen. Geben Sie stattdessen die ID ein.
enter-no-names = Namen dürfen hier nicht nachgeschlagen werden. Geben Sie stattdessen die ID ein.
