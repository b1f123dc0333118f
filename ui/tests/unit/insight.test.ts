import { expect, test } from 'vitest';

import type { RoleUse } from '../../src/generated/RoleUse';
import { share, used } from '../../src/lib/insight';

const ROLE: RoleUse = {
  role: 'r',
  kind: 'directoryRole',
  name: 'Reader',
  scope: null,
  times: 36,
  early: 30,
  totalMinutes: 2_880,
  askedMinutes: 480,
  usedMinutes: 80,
  typicalMinutes: 75,
  enoughMinutes: 120,
};

test('what is asked for is held against what is used', () => {
  expect(used(ROLE)).toEqual({
    words: '36 times, 48\u00A0h in all',
    held: '1\u00A0h\u00A020 of 8\u00A0h used',
    bar: 1 / 6,
    hint: 'You ask for 8\u00A0h and use 1\u00A0h\u00A020 on average: 2\u00A0h would do.',
  });
});

test('where nothing is known of it nothing is said', () => {
  const unknown = { ...ROLE, times: 1, askedMinutes: null, usedMinutes: null, enoughMinutes: null };
  expect(used(unknown)).toEqual({ words: '1 time, 48\u00A0h in all', held: '', bar: undefined, hint: '' });
  expect(used({ ...ROLE, enoughMinutes: null }).hint).toBe('');
});

test('what lasted longer than it was asked for, by rounding, fills its bar', () => {
  expect(used({ ...ROLE, usedMinutes: 481 }).bar).toBe(1);
});

test('the share of the time is never nothing where something was', () => {
  const since = new Date(2026, 7, 27).toISOString();
  const insight = { since, minutes: 129_600, activeMinutes: 1, roles: [], unused: [] };
  const now = new Date(2026, 10, 25).getTime();
  expect(share(insight, now)).toBe('Since 27 Aug, something was active 1% of the time.');
  expect(share({ ...insight, activeMinutes: 12_960 }, now)).toContain('10%');
  expect(share({ ...insight, minutes: 0, activeMinutes: 0 }, now)).toContain('0%');
});
