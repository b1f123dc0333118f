// What the Manage window is told in its pictures, and a stand-in for the process behind it.

import type { Page } from 'playwright-core';

import type { ActivationRow } from '../../src/generated/ActivationRow';
import type { AlertRow } from '../../src/generated/AlertRow';
import type { Answered } from '../../src/generated/Answered';
import type { ApprovalRow } from '../../src/generated/ApprovalRow';
import type { Ask } from '../../src/generated/Ask';
import type { AuditRow } from '../../src/generated/AuditRow';
import type { Desk } from '../../src/generated/Desk';
import type { HoldingRow } from '../../src/generated/HoldingRow';
import type { Problem } from '../../src/generated/Problem';
import type { ReviewedPerson } from '../../src/generated/ReviewedPerson';
import type { Section } from '../../src/generated/Section';
import type { Told } from '../../src/generated/Told';
import type { Stage } from './stage';
import { at } from './views';

export const desk = (section: Section, serial = 1): Desk => ({
  now: at(0),
  account: {
    id: 'omar',
    username: 'omar@contoso.example',
    name: 'Omar Haddad',
    tenant: 'Contoso',
    tenantId: 'f38b2ffc-80a4-4f5a-91c9-bc701e7ea419',
    cloud: 'loopback',
    demo: true,
    remembered: true,
  },
  section,
  chosen: null,
  serial,
  watch: { activations: false, roles: [], quiet: null },
  appearance: 'system',
  language: null,
  locked: [],
});

export const approval = (id: string, change: Partial<ApprovalRow> = {}): ApprovalRow => ({
  id,
  kind: 'directoryRole',
  name: 'Global Administrator',
  scope: null,
  person: 'Maya Lindqvist',
  username: 'maya@contoso.example',
  reason: 'Tenant settings for the new subsidiary',
  ticket: 'CHG0042',
  start: null,
  minutes: 60,
  deadline: at(23 * 60 + 12),
  before: { same: 3, last: at(-2 * 24 * 60), other: 5 },
  elsewhere: null,
  own: false,
  ...change,
});

export const holding = (id: string, change: Partial<HoldingRow> = {}): HoldingRow => ({
  id,
  kind: 'directoryRole',
  name: 'Exchange Administrator',
  scope: null,
  person: 'Inês Carvalho',
  username: 'ines@contoso.example',
  eligible: true,
  activated: false,
  start: at(-100_000),
  end: at(40_000),
  ...change,
});

export const failure = (change: Partial<Problem> = {}): Problem => ({
  code: 'last-administrator',
  message: 'Emergency Access is the last one for whom the role is active, and nobody could give it back.',
  remedy: { kind: 'editForm' },
  correlationId: '0a5c4d2e-8f31-4b7e-9c11-2d5f7a6b8e90',
  detail: null,
  ...change,
});

const sources = (['directoryRole', 'group', 'azureResource'] as const).map((kind): Answered => ({
  kind,
  refused: null,
  partial: null,
  consent: null,
  allowable: false,
}));

export const APPROVALS: Told = {
  kind: 'approvals',
  sources: sources.with(2, {
    kind: 'azureResource',
    refused: failure({ code: 'AADSTS65001', message: 'Nobody has consented to the permission that this takes.' }),
    partial: null,
    consent: { link: 'https://login.example/consent', permissions: ['user_impersonation'] },
    allowable: false,
  }),
  rows: [
    approval('a1', { deadline: at(42) }),
    approval('a2', {
      kind: 'group',
      name: 'Production Operators',
      scope: 'member',
      person: 'Tomasz Wójcik',
      username: 'tomasz@contoso.example',
      reason: 'Restart of the scanners in hall 3',
      ticket: null,
      minutes: 240,
      before: { same: 0, last: null, other: 0 },
    }),
    approval('a3', { person: 'Omar Haddad', username: 'omar@contoso.example', own: true, before: null }),
    approval('a4', {
      name: 'Helpdesk Administrator',
      elsewhere: 'https://portal.example/approvals',
      minutes: null,
      reason: null,
      ticket: null,
      before: { same: 0, last: null, other: 4 },
    }),
  ],
};

