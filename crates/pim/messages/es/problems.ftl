# What went wrong. One sentence each: what happened, and where it helps what to do.

## What services refuse with: the table in src/codes.rs says which code is told by which sentence.

service-refused = El servicio rechazó la solicitud.
active-already = Este rol ya está activo.
not-active-any-more = Este rol no está activo (o ya no lo está).
active-too-short = Un rol debe llevar cinco minutos activo antes de que se pueda finalizar.
another-request-waits = Otra solicitud para este rol sigue pendiente.
overlaps-another-request = El período solicitado se solapa con otra solicitud para este rol.
stronger-sign-in-wanted = Este rol exige un inicio de sesión más seguro (un contexto de autenticación).
policy-forbids-activation = La directiva del rol no permite esta activación.
request-invalid = Para el servicio, la solicitud no es válida.
time-invalid = Para el servicio, el período solicitado no es válido.
last-administrator = El último propietario o administrador no puede renunciar a esto: antes debe tenerlo otra persona.
no-licence = Este inquilino no tiene licencia para Privileged Identity Management.
nobody-consented = Nadie ha dado su consentimiento a los permisos que Pimento necesita.
account-may-not = Su cuenta no puede hacer esto.
account-may-not-here = Su cuenta no puede hacer esto en este ámbito.
account-unknown = El servicio no conoce (todavía) esta cuenta.
role-unknown = El servicio ya no conoce este rol.
definition-gone = La definición de este rol ya no existe.
not-eligible-any-more = No tiene (o ya no tiene) una asignación apta para este rol.
request-unknown = El servicio no conoce esta solicitud (o ya no la conoce).
policy-broken = La directiva del rol está dañada.
sign-in-not-accepted = El servicio ya no acepta el inicio de sesión.
not-found = El servicio ya no lo encuentra.
resource-group-gone = El grupo de recursos ya no existe.
subscription-gone = La suscripción ya no existe o pertenece a otro inquilino.
management-group-gone = El grupo de administración ya no existe.
request-not-understood = El servicio no entiende la solicitud.
azure-sign-in-expired = El inicio de sesión en Azure ha caducado.
azure-sign-in-not-accepted = Azure no acepta el inicio de sesión.
subscription-elsewhere = La suscripción pertenece a un inquilino distinto del de la sesión iniciada.
access-missing = Su cuenta no tiene acceso a algo de lo que esto depende.
scope-locked = Un bloqueo en el recurso lo impide.
subscription-disabled = La suscripción está deshabilitada.
azure-wants-pause = Azure pide una pausa.
service-too-slow = El servicio tardó demasiado.
service-fault = El servicio tiene un fallo en este momento.
azure-wants-mfa = Azure exige para esto la autenticación multifactor.
service-wants-pause = El servicio pide una pausa.
service-away = El servicio no está disponible en este momento.
list-place-lost = El servicio ha perdido el punto de una lista: hay que leerla desde el principio.
batch-failed = Otra solicitud del mismo lote falló, y esta no se realizó.
decided-already = Alguien ya ha decidido sobre esta solicitud.
filter-not-understood = El servicio no entiende cómo se le pidió su lista.
azure-request-not-understood = Azure no entiende la solicitud.
azure-refuses-name = Azure no acepta el nombre de la solicitud.
azure-kind-unknown = Este Azure no conoce el tipo de recurso que se le pidió.
azure-version-missing = Azure no encuentra en la solicitud la versión de su interfaz.
azure-version-unknown = Este Azure no admite la versión de su interfaz que se le pidió.
not-offered = El servicio no ofrece esto.
page-size-refused = El servicio no da páginas del tamaño que se le pidió.
azure-assignment-gone = Azure ya no encuentra la asignación de rol.
permission-not-consented = Nadie ha dado su consentimiento al permiso que esto requiere.
no-role-may-read = Ninguno de sus roles activos le permite leer esto.
sign-in-for-another-service = El inicio de sesión es para un servicio distinto del consultado.

reason-required = Se exige un motivo.
ticket-required = Se exige un número de vale.
role-wants-mfa = Este rol exige autenticación multifactor.
policy-forbids-duration = La directiva del rol no permite esta duración.

