// What the forms say, in German: to activate, to renew, to extend, bundles.

import { at, first, inWords, onDay, plural, stopped } from './count';

const gapOf = (seconds: number) =>
  seconds < 90
    ? `Eine Lücke von etwa ${seconds}\u00A0s ohne die Rolle.`
    : `Eine Lücke von etwa ${Math.round(seconds / 60)}\u00A0min ohne die Rolle.`;

export const forms = {
  start: {
    label: 'Beginn',
    now: 'Jetzt',
    later: 'Später',
    day: 'Tag',
    time: 'Uhrzeit',
    placeholder: '18:00',
    zone: (zone: string) => `Ihre Zeit: ${zone}`,
    weekday: (at: number) =>
      new Intl.DateTimeFormat('de-DE', { weekday: 'long', day: 'numeric', month: 'short' }).format(at),
    notATime: 'Eine Uhrzeit hat die Form 18:00.',
    past: 'Diese Zeit ist vorbei.',
    schedule: 'Planen',
  },

  extension: {
    title: 'Verlängerung anfordern',
    titleRenew: 'Erneuerung anfordern',
    eligible: (day: string) => stopped(`Ihre Berechtigung ${day}`),
    assigned: (day: string) => stopped(`Ihre Zuweisung ${day}`),
    ends: (day: string) => `endet ${onDay(day)}`,
    ended: (day: string) => `endete ${onDay(day)}`,
    ask: 'Verlängerung anfordern',
    askRenew: 'Erneuerung anfordern',
    requesting: 'Wird angefordert…',
    signingIn:
      'Melden Sie sich in Ihrem Browser an: Diese Anforderung braucht eine Zustimmung oder eine stärkere Anmeldung.',
    cancel: 'Nicht länger warten',
    requested: 'Angefordert: Ein Administrator entscheidet.',
    next: 'Ein Administrator entscheidet. Sie können die Rolle bis zu ihrem Ende weiter nutzen.',
    nextRenew: 'Ein Administrator entscheidet. Nach der Erneuerung können Sie die Rolle wieder aktivieren.',
    submit: 'Anfordern',
    reason: 'Wofür Sie die Rolle weiterhin brauchen',
    again: 'Erneut anfordern',
  },

  scope: {
    label: 'Bereich',
    path: (names: readonly string[]) => names.join(' › '),
    below: ' › ',
    omitted: '…',
    narrow: 'Engeren Bereich auswählen',
    close: 'Bereiche schließen',
    tree: (name: string) => `Bereiche von ${name}`,
    whole: 'gesamter berechtigter Bereich',
    what: (name: string, what: string) => `${name}, ${what}`,
    loading: 'Was darunter liegt, wird gelesen…',
    asking:
      'Was die Rolle in diesem Bereich verlangt, wird gelesen. Bis dahin steht hier, was sie im gesamten Bereich verlangt.',
  },

  bundles: {
    title: 'Bündel',
    label: 'Bündel',
    all: 'Alle Bündel',
    run: (name: string) => `${name} aktivieren`,
    form: (name: string) => `${name} aktivieren…`,
    engaged: (name: string) => `${name} ist aktiv`,
    none: (name: string) => `${name}: Sie sind für keine Rolle darin berechtigt`,
    chipTitle: (roles: string, reason: string) => (reason === '' ? roles : `${roles}\nBegründung „${reason}“`),
    roles: (count: number) => plural(count, 'Rolle', 'Rollen'),
    summary: (roles: string, reason: string) => (reason === '' ? roles : `${roles} · „${reason}“`),
    active: 'aktiv',
    noneYours: 'keine Ihrer Rollen',
    notEligible: 'nicht berechtigt, ausgelassen',
    managed: 'Von Ihrer Organisation',
    managedDetail: 'Von Ihrer Organisation veröffentlicht: Sie können es ausführen, aber nicht ändern.',
    empty: 'Noch keine Bündel',
    emptyDetail:
      'Ein Bündel sind mehrere Rollen, die Sie mit einem Klick zusammen aktivieren. Wählen Sie in der Liste Rollen aus, dann „Bündel…“.',
    new: 'Neu…',
    import: 'Importieren…',
    export: 'Exportieren',
    exportOne: 'Exportieren',
    edit: 'Bearbeiten',
    delete: 'Löschen',
    deleteAsk: (name: string) => `„${name}“ löschen?`,
    keep: 'Behalten',
    activate: 'Aktivieren',
    nothing: 'Nichts zu aktivieren',
    titleNew: 'Neues Bündel',
    titleEdit: 'Bündel bearbeiten',
    name: 'Name',
    namePlaceholder: 'z.\u00A0B. Bereitschaft',
    reason: 'Begründung',
    reasonHint: '{date} wird zum Tag, an dem es ausgeführt wird.',
    reasonPlaceholder: 'z.\u00A0B. Bereitschaft, {date}',
    rolesHeading: 'Rollen',
    minutesOf: (name: string) => `Wie lange ${name} aktiv sein soll`,
    remove: (name: string) => `${name} entfernen`,
    add: 'Rolle hinzufügen',
    addChoose: 'Rolle auswählen…',
    save: 'Speichern',
    tooLarge: 'Die Datei ist größer als ein Mebibyte.',
    errors: {
      name: 'Ein Bündel braucht einen Namen.',
      roles: 'Ein Bündel braucht eine Rolle.',
    },
  },

  enter: {
    title: 'Rolle mit Namen eingeben',
    lead: (kind: string) =>
      `${kind} konnten nicht aufgelistet werden. Eine Rolle, die Sie kennen, lässt sich trotzdem anfordern.`,
    role: 'Rolle',
    group: 'Gruppe',
    rolePlaceholder: 'Name oder ID',
    scope: 'Bereich',
    scopeHint: 'Leer: das gesamte Verzeichnis',
    scopeHintAzure: 'Die ID eines Abonnements, einer Ressourcengruppe oder einer Ressource',
    scopePlaceholder: '/subscriptions/…',
    submit: 'Auf die Liste setzen',
    error: 'Ein Name oder eine ID fehlt.',
    errorScope: 'Azure-Rollen brauchen einen Bereich.',
    entered: 'Sie haben diese Rolle mit ihrem Namen auf die Liste gesetzt.',
    forget: 'Von der Liste nehmen',
  },

  several: {
    title: (count: number) => `${plural(count, 'Rolle', 'Rollen')} aktivieren`,
    roles: 'Rollen',
    asks: 'Was verlangt wird',
    capped: (max: string) => `höchstens ${max}`,
    mfa: (roles: number, all: number) =>
      all === 1
        ? 'MFA in Ihrem Browser'
        : roles === all
          ? `Einmal MFA für alle ${inWords(all)}`
          : `Einmal MFA für ${roles} davon`,
    mfaToo: (roles: number) => `MFA für ${roles} weitere davon`,
    context: (context: string, roles: number, all: number) =>
      all === 1
        ? `Eine stärkere Anmeldung (${context})`
        : roles === all
          ? `Eine stärkere Anmeldung (${context}) für alle ${inWords(all)}`
          : `Eine stärkere Anmeldung (${context}) für ${roles} davon`,
    ticket: (roles: number, all: number) => (roles === all ? 'Ein Ticket' : `Ein Ticket, für ${roles} davon`),
    approval: (roles: number, all: number) =>
      all === 1
        ? 'Eine Genehmigung'
        : roles === all
          ? 'Eine Genehmigung für jede'
          : `Eine Genehmigung für ${roles} davon`,
    unknownPolicy: (roles: number, all: number) =>
      all === 1
        ? 'Eine Richtlinie, die nicht gelesen werden konnte'
        : `Richtlinien, die nicht gelesen werden konnten: ${roles} von ${all}`,
    unknownRules: (rules: string) => `Regeln, die Pimento nicht kennt: ${rules}`,
    submit: 'Alle aktivieren',
  },

  form: {
    activate: 'Aktivieren',
    request: 'Anfordern',
    duration: 'Dauer',
    durationMax: (time: string) => `max. ${time}`,
    until: (time: string) => `bis ${time}`,
    onceApproved: 'nach Genehmigung',
    reason: 'Begründung',
    reasonOptional: 'Begründung (optional)',
    reasonPlaceholder: 'Wofür Sie die Rolle brauchen',
    recents: 'Letzte Begründungen',
    ticket: 'Ticketnummer',
    ticketSystem: 'Ticketsystem',
    ticketPlaceholder: 'z.\u00A0B. INC-4711',
    ticketSystemPlaceholder: 'z.\u00A0B. ServiceNow',
    whole: 'Gesamtes Verzeichnis',
    kinds: {
      group: 'Gruppe',
      azureResource: 'Azure-Ressource',
    },
    through: 'Berechtigt über eine Gruppe.',
    details: 'Details',
    detailsLabel: (name: string) => `Details von ${name}`,
    submitActivate: 'Aktivieren',
    submitRequest: 'Anfordern',
    errors: {
      reason: 'Die Richtlinie der Rolle verlangt eine Begründung.',
      ticket: 'Die Richtlinie der Rolle verlangt eine Ticketnummer.',
    },
  },

  // Each a sentence of its own: after "then" German would turn the words round.
  next: {
    mfa: 'Der Browser fordert Sie zur MFA auf. ',
    context: (context: string) => `Der Browser fordert Sie zu einer stärkeren Anmeldung auf (${context}). `,
    active: (time: string, until: string) => `Danach ist die Rolle ${time} lang aktiv, bis ${until}.`,
    scheduled: (from: string, time: string, until: string) =>
      `Die Rolle ist ${time} lang aktiv, ab ${from} bis ${until}.`,
    decides: (who: string, days: number | null) =>
      days === null
        ? `Entscheidung durch ${who}`
        : `Entscheidung durch ${who}, innerhalb von ${plural(days, 'Tag', 'Tagen')}`,
    approval: (decides: string, time: string) => `${decides}. Nach der Genehmigung ist die Rolle ${time} lang aktiv.`,
    approvalAfter: (decides: string, time: string) =>
      `${decides}. Nach der Genehmigung ist die Rolle ${time} lang aktiv.`,
    approver: 'eine genehmigende Person',
    unknownPolicy: 'Die Richtlinie der Rolle konnte nicht gelesen werden: Der Dienst verlangt vielleicht mehr.',
    unknownRules: (rules: string) => `Die Richtlinie hat Regeln, die Pimento nicht kennt: ${rules}.`,
  },

  renew: {
    title: 'Erneuern',
    until: (until: string, left: string) => `Aktiv bis ${until}, noch ${left}`,
    why: 'PIM lehnt eine zweite Aktivierung ab, solange die erste läuft. Was stattdessen geht:',
    whyAhead: 'Was möglich ist:',
    arm: (time: string) => `${first(at(time))} erneuern`,
    armed: (time: string) => `Wird ${at(time)} erneuert`,
    disarm: 'Nicht mehr erneuern',
    armDetail: (time: string) => `Wird von selbst gesendet: ${time}, gleiche Begründung.`,
    armDetailPlain: 'Wird von selbst gesendet, mit der gleichen Begründung.',
    armGap: 'Lücke: einige Sekunden bis zu einer Minute ohne die Rolle.',
    armNeeds: 'Pimento muss innerhalb von 30 Minuten danach laufen und online sein.',
    notAfter: (time: string) =>
      `Nach ${time} erneuert sich laut Ihren Einstellungen nichts von selbst, auch diese nicht.`,
    gap: (seconds: number) => (seconds === 0 ? 'Keine Lücke: Der Dienst nimmt es vorher an.' : gapOf(seconds)),
    stepUp: 'Ihr Browser öffnet sich jetzt, damit dann nichts mehr zu bestätigen ist.',
    aheadDetail: (time: string) => `Wird kurz vorher gesendet: ${time}, gleiche Begründung.`,
    notEligible: 'Nicht möglich: Sie sind für diese Rolle nicht mehr berechtigt.',
    earlyTitle: (time: string) => `Frühzeitig anfordern, ab ${time}`,
    earlyDetail:
      'Jede Aktivierung muss jemand genehmigen, daher kann sie sich nicht von selbst erneuern. Jetzt angefordert, kann sie vor dem Ende genehmigt sein.',
    earlyGap: 'Keine Lücke, wenn rechtzeitig genehmigt wird.',
    early: 'Frühzeitig anfordern',
    notEarly:
      'Nicht möglich: Jede Aktivierung muss jemand genehmigen, und der Dienst nimmt keine an, solange diese läuft.',
    next: (time: string, where: string) => `Die nächste, ab ${time}: ${where}`,
    nextWaits: (who: string) => `Wartet auf ${who}.`,
    takeBack: 'Anforderung zurückziehen',
    approvalGap: 'Lücke: ohne die Rolle, bis jemand genehmigt.',
    proofGap: 'Lücke: ohne die Rolle, bis Sie im Browser bestätigt haben.',
    notArmable: 'Hier nicht möglich: Die Richtlinie verlangt jedes Mal mehr als eine Begründung.',
    restartTitle: 'Beenden und jetzt neu aktivieren',
    restartDetail: 'Beendet diese Aktivierung und sendet sofort eine neue.',
    restartGap: (seconds: number) => gapOf(Math.max(1, seconds)),
    restartGapPlain: 'Lücke: einige Sekunden bis zu einer Minute ohne die Rolle.',
    restartRisk: 'Wird die neue abgelehnt, bleibt die Rolle beendet.',
    restart: 'Beenden und aktivieren',
    confirm: 'Ich weiß, dass ich ohne die Rolle bin, bis jemand genehmigt.',
    locked: (time: string, left: string) => `Möglich ab ${time} (in ${left}), fünf Minuten nach dem Beginn.`,
  },
};
