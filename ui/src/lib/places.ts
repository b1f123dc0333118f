// Where a role is: the scope that it is assigned at, below those above it. Pure.

import type { Kind } from '../generated/Kind';
import { m } from './messages';
import { inert } from './text';

/** What is known of the place of a role. */
export interface Placed {
  id: string;
  scope: string | null;
  scopePath: readonly string[];
}

/** A place in a line that has little room. */
export interface Place {
  /** What it lies below; empty where it stands alone. */
  above: string;
  /** The scope's own name. */
  own: string;
  /** Another role is the same but for what lies above: that must be seen, the scope's own name may be cut. */
  twin: boolean;
}

/** The whole path: "Contoso › Production › rg-erp-prod"; empty for the whole directory. */
export function wholePath({ scope, scopePath }: Pick<Placed, 'scope' | 'scopePath'>): string {
  return scope === null ? '' : m.scope.path([...scopePath, scope].map(inert));
}

/** A role's place in a line: below the nearest scope above it, unless that tells it from no other. */
export function placeOf(row: Placed, apart: ReadonlyMap<string, string>): Place {
  const above = apart.get(row.id);
  return { above: above ?? inert(row.scopePath.at(-1) ?? ''), own: inert(row.scope ?? ''), twin: above !== undefined };
}

/**
 * What has to be said of the scopes above, by the id of the role, where several have the same name at scopes of the same
 * name: as little as tells each from the others.
 */
export function tellApart(rows: readonly (Placed & { kind: Kind; name: string })[]): ReadonlyMap<string, string> {
  // An active role is eligible as well: it is the same one.
  const groups = new Map<string, Map<string, readonly string[]>>();
  for (const { id, kind, name, scope, scopePath } of rows) {
    if (scopePath.length === 0) continue;
    const key = [kind, name, scope].join('\0');
    const group = groups.get(key) ?? new Map<string, readonly string[]>();
    groups.set(key, group.set(id, scopePath));
  }
  const said = new Map<string, string>();
  for (const group of groups.values()) if (group.size > 1) tellGroup(group, said);
  return said;
}

function tellGroup(group: ReadonlyMap<string, readonly string[]>, said: Map<string, string>): void {
  const paths = [...group.values()];
  const deepest = Math.max(...paths.map((path) => path.length));
  let open = [...group.entries()];
  for (let depth = 1; depth <= deepest && open.length > 0; depth += 1) {
    const tail = (path: readonly string[]) => path.slice(-depth).join('\0');
    const count = new Map<string, number>();
    for (const path of paths) count.set(tail(path), (count.get(tail(path)) ?? 0) + 1);
    const begins = commonStart(paths.map((path) => path.at(-depth) ?? ''));
    open = open.filter(([id, path]) => {
      if (count.get(tail(path)) !== 1) return true;
      said.set(id, outline(path, depth, begins, paths));
      return false;
    });
  }
}

/** The nearest `depth` names, without those that all have in common. */
function outline(
  path: readonly string[],
  depth: number,
  begins: number,
  paths: readonly (readonly string[])[],
): string {
  const names: string[] = [];
  for (let at = Math.min(depth, path.length); at >= 1; at -= 1) {
    const name = path.at(-at) ?? '';
    const differs = paths.some((other) => other.at(-at) !== name);
    if (!differs) {
      if (names.at(-1) !== m.scope.omitted) names.push(m.scope.omitted);
    } else names.push(at === depth && begins > 0 ? m.scope.omitted + inert(name.slice(begins)) : inert(name));
  }
  // Nothing but a path that goes on tells it from the others: the nearest name says as much as any.
  return names.every((name) => name === m.scope.omitted) ? inert(path.at(-1) ?? '') : m.scope.path(names);
}

const LONG = 8;

/** How much of the beginning of long names is the same in all, in whole words: the difference would be cut off. */
function commonStart(names: readonly string[]): number {
  const [first = ''] = names;
  let length = 0;
  while (length < first.length && names.every((name) => name[length] === first[length])) length += 1;
  const word = first.slice(0, length).search(/[^\s\-_.]*$/);
  return word < LONG || names.some((name) => name.length === word) ? 0 : word;
}