export const ASSIGNMENTS: Told = {
  kind: 'assignments',
  sources,
  rows: [
    holding('h1'),
    holding('h2', { name: 'Global Administrator', person: 'Emergency Access', eligible: false, end: null }),
    holding('h3', { name: 'Intune Administrator', person: 'Endpoint Engineers (group)', username: null }),
    holding('h4', {
      kind: 'azureResource',
      name: 'Contributor',
      scope: 'Production',
      person: 'Maya Lindqvist',
      username: 'maya@contoso.example',
      eligible: false,
      activated: true,
      end: at(95),
    }),
    holding('h5', { kind: 'group', name: 'Payroll Readers', scope: 'member', start: at(3_000) }),
  ],
  risks: ['Emergency Access is the only one to whom Global Administrator is assigned permanently.'],
};

export const STANDING: Told = {
  kind: 'standing',
  permanent: [
    {
      held: holding('p1', { name: 'Security Reader', person: 'Sven Aldous', eligible: false, end: null }),
      proposed: true,
      keep: null,
    },
    {
      held: holding('p2', { name: 'Global Administrator', person: 'Emergency Access', eligible: false, end: null }),
      proposed: false,
      keep: 'Two accounts for emergencies are recommended to have it for good, and only one has.',
    },
  ],
  stale: [{ held: holding('s1', { name: 'Reports Reader', person: 'Petra Nováková' }), last: null }],
  nested: [
    {
      held: holding('n1', { kind: 'azureResource', name: 'Network Contributor', scope: 'Connectivity' }),
      person: 'Petra Nováková',
      through: ['Connectivity Operators (group)', 'On-Call Rota (group)'],
    },
  ],
  missing: [
    {
      what: 'activations',
      kind: 'azureResource',
      problem: failure({ message: 'The service is busy.' }),
      allowable: false,
    },
    { what: 'members', kind: null, problem: failure({ message: 'An administrator has to consent.' }), allowable: true },
  ],
};

export const alert = (id: string, change: Partial<AlertRow> = {}): AlertRow => ({
  id,
  kind: 'directoryRole',
  name: 'There are too many Global Administrators',
  scope: null,
  severity: 'high',
  active: true,
  off: false,
  description: 'More accounts than needed are Global Administrator.',
  impact: 'Each of them can change anything, and each is worth an attack.',
  mitigation: 'Look at each of them, and give it a role with less.',
  prevention: 'Ask for the role with the least permissions.',
  scanned: at(-75),
  count: 2,
  findings: [
    { person: 'Omar Haddad', role: 'Global Administrator', details: [['Assigned', 'permanently']] },
    { person: 'Emergency Access', role: 'Global Administrator', details: [] },
  ],
  ...change,
});

export const ALERTS = {
  kind: 'alerts',
  sources: [
    {
      ...sources[0]!,
      refused: failure({
        code: 'AADSTS65001',
        message: 'An administrator has to consent to the permission that this takes.',
      }),
      consent: { link: 'https://login.example/consent', permissions: ['RoleManagementAlert.Read.Directory'] },
      allowable: true,
    },
    { ...sources[2]!, partial: failure({ message: 'The service is busy.' }) },
  ],
  rows: [
    alert('l1'),
    alert('l2', {
      kind: 'azureResource',
      name: 'Roles are assigned outside of Privileged Identity Management',
      scope: '/subscriptions/6e5e3d2a-2f0c-4a53-9f53-0d6a7c3f2b10',
      severity: 'medium',
      count: 340,
      findings: Array.from({ length: 300 }, (_, index) => ({
        person: `Person ${index}`,
        role: 'Owner',
        details: [],
      })),
    }),
    alert('l3', { name: 'Roles do not require multifactor authentication', severity: 'low', count: 0, findings: [] }),
    alert('l4', { name: 'Eligible administrators are not activating', active: false, severity: 'low' }),
    alert('l5', { name: 'Potential stale accounts', active: false, count: 0, findings: [], off: true }),
  ],
} satisfies Told;

export const reviewed = (id: string, change: Partial<ReviewedPerson> = {}): ReviewedPerson => ({
  id,
  person: 'Inês Carvalho',
  username: 'ines@contoso.example',
  recommended: 'approve',
  lastSignIn: at(-60),
  lastActivation: at(-26 * 60),
  said: null,
  by: null,
  at: null,
  reason: null,
  ...change,
});

