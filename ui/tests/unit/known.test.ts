// What is known of a role before it is activated, and how little room it takes to say it.

import { beforeAll, describe, expect, test } from 'vitest';

import { atOnce, bundleRun, several } from '../../src/lib/commands';
import { approverNames, NO_DRAFT, rowAbout } from '../../src/lib/form';
import { m } from '../../src/lib/messages';
import { same } from '../../src/lib/pages';
import { placeOf, tellApart, wholePath } from '../../src/lib/places';
import { activeFacts, eligibleFacts } from '../../src/lib/role-facts';
import { face } from '../../src/lib/row-state';
import { KNOWN, READERS, TWINS } from '../gallery/known-views';
import { BUNDLES } from '../gallery/more-views';
import { active, asks, at, eligible, NOW, running } from '../gallery/views';

beforeAll(() => {
  process.env.TZ = 'UTC';
});

describe('a place', () => {
  const role = (id: string, ...path: string[]) =>
    eligible('Contributor', { id, kind: 'azureResource', scope: 'rg', scopePath: path });
  const lines = (...rows: ReturnType<typeof role>[]) => {
    const apart = tellApart(rows);
    return rows.map((row) => placeOf(row, apart).above);
  };

  test('is whole where there is room', () => {
    expect(wholePath(TWINS[4]!)).toBe('Contoso › Contoso Production › rg-erp › vm-01');
    expect(wholePath(TWINS[6]!)).toBe('Contoso');
    expect(wholePath(eligible('Global Reader'))).toBe('');
  });

  test('is said by the nearest scope above it in a line', () => {
    const apart = tellApart(TWINS);
    expect(placeOf(TWINS[4]!, apart)).toEqual({ above: 'rg-erp', own: 'vm-01', twin: false });
    expect(placeOf(TWINS[6]!, apart)).toEqual({ above: '', own: 'Contoso', twin: false });
  });

  test('of the same name is told from the others by what differs', () => {
    expect(lines(role('a', 'Root', 'Production'), role('b', 'Root', 'Staging'))).toEqual(['Production', 'Staging']);
    expect(lines(role('a', 'Retail', 'Shop'), role('b', 'Bank', 'Shop'))).toEqual(['Retail › …', 'Bank › …']);
    expect(lines(role('a', 'P', 'X'), role('b', 'P', 'Y'), role('c', 'Q', 'X'))).toEqual(['P › X', 'Y', 'Q › X']);
    expect(lines(role('a', 'P', 'X', 'Z'), role('b', 'Q', 'X', 'Z'))).toEqual(['P › …', 'Q › …']);
    expect(lines(role('a', 'X'), role('b', 'P', 'X'))).toEqual(['X', 'P › …']);
  });

  test('what long names begin with alike is left out, in whole words', () => {
    expect(lines(role('a', 'sub-contoso-erp-prod'), role('b', 'sub-contoso-erp-dev'))).toEqual(['…prod', '…dev']);
    expect(lines(role('a', 'Production one'), role('b', 'Productive two'))).toEqual([
      'Production one',
      'Productive two',
    ]);
  });

  test('is no other’s for another role, and its own when the role is active', () => {
    const one = role('a', 'Root', 'Production');
    expect(tellApart([one, { ...role('b', 'Root', 'Staging'), name: 'Reader' }]).size).toBe(0);
    expect(tellApart([{ ...running('Contributor', 1, 2), ...one }, one]).size).toBe(0);
    expect(tellApart([one, { ...one, id: 'b' }]).size).toBe(0);
  });

  test('five thousand of the same name are told apart in no time', () => {
    const many = Array.from({ length: 5_000 }, (_, index) =>
      role(`${index}`, 'Root', `Group ${index % 70}`, `S${index}`),
    );
    const begun = performance.now();
    expect(new Set(tellApart(many).values()).size).toBe(5_000);
    console.log(`5,000 places told apart in ${(performance.now() - begun).toFixed(0)} ms`);
  });
});

describe('what a row has no room for is heard', () => {
  test('of a role with a policy', () => {
    const heard = rowAbout(KNOWN, NOW);
    expect(heard).toContain('1\u00A0h by default');
    expect(heard).toContain('max 4\u00A0h');
    expect(heard).toContain('Priya Shah, Tom Okafor or Ana Reyes decides within 1 day');
    expect(heard).toContain('has rules that Pimento does not know');
  });

  test('of an Azure role and of a group', () => {
    expect(rowAbout(TWINS[0]!, NOW)).toEqual([
      'Azure',
      'Contoso › Contoso Production › rg-erp',
      '2\u00A0h by default',
      'max 8\u00A0h',
    ]);
    expect(rowAbout(READERS, NOW)).toEqual([
      'group',
      '4\u00A0h by default',
      'max 4\u00A0h',
      'its details say what it gives',
    ]);
  });

  test('nobody is left out to no avail', () => {
    const five = ['A', 'B', 'C', 'D', 'E'];
    expect(approverNames(five, 4)).toBe('A, B, C, D or E');
    expect(approverNames([...five, 'F'], 4)).toBe('A, B, C, D or 2 others');
    expect(approverNames([])).toBe('');
    const row = eligible('x', { requirements: asks({ approval: true }) });
    expect(rowAbout(row, NOW)).toContain('an approver decides');
  });
});

