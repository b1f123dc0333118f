import { describe, expect, test } from 'vitest';

import type { Reminder } from '../../src/generated/Reminder';
import type { Settings } from '../../src/generated/Settings';
import {
  deferDaysFit,
  HISTORY_DAYS,
  PARTS,
  quietFits,
  reasonLengthFits,
  reminderWrong,
  remindersFit,
  settingsFit,
  templatesFit,
  templateWrong,
  tidied,
  timeFits,
  untouched,
  withPart,
} from '../../src/lib/settings';
import { historyLength, historyOptions, languageName, languageOptions, summary } from '../../src/lib/settings-words';
import { maya, settings, view } from '../gallery/views';

const REMINDER: Reminder = { days: [1, 2], at: '09:00', account: null, role: 'x', bundle: null, name: 'Global Reader' };

const edited: Settings = {
  ...settings,
  warnMinutes: 9,
  autostart: true,
  historyDays: 30,
  reasonTemplates: ['Mine'],
  watch: { activations: true, roles: [], quiet: null },
  updates: { look: true, deferDays: 7 },
};

test('what nobody has touched follows the settings, and what is edited stays', () => {
  const now = { ...settings, autostart: true, warnMinutes: 7 };
  expect(untouched(settings, now, { ...settings, warnMinutes: 9 })).toEqual({ autostart: true });
  expect(untouched(settings, settings, edited)).toEqual({});
});

test('a part takes over what it sets, and nothing else', () => {
  expect(withPart(settings, 'notifications', edited)).toEqual({ ...settings, warnMinutes: 9 });
  expect(withPart(settings, 'start', edited)).toEqual({ ...settings, autostart: true, updates: edited.updates });
  expect(withPart(settings, 'look', edited)).toEqual(settings);
});

test('everything but what has a page elsewhere belongs to one part', () => {
  const parts: readonly string[] = Object.values(PARTS).flat();
  expect(new Set(parts).size).toBe(parts.length);
  expect(Object.keys(settings).filter((key) => !parts.includes(key))).toEqual(['watch']);
});

describe('what can be saved', () => {
  test('times are on the wall', () => {
    expect(['00:00', '7:05', '23:59', ' 18:30 '].map(timeFits)).toEqual([true, true, true, true]);
    expect(['24:00', '7', '7:5', '07:60', '7 am', '', '-1:00', '12:00:00'].filter(timeFits)).toEqual([]);
  });

  test('quiet hours begin, and end at another time', () => {
    expect(quietFits(null)).toBe(true);
    expect(quietFits({ from: '22:00', to: '07:00' })).toBe(true);
    expect(quietFits({ from: '07:00', to: '7:00' })).toBe(false);
    expect(quietFits({ from: '22:00', to: 'seven' })).toBe(false);
    expect(settingsFit({ ...settings, quiet: { from: '22:00', to: '22:00' } })).toBe(false);
  });

  test('renewals end at a time, or at none', () => {
    expect(settingsFit({ ...settings, renewal: { arm: true, until: null } })).toBe(true);
    expect(settingsFit({ ...settings, renewal: { arm: false, until: '25:00' } })).toBe(false);
  });

  test('the day ends at a time, or at none', () => {
    const ends = (endsAt: string | null) => settingsFit({ ...settings, day: { ...settings.day, endsAt } });
    expect(['18:00', null].every(ends)).toBe(true);
    expect(['24:00', 'six', ''].some(ends)).toBe(false);
  });

  test('a reminder is about a role or a bundle, on some day, at a time', () => {
    const wrong = (change: Partial<Reminder>) => reminderWrong({ ...REMINDER, ...change });
    expect(wrong({})).toBe(null);
    expect(wrong({ role: null, bundle: 'On call' })).toBe(null);
    expect(wrong({ role: null })).toBe('what');
    expect(wrong({ bundle: 'On call' })).toBe('what');
    expect(wrong({ name: ' ' })).toBe('what');
    expect(wrong({ days: [] })).toBe('days');
    expect(wrong({ days: [0] })).toBe('days');
    expect(wrong({ days: [1, 8] })).toBe('days');
    expect(wrong({ at: '9' })).toBe('time');
    const many = (count: number) => Array.from({ length: count }, () => REMINDER);
    expect([0, 20, 21].map((count) => remindersFit(many(count)))).toEqual([true, true, false]);
    expect(settingsFit({ ...settings, day: { ...settings.day, reminders: [{ ...REMINDER, days: [] }] } })).toBe(false);
  });

  test('a template says something that no other says, in 500 characters', () => {
    expect(templatesFit(['One', 'Two'])).toBe(true);
    expect(templateWrong(['One', '  '], 1)).toBe('empty');
    expect(templateWrong(['One', ' One'], 1)).toBe('twice');
    expect(templateWrong(['One', ' One'], 0)).toBe(null);
    // As people count: a sign outside the first plane is one.
    expect(templateWrong(['😀'.repeat(500)], 0)).toBe(null);
    expect(templateWrong(['x'.repeat(501)], 0)).toBe('long');
    expect(templatesFit(Array.from({ length: 21 }, (_, index) => `${index}`))).toBe(false);
    expect(settingsFit({ ...settings, reasonTemplates: [''] })).toBe(false);
  });

  test('the shortest reason has 0 to 200 whole characters', () => {
    expect([0, 200].every(reasonLengthFits)).toBe(true);
    expect([-1, 201, 2.5, NaN].some(reasonLengthFits)).toBe(false);
    expect(settingsFit({ ...settings, reasonLength: 201 })).toBe(false);
  });

  test('an offer waits 0 to 90 whole days', () => {
    expect([0, 90].every(deferDaysFit)).toBe(true);
    expect([-1, 91, 2.5, NaN].some(deferDaysFit)).toBe(false);
    expect(settingsFit({ ...settings, updates: { look: true, deferDays: 91 } })).toBe(false);
  });

  test('it is sent as it is meant', () => {
    const typed = tidied({
      ...settings,
      quiet: { from: ' 7:00', to: '09:00 ' },
      renewal: { arm: true, until: '6:30' },
      day: { endsAt: ' 8:00', endOnLock: false, reminders: [{ ...REMINDER, days: [3, 1], at: '9:15' }] },
      reasonTemplates: [' One '],
    });
    expect(typed.day).toEqual({
      endsAt: '08:00',
      endOnLock: false,
      reminders: [{ ...REMINDER, days: [1, 3], at: '09:15' }],
    });
    expect(typed.quiet).toEqual({ from: '07:00', to: '09:00' });
    expect(typed.renewal.until).toBe('06:30');
    expect(typed.reasonTemplates).toEqual(['One']);
    expect(tidied(settings)).toEqual(settings);
  });
});

