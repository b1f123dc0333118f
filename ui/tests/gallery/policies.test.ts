// The Manage window's policies: their pictures in light and dark, and what is asked for when they are worked on.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { PolicyEdits } from '../../src/generated/PolicyEdits';
import type { Told } from '../../src/generated/Told';
import { desk, failure, open } from './manage';
import { chosen, pictured, type Picture } from './manage-pictures';
import { COMPARED, DRIFT, POLICY, POLICY_ANSWERS, SAME, SETTINGS } from './policies';
import { Stage } from './stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const section = 'policies';
const answers = POLICY_ANSWERS;
const refused = (code: string, message: string): Told => ({
  kind: 'failed',
  problem: failure({ code, message, correlationId: null }),
});
const changed = {
  ...answers,
  applyPolicies: refused(
    'policy-changed',
    'Somebody has changed these rules since. Nothing was sent: look at the differences again.',
  ),
};

const PICTURES: Record<string, Picture> = {
  policies: {},
  'policies-none': { answers: { policies: { kind: 'policies', sources: [], rows: [], problem: failure() } } },
  'policies-saved': { steps: ['select-all', 'export-policies'] },
  'policy-rules': { steps: ['open-p1'] },
  'policy-form': { steps: ['open-p1', 'policy-change'] },
  'policy-form-filled': {
    steps: [
      'open-p1',
      'policy-change',
      'proof-context',
      'fill:claim=x',
      'approval',
      'fill:person-name=petra',
      'find-people',
      'found-u1',
    ],
  },
  'policy-form-mail': {
    steps: ['open-p1', 'policy-change', 'policy-mail', 'fill:recipients-6=soc at contoso', 'recipients-8'],
  },
  'policy-form-refused': {
    answers: {
      ...answers,
      comparePolicies: refused('policy-edit', 'An approver is none of those who were found. Look for them again.'),
    },
    steps: ['open-p1', 'policy-change', 'ticket', 'policy-review'],
  },
  'policy-review': { steps: ['open-p1', 'policy-change', 'ticket', 'policy-review'] },
  'policy-applied': { steps: ['open-p1', 'policy-change', 'ticket', 'policy-review', 'policy-apply'] },
  'policy-changed': {
    answers: changed,
    steps: ['open-p1', 'policy-change', 'ticket', 'policy-review', 'policy-apply'],
  },
  'policy-copy': { steps: ['open-p1', 'policy-copy', 'choose-p2', 'choose-p5'] },
  'policy-drift': { answers: { ...answers, comparePolicies: DRIFT }, file: ['policy-file', '{}'] },
  'policy-no-drift': { answers: { ...answers, comparePolicies: SAME }, file: ['policy-file', '{}'] },
  'policy-file-wrong': {
    answers: {
      ...answers,
      comparePolicies: refused(
        'policy-file',
        'The file was not taken: line 12: the rule Expiration_EndUser_Assignment: an activation lasts at most 24 hours (PT24H). Nothing was sent.',
      ),
    },
    file: ['policy-file', '{}'],
  },
};

describe('policies, pictures', () => {
  test.each(Object.entries(PICTURES))('%s', (name, picture) => pictured(stage, name, { section, answers, ...picture }));
});

const NOTHING: PolicyEdits = {
  longest: null,
  justification: null,
  ticket: null,
  proof: null,
  approval: null,
  eligible: null,
  active: null,
  activeJustification: null,
  activeMfa: null,
  mail: [],
};

