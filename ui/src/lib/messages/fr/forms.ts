// What the forms say, in French: to activate, to renew, to extend, bundles.

import { at, from, inWords, onDay, plural, stopped, until } from './count';

const gapOf = (seconds: number) =>
  seconds < 90
    ? `Une interruption d’environ ${seconds}\u00A0s sans le rôle.`
    : `Une interruption d’environ ${Math.round(seconds / 60)}\u00A0min sans le rôle.`;

export const forms = {
  start: {
    label: 'Début',
    now: 'Maintenant',
    later: 'Plus tard',
    day: 'Jour',
    time: 'Heure',
    placeholder: '18:00',
    zone: (zone: string) => `Votre fuseau : ${zone}`,
    weekday: (at: number) =>
      new Intl.DateTimeFormat('fr-FR', { weekday: 'long', day: 'numeric', month: 'short' }).format(at),
    notATime: 'Une heure a la forme 18:00.',
    past: 'Cette heure est passée.',
    schedule: 'Planifier',
  },

  extension: {
    title: 'Demander une extension',
    titleRenew: 'Demander un renouvellement',
    eligible: (day: string) => stopped(`Votre éligibilité ${day}`),
    assigned: (day: string) => stopped(`Votre attribution ${day}`),
    ends: (day: string) => `se termine ${onDay(day)}`,
    ended: (day: string) => `s’est terminée ${onDay(day)}`,
    ask: 'Demander une extension',
    askRenew: 'Demander un renouvellement',
    requesting: 'Demande en cours…',
    signingIn:
      'Connectez-vous dans votre navigateur : cette demande exige une autorisation ou une connexion plus forte.',
    cancel: 'Ne plus attendre',
    requested: 'Demandé : un administrateur décide.',
    next: 'Un administrateur décide. Vous pouvez continuer à utiliser le rôle jusqu’à sa fin.',
    nextRenew: 'Un administrateur décide. Une fois l’éligibilité renouvelée, vous pouvez de nouveau activer le rôle.',
    submit: 'Demander',
    reason: 'Pourquoi vous avez encore besoin du rôle',
    again: 'Redemander',
  },

  scope: {
    label: 'Étendue',
    path: (names: readonly string[]) => names.join(' › '),
    below: ' › ',
    omitted: '…',
    narrow: 'Choisir une étendue plus étroite',
    close: 'Fermer les étendues',
    tree: (name: string) => `Étendues : ${name}`,
    whole: 'toute l’étendue éligible',
    what: (name: string, what: string) => `${name}, ${what}`,
    loading: 'Lecture de ce qui se trouve en dessous…',
    asking:
      'Lecture de ce que le rôle exige pour cette étendue. D’ici là s’affiche ce qu’il exige pour l’étendue entière.',
  },

  bundles: {
    title: 'Lots',
    label: 'Lots',
    all: 'Tous les lots',
    run: (name: string) => `Activer ${name}`,
    form: (name: string) => `Activer ${name}…`,
    engaged: (name: string) => `${name} est actif`,
    none: (name: string) => `${name} : aucun de ses rôles n’est éligible`,
    chipTitle: (roles: string, reason: string) => (reason === '' ? roles : `${roles}\nJustification « ${reason} »`),
    roles: (count: number) => plural(count, 'rôle', 'rôles'),
    summary: (roles: string, reason: string) => (reason === '' ? roles : `${roles} · « ${reason} »`),
    active: 'actif',
    noneYours: 'aucun de vos rôles',
    notEligible: 'non éligible, laissé de côté',
    managed: 'De votre organisation',
    managedDetail: 'Publié par votre organisation : vous pouvez l’exécuter, pas le modifier.',
    empty: 'Aucun lot pour l’instant',
    emptyDetail:
      'Un lot réunit des rôles que vous activez ensemble en un clic. Sélectionnez des rôles dans la liste, puis « Lot… ».',
    new: 'Nouveau lot',
    import: 'Importer…',
    export: 'Exporter',
    exportOne: 'Exporter',
    edit: 'Modifier',
    delete: 'Supprimer',
    deleteAsk: (name: string) => `Supprimer « ${name} » ?`,
    keep: 'Garder',
    activate: 'Activer',
    nothing: 'Rien à activer',
    titleNew: 'Nouveau lot',
    titleEdit: 'Modifier le lot',
    name: 'Nom',
    namePlaceholder: 'p.\u00A0ex. Astreinte',
    reason: 'Justification',
    reasonHint: '{date} devient le jour de l’exécution.',
    reasonPlaceholder: 'p.\u00A0ex. Astreinte, {date}',
    rolesHeading: 'Rôles',
    minutesOf: (name: string) => `Durée d’activation : ${name}`,
    remove: (name: string) => `Retirer ${name}`,
    add: 'Ajouter un rôle',
    addChoose: 'Choisir un rôle…',
    save: 'Enregistrer',
    tooLarge: 'Le fichier dépasse un mébioctet.',
    errors: {
      name: 'Il faut un nom au lot.',
      roles: 'Il faut un rôle au lot.',
    },
  },

  enter: {
    title: 'Saisir un rôle par son nom',
    lead: (kind: string) =>
      `La liste « ${kind} » n’a pas pu être établie. Un rôle que vous connaissez peut tout de même être demandé.`,
    role: 'Rôle',
    group: 'Groupe',
    rolePlaceholder: 'Nom ou ID',
    scope: 'Étendue',
    scopeHint: 'Vide : tout l’annuaire',
    scopeHintAzure: 'L’ID d’un abonnement, d’un groupe de ressources ou d’une ressource',
    scopePlaceholder: '/subscriptions/…',
    submit: 'Ajouter à la liste',
    error: 'Il faut un nom ou un ID.',
    errorScope: 'Les rôles Azure exigent une étendue.',
    entered: 'Vous avez ajouté ce rôle à la liste par son nom.',
    forget: 'Retirer de la liste',
  },

  several: {
    title: (count: number) => `Activer ${plural(count, 'rôle', 'rôles')}`,
    roles: 'Rôles',
    asks: 'Ce qui sera demandé',
    capped: (max: string) => `au plus ${max}`,
    mfa: (roles: number, all: number) =>
      all === 1
        ? 'MFA dans votre navigateur'
        : roles === all
          ? `Une MFA pour les ${inWords(all)}`
          : `Une MFA pour ${roles} d’entre eux`,
    mfaToo: (roles: number) => `Une MFA pour ${plural(roles, 'autre', 'autres')}`,
    context: (context: string, roles: number, all: number) =>
      all === 1
        ? `Une connexion plus forte (${context})`
        : roles === all
          ? `Une connexion plus forte (${context}) pour les ${inWords(all)}`
          : `Une connexion plus forte (${context}) pour ${roles} d’entre eux`,
    ticket: (roles: number, all: number) => (roles === all ? 'Un ticket' : `Un ticket, pour ${roles} d’entre eux`),
    approval: (roles: number, all: number) =>
      all === 1
        ? 'Une approbation'
        : roles === all
          ? 'Une approbation pour chacun'
          : `Une approbation pour ${roles} d’entre eux`,
    unknownPolicy: (roles: number, all: number) =>
      all === 1
        ? 'Une stratégie qui n’a pas pu être lue'
        : `Stratégies qui n’ont pas pu être lues : ${roles} sur ${all}`,
    unknownRules: (rules: string) => `Règles que Pimento ne connaît pas : ${rules}`,
    submit: 'Tout activer',
  },

  form: {
    activate: 'Activer',
    request: 'Demander',
    duration: 'Durée',
    durationMax: (time: string) => `max. ${time}`,
    until: (time: string) => until(time),
    onceApproved: 'une fois approuvé',
    reason: 'Justification',
    reasonOptional: 'Justification (facultative)',
    reasonPlaceholder: 'Pourquoi vous avez besoin du rôle',
    recents: 'Justifications récentes',
    ticket: 'Numéro de ticket',
    ticketSystem: 'Système de tickets',
    ticketPlaceholder: 'p.\u00A0ex. INC-4711',
    ticketSystemPlaceholder: 'p.\u00A0ex. ServiceNow',
    whole: 'Annuaire entier',
    kinds: {
      group: 'Groupe',
      azureResource: 'Ressource Azure',
    },
    through: 'Éligible par un groupe.',
    details: 'Détails',
    detailsLabel: (name: string) => `Détails : ${name}`,
    submitActivate: 'Activer',
    submitRequest: 'Demander',
    errors: {
      reason: 'La stratégie du rôle exige une justification.',
      ticket: 'La stratégie du rôle exige un numéro de ticket.',
    },
  },

  next: {
    mfa: 'Une MFA vous sera demandée dans le navigateur, puis ',
    context: (context: string) => `Une connexion plus forte (${context}) vous sera demandée dans le navigateur, puis `,
    active: (time: string, end: string) => `le rôle est actif pendant ${time}, ${until(end)}.`,
    scheduled: (start: string, time: string, end: string) =>
      `le rôle est actif ${from(start)} pendant ${time}, ${until(end)}.`,
    decides: (who: string, days: number | null) =>
      days === null
        ? `la décision revient à ${who}`
        : `la décision revient à ${who}, sous ${plural(days, 'jour', 'jours')}`,
    approval: (decides: string, time: string) => `${decides}. Une fois approuvé, le rôle est actif pendant ${time}.`,
    approvalAfter: (decides: string, time: string) =>
      `${decides} ; une fois approuvé, le rôle est actif pendant ${time}.`,
    approver: 'un approbateur',
    unknownPolicy: 'La stratégie du rôle n’a pas pu être lue : le service peut demander davantage.',
    unknownRules: (rules: string) => `La stratégie a des règles que Pimento ne connaît pas : ${rules}.`,
  },

  renew: {
    title: 'Renouveler',
    until: (end: string, left: string) => `Actif ${until(end)}, il reste ${left}`,
    why: 'PIM refuse une deuxième activation tant que la première court. Ce qui est possible :',
    whyAhead: 'Ce qui est possible :',
    arm: (time: string) => `Renouveler ${at(time)}`,
    armed: (time: string) => `Se renouvelle ${at(time)}`,
    disarm: 'Ne plus renouveler',
    armDetail: (time: string) => `Envoi automatique : ${time}, même justification.`,
    armDetailPlain: 'Envoi automatique, avec la même justification.',
    armGap: 'Interruption : de quelques secondes à une minute sans le rôle.',
    armNeeds: 'Pimento doit être ouvert et en ligne dans les 30 minutes qui suivent.',
    notAfter: (time: string) => `Après ${time}, rien ne se renouvelle seul, selon vos paramètres : ce rôle non plus.`,
    gap: (seconds: number) => (seconds === 0 ? 'Aucune interruption : le service l’accepte d’avance.' : gapOf(seconds)),
    stepUp: 'Votre navigateur s’ouvre maintenant, pour que rien ne soit à confirmer alors.',
    aheadDetail: (time: string) => `Envoi peu avant : ${time}, même justification.`,
    notEligible: 'Impossible : vous n’êtes plus éligible à ce rôle.',
    earlyTitle: (time: string) => `Demander en avance, ${from(time)}`,
    earlyDetail:
      'Chaque activation doit être approuvée par quelqu’un, elle ne peut donc pas se renouveler d’elle-même. Demandée maintenant, elle peut être approuvée avant la fin.',
    earlyGap: 'Aucune interruption, si elle est approuvée à temps.',
    early: 'Demander en avance',
    notEarly:
      'Impossible : chaque activation doit être approuvée par quelqu’un, et le service n’en accepte aucune tant que celle-ci court.',
    next: (time: string, where: string) => `La suivante, ${from(time)} : ${where}`,
    nextWaits: (who: string) => `En attente de : ${who}.`,
    takeBack: 'Retirer la demande',
    approvalGap: 'Interruption : sans le rôle jusqu’à l’approbation.',
    proofGap: 'Interruption : sans le rôle jusqu’à votre confirmation dans le navigateur.',
    notArmable: 'Impossible ici : sa stratégie exige à chaque fois plus qu’une justification.',
    restartTitle: 'Terminer et réactiver maintenant',
    restartDetail: 'Termine cette activation, puis en envoie aussitôt une nouvelle.',
    restartGap: (seconds: number) => gapOf(Math.max(1, seconds)),
    restartGapPlain: 'Interruption : de quelques secondes à une minute sans le rôle.',
    restartRisk: 'Si la nouvelle est refusée, le rôle reste terminé.',
    restart: 'Terminer et activer',
    confirm: 'Je sais que je suis sans le rôle jusqu’à l’approbation.',
    locked: (time: string, left: string) => `Possible ${from(time)} (dans ${left}), cinq minutes après le début.`,
  },
};