export const REVIEWS: Told = {
  kind: 'reviews',
  sources: [sources[0]!, sources[1]!, { ...sources[2]!, refused: failure({ code: 'not-consented' }) }],
  rows: [
    {
      id: 'r1',
      kind: 'directoryRole',
      name: 'Helpdesk Administrators, every quarter',
      description: 'Who still needs to reset passwords?',
      resource: 'Helpdesk Administrator',
      scope: null,
      end: at(2 * 24 * 60),
      reasonToApprove: true,
      appliesItself: true,
      createdBy: 'Omar Haddad',
      people: [
        reviewed('r1p1'),
        reviewed('r1p2', {
          person: 'Petra Nováková',
          username: 'petra@contoso.example',
          recommended: 'deny',
          lastSignIn: at(-50 * 24 * 60),
          lastActivation: null,
        }),
        reviewed('r1p3', {
          person: 'Sven Aldous',
          username: 'sven@contoso.example',
          said: 'deny',
          by: 'Nadia Rahimi',
          at: at(-30),
          reason: 'Moved to another department',
        }),
      ],
      problem: null,
    },
    {
      id: 'r2',
      kind: 'azureResource',
      name: 'Contributors in production',
      description: null,
      resource: 'Contributor',
      scope: '/subscriptions/6e5e3d2a-2f0c-4a53-9f53-0d6a7c3f2b10',
      end: at(6 * 60),
      reasonToApprove: false,
      appliesItself: false,
      createdBy: null,
      people: [reviewed('r2p1', { recommended: null, lastSignIn: null, lastActivation: null })],
      problem: null,
    },
    {
      id: 'r3',
      kind: 'group',
      name: 'Payroll readers',
      description: null,
      resource: null,
      scope: null,
      end: null,
      reasonToApprove: false,
      appliesItself: false,
      createdBy: null,
      people: [],
      problem: failure({ code: 'timeout', message: 'The service did not answer.' }),
    },
  ],
};

export const record = (id: string, change: Partial<AuditRow> = {}): AuditRow => ({
  id,
  at: at(-12),
  activity: 'Add member to role completed (PIM activation)',
  failed: null,
  by: 'Maya Lindqvist',
  subject: null,
  role: 'Exchange Administrator',
  scope: null,
  reason: 'Mail flow to the new warehouse',
  ticket: 'INC-4711',
  ...change,
});

export const AUDIT = {
  kind: 'audit',
  rows: [
    record('d1'),
    record('d2', {
      at: at(-95),
      activity: 'Add eligible member to role in PIM requested (timebound)',
      by: 'Omar Haddad',
      subject: 'Inês Carvalho',
      scope: 'Branch Offices Iberia',
      ticket: null,
    }),
    record('d3', { at: at(-400 * 24 * 60), failed: 'failure', reason: null, ticket: null }),
  ],
  more: true,
  unreadable: 1,
  refused: null,
  allowable: false,
} satisfies Told;

export const activation = (id: string, change: Partial<ActivationRow> = {}): ActivationRow => ({
  id,
  at: at(-12),
  end: at(108),
  person: 'Maya Lindqvist',
  username: 'maya@contoso.example',
  name: 'Global Administrator',
  scope: null,
  reason: 'Tenant settings for the new subsidiary',
  ticket: 'CHG0042',
  watched: true,
  ...change,
});

export const ACTIVATIONS: Told = {
  kind: 'activations',
  rows: [
    activation('c1'),
    activation('c2', {
      at: at(-140),
      end: at(-20),
      person: 'Tomasz Wójcik',
      username: 'tomasz@contoso.example',
      name: 'Owner',
      scope: 'Production',
      reason: 'Restart of the scanners in hall 3',
      ticket: null,
    }),
    activation('c3', { at: at(-3 * 24 * 60), end: null, name: 'Reports Reader', reason: null, watched: false }),
  ],
  since: at(-7 * 24 * 60),
  refused: null,
  allowable: false,
};

