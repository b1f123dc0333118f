// What the Manage window is told about policies in its pictures.

import type { Answered } from '../../src/generated/Answered';
import type { ComparedPolicy } from '../../src/generated/ComparedPolicy';
import type { PolicySettings } from '../../src/generated/PolicySettings';
import type { RuleGroup } from '../../src/generated/RuleGroup';
import type { Told } from '../../src/generated/Told';
import { ANSWERS, failure, type Answers } from './manage';

const sources = (['directoryRole', 'group', 'azureResource'] as const).map((kind): Answered => ({
  kind,
  refused: null,
  partial: null,
  consent: null,
  allowable: false,
}));

export const POLICIES = {
  kind: 'policies',
  sources: sources.with(2, {
    ...sources[2]!,
    refused: failure({ code: 'not-consented', message: 'Nobody has consented to the permission that this takes.' }),
  }),
  rows: [
    { id: 'p1', kind: 'directoryRole', name: 'Exchange Administrator', scope: null },
    { id: 'p2', kind: 'directoryRole', name: 'Global Administrator', scope: null },
    { id: 'p3', kind: 'directoryRole', name: 'Helpdesk Administrator', scope: null },
    { id: 'p4', kind: 'group', name: 'Payroll Readers', scope: 'Member' },
    { id: 'p5', kind: 'directoryRole', name: 'Teams Administrator', scope: null },
  ],
  problem: null,
} satisfies Told;

const mail = (when: string, id: string) =>
  ['administrators', 'whom it concerns', 'approvers'].map((whom, index) => ({
    rule: `Notification_${['Admin', 'Requestor', 'Approver'][index]}_${id}`,
    title: `Mail to ${whom} when ${when}`,
    defaults: true,
    recipients: index === 0 && id === 'EndUser_Assignment' ? ['soc@contoso.example'] : [],
  }));

export const SETTINGS: PolicySettings = {
  longest: 480,
  justification: true,
  ticket: false,
  proof: { kind: 'mfa' },
  contexts: true,
  approval: { required: false, approvers: [] },
  eligible: { kind: 'forEver' },
  active: { kind: 'days', days: 180 },
  activeJustification: true,
  activeMfa: false,
  mail: [
    ...mail('somebody is made eligible', 'Admin_Eligibility'),
    ...mail('it is assigned as active', 'Admin_Assignment'),
    ...mail('it is activated', 'EndUser_Assignment'),
  ],
};

const RULES: [RuleGroup, string, string][] = [
  ['eligible', 'Length of an eligibility', 'permanent is allowed'],
  ['eligible', 'Asked for when somebody is made eligible', 'nothing'],
  ['active', 'Length of an active assignment', '180 days at most, never permanent'],
  ['active', 'Asked for when it is assigned as active', 'a reason'],
  ['activation', 'Length of an activation', '8 hours at most'],
  ['activation', 'Asked for at an activation', 'a reason, multifactor authentication'],
  ['activation', 'Approval of an activation', 'not needed'],
  ['activation', 'Authentication context of an activation', 'none'],
  [
    'mail',
    'Mail to administrators when it is activated',
    'all mails, to those who get them by default, soc@contoso.example',
  ],
  [
    'other',
    'CustomExtension_EndUser_Assignment',
    'customExtensionId "0e1c3b2a-5d94-4f0e-9d0a-0a4f5b0f7c11", displayName "Change calendar", isEnabled true',
  ],
];

export const POLICY = {
  kind: 'policy',
  role: 'p1',
  rules: RULES.map(([group, title, words]) => ({ group, title, words })),
  settings: SETTINGS,
} satisfies Told;

export const compared = (id: string, change: Partial<ComparedPolicy> = {}): ComparedPolicy => ({
  id,
  kind: 'directoryRole',
  name: 'Exchange Administrator',
  scope: null,
  unlisted: null,
  differences: [
    { title: 'Length of an activation', now: '8 hours at most', wanted: '4 hours at most' },
    {
      title: 'Approval of an activation',
      now: 'not needed',
      wanted: 'needed, by Petra Nováková, On-Call Rota, with a reason',
    },
  ],
  problem: null,
  ...change,
});

export const COMPARED: Told = { kind: 'compared', policies: [compared('p1')] };

export const DRIFT: Told = {
  kind: 'compared',
  policies: [
    compared('p1'),
    compared('p2', {
      name: 'Global Administrator',
      differences: [
        { title: 'Authentication context of an activation', now: 'none', wanted: 'c1' },
        { title: 'CustomExtension_EndUser_Assignment', now: null, wanted: 'isEnabled true' },
      ],
    }),
    compared('p3', { name: 'Helpdesk Administrator', differences: [] }),
    compared('p5', { name: 'Teams Administrator', differences: [] }),
    compared('x', {
      name: 'Break Glass Administrator',
      unlisted: '11111111-2222-4333-8444-555555555555, /',
      differences: [],
      problem: failure({ code: 'no-policy', message: 'The service has no policy for this role.' }),
    }),
  ],
};

export const SAME: Told = {
  kind: 'compared',
  policies: [compared('p1', { differences: [] }), compared('p2', { differences: [] })],
};

export const APPLIED: Told = {
  kind: 'outcomes',
  outcomes: [
    {
      about: 'Exchange Administrator: Length of an activation',
      problem: null,
      lookedUp: false,
      pending: false,
    },
    {
      about: 'Exchange Administrator: Approval of an activation',
      problem: failure({
        code: 'InvalidPolicy',
        message: 'The service does not take the rule as it stands there.',
      }),
      lookedUp: false,
      pending: false,
    },
  ],
};

export const SAVED: Told = {
  kind: 'policiesSaved',
  path: '/home/omar/Downloads/pimento-policies-2026-11-30.json',
  count: 4,
  missing: [
    {
      about: 'Payroll Readers (Member)',
      problem: failure({ code: 'no-policy', message: 'The service has no policy for this role.' }),
      lookedUp: false,
      pending: false,
    },
  ],
};

export const POLICY_ANSWERS: Answers = {
  ...ANSWERS,
  policies: POLICIES,
  policy: POLICY,
  comparePolicies: COMPARED,
  applyPolicies: APPLIED,
  exportPolicies: SAVED,
};
