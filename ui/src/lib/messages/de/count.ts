// Numbers, lists and times within German sentences.

const grouped = new Intl.NumberFormat('de-DE');
const rules = new Intl.PluralRules('de-DE');
const conjunction = new Intl.ListFormat('de-DE', { type: 'conjunction' });
const disjunction = new Intl.ListFormat('de-DE', { type: 'disjunction' });

/** A number with its noun: in the singular for one, in the plural for every other number. */
export const plural = (count: number, one: string, other: string) =>
  `${grouped.format(count)} ${rules.select(count) === 'one' ? one : other}`;

/** A number as a word, of roles. */
export const inWords = (count: number) =>
  ['keine', 'eine', 'zwei', 'drei', 'vier', 'fünf', 'sechs'][count] ?? grouped.format(count);

export const and = (all: readonly string[]) => conjunction.format(all);
export const or = (all: readonly string[]) => disjunction.format(all);

const CLOCK = /^\d{1,2}\D{1,3}\d{2}$/;

/** When: "um 18:00", "am 4. Dez., 18:00"; "morgen 18:00" and "Do 18:00" are said without more. */
export const at = (time: string) => (CLOCK.test(time) ? `um ${time}` : onDay(time));

/** On which day: "am 4. Dez."; "heute" is said without more. */
export const onDay = (day: string) => (/^\d/.test(day) ? `am ${day}` : day);

/** As it stands at the beginning. */
export const first = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** With its full stop, which that of "4. Dez." is already. */
export const stopped = (text: string) => (text.endsWith('.') ? text : `${text}.`);
