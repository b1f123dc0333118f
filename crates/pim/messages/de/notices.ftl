# Was über der Liste steht, bis es jemand gelesen hat: Dateien, Schlüsselbund, Browser, Bündel. $reason kommt von einer Bibliothek oder
# vom System oder sagt, was in einer Zeile einer Datei falsch ist; es ist auf Englisch.

## Dateien.

settings-unreadable = Die Einstellungen konnten nicht gelesen werden ({ $reason }), daher gelten die Standardwerte.
settings-unreadable-kept = Die Einstellungen konnten nicht gelesen werden ({ $reason }), daher gelten die Standardwerte. Die Datei wurde als { $name } aufbewahrt.
settings-not-saved = Die Einstellungen wurden nicht gespeichert: { $reason }.
saved-list-unreadable = Die gespeicherte Liste vom letzten Mal konnte nicht gelesen werden ({ $reason }).
saved-list-unreadable-kept = Die gespeicherte Liste vom letzten Mal konnte nicht gelesen werden ({ $reason }). Die Datei wurde als { $name } aufbewahrt.
journal-unreadable = Das Journal von Pimento konnte nicht vollständig gelesen werden (Zeile { $line }: { $reason }). Es wurde als { $name } aufbewahrt; gemerkte Begründungen oder vorgemerkte Erneuerungen fehlen vielleicht.
bundles-unreadable = Die Bündel Ihrer Organisation konnten nicht aus { $place } gelesen werden: { $reason }.
cannot-note = Pimento konnte nicht festhalten, was geschehen ist; nach einem Neustart schlägt es das nach.
cannot-remove = Pimento konnte nicht alles entfernen, was es für das Konto gespeichert hat.
cannot-note-accounts = Pimento konnte nicht festhalten, wer angemeldet ist.
cannot-keep-list = Pimento konnte die Liste nicht für den nächsten Start speichern.
cannot-save-settings = Pimento konnte die Einstellungen nicht speichern; sie gelten, bis Sie es beenden.
cannot-write-first = Pimento konnte seine Dateien nicht schreiben, daher wurde nichts gesendet, was es sich vielleicht merken müsste.
cannot-open-journal = Pimento konnte sein Journal nicht öffnen, daher sendet es nichts, was es sich vielleicht merken müsste.
keyring-not-wiped = Sie sind hier abgemeldet, aber die Anmeldung ließ sich nicht aus dem Schlüsselbund löschen.
browser-not-opened = Der Browser konnte nicht geöffnet werden.

## Benachrichtigungen, die niemand sieht.

notifications-nobody-shows = Sie werden nicht gewarnt, bevor eine Rolle endet: Auf diesem Desktop zeigt nichts Benachrichtigungen an.
notifications-off = Sie werden nicht gewarnt, bevor eine Rolle endet: Benachrichtigungen von Pimento sind ausgeschaltet. Sie stehen in den Einstellungen Ihres Systems unter „Benachrichtigungen“.
notifications-forbidden = Sie werden nicht gewarnt, bevor eine Rolle endet: Dieses System lässt Pimento keine Benachrichtigungen anzeigen.
notifications-failed = Sie werden nicht gewarnt, bevor eine Rolle endet: Eine Benachrichtigung konnte nicht angezeigt werden.

## Bündel. Nach „Nichts wurde gespeichert:“, daher ohne Großschreibung am Anfang und ohne Punkt.

bundles-exported = Die Bündel wurden in { $file } geschrieben.
bundles-not-exported = Die Bündel konnten nicht in Ihren Ordner für Downloads geschrieben werden.
bundle-without-name = ein Bündel braucht einen Namen
bundle-without-roles = das Bündel „{ $name }“ hat keine Rollen
bundle-too-many-roles = das Bündel „{ $name }“ hat { $count } Rollen; { $most } sind möglich
bundle-reason-too-long = die Begründung des Bündels „{ $name }“ ist länger als { $most } Zeichen
bundle-role-without-id = das Bündel „{ $name }“ hat eine Rolle ohne ID oder Bereich
bundle-role-too-long = das Bündel „{ $name }“ hat eine Rolle für { $minutes } Minuten; 5 bis 1440 sind möglich
bundle-file-too-long = die Datei ist größer als ein Mebibyte
bundle-file-too-new = Format { $format } ist neuer als Format { $known } dieser Version
bundle-file-too-many = die Datei hat { $count } Bündel; { $most } sind möglich

## Arten von Bereichen, wie sie neben dem Namen eines Bereichs stehen.

scope-root = Mandantenstamm
scope-administrative-unit = Verwaltungseinheit
scope-group = Gruppe
scope-management-group = Verwaltungsgruppe
scope-subscription = Abonnement
scope-resource-group = Ressourcengruppe
scope-key-vault = Schlüsseltresor
scope-kubernetes = Kubernetes-Cluster
scope-web-app = Web-App
scope-sql-server = SQL-Server
scope-sql-database = SQL-Datenbank
scope-cosmos = Cosmos DB-Konto
scope-virtual-machine = virtueller Computer
scope-storage-account = Speicherkonto

## Links zu Portalen. Produktnamen bleiben, wie sie sind, wo auch Microsoft sie so lässt.

portal-exchange = Exchange Admin Center
portal-teams = Teams Admin Center
portal-intune = Intune Admin Center
portal-defender = Defender-Portal
portal-purview = Purview-Portal
portal-power-platform = Power Platform Admin Center
portal-microsoft-365 = Microsoft 365 Admin Center
portal-azure = Azure-Portal
portal-entra = Entra Admin Center

## Die Seite, die der Browser nach einer Anmeldung zeigt.

tab-done = Zurück zu Pimento
tab-done-text = Pimento hat die Antwort. Sie können diesen Tab schließen.
tab-refused = Nicht angemeldet
tab-refused-text = Die Anmeldung wurde nicht abgeschlossen; Pimento sagt, warum. Sie können diesen Tab schließen.
tab-stranger = Hier ist nichts
tab-stranger-text = Das ist nicht die Antwort, auf die Pimento wartet. Sie können diesen Tab schließen.
