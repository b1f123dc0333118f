# The icon's menu and tooltip, buttons of notifications, and what is said when there is no window. Menus are narrow: short words.
# $role is a role's name with its scope, $tenant a tenant's name, $time "17:30", $left "2 h 41".

## The tooltip.

starting = Iniciando
offline = Sin conexión
offline-as-of = Sin conexión · datos de las { $time }
not-signed-in = Sin sesión iniciada
waiting-for-sign-in = A la espera del inicio de sesión en el explorador
nothing-active = Nada activo · { $account }
roles-active =
    { $count ->
        [one] { $count } rol activo
       *[other] { $count } roles activos
    }
left-until = { $role } · termina en { $left }, a las { $time }
left-renews = { $role } · termina en { $left }, se renueva a las { $time }
role-and-state = { $role } · { $state }
role-at-tenant = { $role } · { $tenant }

## Where a role stands.

state-requesting = solicitando…
state-stepping-up = por confirmar en el explorador
state-checking = comprobando…
state-waiting-for-approval = espera aprobación
state-provisioning = en preparación…
state-scheduled = programado
state-deactivating = finalizando…
state-failed = error

## The menu. What ends with … opens a window.

menu-open = Abrir Pimento
menu-manage = Administrar…
menu-settings = Configuración
menu-quit = Salir
waiting =
    { $count ->
        [one] { $count } solicitud espera su decisión
       *[other] { $count } solicitudes esperan su decisión
    }
waiting-open = { waiting }…
waiting-open-at = { waiting } ({ $tenant })…
sign-in-again-at = Iniciar sesión de nuevo en { $tenant }…
menu-renew = Renovar
menu-renew-at = Renovar a las { $time }
menu-renew-form = Renovar…
menu-deactivate = Desactivar
menu-deactivate-from = Desactivar, posible desde las { $time }
menu-withdraw = Retirar la solicitud
menu-show = Mostrar en Pimento
menu-dismiss = Descartar
menu-copy-details = Copiar detalles
menu-undo = Deshacer: { $role }
menu-activate = Activar { $role }
menu-activate-form = Activar { $role }…
menu-request = Solicitar { $role }
menu-request-form = Solicitar { $role }…
menu-bundles = Conjuntos
bundle-not-eligible = { $bundle } · ningún rol apto
bundle-active = { $bundle } · activo
menu-sign-in = Iniciar sesión…
menu-demo = Probar el inquilino de demostración
menu-cancel-sign-in = Cancelar el inicio de sesión
menu-sign-out = Cerrar la sesión de { $account }
menu-pause = Pausar los recordatorios una hora
menu-paused-until = Recordatorios en pausa hasta las { $time }

## "Copy details": for a message to a colleague or a ticket, a line each.

detail-from = Inicio: { $time }
detail-until = Fin: { $time }
detail-reason = Motivo: { $reason }
detail-ticket = Vale: { $number }
detail-failed = Error: { $problem }
# A sentence and what identifies the failure.
problem-with-code = { $message } ({ $code })
problem-with-code-and-id = { $message } ({ $code }, id. de correlación { $id })

## Buttons of notifications.

button-reactivate = Reactivar
button-decide = Decidir
button-review = Revisar
button-show = Mostrar
button-open = Abrir Pimento
button-dismiss = Descartar

# A notification that was held back while reminders were paused. $text is a sentence.
held-back = Aviso retenido a las { $time }. { $text }

## Keys that work from anywhere. $keys: "Ctrl+Alt+P".

keys-taken = { $keys } no hace nada aquí: otro programa usa esas teclas. Elija otras o quíteselas a ese programa.
keys-missing = Este teclado no tiene la tecla { $key }, así que { $keys } no hace nada. Elija otras teclas.
keys-declined = El escritorio no cedió { $keys } a Pimento. Puede que su configuración de teclado diga por qué; si no, elija otras teclas.
keys-unsupported = Este escritorio no ofrece a los programas teclas que funcionen en todas partes, así que { $keys } no hace nada. En su configuración de teclado, un método abreviado para el comando `pimento` abre la ventana.
keys-failed = { $keys } no hace nada: no se pudieron solicitar esas teclas al sistema.
# What the desktop shows of them.
keys-for-window = Abrir Pimento
keys-for-bundle = Abrir el formulario de un conjunto en Pimento

## Where there is no window. $error is the system's, in its language or in English.

runs-in-tray = Pimento se ejecuta en el área de notificación
window-gave-up = La ventana se ha cerrado por sí sola más de una vez. Haga clic en el icono para abrirla de nuevo. Se ha perdido lo que había escrito en ella; el archivo de registro dice más.
window-ended-at-once = No se pudo abrir la ventana: su programa terminó enseguida. El archivo de registro dice más.
window-not-opened = No se puede abrir la ventana: { $error }
window-needs-runtime = La ventana necesita Microsoft Edge WebView2 Runtime, que no está instalado. Instálelo desde el sitio de Microsoft y abra Pimento de nuevo.
manage-ended = La ventana «Administrar» se ha cerrado por sí sola. Ábrala de nuevo desde el menú del icono; el archivo de registro dice más.
manage-ended-with = La ventana «Administrar» se ha cerrado por sí sola. Ábrala de nuevo desde el menú del icono; el archivo de registro dice más. ({ $error })
manage-not-opened = No se pudo abrir la ventana: { $error }
manage-title = Pimento: Administrar
too-long = Es demasiado largo.
pimento-silent = Pimento no responde. Inténtelo de nuevo.
pimento-ends = Pimento se está cerrando
