# The Manage window: what an administrator decides about others. $person is a name, $role a role with its scope.

## Whatever is asked there.

not-listed-any-more = Lo que eligió ya no está en la lista. No se ha enviado nada: vuelva a mirar la lista.
too-many-questions = Se pidió demasiado a la vez. No se ha enviado nada: inténtelo de nuevo en un momento.
# $wrong: what is wrong, in English.
watch-not-saved = Esto no se guardó: { $wrong }.
no-downloads-folder = El sistema no indica ninguna carpeta de descargas.
no-folder = El sistema no indica ninguna carpeta donde guardar nada.
write-how-name-begins = Escriba cómo empieza el nombre.
ask-something = Pegue un mensaje de error, nombre una acción o diga qué quiere hacer.
no-such-scope = Un ámbito de Azure empieza por /subscriptions/ o por /providers/Microsoft.Management/managementGroups/. En el portal está entre las propiedades, como id. de recurso.
the-directory = El directorio
# One line: whom, or which role, and which rule of it.
about-rule = { $role }: { $rule }

## Approvals.

decision-wants-reason = Una decisión exige un motivo. No se ha enviado nada.
you-approved-already = Usted ya aprobó esta solicitud.
you-denied-already = Usted ya denegó esta solicitud.
approved-already-by = { $person } ya aprobó esta solicitud.
denied-already-by = { $person } ya denegó esta solicitud.
approved-already = Esta solicitud ya se aprobó.
denied-already = Esta solicitud ya se denegó.

## Access reviews.

nothing-recommended = El servicio no recomienda nada aquí. No se ha enviado nada.
may-keep = { $person } puede conservar { $role }
is-to-lose = { $person } debe perder { $role }
do-not-know = Decir que no sabe si { $person } aún necesita { $role }
# $said: one of the three above. What was said before, which it replaces.
so-far-approved = { $said } (hasta ahora: aprobado)
so-far-denied = { $said } (hasta ahora: denegado)
so-far-undecided = { $said } (hasta ahora: sin decidir)
so-far-approved-by = { $said } (hasta ahora: aprobado por { $person })
so-far-denied-by = { $said } (hasta ahora: denegado por { $person })
so-far-undecided-by = { $said } (hasta ahora: dejado sin decidir por { $person })

## Alerts. Names of roles stay as Microsoft has them in this language.

alert-readers = Ninguno de sus roles activos lo permite. Se necesita uno de estos: Lector global, Lector de seguridad, Administrador de seguridad, Administrador de roles con privilegios o Administrador global.
alert-writers = Ninguno de sus roles activos lo permite. Se necesita uno de estos: Administrador de roles con privilegios o Administrador global.

## Downloads of the audit history. $file is a path.

nothing-downloaded = No se está descargando nada.
# $reason is the system's.
file-not-written = No se pudo escribir el archivo: { $reason }.
file-is-there = { $file } ya existe
file-is-busy = { $file } lo está escribiendo otro proceso
file-is-another = { $file } se empezó con otra consulta u otra cuenta: repita la misma, o elimine ese archivo y { $state }
# One of the three above, as a sentence.
file-sentence = { $what }.

## Assignments.

application-not-eligible = Una aplicación no puede activar nada, así que no puede ser apta: asígnele el rol como activo.
eligible-already-for-ever = Esta asignación apta ya existe, sin límite. Solo se puede cambiar su final.
assigned-already-for-ever = Esta asignación ya existe, sin límite. Solo se puede cambiar su final.
# $day: 2026-11-23.
eligible-already-until = Esta asignación apta ya existe, hasta el { $day }. Solo se puede cambiar su final.
assigned-already-until = Esta asignación ya existe, hasta el { $day }. Solo se puede cambiar su final.
end-of-activation = Es una activación: su final es cosa de quien la hizo. La activación en sí se puede retirar.
same-end = El final ya es ese. No se ha cambiado nada.
end-before-start = El final es anterior al inicio o ya ha pasado.
# $length: "90 days", "8 hours".
no-permanent-eligibilities = La directiva del rol no permite asignaciones aptas permanentes: { $length } como máximo.
no-permanent-assignments = La directiva del rol no permite asignaciones activas permanentes: { $length } como máximo.
eligibilities-at-most = La directiva del rol permite asignaciones aptas de { $length } como máximo.
assignments-at-most = La directiva del rol permite asignaciones activas de { $length } como máximo.
policy-wants-reason = La directiva del rol exige un motivo.
policy-wants-ticket = La directiva del rol exige un número de vale.
last-group-owner = El grupo no tiene más propietario activo que { $person }, y después nadie podría administrarlo. El servicio se niega a quitarlo. Asigne antes { $role } a otro: como activo, y a una persona o a un grupo, porque las aplicaciones no cuentan.
last-role-holder = El rol solo está activo para { $person }, y después nadie podría volver a asignarlo. El servicio se niega a quitarlo. Asigne antes { $role } a otro: como activo, y a una persona o a un grupo, porque las aplicaciones no cuentan.
last-azure-administrator = Nadie más que { $person } da acceso en la raíz de Azure. El servicio se niega a quitarlo. Asigne antes { $role } a otro: como activo, y a una persona o a un grupo, porque las aplicaciones no cuentan.
only-permanent = Solo { $person } tiene { $role } de forma permanente. Si se pierde esa cuenta, puede que nadie pueda volver a asignarlo: se recomiendan dos.
none-permanent = Nadie tiene { $role } de forma permanente. Si nadie puede activarlo, puede que nadie pueda volver a asignarlo: se recomiendan dos cuentas.
# $problem: what was lost, as a sentence.
change-uncertain = Se perdió la respuesta, y el servicio no muestra que se haya hecho. Mire las asignaciones antes de intentarlo de nuevo. ({ $problem })
they-have-it = Ya está asignado.
nothing-to-renew = Nada de lo que ha terminado se puede renovar aquí. Se puede asignar de nuevo.
they-do-not-have-it = No está asignado (o ya no lo está).
last-of-its-kind = Es la última asignación de su tipo: el servicio no permite que no quede nadie. Asígnela antes a otro.
policy-forbids-this = La directiva del rol no lo permite.
policy-forbids-length = La directiva del rol no permite esta duración.
principal-unknown = El servicio no conoce (o ya no conoce) a esta persona, este grupo o esta aplicación.

