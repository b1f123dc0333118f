// Der Verlauf als Bild, und was er über die Nutzung der Rollen sagt.

import { onDay } from './count';

/** Nach "seit": "heute", "dem 4. Dez.". */
const sinceDay = (day: string) => (/^\d/.test(day) ? `dem ${day}` : day);

export const timeline = {
  timeline: {
    show: 'Anzeigen',
    list: 'Liste',
    today: 'Heute',
    week: 'Woche',
    day: (weekday: string, day: number) => `${weekday}\n${day}`,
    span: (from: string, to: string) => `${from} – ${to}`,
    active: 'jetzt aktiv',
    planned: 'geplant',
    asked: (time: string) => `vorzeitig beendet, angefordert für ${time}`,
    all: (spans: readonly string[]) => spans.join('; '),
    sumToday: (time: string) => `Heute ${time} aktiv`,
    sumWeek: (time: string) => `Diese Woche ${time} aktiv`,
    details: 'Was wann aktiv war',
    now: (time: string) => `jetzt, ${time}`,
    legend: { over: 'beendet', running: 'aktiv', left: 'noch übrig', planned: 'geplant' },
    emptyToday: 'Heute war nichts aktiv',
    emptyWeek: 'Diese Woche war nichts aktiv',
    emptyDetail: 'Jede Rolle, die Sie aktivieren, erhält hier eine Linie von ihrem Beginn bis zu ihrem Ende.',
  },

  insight: {
    title: 'Nutzung',
    label: 'Wie Rollen genutzt werden',
    share: (since: string, share: string) => `Seit ${sinceDay(since)} war ${share} der Zeit etwas aktiv.`,
    times: (count: number, time: string) => `${count}-mal, insgesamt ${time}`,
    held: (used: string, asked: string) => `${used} von ${asked} genutzt`,
    hint: (asked: string, used: string, enough: string) =>
      `Sie fordern ${asked} an und nutzen durchschnittlich ${used}: ${enough} würden genügen.`,
    open: (time: string) => `Formular für ${time}`,
    openLabel: (name: string, time: string) => `Formular für ${time}: ${name}`,
    unused: 'Seit 90 Tagen nicht genutzt',
    unusedDetail: 'Was niemand mehr braucht, kann zurückgegeben werden: Sagen Sie es denen, die Rollen zuweisen.',
    never: 'nie, soweit bekannt',
    last: (day: string) => `zuletzt ${onDay(day)}`,
    empty: 'Noch nichts zu berichten',
    emptyDetail:
      'Sobald Sie Rollen aktiviert haben, steht hier, wie lange Sie sie anfordern und wie lange Sie sie nutzen.',
  },
};
