// What can be done with a bundle, and what its form asks. Pure.

import type { BundleRow } from '../generated/BundleRow';
import type { BundleView } from '../generated/BundleView';
import type { EligibleRow } from '../generated/EligibleRow';
import { slider } from './form';
import { m } from './messages';

/** What a click on a bundle does: run it, open its form, or nothing, as all of it is active or none of it eligible. */
export type BundleState = 'runs' | 'form' | 'engaged' | 'none';

/** Where a bundle stands. */
export function bundleState(bundle: BundleView): BundleState {
  const eligible = bundle.roles.filter((row) => row.eligible);
  if (eligible.length === 0) return 'none';
  if (eligible.every((row) => row.engaged)) return 'engaged';
  return bundle.oneClick ? 'runs' : 'form';
}

/** Those of its roles that running it would activate. */
export function toActivate(bundle: BundleView): BundleRow[] {
  return bundle.roles.filter((row) => row.eligible && !row.engaged);
}

/** The list's rows of those roles. */
export function rowsOf(bundle: BundleView, eligible: readonly EligibleRow[]): EligibleRow[] {
  const wanted = new Set(toActivate(bundle).map((row) => row.id));
  return eligible.filter((row) => wanted.has(row.id));
}

/** Durations to choose from in a bundle, minutes: the stops of the role's slider and what is chosen already. */
export function bundleDurations(maxMinutes: number, chosen: number): number[] {
  const all = new Set([30, 60, ...slider(maxMinutes).stops, chosen]);
  return [...all].filter((minutes) => minutes <= Math.max(maxMinutes, chosen)).sort((a, b) => a - b);
}

/** What keeps a bundle from being kept. */
export function bundleError(name: string, roles: number): { name?: string; roles?: string } {
  return {
    ...(name.trim() === '' && { name: m.bundles.errors.name }),
    ...(roles === 0 && { roles: m.bundles.errors.roles }),
  };
}
