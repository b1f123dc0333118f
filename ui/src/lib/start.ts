// A start in the future, as it is chosen: a day and a time of the user's own clock. Pure.

import { m } from './messages';
import { day } from './time';

/** What was chosen. */
export interface Start {
  /** Days from today. */
  day: number;
  /** As typed: "18:00". */
  time: string;
}

/** How far ahead a start can be chosen, days. */
export const FURTHEST = 7;

const DAY = 86_400_000;

/** The next full hour, which is what the form begins with. */
export function nextHour(now: number): Start {
  const next = new Date(now);
  next.setHours(next.getHours() + 1, 0, 0, 0);
  const hours = String(next.getHours()).padStart(2, '0');
  return { day: next.getDate() === new Date(now).getDate() ? 0 : 1, time: `${hours}:00` };
}

/** A time as it is typed, "18:00"; `undefined` for what is none. */
export function clockTime(typed: string): [hours: number, minutes: number] | undefined {
  const parts = /^\s*(\d{1,2})[:.]?(\d{2})\s*$/.exec(typed);
  const hours = Number(parts?.[1]);
  const minutes = Number(parts?.[2]);
  return parts === null || hours > 23 || minutes > 59 ? undefined : [hours, minutes];
}

/** The same as it is kept: "07:00". */
export function timeOfDay(typed: string): string | undefined {
  return clockTime(typed)
    ?.map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** The instant that was chosen; `undefined` where what was typed is not a time. */
export function startInstant(start: Start, now: number): number | undefined {
  const time = clockTime(start.time);
  if (time === undefined) return undefined;
  const [hours, minutes] = time;
  const at = new Date(now);
  at.setDate(at.getDate() + start.day);
  at.setHours(hours, minutes, 0, 0);
  return at.getTime();
}

/** The days to choose from, by their names. */
export function startDays(now: number): { value: number; label: string }[] {
  return Array.from({ length: FURTHEST }, (_, value) => {
    const name = value < 2 ? day(now + value * DAY, now) : m.start.weekday(now + value * DAY);
    return { value, label: name.charAt(0).toUpperCase() + name.slice(1) };
  });
}

/** The zone that the time is in: "Europe/Stockholm, UTC+1". */
export function zoneName(at: number): string {
  const ahead = -new Date(at).getTimezoneOffset();
  const hours = Math.floor(Math.abs(ahead) / 60);
  const minutes = Math.abs(ahead) % 60;
  const offset = ahead === 0 ? '' : `${ahead < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${minutes}`}`;
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll('_', ' ');
  return name === 'UTC' ? name : `${name}, UTC${offset}`;
}