describe('in words', () => {
  test('languages by their own names, and one that is set and not spoken', () => {
    expect(['en', 'de', 'fr', 'es', 'ja'].map(languageName)).toEqual([
      'English',
      'Deutsch',
      'Français',
      'Español',
      '日本語',
    ]);
    expect(languageOptions(null)[0]).toEqual({ value: '', label: 'As the system' });
    expect(languageOptions('nl').at(-1)).toEqual({ value: 'nl', label: 'Nederlands', lang: 'nl' });
    expect(languageOptions('no such language').at(-1)?.label).toBe('no such language');
    expect(languageOptions('en')).toHaveLength(languageOptions(null).length);
  });

  test('lengths of the history', () => {
    expect(HISTORY_DAYS.map(historyLength)).toEqual(['0 days', '30 days', '90 days', '1 year', '2 years', '10 years']);
    expect(historyOptions(45).map((option) => option.value)).toEqual([0, 30, 45, 90, 365, 730, 3650]);
    expect(historyOptions(30)).toHaveLength(HISTORY_DAYS.length);
    expect(historyOptions(0)[0]?.label).toBe('Not at all');
  });

  test('each part as it stands', () => {
    const all = (change: Partial<Settings>, more = {}, system = 'Linux') =>
      (Object.keys(PARTS) as (keyof typeof PARTS)[]).map((part) =>
        summary(part, view({ settings: { ...settings, ...change }, ...more }), system),
      );
    expect(all({})).toEqual([
      '5\u00A0min before the end',
      'What you arm yourself',
      'Ends nothing, asks nothing',
      'No templates',
      'As the system',
      'Started by you',
      'None set',
      'Microsoft Entra (global)',
      'Your desktop’s keyring, history 2 years',
    ]);
    const session = maya.kind === 'signedIn' ? { ...maya, account: { ...maya.account, remembered: false } } : maya;
    const set = all(
      {
        quiet: { from: '22:00', to: '07:00' },
        renewal: { arm: true, until: '18:00' },
        day: { endsAt: '18:30', endOnLock: true, reminders: [REMINDER] },
        reasonTemplates: ['Mine'],
        appearance: 'dark',
        language: 'en',
        autostart: true,
        shortcut: 'Ctrl+Alt+P',
        bundleShortcut: { bundle: 'On call', keys: 'Ctrl+Alt+O' },
        tenant: 'contoso.example',
        historyDays: 0,
      },
      { session, sharedReasons: ['Ours'] },
    );
    expect(set).toEqual([
      '5\u00A0min before the end, quiet 22:00 to 07:00',
      'What can renew by itself, until 18:00',
      'Ends at 18:30, ends when locked, 1 reminder',
      '2 templates',
      'Dark, English',
      'Starts with the system',
      'Ctrl+Alt+P, Ctrl+Alt+O',
      'Microsoft Entra (global), contoso.example',
      'In memory until you quit, no history',
    ]);
    expect(all({ renewal: { arm: true, until: null } })[1]).toBe('What can renew by itself');
    const onLock = { day: { endsAt: null, endOnLock: true, reminders: [] } };
    expect(all(onLock)[2]).toBe('Ends when locked');
    // Nobody is told of a locked screen there.
    expect(all(onLock, {}, 'Windows NT 10.0')[2]).toBe('Ends nothing, asks nothing');
  });
});
