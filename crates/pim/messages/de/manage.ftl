# Das Fenster „Verwalten“: was ein Administrator über andere entscheidet. $person ist ein Name, $role eine Rolle mit ihrem Bereich.

## Was auch immer dort gefragt wird.

not-listed-any-more = Was Sie ausgewählt haben, ist nicht mehr aufgelistet. Nichts wurde gesendet: Sehen Sie sich die Liste noch einmal an.
too-many-questions = Es wurde zu viel auf einmal angefragt. Nichts wurde gesendet: Versuchen Sie es gleich noch einmal.
# $wrong: was falsch ist, auf Englisch.
watch-not-saved = Das wurde nicht gespeichert: { $wrong }.
no-downloads-folder = Das System nennt keinen Ordner für Downloads.
no-folder = Das System nennt keinen Ordner, in dem sich etwas speichern lässt.
write-how-name-begins = Geben Sie ein, wie der Name beginnt.
ask-something = Fügen Sie eine Fehlermeldung ein, nennen Sie eine Aktion oder sagen Sie, was Sie tun möchten.
no-such-scope = Ein Bereich von Azure beginnt mit /subscriptions/ oder mit /providers/Microsoft.Management/managementGroups/. Im Portal steht er als Ressourcen-ID unter den Eigenschaften.
the-directory = Das Verzeichnis
# Eine Zeile: wer, oder welche Rolle, und welche Regel davon.
about-rule = { $role }: { $rule }

## Genehmigungen.

decision-wants-reason = Eine Entscheidung verlangt eine Begründung. Nichts wurde gesendet.
you-approved-already = Sie haben diese Anforderung schon genehmigt.
you-denied-already = Sie haben diese Anforderung schon abgelehnt.
approved-already-by = { $person } hat diese Anforderung schon genehmigt.
denied-already-by = { $person } hat diese Anforderung schon abgelehnt.
approved-already = Diese Anforderung wurde schon genehmigt.
denied-already = Diese Anforderung wurde schon abgelehnt.

## Zugriffsüberprüfungen.

nothing-recommended = Der Dienst empfiehlt hier nichts. Nichts wurde gesendet.
may-keep = { $person } darf { $role } behalten
is-to-lose = { $person } soll { $role } verlieren
do-not-know = Sie wissen nicht, ob { $person } noch { $role } braucht
# $said: eines der drei darüber. Was bisher gesagt war und damit ersetzt wird.
so-far-approved = { $said } (bisher genehmigt)
so-far-denied = { $said } (bisher verweigert)
so-far-undecided = { $said } (bisher offengelassen)
so-far-approved-by = { $said } (bisher genehmigt durch { $person })
so-far-denied-by = { $said } (bisher verweigert durch { $person })
so-far-undecided-by = { $said } (bisher offengelassen durch { $person })

## Warnungen. Namen von Rollen bleiben, wie Microsoft sie in dieser Sprache hat.

alert-readers = Keine Ihrer aktiven Rollen erlaubt das. Dafür braucht es eine der Rollen „Globaler Leser“, „Sicherheitsleseberechtigter“, „Sicherheitsadministrator“, „Administrator für privilegierte Rollen“ oder „Globaler Administrator“.
alert-writers = Keine Ihrer aktiven Rollen erlaubt das. Dafür braucht es eine der Rollen „Administrator für privilegierte Rollen“ oder „Globaler Administrator“.

## Herunterladen des Überwachungsverlaufs. $file ist ein Pfad.

nothing-downloaded = Nichts wird heruntergeladen.
# $reason kommt vom System.
file-not-written = Die Datei konnte nicht geschrieben werden: { $reason }.
file-is-there = { $file } ist schon da
file-is-busy = { $file } wird gerade von einem anderen Prozess geschrieben
file-is-another = { $file } wurde mit einer anderen Abfrage oder einem anderen Konto begonnen: Fragen Sie dasselbe noch einmal ab, oder entfernen Sie diese Datei und { $state }
# Eines der drei darüber, als Satz.
file-sentence = { $what }.

## Zuweisungen.

