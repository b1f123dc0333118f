// Every text that the window shows, in French. Plain, "vous"; the terms of PIM as Microsoft translates them.

import type { Messages } from '../shape';
import { and, asOf, at, first, from, onDay, or, plural, until } from './count';
import { forms } from './forms';
import { pages } from './pages';
import { reasons } from './reasons';
import { settings } from './settings';
import { timeline } from './timeline';
import { updates } from './updates';

export const fr: Messages = {
  ...forms,
  ...pages,
  ...reasons,
  ...settings,
  ...timeline,
  ...updates,

  locale: 'fr-FR',
  direction: 'ltr',
  appName: 'Pimento',
  lost: 'Le processus d’arrière-plan de Pimento ne répond pas. Quittez Pimento, puis relancez-le.',

  time: {
    minutes: (minutes) => `${minutes}\u00A0min`,
    hours: (hours) => `${hours}\u00A0h`,
    hoursMinutes: (hours, minutes) => `${hours}\u00A0h\u00A0${String(minutes).padStart(2, '0')}`,
    seconds: (seconds) => `${seconds}\u00A0s`,
    ended: 'terminé',
    underAMinute: 'moins d’une minute',
    spoken: (hours, minutes) =>
      [hours > 0 ? plural(hours, 'heure', 'heures') : '', minutes > 0 ? plural(minutes, 'minute', 'minutes') : '']
        .filter(Boolean)
        .join(' '),
    tomorrow: (time) => `demain à ${time}`,
    yesterday: (time) => `hier à ${time}`,
    onWeekday: (day, time) => `${day} à ${time}`,
    today: 'aujourd’hui',
    tomorrowPlain: 'demain',
    yesterdayPlain: 'hier',
    onDate: (date, time) => `${date} à ${time}`,
  },

  common: {
    back: 'Retour',
    cancel: 'Annuler',
    dismiss: 'Masquer',
    copy: 'Copier',
    copied: 'Copié',
    details: 'Détails',
    save: 'Enregistrer',
    comma: ', ',
    stop: '.',
  },

  header: {
    menu: 'Menu',
    demo: 'Démo',
    account: (name, tenant) => `Connecté en tant que ${name}, ${tenant}. Comptes`,
  },

  menu: {
    refresh: 'Actualiser',
    accounts: 'Comptes',
    bundles: 'Lots',
    history: 'Historique',
    sources: 'D’où viennent les rôles',
    showAzure: 'Afficher les ressources Azure…',
    settings: 'Paramètres',
    shortcuts: 'Raccourcis clavier',
    about: 'À propos de Pimento',
    signOut: 'Se déconnecter',
    remembered: 'Connexion conservée dans le trousseau du système',
    notRemembered: 'Connexion conservée en mémoire jusqu’à ce que vous quittiez',
  },

  active: {
    heading: 'Actifs',
    headingRequested: 'Demandés',
    headingBoth: 'Actifs et demandés',
    until: (time) => until(time),
    standing: 'permanent',
    standingUntil: (time) => `attribué ${until(time)}`,
    throughGroup: 'par un groupe',
    throughGroupUntil: (time) => `par un groupe, ${until(time)}`,
    leftLabel: (left) => `il reste ${left}`,
    renew: (name) => `Renouveler ${name}`,
    renewTitle: 'Renouveler',
    armedAt: (time) => at(time),
    armedLabel: (name, time) => `${name} se renouvelle ${at(time)}. Modifier`,
    armedTitle: (time) => `Se renouvelle de lui-même ${at(time)}`,
    notAfter: (time) => `pas après ${time}`,
    notAfterLabel: (name, time) => `${name}, pas après ${time} : rien ne se renouvelle seul ensuite. Modifier`,
    deactivate: (name) => `Désactiver ${name}`,
    deactivateTitle: 'Désactiver',
    lockedLabel: (name, time, left) => `Désactiver ${name} : possible ${from(time)}, dans ${left}`,
    lockedTitle: (time) => `PIM ne laisse un rôle se terminer que cinq minutes après son début : ${from(time)}`,
    cancelRequest: 'Annuler',
    cancelRequestLabel: (name) => `Annuler la demande pour ${name}`,
    more: (name) => `${name} : plus`,
    notWorking: 'Pas encore d’effet ?',
    notWorkingLabel: (name) => `${name} : pas encore d’effet ? Ce qui aide`,
    extend: 'Étendre…',
    extendLabel: (name) => `Étendre… ${name}`,
  },

  state: {
    requesting: 'demande en cours…',
    requestingDetail: 'La demande est envoyée, pas encore de réponse.',
    steppingUp: 'à confirmer (navigateur)',
    steppingUpDetail: 'Une connexion plus forte est nécessaire. Elle attend dans votre navigateur.',
    checking: 'vérification…',
    checkingDetail: 'La réponse s’est perdue. Elle est recherchée ; rien n’est envoyé deux fois.',
    waitingForApproval: 'attend l’approbation',
    waitingFor: (names) => `En attente de : ${names}.`,
    waitingForSomebody: 'En attente d’un approbateur.',
    lapses: (time) => `Expire ${at(time)}.`,
    provisioning: 'mise en place…',
    provisioningDetail: 'Accepté. Le rôle est en cours d’attribution.',
    scheduled: 'planifié',
    scheduledFor: (time) => `Commence ${at(time)}.`,
    scheduledForLong: (time, length) => `${first(from(time))} pour ${length}`,
    scheduledDetail: 'Commence plus tard.',
    deactivating: 'fin en cours…',
    deactivatingDetail: 'Le rôle est en cours de retrait.',
    failed: 'échec',
    denied: 'refusé',
    cancelled: 'annulé',
  },

  names: {
    and: (first, last) => or([first, last]),
    both: (all) => and(all),
    any: (all, others) => or(others > 0 ? [...all, plural(others, 'autre', 'autres')] : all),
    andMore: (first, count) => or([first, plural(count, 'autre', 'autres')]),
  },

  filter: {
    label: 'Rechercher un rôle',
    placeholder: 'Rechercher un rôle',
    clear: 'Effacer le filtre',
    found: (count) => (count === 0 ? 'Aucun rôle ne correspond' : plural(count, 'rôle', 'rôles')),
  },

  eligible: {
    label: 'Rôles que vous pouvez activer',
    favourite: (name) => `Favori : ${name}`,
    favouriteTitle: 'Ajouter aux favoris',
    unfavouriteTitle: 'Retirer des favoris',
    activate: 'Activer',
    activateForm: 'Activer…',
    request: 'Demander',
    requestForm: 'Demander…',
    renewForm: 'Redemander…',
    renewAsked: 'Demandé',
    activeNow: 'Actif',
    onItsWay: 'En attente',
    sendsSoon: 'Envoi…',
    oneClick: (time, reason) =>
      reason === '' ? `Active pour ${time}` : `Active pour ${time}, justification « ${reason} »`,
    oneClickHint: 'Maj+clic pour le formulaire',
    opensForm: 'Ouvre le formulaire',
    opensRenewal: 'L’éligibilité a pris fin : un administrateur peut la renouveler sur demande',
    givesLabel: (name) => `${name} : ce qu’il donne`,
    verbLabel: (verb, name) => `${verb} ${name}`,
    words: {
      kinds: { group: 'groupe', azureResource: 'Azure' },
      reason: 'justification',
      mfa: 'MFA',
      stepUp: 'connexion forte',
      ticket: 'ticket',
      approval: 'approbation',
      max: (time) => `max. ${time}`,
      unknown: 'stratégie inconnue',
      group: 'par groupe',
      gives: 'ce qu’il donne',
      default: (time) => `${time} par défaut`,
      rules: 'a des règles que Pimento ne connaît pas',
      detailsGive: 'ses détails disent ce qu’il donne',
      until: (day) => `se termine ${onDay(day)}`,
      ended: (day) => `terminé ${onDay(day)}`,
    },
  },

  selection: {
    label: 'Sélection',
    count: (count) => plural(count, 'sélectionné', 'sélectionnés'),
    clear: 'Effacer la sélection',
    activate: 'Tout activer…',
    bundle: 'Lot…',
    saveBundle: 'Enregistrer comme lot',
    select: (name) => `Sélectionner ${name}`,
  },

  undo: {
    text: (name, time) => `Activation en cours : ${name}, ${time}`,
    reason: (reason) => `« ${reason} »`,
    button: 'Annuler',
  },

  empty: {
    none: 'Aucun rôle éligible',
    allActive: 'Plus rien à activer',
    allActiveDetail: 'Tous vos rôles éligibles sont actifs ou en voie de l’être.',
    noneDetail: 'Ce compte n’a aucun rôle qu’il puisse activer. Les rôles s’attribuent dans Microsoft Entra PIM.',
    noMatch: (typed) => `Aucun rôle ne correspond à « ${typed} »`,
    noMatchDetail: 'Le filtre porte sur les noms et les étendues des rôles.',
    clear: 'Effacer le filtre',
  },

  footer: {
    asOf: (time) => `État ${asOf(time)}`,
    loading: 'Actualisation…',
    loadingFirst: 'Lecture de vos rôles…',
    offline: 'Hors connexion',
    offlineAsOf: (time) => `Hors connexion · état ${asOf(time)}`,
    failedAsOf: (time) => `Pas actualisé depuis ${onDay(time)}`,
    failed: 'La liste n’a pas pu être lue',
    paused: (time) => `Nouvelle lecture ${at(time)} : le service demande une pause`,
    refresh: 'Actualiser',
  },

  problem: {
    code: 'Code',
    correlationId: 'ID de corrélation',
    detail: 'Message du service',
    signIn: 'Se reconnecter',
    edit: 'Modifier et réessayer',
    retry: 'Réessayer',
    retryIn: (left) => `Réessayer dans ${left}`,
    refresh: 'Actualiser',
    askAdmin: 'Copier la demande à l’admin',
    copyDetails: 'Copier les détails',
    dismiss: (name) => `Masquer le problème avec ${name}`,
  },

  notice: {
    info: 'Information',
    warning: 'Avertissement',
    dismiss: 'Masquer cet avis',
  },

  loading: {
    session: 'Démarrage',
  },

  announce: {
    left: (name, left) => `${name} : il reste ${left}`,
    ended: (name) => `${name} a pris fin`,
    active: (name, time) => `${name} est actif ${until(time)}`,
    activePlain: (name) => `${name} est actif`,
    waiting: (name) => `${name} attend l’approbation`,
    scheduled: (name, start) => `${name} est planifié ${from(start)}`,
    stepUp: (name) => `${name} : à confirmer dans le navigateur`,
    failed: (name, message) => `${name} : ${message}`,
    undoable: (name, length) => `Activation de ${length} pour ${name}. Annulation possible pendant cinq secondes.`,
  },
};
