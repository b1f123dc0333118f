//! In German.

use super::Words;

pub(super) const GERMAN: Words = Words {
    code: "de-DE",
    description: "Was eine Organisation für Pimento festlegen kann. Es gilt vor den eigenen Einstellungen des Benutzers und wird mit einem Schloss angezeigt.",
    supported: "Pimento 0.1 oder neuer",
    members: [("from", "Von"), ("to", "Bis"), ("bundle", "Bündel"), ("keys", "Tasten")],
    entries: [
        (
            "bundles",
            "Bündel der Organisation",
            "Eine Datei mit vollem Pfad oder eine https-Adresse, mit Bündeln, die alle ausführen können und niemand ändern kann.",
        ),
        ("warnMinutes", "Warnung vor dem Ende", "Minuten vor dem Ende einer Rolle, zu denen die Warnung kommt."),
        (
            "notificationDetails",
            "Details in Benachrichtigungen",
            "Begründungen, Mandanten und was andere tun stehen in Benachrichtigungen. Aus für Bildschirme, die andere sehen.",
        ),
        ("autostart", "Mit dem System starten", "Mit dem System starten."),
        (
            "hideOnBlur",
            "Ausblenden, wenn ein anderes Fenster benutzt wird",
            "Das Fenster ausblenden, wenn ein anderes benutzt wird.",
        ),
        ("appearance", "Darstellung", "Hell oder dunkel, oder wie das System."),
        ("language", "Sprache", "Die Sprache, gleich welche das System hat."),
        ("timeBesideIcon", "Restzeit neben dem Symbol", "Die Restzeit neben dem Symbol im Infobereich."),
        (
            "historyDays",
            "Verlauf behalten",
            "Tage, für die auf diesem Computer behalten wird, was angefordert wurde, mit den Begründungen. 0: nicht länger als nötig.",
        ),
        (
            "reasonLength",
            "Vor kurzen Begründungen warnen",
            "Vor Begründungen mit weniger Zeichen wird gewarnt. 0: vor keiner. Das hält nichts auf; was eine Richtlinie verlangt, schon.",
        ),
        (
            "reasonTemplates",
            "Begründungen zur Auswahl",
            "Begründungen zur Auswahl, vor den eigenen des Benutzers. {date} wird zum Tag, {ticket} zur Nummer des Tickets.",
        ),
        (
            "clientId",
            "App-Registrierung",
            "Client-ID der eigenen App-Registrierung der Organisation, anstelle von Microsoft Graph Command Line Tools.",
        ),
        (
            "tenant",
            "Mandant",
            "Mandant, bei dem angemeldet wird, mit seiner ID oder einer Domäne, anstelle des Heimatmandanten des Kontos.",
        ),
        ("cloud", "Cloud", "Cloud, bei der angemeldet wird."),
        (
            "shortcut",
            "Tasten, die Pimento öffnen",
            "Tasten, die das Fenster von überall öffnen, zum Beispiel Ctrl+Alt+P.",
        ),
        (
            "bundleShortcut",
            "Tasten, die das Formular eines Bündels öffnen",
            "Ein Bündel und die Tasten, die sein Formular von überall öffnen. Sie aktivieren nichts.",
        ),
        (
            "quiet",
            "Ruhezeiten",
            "Zeiten ohne Benachrichtigungen, außer für das, was der Benutzer beantworten muss. Was danach noch gilt, wird dann gesagt.",
        ),
        (
            "renewal.arm",
            "Von selbst erneuern",
            "Rollen, deren Richtlinien nichts fragen, erneuern sich von selbst, wenn der Benutzer das nicht aufhebt.",
        ),
        (
            "renewal.until",
            "Von selbst erneuern bis",
            "Nach dieser Uhrzeit erneuert sich an dem Tag nichts mehr von selbst.",
        ),
        (
            "day.endsAt",
            "Zu einer Uhrzeit beenden, was aktiv ist",
            "Zu dieser Uhrzeit wird beendet, was aktiv ist, nach einer Warnung.",
        ),
        (
            "day.endOnLock",
            "Beim Sperren beenden, was aktiv ist",
            "Was aktiv ist, wird beendet, wenn der Bildschirm gesperrt wird. Nur unter Linux.",
        ),
        (
            "day.reminders",
            "Erinnerungen",
            "Formulare, die immer wieder angeboten werden, wie in der eigenen Datei der Einstellungen.",
        ),
        (
            "watch.activations",
            "Sagen, wer privilegierte Rollen aktiviert",
            "Sagen, wer sonst privilegierte Rollen aktiviert. Das kostet Anfragen.",
        ),
        (
            "watch.roles",
            "Rollen, die beobachtet werden",
            "Welche Rollen, mit Name oder ID. Keine: die mit den meisten Rechten.",
        ),
        (
            "watch.quiet",
            "Ruhezeiten für Aktivierungen anderer",
            "Zeiten, in denen von Aktivierungen nichts gesagt wird. Es wird danach gesagt.",
        ),
        (
            "updates.look",
            "Nach neueren Versionen suchen",
            "Einmal am Tag nach neueren Versionen von Pimento suchen. Aus: Es wird niemand gefragt.",
        ),
        (
            "updates.deferDays",
            "Tage, bis eine neuere Version angeboten wird",
            "Tage nach dem Erscheinen, in denen eine neuere Version nicht angeboten wird.",
        ),
    ],
};
