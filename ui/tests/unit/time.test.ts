import { beforeAll, describe, expect, test } from 'vitest';

import { countedInstants, untilNextWake } from '../../src/lib/countdown';
import { serverClock } from '../../src/lib/server-clock';
import { clock, day, duration, instant, left, leftSpoken, share, untilNextText } from '../../src/lib/time';
import { active, at, eligible, NOW, view } from '../gallery/views';

const MIN = 60_000;

beforeAll(() => {
  process.env.TZ = 'UTC';
});

describe('durations', () => {
  test.each([
    [0, '0\u00A0min'],
    [5, '5\u00A0min'],
    [59, '59\u00A0min'],
    [60, '1\u00A0h'],
    [65, '1\u00A0h\u00A005'],
    [161, '2\u00A0h\u00A041'],
    [480, '8\u00A0h'],
    [1440, '24\u00A0h'],
  ])('%i minutes are "%s"', (minutes, text) => expect(duration(minutes)).toBe(text));
});

describe('what is left', () => {
  test.each([
    [161 * MIN, '2\u00A0h\u00A041'],
    [161 * MIN + 59_999, '2\u00A0h\u00A041'],
    [60 * MIN, '1\u00A0h'],
    [9 * MIN + 1, '9\u00A0min'],
    [MIN, '1\u00A0min'],
    [MIN - 1, '59\u00A0s'],
    [1_000, '1\u00A0s'],
    [999, '0\u00A0s'],
    [0, 'ended'],
    [-5, 'ended'],
  ])('%i ms are "%s"', (ms, text) => expect(left(ms)).toBe(text));

  test('a screen reader hears words, never seconds', () => {
    expect(leftSpoken(161 * MIN)).toBe('2 hours 41 minutes');
    expect(leftSpoken(61 * MIN)).toBe('1 hour 1 minute');
    expect(leftSpoken(42_000)).toBe('under a minute');
  });

  test('the next wake is exactly where the text changes', () => {
    for (const ms of [161 * MIN, 161 * MIN + 1, 2 * MIN, MIN + 1, MIN, MIN - 1, 59_000, 1_000, 1]) {
      const wait = untilNextText(ms);
      expect(wait).toBeDefined();
      expect(left(ms - (wait ?? 0))).not.toBe(left(ms));
      expect(left(ms - (wait ?? 0) + 1)).toBe(left(ms));
    }
    expect(untilNextText(0)).toBeUndefined();
  });
});

describe('clock times', () => {
  const now = Date.parse('2026-11-24T14:49:00Z');
  test.each([
    ['2026-11-24T17:30:00Z', '17:30'],
    ['2026-11-24T00:05:00Z', '00:05'],
    ['2026-11-25T01:30:00Z', 'tomorrow 01:30'],
    ['2026-11-23T23:59:00Z', 'yesterday 23:59'],
    ['2026-11-27T01:30:00Z', 'Fri 01:30'],
    ['2026-12-04T01:30:00Z', '4 Dec, 01:30'],
    ['2028-12-04T01:30:00Z', '4 Dec 2028, 01:30'],
  ])('%s is "%s"', (text, shown) => expect(clock(Date.parse(text), now)).toBe(shown));

  test('a day beside this one has a name', () => {
    const of = (text: string) => day(Date.parse(text), now);
    expect(of('2026-11-23T23:59:00Z')).toBe('yesterday');
    expect(of('2026-11-24T00:05:00Z')).toBe('today');
    expect(of('2026-11-25T01:30:00Z')).toBe('tomorrow');
    expect(of('2026-11-22T01:30:00Z')).toBe('22 Nov');
  });

  test('what is not an instant is none', () => {
    expect(instant(null)).toBeUndefined();
    expect(instant('')).toBeUndefined();
    expect(instant('soon')).toBeUndefined();
    expect(instant('2026-11-24T14:49:00Z')).toBe(now);
  });
});

test('the share of time left stays between nothing and all', () => {
  expect(share(0, 100, 25)).toBe(0.75);
  expect(share(0, 100, 200)).toBe(0);
  expect(share(0, 100, -50)).toBe(1);
  expect(share(undefined, 100, 50)).toBe(0);
  expect(share(100, 100, 50)).toBe(0);
});

test('the server clock follows views and its own count, whatever the local clock says', () => {
  let counted = 5_000;
  const clock = serverClock(() => counted);
  clock.anchor(NOW);
  expect(clock.now()).toBe(NOW);
  counted += 1_500;
  expect(clock.now()).toBe(NOW + 1_500);
  clock.anchor(NOW + 8 * 60 * MIN);
  expect(clock.now()).toBe(NOW + 8 * 60 * MIN);
});

describe('waking', () => {
  test('nothing counts down, nobody wakes', () => {
    expect(untilNextWake(countedInstants(view()), NOW)).toBeUndefined();
  });

  test('by the minute, and by the second in the last minute of whatever comes first', () => {
    const far = active('A', { kind: 'active' }, { end: at(161.5) });
    expect(untilNextWake(countedInstants(view({ active: [far] })), NOW)).toBe(30_001);
    const near = active('B', { kind: 'active' }, { end: at(0.5) });
    expect(untilNextWake(countedInstants(view({ active: [far, near] })), NOW)).toBe(1);
    expect(untilNextWake(countedInstants(view({ active: [far, near] })), NOW + 1)).toBe(1_000);
  });

  test('a lock, a retry and an undo are counted too', () => {
    const problem = {
      code: 'TooManyRequests',
      message: '',
      remedy: { kind: 'retry', at: at(0.2) } as const,
      correlationId: null,
      detail: null,
    };
    const full = view({
      active: [active('A', { kind: 'active' }, { deactivatableFrom: at(3) })],
      eligible: [eligible('B', { problem })],
      undo: { id: 'c', name: 'C', reason: '', minutes: 60, sendsAt: at(0.08) },
    });
    expect(countedInstants(full).sort()).toEqual([0.08, 0.2, 3].map((minutes) => NOW + minutes * MIN));
  });
});
