import { describe, expect, test } from 'vitest';

import {
  check,
  endsSoon,
  freshDraft,
  names,
  rowAsks,
  rowWords,
  slider,
  snap,
  stepped,
  whatNext,
} from '../../src/lib/form';
import { clientIdFits, sameSettings, settingsFit, warnMinutesFit } from '../../src/lib/settings';
import { keysFit, sameKeys } from '../../src/lib/shortcut';
import { eligible, NOW, at, view } from '../gallery/views';

const asks = eligible('x').requirements;
const draft = { minutes: 60, reason: 'why', ticketNumber: '', ticketSystem: '', start: null, scope: null };

describe('duration', () => {
  test.each([
    [60, [15, 30, 45, 60]],
    [120, [30, 60, 90, 120]],
    [240, [60, 120, 180, 240]],
    [480, [120, 240, 360, 480]],
    [1440, [360, 720, 1080, 1440]],
    [30, [15, 30]],
    [5, [5]],
    [437, [437]],
  ])('a maximum of %i minutes has the stops %j', (max, stops) => expect(slider(max).stops).toEqual(stops));

  test('the last stop is always the maximum, and few enough fit below the slider', () => {
    for (let max = 5; max <= 1440; max += 5) {
      const { stops } = slider(max);
      expect(stops.at(-1)).toBe(max);
      expect(stops.length).toBeLessThanOrEqual(5);
    }
  });

  test('a drag snaps to the stride and reaches both ends', () => {
    const eight = slider(480);
    expect(snap(471, eight)).toBe(480);
    expect(snap(247, eight)).toBe(240);
    expect(snap(7, eight)).toBe(5);
    for (let minutes = 0; minutes < 600; minutes += 1) {
      expect(snap(minutes, eight)).toBeGreaterThanOrEqual(eight.min);
      expect(snap(minutes, eight)).toBeLessThanOrEqual(eight.max);
    }
  });

  test('arrow keys go to the next multiple and stop at the ends', () => {
    const eight = slider(480);
    expect(stepped(100, 1, eight)).toBe(120);
    expect(stepped(100, -1, eight)).toBe(90);
    expect(stepped(480, 1, eight)).toBe(480);
    expect(stepped(30, -1, eight)).toBe(5);
    expect(stepped(5, 1, eight)).toBe(30);
  });

  test('what was used last is kept within the maximum', () => {
    expect(freshDraft({ ...asks, maxMinutes: 60 }, { lastMinutes: 240, lastReason: 'r' })).toMatchObject({
      minutes: 60,
      reason: 'r',
    });
    expect(freshDraft({ ...asks, defaultMinutes: 120 }, { lastMinutes: null, lastReason: null }).minutes).toBe(120);
  });
});

describe('check', () => {
  test('what the policy asks for must be there', () => {
    expect(check(draft, asks)).toEqual({});
    expect(check({ ...draft, reason: ' \n' }, asks).reason).toBeDefined();
    expect(check(draft, { ...asks, ticket: true }).ticket).toBeDefined();
    expect(check({ ...draft, ticketNumber: 'INC-1' }, { ...asks, ticket: true })).toEqual({});
  });

  test('what it does not ask for may be missing', () => {
    expect(check({ ...draft, reason: '' }, { ...asks, justification: false })).toEqual({});
  });
});

describe('what happens next', () => {
  const now = Date.parse('2026-11-24T14:10:00Z');
  test.each([
    [{}, false, 'The role is active for 4\u00A0h, until 18:10.'],
    [
      { mfa: true },
      false,
      'You will be asked for MFA in the browser, then the role is active for 4\u00A0h, until 18:10.',
    ],
    [{ mfa: true }, true, 'The role is active for 4\u00A0h, until 18:10.'],
    [
      { authenticationContext: 'c1', mfa: true },
      false,
      'You will be asked for a stronger sign-in (c1) in the browser, then the role is active for 4\u00A0h, until 18:10.',
    ],
    [{ approval: true }, false, 'An approver decides. Once approved, the role is active for 4\u00A0h.'],
    [
      { approval: true, mfa: true, approvers: ['Priya', 'Tom'] },
      false,
      'You will be asked for MFA in the browser, then Priya or Tom decides; once approved, the role is active for 4\u00A0h.',
    ],
    [
      { approval: true, approvers: ['Priya'], approvalDays: 3 },
      false,
      'Priya decides within 3 days. Once approved, the role is active for 4\u00A0h.',
    ],
    [
      { known: false },
      false,
      'The role is active for 4\u00A0h, until 18:10. The role’s policy could not be read: the service may ask for more.',
    ],
    [
      { unknownRules: ['Enablement_X'] },
      false,
      'The role is active for 4\u00A0h, until 18:10. The policy has rules that Pimento does not know: Enablement_X.',
    ],
  ])('%j', (change, proven, sentence) => expect(whatNext({ ...asks, ...change }, 240, now, proven)).toBe(sentence));

  test('a start that is later than now', () => {
    const start = now + 3 * 3_600_000;
    expect(whatNext({ ...asks, mfa: true }, 120, now, false, start)).toBe(
      'You will be asked for MFA in the browser, then the role is active from 17:10 for 2\u00A0h, until 19:10.',
    );
  });

  test('names', () => {
    expect(names([])).toBe('');
    expect(names(['A'])).toBe('A');
    expect(names(['A', 'B'])).toBe('A or B');
    expect(names(['A', 'B', 'C'])).toBe('A or 2 others');
  });
});

