// A day or a week as a picture: what was, is and will be active when. Pure: what is drawn is told in shares of the width.

import type { Lane } from '../generated/Lane';
import type { Span } from '../generated/Span';
import { m } from './messages';
import { inert } from './text';
import { clock, duration, instant } from './time';

/** A stretch of time: from the first millisecond until right before the last. */
export interface Stretch {
  from: number;
  to: number;
}

/** Where a span stands: it is over, it runs, or it has yet to begin. */
export type Standing = 'over' | 'running' | 'planned';

/** A part of a line, in shares of its width. `left` is what has yet to pass of what runs. */
export interface Bar {
  kind: Standing | 'left';
  from: number;
  to: number;
}

/** A span, as it is told. */
export interface Told {
  standing: Standing;
  /** "09:12 – 11:30". */
  time: string;
  /** What there is to say of it: how long, and how that came. */
  words: string[];
  reason: string;
  ticket: string;
}

/** A role's line. */
export interface Line {
  role: string;
  name: string;
  scope: string;
  /** How long it was active until now, milliseconds. */
  total: number;
  bars: Bar[];
  told: Told[];
}

/** A mark on the scale: where, and what stands there. */
export interface Mark {
  at: number;
  /** The end of what it names: a day's. */
  to: number;
  label: string;
  /** It is today. */
  now: boolean;
}

const MINUTE = 60_000;

/** A time so many days from one, at midnight on the user's wall. */
function midnight(at: number, days = 0): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).getTime();
}

/** The day that `now` is in. */
export function dayOf(now: number): Stretch {
  return { from: midnight(now), to: midnight(now, 1) };
}

/** The week that `now` is in; `first` is the day on which weeks begin, 1 for Monday to 7. */
export function weekOf(now: number, first: number): Stretch {
  const back = (new Date(now).getDay() + 7 - (first % 7)) % 7;
  return { from: midnight(now, -back), to: midnight(now, 7 - back) };
}

/** Where a span stands at a time. */
export function standing(span: Span, now: number): Standing {
  const [start, end] = [instant(span.start) ?? 0, instant(span.end) ?? 0];
  if (!span.granted || start > now) return 'planned';
  return end > now ? 'running' : 'over';
}

const share = (at: number, { from, to }: Stretch) => Math.min(1, Math.max(0, (at - from) / (to - from)));

/** The lines of a picture; who began first comes first. */
export function lines(lanes: readonly Lane[], stretch: Stretch, now: number): Line[] {
  const shown: { begins: number; line: Line }[] = [];
  for (const lane of lanes) {
    const spans = lane.spans.filter((span) => inside(span, stretch));
    const begins = instant(spans[0]?.start);
    if (begins === undefined) continue;
    const line: Line = {
      role: lane.role,
      name: lane.name,
      scope: inert(lane.scope ?? ''),
      total: total(spans, stretch, now),
      bars: spans.flatMap((span) => bars(span, stretch, now)),
      told: spans.map((span) => tell(span, now)),
    };
    shown.push({ begins, line });
  }
  shown.sort((a, b) => a.begins - b.begins || a.line.name.localeCompare(b.line.name));
  return shown.map(({ line }) => line);
}

/** The time in which anything at all was active until now, milliseconds. */
export function anything(lanes: readonly Lane[], stretch: Stretch, now: number): number {
  return total(
    lanes.flatMap((lane) => lane.spans),
    stretch,
    now,
  );
}

function inside(span: Span, { from, to }: Stretch): boolean {
  return (instant(span.end) ?? 0) > from && (instant(span.start) ?? 0) < to;
}

/** How long one or more of the spans were active until now, milliseconds. */
function total(spans: readonly Span[], { from, to }: Stretch, now: number): number {
  const parts = spans
    .filter((span) => span.granted)
    .map((span) => [Math.max(from, instant(span.start) ?? 0), Math.min(to, now, instant(span.end) ?? 0)] as const)
    .sort(([a], [b]) => a - b);
  let sum = 0;
  let counted = from;
  for (const [start, end] of parts) {
    sum += Math.max(0, end - Math.max(start, counted));
    counted = Math.max(counted, end);
  }
  return sum;
}

function bars(span: Span, stretch: Stretch, now: number): Bar[] {
  const stands = standing(span, now);
  const [start, end] = [share(instant(span.start) ?? 0, stretch), share(instant(span.end) ?? 0, stretch)];
  if (stands !== 'running') return [{ kind: stands, from: start, to: end }];
  const here = share(now, stretch);
  const parts: Bar[] = [
    { kind: 'running', from: start, to: here },
    { kind: 'left', from: here, to: end },
  ];
  return parts.filter((bar) => bar.to > bar.from);
}

/** So much less than what was asked for is no rounding: it was ended early. */
const EARLY = 3 * MINUTE;

function tell(span: Span, now: number): Told {
  const [start, end] = [instant(span.start) ?? 0, instant(span.end) ?? 0];
  const stands = standing(span, now);
  const sameDay = midnight(start) === midnight(end);
  const words = [duration((end - start) / MINUTE)];
  if (stands === 'running') words.push(m.timeline.active);
  else if (stands === 'planned') words.push(m.timeline.planned);
  else if (span.minutes !== null && span.minutes * MINUTE - (end - start) >= EARLY)
    words.push(m.timeline.asked(duration(span.minutes)));
  if (!span.here) words.push(m.history.elsewhere);
  return {
    standing: stands,
    time: m.timeline.span(clock(start, now), clock(end, sameDay ? end : now)),
    words,
    reason: inert(span.reason ?? ''),
    ticket: inert(span.ticket?.number ?? ''),
  };
}

/** The hours of a day: a mark every three, by the clock on the wall; every other one has its name. */
export function hourMarks(stretch: Stretch): Mark[] {
  const day = new Date(stretch.from);
  const marks: Mark[] = [];
  for (let hour = 3; hour < 24; hour += 3) {
    const at = new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour).getTime();
    const label = hour % 6 === 0 ? clock(at, at) : '';
    marks.push({ at: share(at, stretch), to: 1, label, now: false });
  }
  return marks;
}

const weekday = new Intl.DateTimeFormat(m.locale, { weekday: 'short' });

/** The days of a week. */
export function dayMarks(stretch: Stretch, now: number): Mark[] {
  const marks: Mark[] = [];
  for (let at = stretch.from; at < stretch.to;) {
    const next = midnight(at, 1);
    const label = m.timeline.day(weekday.format(at), new Date(at).getDate());
    marks.push({ at: share(at, stretch), to: share(next, stretch), label, now: at <= now && now < next });
    at = next;
  }
  return marks;
}

/** Where now is, as a share of the width. */
export const nowAt = (stretch: Stretch, now: number) => share(now, stretch);

/** All that a line shows, in words. */
export function spoken(line: Line): string {
  return m.timeline.all(line.told.map(({ time, words }) => [time, ...words].join(m.common.comma)));
}
