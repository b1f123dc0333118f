// Giving a role that is not listed, and one that begins later: pictures, and what is asked for.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ANSWERS, ROLES } from './give';
import { desk, failure, open, type Answers } from './manage';
import { pictured, type Picture } from './manage-pictures';
import { Stage } from './stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const failed = (message: string, code = 'no-scope') => ({
  kind: 'failed' as const,
  problem: failure({ code, message }),
});

const petra = ['fill:person-name=petra', 'find-people', 'found-u1'];
const unit = ['give', 'role-g2', 'where-unit', 'fill:unit-name=branch', 'find-units'];
const azure = ['give', 'from-azure'];
const prod = '/subscriptions/prod';
const unfolded = [...azure, `fold-${prod}`, `fold-${prod}/erp`];
const vault = [...unfolded, `scope-${prod}/erp/kv`];
const small = { width: 640, height: 420 };

const PICTURES: Record<string, Picture> = {
  begin: { steps: ['give'] },
  where: { steps: ['give', 'role-g2'] },
  units: { steps: unit, until: 'role-n1' },
  unit: { steps: [...unit, 'role-n1', ...petra, 'fill:give-end=2027-06-30'] },
  'unit-none': { answers: { ...ANSWERS, findUnits: { kind: 'found', rows: [], more: false } }, steps: unit },
  groups: { steps: ['give', 'from-group', 'fill:group-name=endpoint', 'find-groups'], until: 'role-e1' },
  group: { steps: ['give', 'from-group', 'fill:group-name=endpoint', 'find-groups', 'role-e1'] },
  scopes: { steps: azure, until: `scope-${prod}` },
  'scopes-unfolded': { steps: unfolded, until: `scope-${prod}/erp/kv` },
  'scopes-narrowed': { steps: [...unfolded, 'fill:scope-name=erp'] },
  'scopes-reading': { answers: { ...ANSWERS, scopes: 'never' }, steps: azure },
  'scopes-refused': { answers: { ...ANSWERS, scopes: failed('Nobody has consented to it.') }, steps: azure },
  'scopes-written': {
    answers: { ...ANSWERS, writeScope: failed('A scope of Azure begins with /subscriptions/.') },
    steps: [...azure, 'fill:scope-name=/groups/x', 'use-path'],
  },
  'roles-there': { steps: vault, until: 'role-z2' },
  'roles-narrowed': { steps: [...vault, 'fill:role-name=vault'] },
  'roles-small': { steps: vault, until: 'role-z2', viewport: small },
  azure: { steps: [...vault, 'role-z2', ...petra] },
  later: { steps: ['give', 'role-g2', ...petra, 'give-later', 'fill:give-start=2026-12-01'] },
  'later-past': { steps: ['give', 'role-g2', ...petra, 'give-later', 'fill:give-start=2020-01-01'] },
  'later-small': { steps: ['give', 'role-g2', 'give-later'], viewport: small },
  planned: {
    steps: [...unit, 'role-n1', ...petra, 'give-later', 'fill:give-start=2026-12-01', 'give-for-ever', 'give-look'],
  },
};

describe('a role is given, pictures', () => {
  test.each(Object.entries(PICTURES))('%s', (name, picture) =>
    pictured(stage, `give-${name}`, { section: 'assignments', answers: ANSWERS, ...picture }),
  );
});

async function giving(answers: Answers = ANSWERS) {
  const opened = await open(stage, desk('assignments'), answers);
  await opened.page.getByTestId('give').click();
  return opened;
}

test('within an administrative unit, which is looked for when somebody asks', async () => {
  const { page, asked, close } = await giving();
  await page.getByTestId('role-g2').click();
  await page.getByTestId('where-unit').check();
  await page.getByTestId('person-name').fill('petra');
  await page.keyboard.press('Enter');
  await page.getByTestId('found-u1').check();
  await page.getByTestId('give-for-ever').check();
  // A unit that was wanted and not chosen is not the whole directory.
  await page.getByTestId('give-look').click({ force: true });
  expect(asked.map((ask) => ask.kind)).toEqual(['assignments', 'givable', 'findPeople']);
  await page.getByTestId('unit-name').fill('branch');
  await page.keyboard.press('Enter');
  await page.getByTestId('role-n1').click();
  expect(asked.at(-1)).toEqual({ kind: 'findUnits', role: 'g2', text: 'branch' });
  await page.getByTestId('give-look').click();
  await expect.poll(() => asked.at(-1)).toMatchObject({ kind: 'plan', change: { role: 'n1', start: null } });
  await page.getByTestId('plan-back').click();
  await page.getByTestId('where-whole').check();
  await page.getByTestId('give-look').click();
  await expect.poll(() => asked.at(-1)).toMatchObject({ kind: 'plan', change: { role: 'g2' } });
  // Another role has no unit yet.
  await page.getByTestId('plan-back').click();
  await page.getByTestId('other-role').click();
  await page.getByTestId('role-g1').click();
  expect(await page.getByTestId('where-whole').isChecked()).toBe(true);
  await page.getByTestId('where-unit').check();
  expect(await page.getByTestId('role-n1').count()).toBe(0);
  await close();
});

