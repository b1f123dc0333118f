// Light or dark: as the system is, or as the settings say, in both windows, live and from the first frame on.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Appearance } from '../../src/generated/Appearance';
import { desk, open } from './manage';
import { withSettings } from './settings-views';
import { Stage } from './stage';
import { at } from './views';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const LIGHT = 'rgb(246, 246, 248)';
const DARK = 'rgb(34, 35, 39)';

/** What the page is painted on, and how the browser draws what it draws itself. */
const look = (page: Page) =>
  page.evaluate(() => [
    getComputedStyle(document.body).backgroundColor,
    getComputedStyle(document.documentElement).colorScheme,
  ]);

const CASES: [Appearance, 'light' | 'dark', string, string][] = [
  ['system', 'light', LIGHT, 'light dark'],
  ['system', 'dark', DARK, 'light dark'],
  ['light', 'dark', LIGHT, 'light'],
  ['dark', 'light', DARK, 'dark'],
  ['dark', 'dark', DARK, 'dark'],
];

describe.each(CASES)('%s on a %s system', (appearance, scheme, ground, drawn) => {
  test('in the flyout', async () => {
    const scene = await stage.play(withSettings({ appearance }), { scheme });
    expect(await look(scene.page)).toEqual([ground, drawn]);
    expect(scene.faults).toEqual([]);
    await scene.close();
  });

  test('in the Manage window', async () => {
    const shown = await open(stage, { ...desk('need'), appearance }, undefined, { scheme });
    expect(await look(shown.page)).toEqual([ground, drawn]);
    await shown.close();
  });
});

test('a change is seen at once, in the settings and in the system', async () => {
  const { page, close } = await stage.play(withSettings({}), { scheme: 'light' });
  const emit = (appearance: Appearance, minute: number) =>
    page.evaluate((view) => window.__emit(view), { ...withSettings({ appearance }), now: at(minute) });
  await emit('dark', 1);
  expect(await look(page)).toEqual([DARK, 'dark']);
  await page.emulateMedia({ colorScheme: 'dark' });
  await emit('light', 2);
  expect(await look(page)).toEqual([LIGHT, 'light']);
  await emit('system', 3);
  expect(await look(page)).toEqual([DARK, 'light dark']);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await look(page)).toEqual([LIGHT, 'light dark']);
  await close();
});

test('a change is seen in an open Manage window', async () => {
  const { page, close } = await open(stage, desk('need'));
  await page.evaluate((next) => window.__desk(next), { ...desk('need'), appearance: 'dark' as const });
  expect(await look(page)).toEqual([DARK, 'dark']);
  await close();
});

// Nothing answers here, and the language does not come: what is seen is what the page shows before it knows anything.
test.each([
  ['index.html?lang=de&appearance=dark', DARK],
  ['manage.html?lang=de&appearance=dark', DARK],
  ['index.html?lang=de&appearance=light', LIGHT],
  ['index.html?lang=de&appearance=%22%3E%3Cimg%3E', LIGHT],
  ['index.html?lang=de', LIGHT],
])('nothing flashes before the first view: %s', async (address, ground) => {
  const page = await stage.browser.newPage({ colorScheme: address.includes('light') ? 'dark' : 'light' });
  const asked = page.waitForRequest(/\/de-[^/]*\.js$/);
  await page.route(/\/de-[^/]*\.js$/, () => new Promise(() => {}));
  await page.goto(stage.origin + address, { waitUntil: 'commit' });
  await asked;
  await expect.poll(() => look(page)).toContain(ground);
  expect(await page.locator('#app > *').count()).toBe(0);
  await page.close();
});
