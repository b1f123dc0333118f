# La journée de travail : ce qui prend fin de lui-même, et les rappels. $name est le nom d’un rôle, $time est « 17:30 ».

# Dix minutes avant.
day-role-ends = { $name } sera désactivé à { $time }
day-roles-end =
    { $count ->
        [one] { $count } rôle sera désactivé à { $time }
       *[other] { $count } rôles seront désactivés à { $time }
    }
day-ends-then = Votre journée de travail se termine à cette heure-là.
# Maintenant.
day-role-ending = Désactivation de { $name } en cours
day-roles-ending =
    { $count ->
        [one] Désactivation de { $count } rôle en cours
       *[other] Désactivation de { $count } rôles en cours
    }
day-ended-at = Votre journée de travail s’est terminée à { $time }.
day-screen-locked = L’écran a été verrouillé.
day-reminder = { $name } : activer maintenant ?
day-reminder-set = Vous avez défini un rappel pour { $time }.

## Boutons.

button-keep = Garder aujourd’hui
button-activate = Activer…
