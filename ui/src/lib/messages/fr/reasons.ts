// Justifications : ce qu’un auditeur refuserait, et ce qui serait mieux.

import { plural } from './count';

export const reasons = {
  reasons: {
    choices: 'Justifications au choix',
    template: 'Modèle',
    more: (count: number) => plural(count, 'autre', 'autres'),
    placeholder: (name: string) => `${name} reste à remplir.`,
    ticket: 'Le numéro du ticket ne dit pas à lui seul ce que vous ferez : ajoutez quelques mots.',
    role: 'C’est le nom du rôle : indiquez à quoi il vous servira.',
    mashed: 'Personne ne pourrait le vérifier plus tard : indiquez ce que vous ferez.',
    empty:
      'Cela pourrait se dire de tout : nommez ce sur quoi vous travaillez, par exemple un système, un utilisateur ou un ticket.',
    short: (least: number) =>
      `Dites-en un peu plus : une justification devrait compter au moins ${plural(least, 'caractère', 'caractères')}.`,
  },
};
