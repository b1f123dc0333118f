# Benachrichtigungen: Titel, Texte und Schaltflächen.

## Aktivierungen. $role ist der Name einer Rolle, $names sind mehrere, „A, B und C“; $time ist „17:30“.

in-minutes =
    { $minutes ->
        [0] in weniger als einer Minute
        [one] in 1 Minute
       *[other] in { $minutes } Minuten
    }
role-ends = { $role } endet { in-minutes }
roles-end = { $count } Rollen enden { in-minutes }
renews-by-itself = Wird um { $time } von selbst erneut aktiviert.
active-until = Aktiv bis { $time }.
active-from = Aktiv ab { $time }.
only-names = { $names }.
names-at = { $names }, um { $time }.
reason = Begründung: { $reason }
role-ended = { $role } ist beendet
roles-ended = { $count } Rollen sind beendet
# $length: „1 h 30 min“.
was-active-for = War { $length } lang aktiv, bis { $time }.
role-approved = { $role } wurde genehmigt
roles-approved = { $count } Rollen wurden genehmigt
role-renewed = { $role } wurde erneut aktiviert
roles-renewed = { $count } Rollen wurden erneut aktiviert
role-cancelled = { $role }: Anforderung abgebrochen
roles-cancelled = { $count } Anforderungen abgebrochen
role-not-activated = { $role } wurde nicht aktiviert
roles-not-activated = { $count } Rollen wurden nicht aktiviert
role-not-renewed = { $role } wird nicht erneut aktiviert
roles-not-renewed = { $count } Rollen werden nicht erneut aktiviert
nobody-has-to-decide = Niemand muss mehr darüber entscheiden.

## Was man tun kann, wenn man liest, dass etwas fehlgeschlagen ist.

next-sign-in = Melden Sie sich in Pimento erneut an.
next-edit-form = Öffnen Sie das Formular, um die Rolle erneut anzufordern.
next-retry = Versuchen Sie es noch einmal.
next-retry-from = Versuchen Sie es ab { $time } noch einmal.
next-refresh = Aktualisieren Sie die Liste in Pimento.
next-ask-admin = Fragen Sie einen Administrator: Den Text dafür hat Pimento.
trace-code = Code: { $code }
trace-id = Korrelations-ID: { $id }
trace-code-and-id = Code: { $code }, Korrelations-ID: { $id }

## Rollen, die jemand bekommen oder verloren hat.

eligible-now = Sie sind jetzt berechtigt für { $role }
eligible-now-several = Sie sind für { $count } weitere Rollen berechtigt
can-be-activated-now = Sie können sie ab jetzt aktivieren.
taken-away = { $role } wurde Ihnen entzogen
taken-away-several = { $count } Rollen wurden Ihnen entzogen
not-eligible-now = Sie sind dafür nicht mehr berechtigt.
not-eligible-now-several = Sie sind für { $names } nicht mehr berechtigt.
not-held-now = Sie haben die Rolle nicht mehr.
not-held-now-several = Sie haben { $names } nicht mehr.
# Am Ende einer Liste von Namen: „A, B und 2 weitere“.
so-many-more = { $count } weitere

## Was andere tun, für die, die darüber entscheiden. $person ist ein Name, $role „Exchange-Administrator (Contoso)“.

# Der Titel einer Benachrichtigung, und der Mandant, um den es geht.
title-at-tenant = { $title } · { $tenant }
request-waits = Eine Anforderung wartet auf Ihre Entscheidung
requests-wait = { $count } Anforderungen warten auf Ihre Entscheidung
# $role im Titel; was folgt, im Text.
asks-for = { $person } beantragt { $role }
# Eine von mehreren Zeilen.
person-and-role = { $person }: { $role }
decide-until = Entscheiden Sie bis { $time }.
open-to-decide = Öffnen Sie sie, um zu entscheiden.
open-them-to-decide = Öffnen Sie sie, um zu entscheiden.
for-length = Für { $length }.
quoted = „{ $text }“
ticket = Ticket { $number }.
review-ends-soon = Eine Zugriffsüberprüfung endet bald
review-named-ends-soon = Zugriffsüberprüfung endet bald: { $name }
reviews-end-soon = { $count } Zugriffsüberprüfungen enden bald
undecided-about =
    { $people ->
        [one] Über 1 Person haben Sie noch nicht entschieden. Ende: { $time }.
       *[other] Über { $people } Personen haben Sie noch nicht entschieden. Ende: { $time }.
    }
eligibility-ends-soon = Ihre Berechtigung für { $role } endet bald
eligibilities-end-soon = { $count } Ihrer Berechtigungen enden bald
ask-for-extension = Sie endet am { $day }; Sie können eine Verlängerung anfordern.
# Eine von mehreren Zeilen: die Rolle und der Tag, an dem die Berechtigung endet.
role-and-day = { $role }: { $day }
somebody-activated = { $person } hat { $role } aktiviert
privileged-role-activated = Eine privilegierte Rolle wurde aktiviert
privileged-roles-activated = { $count } privilegierte Rollen wurden aktiviert
until = Bis { $time }.
at-time = Zeitpunkt: { $time }.
# Die letzte von mehreren Zeilen.
and-more = und { $count } weitere
# Wo das Verzeichnis keinen Namen hat.
somebody-unknown = eine dem Verzeichnis unbekannte Person
somebody-unknown-id = eine dem Verzeichnis unbekannte Person ({ $id })
unnamed-role = eine Rolle ohne Namen
