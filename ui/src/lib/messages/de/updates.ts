// Was von neueren Versionen von Pimento gesagt wird, auf Deutsch.

export const updates = {
  updates: {
    heading: 'Neuere Versionen',
    never: 'Diese Fassung sucht nicht nach neueren Versionen.',
    off: 'Nach neueren Versionen wird nicht gesucht.',
    change: 'In den Einstellungen ändern',
    notYet: 'Noch nicht nachgesehen.',
    upToDate: (time: string) => `Aktuell (zuletzt nachgesehen: ${time})`,
    looking: 'Wird gesucht…',
    look: 'Jetzt nachsehen',
    offered: (version: string) => `Pimento ${version} ist da`,
    notes: 'Was ist neu',
    download: (size: number) => `Herunterladen (${size} MB)`,
    downloading: (percent: number) => `Wird heruntergeladen, ${percent} %`,
    install: 'Installieren',
    installHint: 'So haben es die Hersteller von Pimento signiert. Ihr System fragt, bevor es etwas ändert.',
    absent: 'Für dieses System hat sie kein Paket.',
    open: 'Zeigen, was zu tun ist',

    wanted: 'Nach neueren Versionen suchen',
    wantedHint: 'Einmal am Tag. Ohne einen Klick wird nichts installiert.',
    defer: 'Anbieten nach',
    deferUnit: 'Tagen',
    deferError: 'Zwischen 0 und 90 Tagen.',
  },
};
