# Notifications: titles, texts and buttons.

## Activations. $role is a role's name, $names several, "A, B and C"; $time is "17:30".

in-minutes =
    { $minutes ->
        [0] en menos de un minuto
        [one] en { $minutes } minuto
       *[other] en { $minutes } minutos
    }
role-ends = { $role } termina { in-minutes }
roles-end = { $count } roles terminan { in-minutes }
renews-by-itself = Se vuelve a activar automáticamente a las { $time }.
active-until = Activo hasta las { $time }.
active-from = Activo desde las { $time }.
only-names = { $names }.
names-at = { $names }, a las { $time }.
reason = Motivo: { $reason }
role-ended = { $role } ha terminado
roles-ended = { $count } roles han terminado
# $length: "1 h 30 min".
was-active-for = Estuvo activo durante { $length }, hasta las { $time }.
role-approved = Se aprobó { $role }
roles-approved = Se aprobaron { $count } roles
role-renewed = Se reactivó { $role }
roles-renewed = Se reactivaron { $count } roles
role-cancelled = Se canceló { $role }
roles-cancelled = Se cancelaron { $count } roles
role-not-activated = No se activó { $role }
roles-not-activated = No se activaron { $count } roles
role-not-renewed = No se reactivará { $role }
roles-not-renewed = No se reactivarán { $count } roles
nobody-has-to-decide = Ya nadie tiene que decidir.

## What somebody can do who reads that something failed.

next-sign-in = Inicie sesión de nuevo en Pimento.
next-edit-form = Abra el formulario para solicitarlo de nuevo.
next-retry = Inténtelo de nuevo.
next-retry-from = Inténtelo de nuevo a partir de las { $time }.
next-refresh = Actualice la lista en Pimento.
next-ask-admin = Consulte a un administrador: Pimento tiene un texto para enviarle.
trace-code = Código: { $code }
trace-id = Id. de correlación: { $id }
trace-code-and-id = Código: { $code }, id. de correlación: { $id }

## Roles that somebody was given, or has lost.

eligible-now = Nueva asignación apta: { $role }
eligible-now-several = { $count } nuevas asignaciones aptas
can-be-activated-now = A partir de ahora puede activar este rol.
taken-away = Se le retiró { $role }
taken-away-several = Se le retiraron { $count } roles
not-eligible-now = Ya no puede activarlo.
not-eligible-now-several = Ya no puede activarlos: { $names }.
not-held-now = Ya no lo tiene.
not-held-now-several = Ya no los tiene: { $names }.
# At the end of a list of names: "A, B and 2 more".
so-many-more = { $count } más

## What others do, told to whoever decides about it. $person is a name, $role "Exchange Administrator (Contoso)".

# The title of a notification, and the tenant that it is about.
title-at-tenant = { $title } · { $tenant }
request-waits = Una solicitud espera su decisión
requests-wait = { $count } solicitudes esperan su decisión
# $role in the title, what follows in the text.
asks-for = { $person } solicita { $role }
# One line of several.
person-and-role = { $person }: { $role }
decide-until = Decida antes de las { $time }.
open-to-decide = Ábrala para decidir.
open-them-to-decide = Ábralas para decidir.
for-length = Durante { $length }.
quoted = «{ $text }»
ticket = Vale { $number }.
review-ends-soon = Una revisión de acceso termina pronto
review-named-ends-soon = Revisión de acceso que termina pronto: { $name }
reviews-end-soon = { $count } revisiones de acceso terminan pronto
undecided-about =
    { $people ->
        [one] Le queda { $people } persona por revisar. Termina a las { $time }.
       *[other] Le quedan { $people } personas por revisar. Termina a las { $time }.
    }
eligibility-ends-soon = Asignación apta que termina pronto: { $role }
eligibilities-end-soon = { $count } de sus asignaciones aptas terminan pronto
ask-for-extension = Termina el { $day }. Puede solicitar una ampliación.
# One line of several: the role and the day on which its eligibility ends.
role-and-day = { $role }: { $day }
somebody-activated = { $person } activó { $role }
privileged-role-activated = Se activó un rol con privilegios
privileged-roles-activated = Se activaron { $count } roles con privilegios
until = Hasta las { $time }.
at-time = A las { $time }.
# The last line of several.
and-more = y { $count } más
# Where the directory has no name.
somebody-unknown = alguien a quien el directorio no conoce
somebody-unknown-id = alguien a quien el directorio no conoce ({ $id })
unnamed-role = un rol sin nombre
