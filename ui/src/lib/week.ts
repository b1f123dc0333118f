// Days of the week, 1 for Monday to 7, as they are where somebody comes from. Pure.

import { m } from './messages';

/** How weeks are there. */
interface Week {
  firstDay: number;
  weekend: readonly number[];
}

const MONDAY_FIRST: Week = { firstDay: 1, weekend: [6, 7] };

function weekOfPlace(locale: string): Week {
  try {
    // Browsers of before 2024 have it as a member.
    const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => Week; weekInfo?: Week };
    return known.getWeekInfo?.() ?? known.weekInfo ?? MONDAY_FIRST;
  } catch {
    // A system whose locale is "C" names no place.
    return MONDAY_FIRST;
  }
}

/** The day on which weeks begin. */
export function firstDayOfWeek(locale: string): number {
  return weekOfPlace(locale).firstDay;
}

/** All days, from the one on which weeks begin. */
export function daysOfWeek(locale: string): number[] {
  const first = firstDayOfWeek(locale);
  return Array.from({ length: 7 }, (_, index) => ((first - 1 + index) % 7) + 1);
}

/** The days on which people work. */
export function workingDays(locale: string): number[] {
  const { weekend } = weekOfPlace(locale);
  return [1, 2, 3, 4, 5, 6, 7].filter((day) => !weekend.includes(day));
}

const short = new Intl.DateTimeFormat(m.locale, { weekday: 'short', timeZone: 'UTC' });
const long = new Intl.DateTimeFormat(m.locale, { weekday: 'long', timeZone: 'UTC' });

const narrow = new Intl.DateTimeFormat(m.locale, { weekday: 'narrow', timeZone: 'UTC' });

/** Letters of a name that fit into the seventh part of a line. */
const FITTING = 4;

/** The names of these days where all seven stand in a line: the short ones, or where those are long a letter each. */
export function dayNames(days: readonly number[]): string[] {
  const names = days.map((day) => dayName(day));
  return names.every((name) => [...name].length <= FITTING)
    ? names
    : days.map((day) => narrow.format(Date.UTC(2024, 0, day)));
}

/** The day's name: "Mon", and "Monday" where there is room for it or it is only heard. */
export function dayName(day: number, whole = false): string {
  // The first of January of 2024 was a Monday.
  return (whole ? long : short).format(Date.UTC(2024, 0, day));
}
