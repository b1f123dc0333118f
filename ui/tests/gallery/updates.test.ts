// Newer versions as they are seen: the banner leads to the page about Pimento, where each step is a click of its own.

import { describe, expect, test } from 'vitest';

import type { Updates } from '../../src/generated/Updates';
import { playing } from './playing';
import { focusedIn } from './settled';
import type { Scene, Stage } from './stage';
import { BANNER, offered, PUBLISHED, updates, withUpdates } from './update-views';
import { at, settings, view } from './views';

let stage: Stage;
let scene: Scene;

playing(
  (opened) => (stage = opened),
  () => scene,
);

const focused = () => focusedIn(scene.page);
const state = () => expect.poll(() => scene.page.getByTestId('updates-state').textContent());
const asked = () => expect.poll(() => scene.calls);
const wish = (...wishes: string[]) => wishes.map((each) => ({ kind: 'updates', wish: each }));

/** Opens the page about Pimento. */
async function open(known: Updates) {
  scene = await stage.play(withUpdates(known));
  await scene.page.getByTestId('menu').click();
  await scene.page.getByTestId('menu-about').click();
  await scene.page.getByTestId('updates-state').waitFor();
  return scene.page;
}

const become = (known: Updates, minutes: number) =>
  scene.page.evaluate((next) => window.__emit(next), { ...withUpdates(known), now: at(minutes) });

describe('the banner', () => {
  test('leads to the page about Pimento, and is closed for good', async () => {
    scene = await stage.play(BANNER);
    const { page } = scene;
    await page.getByTestId('notice-open').focus();
    await page.keyboard.press('Enter');
    await state().toBe('Pimento 0.2.0 is available');
    await page.keyboard.press('Escape');
    await page.getByTestId('notice-update').getByRole('button', { name: 'Dismiss this notice' }).click();
    await asked().toEqual([{ kind: 'dismissNotice', id: 'update' }]);
  });
});

describe('the page about Pimento', () => {
  test('says how things stand, and looks when somebody wants it', async () => {
    const page = await open(updates({ asOf: null }));
    await state().toBe('Not looked for yet.');
    await page.getByTestId('updates-look').focus();
    await page.keyboard.press('Enter');
    await asked().toEqual(wish('look'));
    await become(updates({ looking: true, asOf: null }), 1);
    await state().toBe('Looking…');
    await page.keyboard.press('Enter');
    await become(updates({ asOf: at(2) }), 2);
    await state().toBe('Up to date (last look: 14:51)');
    expect(await focused()).toBe('updates-look');
    await asked().toEqual(wish('look'));
  });

  test('downloads and installs, each by a click, and whoever uses the keyboard stays where they are', async () => {
    const page = await open(offered(PUBLISHED));
    const step = page.getByTestId('updates-step');
    await page.getByTestId('updates-notes').click();
    await step.focus();
    expect(await step.textContent()).toBe('Download (12 MB)');
    await page.keyboard.press('Enter');
    await asked().toEqual(wish('notes', 'download'));
    await become(offered({ kind: 'downloading', percent: 40 }), 1);
    await expect.poll(() => step.textContent()).toBe('Downloading, 40 %');
    expect(await page.getByRole('progressbar').getAttribute('value')).toBe('40');
    await page.keyboard.press('Enter');
    await become(offered({ kind: 'here' }), 2);
    await expect.poll(() => step.textContent()).toBe('Install');
    expect(await focused()).toBe('updates-step');
    await page.keyboard.press('Enter');
    await asked().toEqual(wish('notes', 'download', 'install'));
  });

  test('says what went wrong with its details, and the step is there again', async () => {
    const page = await open(offered(PUBLISHED));
    const problem = {
      code: 'network',
      message: 'The network is away.',
      remedy: { kind: 'retry', at: null } as const,
      correlationId: null,
      detail: 'connection refused',
    };
    await become(offered(PUBLISHED, { problem }), 1);
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('The network is away.');
    await page.getByTestId('updates-problem').locator('summary').click();
    expect(await page.getByTestId('updates-problem').innerText()).toContain('connection refused');
    await page.getByTestId('updates-step').click();
    await asked().toEqual(wish('download'));
  });

  test('says where nothing is looked for, and where that is set', async () => {
    const page = await open(updates({ looks: 'never', asOf: null }));
    await state().toBe('This build does not look for newer versions.');
    expect(await page.getByTestId('updates-look').count()).toBe(0);
    await become(updates({ looks: 'off', asOf: null }), 1);
    await state().toBe('Newer versions are not looked for.');
    await page.getByTestId('updates-change').click();
    await page.getByTestId('updates-wanted').waitFor();
  });

  test('a version without a package for this system is told with its page', async () => {
    const page = await open(offered({ kind: 'absent' }));
    await expect.poll(() => page.locator('main').innerText()).toContain('It has no package for this system.');
    expect(await page.getByTestId('updates-step').count()).toBe(0);
    await page.getByTestId('updates-notes').click();
    await asked().toEqual(wish('notes'));
  });

  test('is shown when the icon’s menu asks for it, also while nobody is signed in', async () => {
    const signedOut = { session: { kind: 'signedOut', reason: null }, status: 'signedOut' } as const;
    scene = await stage.play(view({ ...signedOut, updates: offered(PUBLISHED) }));
    await scene.page.evaluate(() => window.__turn('about'));
    await state().toBe('Pimento 0.2.0 is available');
  });
});

describe('the settings', () => {
  test('have a switch, and how long an offer waits', async () => {
    scene = await stage.play(withUpdates(updates()));
    const { page } = scene;
    await page.keyboard.press('Control+,');
    await page.getByTestId('settings-start').click();
    await page.getByTestId('updates-defer').fill('91');
    expect(await page.getByRole('alert').textContent()).toBe('Between 0 and 90 days.');
    await page.getByTestId('updates-defer').fill('14');
    await page.getByTestId('updates-wanted').uncheck();
    expect(await page.getByTestId('updates-defer').count()).toBe(0);
    await page.getByTestId('settings-save').click();
    const changed = { ...settings, updates: { look: false, deferDays: 14 } };
    await asked().toEqual([{ kind: 'saveSettings', settings: changed }]);
  });

  test('have neither where this build never looks', async () => {
    scene = await stage.play(withUpdates(updates({ looks: 'never' })));
    await scene.page.keyboard.press('Control+,');
    await scene.page.getByTestId('settings-start').click();
    await scene.page.getByTestId('autostart').waitFor();
    expect(await scene.page.getByTestId('updates-wanted').count()).toBe(0);
  });
});