export const WATCH = { activations: true, roles: [], quiet: { from: '22:00', to: '07:00' } };

export const GIVABLE: Told = {
  kind: 'givable',
  rows: [
    { id: 'g1', kind: 'directoryRole', name: 'Exchange Administrator', scope: null },
    { id: 'g2', kind: 'directoryRole', name: 'Helpdesk Administrator', scope: null },
    { id: 'g3', kind: 'group', name: 'Payroll Readers', scope: 'Member' },
    { id: 'g4', kind: 'azureResource', name: 'Contributor', scope: 'Production' },
  ],
  problem: null,
};

export const PEOPLE: Told = {
  kind: 'people',
  rows: [
    { id: 'u1', person: 'Petra Nováková', username: 'petra@contoso.example' },
    { id: 'u2', person: 'Petra Zeman', username: 'petra.zeman@contoso.example' },
  ],
  more: false,
};

export const PLAN: Told = {
  kind: 'plan',
  steps: [
    {
      about: 'Sven Aldous, Security Reader',
      action: 'give',
      eligible: true,
      activated: false,
      start: null,
      end: null,
      was: null,
      problem: null,
    },
    {
      about: 'Sven Aldous, Security Reader',
      action: 'remove',
      eligible: false,
      activated: false,
      start: null,
      end: null,
      was: null,
      problem: null,
    },
  ],
  risks: [],
};

export const MOVED: Told = {
  kind: 'plan',
  steps: [
    {
      about: 'Inês Carvalho, Exchange Administrator',
      action: 'move',
      eligible: true,
      activated: false,
      start: null,
      end: at(300_000),
      was: at(40_000),
      problem: null,
    },
  ],
  risks: [],
};

export const UNTICKETED: Told = {
  kind: 'plan',
  steps: [
    {
      about: 'Inês Carvalho, Exchange Administrator',
      action: 'move',
      eligible: true,
      activated: false,
      start: null,
      end: null,
      was: at(40_000),
      problem: failure({ code: 'no-ticket', message: 'The role’s policy wants a ticket number.' }),
    },
  ],
  risks: [],
};

export const REFUSED: Told = {
  kind: 'plan',
  steps: [
    {
      about: 'Inês Carvalho, Exchange Administrator',
      action: 'remove',
      eligible: true,
      activated: false,
      start: null,
      end: null,
      was: null,
      problem: null,
    },
    {
      about: 'Emergency Access, Global Administrator',
      action: 'remove',
      eligible: false,
      activated: false,
      start: null,
      end: null,
      was: null,
      problem: failure(),
    },
  ],
  risks: ['Global Administrator is assigned to nobody permanently.'],
};

export const OUTCOMES: Told = {
  kind: 'outcomes',
  outcomes: [
    { about: 'Maya Lindqvist, Global Administrator', problem: null, lookedUp: false, pending: false },
    {
      about: 'Tomasz Wójcik, Production Operators',
      problem: failure({ code: 'approval-decided', message: 'Nadia has decided on it already.' }),
      lookedUp: false,
      pending: false,
    },
  ],
};

/** What is answered; `never`: nothing for as long as the page is there. */
type Answer = Told | 'never';

/** Answers by the question's kind: one for all, or one after the other and then the last one again. */
export type Answers = Partial<Record<Ask['kind'], Answer | Answer[]>>;

export const ANSWERS: Answers = {
  approvals: APPROVALS,
  assignments: ASSIGNMENTS,
  standing: STANDING,
  alerts: ALERTS,
  dismiss: OUTCOMES,
  lookAgain: OUTCOMES,
  givable: GIVABLE,
  findPeople: PEOPLE,
  activations: ACTIVATIONS,
  watch: { kind: 'watching', watch: WATCH },
  audit: AUDIT,
  auditFurther: { ...AUDIT, rows: [record('d4', { at: at(-500 * 24 * 60), by: 'Petra Nováková' })], more: false },
  reviews: REVIEWS,
  review: OUTCOMES,
  plan: PLAN,
  decide: OUTCOMES,
  rehearse: OUTCOMES,
  change: OUTCOMES,
};

declare global {
  interface Window {
    __desk: (desk: Desk) => void;
  }
}

