// Every text that the window shows, in German. Plain, "Sie"; the terms of PIM as Microsoft translates them.

import type { Messages } from '../shape';
import { and, at, onDay, or, plural } from './count';
import { forms } from './forms';
import { pages } from './pages';
import { reasons } from './reasons';
import { settings } from './settings';
import { timeline } from './timeline';
import { updates } from './updates';

export const de: Messages = {
  ...forms,
  ...pages,
  ...reasons,
  ...settings,
  ...timeline,
  ...updates,

  locale: 'de-DE',
  direction: 'ltr',
  appName: 'Pimento',
  lost: 'Der Hintergrundprozess von Pimento antwortet nicht. Beenden Sie Pimento und starten Sie es neu.',

  time: {
    minutes: (minutes) => `${minutes}\u00A0min`,
    hours: (hours) => `${hours}\u00A0h`,
    hoursMinutes: (hours, minutes) => `${hours}\u00A0h\u00A0${String(minutes).padStart(2, '0')}`,
    seconds: (seconds) => `${seconds}\u00A0s`,
    ended: 'beendet',
    underAMinute: 'unter einer Minute',
    spoken: (hours, minutes) =>
      [hours > 0 ? plural(hours, 'Stunde', 'Stunden') : '', minutes > 0 ? plural(minutes, 'Minute', 'Minuten') : '']
        .filter(Boolean)
        .join(' '),
    tomorrow: (time) => `morgen ${time}`,
    yesterday: (time) => `gestern ${time}`,
    onWeekday: (day, time) => `${day} ${time}`,
    today: 'heute',
    tomorrowPlain: 'morgen',
    yesterdayPlain: 'gestern',
    onDate: (date, time) => `${date}, ${time}`,
  },

  common: {
    back: 'Zurück',
    cancel: 'Abbrechen',
    dismiss: 'Ausblenden',
    copy: 'Kopieren',
    copied: 'Kopiert',
    details: 'Details',
    save: 'Speichern',
    comma: ', ',
    stop: '.',
  },

  header: {
    menu: 'Menü',
    demo: 'Demo',
    account: (name, tenant) => `Angemeldet als ${name}, ${tenant}. Konten`,
  },

  menu: {
    refresh: 'Aktualisieren',
    accounts: 'Konten',
    bundles: 'Bündel',
    history: 'Verlauf',
    sources: 'Woher die Rollen kommen',
    showAzure: 'Azure-Ressourcen anzeigen…',
    settings: 'Einstellungen',
    shortcuts: 'Tastenkombinationen',
    about: 'Über Pimento',
    signOut: 'Abmelden',
    remembered: 'Anmeldung im Schlüsselbund des Systems',
    notRemembered: 'Anmeldung im Speicher, bis Sie Pimento beenden',
  },

  active: {
    heading: 'Aktiv',
    headingRequested: 'Angefordert',
    headingBoth: 'Aktiv und angefordert',
    until: (time) => `bis ${time}`,
    standing: 'dauerhaft',
    standingUntil: (time) => `zugewiesen bis ${time}`,
    throughGroup: 'über eine Gruppe',
    throughGroupUntil: (time) => `über eine Gruppe, bis ${time}`,
    leftLabel: (left) => `noch ${left}`,
    renew: (name) => `${name} erneuern`,
    renewTitle: 'Erneuern',
    armedAt: (time) => at(time),
    armedLabel: (name, time) => `${name} wird ${at(time)} erneuert. Ändern`,
    armedTitle: (time) => `Wird ${at(time)} von selbst erneuert`,
    notAfter: (time) => `nicht nach ${time}`,
    notAfterLabel: (name, time) => `${name}, nicht nach ${time}: dann wird nichts mehr von selbst erneuert. Ändern`,
    deactivate: (name) => `${name} deaktivieren`,
    deactivateTitle: 'Deaktivieren',
    lockedLabel: (name, time, left) => `${name} deaktivieren: möglich ab ${time}, in ${left}`,
    lockedTitle: (time) => `PIM lässt eine Rolle frühestens fünf Minuten nach ihrem Beginn enden: ab ${time}`,
    cancelRequest: 'Abbrechen',
    cancelRequestLabel: (name) => `Anforderung für ${name} abbrechen`,
    more: (name) => `${name}: mehr`,
    notWorking: 'Geht noch nicht?',
    notWorkingLabel: (name) => `${name}: Geht noch nicht? Was hilft`,
    extend: 'Verlängern…',
    extendLabel: (name) => `${name}: Verlängern…`,
  },

  state: {
    requesting: 'wird angefordert…',
    requestingDetail: 'Die Anforderung ist gesendet, eine Antwort steht aus.',
    steppingUp: 'im Browser bestätigen',
    steppingUpDetail: 'Eine stärkere Anmeldung ist nötig. Sie wartet in Ihrem Browser.',
    checking: 'wird geprüft…',
    checkingDetail: 'Die Antwort ging verloren. Sie wird nachgeschlagen; nichts wird zweimal gesendet.',
    waitingForApproval: 'wartet auf Genehmigung',
    waitingFor: (names) => `Wartet auf ${names}.`,
    waitingForSomebody: 'Wartet auf eine genehmigende Person.',
    lapses: (time) => `Verfällt ${at(time)}.`,
    provisioning: 'wird eingerichtet…',
    provisioningDetail: 'Angenommen. Die Rolle wird zugewiesen.',
    scheduled: 'geplant',
    scheduledFor: (time) => `Beginnt ${at(time)}.`,
    scheduledForLong: (time, length) => `Ab ${time} für ${length}`,
    scheduledDetail: 'Beginnt später.',
    deactivating: 'wird beendet…',
    deactivatingDetail: 'Die Rolle wird zurückgenommen.',
    failed: 'fehlgeschlagen',
    denied: 'abgelehnt',
    cancelled: 'abgebrochen',
  },

  names: {
    and: (first, last) => or([first, last]),
    both: (all) => and(all),
    any: (all, others) => or(others > 0 ? [...all, plural(others, 'weitere Person', 'weitere')] : all),
    andMore: (first, count) => or([first, plural(count, 'weitere Person', 'weitere')]),
  },

  filter: {
    label: 'Rolle suchen',
    placeholder: 'Rolle suchen',
    clear: 'Filter löschen',
    found: (count) => (count === 0 ? 'Keine Rolle passt' : plural(count, 'Rolle', 'Rollen')),
  },

  eligible: {
    label: 'Rollen, die Sie aktivieren können',
    favourite: (name) => `Favorit: ${name}`,
    favouriteTitle: 'Zu den Favoriten hinzufügen',
    unfavouriteTitle: 'Aus den Favoriten entfernen',
    activate: 'Aktivieren',
    activateForm: 'Aktivieren…',
    request: 'Anfordern',
    requestForm: 'Anfordern…',
    renewForm: 'Neu anfragen…',
    renewAsked: 'Angefordert',
    activeNow: 'Aktiv',
    onItsWay: 'Ausstehend',
    sendsSoon: 'Sendet…',
    oneClick: (time, reason) =>
      reason === '' ? `Aktiviert für ${time}` : `Aktiviert für ${time}, Begründung „${reason}“`,
    oneClickHint: 'Umschalt+Klick öffnet das Formular',
    opensForm: 'Öffnet das Formular',
    opensRenewal: 'Die Berechtigung ist abgelaufen: Ein Administrator kann sie auf Anfrage erneuern',
    givesLabel: (name) => `${name}: was sie gibt`,
    verbLabel: (verb, name) => `${name}: ${verb}`,
    words: {
      kinds: { group: 'Gruppe', azureResource: 'Azure' },
      reason: 'Begründung',
      mfa: 'MFA',
      stepUp: 'Step-up',
      ticket: 'Ticket',
      approval: 'Genehmigung',
      max: (time) => `max. ${time}`,
      unknown: 'Richtlinie unbekannt',
      group: 'über Gruppe',
      gives: 'was sie gibt',
      default: (time) => `standardmäßig ${time}`,
      rules: 'hat Regeln, die Pimento nicht kennt',
      detailsGive: 'was sie gibt, steht in ihren Details',
      until: (day) => `endet ${onDay(day)}`,
      ended: (day) => `endete ${onDay(day)}`,
    },
  },

  selection: {
    label: 'Auswahl',
    count: (count) => `${count} ausgewählt`,
    clear: 'Auswahl aufheben',
    activate: 'Aktivieren…',
    bundle: 'Bündel…',
    saveBundle: 'Als Bündel speichern',
    select: (name) => `${name} auswählen`,
  },

  undo: {
    text: (name, time) => `Wird aktiviert: ${name}, ${time}`,
    reason: (reason) => `„${reason}“`,
    button: 'Rückgängig',
  },

  empty: {
    none: 'Keine berechtigten Zuweisungen',
    allActive: 'Nichts mehr zu aktivieren',
    allActiveDetail: 'Alle Rollen, für die Sie berechtigt sind, sind aktiv oder auf dem Weg dahin.',
    noneDetail:
      'Dieses Konto hat keine Rolle, die es aktivieren kann. Rollen werden in Microsoft Entra PIM zugewiesen.',
    noMatch: (typed) => `Keine Rolle passt zu „${typed}“`,
    noMatchDetail: 'Der Filter durchsucht die Namen und Bereiche der Rollen.',
    clear: 'Filter löschen',
  },

  footer: {
    asOf: (time) => `Stand ${time}`,
    loading: 'Wird aktualisiert…',
    loadingFirst: 'Ihre Rollen werden gelesen…',
    offline: 'Offline',
    offlineAsOf: (time) => `Offline · Stand ${time}`,
    failedAsOf: (time) => `Nicht aktualisiert seit ${time}`,
    failed: 'Die Liste konnte nicht gelesen werden',
    paused: (time) => `Wird ${at(time)} wieder gelesen: Der Dienst verlangt eine Pause`,
    refresh: 'Aktualisieren',
  },

  problem: {
    code: 'Code',
    correlationId: 'Korrelations-ID',
    detail: 'Wortlaut des Dienstes',
    signIn: 'Erneut anmelden',
    edit: 'Bearbeiten und wiederholen',
    retry: 'Wiederholen',
    retryIn: (left) => `Wiederholen in ${left}`,
    refresh: 'Aktualisieren',
    askAdmin: 'Anfrage an den Admin kopieren',
    copyDetails: 'Details kopieren',
    dismiss: (name) => `Problem mit ${name} ausblenden`,
  },

  notice: {
    info: 'Information',
    warning: 'Warnung',
    dismiss: 'Diesen Hinweis ausblenden',
  },

  loading: {
    session: 'Wird gestartet',
  },

  announce: {
    left: (name, left) => `${name}: noch ${left}`,
    ended: (name) => `${name} ist beendet`,
    active: (name, until) => `${name} ist aktiv bis ${until}`,
    activePlain: (name) => `${name} ist aktiv`,
    waiting: (name) => `${name} wartet auf Genehmigung`,
    scheduled: (name, start) => `${name} ist geplant ab ${start}`,
    stepUp: (name) => `${name}: im Browser bestätigen`,
    failed: (name, message) => `${name}: ${message}`,
    undoable: (name, length) =>
      `${name} wird für ${length} aktiviert. Das lässt sich fünf Sekunden lang rückgängig machen.`,
  },
};
