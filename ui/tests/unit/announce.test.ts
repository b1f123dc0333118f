import { describe, expect, test } from 'vitest';

import { passedMarks, results } from '../../src/lib/announce';
import { face } from '../../src/lib/row-state';
import type { RowState } from '../../src/generated/RowState';
import { active, at, eligible, NOW, view } from '../gallery/views';

const MIN = 60_000;
const problem = {
  code: 'x',
  message: 'It failed.',
  remedy: { kind: 'none' as const },
  correlationId: null,
  detail: null,
};

describe('what is said of the time', () => {
  const row = active('Reader', { kind: 'active' }, { end: at(10) });
  const said = (from: number, to: number) => passedMarks([row], NOW + from * MIN, NOW + to * MIN);

  test('five minutes, one minute, the end, once each', () => {
    const all: string[] = [];
    for (let second = 0; second < 700; second += 1) all.push(...said(second / 60, (second + 1) / 60));
    expect(all).toEqual(['Reader: 5 minutes left', 'Reader: 1 minute left', 'Reader has ended']);
  });

  test('of marks passed in one jump only the last', () => {
    expect(said(0, 9.5)).toEqual(['Reader: 1 minute left']);
    expect(said(0, 20)).toEqual(['Reader has ended']);
    expect(said(20, 30)).toEqual([]);
  });

  test('nothing of a role that is not active', () => {
    expect(passedMarks([{ ...row, state: { kind: 'deactivating' } }], NOW, NOW + 20 * MIN)).toEqual([]);
  });
});

describe('what is said of requests', () => {
  const before = view({ active: [active('Reader', { kind: 'requesting' })] });

  test('the result, once', () => {
    const after = view({ active: [active('Reader', { kind: 'active' }, { end: at(60) })] });
    expect(results(before, after)).toHaveLength(1);
    expect(results(before, after)[0]).toMatch(/^Reader is active until /);
    expect(results(after, after)).toEqual([]);
  });

  test('from when, where it is scheduled', () => {
    const after = view({ active: [active('Reader', { kind: 'scheduled' }, { start: at(60) })] });
    expect(results(before, after)[0]).toMatch(/^Reader is scheduled from /);
  });

  test('failures with their sentence, on either list', () => {
    expect(results(before, view({ active: [active('Reader', { kind: 'failed', problem })] }))).toEqual([
      'Reader: It failed.',
    ]);
    expect(results(view({ eligible: [eligible('B')] }), view({ eligible: [eligible('B', { problem })] }))).toEqual([
      'B: It failed.',
    ]);
  });

  test('nothing at the first view, nothing across accounts', () => {
    const after = view({ active: [active('Reader', { kind: 'active' }, { end: at(60) })] });
    expect(results(undefined, after)).toEqual([]);
    expect(results({ ...before, session: { kind: 'loading' } }, after)).toEqual([]);
  });
});

test('every state has a shape of its own', () => {
  const states: RowState[] = [
    { kind: 'requesting' },
    { kind: 'steppingUp' },
    { kind: 'checking' },
    { kind: 'waitingForApproval', approvers: [], lapsesAt: null },
    { kind: 'provisioning' },
    { kind: 'scheduled' },
    { kind: 'active' },
    { kind: 'deactivating' },
    { kind: 'failed', problem },
  ];
  const icons = states.map((state) => face(active('A', state, { end: at(60) }), NOW, 5 * MIN).icon);
  icons.push(face(active('A', { kind: 'active' }, { end: at(4) }), NOW, 5 * MIN).icon);
  icons.push(face(active('A', { kind: 'active' }, { activated: false }), NOW, 5 * MIN).icon);
  expect(new Set(icons).size).toBe(states.length + 2);
});