redirect-unknown = El registro de aplicación no conoce la dirección de redirección de Pimento.
account-not-in-tenant = Esta cuenta no se conoce en ese inquilino.
password-expired = La contraseña ha caducado.
account-disabled = La cuenta está deshabilitada.
session-over = La sesión ha terminado. Inicie sesión de nuevo.
tenant-not-told = La cuenta no permite determinar el inquilino.
mfa-setup-needed = Primero hay que configurar la autenticación multifactor.
mfa-needed = Se necesita autenticación multifactor.
mfa-too-old = La autenticación multifactor es demasiado antigua.
account-not-assigned = Su cuenta no está asignada a esta aplicación.
password-wrong = El nombre de usuario o la contraseña no son correctos.
another-proof-wanted = Su organización exige otra prueba de su identidad.
sign-in-revoked = El inicio de sesión se revocó, quizá por un cambio de contraseña. Inicie sesión de nuevo.
sign-in-expired = El inicio de sesión ha caducado. Inicie sesión de nuevo.
compliant-devices-only = Su organización solo permite dispositivos compatibles.
joined-devices-only = Su organización solo permite dispositivos unidos.
conditional-access-blocks = Una directiva de acceso condicional bloquea el inicio de sesión.
application-may-not = Esta aplicación no puede solicitar permisos de PIM.
consent-declined = Se rechazó el consentimiento.
sign-in-invalid = El inicio de sesión ya no es válido. Inicie sesión de nuevo.
code-invalid-any-more = El código ya no es válido. Empiece de nuevo.
code-expired = El código ha caducado. Empiece de nuevo.
fresh-sign-in-wanted = Su organización exige un inicio de sesión reciente. Inicie sesión de nuevo.
application-unknown = El inquilino no conoce la aplicación. Puede que la nube y el id. de cliente no se correspondan.
sign-in-unused = El inicio de sesión llevaba demasiado tiempo sin usarse. Inicie sesión de nuevo.
no-public-client = El registro de aplicación no es de un cliente público.
administrator-consents = Un administrador debe dar su consentimiento a los permisos que Pimento necesita.
no-such-tenant = Ese inquilino no existe en esta nube.
sign-in-cancelled = Se canceló el inicio de sesión.
sign-in-declined = Se rechazó el inicio de sesión.
code-invalid = El código no es válido. Empiece de nuevo.
sign-in-wanted-again = Su organización quiere que inicie sesión de nuevo.
sign-in-service-wants-pause = El servicio de inicio de sesión pide una pausa.
sign-in-service-fault = El servicio de inicio de sesión tiene un fallo.

network-away = No hay red, o no se puede llegar al servicio.
answer-lost = La respuesta del servicio se perdió por el camino.
no-answer = El servicio no respondió a tiempo.
azure-late = Azure aún no lo ha dicho todo: la lista se completa por sí sola.
grants-unreadable = Su cuenta no puede leer qué roles ha recibido el grupo.
not-asked-for = Pimento no ha solicitado los permisos que necesita este tipo de rol.
answer-too-large = La respuesta del servicio es demasiado grande y no se leyó.
web-page-instead = Algo entre este equipo y Microsoft respondió con una página web. Esto lo hace una red que pide iniciar sesión.
answer-not-understood = El servicio respondió de una manera que esta versión no entiende.
foreign-link = El servicio remitió a otro servidor. Pimento no lo siguió.
endless-list = La lista del servicio no termina nunca.
root-certificate-unusable = No se pudo usar el certificado raíz adicional.
client-id-no-guid = El id. de aplicación (cliente) no es un GUID.
no-browser = No se pudo abrir ningún explorador. Inicie sesión con un código en otro dispositivo.
no-listener = Pimento no pudo prepararse para recibir la respuesta del explorador.
nobody-signed-in = Nadie inició sesión en cinco minutos.
answer-not-proven = La respuesta del inicio de sesión no demostró de quién procede. No se usó.
other-account = Inició sesión otra cuenta. Use aquella con la que Pimento tiene la sesión iniciada.
keyring-away = El llavero del sistema no está disponible: Pimento olvidará el inicio de sesión al cerrarse.
keyring-damaged = Lo que el llavero del sistema guarda para Pimento está dañado. Inicie sesión de nuevo.
keyring-taken = Otro de sus programas cerró la sesión de esta cuenta o la inició de nuevo: Pimento olvidará este inicio de sesión al cerrarse.
resource-refused = El servicio de inicio de sesión no da acceso a este servicio; puede que una directiva de su organización lo prohíba.
request-lapsed = Nadie decidió sobre esta solicitud en 24 horas: ha caducado y se puede hacer de nuevo.
request-gone = Esta solicitud ya no está pendiente: se retiró o ha caducado.
not-an-approver = No está entre quienes pueden decidir sobre esta solicitud.
own-request = Es su propia solicitud: debe decidir otra persona.
decided-in-portal = Las ampliaciones y las renovaciones solo se pueden decidir en el portal.
no-policy = El servicio no indica ninguna directiva para este rol en ese lugar: un grupo la tiene cuando se administra con PIM.
decision-uncertain = Se perdió la respuesta del servicio, que por ahora no conoce ninguna decisión.
review-over = Esta revisión de acceso ha terminado: ya nadie decide en ella.
review-wants-reason = Esta revisión de acceso exige un motivo para cada aprobación.
review-gone = La revisión de acceso, o esta persona en ella, ya no existe.
not-a-reviewer = No está entre los revisores de esta revisión de acceso.
review-uncertain = Se perdió la respuesta del servicio, que por ahora no conoce ninguna decisión suya.
scan-failed = El servicio no pudo buscar alertas.
nobody-is-signed-in = Nadie ha iniciado sesión.

