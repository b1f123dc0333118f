// Texts of the Manage window's part about policies, in French.

import { plural } from './count';

export const policies = {
  policies: {
    none: 'Aucun rôle n’est listé.',
    list: 'Rôles et groupes',
    compareFile: 'Comparer à un fichier…',
    fileTooLong: (most: number) =>
      `Le fichier dépasse ${most} Mio. « pim policy diff FICHIER » en ligne de commande en accepte de plus gros.`,
    fileUnreadable: 'Le fichier n’a pas pu être lu.',
    export: (count: number) => (count < 2 ? 'Exporter' : `En exporter ${count}`),
    saved: (count: number, path: string) =>
      `${plural(count, 'stratégie enregistrée', 'stratégies enregistrées')} dans ${path}.`,
    notSaved: 'N’y figurent pas :',

    groups: {
      activation: 'Activation',
      eligible: 'Attribution éligible',
      active: 'Attribution active',
      mail: 'Notifications',
      other: 'Autres règles, qui restent telles quelles',
    },
    rules: 'Règles',
    change: 'Modifier…',
    copy: 'Copier vers d’autres…',
    changing: (name: string) => `Modifier ${name}`,
    copying: (name: string) => `Copier les règles : ${name}`,

    longest: 'Activation la plus longue',
    justification: 'Exige une justification',
    ticket: 'Exige un ticket',
    proof: 'Preuve d’identité',
    proofs: {
      nothing: 'Rien de plus',
      mfa: 'Authentification multifacteur',
      context: 'Un contexte d’authentification de l’accès conditionnel',
    },
    claim: 'Contexte d’authentification',
    claimWrong: 'L’un de c1 à c99.',
    approval: 'Exige une approbation',
    approvers: 'Approbateurs',
    defaultApprovers:
      'Si vous ne nommez personne, les administrateurs de rôle privilégié et les administrateurs généraux décident.',
    nameApprovers: 'Nommez au moins un approbateur : ici, personne ne décide par défaut.',
    eligible: 'Éligibilité la plus longue',
    active: 'Attribution active la plus longue',
    forEver: 'Sans limite, aussi permanente',
    days: (days: number) => plural(days, 'jour', 'jours'),
    activeJustification: 'L’attribuer exige une justification',
    activeMfa: 'L’attribuer exige l’authentification multifacteur',
    mailDefaults: 'Destinataires par défaut',
    mailDefaultsOf: (mail: string) => `${mail} : destinataires par défaut`,
    recipients: 'Autres adresses, séparées par des virgules',
    recipientsOf: (mail: string) => `${mail} : autres adresses`,
    addressWrong: (address: string) => `« ${address} » n’est pas une adresse e-mail.`,
    unchanged: 'Rien n’est encore modifié.',
    review: 'Examiner les modifications',

    copyTo: 'Vers quels rôles',
    copyFilter: 'Rechercher un rôle',
    copyHint: (count: number) =>
      count === 0 ? 'Choisissez qui aura les mêmes règles.' : plural(count, 'choisi', 'choisis'),

    reviewing: 'Ce qui changera',
    drift: (file: string) => `Comparé à ${file}`,
    applied: 'Ce qui a été fait',
    comparing: 'Lecture des stratégies…',
    rule: 'Règle',
    now: 'Maintenant',
    then: 'Ensuite',
    noSuchRule: 'Cette règle n’existe pas, et aucune ne peut être ajoutée : elle est laissée de côté.',
    unlisted: (ids: string) => `Absent de vos rôles ; le fichier le nomme (${ids}).`,
    same: 'Tout est comme vous le voulez.',
    noDrift: (count: number) =>
      count === 1 ? 'La stratégie est conforme au fichier.' : `Les ${count} stratégies sont conformes au fichier.`,
    others: (count: number) =>
      count === 1 ? 'Une autre est telle qu’elle doit être.' : `${count} autres sont telles qu’elles doivent être.`,
    summary: (policies: number, rules: number) =>
      `${plural(rules, 'règle', 'règles')} dans ${plural(policies, 'stratégie', 'stratégies')}. Rien n’a été envoyé.`,
    applying: 'Application… Là où une autorisation manque, le navigateur s’ouvre.',
    apply: (count: number) => (count < 2 ? 'Appliquer' : `Appliquer à ${count}`),
    again: 'Vérifier de nouveau',
  },
};
