// Reasons as they are given: chosen from templates, filled in, and looked at before somebody else does.

import { expect, test } from 'vitest';

import type { View } from '../../src/generated/View';
import { MORE } from './more-views';
import { playing } from './playing';
import type { Options, Scene, Stage } from './stage';
import { at, eligible, templated, view } from './views';

let stage: Stage;
let scene: Scene;

playing(
  (opened) => (stage = opened),
  () => scene,
);

const play = async (shown: View, options: Options = {}) => (scene = await stage.play(shown, options)).page;
const id = (name: string) => eligible(name).id;
const reason = () => scene.page.getByTestId('reason');
const selected = () =>
  reason().evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
const flaw = () => scene.page.getByTestId('reason-flaw').textContent();

test('a template is chosen by keyboard, and the ticket’s number is typed once', async () => {
  const page = await play(templated);
  await page.getByTestId(`activate-${id('Application Administrator')}`).click();
  const group = page.getByRole('group', { name: 'Reasons to choose from' });
  expect(await group.getByRole('button').allTextContents()).toEqual([
    'TemplateChange {ticket}, approved by the change board',
    'TemplateOn call, 2026-11-24',
    'Template{ticket}: onboarding',
    'Mailbox migration for Sales',
    '3 more',
  ]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  expect(await reason().inputValue()).toBe('Change {ticket}, approved by the change board');
  // What has yet to be typed is what typing replaces.
  expect(await selected()).toBe('{ticket}');
  await page.getByTestId('ticket-number').fill('CHG0042137');
  expect(await reason().inputValue()).toBe('Change CHG0042137, approved by the change board');
  await page.getByTestId('ticket-number').fill('CHG0042138');
  expect(await reason().inputValue()).toBe('Change CHG0042138, approved by the change board');
  // Changed by hand it is the person's own.
  await reason().press('End');
  await reason().pressSequentially(' today');
  await page.getByTestId('ticket-number').fill('CHG1');
  expect(await reason().inputValue()).toBe('Change CHG0042138, approved by the change board today');
  expect(await flaw()).toBe('');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => scene.calls.at(-1))
    .toMatchObject({
      kind: 'activate',
      reason: 'Change CHG0042138, approved by the change board today',
      ticket: { number: 'CHG1' },
    });
});

test('the rest unfolds, and goes on where it was', async () => {
  const page = await play(templated);
  await page.getByTestId(`activate-${id('Intune Administrator')}`).click();
  await page.getByTestId('reason-more').press('Enter');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('TemplateQuarterly review of access');
  await page.keyboard.press('Enter');
  expect(await reason().inputValue()).toBe('Quarterly review of access');
  expect(await page.getByTestId('reason-more').count()).toBe(0);
});

test('what an auditor would send back is said calmly, and sent all the same', async () => {
  const page = await play(templated);
  await page.getByTestId(`activate-${id('Intune Administrator')}`).click();
  await reason().fill('');
  await page.keyboard.type('tes');
  // Nobody is interrupted in the middle of a word.
  expect(await flaw()).toBe('');
  await page.keyboard.type('t');
  await expect.poll(flaw).toMatch(/^This could be said of anything/);
  expect(await reason().getAttribute('aria-describedby')).toBe('reason-flaw');
  expect(await page.getByTestId('reason-flaw').getAttribute('role')).toBe('status');
  await page.keyboard.type('ing the new enrolment profiles');
  // As soon as it is right it is.
  expect(await flaw()).toBe('');
  expect(await reason().getAttribute('aria-describedby')).toBeNull();
  await reason().fill('intune administrator');
  await page.keyboard.press('Tab');
  expect(await flaw()).toMatch(/^This is the role’s name/);
  await reason().fill('VPN');
  await expect.poll(flaw).toBe('Say a little more: reasons should have 8 characters or more.');
  await page.getByTestId('form-submit').click();
  await expect.poll(() => scene.calls.at(-1)).toMatchObject({ kind: 'activate', reason: 'VPN' });
});

test('templates are offered for bundles and renewals, and not where none is wanted', async () => {
  const templates = { sharedReasons: ['On call, {date}'] };
  let page = await play({ ...MORE.bundles!.view, ...templates });
  await page.getByTestId('bundle-On call').click({ modifiers: ['Shift'] });
  await reason().fill('x');
  expect(await page.locator('.choice .kind').count()).toBe(1);
  await expect.poll(flaw).toMatch(/8 characters/);
  await page.keyboard.press('Escape');
  await scene.close();
  page = await play(view({ ...templates, now: at(0) }));
  await page.getByTestId(`activate-${id('Global Reader')}`).click({ modifiers: ['Shift'] });
  expect(await page.locator('.choice .kind').count()).toBe(1);
});