describe('a policy', () => {
  test('is opened by keyboard, told in words, and left by Escape', async () => {
    const { page, asked, close } = await open(stage, desk(section), answers);
    await page.getByTestId('open-p1').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('open-p1');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('rules').textContent()).toContain('8 hours at most');
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
    expect(await page.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
      'Activation',
      'Eligible assignment',
      'Active assignment',
      'Notifications',
      'Other rules, which stay as they are',
    ]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('open-p1').count()).toBe(1);
    expect(asked).toEqual([{ kind: 'policies' }, { kind: 'policy', role: 'p1' }]);
    await close();
  });

  test('is changed in what was changed and nothing else, looked at first, and applied by its button', async () => {
    const { page, asked, close } = await open(stage, desk(section), answers);
    await page.getByTestId('open-p1').click();
    await page.getByTestId('policy-change').click();
    await page.getByTestId('policy-review').click({ force: true });
    expect(asked.length).toBe(2);
    await page.getByTestId('longest').selectOption('1 h 30');
    await page.getByTestId('eligible').selectOption('365 days');
    await page.getByTestId('active-mfa').check();
    await page.getByTestId('proof-context').check();
    // Which one has to be said.
    await page.getByTestId('policy-review').click({ force: true });
    expect(asked.length).toBe(2);
    await page.getByTestId('claim').fill('c3');
    await page.getByTestId('approval').check();
    await page.getByTestId('person-name').fill('petra');
    await page.keyboard.press('Enter');
    await page.getByTestId('found-u1').check();
    await page.getByTestId('policy-mail').click();
    await page.getByTestId('defaults-6').uncheck();
    await page.getByTestId('recipients-6').fill('ciso@contoso.example; SOC@contoso.example');
    await page.getByTestId('policy-review').click();
    const edits: PolicyEdits = {
      ...NOTHING,
      longest: 90,
      proof: { kind: 'context', claim: 'c3' },
      approval: { required: true, approvers: ['u1'] },
      eligible: { kind: 'days', days: 365 },
      activeMfa: true,
      mail: [
        {
          rule: 'Notification_Admin_EndUser_Assignment',
          defaults: false,
          recipients: ['ciso@contoso.example', 'SOC@contoso.example'],
        },
      ],
    };
    const wanted = { kind: 'edit', role: 'p1', edits };
    await expect.poll(() => asked.at(-1)).toEqual({ kind: 'comparePolicies', wanted });
    await expect.poll(() => page.getByTestId('review').textContent()).toContain('8 hours at most');
    // A page back everything is as it was typed.
    await page.getByTestId('policy-back').click();
    expect(await page.getByTestId('claim').inputValue()).toBe('c3');
    await page.getByTestId('policy-review').click();
    await page.getByTestId('policy-apply').click();
    await expect.poll(() => asked.at(-1)).toEqual({ kind: 'applyPolicies', ids: ['p1'] });
    await expect.poll(() => page.getByTestId('outcomes').textContent()).toContain('does not take the rule');
    expect(await page.getByTestId('policy-apply').count()).toBe(0);
    // It is read again, and nothing is left of what was typed.
    await page.getByTestId('policy-done').click();
    await expect.poll(() => asked.at(-1)).toEqual({ kind: 'policy', role: 'p1' });
    await page.getByTestId('policy-change').click();
    expect(await page.getByTestId('proof-mfa').isChecked()).toBe(true);
    await close();
  });

  test('that somebody else has changed meanwhile is looked at again', async () => {
    const { page, asked, close } = await open(stage, desk(section), changed);
    await page.getByTestId('open-p1').click();
    await page.getByTestId('policy-change').click();
    await page.getByTestId('ticket').check();
    await page.getByTestId('policy-review').click();
    await page.getByTestId('policy-apply').click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(1);
    await page.getByTestId('policy-again').click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    expect(asked.slice(2).map((ask) => ask.kind)).toEqual(['comparePolicies', 'applyPolicies', 'comparePolicies']);
    await close();
  });

  test('of a group takes somebody who approves, and what it does not have is not offered', async () => {
    const settings = { ...SETTINGS, longest: null, contexts: false, eligible: null, mail: [] };
    const policy = { ...POLICY, settings };
    const { page, asked, close } = await open(stage, desk(section), { ...answers, policy });
    await page.getByTestId('open-p4').click();
    await page.getByTestId('policy-change').click();
    for (const absent of ['longest', 'proof-context', 'eligible', 'policy-mail']) {
      expect(await page.getByTestId(absent).count(), absent).toBe(0);
    }
    await page.getByTestId('approval').check();
    await expect.poll(() => page.locator('.scroll').getByText('Name at least one approver').count()).toBe(1);
    await page.getByTestId('policy-review').click({ force: true });
    expect(asked.length).toBe(2);
    await close();
  });

  test('is had by others of its kind once that was looked at', async () => {
    const { page, asked, close } = await open(stage, desk(section), { ...answers, comparePolicies: DRIFT });
    await page.getByTestId('open-p1').click();
    await page.getByTestId('policy-copy').click();
    expect(await page.getByTestId('roles').locator('li').count()).toBe(3);
    await page.getByTestId('copy-filter').fill('help');
    await expect.poll(() => page.getByTestId('roles').locator('li').count()).toBe(1);
    await page.getByTestId('choose-p3').check();
    await page.getByTestId('policy-review').click();
    await expect
      .poll(() => asked.at(-1))
      .toEqual({
        kind: 'comparePolicies',
        wanted: { kind: 'copy', from: 'p1', to: ['p3'] },
      });
    await page.getByTestId('policy-back').click();
    expect(await page.getByTestId('choose-p3').isChecked()).toBe(true);
    await close();
  });
});

