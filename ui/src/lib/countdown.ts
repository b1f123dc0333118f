// When the window has to wake: at the next moment at which some text on it changes, and at no other.

import type { View } from '../generated/View';
import { instant, untilNextText } from './time';

/** Every instant of a view that some text counts down to, in server time. */
export function countedInstants(view: View): number[] {
  const found: (number | undefined)[] = [instant(view.undo?.sendsAt)];
  for (const row of view.active) {
    found.push(instant(row.end), instant(row.deactivatableFrom));
    if (row.state.kind === 'failed') found.push(retryAt(row.state.problem));
    if (row.problem) found.push(retryAt(row.problem));
  }
  for (const row of view.eligible) if (row.problem) found.push(retryAt(row.problem));
  if (view.list.problem) found.push(retryAt(view.list.problem));
  found.push(instant(view.list.pausedUntil), ...view.list.sources.map((source) => instant(source.pausedUntil)));
  return found.filter((at) => at !== undefined);
}

function retryAt(problem: NonNullable<View['list']['problem']>): number | undefined {
  return problem.remedy.kind === 'retry' ? instant(problem.remedy.at) : undefined;
}

/** Milliseconds until a text changes; `undefined` when nothing counts down. */
export function untilNextWake(instants: readonly number[], now: number): number | undefined {
  let soonest: number | undefined;
  for (const at of instants) {
    const wait = untilNextText(at - now);
    if (wait !== undefined && (soonest === undefined || wait < soonest)) soonest = wait;
  }
  return soonest;
}
