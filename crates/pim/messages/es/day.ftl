# La jornada: lo que termina por sí solo, y los recordatorios. $name es el nombre de un rol, $time es «17:30».

# Diez minutos antes.
day-role-ends = { $name } se desactivará a las { $time }
day-roles-end =
    { $count ->
        [one] { $count } rol se desactivará a las { $time }
       *[other] { $count } roles se desactivarán a las { $time }
    }
day-ends-then = A esa hora termina su jornada.
# Ahora.
day-role-ending = Se está desactivando { $name }
day-roles-ending =
    { $count ->
        [one] Se está desactivando { $count } rol
       *[other] Se están desactivando { $count } roles
    }
day-ended-at = Su jornada terminó a las { $time }.
day-screen-locked = Se bloqueó la pantalla.
day-reminder = { $name }: ¿activar ahora?
day-reminder-set = Ha definido un recordatorio para las { $time }.

## Botones.

button-keep = Conservar hoy
button-activate = Activar…
