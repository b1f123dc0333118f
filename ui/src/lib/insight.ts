// How roles are used, in words and in shares of a bar. Pure.

import type { Insight } from '../generated/Insight';
import type { RoleUse } from '../generated/RoleUse';
import { m } from './messages';
import { day, duration, instant } from './time';

/** How one role is used, as it is shown. */
export interface Used {
  /** "12 times, 16 h in all". */
  words: string;
  /** "1 h 20 of 8 h used"; empty where that is not known. */
  held: string;
  /** What was used of what was asked for, as a share; `undefined` where not known. */
  bar: number | undefined;
  /** What would do, where far less would. */
  hint: string;
}

/** A role's use. */
export function used(role: RoleUse): Used {
  const { askedMinutes: asked, usedMinutes: took, enoughMinutes: enough } = role;
  const known = asked !== null && took !== null && asked > 0;
  return {
    words: m.insight.times(role.times, duration(role.totalMinutes)),
    held: known ? m.insight.held(duration(took), duration(asked)) : '',
    bar: known ? Math.min(1, took / asked) : undefined,
    hint: known && enough !== null ? m.insight.hint(duration(asked), duration(took), duration(enough)) : '',
  };
}

const percent = new Intl.NumberFormat(m.locale, { style: 'percent' });

/** "Since 27 Aug, something was active 3% of the time": of what was there no less than one in a hundred. */
export function share({ since, minutes, activeMinutes }: Insight, now: number): string {
  const hundredths = Math.ceil((100 * activeMinutes) / Math.max(1, minutes));
  return m.insight.share(day(instant(since) ?? now, now), percent.format(hundredths / 100));
}
