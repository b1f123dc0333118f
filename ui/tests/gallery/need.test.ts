// "What do I need?": pictures in light and dark, and what is asked for.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Told } from '../../src/generated/Told';
import { ANSWERS, desk, failure, open } from './manage';
import { pictured, type Picture } from './manage-pictures';
import { Stage } from './stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const ACTION = 'microsoft.directory/users/password/update';

const NEED = {
  kind: 'need',
  actions: [ACTION],
  scope: null,
  own: [
    {
      kind: 'directoryRole',
      name: 'Helpdesk Administrator',
      privileged: true,
      action: ACTION,
      by: ACTION,
      places: [{ id: 'helpdesk', scope: null }],
    },
    {
      kind: 'directoryRole',
      name: 'User Administrator',
      privileged: true,
      action: ACTION,
      by: 'microsoft.directory/users/*',
      places: [
        { id: 'user', scope: null },
        { id: 'user-iberia', scope: 'Branch Offices Iberia' },
      ],
    },
  ],
  others: [
    {
      kind: 'directoryRole',
      name: 'Password Administrator',
      privileged: true,
      action: null,
      by: 'Passwords of people who are no administrators.',
      places: [],
    },
  ],
  missing: [],
} satisfies Told;

const REFUSAL: Told = {
  ...NEED,
  actions: ['Microsoft.Compute/virtualMachines/start/action'],
  scope: '/subscriptions/9c1f7d5a-34b8-4b0e-a6a4-5d2f8c7e1b01/resourceGroups/rg-erp-prod',
  own: [],
  missing: [
    {
      kind: 'directoryRole',
      problem: failure({ message: 'An administrator has to consent to RoleManagement.Read.Directory.' }),
      allowable: true,
    },
  ],
};

const NOTHING: Told = { ...NEED, actions: [], own: [], others: [] };

const asked = ['fill:question=reset a password', 'find-role'];

const PICTURES: Record<string, Picture> = {
  need: { section: 'need' },
  'need-answered': { section: 'need', answers: { ...ANSWERS, need: NEED }, steps: asked },
  'need-none-of-yours': { section: 'need', answers: { ...ANSWERS, need: REFUSAL }, steps: asked },
  'need-not-understood': { section: 'need', answers: { ...ANSWERS, need: NOTHING }, steps: asked },
};

describe('need, pictures', () => {
  test.each(Object.entries(PICTURES))('%s', (name, picture) => pictured(stage, name, picture));
});

describe('what is needed', () => {
  test('is asked for by Enter, nothing by nothing, and a role is activated in the flyout', async () => {
    const answers = { ...ANSWERS, need: NEED, openForm: { kind: 'opened' } satisfies Told };
    const { page, asked, close } = await open(stage, desk('need'), answers);
    await page.getByTestId('find-role').click({ force: true });
    await page.getByTestId('question').fill('reset a password');
    await page.getByTestId('question').press('Enter');
    await page.getByTestId('activate-user-iberia').click();
    await expect.poll(() => asked.length).toBe(2);
    expect(asked).toEqual([
      { kind: 'need', text: 'reset a password', allow: false },
      { kind: 'openForm', id: 'user-iberia' },
    ]);
    await close();
  });

  test('may take a permission, which is asked for in the browser', async () => {
    const { page, asked, close } = await open(stage, desk('need'), { ...ANSWERS, need: REFUSAL });
    await page.getByTestId('question').fill('start it');
    await page.getByTestId('find-role').click();
    await page.getByTestId('allow').click();
    await expect.poll(() => asked.at(-1)).toEqual({ kind: 'need', text: 'start it', allow: true });
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
    await close();
  });

  test('is what was asked last: an answer to an earlier question is none to it', async () => {
    const { page, asked, close } = await open(stage, desk('need'), { ...ANSWERS, need: [NEED, 'never', NOTHING] });
    const ask = async (text: string) => {
      await page.getByTestId('question').fill(text);
      await page.getByTestId('question').press('Enter');
    };
    await ask('reset a password');
    await expect.poll(() => page.getByTestId('need').textContent()).toContain('Helpdesk Administrator');
    await ask('start a machine');
    await expect.poll(() => page.getByTestId('need').textContent()).toContain('Reading…');
    expect(await page.getByTestId('need').textContent()).not.toContain('Helpdesk Administrator');
    // The same is not asked twice at once.
    await page.getByTestId('question').press('Enter');
    await ask('sing');
    await expect.poll(() => page.getByTestId('need').textContent()).toContain('could not tell');
    expect(asked.length).toBe(3);
    await close();
  });

  test('is not known where nothing could be looked at, and what helps is shown', async () => {
    const unknown: Told = { ...REFUSAL, actions: [], scope: null, others: [] };
    const { page, close } = await open(stage, desk('need'), { ...ANSWERS, need: unknown });
    await page.getByTestId('question').fill('start it');
    await page.getByTestId('find-role').click();
    await expect.poll(() => page.getByTestId('allow').count()).toBe(1);
    const said = await page.getByTestId('need').textContent();
    expect(said).toContain('it is not known whether one of yours');
    expect(said).not.toContain('could not tell');
    await close();
  });
});