application-not-eligible = Eine Anwendung kann nichts aktivieren, daher kann sie nicht berechtigt sein: Weisen Sie ihr die Rolle aktiv zu.
eligible-already-for-ever = Diese Berechtigung gibt es schon, unbefristet. Ändern lässt sich ihr Ende.
assigned-already-for-ever = Diese Zuweisung gibt es schon, unbefristet. Ändern lässt sich ihr Ende.
# $day: 2026-11-23.
eligible-already-until = Diese Berechtigung gibt es schon, bis { $day }. Ändern lässt sich ihr Ende.
assigned-already-until = Diese Zuweisung gibt es schon, bis { $day }. Ändern lässt sich ihr Ende.
end-of-activation = Das ist eine Aktivierung: Über ihr Ende bestimmt, wer die Rolle aktiviert hat. Entfernen lässt sie sich.
same-end = Es endet schon dann. Nichts wurde geändert.
end-before-start = Das Ende liegt vor dem Beginn oder in der Vergangenheit.
# $length: „90 Tage“, „8 Stunden“.
no-permanent-eligibilities = Die Richtlinie der Rolle erlaubt keine dauerhaften Berechtigungen: höchstens { $length }.
no-permanent-assignments = Die Richtlinie der Rolle erlaubt keine dauerhaften aktiven Zuweisungen: höchstens { $length }.
eligibilities-at-most = Die Richtlinie der Rolle erlaubt Berechtigungen für höchstens { $length }.
assignments-at-most = Die Richtlinie der Rolle erlaubt aktive Zuweisungen für höchstens { $length }.
policy-wants-reason = Die Richtlinie der Rolle verlangt eine Begründung.
policy-wants-ticket = Die Richtlinie der Rolle verlangt eine Ticketnummer.
last-group-owner = Nur { $person } besitzt die Gruppe noch aktiv, und danach könnte niemand sie mehr verwalten. Der Dienst lehnt es ab, das zu entfernen. Weisen Sie { $role } zuerst jemand anderem zu: aktiv, und einer Person oder Gruppe, denn Anwendungen zählen nicht.
last-role-holder = Nur für { $person } ist die Rolle noch aktiv, und danach könnte niemand sie wieder zuweisen. Der Dienst lehnt es ab, das zu entfernen. Weisen Sie { $role } zuerst jemand anderem zu: aktiv, und einer Person oder Gruppe, denn Anwendungen zählen nicht.
last-azure-administrator = Nur { $person } kann im Stammbereich von Azure noch Zugriff geben. Der Dienst lehnt es ab, das zu entfernen. Weisen Sie { $role } zuerst jemand anderem zu: aktiv, und einer Person oder Gruppe, denn Anwendungen zählen nicht.
only-permanent = Nur { $person } hat { $role } dauerhaft. Geht dieses Konto verloren, kann die Rolle vielleicht niemand wieder zuweisen: Empfohlen sind zwei.
none-permanent = Niemand hat { $role } dauerhaft. Wenn niemand die Rolle aktivieren kann, kann sie vielleicht niemand wieder zuweisen: Empfohlen sind zwei Konten.
# $problem: was verloren ging, als Satz.
change-uncertain = Die Antwort ging verloren, und der Dienst zeigt nicht, dass es geschehen ist. Sehen Sie sich die Zuweisungen an, bevor Sie es noch einmal versuchen. ({ $problem })
they-have-it = Diese Zuweisung gibt es schon.
nothing-to-renew = Hier ist nichts abgelaufen, was sich erneuern lässt. Die Rolle lässt sich neu zuweisen.
they-do-not-have-it = Diese Zuweisung gibt es nicht (mehr).
last-of-its-kind = Das ist die letzte Zuweisung dieser Art: Der Dienst lässt nicht zu, dass niemand übrig bleibt. Weisen Sie die Rolle zuerst jemand anderem zu.
policy-forbids-this = Die Richtlinie der Rolle erlaubt das nicht.
policy-forbids-length = Die Richtlinie der Rolle erlaubt diese Dauer nicht.
principal-unknown = Der Dienst kennt diese Person, Gruppe oder Anwendung nicht (mehr).

## Dauerhafte Zuweisungen, die Berechtigungen sein könnten.

# Die Begründung, die mitgesendet wird, wenn niemand eine schreibt.
reason-instead = Berechtigt statt dauerhaft zugewiesen
keep-application = Eine Anwendung kann nichts aktivieren, daher kann sie nicht berechtigt sein.
keep-for-emergencies =
    { $count ->
        [1] Empfohlen sind zwei Notfallkonten, die sie dauerhaft haben, und nur eines hat sie.
        [2] Empfohlen sind zwei Notfallkonten, die sie dauerhaft haben, und zwei haben sie.
       *[other] Empfohlen sind zwei Notfallkonten, die sie dauerhaft haben, und { $count } haben sie: Entscheiden Sie, welche davon sie nicht brauchen.
    }
eligibility-not-there-yet = Der Dienst hat die Berechtigung angenommen und ist damit noch nicht fertig: Die dauerhafte Zuweisung blieb stehen. Versuchen Sie es in einigen Minuten noch einmal.
# $problem: ein Satz.
assignment-still-there = Die Berechtigung ist da, aber die dauerhafte Zuweisung gibt es noch: { $problem }

