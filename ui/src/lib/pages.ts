// The pages of the window, and when one has lost what it is about. Pure.

import type { BundleEntry } from '../generated/BundleEntry';
import type { Kind } from '../generated/Kind';
import type { View } from '../generated/View';
import type { Part } from './settings';

/** How the history is shown. */
export type HistoryFace = 'list' | 'today' | 'week' | 'use';

/** What is shown below the header. */
export type Page =
  | { kind: 'list' }
  | { kind: 'form'; id: string }
  | { kind: 'renew'; id: string }
  | { kind: 'several' }
  | { kind: 'role'; id: string }
  | { kind: 'extend'; id: string; eligibility: boolean }
  | { kind: 'bundles' }
  | { kind: 'bundle'; name: string }
  | { kind: 'editBundle'; name: string | null; roles: BundleEntry[] }
  | { kind: 'accounts' }
  | { kind: 'addAccount' }
  | { kind: 'history'; face?: HistoryFace }
  | { kind: 'sources' }
  | { kind: 'enterRole'; source: Kind }
  | { kind: 'settings' }
  | { kind: 'setting'; part: Part }
  | { kind: 'beforeSignIn' }
  | { kind: 'shortcuts' }
  | { kind: 'diagnostics' }
  | { kind: 'about' }
  | { kind: 'licences' };

/** Pages that are there before anybody has signed in. */
export const ALWAYS: ReadonlySet<Page['kind']> = new Set(['shortcuts', 'diagnostics', 'about', 'licences']);

const RUNNING: ReadonlySet<string> = new Set(['active', 'deactivating']);

/** What a page is about is not there any more. */
export function vanished(page: Page, view: View, selected: readonly string[]): boolean {
  const active = (id: string) => view.active.some((row) => row.id === id);
  const eligible = (id: string) => view.eligible.some((row) => row.id === id);
  switch (page.kind) {
    case 'form':
      return !eligible(page.id);
    case 'several':
      return selected.length === 0;
    case 'renew':
      // Once what was armed is sent, there is no running one to choose about.
      return !view.active.some((row) => row.id === page.id && RUNNING.has(row.state.kind));
    case 'role':
      return !active(page.id) && !eligible(page.id);
    case 'extend':
      return !(page.eligibility ? eligible(page.id) : active(page.id));
    case 'beforeSignIn':
      return view.session.kind === 'signedIn';
    case 'bundle':
      return !view.bundles.some((bundle) => bundle.name === page.name);
    default:
      return false;
  }
}

/** Two are the same page, about the same. */
export function same(one: Page, other: Page): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Takes the nearest page below that is still about something off the trail, and those above it that are not. */
export function uncovered<Below extends { page: Page }>(
  trail: Below[],
  view: View | undefined,
  selected: readonly string[],
): Below | undefined {
  let below = trail.pop();
  while (below && view && vanished(below.page, view, selected)) below = trail.pop();
  return below;
}