describe('the facts', () => {
  test('of a policy in which everything is said', () => {
    expect(eligibleFacts(KNOWN, NOW)).toEqual([
      ['Duration', '1\u00A0h by default, 30\u00A0min last time, at most 4\u00A0h'],
      ['Asks for', 'a reason, a ticket, MFA and a stronger sign-in (authentication context c1)'],
      ['Approval', 'Priya Shah, Tom Okafor or Ana Reyes decides within 1 day'],
      ['Policy', 'Has rules that Pimento does not know: Enablement_EndUser_DeviceCompliance.'],
      ['Last reason', 'Review of role assignments'],
      ['Eligible until', '31 Mar 2028'],
      ['Eligible through', 'a group'],
    ]);
  });

  test('of one that asks for nothing, and of one that could not be read', () => {
    const plain = eligible('x', { requirements: asks({ justification: false }), eligibleUntil: at(-1440) });
    expect(eligibleFacts(plain, NOW)).toEqual([
      ['Duration', '8\u00A0h by default, at most 8\u00A0h'],
      ['Asks for', 'nothing'],
      ['Eligibility ended', 'yesterday'],
    ]);
    const unread = eligible('x', { requirements: asks({ known: false, approval: true }) });
    expect(eligibleFacts(unread, NOW)).toEqual([
      ['Approval', 'An approver decides'],
      ['Policy', 'Could not be read: the service may ask for more.'],
    ]);
  });

  test('of one that waits: for whom, or for anybody', () => {
    const waiting = (approvers: string[]) =>
      activeFacts(active('x', { kind: 'waitingForApproval', approvers, lapsesAt: null }), NOW);
    expect(waiting(['A', 'B', 'C'])).toEqual([['Waits for', 'A, B or C']]);
    expect(waiting([])).toEqual([['Waits for', 'an approver']]);
    expect(face(active('x', { kind: 'waitingForApproval', approvers: [], lapsesAt: null }), NOW, 0).detail).toBe(
      'Waits for an approver.',
    );
  });
});

test('what is held through a group is not called permanent', () => {
  const held = (change = {}) => face(active('x', { kind: 'active' }, { activated: false, ...change }), NOW, 0);
  expect(held()).toMatchObject({ word: 'permanent', detail: '' });
  expect(held({ throughGroup: true })).toMatchObject({ word: 'through a group', detail: '', icon: 'standing' });
  expect(held({ throughGroup: true, end: at(60) })).toMatchObject({
    word: '',
    detail: 'through a group, until 15:49',
  });
  expect(held({ end: at(60) })).toMatchObject({ word: '', detail: 'assigned until 15:49' });
});

test('gaps are seconds, and minutes from a minute and a half on', () => {
  expect([1, 89, 90, 150].map(m.renew.restartGap)).toEqual([
    'A gap of about 1\u00A0s without the role.',
    'A gap of about 89\u00A0s without the role.',
    'A gap of about 2\u00A0min without the role.',
    'A gap of about 3\u00A0min without the role.',
  ]);
  expect(m.renew.gap(0)).toContain('No gap');
  expect(m.renew.gap(60)).toBe('A gap of about 60\u00A0s without the role.');
});

describe('what is sent', () => {
  test('at once: as it was last, with a moment to take it back', () => {
    expect(atOnce(READERS)).toMatchObject({ minutes: 120, reason: 'Daily checks', undoable: true, ticket: null });
    expect(atOnce({ ...READERS, lastMinutes: null, lastReason: null })).toMatchObject({ minutes: 240, reason: '' });
  });

  test('together: a ticket where any asks for one', () => {
    const rows = [READERS, eligible('x', { requirements: asks({ ticket: true }) })];
    const draft = { ...NO_DRAFT, reason: ' why ', ticketNumber: 'INC-1' };
    expect(several(rows, draft)).toMatchObject({ reason: 'why', ticket: { number: 'INC-1', system: '' } });
    expect(several(rows.slice(0, 1), draft)).toMatchObject({ ticket: null });
    expect(bundleRun(BUNDLES[0]!, rows, null)).toMatchObject({ reason: null, ticket: null });
    expect(bundleRun(BUNDLES[0]!, rows, draft)).toMatchObject({ reason: 'why', ticket: { number: 'INC-1' } });
  });
});

test('a page is the same when it is about the same', () => {
  expect(same({ kind: 'role', id: 'a' }, { kind: 'role', id: 'a' })).toBe(true);
  expect(same({ kind: 'role', id: 'a' }, { kind: 'role', id: 'b' })).toBe(false);
  expect(same({ kind: 'role', id: 'a' }, { kind: 'form', id: 'a' })).toBe(false);
});