## Permanent assignments that could be eligibilities.

# The reason that is sent with it, unless somebody writes one.
reason-instead = Asignación apta en lugar de permanente
keep-application = Una aplicación no puede activar nada, así que no puede ser apta.
keep-for-emergencies =
    { $count ->
        [1] Se recomienda que dos cuentas de emergencia lo tengan de forma permanente, y solo lo tiene una.
        [2] Se recomienda que dos cuentas de emergencia lo tengan de forma permanente, y lo tienen dos.
       *[other] Se recomienda que dos cuentas de emergencia lo tengan de forma permanente, y lo tienen { $count }: decida cuáles no lo necesitan.
    }
eligibility-not-there-yet = El servicio ha aceptado la asignación apta, pero aún no ha terminado: la asignación permanente se ha dejado. Inténtelo de nuevo en unos minutos.
# $problem: a sentence.
assignment-still-there = La asignación apta ya existe, pero la permanente sigue ahí: { $problem }

## Policies: titles of their rules.

rule-activation-length = Duración de una activación
rule-eligibility-length = Duración de una asignación apta
rule-assignment-length = Duración de una asignación activa
rule-activation-asks = Se exige para una activación
rule-eligibility-asks = Se exige para una asignación apta
rule-assignment-asks = Se exige para una asignación activa
rule-context = Contexto de autenticación de una activación
rule-approval = Aprobación de una activación
mail-admin-eligible = Correo a los administradores por una asignación apta
mail-admin-active = Correo a los administradores por una asignación activa
mail-admin-activated = Correo a los administradores por una activación
mail-requestor-eligible = Correo a la persona interesada por una asignación apta
mail-requestor-active = Correo a la persona interesada por una asignación activa
mail-requestor-activated = Correo a la persona interesada por una activación
mail-approver-eligible = Correo a los aprobadores por una asignación apta
mail-approver-active = Correo a los aprobadores por una asignación activa
mail-approver-activated = Correo a los aprobadores por una activación

## What a rule says. It stands beside its title, without a capital and without a full stop.

rule-unknown = una regla que esta versión de Pimento no conoce
at-most = { $length } como máximo
at-most-never-permanent = { $length } como máximo, nunca permanente
permanent-allowed = puede ser permanente
asks-reason = un motivo
asks-ticket = un vale
asks-mfa = autenticación multifactor
# Another word of the service's.
asks-other = «{ $word }»
asks-nothing = nada
context-unnamed = uno sin nombre
context-none = ninguno
approval-not-needed = no necesaria
# $names: those who approve.
approval-by = necesaria, por parte de { $names }
approval-by-with-reason = necesaria, por parte de { $names }, con un motivo
approval-by-administrators = los administradores de roles con privilegios
mail-none = ninguno
mail-no-recipients = ninguno: no hay destinatarios
# $names: addresses, and the one below.
mail-all-to = todos los correos, a: { $names }
mail-critical-to = solo los correos críticos, a: { $names }
mail-defaults = destinatarios predeterminados
# Lengths of time as policies have them.
length-minutes =
    { $count ->
        [one] { $count } minuto
       *[other] { $count } minutos
    }
length-hours =
    { $count ->
        [one] { $count } hora
       *[other] { $count } horas
    }
length-days =
    { $count ->
        [one] { $count } día
       *[other] { $count } días
    }
# "1 hour 30 minutes": both from above.
length-both = { $hours } y { $minutes }

## Changes of policies. $rule is a title from above.

approval-wants-somebody = Una aprobación necesita a alguien que apruebe: aquí nadie lo hace de forma predeterminada.
copy-one-kind = Las reglas se copian entre roles del mismo tipo. No se ha enviado nada.
# $reason is in English, with the line.
policy-file-not-taken = No se aceptó el archivo: { $reason }. No se ha enviado nada.
rules-changed-since = Alguien ha cambiado estas reglas entretanto. No se ha enviado nada: vuelva a mirar las diferencias.
policies-not-written = No se pudieron escribir las directivas en su carpeta de descargas.
no-rule-for-this = La directiva no tiene ninguna regla para esto ({ $rule }).
rule-strange = Esta versión de Pimento no entiende cómo está escrita allí la regla ({ $rule }).
longest-activation-range = La activación más larga va de media hora a 24 horas, en pasos de media hora.
limit-range = Lo que tiene límite dura de 1 a { $most } días.
context-range = Un contexto de autenticación es uno de c1 a c99.
approver-not-found = Un aprobador no está entre los que se encontraron. Búsquelo de nuevo.
application-cannot-approve = Una aplicación no puede aprobar nada.
not-an-address = «{ $text }» no es una dirección de correo electrónico.
rule-not-taken = El servicio no acepta la regla tal como está.
