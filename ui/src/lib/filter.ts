// Type to filter: every word typed must be found in the role's name, its scope or the scopes above it.

import { fold } from './text';

/** What the filter looks at. */
export interface Filterable {
  name: string;
  scope: string | null;
  scopePath?: readonly string[];
}

// Folding is the dear part. Rows are replaced with every view, their texts hardly ever change.
const folded = new Map<string, string>();
const KEPT = 20_000;

function foldOnce(text: string): string {
  let result = folded.get(text);
  if (result === undefined) {
    if (folded.size >= KEPT) folded.clear();
    result = fold(text);
    folded.set(text, result);
  }
  return result;
}

function haystack(row: Filterable): string {
  let text = foldOnce(row.name);
  if (row.scope !== null) text += ` ${foldOnce(row.scope)}`;
  for (const above of row.scopePath ?? []) text += ` ${foldOnce(above)}`;
  return text;
}

/** Folds ahead of the first letter, so that it is as quick as the next. */
export function prepare(rows: readonly Filterable[]): void {
  rows.forEach(haystack);
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
