// Accounts in a line each. Pure.

import type { AccountRow } from '../generated/AccountRow';
import { m } from './messages';
import { inert } from './text';
import { instant, left } from './time';

/** How many roles of an account that is not shown are active, and when the first of them ends. */
export function activeElsewhere(row: AccountRow, now: number): { count: number; left: string } | undefined {
  const active = row.active.filter((each) => each.activated && each.state.kind === 'active');
  if (active.length === 0) return undefined;
  const ends = active.map((each) => instant(each.end)).filter((end) => end !== undefined);
  return { count: active.length, left: ends.length === 0 ? '' : left(Math.min(...ends) - now) };
}

/** What an account that is not shown is at: "1 active, 0 h 41"; its own trouble comes first. */
export function accountWords(row: AccountRow, now: number): string {
  if (row.problem) return inert(row.problem.message);
  const active = activeElsewhere(row, now);
  if (active) return m.accounts.active(active.count, active.left);
  if (row.status === 'loading') return m.accounts.loading;
  if (row.status === 'offline') return m.accounts.offline;
  if (row.status === 'signedOut') return m.accounts.signedOut;
  return m.accounts.idle;
}

/** What a cloud is called; `undefined` for one that has no name here. */
export function cloudName(cloud: string): string | undefined {
  const { clouds } = m.organisation;
  // A settings file may name anything, "constructor" too.
  return Object.hasOwn(clouds, cloud) ? clouds[cloud] : undefined;
}
