// What the window looks like beside its states: room for what counts, contrast of signs, motion, a change of the light.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ALL } from './all-views';
import { perform, Stage } from './stage';
import { id, running, SCENES, usual } from './views';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

describe('room', () => {
  /** Test ids that begin so, of what is whole within the window and within everything that scrolls. */
  const whole = (page: Page, begins: string) =>
    page.evaluate((start) => {
      const inside = (element: Element) => {
        const box = element.getBoundingClientRect();
        for (let each: Element | null = element.parentElement; each; each = each.parentElement) {
          if (getComputedStyle(each).overflowY === 'visible') continue;
          const room = each.getBoundingClientRect();
          if (box.top < room.top - 0.5 || box.bottom > room.bottom + 0.5) return false;
        }
        return box.top >= 0 && box.bottom <= innerHeight;
      };
      return [...document.querySelectorAll(`[data-testid^="${start}"]`)].filter(inside).length;
    }, begins);

  test.each([
    ['two active', usual, 2],
    [
      'one active, and the undo time of another',
      { ...SCENES.undo!.view, active: [running('Teams Administrator', 79, 161)] },
      1,
    ],
  ])('six roles to activate are there without scrolling, beside %s', async (_, shown, active) => {
    const played = await stage.play(shown, { viewport: { width: 380, height: 620 } });
    expect(await whole(played.page, 'active-')).toBe(active);
    expect(await whole(played.page, 'row-')).toBeGreaterThanOrEqual(6);
    await played.close();
  });
});

/** Signs that are hard to see: icons, and the lines round fields, against what they stand on. */
async function pale(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    /** Colours, one over the other. */
    const luminance = (...colours: string[]) => {
      context.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
      }
      const [r = 0, g = 0, b = 0] = [...context.getImageData(0, 0, 1, 1).data].map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const opaque = (colour: string) => {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      return context.getImageData(0, 0, 1, 1).data[3] === 255;
    };
    const ground = (of: Element | null): string => {
      for (let each = of; each; each = each.parentElement) {
        const colour = getComputedStyle(each).backgroundColor;
        if (opaque(colour)) return colour;
      }
      return 'white';
    };
    const found: string[] = [];
    const judge = (element: Element, colour: string, what: string) => {
      const below = ground(what === 'icon' ? element : element.parentElement);
      const [a, b] = [luminance(below, colour), luminance(below)];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 3) found.push(`${what}: ${ratio.toFixed(2)}: ${element.parentElement?.outerHTML.slice(0, 120)}`);
    };
    for (const icon of document.querySelectorAll('#app svg')) {
      // What cannot be used now need not be as clear.
      if (icon.getBoundingClientRect().width === 0 || icon.closest(':disabled, [aria-disabled="true"]')) continue;
      judge(icon, getComputedStyle(icon).color, 'icon');
    }
    for (const field of document.querySelectorAll('#app .input')) {
      // Nor what cannot be changed at all: it is read.
      if (field.getBoundingClientRect().width === 0 || field.matches(':disabled, [readonly]')) continue;
      judge(field, getComputedStyle(field).borderTopColor, 'field');
    }
    return found;
  });
}

for (const scheme of ['light', 'dark'] as const) {
  describe(`icons and fields have a contrast of 3:1, ${scheme}`, () => {
    test.each(Object.entries(ALL))('in "%s"', async (_, scene) => {
      const played = await stage.play(scene.view, { scheme, ...(scene.viewport && { viewport: scene.viewport }) });
      await perform(played.page, scene.steps ?? []);
      expect(await pale(played.page)).toEqual([]);
      await played.close();
    });
  });
}

test('a pale icon and a pale field are noticed', async () => {
  const played = await stage.play(usual);
  await played.page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.mark { color: #bbb !important } .input { border-color: #ddd !important }');
    document.adoptedStyleSheets = [sheet];
  });
  const found = (await pale(played.page)).join('\n');
  expect(found).toContain('icon: ');
  expect(found).toContain('field: ');
  await played.close();
});

test('light and dark follow the system while the window is open', async () => {
  const played = await stage.play(usual, { scheme: 'light' });
  const { page } = played;
  const colours = () =>
    page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return { color, backgroundColor, row: getComputedStyle(document.querySelector('section ul')!).backgroundColor };
    });
  const brightness = (colour: string) => (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + +part, 0);
  await page.getByTestId(`activate-${id('Intune Administrator')}`).click();
  await page.getByTestId('reason').fill('Half a rea');
  await page.keyboard.press('Escape');
  const light = await colours();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(async () => brightness((await colours()).backgroundColor)).toBeLessThan(200);
  const dark = await colours();
  expect(brightness(light.backgroundColor)).toBeGreaterThan(600);
  expect(brightness(light.color)).toBeLessThan(brightness(dark.color));
  expect(brightness(dark.row)).toBeLessThan(200);
  // Nothing was loaded anew: what was typed is there.
  await page.getByTestId(`activate-${id('Intune Administrator')}`).click();
  expect(await page.getByTestId('reason').inputValue()).toBe('Half a rea');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.keyboard.press('Escape');
  await expect.poll(colours).toEqual(light);
  await played.close();
});

describe('motion', () => {
  const MOVING = { ...usual, list: { ...usual.list, loading: true } };
  /** Everything that moves, or would: milliseconds of each animation and each transition. */
  const moves = (page: Page) =>
    page.evaluate(() => {
      const ms = (text: string) => text.split(',').map((part) => parseFloat(part) * (part.includes('ms') ? 1 : 1_000));
      const all = [...document.querySelectorAll('#app *')].flatMap((element) =>
        ['', '::before', '::after'].map((part) => getComputedStyle(element, part)),
      );
      const animated = all.filter((style) => style.animationName !== 'none');
      return {
        animations: animated.length,
        running: document.getAnimations().length,
        longest: Math.max(0, ...all.flatMap((style) => ms(style.transitionDuration))),
      };
    });

  test.each(
    Object.entries({
      list: MOVING,
      first: SCENES['first-load']!.view,
      starting: SCENES.starting!.view,
      signing: SCENES['signing-in']!.view,
    }),
  )('there is none where the system asks for less: %s', async (_, shown) => {
    const played = await stage.play(shown);
    expect(await moves(played.page)).toEqual({ animations: 0, running: 0, longest: 0 });
    await played.close();
  });

  test('elsewhere it is short, and only what waits goes on', async () => {
    const played = await stage.play(MOVING);
    await played.page.emulateMedia({ reducedMotion: 'no-preference' });
    const { animations, longest } = await moves(played.page);
    expect(animations).toBe(1);
    expect(longest).toBeLessThanOrEqual(120);
    expect(longest).toBeGreaterThan(0);
    await played.page.emulateMedia({ reducedMotion: 'reduce' });
    await played.close();
  });
});