test('a row says what it will ask for', () => {
  const row = eligible('x', {
    scope: 'Retail',
    throughGroup: true,
    eligibleUntil: at(5 * 1440),
    requirements: { ...asks, mfa: true, ticket: true, approval: true, authenticationContext: 'c1', maxMinutes: 60 },
  });
  expect(rowAsks(row)).toEqual(['MFA', 'step-up', 'ticket', 'approval']);
  expect(rowWords(row)).toEqual(['max 1\u00A0h', 'via group']);
  expect(endsSoon(row, NOW)).toBe('ends 29 Nov');
  expect(rowAsks(eligible('y'))).toEqual([]);
  expect(rowWords(eligible('y'))).toEqual(['max 8\u00A0h']);
  expect(endsSoon(eligible('y', { eligibleUntil: at(90 * 1440) }), NOW)).toBeUndefined();
  expect(rowWords(eligible('z', { requirements: { ...asks, known: false } }))).toEqual(['policy unknown']);
});

describe('settings', () => {
  const { settings } = view();
  test('a client id is a GUID or nothing', () => {
    expect(clientIdFits(null)).toBe(true);
    expect(clientIdFits('14d82eec-204b-4c2f-b7e8-296a70dab67e')).toBe(true);
    expect(clientIdFits('14d82eec')).toBe(false);
    expect(clientIdFits('https://x/14d82eec-204b-4c2f-b7e8-296a70dab67e')).toBe(false);
  });

  test('a warning comes 1 to 60 whole minutes before', () => {
    expect([0, 1, 60, 61, 2.5, NaN].map(warnMinutesFit)).toEqual([false, true, true, false, false, false]);
    expect(settingsFit({ ...settings, warnMinutes: 0 })).toBe(false);
  });

  test('a change is seen', () => {
    expect(sameSettings(settings, { ...settings })).toBe(true);
    expect(sameSettings(settings, { ...settings, tenant: 'contoso' })).toBe(false);
    expect(sameSettings(settings, { ...settings, watch: { ...settings.watch, roles: [] } })).toBe(true);
    expect(sameSettings(settings, { ...settings, watch: { ...settings.watch, activations: true } })).toBe(false);
    const keys = { bundle: 'On call', keys: 'Ctrl+Alt+O' };
    expect(sameSettings(settings, { ...settings, bundleShortcut: keys })).toBe(false);
    expect(sameSettings({ ...settings, bundleShortcut: keys }, { ...settings, bundleShortcut: { ...keys } })).toBe(
      true,
    );
  });

  test('a shortcut is keys, and one of them is a modifier that is not Shift', () => {
    expect(['Ctrl+Alt+P', 'super + F5', 'Ctrl+Shift+Space'].map(keysFit)).toEqual([true, true, true]);
    expect(['', 'P', 'Shift+P', 'Ctrl', 'Ctrl+', 'Ctrl+PP', 'Hyper+P', 'Ctrl+P+Q'].filter(keysFit)).toEqual([]);
    expect(settingsFit({ ...settings, shortcut: 'Ctrl' })).toBe(false);
    expect(settingsFit({ ...settings, bundleShortcut: { bundle: 'On call', keys: '' } })).toBe(false);
    expect(sameKeys('Ctrl+Alt+P', 'option + control + p')).toBe(true);
    expect(sameKeys('Ctrl+Alt+P', 'Ctrl+Alt+Shift+P')).toBe(false);
    const same = { ...settings, shortcut: 'Ctrl+Alt+P', bundleShortcut: { bundle: 'On call', keys: 'alt+ctrl+p' } };
    expect(settingsFit(same)).toBe(false);
  });
});