## Richtlinien: Titel ihrer Regeln.

rule-activation-length = Dauer einer Aktivierung
rule-eligibility-length = Dauer einer Berechtigung
rule-assignment-length = Dauer einer aktiven Zuweisung
rule-activation-asks = Verlangt bei einer Aktivierung
rule-eligibility-asks = Verlangt, wenn jemand berechtigt wird
rule-assignment-asks = Verlangt, wenn aktiv zugewiesen wird
rule-context = Authentifizierungskontext einer Aktivierung
rule-approval = Genehmigung einer Aktivierung
mail-admin-eligible = E-Mail an Administratoren, wenn jemand berechtigt wird
mail-admin-active = E-Mail an Administratoren, wenn aktiv zugewiesen wird
mail-admin-activated = E-Mail an Administratoren, wenn aktiviert wird
mail-requestor-eligible = E-Mail an Betroffene, wenn jemand berechtigt wird
mail-requestor-active = E-Mail an Betroffene, wenn aktiv zugewiesen wird
mail-requestor-activated = E-Mail an Betroffene, wenn aktiviert wird
mail-approver-eligible = E-Mail an genehmigende Personen, wenn jemand berechtigt wird
mail-approver-active = E-Mail an genehmigende Personen, wenn aktiv zugewiesen wird
mail-approver-activated = E-Mail an genehmigende Personen, wenn aktiviert wird

## Was eine Regel sagt. Es steht neben ihrem Titel, ohne Großschreibung am Anfang und ohne Punkt.

rule-unknown = eine Regel, die diese Version von Pimento nicht kennt
at-most = höchstens { $length }
at-most-never-permanent = höchstens { $length }, nie dauerhaft
permanent-allowed = dauerhaft ist erlaubt
asks-reason = eine Begründung
asks-ticket = ein Ticket
asks-mfa = Multi-Faktor-Authentifizierung
# Ein anderes Wort des Dienstes.
asks-other = „{ $word }“
asks-nothing = nichts
context-unnamed = einer, der nicht genannt ist
context-none = keiner
approval-not-needed = nicht nötig
# $names: die genehmigen.
approval-by = nötig, durch { $names }
approval-by-with-reason = nötig, durch { $names }, mit einer Begründung
approval-by-administrators = die Administratoren für privilegierte Rollen
mail-none = keine
mail-no-recipients = keine: Es gibt keine Empfänger
# $names: Adressen, und was darunter steht.
mail-all-to = alle E-Mails, an { $names }
mail-critical-to = nur kritische E-Mails, an { $names }
mail-defaults = Standardempfänger
# Zeitspannen, wie Richtlinien sie haben.
length-minutes =
    { $count ->
        [one] 1 Minute
       *[other] { $count } Minuten
    }
length-hours =
    { $count ->
        [one] 1 Stunde
       *[other] { $count } Stunden
    }
length-days =
    { $count ->
        [one] 1 Tag
       *[other] { $count } Tage
    }
# „1 Stunde 30 Minuten“: beides von oben.
length-both = { $hours } { $minutes }

## Änderungen von Richtlinien. $rule ist ein Titel von oben.

approval-wants-somebody = Eine Genehmigung braucht eine genehmigende Person: Hier entscheidet sonst niemand.
copy-one-kind = Regeln lassen sich nur zwischen Rollen einer Art übertragen. Nichts wurde gesendet.
# $reason ist auf Englisch, mit der Zeile.
policy-file-not-taken = Die Datei wurde nicht angenommen: { $reason }. Nichts wurde gesendet.
rules-changed-since = Jemand hat diese Regeln inzwischen geändert. Nichts wurde gesendet: Sehen Sie sich die Unterschiede noch einmal an.
policies-not-written = Die Richtlinien konnten nicht in Ihren Ordner für Downloads geschrieben werden.
no-rule-for-this = Die Richtlinie hat dafür keine Regel ({ $rule }).
rule-strange = Diese Version von Pimento versteht nicht, wie die Regel dort geschrieben ist ({ $rule }).
longest-activation-range = Die längste Aktivierung dauert eine halbe Stunde bis 24 Stunden, in Schritten von einer halben Stunde.
limit-range = Was nicht unbefristet ist, dauert 1 bis { $most } Tage.
context-range = Ein Authentifizierungskontext ist einer von c1 bis c99.
approver-not-found = Eine der genehmigenden Personen ist nicht unter denen, die gefunden wurden. Suchen Sie noch einmal.
application-cannot-approve = Eine Anwendung kann nichts genehmigen.
not-an-address = „{ $text }“ ist keine E-Mail-Adresse.
rule-not-taken = Der Dienst nimmt die Regel nicht so an, wie sie dort steht.
