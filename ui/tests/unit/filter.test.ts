import { describe, expect, test } from 'vitest';

import { filterRows } from '../../src/lib/filter';
import { fold, inert } from '../../src/lib/text';
import { windowOf } from '../../src/lib/windowing';

const rows = [
  'Global Reader',
  'Reports Reader',
  'Readiness Viewer',
  'Security Administrator',
  'Büro-Verwaltung',
  'Łódź Operator',
].map((name) => ({ name, scope: null as string | null }));
const found = (typed: string) => filterRows(rows, typed).map((row) => row.name);

describe('filter', () => {
  test('nothing typed changes nothing', () => {
    expect(filterRows(rows, '')).toBe(rows);
    expect(filterRows(rows, '  ')).toBe(rows);
  });

  test('best match first, ties in their order', () => {
    expect(found('rea')).toEqual(['Readiness Viewer', 'Global Reader', 'Reports Reader']);
    expect(found('re')).toEqual(['Reports Reader', 'Readiness Viewer', 'Global Reader']);
  });

  test('every word must be found, in any order', () => {
    expect(found('reader glo')).toEqual(['Global Reader']);
    expect(found('reader x')).toEqual([]);
  });

  test('case and diacritics are folded on both sides', () => {
    expect(found('SÉC')).toEqual(['Security Administrator']);
    expect(found('buro')).toEqual(['Büro-Verwaltung']);
    expect(found('lodz')).toEqual(['Łódź Operator']);
    expect(fold('İstanbul Straße')).toBe('istanbul strasse');
  });

  test('scopes are found', () => {
    const scoped = [{ name: 'User Administrator', scope: 'Retail Nordics' }];
    expect(filterRows(scoped, 'nordics user')).toHaveLength(1);
  });

  test('so are those above them, after what is named so itself', () => {
    const scoped = [
      { name: 'Reader', scope: 'vm-01', scopePath: ['Contoso Production', 'rg-erp'] },
      { name: 'Reader', scope: 'vm-01', scopePath: ['Contoso Staging', 'rg-erp'] },
      { name: 'Production Operator', scope: null, scopePath: [] },
    ];
    expect(filterRows(scoped, 'produc')).toEqual([scoped[2], scoped[0]]);
    expect(filterRows(scoped, 'reader erp stag')).toEqual([scoped[1]]);
  });

  test('five thousand rows, in the median of twenty runs', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => ({
      name: `Rôle ${index} Administrator`,
      scope: `Unit ${index % 40}`,
    }));
    filterRows(many, 'warm');
    const times = Array.from({ length: 20 }, (_, index) => {
      const begun = performance.now();
      filterRows(many, `role ${index} adm`);
      return performance.now() - begun;
    }).sort((a, b) => a - b);
    console.log(`filter of 5,000 rows: median ${times[10]?.toFixed(2)} ms, slowest ${times[19]?.toFixed(2)} ms`);
    expect(filterRows(many, 'role 4999')).toHaveLength(1);
  });
});

test('names lose what would steer their surroundings, and nothing else', () => {
  expect(inert('\u202Eabc\u202C\u2066x\u2069\u0007')).toBe('abcx');
  expect(inert('مدير النظام')).toBe('مدير النظام');
  expect(inert('<b>&amp;</b>')).toBe('<b>&amp;</b>');
});

describe('rows in sight', () => {
  test('a long list renders what is in sight and keeps the height of the rest', () => {
    const seen = windowOf(5_000, () => 48, 48_000, 480);
    expect(seen.first).toBeLessThanOrEqual(1_000 - 4);
    expect(seen.last).toBeGreaterThanOrEqual(1_010 + 4);
    expect(seen.last - seen.first).toBeLessThan(40);
    expect(seen.before + (seen.last - seen.first) * 48 + seen.after).toBe(5_000 * 48);
  });

  test('the ends', () => {
    expect(windowOf(0, () => 48, 0, 480)).toEqual({ first: 0, last: 0, before: 0, after: 0 });
    const start = windowOf(500, () => 48, 0, 480);
    expect([start.first, start.before]).toEqual([0, 0]);
    const end = windowOf(500, () => 48, 500 * 48 - 480, 480);
    expect([end.last, end.after]).toEqual([500, 0]);
  });
});
