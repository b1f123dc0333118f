// Texts of the Manage window's part about policies, in German.

import { plural } from './count';

export const policies = {
  policies: {
    none: 'Keine Rolle ist aufgelistet.',
    list: 'Rollen und Gruppen',
    compareFile: 'Mit einer Datei vergleichen…',
    fileTooLong: (most: number) =>
      `Die Datei ist größer als ${most} MiB. „pim policy diff DATEI“ auf der Befehlszeile nimmt größere.`,
    fileUnreadable: 'Die Datei konnte nicht gelesen werden.',
    export: (count: number) => (count < 2 ? 'Exportieren' : `${count} exportieren`),
    saved: (count: number, path: string) => `${plural(count, 'Richtlinie', 'Richtlinien')} geschrieben: ${path}.`,
    notSaved: 'Nicht darin:',

    groups: {
      activation: 'Aktivierung',
      eligible: 'Berechtigte Zuweisung',
      active: 'Aktive Zuweisung',
      mail: 'Benachrichtigungen',
      other: 'Weitere Regeln, die bleiben, wie sie sind',
    },
    rules: 'Regeln',
    change: 'Ändern…',
    copy: 'Auf andere übertragen…',
    changing: (name: string) => `${name} ändern`,
    copying: (name: string) => `Regeln von ${name} übertragen`,

    longest: 'Längste Aktivierung',
    justification: 'Verlangt eine Begründung',
    ticket: 'Verlangt ein Ticket',
    proof: 'Identitätsnachweis',
    proofs: {
      nothing: 'Nichts weiter',
      mfa: 'Multi-Faktor-Authentifizierung',
      context: 'Ein Authentifizierungskontext für bedingten Zugriff',
    },
    claim: 'Authentifizierungskontext',
    claimWrong: 'Einer von c1 bis c99.',
    approval: 'Verlangt eine Genehmigung',
    approvers: 'Genehmigende Personen',
    defaultApprovers:
      'Wenn Sie niemanden nennen, entscheiden Administratoren für privilegierte Rollen und globale Administratoren.',
    nameApprovers: 'Nennen Sie mindestens eine genehmigende Person: Hier entscheidet sonst niemand.',
    eligible: 'Längste Berechtigung',
    active: 'Längste aktive Zuweisung',
    forEver: 'Unbegrenzt, auch dauerhaft',
    days: (days: number) => plural(days, 'Tag', 'Tage'),
    activeJustification: 'Zuweisen verlangt eine Begründung',
    activeMfa: 'Zuweisen verlangt Multi-Faktor-Authentifizierung',
    mailDefaults: 'Standardempfänger',
    mailDefaultsOf: (mail: string) => `${mail}: Standardempfänger`,
    recipients: 'Weitere Adressen, durch Kommas getrennt',
    recipientsOf: (mail: string) => `${mail}: weitere Adressen`,
    addressWrong: (address: string) => `„${address}“ ist keine E-Mail-Adresse.`,
    unchanged: 'Noch ist nichts geändert.',
    review: 'Änderungen prüfen',

    copyTo: 'Auf welche Rollen',
    copyFilter: 'Rolle suchen',
    copyHint: (count: number) =>
      count === 0 ? 'Wählen Sie aus, wer dieselben Regeln haben soll.' : `${count} ausgewählt`,

    reviewing: 'Was anders sein wird',
    drift: (file: string) => `Verglichen mit ${file}`,
    applied: 'Was getan wurde',
    comparing: 'Die Richtlinien werden gelesen…',
    rule: 'Regel',
    now: 'Jetzt',
    then: 'Dann',
    noSuchRule: 'Eine solche Regel gibt es nicht, und keine lässt sich hinzufügen: Sie wird ausgelassen.',
    unlisted: (ids: string) => `Nicht unter Ihren Rollen; die Datei nennt sie (${ids}).`,
    same: 'Alles ist so, wie Sie es wollen.',
    noDrift: (count: number) =>
      count === 1 ? 'Die Richtlinie ist wie in der Datei.' : `Alle ${count} Richtlinien sind wie in der Datei.`,
    others: (count: number) =>
      count === 1 ? 'Eine weitere ist, wie sie sein soll.' : `${count} weitere sind, wie sie sein sollen.`,
    summary: (policies: number, rules: number) =>
      `${plural(rules, 'Regel', 'Regeln')} in ${plural(policies, 'Richtlinie', 'Richtlinien')}. Nichts wurde gesendet.`,
    applying: 'Wird angewendet… Wo eine Zustimmung fehlt, öffnet sich der Browser.',
    apply: (count: number) => (count < 2 ? 'Anwenden' : `Auf ${count} anwenden`),
    again: 'Neu prüfen',
  },
};
