// What the settings say.

import { plural } from './count';

export const settings = {
  settings: {
    title: 'Settings',
    /** Beside what nobody can change here. */
    locked: 'Set by your organisation',
    parts: {
      accounts: 'Accounts',
      notifications: 'Notifications',
      renewal: 'Renewal',
      day: 'Working day',
      reasons: 'Reasons',
      look: 'Appearance and language',
      start: 'Start and window',
      keys: 'Shortcuts',
      signIn: 'Sign-in',
      storage: 'Storage and history',
      diagnostics: 'Diagnostics',
      about: 'About Pimento',
    },
    /** What is set, in a few words below the part’s name. */
    summary: {
      accounts: (count: number) => plural(count, 'account', 'accounts'),
      warn: (minutes: number) => `${minutes}\u00A0min before the end`,
      quiet: (from: string, to: string) => `quiet ${from} to ${to}`,
      byHand: 'What you arm yourself',
      byItself: 'What can renew by itself',
      byItselfUntil: (time: string) => `What can renew by itself, until ${time}`,
      endsAt: (time: string) => `ends at ${time}`,
      endsOnLock: 'ends when locked',
      reminders: (count: number) => plural(count, 'reminder', 'reminders'),
      noDay: 'Ends nothing, asks nothing',
      templates: (count: number) => (count === 0 ? 'No templates' : plural(count, 'template', 'templates')),
      autostart: 'Starts with the system',
      byYou: 'Started by you',
      noKeys: 'None set',
      history: (length: string) => `history ${length}`,
      noHistory: 'no history',
    },

    warn: 'Warn me',
    warnUnit: 'minutes before',
    warnError: 'Between 1 and 60 minutes.',
    details: 'Details in notifications',
    detailsHint: 'Reasons, tenants, and what others do; off for shared screens',
    quiet: 'Quiet hours',
    quietHint: 'Only what you have to answer is shown. What is still true is told afterwards, once.',
    from: 'From',
    to: 'To',
    timeError: 'A time has the form 22:00.',
    sameTime: 'The hours need a beginning and another end.',

    arm: 'Renew by itself',
    armHint: 'Arms each role as soon as it is active, where its policy asks you nothing. You can disarm it.',
    until: 'Only until a time of day',
    untilHint: 'After it, nothing renews by itself on that day.',
    untilTime: 'Until',

    templates: 'Templates',
    templatesHint: '{date} becomes the day, {ticket} the ticket’s number.',
    template: (number: number) => `Template ${number}`,
    templatePlaceholder: 'Incident {ticket}: …',
    templateEmpty: 'Say something, or remove it.',
    templateLong: 'At most 500 characters.',
    templateTwice: 'This one is there already.',
    templateUp: (text: string) => `Move up: ${text}`,
    templateRemove: (text: string) => `Remove: ${text}`,
    templateAdd: 'Add a template',
    templatesFull: 'Twenty templates are the most.',
    reasonLength: 'Warn below',
    reasonLengthUnit: 'characters',
    reasonLengthError: 'Between 0 and 200 characters.',
    reasonLengthHint:
      'You are also warned of reasons that an auditor would reject, such as “test” or “asdf”. A warning stops nothing; what a policy demands does.',

    appearance: 'Appearance',
    appearances: { system: 'As the system', light: 'Light', dark: 'Dark' },
    language: 'Language',
    languageSystem: 'As the system',
    timeBesideIcon: 'Time left beside the icon',

    autostart: 'Start with the system',
    hideOnBlur: 'Hide when another window is used',

    shortcut: 'Open Pimento',
    shortcutHint: 'Empty: no shortcut',
    shortcutPlaceholder: 'Ctrl+Alt+P',
    bundleShortcut: 'Open the form of a bundle',
    bundleKeys: 'Keys',
    noBundle: 'None',
    shortcutError:
      'Ctrl, Alt or Super, also with Shift, and one key: a letter, a digit, F1 to F24, an arrow, Space, Enter, Tab, Insert, Delete, Home, End, PageUp or PageDown. As in Ctrl+Alt+P.',
    shortcutTwice: 'These keys open Pimento already.',
    bundleShortcutHint: 'Wherever you are: opens the form, filled in. Ctrl+Enter there activates it.',
    shortcutsWithin: 'Shortcuts in the window',

    signInHint: 'Used from the next sign-in on.',

    secret: 'Where your sign-in is kept',
    secretPlaces: {
      windows: 'Windows Credential Manager',
      mac: 'macOS keychain',
      other: 'Your desktop’s keyring',
    },
    secretHint: 'Never in a file, and never seen by this window.',
    memory: 'In memory until you quit',
    memoryHint: 'No keyring could be used: you sign in again after the next start.',
    history: 'Keep the history for',
    historyNone: 'Not at all',
    days: (days: number) => plural(days, 'day', 'days'),
    years: (years: number) => plural(years, 'year', 'years'),
    historyHint:
      'On this computer, with the reasons you gave. What your organisation’s service remembers is not touched.',
    historyNoneHint:
      'What is open is kept until it is over, and some hours longer. Your organisation’s service remembers the rest.',
  },
};