## For an administrator: what somebody copies and sends. The code and the correlation id come after it.

admin-consent = Por favor, conceda el consentimiento de administrador a los permisos de Pimento (activar y leer asignaciones de roles de directorio y de grupos, leer sus directivas).
admin-licence = Privileged Identity Management necesita Microsoft Entra ID P2 o Entra ID Governance.
admin-device = Una directiva de acceso condicional me impide iniciar sesión en Pimento en este dispositivo.
admin-version = Pimento pide a uno de los servicios de Microsoft algo que aquí no ofrece. Por favor, compruebe si hay una versión más reciente de Pimento y si la nube de su configuración es la correcta.
admin-registration = Por favor, compruebe el registro de aplicación que usa Pimento: cliente público, URI de redirección http://localhost en «Aplicaciones móviles y de escritorio».
admin-last-holder = Quiero renunciar a un rol que no tiene nadie más. Por favor, asígnelo antes a otra persona.
admin-permission = Mi cuenta no tiene el permiso para esto.
admin-policy = La directiva de PIM de este rol no es válida.
admin-lock = Un bloqueo en el recurso me impide activar mi rol. Por favor, quítelo.
admin-subscription = La suscripción está deshabilitada.
admin-reader = Mi cuenta no tiene un rol que pueda leer esto.
admin-account = Mi cuenta está deshabilitada.
admin-assign = Por favor, asigne mi cuenta a la aplicación que usa Pimento.
admin-sign-in-log = El servicio de inicio de sesión me deniega el acceso a uno de los servicios que usa Pimento. Por favor, consúltelo en mi registro de inicio de sesión.
admin-code =
    { $text }
    Código: { $code }
admin-correlation-id =
    { $text }
    Id. de correlación: { $id }

## What Pimento itself says about an activation, mostly before anything is sent.

duration-impossible = La directiva de este rol no permite ninguna activación lo bastante larga para el servicio. No se ha enviado nada.
admin-duration = La directiva de PIM de un rol solo permite activaciones de menos de cinco minutos, que el servicio rechaza. Por favor, revise su duración máxima.
# $length: "1 h 30 min".
duration-too-long = Este rol puede estar activo durante { $length } como máximo.
duration-too-short = Una activación dura { $length } como mínimo.
start-too-late = Una activación se puede programar con un año de antelación como máximo.
# $scope and $eligible are names of scopes.
not-below = Que Pimento sepa, { $scope } no está por debajo de { $eligible }; no se ha enviado nada.
not-below-eligible = Que Pimento sepa, { $scope } no está por debajo del ámbito de su asignación apta; no se ha enviado nada.
reason-missing = Este rol exige un motivo.
ticket-missing = Este rol exige un número de vale.
already-engaged = Este rol ya está activo o en camino; no se ha enviado nada.
eligibility-over = Ya no tiene una asignación apta para este rol; no se ha enviado nada.
not-extendable = Una ampliación se puede solicitar en los últimos 14 días, y una renovación, en los 30 días posteriores al final, y solo de lo que se le asignó directamente. No se ha enviado nada.
not-active = Este rol no está activo; no se ha enviado nada.
# $time: "17:30".
locked-until = Una activación se puede finalizar cinco minutos después de su inicio, aquí desde las { $time }. No se ha enviado nada.
approval-first = Alguien debe aprobar de nuevo este rol: una vez finalizado, se queda sin él hasta que lo aprueben. No se ha finalizado nada; confirme en el formulario que lo quiere de todos modos.
not-renewable-approval = Este rol no se puede renovar automáticamente: alguien debe aprobar cada activación. No se ha programado nada.
not-renewable-ticket = Este rol no se puede renovar automáticamente: exige un vale para cada activación. No se ha programado nada.
not-renewable-reason = Este rol no se puede renovar automáticamente: exige un motivo y no se conoce ninguno. No se ha programado nada.
not-renewable-eligibility = Este rol no se puede renovar automáticamente: ya no tiene una asignación apta para él. No se ha programado nada.
not-while-active = El servicio no acepta solicitudes para un rol activo. Solicítelo de nuevo cuando haya terminado.
not-while-active-known = El servicio no acepta solicitudes para un rol activo, como ya dijo antes; no se ha enviado nada. Solicítelo de nuevo cuando haya terminado.
request-not-sent = La conexión se cortó al enviar la solicitud. Pimento lo comprobó durante tres minutos: el servicio no la recibió.
request-uncertain = Se perdió la respuesta a la solicitud y durante una hora no se pudo consultar al servicio sobre ella.
extension-uncertain = Se perdió la respuesta a la solicitud, y Pimento no puede enumerar esas solicitudes: puede que haya llegado. No pasa nada por solicitarlo de nuevo.
same-challenge = Inició sesión de nuevo, pero el servicio sigue pidiendo un inicio de sesión más seguro. Pregunte a un administrador si hay una directiva de acceso condicional para el contexto de autenticación de este rol.
renewal-needs-you = La renovación requiere que inicie sesión de nuevo, algo que Pimento nunca empieza por sí solo.
renewal-lapsed = No se envió la renovación: al terminar la activación, Pimento no estaba en ejecución o no había red.
ended-elsewhere = Esta activación se finalizó antes de tiempo, no desde aquí. Se descartó la renovación programada.
request-denied = Se denegó la solicitud.
request-denied-because = Se denegó la solicitud: «{ $reason }»
request-denied-by = { $person } denegó la solicitud.
request-denied-by-because = { $person } denegó la solicitud: «{ $reason }»
managed-bundle = El conjunto «{ $name }» es de su organización: se puede ejecutar, pero no modificar. No se ha guardado nada.
# $why: a sentence of a bundle's, such as "a bundle needs a name".
bundle-not-kept = No se ha guardado nada: { $why }.
# $names: names of roles.
bundle-kept-without = El conjunto se guardó sin { $names }: no tiene una asignación apta para ello.
bundle-nothing-left = No se ha guardado nada: no tiene una asignación apta para { $names }.
cancelled-elsewhere = La solicitud se canceló, no desde aquí.
nobody-decided = Nadie decidió sobre la solicitud en 24 horas.
service-ended-it = El servicio finalizó esta activación.
# $status: a word of the service's.
activation-failed = El servicio no pudo realizar la activación (estado { $status }).
still-in-flight = El servicio lleva una hora tramitando esta solicitud (estado { $status }).
deactivation-not-sent = La conexión se cortó al enviar la desactivación. El servicio no la recibió; el rol sigue activo.

