// L’historique en image, et ce qu’il dit de l’utilisation des rôles.

import { onDay } from './count';

export const timeline = {
  timeline: {
    show: 'Afficher',
    list: 'Liste',
    today: 'Aujourd’hui',
    week: 'Semaine',
    day: (weekday: string, day: number) => `${weekday}\n${day}`,
    span: (from: string, to: string) => `${from} – ${to}`,
    active: 'actif en ce moment',
    planned: 'prévu',
    asked: (time: string) => `terminé plus tôt, demandé pour ${time}`,
    all: (spans: readonly string[]) => spans.join('\u00A0; '),
    sumToday: (time: string) => `Actif pendant ${time} aujourd’hui`,
    sumWeek: (time: string) => `Actif pendant ${time} cette semaine`,
    details: 'Ce qui était actif, et quand',
    now: (time: string) => `maintenant, ${time}`,
    legend: { over: 'terminé', running: 'actif', left: 'encore à venir', planned: 'prévu' },
    emptyToday: 'Rien n’a été actif aujourd’hui',
    emptyWeek: 'Rien n’a été actif cette semaine',
    emptyDetail: 'Chaque rôle que vous activez reçoit ici une ligne, de son début à sa fin.',
  },

  insight: {
    title: 'Usage',
    label: 'Comment les rôles sont utilisés',
    share: (since: string, share: string) => `Depuis ${onDay(since)}, quelque chose a été actif ${share} du temps.`,
    times: (count: number, time: string) => `${count} fois, ${time} en tout`,
    held: (used: string, asked: string) => `${used} sur ${asked} utilisés`,
    hint: (asked: string, used: string, enough: string) =>
      `Vous demandez ${asked} et utilisez ${used} en moyenne\u00A0: ${enough} suffiraient.`,
    open: (time: string) => `Formulaire pour ${time}`,
    openLabel: (name: string, time: string) => `Formulaire pour ${time}\u00A0: ${name}`,
    unused: 'Inutilisés depuis 90 jours',
    unusedDetail: 'Ce dont personne n’a plus besoin peut être rendu\u00A0: dites-le à qui attribue les rôles.',
    never: 'jamais, pour autant que l’on sache',
    last: (day: string) => `en dernier ${onDay(day)}`,
    empty: 'Rien à signaler pour l’instant',
    emptyDetail:
      'Une fois que vous aurez activé des rôles, vous verrez ici pour combien de temps vous les demandez et combien de temps vous les utilisez.',
  },
};
