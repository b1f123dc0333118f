// The settings as they are used: found, changed by keyboard alone, saved part by part, and left alone where an organisation has
// set them.

import { describe, expect, test } from 'vitest';

import type { Reminder } from '../../src/generated/Reminder';
import type { Settings } from '../../src/generated/Settings';
import type { View } from '../../src/generated/View';
import { BUNDLES } from './more-views';
import { LOCKED, REMINDERS, TEMPLATES, TWO_ACCOUNTS, withSettings } from './settings-views';
import { playing } from './playing';
import { focusedIn } from './settled';
import type { Options, Scene, Stage } from './stage';
import { at, id, settings, view } from './views';

let stage: Stage;
let scene: Scene;

playing(
  (opened) => (stage = opened),
  () => scene,
);

const idle = view({ status: 'idle' });
const focused = () => focusedIn(scene.page);
const emit = (shown: View) => scene.page.evaluate((next) => window.__emit(next), shown);
const asked = () => expect.poll(() => scene.calls);
const saved = (change: Partial<Settings>) => [{ kind: 'saveSettings', settings: { ...settings, ...change } }];

/** Somebody with these reminders. */
const withReminders = (reminders: Reminder[], more: Parameters<typeof view>[0] = {}) =>
  withSettings({ day: { ...settings.day, reminders } }, { accounts: TWO_ACCOUNTS.slice(0, 1), ...more });
const savedReminders = (reminders: Reminder[]) => saved({ day: { ...settings.day, reminders } });

/** Opens a part of the settings. */
async function open(part: string, shown: View = idle, options: Options = {}) {
  scene = await stage.play(shown, options);
  await scene.page.keyboard.press('Control+,');
  await scene.page.getByTestId(`settings-${part}`).click();
  await scene.page.getByTestId('settings-save').waitFor();
  return scene.page;
}

describe('the overview', () => {
  test('is walked by arrows, opens a part and is where one comes back to', async () => {
    scene = await stage.play(idle);
    const { page } = scene;
    await page.keyboard.press('Control+,');
    expect(await focused()).toBe('settings-accounts');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('settings-renewal');
    await page.keyboard.press('End');
    expect(await focused()).toBe('settings-about');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('settings-about');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByTestId('warn-minutes').waitFor();
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('settings-notifications');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('filter');
    expect(scene.calls).toEqual([]);
  });

  test('says how each part stands, also after it was changed', async () => {
    scene = await stage.play(idle);
    const { page } = scene;
    await page.keyboard.press('Control+,');
    const words = (part: string) => page.getByTestId(`settings-${part}`).innerText();
    expect(await words('notifications')).toBe('Notifications\n5\u00A0min before the end');
    expect(await words('reasons')).toBe('Reasons\nNo templates');
    await emit({
      ...withSettings({ quiet: { from: '22:00', to: '07:00' }, reasonTemplates: TEMPLATES, warnMinutes: 9 }),
      now: at(1),
    });
    expect(await words('notifications')).toBe('Notifications\n9\u00A0min before the end, quiet 22:00 to 07:00');
    expect(await words('reasons')).toBe('Reasons\n3 templates');
  });

  test('the accounts are one step away', async () => {
    scene = await stage.play(idle);
    const { page } = scene;
    await page.keyboard.press('Control+,');
    await page.getByTestId('settings-accounts').click();
    await page.getByTestId('add-account').waitFor();
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('settings-accounts');
  });
});

