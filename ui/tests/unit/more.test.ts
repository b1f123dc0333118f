// What stands behind the pages: bundles, starts, scopes, history, accounts, sources, whose command it is.

import { describe, expect, test } from 'vitest';

import type { SourceState } from '../../src/generated/SourceState';
import { accountWords, cloudName } from '../../src/lib/accounts';
import { addressed } from '../../src/lib/address';
import { bundleDurations, bundleError, bundleState, rowsOf } from '../../src/lib/bundles';
import { asksTogether, check, freshDraft } from '../../src/lib/form';
import { byDay, historyLength, outcomeFace } from '../../src/lib/history';
import { uncovered, vanished, type Page } from '../../src/lib/pages';
import { asksAt, parentScope, visibleScopes } from '../../src/lib/scopes';
import { loadingLine, standing, troubleLine } from '../../src/lib/sources';
import { nextHour, startDays, startInstant } from '../../src/lib/start';
import { ACCOUNTS, BUNDLES, HISTORY, MIXED, SCOPES } from '../gallery/more-views';
import { active, asks, at, NOW, problem, view } from '../gallery/views';

describe('whose command it is', () => {
  const command = { kind: 'deactivate', id: 'x' } as const;

  test('what is clicked goes to the account that is shown', () => {
    const shown = view({ accounts: ACCOUNTS });
    expect(addressed(command, shown)).toEqual({ kind: 'for', account: '1f2e.9c0d', command });
    expect(addressed(command, view())).toBe(command);
    expect(addressed(command, undefined)).toBe(command);
  });

  test('what names an account already stays as it is', () => {
    const shown = view({ accounts: ACCOUNTS });
    const select = { kind: 'selectAccount', account: 'b' } as const;
    const out = { kind: 'for', account: 'b', command: { kind: 'signOut' } } as const;
    expect([addressed(select, shown), addressed(out, shown)]).toEqual([select, out]);
  });
});

describe('bundles', () => {
  const [onCall, friday, desk] = BUNDLES as [(typeof BUNDLES)[0], (typeof BUNDLES)[0], (typeof BUNDLES)[0]];

  test('what a click does', () => {
    const engaged = { ...onCall, roles: onCall.roles.map((row) => ({ ...row, engaged: true })) };
    const none = { ...onCall, roles: onCall.roles.map((row) => ({ ...row, eligible: false })) };
    expect([onCall, friday, engaged, none].map(bundleState)).toEqual(['runs', 'form', 'engaged', 'none']);
  });

  test('what is active, or not eligible, is left out', () => {
    expect(rowsOf(desk, MIXED).map((row) => row.name)).toEqual(['Helpdesk Administrator']);
    expect(rowsOf(friday, MIXED).map((row) => row.name)).toEqual(['Application Administrator']);
  });

  test('durations keep within the policy, and what is chosen stays to be chosen', () => {
    expect(bundleDurations(120, 45)).toEqual([30, 45, 60, 90, 120]);
    expect(bundleDurations(60, 240)).toContain(240);
  });

  test('a name and a role at least', () => {
    expect(Object.keys(bundleError(' ', 0))).toEqual(['name', 'roles']);
    expect(bundleError('a', 1)).toEqual({});
  });
});

describe('a start', () => {
  test('begins with the next full hour, on the day that it is then', () => {
    expect(nextHour(NOW)).toEqual({ day: 0, time: '15:00' });
    expect(nextHour(Date.parse('2026-11-24T23:10:00Z'))).toEqual({ day: 1, time: '00:00' });
  });

  test('is a day and a time of the own clock', () => {
    expect(startInstant({ day: 1, time: '6:30' }, NOW)).toBe(Date.parse('2026-11-25T06:30:00Z'));
    expect(startInstant({ day: 0, time: '1800' }, NOW)).toBe(Date.parse('2026-11-24T18:00:00Z'));
    for (const time of ['', '24:00', '12:60', 'six']) expect(startInstant({ day: 0, time }, NOW)).toBeUndefined();
    expect(
      startDays(NOW)
        .map(({ label }) => label)
        .slice(0, 3),
    ).toEqual(['Today', 'Tomorrow', 'Thursday 26 Nov']);
  });

  test('lies ahead', () => {
    const draft = freshDraft(asks(), { lastMinutes: null, lastReason: 'r' });
    expect(check({ ...draft, start: { day: 0, time: '14:49' } }, asks(), NOW).start).toBeDefined();
    expect(check({ ...draft, start: { day: 0, time: '14:50' } }, asks(), NOW)).toEqual({});
  });
});

test('what several will ask for is said once', () => {
  expect(asksTogether([asks({ mfa: true }), asks({ mfa: true }), asks({ mfa: true })])).toEqual([
    'One MFA for all three',
  ]);
  expect(
    asksTogether([
      asks({ authenticationContext: 'c1', mfa: true }),
      asks({ mfa: true, ticket: true }),
      asks({ approval: true }),
    ]),
  ).toEqual([
    'One stronger sign-in (c1) for 1 of them',
    'MFA for 1 more of them',
    'A ticket, for 1 of them',
    'An approval for 1 of them',
  ]);
  expect(asksTogether([asks(), asks()])).toEqual([]);
  expect(asksTogether([asks({ known: false }), asks({ unknownRules: ['Rule_X'] })])).toEqual([
    'Policies that could not be read: 1 of 2',
    'Rules that Pimento does not know: Rule_X',
  ]);
});