## Sign-in, consent, clouds and tenants. $permission is the name of a permission, $page an address.

# Comes after the sentence of what happened.
go-on-with-consented = Inicie sesión de nuevo para continuar con los permisos concedidos.
administrator-consents-to = Un administrador debe dar su consentimiento al permiso que esto requiere ({ $permission }).
nobody-consented-to = Nadie ha dado su consentimiento al permiso que esto requiere ({ $permission }).
unknown-cloud = No hay ninguna nube llamada «{ $name }». Elija una en la configuración.
tenants-not-consented = Azure conoce sus inquilinos, pero nadie ha dado su consentimiento para que Pimento se lo pregunte. Indique el inquilino en su lugar.
# $reason is in English.
demo-scenario-unusable = No se puede usar su escenario de demostración: { $reason }. Inténtelo de nuevo para usar la empresa incluida.
demo-tenant-not-here = { $variable } no nombra un inquilino que se ejecute en este equipo.
demo-not-started = No se pudo iniciar el inquilino de demostración.
admin-extend = Quiero solicitar en Pimento la ampliación de una asignación apta, lo que requiere el permiso { $permission }. Por favor, dé su consentimiento: { $page }
admin-consent-page = Por favor, dé su consentimiento a los permisos que Pimento necesita: { $page }
admin-consent-permission = Por favor, dé su consentimiento al permiso { $permission } para Pimento: { $page }
admin-need-permission = Necesito el permiso { $permission } para mi trabajo con Pimento. Por favor, dé su consentimiento: { $page }

## Roles that somebody enters by name or id. $name is what they wrote.

enter-name-or-id = «{ $name }» no se agregó a la lista. Escriba su nombre o su id.
enter-member-or-owner = «{ $name }» no se agregó a la lista. De un grupo se puede ser miembro o propietario.
enter-scope = «{ $name }» no se agregó a la lista. Escriba su ámbito: /subscriptions/ y lo que sigue.
enter-definition-id = «{ $name }» no se agregó a la lista. Escriba en su lugar el id. de su definición.
enter-nothing-found = «{ $name }» no se agregó a la lista. No hay nada con ese nombre.
enter-several-found = «{ $name }» no se agregó a la lista. Hay varios con ese nombre. Escriba en su lugar el id.
enter-no-names = Aquí no se pueden buscar nombres. Escriba en su lugar el id.
