// What a screen reader is told: five minutes, one minute, the end, what became of a request, and what can still be undone. Nothing else.

import type { ActiveRow } from '../generated/ActiveRow';
import type { View } from '../generated/View';
import { m } from './messages';
import { inert } from './text';
import { clock, duration, instant, leftSpoken } from './time';

const THRESHOLDS = [5 * 60_000, 60_000];

/** Sentences for the marks that the time passed on its way from `before` to `now`. */
export function passedMarks(rows: readonly ActiveRow[], before: number, now: number): string[] {
  const said: string[] = [];
  for (const row of rows) {
    const end = instant(row.end);
    if (end === undefined || row.state.kind !== 'active') continue;
    const was = end - before;
    const is = end - now;
    if (was > 0 && is <= 0) said.push(m.announce.ended(inert(row.name)));
    else {
      const mark = THRESHOLDS.filter((at) => was > at && is <= at).at(-1);
      if (mark !== undefined) said.push(m.announce.left(inert(row.name), leftSpoken(mark)));
    }
  }
  return said;
}

/** Sentences for what changed between two views of the same account. */
export function results(before: View | undefined, after: View): string[] {
  if (before?.session.kind !== 'signedIn' || after.session.kind !== 'signedIn') return [];
  if (before.session.account.id !== after.session.account.id) return [];
  const said: string[] = [];
  const now = Date.parse(after.now);
  const active = new Map(before.active.map((row) => [row.id, row]));
  for (const row of after.active) {
    if (active.get(row.id)?.state.kind === row.state.kind) continue;
    const sentence = rowResult(row, active.get(row.id), now);
    if (sentence !== undefined) said.push(sentence);
  }
  if (after.undo && before.undo?.id !== after.undo.id) {
    said.push(m.announce.undoable(inert(after.undo.name), duration(after.undo.minutes)));
  }
  const problems = new Map(before.eligible.map((row) => [row.id, row.problem]));
  for (const row of after.eligible) {
    if (row.problem && problems.get(row.id)?.message !== row.problem.message) {
      said.push(m.announce.failed(inert(row.name), inert(row.problem.message)));
    }
  }
  return said;
}

function rowResult(row: ActiveRow, before: ActiveRow | undefined, now: number): string | undefined {
  const name = inert(row.name);
  switch (row.state.kind) {
    case 'active': {
      // A role found active at the first reading is no news.
      if (before === undefined && !row.activated) return undefined;
      const end = instant(row.end);
      return end === undefined ? m.announce.activePlain(name) : m.announce.active(name, clock(end, now));
    }
    case 'waitingForApproval':
      return m.announce.waiting(name);
    case 'steppingUp':
      return m.announce.stepUp(name);
    case 'failed':
      return m.announce.failed(name, inert(row.state.problem.message));
    default:
      return undefined;
  }
}
