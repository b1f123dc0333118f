// Who activated what, and being told of it: pictures in light and dark, and what is asked for.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Told } from '../../src/generated/Told';
import { ANSWERS, desk, failure, open, WATCH } from './manage';
import { pictured, type Picture } from './manage-pictures';
import { Stage } from './stage';
import { at } from './views';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const none: Told = { kind: 'activations', rows: [], since: at(-7 * 24 * 60), refused: null, allowable: false };

const PICTURES: Record<string, Picture> = {
  activations: { section: 'activations' },
  'activations-all': { section: 'activations', steps: ['all-activations'] },
  'activations-watched': { section: 'activations', at: { watch: WATCH } },
  'activations-chosen': {
    section: 'activations',
    at: { watch: { ...WATCH, roles: ['Global Administrator', 'Exchange Administrator'] } },
  },
  'activations-none': { section: 'activations', answers: { activations: none } },
  'activations-refused': {
    section: 'activations',
    answers: {
      activations: {
        ...none,
        refused: failure({ message: 'An administrator has to consent.' }),
        allowable: true,
      },
    },
  },
};

describe('activations, pictures', () => {
  test.each(Object.entries(PICTURES))('%s', (name, picture) => pictured(stage, name, picture));
});

describe('activations', () => {
  test('are watched at the flick of a switch, and those of other roles are shown where somebody wants them', async () => {
    const { page, asked, close } = await open(stage, desk('activations'));
    await expect.poll(() => page.locator('[data-testid="activations"] li').count()).toBe(2);
    await page.getByTestId('all-activations').check();
    expect(await page.locator('[data-testid="activations"] li').count()).toBe(3);
    await page.getByTestId('watch').check();
    await expect
      .poll(() => asked.find((ask) => ask.kind === 'watch'))
      .toEqual({
        kind: 'watch',
        watch: { activations: true, roles: [], quiet: null },
      });
    await close();
  });

  test('what an organisation has set is seen, and not changed', async () => {
    const quiet = { from: '22:00', to: '07:00' };
    const watch = { activations: true, roles: ['Owner'], quiet };
    const locked = ['watch.activations', 'watch.roles', 'watch.quiet'];
    const { page, asked, close } = await open(stage, { ...desk('activations'), watch, locked });
    await page.getByTestId('watch').click({ force: true });
    expect(await page.getByTestId('watch').isChecked()).toBe(true);
    expect(await page.getByTestId('watch-chosen').isDisabled()).toBe(true);
    expect(await page.getByTestId('watch-roles').isEditable()).toBe(false);
    expect(await page.getByTestId('watch-quiet').isDisabled()).toBe(true);
    expect(await page.getByLabel('from', { exact: false }).last().isEditable()).toBe(false);
    expect(await page.getByText('Set by your organisation').count()).toBe(3);
    expect(asked.filter((ask) => ask.kind === 'watch')).toEqual([]);
    await close();
  });

  test('of chosen roles are watched once their names have been typed, and a new desk loses nothing of them', async () => {
    const told = { ...desk('activations'), watch: { activations: true, roles: [], quiet: null } };
    const watch = { activations: true, roles: ['Owner', 'Exchange Administrator'], quiet: null };
    const { page, asked, close } = await open(stage, told, { ...ANSWERS, watch: { kind: 'watching', watch } });
    await page.getByTestId('watch-chosen').check();
    await page.getByTestId('watch-roles').fill('Owner\n\n Exchange Administrator ');
    // What comes every minute.
    await page.evaluate((next) => window.__desk(next), { ...told, now: at(1) });
    expect(await page.getByTestId('watch-roles').inputValue()).toContain('Owner');
    await page.getByTestId('watch-roles').blur();
    await expect.poll(() => asked.find((ask) => ask.kind === 'watch')).toEqual({ kind: 'watch', watch });
    await page.getByTestId('watch-quiet').check();
    const quiet = { from: '22:00', to: '07:00' };
    await expect
      .poll(() => asked.filter((ask) => ask.kind === 'watch').at(-1))
      .toEqual({
        kind: 'watch',
        watch: { ...watch, quiet },
      });
    await close();
  });

  test('are watched as the form says: what is typed is not overruled, and the list is read with what was saved', async () => {
    const told = { ...desk('activations'), watch: { activations: true, roles: [], quiet: null } };
    const quiet = { from: '22:00', to: '07:00' };
    const { page, asked, close } = await open(stage, told, {
      ...ANSWERS,
      watch: [
        { kind: 'watching', watch: { ...told.watch, quiet } },
        { kind: 'watching', watch: { activations: true, roles: ['Owner'], quiet } },
      ],
    });
    await page.getByTestId('watch-chosen').check();
    await page.getByTestId('watch-quiet').check();
    await expect.poll(() => asked.filter((ask) => ask.kind === 'activations').length).toBe(2);
    expect(await page.getByTestId('watch-chosen').isChecked()).toBe(true);
    await page.getByTestId('watch-roles').fill('Owner');
    // What was changed elsewhere.
    await page.evaluate((next) => window.__desk(next), { ...told, watch: { ...told.watch, roles: ['Reader'], quiet } });
    expect(await page.getByTestId('watch-roles').inputValue()).toBe('Owner');
    await page.getByTestId('watch-roles').blur();
    await expect.poll(() => asked.at(-1)).toEqual({ kind: 'activations', roles: ['Owner'], allow: false });
    await close();
  });

  test('settings that are refused say why, and are as they were', async () => {
    const refused = { kind: 'failed', problem: failure({ message: 'This was not saved.' }) } satisfies Told;
    const { page, close } = await open(stage, desk('activations'), { ...ANSWERS, watch: refused });
    await page.getByTestId('watch').click();
    await expect.poll(() => page.getByText('This was not saved.').count()).toBe(1);
    expect(await page.getByTestId('watch').isChecked()).toBe(false);
    await page.getByTestId('section-audit').click();
    await page.getByTestId('section-activations').click();
    expect(await page.getByText('This was not saved.').count()).toBe(0);
    await close();
  });
});

describe('what a notification is about', () => {
  test('is chosen when its part is shown, and what is gone is not', async () => {
    const told = { ...desk('approvals'), chosen: 'a1' };
    const { page, close } = await open(stage, told);
    await expect.poll(() => page.getByTestId('approval-a1').isChecked()).toBe(true);
    expect(await page.getByTestId('approval-a2').isChecked()).toBe(false);
    // Its ticket is a reason to begin with.
    expect(await page.getByTestId('decision-reason').inputValue()).toBe('CHG0042');
    await page.getByTestId('decision-reason').fill('As agreed');
    await page.evaluate((next) => window.__desk(next), { ...told, serial: 2, chosen: 'gone' });
    await expect.poll(() => page.getByTestId('approval-a1').isChecked()).toBe(true);
    expect(await page.getByTestId('decision-reason').inputValue()).toBe('As agreed');
    await close();
  });
});
