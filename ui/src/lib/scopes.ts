// The tree of scopes below an eligible one, which comes as a list: each after its parent. Pure.

import type { EligibleRow } from '../generated/EligibleRow';
import type { RequirementsView } from '../generated/RequirementsView';
import type { RoleDetail } from '../generated/RoleDetail';
import type { ScopeNode } from '../generated/ScopeNode';
import { filterRows } from './filter';

/** The nodes to show, without what is below a folded one. */
export function visibleScopes(nodes: readonly ScopeNode[], folded: ReadonlySet<string>): ScopeNode[] {
  const shown: ScopeNode[] = [];
  let hiddenBelow: number | undefined;
  for (const node of nodes) {
    if (hiddenBelow !== undefined && node.depth > hiddenBelow) continue;
    hiddenBelow = folded.has(node.id) ? node.depth : undefined;
    shown.push(node);
  }
  return shown;
}

/** The nodes with what was read below one of them. */
export function unfoldedScopes(nodes: readonly ScopeNode[], id: string, below: readonly ScopeNode[]): ScopeNode[] {
  return nodes.flatMap((node) => {
    if (node.id !== id) return node;
    const known = new Set(nodes.map((each) => each.id));
    // A scope that lies below itself would never end.
    const fresh = below.filter((each) => !known.has(each.id));
    const depth = node.depth + 1;
    const parent = { ...node, loading: false, unfolded: true, foldable: below.length > 0 };
    return [parent, ...fresh.map((each) => ({ ...each, depth }))];
  });
}

/** The nodes whose names have these words, with what lies above and below them. */
export function narrowedScopes(nodes: readonly ScopeNode[], typed: string): readonly ScopeNode[] {
  if (typed.trim() === '') return nodes;
  const found = new Set(
    filterRows(
      nodes.map(({ id, name }) => ({ id, name, scope: null })),
      typed,
    ).map(({ id }) => id),
  );
  const shown = new Set<string>();
  const above: ScopeNode[] = [];
  for (const node of nodes) {
    while ((above.at(-1)?.depth ?? -1) >= node.depth) above.pop();
    if (found.has(node.id)) for (const each of [...above, node]) shown.add(each.id);
    else if (above.some((each) => found.has(each.id))) shown.add(node.id);
    above.push(node);
  }
  return nodes.filter((node) => shown.has(node.id));
}

/** The node above one of those shown; `undefined` for the root. */
export function parentScope(shown: readonly ScopeNode[], index: number): number | undefined {
  const depth = shown[index]?.depth ?? 0;
  for (let at = index - 1; at >= 0; at -= 1) if ((shown[at]?.depth ?? 0) < depth) return at;
  return undefined;
}

/** Something is, or may be, below it. */
export function opens(node: ScopeNode): boolean {
  return node.foldable || node.loading;
}

/** What a role asks for where it is to be active. `pending`: at the narrower scope that is not known yet. */
export interface Asks {
  requirements: RequirementsView;
  pending: boolean;
}

/** A narrower scope has a policy of its own, which has to be read first: until then that of the whole scope stands in. */
export function asksAt(
  row: Pick<EligibleRow, 'id' | 'requirements'>,
  scope: string | null,
  detail: RoleDetail | null | undefined,
): Asks {
  if (scope === null) return { requirements: row.requirements, pending: false };
  const picked = detail?.id === row.id && detail.picked?.scope === scope ? detail.picked : undefined;
  if (!picked || picked.loading) return { requirements: row.requirements, pending: true };
  return { requirements: picked.requirements, pending: false };
}
