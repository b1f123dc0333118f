// What is known of a role before it is activated, as it is looked up: its details, what groups give, where it is.

import { describe, expect, test } from 'vitest';

import type { View } from '../../src/generated/View';
import { KNOWN, KNOWN_SCENES, READERS, TWINS } from './known-views';
import { BUNDLES, detail, GRANTS, GROUP, MORE } from './more-views';
import { playing } from './playing';
import { focusedIn } from './settled';
import type { Scene, Stage } from './stage';
import { at, id, ROLES, running, view } from './views';

let stage: Stage;
let scene: Scene;

playing(
  (opened) => (stage = opened),
  () => scene,
);

const play = async (shown: View) => (scene = await stage.play(shown)).page;
const focused = () => focusedIn(scene.page);
const emit = (shown: View) => scene.page.evaluate((next) => window.__emit(next), shown);
const asked = () => expect.poll(() => scene.calls);
const title = () => scene.page.locator('h1').textContent();
const groups = (change: Partial<View> = {}) =>
  view({ status: 'idle', eligible: [READERS, GROUP, KNOWN, ...ROLES.slice(0, 2)], ...change });

describe('the details of a role', () => {
  test('are one key away from its row, and Back leads to it', async () => {
    const page = await play(groups());
    await page.keyboard.type('privileged');
    await page.keyboard.press('Alt+Enter');
    expect(await title()).toBe('Role');
    expect(await page.locator('dl').textContent()).toContain('within 1 day');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('filter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Alt+Enter');
    expect(await title()).toBe('Role');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe(`activate-${KNOWN.id}`);
    expect(scene.calls).toEqual([]);
  });

  test('and the form lead to each other without piling up', async () => {
    const page = await play(groups());
    await page.getByTestId(`activate-${KNOWN.id}`).click();
    await page.getByTestId('reason').fill('Half a rea');
    await page.getByTestId('role-details').click();
    expect(await focused()).toBe('back');
    await page.getByTestId('role-activate').click();
    expect(await page.getByTestId('reason').inputValue()).toBe('Half a rea');
    await page.getByTestId('role-details').click();
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('role-details');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe(`activate-${KNOWN.id}`);
  });

  test('of an active one stay when it ends, as long as it is eligible', async () => {
    const row = ROLES[0]!;
    const page = await play(view({ active: [running(row.name, 79, 1)] }));
    await page.getByTestId(`more-${row.id}`).click();
    expect(await page.getByTestId('role-renew').count()).toBe(1);
    await emit(view({ now: at(2), active: [] }));
    await page.getByTestId('role-activate').waitFor();
    await emit(view({ now: at(3), active: [], eligible: ROLES.slice(1) }));
    await page.getByTestId('filter').waitFor();
  });
});

describe('what a group gives', () => {
  test('is one step aside from the click that activates it at once', async () => {
    const shown = groups({ detail: detail(READERS.id, { grants: GRANTS }) });
    const page = await play(shown);
    await page.getByTestId(`gives-${READERS.id}`).click();
    expect(await page.getByTestId('grants').textContent()).toContain('Exchange Administrator');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe(`gives-${READERS.id}`);
    await page.getByTestId(`activate-${READERS.id}`).click();
    await asked().toEqual([
      { kind: 'showDetail', id: READERS.id },
      { kind: 'closeDetail' },
      expect.objectContaining({ kind: 'activate', id: READERS.id, undoable: true }),
    ]);
  });

  test('is read anew by the page that follows the form, and closed with the last of them', async () => {
    const page = await play(groups());
    await page.getByTestId(`activate-${GROUP.id}`).click();
    await page.getByTestId('role-details').click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    const shown = { kind: 'showDetail', id: GROUP.id };
    const closed = { kind: 'closeDetail' };
    await asked().toEqual([shown, closed, shown, closed, shown, closed]);
  });

  test('is reached by key within the row', async () => {
    const page = await play(groups());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe(`gives-${READERS.id}`);
    await page.keyboard.press('Enter');
    expect(await title()).toBe('Role');
    await asked().toEqual([{ kind: 'showDetail', id: READERS.id }]);
  });

  test('is unfolded for one of several at a time', async () => {
    const page = await play(groups({ detail: detail(GROUP.id, { grants: GRANTS }) }));
    await page.getByTestId(`activate-${READERS.id}`).click({ modifiers: ['Control'] });
    await page.getByTestId(`activate-${GROUP.id}`).click({ modifiers: ['Control'] });
    await page.getByTestId('activate-all').click();
    expect(await page.getByTestId('grants').count()).toBe(0);
    expect(scene.calls).toEqual([]);
    await page.getByTestId(`grants-${READERS.id}`).click();
    await page.getByTestId(`grants-${GROUP.id}`).click();
    expect(await page.getByTestId('grants').count()).toBe(1);
    expect(await page.getByTestId('grants').textContent()).toContain('Helpdesk Administrator');
    // A new view of the same is no reason to ask again.
    await emit(groups({ now: at(1), detail: detail(GROUP.id, { grants: GRANTS }) }));
    await page.getByTestId(`grants-${GROUP.id}`).click();
    const closed = { kind: 'closeDetail' };
    await asked().toEqual([
      { kind: 'showDetail', id: READERS.id },
      closed,
      { kind: 'showDetail', id: GROUP.id },
      closed,
    ]);
  });

  test('is told at once where a form has one group', async () => {
    const page = await play(groups({ bundles: BUNDLES, detail: detail(GROUP.id, { grants: GRANTS }) }));
    await page.getByTestId('bundle-On call').click({ modifiers: ['Shift'] });
    expect(await page.getByTestId('grants').textContent()).toContain('What Tier 0 operators gives you');
    await page.keyboard.press('Escape');
    await asked().toEqual([{ kind: 'showDetail', id: GROUP.id }, { kind: 'closeDetail' }]);
  });

  test('is told of one that is active, too', async () => {
    const row = running(GROUP.name, 20, 100, { id: GROUP.id, kind: 'group' });
    const page = await play(groups({ active: [row] }));
    await page.getByTestId(`more-${GROUP.id}`).click();
    await asked().toEqual([{ kind: 'showDetail', id: GROUP.id }]);
    expect(await page.getByTestId('grants').textContent()).toContain('Reading what it gives you');
  });
});

