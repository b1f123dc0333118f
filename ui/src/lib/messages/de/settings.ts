// Was die Einstellungen sagen, auf Deutsch.

import { at, plural } from './count';

export const settings = {
  settings: {
    title: 'Einstellungen',
    locked: 'Von Ihrer Organisation festgelegt',
    parts: {
      accounts: 'Konten',
      notifications: 'Benachrichtigungen',
      renewal: 'Erneuerung',
      day: 'Arbeitstag',
      reasons: 'Begründungen',
      look: 'Darstellung und Sprache',
      start: 'Start und Fenster',
      keys: 'Tastenkombinationen',
      signIn: 'Anmeldung',
      storage: 'Speicherung und Verlauf',
      diagnostics: 'Diagnose',
      about: 'Über Pimento',
    },
    summary: {
      accounts: (count: number) => plural(count, 'Konto', 'Konten'),
      warn: (minutes: number) => `${minutes}\u00A0min vor dem Ende`,
      quiet: (from: string, to: string) => `Ruhe von ${from} bis ${to}`,
      byHand: 'Was Sie selbst vormerken',
      byItself: 'Was sich von selbst erneuern kann',
      byItselfUntil: (time: string) => `Was sich von selbst erneuern kann, bis ${time}`,
      endsAt: (time: string) => `endet ${at(time)}`,
      endsOnLock: 'endet beim Sperren',
      reminders: (count: number) => plural(count, 'Erinnerung', 'Erinnerungen'),
      noDay: 'Beendet nichts, fragt nichts',
      templates: (count: number) => (count === 0 ? 'Keine Vorlagen' : plural(count, 'Vorlage', 'Vorlagen')),
      autostart: 'Startet mit dem System',
      byYou: 'Von Ihnen gestartet',
      noKeys: 'Keine festgelegt',
      history: (length: string) => `Verlauf ${length}`,
      noHistory: 'kein Verlauf',
    },

    warn: 'Mich warnen',
    warnUnit: 'Minuten vorher',
    warnError: 'Zwischen 1 und 60 Minuten.',
    details: 'Details in Benachrichtigungen',
    detailsHint: 'Begründungen, Mandanten und was andere tun; aus für geteilte Bildschirme',
    quiet: 'Ruhezeiten',
    quietHint: 'Nur was Ihre Antwort braucht, wird gezeigt. Was danach noch gilt, erfahren Sie einmal.',
    from: 'Von',
    to: 'Bis',
    timeError: 'Eine Uhrzeit hat die Form 22:00.',
    sameTime: 'Die Zeiten brauchen einen Anfang und ein anderes Ende.',

    arm: 'Von selbst erneuern',
    armHint:
      'Merkt jede Rolle zur Erneuerung vor, sobald sie aktiv ist und ihre Richtlinie Sie nichts fragt. Sie können das aufheben.',
    until: 'Nur bis zu einer Uhrzeit',
    untilHint: 'Danach erneuert sich an dem Tag nichts mehr von selbst.',
    untilTime: 'Bis',

    templates: 'Vorlagen',
    templatesHint: '{date} wird zum Tag, {ticket} zur Nummer des Tickets.',
    template: (number: number) => `Vorlage ${number}`,
    templatePlaceholder: 'Vorfall {ticket}: …',
    templateEmpty: 'Schreiben Sie etwas, oder entfernen Sie sie.',
    templateLong: 'Höchstens 500 Zeichen.',
    templateTwice: 'Diese gibt es schon.',
    templateUp: (text: string) => `Nach oben: ${text}`,
    templateRemove: (text: string) => `Entfernen: ${text}`,
    templateAdd: 'Vorlage hinzufügen',
    templatesFull: 'Mehr als zwanzig Vorlagen sind nicht möglich.',
    reasonLength: 'Warnen unter',
    reasonLengthUnit: 'Zeichen',
    reasonLengthError: 'Zwischen 0 und 200 Zeichen.',
    reasonLengthHint:
      'Sie werden auch vor Begründungen gewarnt, die eine Prüfung nicht gelten ließe, etwa „test“ oder „asdf“. Eine Warnung hält nichts auf; was eine Richtlinie verlangt, schon.',

    appearance: 'Darstellung',
    appearances: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    language: 'Sprache',
    languageSystem: 'Wie das System',
    timeBesideIcon: 'Restzeit neben dem Symbol',

    autostart: 'Mit dem System starten',
    hideOnBlur: 'Ausblenden, wenn ein anderes Fenster benutzt wird',

    shortcut: 'Pimento öffnen',
    shortcutHint: 'Leer: keine Tastenkombination',
    shortcutPlaceholder: 'Ctrl+Alt+P',
    bundleShortcut: 'Formular eines Bündels öffnen',
    bundleKeys: 'Tasten',
    noBundle: 'Keines',
    shortcutError:
      'Ctrl (Strg), Alt oder Super, auch mit Shift (Umschalt), und eine Taste: ein Buchstabe, eine Ziffer, F1 bis F24, ein Pfeil (Up, Down, Left, Right), Space, Enter, Tab, Insert, Delete, Home, End, PageUp oder PageDown. Zum Beispiel Ctrl+Alt+P.',
    shortcutTwice: 'Diese Tasten öffnen schon Pimento.',
    bundleShortcutHint: 'Wo Sie auch sind: öffnet das ausgefüllte Formular. Strg+Eingabe aktiviert es dort.',
    shortcutsWithin: 'Tastenkombinationen im Fenster',

    signInHint: 'Gilt ab der nächsten Anmeldung.',

    secret: 'Wo Ihre Anmeldung liegt',
    secretPlaces: {
      windows: 'Windows-Anmeldeinformationsverwaltung',
      mac: 'macOS-Schlüsselbund',
      other: 'Schlüsselbund Ihres Desktops',
    },
    secretHint: 'Nie in einer Datei, und dieses Fenster sieht sie nie.',
    memory: 'Im Speicher, bis Sie beenden',
    memoryHint: 'Kein Schlüsselbund war zu benutzen: nach dem nächsten Start melden Sie sich neu an.',
    history: 'Verlauf behalten',
    historyNone: 'Gar nicht',
    days: (days: number) => plural(days, 'Tag', 'Tage'),
    years: (years: number) => plural(years, 'Jahr', 'Jahre'),
    historyHint:
      'Auf diesem Computer, mit Ihren Begründungen. Was der Dienst Ihrer Organisation behält, bleibt davon unberührt.',
    historyNoneHint:
      'Was offen ist, bleibt, bis es einige Stunden vorbei ist. Den Rest behält der Dienst Ihrer Organisation.',
  },
};
