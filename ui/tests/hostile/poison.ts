// A view, or an answer, in which every text that somebody else wrote is another one.

import type { Payload } from './payloads';

/** Words of our own, which are part of the contract and not text; and the keys by which rows are found. */
const OURS: ReadonlySet<string> = new Set([
  ...['kind', 'id', 'status', 'severity', 'effect', 'way', 'refused', 'action', 'outcome', 'account', 'role'],
]);

const INSTANT = /^\d{4}-\d\d-\d\dT/;

/** Which texts were put where so far. */
export interface Placed {
  /** How many places were filled. */
  next: number;
  /** The numbers of the payloads that stood in each field. */
  fields: Map<string, Set<number>>;
}

/** What is shown, with the next payloads in all its texts; `words` are fields that have words of our own besides. */
export function poisoned<Shown>(
  shown: Shown,
  payloads: readonly Payload[],
  placed: Placed,
  words: ReadonlySet<string> = new Set(),
): Shown {
  const change = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => change(each, key));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, change(each, name)]));
    }
    if (typeof value !== 'string' || OURS.has(key) || words.has(key) || INSTANT.test(value)) return value;
    const payload = payloads[placed.next++ % payloads.length]!;
    const numbers = placed.fields.get(key) ?? new Set();
    placed.fields.set(key, numbers.add(payload.number));
    return payload.text;
  };
  return change(shown, '') as Shown;
}
