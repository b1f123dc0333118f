// Every state of the window in light and dark: no accessibility violation, nothing cut off, nothing that the content
// security policy refuses. With PIMENTO_SHOTS=<folder> each picture is kept there.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { clipped, violations } from './checks';
import { perform, Stage } from './stage';
import { KNOWN_SCENES } from './known-views';
import { MORE } from './more-views';
import { SCENES } from './views';

const shots = process.env.PIMENTO_SHOTS;
const ALL = { ...SCENES, ...MORE, ...KNOWN_SCENES };
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
  if (shots) mkdirSync(shots, { recursive: true });
});
afterAll(() => stage?.close());

for (const scheme of ['light', 'dark'] as const) {
  describe(`gallery, ${scheme}`, () => {
    test.each(Object.entries(ALL))('%s', async (name, scene) => {
      const played = await stage.play(scene.view, { scheme, ...(scene.viewport && { viewport: scene.viewport }) });
      try {
        await perform(played.page, scene.steps ?? []);
        if (shots) await played.page.screenshot({ path: join(shots, `${name}-${scheme}.png`) });
        expect(await violations(played.page)).toEqual([]);
        expect(await clipped(played.page)).toEqual([]);
        expect(played.faults).toEqual([]);
        expect(await played.page.evaluate(() => window.__hacked)).toBeUndefined();
      } finally {
        await played.close();
      }
    });
  });
}

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