/** A page, and what is played on it now. */
interface Prop {
  page: Page;
  played: { shown: Desk; given: Answers; asked: Ask[]; faults: string[] };
}

/** Pages that nobody plays on, by what they were made for: a new one takes longer than most scenes. */
const idle = new WeakMap<Stage, Map<string, Prop[]>>();

/** The Manage window, open. `asked` fills with its questions. */
export async function open(
  stage: Stage,
  shown: Desk,
  answers: Answers = ANSWERS,
  look: { scheme?: 'light' | 'dark'; viewport?: { width: number; height: number }; lang?: string } = {},
): Promise<{ page: Page; asked: Ask[]; faults: string[]; close: () => Promise<void> }> {
  const pool = idle.get(stage) ?? new Map<string, Prop[]>();
  idle.set(stage, pool);
  const key = look.scheme ?? 'light';
  const prop = pool.get(key)?.pop() ?? (await made(stage, key));
  const { page } = prop;
  const spoken = look.lang === undefined ? shown : { ...shown, language: look.lang };
  const played = { shown: spoken, given: structuredClone(answers), asked: [], faults: [] };
  prop.played = played;
  await page.setViewportSize(look.viewport ?? { width: 960, height: 640 });
  await page.goto(`${stage.origin}manage.html${look.lang === undefined ? '' : `?lang=${look.lang}`}`);
  await page.waitForSelector('body[data-ready="1"]');
  const close = async () => {
    // Nothing of it goes on.
    await page.goto('about:blank');
    pool.set(key, [...(pool.get(key) ?? []), prop]);
  };
  return { page, asked: played.asked, faults: played.faults, close };
}

async function made(stage: Stage, colorScheme: 'light' | 'dark'): Promise<Prop> {
  const context = await stage.browser.newContext({
    colorScheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  const prop: Prop = { page, played: { shown: desk('approvals'), given: {}, asked: [], faults: [] } };
  page.on('pageerror', (error) => prop.played.faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') prop.played.faults.push(message.text());
  });
  await page.exposeFunction('__shown', () => prop.played.shown);
  await page.exposeFunction('__answer', (ask: Ask): Told | null | Promise<never> => {
    const { asked, given } = prop.played;
    asked.push(ask);
    const known = given[ask.kind];
    const answer = Array.isArray(known) ? (known.length > 1 ? known.shift() : known[0]) : known;
    return answer === 'never' ? new Promise(() => {}) : (answer ?? null);
  });
  await page.addInitScript(stand);
  return prop;
}

/** Runs in the page: the other end of the IPC. */
function stand() {
  // What lies between two scenes is no window.
  if (location.protocol === 'about:') return;
  Object.freeze(Object.prototype);
  const host = window as unknown as Record<string, unknown>;
  const callbacks = new Map<number, (event: unknown) => void>();
  const listening: number[] = [];
  let next = 1;
  host.__TAURI_INTERNALS__ = {
    metadata: { currentWindow: { label: 'manage' }, currentWebview: { windowLabel: 'manage', label: 'manage' } },
    transformCallback: (callback: (event: unknown) => void) => {
      callbacks.set(next, callback);
      return next++;
    },
    unregisterCallback: (id: number) => callbacks.delete(id),
    invoke: async (name: string, args: { handler?: number; account?: string; ask?: Ask } | undefined) => {
      if (name === 'plugin:event|listen') {
        if (args?.handler !== undefined) listening.push(args.handler);
        return args?.handler;
      }
      if (name === 'desk') {
        const shown = await (host.__shown as () => Promise<Desk>)();
        host.__account = shown.account?.id;
        return shown;
      }
      if (args?.account !== host.__account) throw new Error('at another desk');
      const told = await (host.__answer as (ask: unknown) => Promise<Told | null>)(args?.ask);
      if (told === null) throw new Error('nobody answers');
      return told;
    },
  };
  host.__TAURI_EVENT_PLUGIN_INTERNALS__ = { unregisterListener() {} };
  host.__desk = (desk: Desk) => {
    host.__account = desk.account?.id;
    for (const id of listening) callbacks.get(id)?.({ event: 'desk', id, payload: structuredClone(desk) });
  };
}
