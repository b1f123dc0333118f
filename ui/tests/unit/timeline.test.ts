import { describe, expect, test } from 'vitest';

import type { Lane } from '../../src/generated/Lane';
import type { Span } from '../../src/generated/Span';
import { anything, dayMarks, dayOf, hourMarks, lines, spoken, standing, weekOf } from '../../src/lib/timeline';

// A Wednesday, on whichever wall this runs.
const on = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const NOW = on(25, 15);

const span = (start: number, end: number, change: Partial<Span> = {}): Span => ({
  start: new Date(start).toISOString(),
  end: new Date(end).toISOString(),
  granted: true,
  minutes: null,
  reason: null,
  ticket: null,
  here: true,
  ...change,
});

const lane = (name: string, ...spans: Span[]): Lane => ({
  role: name,
  kind: 'directoryRole',
  name,
  scope: null,
  spans,
});

const HOUR = 3_600_000;

describe('days and weeks', () => {
  test('are those of the wall', () => {
    expect(dayOf(NOW)).toEqual({ from: on(25, 0), to: on(26, 0) });
    expect(weekOf(NOW, 1)).toEqual({ from: on(23, 0), to: on(30, 0) });
    expect(weekOf(NOW, 7)).toEqual({ from: on(22, 0), to: on(29, 0) });
    expect(weekOf(NOW, 6)).toEqual({ from: on(21, 0), to: on(28, 0) });
    expect(weekOf(on(22, 12), 1)).toEqual({ from: on(16, 0), to: on(23, 0) });
    expect(weekOf(on(22, 12), 7).from).toBe(on(22, 0));
  });

  test('have their marks', () => {
    const hours = hourMarks(dayOf(NOW));
    expect(hours.map((mark) => mark.at)).toEqual([1, 2, 3, 4, 5, 6, 7].map((part) => part / 8));
    expect(hours.map((mark) => mark.label)).toEqual(['', '06:00', '', '12:00', '', '18:00', '']);
    const days = dayMarks(weekOf(NOW, 1), NOW);
    expect(days.map((mark) => mark.label)).toEqual([
      'Mon\n23',
      'Tue\n24',
      'Wed\n25',
      'Thu\n26',
      'Fri\n27',
      'Sat\n28',
      'Sun\n29',
    ]);
    expect(days.map((mark) => mark.now)).toEqual([false, false, true, false, false, false, false]);
    expect(days.at(-1)?.to).toBe(1);
  });
});

test('a span is over, runs, or has yet to begin', () => {
  expect(standing(span(on(25, 9), on(25, 15)), NOW)).toBe('over');
  expect(standing(span(on(25, 15), on(25, 16)), NOW)).toBe('running');
  expect(standing(span(on(25, 16), on(25, 17)), NOW)).toBe('planned');
  expect(standing(span(on(25, 9), on(25, 17), { granted: false }), NOW)).toBe('planned');
});

describe('the lines of a day', () => {
  const LANES = [
    lane('Late', span(on(25, 12), on(25, 18), { reason: 'Audit', ticket: { number: 'INC-1', system: 'X' } })),
    lane(
      'Early',
      span(on(24, 9), on(24, 10)),
      span(on(24, 23), on(25, 1), { minutes: 480 }),
      span(on(25, 20), on(26, 2), { granted: false }),
    ),
    lane('Gone', span(on(20, 9), on(20, 10))),
  ];
  const drawn = lines(LANES, dayOf(NOW), NOW);

  test('are those of roles that have something in it, who began first on top', () => {
    expect(drawn.map((line) => line.role)).toEqual(['Early', 'Late']);
    expect(lines(LANES, weekOf(NOW, 1), NOW).map((line) => line.told.length)).toEqual([3, 1]);
  });

  test('are drawn in shares of its width', () => {
    expect(drawn[0]?.bars).toEqual([
      { kind: 'over', from: 0, to: 1 / 24 },
      { kind: 'planned', from: 20 / 24, to: 1 },
    ]);
    expect(drawn[1]?.bars).toEqual([
      { kind: 'running', from: 0.5, to: 15 / 24 },
      { kind: 'left', from: 15 / 24, to: 18 / 24 },
    ]);
  });

  test('are told in words, with what came earlier than asked for', () => {
    expect(drawn[0]?.told.map((each) => [each.time, ...each.words])).toEqual([
      ['yesterday 23:00 – 01:00', '2\u00A0h', 'ended early, asked for 8\u00A0h'],
      ['20:00 – tomorrow 02:00', '6\u00A0h', 'planned'],
    ]);
    expect(drawn[1]?.told[0]).toMatchObject({ reason: 'Audit', ticket: 'INC-1', words: ['6\u00A0h', 'active now'] });
    expect(spoken(drawn[0]!)).toBe(
      'yesterday 23:00 – 01:00, 2\u00A0h, ended early, asked for 8\u00A0h; 20:00 – tomorrow 02:00, 6\u00A0h, planned',
    );
  });

  test('say how long until now, and all of them together count no minute twice', () => {
    expect(drawn.map((line) => line.total / HOUR)).toEqual([1, 3]);
    const both = [...LANES, lane('Beside', span(on(25, 13), on(25, 14)), span(on(25, 0, 30), on(25, 2)))];
    expect(anything(both, dayOf(NOW), NOW) / HOUR).toBe(5);
  });
});
