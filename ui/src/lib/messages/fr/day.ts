// What the working day says, in French: what ends by itself, and reminders.

import { at } from './count';

export const frDay = {
  day: {
    ends: 'Désactiver ce qui est actif à une heure donnée',
    endsHint:
      'Après, rien ne se renouvelle ce jour-là. Dix minutes avant, vous êtes averti et pouvez garder ce qui est actif.',
    at: 'À',
    onLock: 'Désactiver ce qui est actif quand l’écran est verrouillé',
    onLockHint: 'Un rôle dans ses cinq premières minutes prend fin juste après.',
    reminders: 'Rappels',
    remindersHint: 'Une notification demande si vous le voulez. Elle ouvre le formulaire et n’active rien.',
    add: 'Ajouter un rappel',
    full: 'Vingt rappels au maximum.',
    nothing: 'Il n’y a ni rôle ni lot à rappeler.',
    fresh: 'Nouveau rappel',
    remove: (name: string) => `Supprimer le rappel : ${name}`,
    what: 'Rôle ou lot',
    choose: 'Choisir…',
    roles: 'Rôles',
    bundles: 'Lots',
    days: 'Jours',
    weekdays: 'Chaque jour ouvré',
    everyDay: 'Chaque jour',
    when: (days: string, time: string) => `${days} ${at(time)}`,
    signedOut: 'Appartient à un compte déconnecté',
    asksNothing: 'Ne demandera rien : ce rôle ou ce lot n’est pas à votre disposition en ce moment.',
    whatError: 'Choisissez un rôle ou un lot.',
    daysError: 'Choisissez au moins un jour.',
  },
};
