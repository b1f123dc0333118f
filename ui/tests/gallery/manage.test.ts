// The Manage window: its pictures in light and dark, and what it asks for when it is used.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Answered } from '../../src/generated/Answered';
import type { Section } from '../../src/generated/Section';
import {
  ALERTS,
  ANSWERS,
  approval,
  APPROVALS,
  AUDIT,
  desk,
  failure,
  holding,
  MOVED,
  open,
  OUTCOMES,
  REFUSED,
  UNTICKETED,
  type Answers,
} from './manage';
import { pictured, type Picture } from './manage-pictures';
import { Stage } from './stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const SECTIONS: Section[] = [
  'approvals',
  'assignments',
  'standing',
  'policies',
  'reviews',
  'alerts',
  'activations',
  'audit',
  'need',
];

const none: Answers = { approvals: { kind: 'approvals', sources: [], rows: [] } };

const PICTURES: Record<string, Picture> = {
  approvals: {},
  'approvals-chosen': { steps: ['approval-a1', 'approval-a2', 'fill:decision-reason=As agreed'] },
  'approvals-decided': { steps: ['approval-a1', 'approval-a2', 'fill:decision-reason=As agreed', 'approve'] },
  'approvals-none': { answers: none },
  'approvals-failed': {
    answers: { approvals: { kind: 'failed', problem: failure({ message: 'The network is away.' }) } },
  },
  assignments: { section: 'assignments' },
  'assignments-chosen': { section: 'assignments', steps: ['holding-h1', 'holding-h2'] },
  'assignments-refused': {
    section: 'assignments',
    answers: { ...ANSWERS, plan: REFUSED },
    steps: ['holding-h1', 'holding-h2', 'remove'],
  },
  'assignments-move': { section: 'assignments', steps: ['holding-h1', 'move'] },
  'assignments-ticket': {
    section: 'assignments',
    answers: { ...ANSWERS, plan: UNTICKETED },
    steps: ['holding-h1', 'move', 'plan-for-ever', 'fill:plan-reason=Stays', 'plan-look'],
  },
  'assignments-moved': {
    section: 'assignments',
    answers: { ...ANSWERS, plan: MOVED },
    steps: ['holding-h1', 'move', 'fill:plan-end=2027-06-30', 'fill:plan-reason=Stays', 'plan-look'],
  },
  give: { section: 'assignments', steps: ['give'] },
  'give-filled': {
    section: 'assignments',
    steps: ['give', 'role-g2', 'fill:person-name=petra', 'find-people', 'found-u1', 'fill:give-end=2027-06-30'],
  },
  standing: { section: 'standing' },
  'standing-plan': { section: 'standing', steps: ['permanent-p1', 'make-eligible'] },
  'standing-done': {
    section: 'standing',
    steps: ['permanent-p1', 'make-eligible', 'plan-go'],
  },
  reviews: { section: 'reviews' },
  'reviews-chosen': { section: 'reviews', steps: ['select-all', 'fill:review-reason=Still at the desk'] },
  'reviews-said': { section: 'reviews', steps: ['person-r1p2', 'review-deny'] },
  'reviews-none': { section: 'reviews', answers: { reviews: { kind: 'reviews', sources: [], rows: [] } } },
  audit: { section: 'audit' },
  'audit-refused': {
    section: 'audit',
    answers: {
      audit: {
        ...AUDIT,
        rows: [],
        more: false,
        refused: failure({ message: 'An administrator has to consent.' }),
        allowable: true,
      },
    },
  },
  alerts: { section: 'alerts' },
  'alerts-open': { section: 'alerts', steps: ['alert-details-l1', 'alert-l1'] },
  'alerts-many': { section: 'alerts', steps: ['alert-details-l2'] },
  'alerts-dismissed': { section: 'alerts', steps: ['alert-l1', 'alert-l2', 'dismiss'] },
  'alerts-none': { section: 'alerts', answers: { alerts: { kind: 'alerts', sources: [], rows: [] } } },
};

describe('manage, pictures', () => {
  test.each(Object.entries(PICTURES))('%s', (name, picture) => pictured(stage, name, picture));
});

