// When something that is given begins and ends, as it is typed. Pure.

import { m } from './messages';
import { clockTime } from '../lib/start';
import { instant } from '../lib/time';

/** The instant of a day and a time here; `null` where one of them is none. */
export function startOf(day: string, time: string): string | null {
  const parts = clockTime(time);
  const at = day === '' || parts === undefined ? NaN : new Date(`${day}T00:00:00`).setHours(...parts);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** A day as it is said: "Tuesday 1 December 2026"; empty where none is chosen. */
export function dayWords(day: string): string {
  const at = day === '' ? NaN : new Date(`${day}T00:00:00`).getTime();
  return Number.isNaN(at) ? '' : m.giving.day(at);
}

/** What is not right about a start that is chosen, as a sentence. */
export function wrongStart(day: string, time: string, end: string | null, now: number): string | undefined {
  if (clockTime(time) === undefined) return m.start.notATime;
  const at = instant(startOf(day, time));
  if (at === undefined) return m.giving.notSaid;
  if (at <= now) return m.giving.past;
  const until = instant(end);
  return until !== undefined && until <= at ? m.giving.upsideDown : undefined;
}
