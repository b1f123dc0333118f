// Time the way people say it. Everything here is pure: instants are milliseconds since 1970 in the server's time.

import { m } from './messages';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** An instant of the service's (RFC 3339) in milliseconds; `undefined` for nothing and for what is not an instant. */
export function instant(text: string | null | undefined): number | undefined {
  if (!text) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** A number of minutes: "45 min", "4 h", "2 h 30". */
export function duration(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes));
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  if (hours === 0) return m.time.minutes(rest);
  if (rest === 0) return m.time.hours(hours);
  return m.time.hoursMinutes(hours, rest);
}

/** What is left, as the countdown shows it: whole minutes, and seconds in the last minute only. */
export function left(ms: number): string {
  if (ms <= 0) return m.time.ended;
  if (ms < MINUTE) return m.time.seconds(Math.floor(ms / SECOND));
  return duration(Math.floor(ms / MINUTE));
}

/** The same for a screen reader, in words and never by the second. */
export function leftSpoken(ms: number): string {
  if (ms <= 0) return m.time.ended;
  if (ms < MINUTE) return m.time.underAMinute;
  const minutes = Math.floor(ms / MINUTE);
  return m.time.spoken(Math.floor(minutes / 60), minutes % 60);
}

/** Milliseconds until the text of `left` changes next; `undefined` once it never will. */
export function untilNextText(ms: number): number | undefined {
  if (ms <= 0) return undefined;
  // The end itself is a change, and an exact one.
  if (ms < SECOND) return ms;
  const step = ms < MINUTE ? SECOND : MINUTE;
  // One more than the remainder: at exactly two minutes the text is still "2 min".
  return (ms % step) + 1;
}

/** Share of the time left, 0 to 1. */
export function share(start: number | undefined, end: number, now: number): number {
  if (start === undefined || end <= start) return 0;
  return Math.min(1, Math.max(0, (end - now) / (end - start)));
}

// As the system writes times, but in digits that stand in columns.
const clockFormat = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  numberingSystem: 'latn',
});
const weekdayFormat = new Intl.DateTimeFormat(m.locale, { weekday: 'short' });
const dateFormat = new Intl.DateTimeFormat(m.locale, { day: 'numeric', month: 'short' });
const yearFormat = new Intl.DateTimeFormat(m.locale, { day: 'numeric', month: 'short', year: 'numeric' });

/** The date, with the year where it is not this one: assignments last for years. */
function date(at: number, now: number): string {
  const thisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (thisYear ? dateFormat : yearFormat).format(at);
}

/** The clock time, with the day where it is not today's: "17:30", "tomorrow 01:30", "Tue 01:30", "4 Dec, 01:30". */
export function clock(at: number, now: number): string {
  const time = clockFormat.format(at);
  const days = dayNumber(at) - dayNumber(now);
  if (days === 0) return time;
  if (days === 1) return m.time.tomorrow(time);
  if (days === -1) return m.time.yesterday(time);
  if (days > 1 && days < 7) return m.time.onWeekday(weekdayFormat.format(at), time);
  return m.time.onDate(date(at, now), time);
}

/** The day alone: "yesterday", "today", "tomorrow", "4 Dec", "4 Dec 2028". */
export function day(at: number, now: number): string {
  const days = dayNumber(at) - dayNumber(now);
  if (days === 0) return m.time.today;
  if (days === 1) return m.time.tomorrowPlain;
  if (days === -1) return m.time.yesterdayPlain;
  return date(at, now);
}

/** Days since 1970 on the user's calendar, unmoved by daylight saving. */
function dayNumber(ms: number): number {
  const date = new Date(ms);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}
