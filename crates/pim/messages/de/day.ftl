# Der Arbeitstag: was von selbst beendet wird, und Erinnerungen. $name ist der Name einer Rolle, $time ist „17:30“.

# Zehn Minuten vorher.
day-role-ends = { $name } wird um { $time } beendet
day-roles-end =
    { $count ->
        [one] { $count } Rolle wird um { $time } beendet
       *[other] { $count } Rollen werden um { $time } beendet
    }
day-ends-then = Dann endet Ihr Arbeitstag.
# Es geschieht jetzt.
day-role-ending = { $name } wird beendet
day-roles-ending =
    { $count ->
        [one] { $count } Rolle wird beendet
       *[other] { $count } Rollen werden beendet
    }
day-ended-at = Ihr Arbeitstag endete um { $time }.
day-screen-locked = Der Bildschirm wurde gesperrt.
day-reminder = { $name }: jetzt aktivieren?
day-reminder-set = Sie haben eine Erinnerung für { $time } eingestellt.

## Schaltflächen.

button-keep = Heute behalten
button-activate = Aktivieren…
