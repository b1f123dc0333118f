# What stands above the list until somebody has read it: files, keyring, browser, bundles. $reason is a library's or
# the system's, or says what is wrong in a line of a file; it is in English.

## Files.

settings-unreadable = No se pudo leer la configuración ({ $reason }), así que se usan los valores predeterminados.
settings-unreadable-kept = No se pudo leer la configuración ({ $reason }), así que se usan los valores predeterminados. El archivo se conservó como { $name }.
settings-not-saved = No se guardó la configuración: { $reason }.
saved-list-unreadable = No se pudo leer la lista guardada en la última ejecución ({ $reason }).
saved-list-unreadable-kept = No se pudo leer la lista guardada en la última ejecución ({ $reason }). El archivo se conservó como { $name }.
journal-unreadable = No se pudo leer por completo el diario de Pimento (línea { $line }: { $reason }). Se conservó como { $name }; pueden faltar motivos recordados o renovaciones programadas.
bundles-unreadable = No se pudieron leer los conjuntos de su organización desde { $place }: { $reason }.
cannot-note = Pimento no pudo anotar lo que ocurrió; lo consultará después de reiniciarse.
cannot-remove = Pimento no pudo quitar todo lo que guardaba de la cuenta.
cannot-note-accounts = Pimento no pudo anotar qué cuentas tienen la sesión iniciada.
cannot-keep-list = Pimento no pudo guardar la lista para el próximo inicio.
cannot-save-settings = Pimento no pudo guardar la configuración; solo vale hasta que Pimento se cierre.
cannot-write-first = Pimento no pudo escribir sus archivos, así que no se ha enviado nada que quizá tuviera que recordar.
cannot-open-journal = Pimento no pudo abrir su diario, así que no envía nada que quizá tuviera que recordar.
keyring-not-wiped = La sesión está cerrada aquí, pero no se pudo vaciar el llavero.
browser-not-opened = No se pudo abrir el explorador.

## Notifications that nobody sees.

notifications-nobody-shows = No recibe avisos antes de que termine un rol: nada muestra notificaciones en este escritorio.
notifications-off = No recibe avisos antes de que termine un rol: las notificaciones de Pimento están desactivadas. Se encuentran en la configuración del sistema, en Notificaciones.
notifications-forbidden = No recibe avisos antes de que termine un rol: este sistema no permite a Pimento mostrar notificaciones.
notifications-failed = No recibe avisos antes de que termine un rol: no se pudo mostrar una notificación.

## Bundles. After "Nothing was kept:", so without a capital and without a full stop.

bundles-exported = Los conjuntos se escribieron en { $file }.
bundles-not-exported = No se pudieron escribir los conjuntos en su carpeta de descargas.
bundle-without-name = un conjunto necesita un nombre
bundle-without-roles = el conjunto «{ $name }» no tiene roles
bundle-too-many-roles = el conjunto «{ $name }» tiene { $count } roles; el máximo es { $most }
bundle-reason-too-long = el motivo del conjunto «{ $name }» supera los { $most } caracteres
bundle-role-without-id = el conjunto «{ $name }» tiene un rol sin id. o sin ámbito
bundle-role-too-long = el conjunto «{ $name }» tiene un rol con una duración de { $minutes } min; puede ser de 5 a 1440
bundle-file-too-long = el archivo ocupa más de un mebibyte
bundle-file-too-new = el formato { $format } es más reciente que el de esta versión ({ $known })
bundle-file-too-many = el archivo tiene { $count } conjuntos; el máximo es { $most }

## Kinds of scopes, as they stand beside a scope's name.

scope-root = raíz del inquilino
scope-administrative-unit = unidad administrativa
scope-group = grupo
scope-management-group = grupo de administración
scope-subscription = suscripción
scope-resource-group = grupo de recursos
scope-key-vault = almacén de claves
scope-kubernetes = clúster de Kubernetes
scope-web-app = aplicación web
scope-sql-server = servidor SQL
scope-sql-database = base de datos SQL
scope-cosmos = cuenta de Cosmos DB
scope-virtual-machine = máquina virtual
scope-storage-account = cuenta de almacenamiento

## Links to portals. Names of products stay as they are where Microsoft leaves them so.

portal-exchange = Centro de administración de Exchange
portal-teams = Centro de administración de Teams
portal-intune = Centro de administración de Intune
portal-defender = Portal de Defender
portal-purview = Portal de Purview
portal-power-platform = Centro de administración de Power Platform
portal-microsoft-365 = Centro de administración de Microsoft 365
portal-azure = Portal de Azure
portal-entra = Centro de administración de Entra

## The page that the browser's tab shows after a sign-in.

tab-done = Vuelva a Pimento
tab-done-text = Pimento tiene la respuesta. Puede cerrar esta pestaña.
tab-refused = Sin sesión iniciada
tab-refused-text = El inicio de sesión no se completó; Pimento dice por qué. Puede cerrar esta pestaña.
tab-stranger = Aquí no hay nada
tab-stranger-text = Esta no es la respuesta que Pimento espera. Puede cerrar esta pestaña.