describe('where an Azure role is', () => {
  const shown = view({ status: 'idle', eligible: TWINS });
  const row = (index: number) => scene.page.getByTestId(`row-${TWINS[index]!.id}`);

  test('tells rows of the same name apart, before what they ask for', async () => {
    await play(shown);
    // What is seen of the place, as far as it is not cut.
    const seen = (index: number) =>
      row(index)
        .locator('.place')
        .evaluate((place) =>
          [...place.querySelectorAll('bdi')].map((name) => [name.textContent, name.scrollWidth <= name.clientWidth]),
        );
    expect((await seen(0))[0]).toEqual(['…Production', true]);
    expect((await seen(1))[0]).toEqual(['…Staging', true]);
    // Where there is little room, it is what lies above that is left whole.
    for (const index of [2, 3]) expect((await seen(index))[0]?.[1]).toBe(true);
    // What is asked for has a line of its own below it, and no role without is higher for that.
    const heights = await Promise.all(TWINS.map(async (_, index) => (await row(index).boundingBox())?.height));
    expect(heights).toEqual([48, 48, 66, 66, 48, 66, 48]);
    expect(await row(2).locator('.words').allInnerTexts()).toEqual([
      expect.stringContaining('Retail'),
      expect.stringContaining('MFA'),
    ]);
  });

  test('is whole in the tooltip and in what a screen reader hears', async () => {
    const page = await play(shown);
    const whole = 'Contoso › Contoso Production › rg-erp';
    expect(await row(0).locator('.words').getAttribute('title')).toContain(whole);
    const about = await page.getByTestId(`activate-${TWINS[0]!.id}`).getAttribute('aria-describedby');
    expect(await page.locator(`#${about}`).textContent()).toContain(`${whole}, 2\u00A0h by default`);
  });

  test('is whole in the form, on the page of the role, and found by its parts', async () => {
    const page = await play(view({ status: 'idle', eligible: [...ROLES, ...TWINS] }));
    await page.keyboard.type('wholes');
    expect(await page.locator('[data-row]').count()).toBe(1);
    await page.keyboard.press('Shift+Enter');
    const whole = 'Contoso › Wholesale › Online shop › rg-webshop-northeurope';
    expect(await page.getByTestId('form').textContent()).toContain(whole);
    await page.getByTestId('role-details').click();
    expect(await page.locator('main').textContent()).toContain(whole);
  });

  test('is whole for an active one, too', async () => {
    const page = await play(KNOWN_SCENES['azure-paths']!.view);
    const described = page.getByTestId(`more-${TWINS[0]!.id}`);
    const about = await described.getAttribute('aria-describedby');
    const whole = 'Contoso › Contoso Production › rg-erp';
    expect(await page.evaluate((name) => document.getElementById(name)?.textContent, about!)).toBe(whole);
    expect(await page.getByTestId(`active-${TWINS[0]!.id}`).locator('.place').getAttribute('title')).toContain(whole);
  });
});

test('ending and activating again tells the gap that is to be expected', async () => {
  const page = await play(KNOWN_SCENES['renew-restart-gap']!.view);
  await page.getByTestId(`renew-${id('Exchange Administrator')}`).click();
  expect(await page.locator('#restart-detail').textContent()).toContain('about 3\u00A0min without the role');
  await scene.close();
  const again = await play(MORE['renew-step-up']!.view);
  await again.getByTestId(`renew-${id('Exchange Administrator')}`).click();
  expect(await again.locator('#restart-detail').textContent()).toContain('about 40\u00A0s without the role');
});
