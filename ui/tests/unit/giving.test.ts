// What stands behind giving a role: its start as it is typed, what will be done in words, and the tree of scopes.

import { describe, expect, test } from 'vitest';

import { narrowedScopes, unfoldedScopes } from '../../src/lib/scopes';
import { clockTime } from '../../src/lib/start';
import { startOf, wrongStart } from '../../src/manage/times';
import { searched, sentence } from '../../src/manage/words';
import { LATER } from '../gallery/give';
import { SCOPES } from '../gallery/more-views';
import { at, NOW } from '../gallery/views';

describe('a start', () => {
  test('is a day and a time of the clock here', () => {
    expect(startOf('2027-01-04', '9:30')).toBe(new Date(2027, 0, 4, 9, 30).toISOString());
    expect([startOf('', '08:00'), startOf('2027-01-04', '25:00'), startOf('2027-13-99', '08:00')]).toEqual([
      null,
      null,
      null,
    ]);
    expect(['18:00', '0800', '7.05', '24:00', 'noon'].map(clockTime)).toEqual([
      [18, 0],
      [8, 0],
      [7, 5],
      undefined,
      undefined,
    ]);
  });

  test('lies ahead, and before the end', () => {
    const now = new Date(2027, 0, 4, 9, 30).getTime();
    const end = new Date(2027, 0, 6).toISOString();
    expect(wrongStart('2027-01-04', '09:31', end, now)).toBeUndefined();
    expect(wrongStart('2027-01-04', '09:31', null, now)).toBeUndefined();
    expect(wrongStart('2027-01-04', '09:30', end, now)).toBe('That time has passed.');
    expect(wrongStart('2027-01-06', '00:00', end, now)).toBe('It ends before it begins.');
    expect(wrongStart('', '09:30', end, now)).toBe('Choose the day on which it begins.');
    expect(wrongStart('2027-01-05', '9', end, now)).toBe('A time has the form 18:00.');
  });

  test('is said in what will be done', () => {
    const [step] = LATER.kind === 'plan' ? LATER.steps : [];
    expect(sentence({ ...step!, end: null }, NOW)).toMatch(/becomes eligible, from .+, permanently$/);
    expect(sentence({ ...step!, start: null, end: null }, NOW)).toMatch(/becomes eligible, permanently$/);
    expect(sentence({ ...step!, eligible: false, start: at(60), end: null }, NOW)).toMatch(/becomes active, from /);
  });
});

describe('scopes', () => {
  const names = (nodes: readonly { name: string }[]) => nodes.map((node) => node.name);

  test('come below the one that was unfolded, each once', () => {
    const [root] = SCOPES;
    const below = { ...root!, depth: 7, unfolded: false };
    const nodes = unfoldedScopes([root!, { ...below, id: 'b', name: 'b' }], root!.id, [
      { ...below, id: 'a', name: 'a' },
      below,
    ]);
    expect(nodes.map((node) => [node.name, node.depth])).toEqual([
      [root!.name, root!.depth],
      ['a', root!.depth + 1],
      ['b', 7],
    ]);
    expect(unfoldedScopes([root!], root!.id, [])[0]).toMatchObject({ foldable: false, unfolded: true });
  });

  test('are narrowed to names, with what lies above and below', () => {
    expect(narrowedScopes(SCOPES, ' ')).toBe(SCOPES);
    const all = names(SCOPES);
    expect(names(narrowedScopes(SCOPES, 'rg-data'))).toEqual([all[0], 'rg-data']);
    expect(names(narrowedScopes(SCOPES, all[0]!))).toEqual(all);
    expect(narrowedScopes(SCOPES, 'nowhere')).toEqual([]);
  });
});

test('how a search stands', () => {
  const search = { more: false, searching: false };
  expect(searched(search, 'none')).toBe('');
  expect(searched({ ...search, found: [] }, 'none')).toBe('none');
  expect(searched({ ...search, found: [1], more: true }, 'none')).toContain('Type more');
  expect(searched({ ...search, searching: true }, 'none')).toContain('Asking');
});
