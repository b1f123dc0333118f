// Numbers, lists and times in Spanish.

const grouped = new Intl.NumberFormat('es-ES');
const rules = new Intl.PluralRules('es-ES');

/** "1 rol", "3 roles"; from a million on with "de": "1.000.000 de roles". */
export function plural(count: number, one: string, other: string): string {
  const category = rules.select(count);
  const what = category === 'one' ? one : category === 'many' ? `de ${other}` : other;
  return `${grouped.format(count)} ${what}`;
}

export const inWords = (count: number) =>
  ['ninguno', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis'][count] ?? grouped.format(count);

const conjunction = new Intl.ListFormat('es-ES', { type: 'conjunction' });
const disjunction = new Intl.ListFormat('es-ES', { type: 'disjunction' });

export const and = (all: readonly string[]) => conjunction.format(all);
export const or = (all: readonly string[]) => disjunction.format(all);

const CLOCK = /^\d{1,2}[:.]\d{2}$/;
const RELATIVE = /^(hoy|mañana|ayer)(?!\p{L})/u;

/** What follows "hasta" or "desde": "las 17:30", "mañana a las 17:30", "el 4 dic". */
export function the(time: string): string {
  if (CLOCK.test(time)) return `${/^0?1[:.]/.test(time) ? 'la' : 'las'} ${time}`;
  return RELATIVE.test(time) ? time : `el ${time}`;
}

/** When: "a las 17:30", "mañana a las 17:30", "el 4 dic". */
export const at = (time: string) => (CLOCK.test(time) ? `a ${the(time)}` : the(time));

/** What the time belongs to: "de las 17:30", "de mañana", "del 4 dic". */
export const of = (time: string) => `de ${the(time)}`.replace(/^de el /, 'del ');