describe('decisions', () => {
  test('take a reason, name what was chosen, and are read again', async () => {
    const { page, asked, close } = await open(stage, desk('approvals'));
    await page.getByTestId('approval-a2').check();
    await page.getByTestId('approve').click({ force: true });
    await page.getByTestId('deny').click({ force: true });
    expect(asked.map((ask) => ask.kind)).toEqual(['approvals']);
    await page.getByTestId('decision-reason').fill('Not today');
    await page.getByTestId('deny').click();
    await expect.poll(() => asked.map((ask) => ask.kind)).toEqual(['approvals', 'decide', 'approvals']);
    expect(asked[1]).toEqual({ kind: 'decide', ids: ['a2'], approve: false, reason: 'Not today' });
    await expect.poll(() => page.getByTestId('outcomes').textContent()).toContain('Nadia has decided on it already.');
    await close();
  });

  test('of all at once leave out one’s own and what is decided elsewhere', async () => {
    const { page, asked, close } = await open(stage, desk('approvals'));
    await page.getByTestId('select-all').click();
    await page.getByTestId('decision-reason').fill('As agreed');
    await page.keyboard.press('Enter');
    await expect.poll(() => asked.length).toBeGreaterThan(1);
    expect(asked[1]).toEqual({ kind: 'decide', ids: ['a1', 'a2'], approve: true, reason: 'As agreed' });
    await close();
  });

  test('are lost with nothing: an answer that fails keeps reason and choice', async () => {
    const { page, close } = await open(stage, desk('approvals'), {
      approvals: APPROVALS,
      decide: { kind: 'failed', problem: failure({ message: 'The network is away.' }) },
    });
    await page.getByTestId('approval-a1').check();
    await page.getByTestId('decision-reason').fill('As agreed');
    await page.getByTestId('approve').click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('The network is away.');
    expect(await page.getByTestId('decision-reason').inputValue()).toBe('As agreed');
    expect(await page.getByTestId('approval-a1').isChecked()).toBe(true);
    await close();
  });
});

describe('changes', () => {
  test('are shown as sentences, rehearsed, and made only by their button', async () => {
    const { page, asked, close } = await open(stage, desk('assignments'));
    await page.getByTestId('holding-h1').check();
    await page.getByTestId('remove').click();
    await expect.poll(() => page.getByTestId('steps').textContent()).toContain('becomes eligible');
    await page.getByTestId('plan-rehearse').click();
    await expect.poll(() => asked.map((ask) => ask.kind)).toEqual(['assignments', 'plan', 'rehearse']);
    await page.getByTestId('plan-go').click();
    await expect.poll(() => asked.map((ask) => ask.kind).includes('change')).toBe(true);
    const change = asked.find((ask) => ask.kind === 'change');
    expect(change).toEqual({ kind: 'change', change: { kind: 'remove', ids: ['h1'], reason: '', ticket: null } });
    await close();
  });

  test('with another reason or end are looked at again before they are made', async () => {
    const { page, asked, close } = await open(stage, desk('assignments'));
    await page.getByTestId('holding-h1').check();
    await page.getByTestId('move').click();
    // Nothing is for ever by omission.
    await page.getByTestId('plan-look').click({ force: true });
    expect(asked.map((ask) => ask.kind)).toEqual(['assignments']);
    await page.getByTestId('plan-for-ever').check();
    await page.getByTestId('plan-look').click();
    await expect.poll(() => asked.length).toBe(2);
    const forEver = { kind: 'move', ids: ['h1'], end: null, reason: '', ticket: null };
    expect(asked[1]).toEqual({ kind: 'plan', change: forEver });
    await page.getByTestId('plan-for-ever').uncheck();
    await page.getByTestId('plan-reason').fill('Stays until summer');
    await page.getByTestId('plan-end').fill('2027-06-30');
    await page.getByTestId('plan-look').click();
    await expect.poll(() => asked.filter((ask) => ask.kind === 'plan').length).toBe(2);
    expect(asked.at(-1)).toEqual({
      kind: 'plan',
      change: { ...forEver, end: '2027-06-30T23:59:59.000Z', reason: 'Stays until summer' },
    });
    await close();
  });

  test('take a ticket where a policy wants one', async () => {
    const { page, asked, close } = await open(stage, desk('assignments'), { ...ANSWERS, plan: [UNTICKETED, MOVED] });
    await page.getByTestId('holding-h1').check();
    await page.getByTestId('move').click();
    await page.getByTestId('plan-for-ever').check();
    // Folded away until then.
    expect(await page.getByTestId('ticket-number').count()).toBe(0);
    await page.getByTestId('plan-look').click();
    await page.getByTestId('ticket-number').fill(' CHG0042 ');
    await page.getByTestId('ticket-system').fill('SNOW');
    await page.getByTestId('plan-look').click();
    await page.getByTestId('plan-go').click();
    await expect.poll(() => asked.at(-1)?.kind).toBe('assignments');
    const change = { kind: 'move', ids: ['h1'], end: null, reason: '', ticket: { number: 'CHG0042', system: 'SNOW' } };
    expect(asked.find((ask) => ask.kind === 'change')).toEqual({ kind: 'change', change });
    await close();
  });

  test('that are known to be refused are not made', async () => {
    const { page, asked, close } = await open(stage, desk('assignments'), { ...ANSWERS, plan: REFUSED });
    await page.getByTestId('holding-h2').check();
    await page.getByTestId('remove').click();
    await expect.poll(() => page.getByTestId('steps').textContent()).toContain('the last one');
    await page.getByTestId('plan-go').click({ force: true });
    await page.getByTestId('plan-rehearse').click({ force: true });
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('holding-h2').count()).toBe(1);
    expect(asked.map((ask) => ask.kind)).toEqual(['assignments', 'plan']);
    await close();
  });
});