describe('a part', () => {
  test('is saved for itself, and only where something changed', async () => {
    const page = await open('notifications');
    await page.getByTestId('settings-save').click();
    expect(await focused()).toBe('settings-notifications');
    expect(scene.calls).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByTestId('warn-minutes').fill('10');
    await page.getByTestId('notification-details').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
    await asked().toEqual(saved({ warnMinutes: 10, notificationDetails: false }));
    expect(await focused()).toBe('settings-notifications');
  });

  test('leaves alone what was changed elsewhere meanwhile, and what is typed stays', async () => {
    const page = await open('notifications');
    await page.getByTestId('warn-minutes').fill('7');
    await emit({
      ...withSettings({ autostart: true, watch: { activations: true, roles: [], quiet: null } }),
      now: at(1),
    });
    expect(await page.getByTestId('warn-minutes').inputValue()).toBe('7');
    await page.getByTestId('settings-save').click();
    const watch = { activations: true, roles: [], quiet: null };
    await asked().toEqual(saved({ warnMinutes: 7, autostart: true, watch }));
  });

  test('is not saved while something in it is wrong, and says what', async () => {
    const page = await open('notifications');
    const alerts = () => page.getByRole('alert').allTextContents();
    for (const wrong of ['0', '61', '']) {
      await page.getByTestId('warn-minutes').fill(wrong);
      expect(await alerts()).toEqual(['Between 1 and 60 minutes.']);
    }
    await page.getByTestId('settings-save').click({ force: true });
    await page.getByTestId('warn-minutes').fill('60');
    expect(await alerts()).toEqual([]);
    await page.getByTestId('quiet').check();
    for (const [to, error] of [
      ['24:00', 'A time has the form 22:00.'],
      ['22:00', 'The hours need a beginning and another end.'],
    ] as const) {
      await page.getByTestId('quiet-to').fill(to);
      expect(await alerts()).toEqual([error]);
      await page.keyboard.press('Enter');
    }
    expect(scene.calls).toEqual([]);
    await page.getByTestId('quiet-to').fill('6:30');
    await page.keyboard.press('Enter');
    await asked().toEqual(saved({ warnMinutes: 60, quiet: { from: '22:00', to: '06:30' } }));
  });

  test('quiet hours that are switched off and on again are those from before', async () => {
    const page = await open('notifications', withSettings({ quiet: { from: '20:15', to: '06:00' } }));
    await page.getByTestId('quiet').uncheck();
    expect(await page.getByTestId('quiet-from').count()).toBe(0);
    await page.getByTestId('quiet').check();
    expect(await page.getByTestId('quiet-from').inputValue()).toBe('20:15');
    await page.getByTestId('quiet').uncheck();
    await page.getByTestId('settings-save').click();
    await asked().toEqual(saved({ quiet: null }));
  });

  test('renewals by themselves, until a time of the day', async () => {
    const page = await open('renewal');
    await page.getByTestId('renewal-arm').check();
    await page.getByTestId('renewal-until').check();
    await page.getByTestId('renewal-time').fill('25:00');
    await page.getByTestId('settings-save').click({ force: true });
    expect(await page.getByRole('alert').textContent()).toBe('A time has the form 22:00.');
    await page.getByTestId('renewal-time').fill('17:30');
    await page.getByTestId('settings-save').click();
    await asked().toEqual(saved({ renewal: { arm: true, until: '17:30' } }));
  });

  test('the day’s end, and its end with the screen', async () => {
    const page = await open('day');
    await page.getByTestId('day-ends').check();
    expect(await page.getByTestId('day-ends-at').inputValue()).toBe('18:00');
    await page.getByTestId('day-ends-at').fill('six');
    expect(await page.getByRole('alert').textContent()).toBe('A time has the form 22:00.');
    await page.getByTestId('settings-save').click({ force: true });
    expect(scene.calls).toEqual([]);
    await page.getByTestId('day-ends-at').fill('7:45');
    await page.getByTestId('day-end-on-lock').check();
    await page.getByTestId('settings-save').click();
    await asked().toEqual(saved({ day: { endsAt: '07:45', endOnLock: true, reminders: [] } }));
  });

  test('where nobody is told of a locked screen, nothing is ended with it', async () => {
    const page = await open('day', idle, { agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/140.0' });
    await page.getByTestId('day-ends').waitFor();
    expect(await page.getByTestId('day-end-on-lock').count()).toBe(0);
  });

  test('a reminder is added by keyboard alone: every weekday at nine, unless somebody wants it otherwise', async () => {
    const page = await open('day', withReminders([], { bundles: BUNDLES }));
    await page.getByTestId('reminder-add').focus();
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('reminder-what-0');
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.keyboard.type('Global R');
    expect(await page.getByTestId('reminder-what-0').inputValue()).toBe(`role/${id('Global Reader')}`);
    expect(await page.getByTestId('reminder-0').innerText()).toBe('Global Reader\nEvery weekday at 09:00');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('reminder-weekdays-0');
    for (let day = 1; day <= 5; day += 1) {
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(`reminder-day-${day}-0`);
      if (day !== 3) await page.keyboard.press('Space');
    }
    expect(await page.getByTestId('reminder-0').innerText()).toBe('Global Reader\nWednesday at 09:00');
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Tab');
    expect(await focused()).toBe('reminder-at-0');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('8:15');
    await page.keyboard.press('Control+Enter');
    await asked().toEqual(savedReminders([{ ...REMINDERS[0]!, days: [3], at: '08:15' }]));
  });

  test('one of a bundle, for every weekday again', async () => {
    const page = await open('day', withReminders([{ ...REMINDERS[0]!, days: [7] }], { bundles: BUNDLES }));
    await page.getByTestId('reminder-0').click();
    await page.getByTestId('reminder-what-0').selectOption(BUNDLES[0]!.name);
    // It sets the days and cannot be released: no switch.
    await page.getByTestId('reminder-weekdays-0').click();
    expect(await page.getByTestId('reminder-weekdays-0').getAttribute('aria-pressed')).toBeNull();
    expect(await page.getByTestId('reminder-day-1-0').isChecked()).toBe(true);
    expect(await page.getByTestId('reminder-day-7-0').isChecked()).toBe(false);
    await page.getByTestId('settings-save').click();
    const { name } = BUNDLES[0]!;
    await asked().toEqual(
      savedReminders([{ ...REMINDERS[0]!, role: null, bundle: name, name, days: [1, 2, 3, 4, 5] }]),
    );
  });

  test('what is missing in a reminder is named, and it is not saved', async () => {
    const page = await open('day', withReminders(REMINDERS.slice(0, 1)));
    await page.getByTestId('reminder-add').click();
    await page.getByTestId('reminder-add').focus();
    expect(await page.getByRole('alert').textContent()).toBe('Choose a role or a bundle.');
    await page.getByTestId('settings-save').click({ force: true });
    await page.getByTestId('reminder-remove-1').click();
    expect(await focused()).toBe('reminder-0');
    await page.keyboard.press('Enter');
    for (const day of [1, 2, 3, 4, 5]) await page.getByTestId(`reminder-day-${day}-0`).uncheck();
    expect(await page.getByRole('alert').textContent()).toBe('Choose at least one day.');
    await page.getByTestId('settings-save').click({ force: true });
    expect(scene.calls).toEqual([]);
    await page.getByTestId('reminder-remove-0').click();
    expect(await focused()).toBe('reminder-add');
    await page.getByTestId('settings-save').click();
    await asked().toEqual(savedReminders([]));
  });

  test('a reminder of somebody else stays theirs', async () => {
    const theirs = { ...REMINDERS[2]!, role: 'directoryrole|theirs|/|eligible' };
    const page = await open('day', withReminders([theirs], { accounts: TWO_ACCOUNTS }));
    const { username } = TWO_ACCOUNTS[1]!.account;
    expect(await page.getByTestId('reminder-0').innerText()).toBe(`${theirs.name}\nFriday at 09:00\n${username}`);
    await page.getByTestId('reminder-0').click();
    const what = page.getByTestId('reminder-what-0');
    expect(await what.locator('option:checked').textContent()).toBe(theirs.name);
    await page.getByTestId('reminder-at-0').fill('10:00');
    await page.getByTestId('settings-save').click();
    await asked().toEqual(savedReminders([{ ...theirs, at: '10:00' }]));
  });

  test('there are twenty reminders at most', async () => {
    const page = await open('day', withReminders(Array.from({ length: 20 }, () => REMINDERS[0]!)));
    await page.getByTestId('reminder-add').click({ force: true });
    expect(await page.getByTestId('reminder-20').count()).toBe(0);
    expect(await page.getByText('Twenty reminders are the most.').count()).toBe(1);
  });

  test('templates are added, changed, put in order and removed by keyboard alone', async () => {
    const page = await open('reasons', withSettings({ reasonTemplates: ['First', 'Second'] }));
    await page.getByTestId('template-add').focus();
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('template-2');
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.keyboard.type('  Incident {ticket} ');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('template-up-2');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('template-up-1');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('template-0');
    await page.keyboard.press('End');
    await page.getByTestId('template-1').fill('Of the week');
    await page.getByTestId('template-remove-2').focus();
    await page.keyboard.press('Space');
    expect(await focused()).toBe('template-1');
    await page.getByTestId('reason-length').fill('20');
    await page.keyboard.press('Control+Enter');
    await asked().toEqual(saved({ reasonTemplates: ['Incident {ticket}', 'Of the week'], reasonLength: 20 }));
  });

  test('a template that says nothing, or what another says, is named and not saved', async () => {
    const page = await open('reasons', withSettings({ reasonTemplates: ['First'] }));
    await page.getByTestId('template-add').click();
    await page.getByTestId('template-add').focus();
    expect(await page.getByRole('alert').textContent()).toBe('Say something, or remove it.');
    await page.getByTestId('template-1').fill('First');
    expect(await page.getByRole('alert').textContent()).toBe('This one is there already.');
    await page.getByTestId('settings-save').click({ force: true });
    await page.getByTestId('template-remove-1').click();
    await page.getByTestId('template-remove-0').click();
    expect(await focused()).toBe('template-add');
    expect(scene.calls).toEqual([]);
    await page.getByTestId('settings-save').click();
    await asked().toEqual(saved({ reasonTemplates: [] }));
  });

  test('there are twenty templates at most', async () => {
    const many = Array.from({ length: 20 }, (_, index) => `Reason ${index}`);
    const page = await open('reasons', withSettings({ reasonTemplates: many }));
    await page.getByTestId('template-add').click({ force: true });
    expect(await page.getByTestId('template-20').count()).toBe(0);
  });

  test('appearance by arrows, and a language by its own name', async () => {
    const page = await open('look');
    await page.getByTestId('appearance-system').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('appearance-dark');
    expect(await page.locator('#language option').allTextContents()).toContain('English');
    await page.getByTestId('language').selectOption('English');
    await page.getByTestId('settings-save').click();
    await asked().toEqual(saved({ appearance: 'dark', language: 'en' }));
  });

  test('the time left beside the icon', async () => {
    const page = await open('look');
    await page.getByTestId('time-beside-icon').check();
    await page.getByTestId('settings-save').click();
    await asked().toEqual(saved({ timeBesideIcon: true }));
  });

  test('start, window and history', async () => {
    let page = await open('start');
    await page.getByTestId('autostart').check();
    await page.getByTestId('hide-on-blur').uncheck();
    await page.getByTestId('settings-save').click();
    await asked().toEqual(saved({ autostart: true, hideOnBlur: false }));
    await scene.close();
    page = await open('storage', withSettings({ historyDays: 45 }));
    const lengths = await page.locator('#history-days option').allTextContents();
    expect(lengths).toEqual(['Not at all', '30 days', '45 days', '90 days', '1 year', '2 years', '10 years']);
    await page.getByTestId('history-days').selectOption('Not at all');
    await page.getByTestId('settings-save').click();
    await asked().toEqual(saved({ historyDays: 0 }));
  });

  test('goes on with what was typed when the page has died', async () => {
    let page = await open('reasons', withSettings({ reasonTemplates: ['First'] }));
    await page.getByTestId('template-add').click();
    await page.keyboard.type('Half a temp');
    await expect.poll(() => scene.left.at(-1)).toContain('Half a temp');
    const left = scene.left.at(-1) ?? '';
    await scene.close();
    scene = await stage.play(withSettings({ reasonTemplates: ['First'] }), { left });
    page = scene.page;
    expect(await page.getByTestId('template-1').inputValue()).toBe('Half a temp');
    await page.keyboard.press('Escape');
    await page.getByTestId('settings-reasons').waitFor();
  });
});

describe('what an organisation has set', () => {
  const SWITCHES = [
    ['notifications', 'notification-details', false],
    ['notifications', 'quiet', true],
    ['renewal', 'renewal-arm', true],
    ['look', 'time-beside-icon', true],
    ['day', 'day-ends', true],
    ['day', 'day-end-on-lock', true],
    ['start', 'autostart', true],
    ['start', 'hide-on-blur', true],
    ['start', 'updates-wanted', true],
  ] as const;

  test.each(SWITCHES)('a switch of %s: %s', async (part, id, on) => {
    const page = await open(part, LOCKED);
    const it = page.getByTestId(id);
    await it.click({ force: true });
    await it.focus();
    await page.keyboard.press('Space');
    expect(await it.isChecked()).toBe(on);
    expect(await it.getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('label', { has: it }).textContent()).toContain('Set by your organisation');
    await page.keyboard.press('Control+Enter');
    expect(scene.calls).toEqual([]);
  });

  const FIELDS = [
    ['notifications', 'warn-minutes', '10'],
    ['notifications', 'quiet-from', '22:00'],
    ['renewal', 'renewal-time', '18:00'],
    ['day', 'day-ends-at', '18:30'],
    ['reasons', 'reason-length', '12'],
    ['look', 'language', 'English'],
    ['keys', 'shortcut', 'Ctrl+Alt+P'],
    ['signIn', 'cloud', 'Microsoft Entra (global)'],
    ['signIn', 'tenant', 'contoso.example'],
    ['signIn', 'client-id', '14d82eec-204b-4c2f-b7e8-296a70dab67e'],
    ['storage', 'history-days', '1 year'],
    ['start', 'updates-defer', '14'],
  ] as const;

  test.each(FIELDS)('a field of %s: %s', async (part, id, value) => {
    const page = await open(part, LOCKED);
    const it = page.getByTestId(id);
    await it.focus();
    await page.keyboard.type('9');
    expect(await it.inputValue()).toBe(value);
    await page.keyboard.press('Control+Enter');
    expect(scene.calls).toEqual([]);
  });

  test('appearance stays, by pointer and by keyboard', async () => {
    const page = await open('look', LOCKED);
    await page.getByTestId('appearance-light').click({ force: true });
    await page.getByTestId('appearance-dark').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Space');
    expect(await page.getByTestId('appearance-dark').isChecked()).toBe(true);
    await page.keyboard.press('Control+Enter');
    expect(scene.calls).toEqual([]);
  });

  test('its reminders are read, and neither changed nor added to', async () => {
    const page = await open('day', LOCKED);
    await page.getByText('Every weekday at 09:00').waitFor();
    for (const part of ['reminder-0', 'reminder-remove-0', 'reminder-add']) {
      expect(await page.getByTestId(part).count()).toBe(0);
    }
  });

  test('its reasons stand before one’s own, which alone are saved', async () => {
    const page = await open('reasons', LOCKED);
    expect(await page.getByText(TEMPLATES[0]!).count()).toBe(1);
    await page.getByTestId('template-add').click();
    await page.keyboard.type('My own');
    await page.getByTestId('settings-save').click();
    await asked().toEqual([{ kind: 'saveSettings', settings: { ...LOCKED.settings, reasonTemplates: ['My own'] } }]);
  });
});