describe('scopes', () => {
  test('what is below a folded one is hidden', () => {
    const shown = visibleScopes(SCOPES, new Set(['/subscriptions/prod/rg-web']));
    expect(shown.map((node) => node.name)).toEqual(['Contoso Production', 'rg-data', 'rg-web', 'rg-network']);
    expect(visibleScopes(SCOPES, new Set(['/subscriptions/prod']))).toHaveLength(1);
  });

  test('the way up', () => {
    expect(parentScope(SCOPES, 4)).toBe(2);
    expect(parentScope(SCOPES, 2)).toBe(0);
    expect(parentScope(SCOPES, 0)).toBeUndefined();
  });
});

test('a narrower scope asks for what its own policy says, once that is known', () => {
  const row = { id: 'a', requirements: asks() };
  const requirements = asks({ approval: true });
  const detail = { id: 'a', loading: false, problem: null, grants: null, scopes: [] };
  const picked = { scope: '/s', loading: false, requirements };
  expect(asksAt(row, null, { ...detail, picked })).toEqual({ requirements: row.requirements, pending: false });
  expect(asksAt(row, '/s', { ...detail, picked })).toEqual({ requirements, pending: false });
  const stale = { requirements: row.requirements, pending: true };
  expect(asksAt(row, '/s', { ...detail, picked: { ...picked, loading: true } })).toEqual(stale);
  expect(asksAt(row, '/t', { ...detail, picked })).toEqual(stale);
  expect(asksAt(row, '/s', { ...detail, id: 'b', picked })).toEqual(stale);
  expect(asksAt(row, '/s', null)).toEqual(stale);
});

describe('history', () => {
  test('by day, in order', () => {
    const days = byDay(HISTORY, NOW);
    expect(days.map((day) => [day.label, day.rows.length])).toEqual([
      ['Today', 3],
      ['Yesterday', 3],
      ['22 Nov', 2],
    ]);
  });

  test('each outcome has a shape and a word; a denial says why', () => {
    const faces = HISTORY.filter((row) => row.action === 'activate').map(outcomeFace);
    expect(new Set(faces.map((face) => `${face.icon}${face.word}`)).size).toBe(5);
    expect(faces.find((face) => face.icon === 'denied')?.why).toContain('break-glass');
  });

  test('how long', () => {
    expect(historyLength(HISTORY[1]!)).toBe('2\u00A0h');
    expect(historyLength({ ...HISTORY[1]!, end: null })).toBe('');
  });
});

test('other accounts in a line', () => {
  expect(accountWords(ACCOUNTS[1]!, NOW)).toBe('1 active, 41\u00A0min');
  expect(accountWords(ACCOUNTS[2]!, NOW)).toBe('Your sign-in was revoked.');
  expect(accountWords({ ...ACCOUNTS[1]!, active: [], status: 'idle' }, NOW)).toBe('nothing active');
});

describe('sources', () => {
  const source = (change: Partial<SourceState>): SourceState => ({
    kind: 'group',
    asOf: at(-1),
    loading: false,
    problem: null,
    partial: null,
    pausedUntil: null,
    consent: null,
    ...change,
  });
  const list = (...sources: SourceState[]) => ({
    asOf: at(-1),
    loading: false,
    problem: null,
    pausedUntil: null,
    sources,
  });

  test('Azure that nobody asked for is no trouble', () => {
    const azure = source({ kind: 'azureResource', asOf: null, problem: problem({ code: 'not-consented' }) });
    expect(standing(azure)).toBe('hidden');
    expect(troubleLine(list(source({}), azure))).toBe('');
  });

  test('kinds in trouble are named together', () => {
    const consent = { link: 'https://x', permissions: [] };
    expect(troubleLine(list(source({ consent }), source({ kind: 'azureResource', partial: problem() })))).toBe(
      'Groups: waiting for consent · Azure resources: incomplete',
    );
  });

  test('what is read for the first time is said once something is there', () => {
    const late = source({ kind: 'azureResource', asOf: null, loading: true });
    expect(loadingLine(list(source({}), late))).toBe('Reading Azure resources…');
    expect(loadingLine({ ...list(late), asOf: null })).toBe('');
  });
});

test('a page gives way when what it is about is gone', () => {
  const shown = view({ active: [active('Global Reader', { kind: 'active' })], bundles: BUNDLES });
  const id = shown.active[0]!.id;
  expect(vanished({ kind: 'role', id }, shown, [])).toBe(false);
  expect(vanished({ kind: 'role', id: 'x' }, shown, [])).toBe(true);
  expect(vanished({ kind: 'role', id: shown.eligible[1]!.id }, shown, [])).toBe(false);
  expect(vanished({ kind: 'bundle', name: 'On call' }, shown, [])).toBe(false);
  expect(vanished({ kind: 'bundle', name: 'Gone' }, shown, [])).toBe(true);
  expect(vanished({ kind: 'several' }, shown, [])).toBe(true);
  expect(vanished({ kind: 'history' }, shown, [])).toBe(false);
});

test('back leads over what is gone meanwhile', () => {
  const shown = view({ active: [active('Global Reader', { kind: 'active' })], bundles: BUNDLES });
  const here = { page: { kind: 'renew', id: shown.active[0]!.id } satisfies Page };
  const gone = { page: { kind: 'renew', id: 'x' } satisfies Page };
  const trail = [{ page: { kind: 'list' } satisfies Page }, here, gone, gone];
  expect(uncovered(trail, shown, [])).toBe(here);
  expect(trail).toHaveLength(1);
  expect(uncovered([gone], shown, [])).toBeUndefined();
});

test('a cloud is called by its name, and one that a settings file makes up has none', () => {
  expect(cloudName('global')).toEqual(expect.any(String));
  expect(cloudName('constructor')).toBeUndefined();
  expect(cloudName('elsewhere')).toBeUndefined();
});
