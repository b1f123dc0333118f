import { describe, expect, test } from 'vitest';

import type { Reminder } from '../../src/generated/Reminder';
import {
  about,
  asksNothing,
  choices,
  chosen,
  daysInWords,
  freshReminder,
  inWords,
  isForWeekdays,
  toggled,
  whose,
} from '../../src/lib/reminders';
import { reminderWrong } from '../../src/lib/settings';
import { daysOfWeek } from '../../src/lib/week';
import { AZURE, BUNDLES } from '../gallery/more-views';
import { TWO_ACCOUNTS } from '../gallery/settings-views';
import { eligible, view } from '../gallery/views';

const READER = eligible('Global Reader');
const one = view({ eligible: [READER, AZURE], bundles: BUNDLES, accounts: TWO_ACCOUNTS.slice(0, 1) });
const two = { ...one, accounts: TWO_ACCOUNTS };
const [mine, guest] = TWO_ACCOUNTS.map((row) => row.account);

const reminder = (change: Partial<Reminder> = {}): Reminder => ({
  ...freshReminder('en-GB'),
  ...about(`role/${READER.id}`, one, mine!.id),
  ...change,
});

describe('what a reminder is about', () => {
  test('is chosen from the roles and bundles of whoever is shown', () => {
    const { roles, bundles } = choices(one);
    expect(roles.map((choice) => choice.label)).toEqual([
      'Global Reader',
      `${AZURE.name} · ${[...AZURE.scopePath, AZURE.scope].join(' › ')}`,
    ]);
    expect(bundles.map((choice) => choice.label)).toEqual(BUNDLES.map((bundle) => bundle.name));
    for (const choice of [...roles, ...bundles]) {
      const made = reminder(about(choice.value, one, mine!.id));
      expect(chosen(made)).toBe(choice.value);
      expect(made.account).toBe(mine!.id);
      expect(reminderWrong(made)).toBe(null);
    }
  });

  test('is called as a notification calls it', () => {
    expect(reminder().name).toBe('Global Reader');
    expect(reminder(about(`role/${AZURE.id}`, one, null)).name).toBe(`${AZURE.name} (${AZURE.scope})`);
  });

  test('cannot be what nobody knows, and is nothing at first', () => {
    expect(about('role/nobody’s', one, null)).toEqual({});
    expect(chosen(freshReminder('en-GB'))).toBe('');
    expect(reminderWrong(freshReminder('en-GB'))).toBe('what');
  });

  test('has no role whose eligibility has ended', () => {
    const ended = { ...READER, extension: { ...READER.extension!, renew: true } };
    expect(choices({ ...one, eligible: [ended] }).roles).toEqual([]);
  });
});

describe('in words', () => {
  test('days', () => {
    const words = (days: number[], place = 'en-GB') => daysInWords(days, place);
    expect(words([1, 2, 3, 4, 5])).toBe('Every weekday');
    expect(words([1, 2, 3, 4, 7], 'ar-EG')).toBe('Every weekday');
    expect(words([1, 2, 3, 4, 5, 6, 7])).toBe('Every day');
    expect(words([3])).toBe('Wednesday');
    expect(words([1, 7])).toBe('Mon, Sun');
    expect(words([1, 7], 'en-US')).toBe('Sun, Mon');
  });

  test('when', () => {
    expect(inWords(reminder(), 'en-GB')).toBe('Every weekday at 09:00');
    expect(inWords(reminder({ at: '17:30', days: [7] }), 'en-GB')).toBe('Sunday at 17:30');
    expect(inWords(reminder({ at: '9' }), 'en-GB')).toBe('');
  });

  test('whose, where several could be meant or they are not there', () => {
    expect(whose(reminder(), one)).toBe('');
    expect(whose(reminder(), two)).toBe(mine!.username);
    expect(whose(reminder({ account: guest!.id }), two)).toBe(guest!.username);
    expect(whose(reminder({ account: 'gone' }), one)).toBe('Belongs to an account that is signed out');
    expect(whose(reminder({ account: null }), two)).toBe('');
  });

  test('that nothing will be asked, where that is known', () => {
    expect(asksNothing(reminder(), one)).toBe(false);
    expect(asksNothing(reminder({ role: 'gone' }), one)).toBe(true);
    expect(asksNothing(reminder({ role: null, bundle: 'gone' }), one)).toBe(true);
    // Of others nobody knows, nor before the first list was read.
    expect(asksNothing(reminder({ role: 'gone', account: guest!.id }), two)).toBe(false);
    expect(asksNothing(reminder({ role: 'gone' }), { ...one, list: { ...one.list, asOf: null } })).toBe(false);
  });
});

test('where the system names no place, weeks begin on Monday and have five weekdays', () => {
  expect(freshReminder('C').days).toEqual([1, 2, 3, 4, 5]);
  expect(daysOfWeek('C')).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('days come and go', () => {
  expect(toggled([1, 3], 2)).toEqual([1, 2, 3]);
  expect(toggled([1, 2, 3], 2)).toEqual([1, 3]);
  expect(isForWeekdays([5, 4, 3, 2, 1], 'en-GB')).toBe(true);
  expect(isForWeekdays([1, 2, 3, 4], 'en-GB')).toBe(false);
});
