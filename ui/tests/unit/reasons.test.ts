import { describe, expect, test } from 'vitest';

import { choices, filled, flawWords, gap, isoDay, judge, type Flaw } from '../../src/lib/reasons';
import cases from '../../../tests/reasons.json';

type Case = { reason: string; roles?: string[]; ticket?: string; least?: number; flaw: Flaw | null };

describe('the cases that the command line answers too', () => {
  test.each(cases as Case[])('$reason', ({ reason, roles = [], ticket = '', least = 0, flaw }) => {
    expect(judge(reason, { roles, ticket, least }) ?? null).toEqual(flaw);
  });
});

test('every flaw is said with what would be better', () => {
  const kinds = new Set((cases as Case[]).flatMap(({ flaw }) => (flaw ? [flawWords(flaw)] : [])));
  expect([...kinds].some((words) => words.includes('{ticket}'))).toBe(true);
  expect([...kinds].some((words) => words.includes('8 characters'))).toBe(true);
  for (const words of kinds) expect(words).toMatch(/^[A-Z{].*\.$/);
});

const NOW = new Date(2026, 10, 4, 23, 30).getTime();

describe('a template', () => {
  test('has the day of the wall in it, and the ticket once there is one', () => {
    expect(isoDay(NOW)).toBe('2026-11-04');
    expect(filled('{ticket}: on call, {date}', '', NOW)).toBe('{ticket}: on call, 2026-11-04');
    expect(filled('{ticket}: on call, {ticket} {date}', ' INC-1 ', NOW)).toBe('INC-1: on call, INC-1 2026-11-04');
    // What looks like a pattern of replacements is none.
    expect(filled('{ticket}', "$&$'", NOW)).toBe("$&$'");
  });

  test('says where something has yet to be typed', () => {
    expect(gap('Change {ticket}, today')).toEqual([7, 15]);
    expect(gap('Change INC-1')).toBeUndefined();
  });
});

describe('what there is to choose from', () => {
  const TEMPLATES = ['Change {ticket}', 'On call, {date}', 'Audit of {ticket}', 'Onboarding'];
  const RECENT = ['Daily checks', 'Onboarding', ' ', 'Mail flow', 'Outage', 'Licences'];

  test('templates stand first, filled in; nothing stands there twice', () => {
    const { shown, more } = choices(TEMPLATES, RECENT, '', 'INC-1', NOW);
    expect(shown).toEqual([
      { text: 'Change INC-1', template: 'Change {ticket}' },
      { text: 'On call, 2026-11-04', template: 'On call, {date}' },
      { text: 'Audit of INC-1', template: 'Audit of {ticket}' },
      { text: 'Daily checks', template: undefined },
      { text: 'Mail flow', template: undefined },
      { text: 'Outage', template: undefined },
    ]);
    expect(more.map(({ text }) => text)).toEqual(['Onboarding', 'Licences']);
  });

  test('what is in the field is no choice any more', () => {
    const { shown } = choices(TEMPLATES, RECENT, 'Change INC-1', 'INC-1', NOW);
    expect(shown.map(({ text }) => text)).not.toContain('Change INC-1');
    expect(choices([], [], 'x', '', NOW)).toEqual({ shown: [], more: [] });
  });
});
