// What the window tells where somebody looks for it: keys, reasons that are reused, what helps, the zone, where the secret is.

import { describe, expect, test } from 'vitest';

import type { View } from '../../src/generated/View';
import { MORE } from './more-views';
import { playing } from './playing';
import { focusedIn } from './settled';
import type { Scene, Stage } from './stage';
import { active, eligible, id, maya, running, SCENES, usual, view } from './views';

let stage: Stage;
let scene: Scene;

playing(
  (opened) => (stage = opened),
  () => scene,
);

const play = async (shown: View) => (scene = await stage.play(shown)).page;
const focused = () => focusedIn(scene.page);
const exchange = id('Exchange Administrator');

test('the sheet of keys opens by one of them, has each that the list and forms know, and leads back', async () => {
  const page = await play(usual);
  await page.keyboard.press('?');
  await expect.poll(focused).toBe('back');
  const keys = (await page.locator('kbd').allTextContents()).join(' | ');
  for (const key of ['↑ ↓', 'Home', 'End', '← →', 'Enter', 'Shift', 'Alt', 'Space', 'Ctrl', 'Esc', '?']) {
    expect(keys).toContain(key);
  }
  // Each says what it is for.
  expect(await page.locator('dl > div').count()).toBe(await page.locator('kbd').count());
  for (const meaning of await page.locator('dt').allTextContents()) expect(meaning.length).toBeGreaterThan(3);
  await page.keyboard.press('Escape');
  expect(await focused()).toBe('filter');
});

describe('a reason that is reused', () => {
  const reader = id('Global Reader');

  test('is told on the button before the click, and on the bar while it can be taken back', async () => {
    const page = await play(view({ status: 'idle' }));
    expect(await page.getByTestId(`activate-${reader}`).getAttribute('title')).toContain('Daily checks');
    await page.evaluate((next) => window.__emit(next), SCENES.undo!.view);
    await expect.poll(() => page.getByTestId('undo-bar').textContent()).toContain('Daily checks');
    await page.getByTestId('undo').click();
    await expect.poll(() => scene.calls).toEqual([{ kind: 'undo', id: reader }]);
  });

  test('stands in the form, and in a bundle’s tooltip', async () => {
    const page = await play(MORE['bundle-strip']!.view);
    expect(await page.getByTestId('bundle-On call').getAttribute('title')).toContain('On call, 2026-11-24');
    await page.getByTestId(`activate-${reader}`).click({ modifiers: ['Shift'] });
    expect(await page.getByTestId('reason').inputValue()).toBe('Daily checks');
  });
});

test('favourites come first and are told by their shape', async () => {
  const page = await play(view({ status: 'idle' }));
  const stars = page.locator('[data-row] [data-testid^="favourite-"]');
  const pressed = await stars.evaluateAll((all) => all.map((star) => star.getAttribute('aria-pressed')));
  expect(pressed.slice(0, 3)).toEqual(['true', 'true', 'false']);
  const shape = (at: number) => stars.nth(at).locator('path').getAttribute('fill');
  expect(await shape(0)).toBe('currentColor');
  expect(await shape(2)).toBeNull();
});