describe('reviews', () => {
  test('are answered for those that were chosen, with a reason where an approval takes one', async () => {
    const { page, asked, close } = await open(stage, desk('reviews'));
    await page.getByTestId('review-deny').click({ force: true });
    await page.getByTestId('select-all').click();
    await expect.poll(() => page.getByText('3 selected').count()).toBe(1);
    await page.getByTestId('review-approve').click({ force: true });
    await page.getByTestId('review-recommended').click({ force: true });
    expect(asked.map((ask) => ask.kind)).toEqual(['reviews']);
    await page.getByTestId('review-reason').fill('Still at the desk');
    await page.getByTestId('review-approve').click();
    await expect.poll(() => asked.map((ask) => ask.kind)).toEqual(['reviews', 'review', 'reviews']);
    const ids = ['r1p1', 'r1p2', 'r2p1'];
    expect(asked[1]).toEqual({ kind: 'review', ids, verdict: 'approve', reason: 'Still at the desk' });
    await close();
  });

  test('take a denial without a reason, also of somebody about whom another has decided', async () => {
    const { page, asked, close } = await open(stage, desk('reviews'));
    expect(await page.textContent('main')).toContain('“Moved to another department”');
    await page.getByTestId('person-r1p3').check();
    await page.getByTestId('review-deny').click();
    await expect.poll(() => asked.length).toBe(3);
    expect(asked[1]).toEqual({ kind: 'review', ids: ['r1p3'], verdict: 'deny', reason: '' });
    await close();
  });
});

describe('a role is given', () => {
  test('to people who were found, with an end that was said, and looked at first', async () => {
    const { page, asked, close } = await open(stage, desk('assignments'));
    await page.getByTestId('give').click();
    await page.getByTestId('role-name').fill('help');
    await page.getByTestId('role-g2').click();
    await page.getByTestId('person-name').fill('petra');
    await page.keyboard.press('Enter');
    await page.getByTestId('found-u1').check();
    await page.getByTestId('found-u2').check();
    await page.getByTestId('leave-u2').click();
    // Nothing is for ever by omission.
    await page.getByTestId('give-look').click({ force: true });
    expect(asked.map((ask) => ask.kind)).toEqual(['assignments', 'givable', 'findPeople']);
    expect(asked[2]).toEqual({ kind: 'findPeople', who: 'user', text: 'petra' });
    await page.getByTestId('give-end').fill('2027-06-30');
    await page.getByTestId('give-reason').fill('New at the desk');
    await page.getByTestId('add-ticket').click();
    await page.keyboard.type('CHG0042');
    await page.getByTestId('give-look').click();
    const end = '2027-06-30T23:59:59.000Z';
    const reason = 'New at the desk';
    const ticket = { number: 'CHG0042', system: '' };
    const change = { kind: 'give', role: 'g2', people: ['u1'], eligible: true, start: null, end, reason, ticket };
    await expect.poll(() => asked.at(-1)).toEqual({ kind: 'plan', change });
    // Back from what would be done, everything is as it was.
    await page.getByTestId('plan-back').click();
    await expect.poll(() => page.getByTestId('leave-u1').count()).toBe(1);
    await page.getByTestId('give-for-ever').check();
    await page.getByTestId('give-active').check();
    await page.getByTestId('give-look').click();
    await page.getByTestId('plan-go').click();
    await expect.poll(() => asked.filter((ask) => ask.kind === 'change').length).toBe(1);
    expect(asked.find((ask) => ask.kind === 'change')).toMatchObject({
      change: { kind: 'give', eligible: false, end: null },
    });
    await page.getByTestId('plan-done').click();
    await expect.poll(() => page.getByTestId('give').count()).toBe(1);
    await close();
  });

  test('by nobody else: another account begins anew', async () => {
    const { page, close } = await open(stage, desk('assignments'));
    await page.getByTestId('give').click();
    await page.getByTestId('role-g1').click();
    const other = { ...desk('assignments'), account: { ...desk('assignments').account!, id: 'nadia' } };
    await page.evaluate((next) => window.__desk(next), other);
    await expect.poll(() => page.getByTestId('give').count()).toBe(1);
    await close();
  });
});