test('in any group, by keyboard', async () => {
  const { page, asked, close } = await giving();
  await page.getByTestId('from-group').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('endpoint');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByTestId('role-e2').count()).toBe(1);
  expect(asked.at(-1)).toEqual({ kind: 'findGroups', text: 'endpoint' });
  await page.getByTestId('role-e2').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByTestId('other-role').evaluate((it) => it === document.activeElement)).toBe(true);
  expect(await page.getByTestId('where-whole').count()).toBe(0);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByTestId('group-name').evaluate((it) => it === document.activeElement)).toBe(true);
  await page.getByTestId('from-listed').click();
  expect(await page.getByTestId('role-g1').count()).toBe(1);
  await close();
});

test('at any scope of Azure, which is unfolded to by keyboard and read as it is', async () => {
  const { page, asked, close } = await giving();
  await page.getByTestId('from-azure').click();
  await expect.poll(() => page.getByTestId(`scope-${prod}`).count()).toBe(1);
  await page.getByTestId('scope-name').fill('prod');
  expect(await page.getByRole('treeitem').count()).toBe(1);
  await page.getByTestId(`scope-${prod}`).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.getByRole('treeitem').count()).toBe(3);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.getByRole('treeitem').count()).toBe(5);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByTestId('role-z2').count()).toBe(1);
  const kinds = ['scopes', 'scopes', 'scopes', 'rolesAt'];
  expect(asked.slice(2).map((ask) => ask.kind)).toEqual(kinds);
  expect(asked.slice(3)).toMatchObject([
    { below: prod },
    { below: `${prod}/erp` },
    { kind: 'rolesAt', scope: `${prod}/erp/kv` },
  ]);
  // The keyboard goes on with the role.
  await page.keyboard.type('vault adm');
  await expect.poll(() => page.locator('.pick').count()).toBe(1);
  await page.getByTestId('role-z2').click();
  expect(await page.textContent('main')).toContain('Key Vault Administrator (kv-erp-prod)');
  // What was read is there still.
  await page.getByTestId('other-role').click();
  await page.getByTestId('other-scope').click();
  await expect.poll(() => page.getByTestId(`scope-${prod}/erp/kv`).count()).toBe(1);
  expect(asked.length).toBe(6);
  await close();
});

test('at a scope whose path is written, and not at one that is none', async () => {
  const { page, asked, close } = await giving({
    ...ANSWERS,
    rolesAt: [failed('The service knows no such scope.', 'SubscriptionNotFound'), ROLES],
  });
  await page.getByTestId('from-azure').click();
  await page.getByTestId('scope-name').fill('/subscriptions/ware/resourceGroups/rg-scanners-porto');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('The service knows no such scope.');
  expect(asked.at(-2)).toEqual({
    kind: 'writeScope',
    path: '/subscriptions/ware/resourceGroups/rg-scanners-porto',
  });
  expect(asked.at(-1)).toEqual({ kind: 'rolesAt', scope: '/subscriptions/ware/porto' });
  await page.getByTestId('use-path').click();
  await expect.poll(() => page.getByTestId('role-z5').count()).toBe(1);
  expect(await page.getByRole('alert').count()).toBe(0);
  await close();
});

test('at a scope that is chosen last, whatever a path that was written before comes to', async () => {
  const { page, close } = await giving({ ...ANSWERS, writeScope: 'never' });
  await page.getByTestId('from-azure').click();
  await expect.poll(() => page.getByTestId(`scope-${prod}`).count()).toBe(1);
  await page.getByTestId('scope-name').fill('/subscriptions/ware');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByTestId('use-path').getAttribute('aria-disabled')).toBe('true');
  await page.getByTestId(`scope-${prod}`).click();
  await expect.poll(() => page.getByTestId('role-z2').count()).toBe(1);
  await close();
});

test('from a time to come, which is said where it is wrong', async () => {
  const { page, asked, close } = await giving();
  await page.getByTestId('role-g1').click();
  await page.getByTestId('person-name').fill('petra');
  await page.keyboard.press('Enter');
  await page.getByTestId('found-u1').check();
  await page.getByTestId('give-end').fill('2027-06-30');
  await page.getByTestId('give-later').click();
  const said = () => page.locator('#wrong-start').textContent();
  const look = page.getByTestId('give-look');
  for (const [day, time, words] of [
    ['', '08:00', 'Choose the day'],
    ['2020-01-01', '08:00', 'has passed'],
    ['2028-01-01', '08:00', 'ends before it begins'],
    ['2027-01-04', '8 in the morning'.slice(0, 5), 'has the form 18:00'],
  ] as const) {
    await page.getByTestId('give-start').fill(day);
    await page.getByTestId('give-time').fill(time);
    await expect.poll(said).toContain(words);
    await look.click({ force: true });
  }
  expect(asked.some((ask) => ask.kind === 'plan')).toBe(false);
  await page.getByTestId('give-time').fill('9:30');
  await expect.poll(said).toBe('');
  await look.click();
  const change = { role: 'g1', start: '2027-01-04T09:30:00.000Z', end: '2027-06-30T23:59:59.000Z' };
  await expect.poll(() => asked.at(-1)).toMatchObject({ kind: 'plan', change });
  await expect.poll(() => page.getByTestId('steps').textContent()).toContain('becomes eligible, from');
  await page.getByTestId('plan-back').click();
  await page.getByTestId('give-now').click();
  await expect.poll(() => page.getByTestId('give-later').evaluate((it) => it === document.activeElement)).toBe(true);
  await look.click();
  await expect.poll(() => asked.at(-1)).toMatchObject({ kind: 'plan', change: { start: null } });
  await close();
});
