// Begründungen: was bei einer Prüfung nicht standhielte, und was besser wäre.

import { plural } from './count';

export const reasons = {
  reasons: {
    choices: 'Begründungen zur Auswahl',
    template: 'Vorlage',
    more: (count: number) => `${count} weitere`,
    placeholder: (name: string) => `${name} ist noch auszufüllen.`,
    ticket: 'Die Ticketnummer allein sagt nicht, was Sie tun werden: Ergänzen Sie ein paar Worte.',
    role: 'Das ist der Name der Rolle: Schreiben Sie, wofür Sie sie brauchen.',
    mashed: 'Das kann später niemand prüfen: Schreiben Sie, was Sie tun werden.',
    empty:
      'Das ließe sich von allem sagen: Nennen Sie, woran Sie arbeiten, etwa ein System, einen Benutzer oder ein Ticket.',
    short: (least: number) =>
      `Schreiben Sie etwas mehr: Begründungen sollten mindestens ${plural(least, 'Zeichen', 'Zeichen')} haben.`,
  },
};
