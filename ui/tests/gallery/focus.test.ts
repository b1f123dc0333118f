// Where the keyboard is: in every state, each thing that Tab leads to shows it, with a contrast that is seen, and nothing lies over it.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ALL } from './all-views';
import { perform, Stage } from './stage';
import { SCENES } from './views';

/** More steps than any page has. */
const MOST = 120;
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

/** What is wrong with the way in which the focused element shows that it is; `end` where Tab has left the page or begun anew. */
async function look(page: Page): Promise<'end' | string[]> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return 'end';
    // Tab goes round: the first one is marked. A group of radio buttons is one stop.
    if (element.dataset.looked) return 'end';
    element.dataset.looked = '1';
    const name = element.dataset.testid ?? element.outerHTML.slice(0, 80);
    const wrong: string[] = [];

    type Rgb = [number, number, number];
    const context = document.createElement('canvas').getContext('2d')!;
    const rgb = (colour: string): [...Rgb, number] => {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a];
    };
    const luminance = (colour: string) => {
      const [r, g, b] = rgb(colour).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      }) as Rgb;
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one: string, other: string) => {
      const [a, b] = [luminance(one), luminance(other)];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    };
    /** What the element stands on. */
    const ground = (of: Element | null): string => {
      for (let each = of; each; each = each.parentElement) {
        const colour = getComputedStyle(each).backgroundColor;
        if (rgb(colour)[3] === 255) return colour;
      }
      return 'white';
    };

    // A slider shows it on its thumb, which no script can look at: its picture is compared instead.
    const slider = element.matches('input[type=range]');
    const style = getComputedStyle(element);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    if (!ring && !slider) wrong.push(`${name}: nothing shows the focus`);
    if (ring) {
      const seen = contrast(style.outlineColor, ground(element.parentElement));
      if (seen < 3) wrong.push(`${name}: its ring has a contrast of ${seen.toFixed(2)}`);
    }

    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return [`${name}: it has no size`];
    // Within what cuts it off: the window, and everything that scrolls.
    for (let each: Element | null = element.parentElement; each; each = each.parentElement) {
      const cuts = getComputedStyle(each);
      if (cuts.overflowY === 'visible' && cuts.overflowX === 'visible') continue;
      const room = each.getBoundingClientRect();
      const out = Math.max(room.top - box.top, box.bottom - room.bottom, room.left - box.left, box.right - room.right);
      // What is larger than its room cannot be whole in it.
      if (out > 0.5 && box.height <= room.height && box.width <= room.width) {
        wrong.push(`${name}: ${out.toFixed(0)} px of it are cut off`);
        break;
      }
    }
    for (const [across, down] of [
      [0.5, 0.5],
      [0.06, 0.2],
      [0.94, 0.2],
      [0.06, 0.8],
      [0.94, 0.8],
    ] as const) {
      const [x, y] = [box.left + box.width * across, box.top + box.height * down];
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
      const there = document.elementFromPoint(x, y);
      const label = element.closest('label');
      if (there && !element.contains(there) && !there.contains(element) && !label?.contains(there)) {
        wrong.push(`${name}: ${there.outerHTML.slice(0, 80)} lies over it`);
        break;
      }
    }
    return wrong;
  });
}

/** Whether the focused slider looks as it does without the focus. */
async function unseen(page: Page): Promise<boolean> {
  const slider = page.locator('input[type=range]:focus');
  if ((await slider.count()) === 0) return false;
  const focused = await slider.screenshot();
  const handle = await slider.elementHandle();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  const blurred = await page.locator('input[type=range]').first().screenshot();
  await page.keyboard.press('Shift');
  await handle?.focus();
  return focused.equals(blurred);
}

/** Follows Tab through the page; returns what was wrong, and how many stops there were. */
async function walk(page: Page): Promise<{ wrong: string[]; stops: number }> {
  const wrong: string[] = [];
  let stops = 0;
  await page.keyboard.press('Tab');
  // From the last one, Tab leads out of the page, and with one more back to the first.
  if (await page.evaluate(() => document.activeElement === document.body)) await page.keyboard.press('Tab');
  for (; stops < MOST; stops += 1) {
    const seen = await look(page);
    if (seen === 'end') break;
    wrong.push(...seen);
    if (await unseen(page)) wrong.push('a slider: nothing shows the focus');
    await page.keyboard.press('Tab');
  }
  if (stops === MOST) wrong.push('Tab never comes round');
  return { wrong, stops };
}

for (const scheme of ['light', 'dark'] as const) {
  describe(`the focus is seen, ${scheme}`, () => {
    test.each(Object.entries(ALL))('in "%s"', async (_, scene) => {
      const played = await stage.play(scene.view, { scheme, ...(scene.viewport && { viewport: scene.viewport }) });
      await perform(played.page, scene.steps ?? []);
      const { wrong, stops } = await walk(played.page);
      expect(wrong).toEqual([]);
      if (scene !== SCENES.starting) expect(stops).toBeGreaterThan(0);
      await played.close();
    });
  });
}

test('a ring that is missing, pale or covered is noticed', async () => {
  const played = await stage.play(SCENES.usual!.view);
  const { page } = played;
  const spoilt = async (css: string) => {
    await page.evaluate((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets = [sheet];
      for (const each of document.querySelectorAll<HTMLElement>('[data-looked]')) delete each.dataset.looked;
      (document.activeElement as HTMLElement | null)?.blur();
    }, css);
    return (await walk(page)).wrong.join('\n');
  };
  expect(await spoilt('')).toBe('');
  expect(await spoilt(':focus-visible { outline: none !important }')).toContain('filter: nothing shows the focus');
  expect(await spoilt(':focus-visible { outline-color: #e4e4e4 !important }')).toContain('contrast');
  expect(await spoilt('header::after { content: ""; position: fixed; inset: 0; z-index: 9 }')).toContain(
    'lies over it',
  );
  await played.close();
});
