// Every state of the window in light and dark: no accessibility violation, nothing cut off, nothing that the content
// security policy refuses. With PIMENTO_SHOTS=<folder> each picture is kept there.

import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Page } from 'playwright-core';

import { perform, Stage } from './stage';
import { MORE } from './more-views';
import { SCENES } from './views';

const shots = process.env.PIMENTO_SHOTS;
let stage: Stage;
let axeSource: string;

beforeAll(async () => {
  stage = await Stage.open();
  axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  if (shots) mkdirSync(shots, { recursive: true });
});
afterAll(() => stage?.close());

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { 'target-size': { enabled: true } },
    }),
  );
  return results.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`));
}

/** Elements that stick out of the window, or whose text is wider than they are without an ellipsis to say so. */
async function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    for (const element of document.querySelectorAll<HTMLElement>('#app *')) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (box.width === 0 || element.closest('.offscreen, svg') || style.visibility === 'hidden') continue;
      let around = element.parentElement;
      while (around && getComputedStyle(around).textOverflow !== 'ellipsis') around = around.parentElement;
      if (around) continue;
      if (box.left < -0.5 || box.right > width + 0.5) found.push(`outside: ${element.outerHTML.slice(0, 120)}`);
      const hides = style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis';
      if (hides && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${element.outerHTML.slice(0, 120)}`);
    }
    return found;
  });
}

for (const scheme of ['light', 'dark'] as const) {
  describe(`gallery, ${scheme}`, () => {
    test.each(Object.entries({ ...SCENES, ...MORE }))('%s', async (name, scene) => {
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
])('a wide face: %s', async (name) => {
  const scene = { ...SCENES, ...MORE }[name]!;
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
