// From right to left, in Arabic: arrows lead where they point, what points is turned round, what counts down does so from
// where one begins to read, and names of another script keep their own direction.

import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { desk, open } from './manage';
import { MORE } from './more-views';
import { perform, Stage, type Scene } from './stage';
import { id, SCENES } from './views';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

async function play(name: string, lang = 'ar'): Promise<Scene> {
  const { view, steps = [] } = { ...SCENES, ...MORE }[name]!;
  const scene = await stage.play(view, { lang });
  await perform(scene.page, steps);
  return scene;
}

async function box(locator: Locator): Promise<{ x: number; width: number; end: number }> {
  const { x, width } = (await locator.boundingBox())!;
  return { x, width, end: x + width };
}

const style = (locator: Locator, name: 'transform' | 'direction' | 'textAlign') =>
  locator.evaluate((element, name) => getComputedStyle(element)[name], name);

const focused = (scene: Scene) => scene.page.locator(':focus');

describe('arrows', () => {
  test.each(['ar', 'en'])('lead along a row to where they point, %s', async (lang) => {
    const scene = await play('usual', lang);
    await perform(scene.page, ['key:ArrowDown']);
    const begun = await box(focused(scene));
    // The button of a row is its last part: on the left where one reads from the right.
    await scene.page.keyboard.press(lang === 'ar' ? 'ArrowRight' : 'ArrowLeft');
    const next = await box(focused(scene));
    expect(Math.sign(next.x - begun.x)).toBe(lang === 'ar' ? 1 : -1);
    await scene.page.keyboard.press(lang === 'ar' ? 'ArrowLeft' : 'ArrowRight');
    expect(await box(focused(scene))).toEqual(begun);
    await scene.close();
  });

  test('move the thumb of the duration to where they point', async () => {
    const scene = await play('form');
    const slider = scene.page.getByTestId('duration');
    const value = async () => Number(await slider.inputValue());
    const rest = scene.page.locator('.track .rest');
    await slider.fill('120');
    await slider.press('ArrowLeft');
    expect(await value()).toBeGreaterThan(120);
    await slider.press('ArrowRight');
    await slider.press('ArrowRight');
    expect(await value()).toBeLessThan(120);
    await slider.press('ArrowUp');
    expect(await value()).toBe(120);
    // What is filled begins on the right.
    expect((await box(rest)).end).toBeCloseTo((await box(scene.page.locator('.track'))).end, 0);
    await scene.close();
  });

  test('unfold scopes to the left, and fold them to the right', async () => {
    const scene = await play('form-azure');
    await perform(scene.page, ['scope']);
    const root = scene.page.getByRole('treeitem').first();
    await root.focus();
    expect(await root.getAttribute('aria-expanded')).toBe('true');
    await root.press('ArrowRight');
    expect(await root.getAttribute('aria-expanded')).toBe('false');
    await root.press('ArrowLeft');
    expect(await root.getAttribute('aria-expanded')).toBe('true');
    expect((await box(scene.page.locator('.node .fold').first())).x).toBeGreaterThan(
      (await box(scene.page.locator('.node .label').first())).x,
    );
    await scene.close();
  });
});

describe('what is seen', () => {
  test('the page says from which side it is read', async () => {
    const scene = await play('usual');
    const root = scene.page.locator('html');
    expect([await root.getAttribute('dir'), await root.getAttribute('lang')]).toEqual(['rtl', 'ar']);
    await scene.close();
  });

  test('the time left is drawn from where one begins to read', async () => {
    const scene = await play('usual');
    const rail = await box(scene.page.locator('.rail').first());
    const rest = await box(scene.page.locator('.rail .rest').first());
    expect(rest.end).toBeCloseTo(rail.end, 0);
    expect(rest.width).toBeLessThan(rail.width - 4);
    await scene.close();
  });

  test('the way back points to the right, an arrow that goes round with the time stays as it is', async () => {
    const scene = await play('renew');
    expect(await style(scene.page.getByTestId('back').locator('svg'), 'transform')).toBe('matrix(-1, 0, 0, 1, 0, 0)');
    await scene.page.getByTestId('back').click();
    const renew = scene.page.getByTestId(`renew-${id('Exchange Administrator')}`);
    expect(await style(renew.locator('svg'), 'transform')).toBe('none');
    await scene.close();
  });

  test.each([
    ['ar', 'matrix(0, 1, -1, 0, 0, 0)'],
    ['en', 'matrix(0, -1, 1, 0, 0, 0)'],
  ])('what leads on points along the line, %s', async (lang, turned) => {
    const scene = await play('everything', lang);
    expect(await style(scene.page.getByTestId('all-bundles').locator('.turn'), 'transform')).toBe(turned);
    await scene.close();
  });

  test('Latin names begin where the others do, in their own direction, and keep their beginning', async () => {
    const scene = await play('usual');
    for (const name of [
      scene.page.getByTestId(`more-${id('Exchange Administrator')}`),
      scene.page.getByTestId('accounts'),
    ]) {
      expect(await style(name.locator('bdi').last(), 'direction')).toBe('ltr');
    }
    expect(await style(scene.page.locator('[data-row] bdi.cut').first(), 'textAlign')).toBe('right');
    await scene.close();
  });

  test('names within sentences are set apart from them', async () => {
    const scene = await play('usual');
    const label = await scene.page.getByTestId(`deactivate-${id('Exchange Administrator')}`).getAttribute('aria-label');
    expect(label).toContain('\u2068Exchange Administrator\u2069');
    await scene.close();
  });

  test.each(['usual', 'form-schedule', 'history', 'accounts', 'role', 'settings-overview'])(
    'digits stand in columns: %s',
    async (name) => {
      const scene = await play(name);
      const text = await scene.page.locator('body').innerText();
      expect(text).toMatch(/\d/);
      expect(text).not.toMatch(/[\u0660-\u0669\u06F0-\u06F9]/);
      await scene.close();
    },
  );

  test('what is typed is read from its own side', async () => {
    const scene = await play('form');
    const reason = scene.page.getByTestId('reason');
    const begins = () =>
      reason.evaluate((area) => getComputedStyle(area).unicodeBidi === 'plaintext' && getComputedStyle(area).direction);
    expect(await begins()).toBe('rtl');
    await scene.close();
  });
});

test('the parts of the Manage window stand on the right', async () => {
  const { page, close } = await open(stage, desk('assignments'), undefined, { lang: 'ar' });
  expect((await box(page.locator('nav'))).x).toBeGreaterThan((await box(page.locator('main'))).x);
  // Role, who, how, until: from the right.
  const row = page.locator('li[data-index="0"] > *');
  const places = await Promise.all((await row.all()).map(async (part) => (await box(part)).x));
  expect(places).toEqual([...places].sort((a, b) => b - a));
  await close();
});