test('that there is nothing is said by those who were asked, not where nobody answered', async () => {
  const sources: Answered[] = ALERTS.sources.map((source) => ({ ...source, refused: failure(), partial: null }));
  const told = (some: Answered[]) => ({ alerts: { kind: 'alerts', sources: some, rows: [] } }) satisfies Answers;
  for (const [some, words] of [
    [sources, ''],
    [sources.with(1, { ...sources[1]!, refused: null }), 'There is no alert.'],
  ] as const) {
    const { page, close } = await open(stage, desk('alerts'), told(some));
    await page.locator('.sources').waitFor();
    await expect.poll(async () => (await page.locator('.nothing').textContent())?.trim()).toBe(words);
    await close();
  }
});

describe('the audit history', () => {
  test('is searched in what has been read, and read further back', async () => {
    const { page, asked, close } = await open(stage, desk('audit'));
    await expect.poll(() => page.locator('[data-index]').count()).toBe(3);
    await page.getByTestId('filter').fill('nováková');
    await expect.poll(() => page.getByText('Nothing matches.').count()).toBe(1);
    await page.getByTestId('audit-further').click();
    await expect.poll(() => page.locator('[data-index]').count()).toBe(1);
    expect(await page.getByRole('status').first().textContent()).toContain('1 of 4 records');
    expect(await page.getByTestId('audit-further').count()).toBe(0);
    expect(asked.map((ask) => ask.kind)).toEqual(['audit', 'auditFurther']);
    await close();
  });

  test('that takes a permission offers to ask for it; a page that fails can be asked for again', async () => {
    const refused = { ...AUDIT, rows: [], more: false, refused: failure(), allowable: true };
    const { page, asked, close } = await open(stage, desk('audit'), { audit: refused });
    await page.getByTestId('allow').click();
    await expect.poll(() => asked.length).toBe(2);
    expect(asked).toEqual([
      { kind: 'audit', allow: false },
      { kind: 'audit', allow: true },
    ]);
    await close();
    const again = await open(stage, desk('audit'), { audit: AUDIT, auditFurther: { ...refused, more: true } });
    await again.page.getByTestId('audit-further').click();
    await expect.poll(() => again.page.getByRole('alert').count()).toBe(1);
    expect(await again.page.locator('[data-index]').count()).toBe(3);
    expect(await again.page.getByTestId('audit-further').count()).toBe(1);
    await again.close();
  });
});

describe('alerts', () => {
  test('are dismissed by their ids, those that are there', async () => {
    const { page, asked, close } = await open(stage, desk('alerts'));
    await page.getByTestId('dismiss').click({ force: true });
    expect(await page.getByTestId('alert-l4').isDisabled()).toBe(true);
    await page.getByTestId('select-all').click();
    await page.getByTestId('dismiss').click();
    await expect.poll(() => asked.map((ask) => ask.kind)).toEqual(['alerts', 'dismiss', 'alerts']);
    expect(asked[1]).toEqual({ kind: 'dismiss', ids: ['l1', 'l2', 'l3'] });
    await close();
  });

  test('are looked for again, one or all of them', async () => {
    const { page, asked, close } = await open(stage, desk('alerts'));
    await page.getByTestId('look-again').click();
    await expect.poll(() => asked.map((ask) => ask.kind)).toEqual(['alerts', 'lookAgain', 'alerts']);
    expect(asked[1]).toEqual({ kind: 'lookAgain', id: null });
    // By keyboard: the line opens, and its buttons come after it.
    await page.getByTestId('alert-details-l4').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => asked.length).toBe(5);
    expect(asked[3]).toEqual({ kind: 'lookAgain', id: 'l4' });
    await close();
  });

  test('lead to the assignments that they are about', async () => {
    const { page, asked, close } = await open(stage, desk('alerts'));
    await page.getByTestId('alert-details-l1').click();
    await page.getByTestId('alert-assignments-l1').click();
    await expect.poll(() => asked.map((ask) => ask.kind)).toEqual(['alerts', 'assignments']);
    expect(await page.getByTestId('filter').inputValue()).toBe('Global Administrator');
    await expect.poll(() => page.locator('[data-index]').count()).toBe(1);
    await close();
  });

  test('that take a permission offer to ask for it', async () => {
    const { page, asked, close } = await open(stage, desk('alerts'));
    expect(asked[0]).toEqual({ kind: 'alerts', allow: false });
    await page.getByTestId('allow').click();
    await expect.poll(() => asked.length).toBe(2);
    expect(asked[1]).toEqual({ kind: 'alerts', allow: true });
    await close();
  });
});

