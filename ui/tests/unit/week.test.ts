import { expect, test } from 'vitest';

import { dayName, dayNames, daysOfWeek, firstDayOfWeek, workingDays } from '../../src/lib/week';

test('weeks begin as they do where somebody comes from', () => {
  expect(['de-DE', 'en-US', 'ar-EG'].map(firstDayOfWeek)).toEqual([1, 7, 6]);
  expect(daysOfWeek('de-DE')).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(daysOfWeek('en-US')).toEqual([7, 1, 2, 3, 4, 5, 6]);
  expect(daysOfWeek('ar-EG')).toEqual([6, 7, 1, 2, 3, 4, 5]);
});

test('people work on the days that are no weekend there', () => {
  expect(workingDays('de-DE')).toEqual([1, 2, 3, 4, 5]);
  expect(workingDays('ar-EG')).toEqual([1, 2, 3, 4, 7]);
});

test('days have names, short and whole', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((day) => dayName(day))).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
  expect(dayName(3, true)).toBe('Wednesday');
  expect(dayNames([1, 7])).toEqual(['Mon', 'Sun']);
});
