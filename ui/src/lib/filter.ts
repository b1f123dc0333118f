// Type to filter: every word typed must be found in the role's name or scope.

import { fold } from './text';

/** What the filter looks at. */
export interface Filterable {
  name: string;
  scope: string | null;
}

// A row's folded text, kept as long as the row itself: rows are replaced with every view, never changed.
const folded = new WeakMap<Filterable, string>();

function haystack(row: Filterable): string {
  let text = folded.get(row);
  if (text === undefined) {
    text = row.scope === null ? fold(row.name) : `${fold(row.name)} ${fold(row.scope)}`;
    folded.set(row, text);
  }
  return text;
}

/** The rows that match, best first: name starts with it, a word starts with it, it occurs. Ties keep their order. */
export function filterRows<Row extends Filterable>(rows: readonly Row[], typed: string): readonly Row[] {
  const query = fold(typed).trim();
  if (query === '') return rows;
  const words = query.split(/\s+/);
  const starts: Row[] = [];
  const wordStarts: Row[] = [];
  const rest: Row[] = [];
  for (const row of rows) {
    const text = haystack(row);
    if (!words.every((word) => text.includes(word))) continue;
    if (text.startsWith(query)) starts.push(row);
    else if (words.every((word) => text.startsWith(word) || text.includes(` ${word}`))) wordStarts.push(row);
    else rest.push(row);
  }
  return [...starts, ...wordStarts, ...rest];
}
