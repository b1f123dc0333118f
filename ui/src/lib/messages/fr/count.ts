// Numbers, lists and times within French sentences.

const grouped = new Intl.NumberFormat('fr-FR');
const rules = new Intl.PluralRules('fr-FR');
const conjunction = new Intl.ListFormat('fr-FR', { type: 'conjunction' });
const disjunction = new Intl.ListFormat('fr-FR', { type: 'disjunction' });

/** A number with its noun: none and one in the singular, whole millions with "de". */
export function plural(count: number, one: string, other: string): string {
  const kind = rules.select(count);
  if (kind === 'many') return `${grouped.format(count)} ${/^[aeiouyhéèêà]/i.test(other) ? 'd’' : 'de '}${other}`;
  return `${grouped.format(count)} ${kind === 'one' ? one : other}`;
}

/** A number as a word, of roles. */
export const inWords = (count: number) =>
  ['aucun', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six'][count] ?? grouped.format(count);

export const and = (all: readonly string[]) => conjunction.format(all);
export const or = (all: readonly string[]) => disjunction.format(all);

const CLOCK = /^\d{1,2}\D{1,3}\d{2}$/;
const isDate = (time: string) => /^\d/.test(time) && !CLOCK.test(time);

/** When: "à 18:00", "le 4 déc. à 18:00"; "demain à 18:00" is said without more. */
export const at = (time: string) => (CLOCK.test(time) ? `à ${time}` : onDay(time));

/** On which day: "le 4 déc."; "demain" is said without more. */
export const onDay = (day: string) => (isDate(day) ? `le ${day}` : day);

/** "jusqu’à 18:00", "jusqu’au 4 déc. à 18:00". */
export const until = (time: string) => (isDate(time) ? `jusqu’au ${time}` : `jusqu’à ${time}`);

/** "dès 18:00", "dès le 4 déc. à 18:00". */
export const from = (time: string) => `dès ${onDay(time)}`;

/** "à 09:12", "d’hier à 09:12", "du 4 déc. à 09:12": what something is as of. */
export function asOf(time: string): string {
  if (CLOCK.test(time)) return `à ${time}`;
  if (isDate(time)) return `du ${time}`;
  return /^[aeiouh]/i.test(time) ? `d’${time}` : `de ${time}`;
}

/** As it stands at the beginning. */
export const first = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** With its full stop, which that of "4 déc." is already. */
export const stopped = (text: string) => (text.endsWith('.') ? text : `${text}.`);