describe('a file', () => {
  test('is held against the policies, and applied to those that are left chosen', async () => {
    const { page, asked, close } = await open(stage, desk(section), { ...answers, comparePolicies: DRIFT });
    const text = '{ "format": "pimento-policies" }';
    await page.getByTestId('policy-file').setInputFiles(chosen(text));
    await expect.poll(() => asked.at(-1)).toEqual({ kind: 'comparePolicies', wanted: { kind: 'file', text } });
    await expect
      .poll(() => page.getByRole('heading', { level: 2 }).textContent())
      .toBe('Compared with \u2068baseline.json\u2069');
    expect(await page.textContent('main')).toContain('2 more are as they should be.');
    expect(await page.getByTestId('apply-x').isDisabled()).toBe(true);
    await page.getByTestId('apply-p1').uncheck();
    await page.getByTestId('policy-apply').click();
    await expect.poll(() => asked.at(-1)).toEqual({ kind: 'applyPolicies', ids: ['p2'] });
    await page.getByTestId('policy-done').click();
    await expect.poll(() => page.getByTestId('compare-file').count()).toBe(1);
    await close();
  });

  test('that is too long is not sent', async () => {
    const { page, asked, close } = await open(stage, desk(section), answers);
    await page.getByTestId('policy-file').setInputFiles(chosen(' '.repeat((8 << 20) + 1)));
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('larger than 8 MiB');
    expect(asked.length).toBe(1);
    await page.keyboard.press('Escape');
    // One that is as long as may be is.
    await page.getByTestId('policy-file').setInputFiles(chosen(' '.repeat(8 << 20)));
    await expect.poll(() => asked.length).toBe(2);
    await close();
  });

  test('is written for those that were chosen, and where it lies is told', async () => {
    const { page, asked, close } = await open(stage, desk(section), answers);
    await page.getByTestId('export-policies').click({ force: true });
    await page.getByTestId('choose-p2').check();
    await page.getByTestId('filter').fill('group');
    await expect.poll(() => page.getByTestId('roles').locator('li').count()).toBe(1);
    await page.getByTestId('choose-p4').check();
    await page.getByTestId('export-policies').click();
    await expect.poll(() => page.getByTestId('saved').textContent()).toContain('pimento-policies-2026-11-30.json');
    expect(asked).toEqual([{ kind: 'policies' }, { kind: 'exportPolicies', ids: ['p2', 'p4'] }]);
    await close();
  });
});

test('nobody is shown what was begun by another account, and a late answer is dropped', async () => {
  const { page, close } = await open(stage, desk(section), { ...answers, comparePolicies: [COMPARED] });
  await page.getByTestId('open-p1').click();
  await page.getByTestId('policy-change').click();
  const other = { ...desk(section), account: { ...desk(section).account!, id: 'nadia' } };
  await page.evaluate((next) => window.__desk(next), other);
  await expect.poll(() => page.getByTestId('policy-review').count()).toBe(0);
  await expect.poll(() => page.getByTestId('open-p1').count()).toBe(1);
  await close();
});

test('nothing is changed while the policies are read', async () => {
  const { page, close } = await open(stage, desk('policies'), { ...answers, comparePolicies: 'never' });
  await page.getByTestId('open-p1').click();
  await page.getByTestId('policy-change').click();
  await page.getByTestId('ticket').click();
  await page.getByTestId('policy-review').click();
  await expect.poll(() => page.getByTestId('justification').isDisabled()).toBe(true);
  await close();
});
