// What the working day says, in German: what ends by itself, and reminders.

import { at } from './count';

export const deDay = {
  day: {
    ends: 'Zu einer Uhrzeit beenden, was aktiv ist',
    endsHint:
      'Danach erneuert sich an dem Tag nichts. Zehn Minuten vorher erfahren Sie es und können behalten, was aktiv ist.',
    at: 'Um',
    onLock: 'Beim Sperren des Bildschirms beenden, was aktiv ist',
    onLockHint: 'Eine Rolle in ihren ersten fünf Minuten endet gleich danach.',
    reminders: 'Erinnerungen',
    remindersHint: 'Eine Benachrichtigung fragt, ob Sie es wollen. Sie öffnet das Formular und aktiviert nichts.',
    add: 'Erinnerung hinzufügen',
    full: 'Mehr als zwanzig Erinnerungen sind nicht möglich.',
    nothing: 'Es gibt keine Rolle und kein Bündel, an die erinnert werden kann.',
    fresh: 'Neue Erinnerung',
    remove: (name: string) => `Erinnerung entfernen: ${name}`,
    what: 'Rolle oder Bündel',
    choose: 'Auswählen…',
    roles: 'Rollen',
    bundles: 'Bündel',
    days: 'Tage',
    weekdays: 'Jeden Arbeitstag',
    everyDay: 'Jeden Tag',
    when: (days: string, time: string) => `${days} ${at(time)}`,
    signedOut: 'Gehört zu einem abgemeldeten Konto',
    asksNothing: 'Fragt nicht: Diese Rolle oder dieses Bündel steht Ihnen derzeit nicht zur Verfügung.',
    whatError: 'Wählen Sie eine Rolle oder ein Bündel.',
    daysError: 'Wählen Sie mindestens einen Tag.',
  },
};
