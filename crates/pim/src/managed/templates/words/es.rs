//! In Spanish.

use super::Words;

pub(super) const SPANISH: Words = Words {
    code: "es-ES",
    description: "Lo que una organización puede establecer para Pimento. Prevalece sobre la configuración del usuario y se muestra con un candado.",
    supported: "Pimento 0.1 o posterior",
    members: [("from", "Desde"), ("to", "Hasta"), ("bundle", "Conjunto"), ("keys", "Teclas")],
    entries: [
        (
            "bundles",
            "Conjuntos de la organización",
            "Un archivo con su ruta completa, o una dirección https, con conjuntos que todos pueden ejecutar y nadie puede cambiar.",
        ),
        ("warnMinutes", "Aviso antes del final", "Minutos antes del final de un rol en los que llega el aviso."),
        (
            "notificationDetails",
            "Detalles en las notificaciones",
            "Los motivos, los inquilinos y lo que hacen otros aparecen en las notificaciones. Desactívelo en pantallas que otros ven.",
        ),
        ("autostart", "Iniciar con el sistema", "Iniciar con el sistema."),
        ("hideOnBlur", "Ocultar al usar otra ventana", "Ocultar la ventana al usar otra."),
        ("appearance", "Apariencia", "Clara u oscura, o como el sistema."),
        ("language", "Idioma", "El idioma, sea cual sea el del sistema."),
        ("timeBesideIcon", "Tiempo restante junto al icono", "El tiempo restante junto al icono de la bandeja."),
        (
            "historyDays",
            "Conservar el historial",
            "Días durante los que se conserva en este equipo lo que se solicitó, con los motivos. 0: no más de lo necesario.",
        ),
        (
            "reasonLength",
            "Avisar de motivos cortos",
            "Se avisa de los motivos con menos caracteres. 0: de ninguno. No detiene nada; lo que exige una directiva, sí.",
        ),
        (
            "reasonTemplates",
            "Motivos para elegir",
            "Motivos para elegir, antes de los del usuario. {date} pasa a ser el día, {ticket} el número del ticket.",
        ),
        (
            "clientId",
            "Registro de aplicación",
            "Id. de cliente del registro de aplicación de la organización, en lugar de Microsoft Graph Command Line Tools.",
        ),
        (
            "tenant",
            "Inquilino",
            "Inquilino en el que se inicia sesión, por su id. o un dominio, en lugar del inquilino principal de la cuenta.",
        ),
        ("cloud", "Nube", "Nube en la que se inicia sesión."),
        (
            "shortcut",
            "Teclas que abren Pimento",
            "Teclas que abren la ventana desde cualquier lugar, por ejemplo Ctrl+Alt+P.",
        ),
        (
            "bundleShortcut",
            "Teclas que abren el formulario de un conjunto",
            "Un conjunto y las teclas que abren su formulario desde cualquier lugar. No activan nada.",
        ),
        (
            "quiet",
            "Horas de silencio",
            "Horas sin notificaciones, salvo lo que el usuario tiene que responder. Lo que siga vigente se dice después.",
        ),
        (
            "renewal.arm",
            "Renovar automáticamente",
            "Los roles cuyas directivas no piden nada se renuevan solos, salvo que el usuario lo cancele.",
        ),
        ("renewal.until", "Renovar automáticamente hasta", "Después de esta hora, ese día nada se renueva solo."),
        (
            "day.endsAt",
            "Terminar a una hora lo que está activo",
            "A esta hora termina lo que está activo, tras un aviso.",
        ),
        (
            "day.endOnLock",
            "Terminar al bloquear lo que está activo",
            "Lo que está activo termina cuando se bloquea la pantalla. Solo en Linux.",
        ),
        (
            "day.reminders",
            "Recordatorios",
            "Formularios que se ofrecen una y otra vez, como en el propio archivo de la configuración.",
        ),
        (
            "watch.activations",
            "Decir quién activa roles con privilegios",
            "Decir quién más activa roles con privilegios. Cuesta solicitudes.",
        ),
        ("watch.roles", "Roles que se vigilan", "Qué roles, por nombre o id. Ninguno: los que tienen más privilegios."),
        (
            "watch.quiet",
            "Horas de silencio para activaciones de otros",
            "Horas en las que no se dice nada de las activaciones. Se dice después.",
        ),
        (
            "updates.look",
            "Buscar versiones más recientes",
            "Buscar una vez al día versiones más recientes de Pimento. Desactivado: no se pregunta a ningún servidor.",
        ),
        (
            "updates.deferDays",
            "Días hasta que se ofrece una versión más reciente",
            "Días tras su publicación durante los que no se ofrece una versión más reciente.",
        ),
    ],
};
