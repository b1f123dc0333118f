import { describe, expect, test } from 'vitest';

import type { PolicySettings } from '../../src/generated/PolicySettings';
import { editsOf, formOf, lengths, limits, wrongIn } from '../../src/manage/policy-form';

const SETTINGS: PolicySettings = {
  longest: 50,
  justification: true,
  ticket: false,
  proof: { kind: 'context', claim: 'c1' },
  contexts: true,
  approval: { required: true, approvers: [{ id: 'u1', person: 'Omar Haddad', username: null }] },
  eligible: { kind: 'forEver' },
  active: { kind: 'days', days: 7 },
  activeJustification: true,
  activeMfa: null,
  mail: [{ rule: 'r', title: 'Mail', defaults: true, recipients: ['soc@contoso.example', 'ciso@contoso.example'] }],
};

describe('the form of a policy', () => {
  test('wants nothing that is as it was, however it is typed', () => {
    const form = formOf(SETTINGS);
    expect(editsOf(SETTINGS, form)).toBeUndefined();
    form.mail[0]!.recipients = ' CISO@contoso.example;soc@contoso.example, ';
    form.claim = ' c1 ';
    expect(editsOf(SETTINGS, form)).toBeUndefined();
    // What the policy does not have is not wanted of it.
    form.activeMfa = true;
    expect(editsOf(SETTINGS, form)).toBeUndefined();
  });

  test('wants what is another, and nothing else', () => {
    const form = formOf(SETTINGS);
    form.approvers = [];
    form.proof = 'nothing';
    const edits = editsOf(SETTINGS, form);
    expect(edits).toMatchObject({ proof: { kind: 'nothing' }, approval: { required: true, approvers: [] }, mail: [] });
    expect(edits).toMatchObject({ longest: null, justification: null, eligible: null, active: null, activeMfa: null });
    form.mail[0]!.defaults = false;
    expect(editsOf(SETTINGS, form)?.mail).toEqual([
      { rule: 'r', defaults: false, recipients: ['soc@contoso.example', 'ciso@contoso.example'] },
    ]);
  });

  test('offers half hours and the usual days, and what is set besides', () => {
    expect(lengths(50).slice(0, 3)).toEqual([30, 50, 60]);
    expect([lengths(60).length, lengths(60).at(-1)]).toEqual([48, 24 * 60]);
    expect(limits(7)).toEqual([7, 15, 30, 90, 180, 365]);
    expect(limits(0)).toEqual([15, 30, 90, 180, 365]);
  });

  test('says what is wrong with it', () => {
    const form = formOf(SETTINGS);
    expect(wrongIn(SETTINGS, form, 'group')).toEqual({ mail: [''] });
    form.claim = 'c100';
    form.approvers = [];
    form.mail[0]!.recipients = 'soc@contoso.example, soc';
    expect(Object.keys(wrongIn(SETTINGS, form, 'group'))).toEqual(['claim', 'approvers', 'mail']);
    expect(wrongIn(SETTINGS, form, 'group').mail[0]).toContain('“soc”');
    // What stands there already is not sent.
    const odd = { ...SETTINGS, mail: [{ ...SETTINGS.mail[0]!, recipients: ['soc'] }] };
    expect(wrongIn(odd, formOf(odd), 'group').mail).toEqual(['']);
    // Of the directory's roles there are some who approve by default.
    expect(wrongIn(SETTINGS, form, 'directoryRole').approvers).toBeUndefined();
  });
});