test('five thousand assignments are listed, filtered and walked through by keyboard', async () => {
  const rows = Array.from({ length: 5_000 }, (_, index) =>
    holding(`h${index}`, { name: index % 100 === 7 ? 'Global Reader' : 'Reports Reader', person: `Person ${index}` }),
  );
  const { page, close } = await open(stage, desk('assignments'), {
    assignments: { kind: 'assignments', sources: [], rows, risks: [] },
  });
  await expect.poll(() => page.locator('[data-index]').count()).toBeGreaterThan(5);
  expect(await page.locator('[data-index]').count()).toBeLessThan(60);
  await page.getByTestId('holding-h0').focus();
  await page.keyboard.press('End');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
    .toBe('holding-h4999');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('global read');
  await expect.poll(() => page.getByRole('status').textContent()).toContain('50 entries');
  await close();
});

test('another account sees nothing of what the first was told', async () => {
  const { page, asked, close } = await open(stage, desk('approvals'));
  await expect.poll(() => page.getByText('Maya Lindqvist').count()).toBeGreaterThan(0);
  const other = {
    ...desk('approvals'),
    account: { ...desk('approvals').account!, id: 'nadia', username: 'nadia@contoso.example' },
  };
  await page.evaluate((next) => window.__desk(next), other);
  await expect.poll(() => asked.length).toBe(2);
  await expect.poll(() => page.getByText('nadia@contoso.example').filter({ visible: true }).count()).toBe(1);
  await page.evaluate((next) => window.__desk(next), { ...other, account: null });
  await expect.poll(() => page.getByText('Nobody is signed in').count()).toBe(1);
  expect(await page.getByText('Maya Lindqvist').count()).toBe(0);
  await close();
});

test('hostile names are text', async () => {
  const name = '<img src=x onerror="window.__hacked=1">\u202Egnp.exe';
  const { page, faults, close } = await open(stage, desk('approvals'), {
    approvals: { kind: 'approvals', sources: [], rows: [approval('a', { person: name, name, reason: name })] },
    decide: OUTCOMES,
  });
  await expect.poll(() => page.getByText('<img src=x').count()).toBeGreaterThan(0);
  expect(await page.evaluate(() => window.__hacked)).toBeUndefined();
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.textContent('main')).not.toContain('\u202E');
  expect(faults).toEqual([]);
  await close();
});

test.each(SECTIONS)('%s has its bar within the smallest window', async (section) => {
  const { page, close } = await open(stage, desk(section), ANSWERS, { viewport: { width: 640, height: 420 } });
  await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0);
  const ends = await page.evaluate(() =>
    [...document.querySelectorAll('main, .bar')].map((each) => each.getBoundingClientRect().bottom),
  );
  expect(Math.max(...ends)).toBe(420);
  await close();
});

test('what a notification is about is shown once what is being sent has come back', async () => {
  const { page, asked, close } = await open(stage, desk('approvals'));
  await page.getByTestId('approval-a1').check();
  await page.getByTestId('decision-reason').fill('As agreed');
  await page.evaluate(
    (next) => {
      document.querySelector<HTMLElement>('[data-testid="approve"]')!.click();
      window.__desk(next);
    },
    desk('alerts', 2),
  );
  await expect.poll(() => page.getByTestId('section-alerts').getAttribute('aria-current')).toBe('page');
  expect(asked.map((ask) => ask.kind)).toContain('decide');
  await close();
});
