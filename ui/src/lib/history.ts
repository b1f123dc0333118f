// The history as it is shown: by day, each outcome with a shape and a word of its own. Pure.

import type { HistoryRow } from '../generated/HistoryRow';
import { m } from './messages';
import { inert } from './text';
import { day, duration, instant } from './time';

/** One day's rows. */
export interface HistoryDay {
  label: string;
  rows: HistoryRow[];
}

/** Rows by day, in their order. */
export function byDay(rows: readonly HistoryRow[], now: number): HistoryDay[] {
  const days: HistoryDay[] = [];
  for (const row of rows) {
    const label = m.history.day(day(instant(row.at) ?? now, now));
    const last = days.at(-1);
    if (last?.label === label) last.rows.push(row);
    else days.push({ label, rows: [row] });
  }
  return days;
}

/** How an outcome looks and reads. */
export interface OutcomeFace {
  icon: 'check' | 'waiting' | 'denied' | 'deactivating' | 'failed' | 'standing';
  tone: 'active' | 'waiting' | 'failed' | 'neutral';
  word: string;
  /** Why, where somebody said so. */
  why: string;
}

/** The face of a row's outcome. */
export function outcomeFace(row: HistoryRow): OutcomeFace {
  const { outcome } = row;
  switch (outcome.kind) {
    case 'granted':
      return { icon: 'check', tone: 'active', word: m.history.granted[row.action], why: '' };
    case 'waiting':
      return { icon: 'waiting', tone: 'waiting', word: m.history.waiting, why: '' };
    case 'denied':
      return { icon: 'denied', tone: 'failed', word: m.history.denied, why: inert(outcome.reason ?? '') };
    case 'cancelled':
      return { icon: 'deactivating', tone: 'neutral', word: m.history.cancelled, why: '' };
    case 'failed':
      return { icon: 'failed', tone: 'failed', word: m.history.failed, why: inert(outcome.code ?? '') };
    case 'notSent':
      return { icon: 'standing', tone: 'neutral', word: m.history.notSent, why: '' };
  }
}

/** How long it was, or is to be, active: "2 h 30"; empty where that is not known. */
export function historyLength(row: HistoryRow): string {
  const start = instant(row.start);
  const end = instant(row.end);
  if (row.action !== 'activate' || start === undefined || end === undefined || end <= start) return '';
  return duration((end - start) / 60_000);
}