test('an application that does not know yet: minutes, or a new token, and the command to get one', async () => {
  const text = 'az account get-access-token --tenant 9c0d7a52';
  const hints = [{ title: 'Azure CLI', text, link: false }];
  const page = await play(view({ active: [running('Exchange Administrator', 2, 200, { hints })] }));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByTestId(`help-${exchange}`).click();
  await page.getByTestId('hints').click();
  const told = await page.locator('main').textContent();
  expect(told).toContain('An application may need minutes, or a new token');
  expect(told).toContain(text);
  await page.getByTestId('hint-Azure CLI').click();
  await expect.poll(() => page.getByTestId('announcement').textContent()).toBe('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
});

test('a request that waits is taken back from its row', async () => {
  const page = await play(usual);
  const user = id('User Administrator');
  await page.getByTestId(`cancel-${user}`).click();
  await expect.poll(() => scene.calls).toEqual([{ kind: 'cancelRequest', id: user }]);
});

test('a step-up is explained before it and while it waits, and the form is as it was when it failed', async () => {
  const page = await play(view({ status: 'idle' }));
  const intune = id('Intune Administrator');
  await page.getByTestId(`activate-${intune}`).click();
  expect(await page.getByTestId('next').textContent()).toContain('You will be asked for MFA in the browser');
  await page.getByTestId('reason').fill('Lost phone');
  await page.getByTestId('duration').fill('45');
  await page.getByTestId('form-submit').click();
  const emit = (next: View) => page.evaluate((shown) => window.__emit(shown), next);
  await emit(view({ active: [active('Intune Administrator', { kind: 'steppingUp' })] }));
  const row = page.getByTestId(`active-${intune}`);
  await expect.poll(() => row.textContent()).toContain('A stronger sign-in is needed. It waits in your browser.');
  const declined = {
    code: 'access_denied',
    message: 'The sign-in was declined.',
    remedy: { kind: 'editForm' as const },
    correlationId: null,
    detail: null,
  };
  await emit(view({ active: [active('Intune Administrator', { kind: 'failed', problem: declined })] }));
  await page.getByTestId(`remedy-${intune}`).click();
  expect(await page.getByTestId('reason').inputValue()).toBe('Lost phone');
  expect(await page.getByTestId('duration').inputValue()).toBe('45');
});

test('the zone of its times is told where somebody looks closer', async () => {
  const page = await play(usual);
  const detail = page.getByTestId(`active-${exchange}`).locator('.detail');
  expect(await detail.getAttribute('title')).toContain('Your time: UTC');
  await page.getByTestId(`more-${exchange}`).click();
  expect(await page.getByTestId('zone').textContent()).toBe('Your time: UTC');
  await page.keyboard.press('Escape');
  await page.evaluate((shown) => window.__emit(shown), MORE.history!.view);
  await page.getByTestId('menu').click();
  await page.getByTestId('menu-history').click();
  expect(await page.getByTestId('zone').textContent()).toBe('Your time: UTC');
});

test('where the sign-in is kept is told in the menu, whichever it is', async () => {
  if (maya.kind !== 'signedIn') throw new Error('nobody is signed in');
  const page = await play(usual);
  await page.getByTestId('menu').click();
  expect(await page.getByRole('menu').locator('..').textContent()).toContain('keyring');
  await page.keyboard.press('Escape');
  const forgets = { ...usual, session: { ...maya, account: { ...maya.account, remembered: false } } };
  await page.evaluate((shown) => window.__emit(shown), forgets);
  await page.getByTestId('menu').click();
  expect(await page.getByRole('menu').locator('..').textContent()).toContain('kept in memory');
});

describe('nothing takes a drag, and nothing is typed twice', () => {
  test('no part of the window is dragged; the slider has buttons and keys', async () => {
    const page = await play(view({ status: 'idle' }));
    expect(await page.locator('[draggable="true"]').count()).toBe(0);
    await page.getByTestId(`activate-${id('Teams Administrator')}`).click();
    // A tap beside the thumb, a stop, a key: each sets it without a drag.
    const slider = page.getByTestId('duration');
    const box = (await slider.boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.25, box.y + box.height / 2);
    const tapped = await slider.inputValue();
    expect(Number(tapped)).toBeLessThan(240);
    await page.getByRole('button', { name: '8 h', exact: true }).click();
    expect(await slider.inputValue()).toBe('480');
    await slider.press('ArrowLeft');
    expect(await slider.inputValue()).not.toBe('480');
  });

  test('what was entered once is there again: recent reasons, the role’s own, the ticket of a renewal', async () => {
    const ticket = { number: 'INC-4711', system: 'ServiceNow' };
    const asks = eligible('Exchange Administrator').requirements;
    const shown = view({
      active: [running('Exchange Administrator', 79, 161, { ticket, requirements: { ...asks, ticket: true } })],
    });
    const page = await play(shown);
    await page.getByTestId(`activate-${id('Teams Administrator')}`).click();
    await page.getByText('Mailbox migration for Sales', { exact: true }).click();
    expect(await page.getByTestId('reason').inputValue()).toBe('Mailbox migration for Sales');
    await page.keyboard.press('Escape');
    await page.getByTestId(`renew-${exchange}`).click();
    await page.getByTestId('way-restart').click();
    expect(await page.getByTestId('ticket-number').inputValue()).toBe('INC-4711');
    expect(await page.getByTestId('ticket-system').inputValue()).toBe('ServiceNow');
    expect(await page.getByTestId('reason').inputValue()).not.toBe('');
  });
});
