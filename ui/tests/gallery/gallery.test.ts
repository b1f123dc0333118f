// Every state of the window in every look: no accessibility violation, nothing cut off, nothing that the content security
// policy refuses, and the picture that somebody has looked at (`pictures/`).

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { ALL } from './all-views';
import { clipped, violations } from './checks';
import { LANGUAGES, seen } from './looks';
import { Sheet } from './sheet';
import { perform, Stage } from './stage';
import { SCENES } from './views';

const shots = process.env.PIMENTO_SHOTS;
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
  if (shots) mkdirSync(shots, { recursive: true });
});
afterAll(() => stage?.close());

test.each(Object.entries(ALL))('%s', async (name, scene) => {
  const sheet = new Sheet(name);
  for (const { lang, looks } of LANGUAGES) {
    const played = await stage.play(scene.view, {
      ...(scene.viewport && { viewport: scene.viewport }),
      ...(lang !== undefined && { lang }),
    });
    await perform(played.page, scene.steps ?? []);
    await seen(played.page, sheet, looks, async (look, scheme) => {
      const where = `${name}, ${look}, ${scheme}`;
      expect(await clipped(played.page), where).toEqual([]);
      // Forced colours are the system's own, and other languages' words have the same colours and names' places.
      if (look === 'usual') expect(await violations(played.page), where).toEqual([]);
    });
    expect(played.faults).toEqual([]);
    expect(await played.page.evaluate(() => window.__hacked)).toBeUndefined();
    await played.close();
  }
  expect(await sheet.differences(stage.browser)).toEqual([]);
});

// Where the desktop has no face of its own, text is a fifth wider.
test.each([
  ...['usual', 'expiring', 'form-ticket', 'renew-restart', 'selected', 'settings', 'first-run', 'failed', 'everything'],
  ...['three-kinds', 'form-schedule', 'bundles', 'bundle-edit', 'accounts', 'history', 'sources', 'role'],
  ...['azure-paths', 'group-at-once', 'role-known', 'several-groups'],
])('a wide face: %s', async (name) => {
  const scene = ALL[name]!;
  const played = await stage.play(scene.view);
  await played.page.evaluate(() => document.documentElement.style.setProperty('--font', 'DejaVu Sans, Verdana'));
  await perform(played.page, scene.steps ?? []);
  if (shots) await played.page.screenshot({ path: join(shots, `${name}-wide.png`) });
  expect(await clipped(played.page)).toEqual([]);
  await played.close();
});

test('high contrast', async () => {
  const played = await stage.play(SCENES.usual!.view, { forcedColors: true });
  if (shots) await played.page.screenshot({ path: join(shots, 'usual-forced-colors.png') });
  // A rule for the time left must survive a palette that removes backgrounds.
  const rest = await played.page
    .locator('.rest')
    .first()
    .evaluate((bar) => [getComputedStyle(bar).backgroundColor, getComputedStyle(document.body).backgroundColor]);
  expect(rest[0]).not.toBe(rest[1]);
  await played.close();
});
