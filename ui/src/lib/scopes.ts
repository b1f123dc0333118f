// The tree of scopes below an eligible one, which comes as a list: each after its parent. Pure.

import type { ScopeNode } from '../generated/ScopeNode';

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
