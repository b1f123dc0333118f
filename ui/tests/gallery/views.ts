// Views for the gallery: every state that the window can be in, with names as they are in life.

import type { ActiveRow } from '../../src/generated/ActiveRow';
import type { EligibleRow } from '../../src/generated/EligibleRow';
import type { Problem } from '../../src/generated/Problem';
import type { RequirementsView } from '../../src/generated/RequirementsView';
import type { RowState } from '../../src/generated/RowState';
import type { Session } from '../../src/generated/Session';
import type { Settings } from '../../src/generated/Settings';
import type { View } from '../../src/generated/View';

/** The instant at which every view of the gallery was made: 14:49 in UTC. */
export const NOW = Date.parse('2026-11-24T14:49:00Z');

/** An instant so many minutes from then. */
export const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

export const asks = (change: Partial<RequirementsView> = {}): RequirementsView => ({
  maxMinutes: 480,
  defaultMinutes: 480,
  justification: true,
  ticket: false,
  mfa: false,
  authenticationContext: null,
  approval: false,
  approvers: [],
  approvalDays: null,
  known: true,
  unknownRules: [],
  ...change,
});

export const eligible = (name: string, change: Partial<EligibleRow> = {}): EligibleRow => ({
  id: `directoryrole|${name.toLowerCase().replace(/[^a-z]+/g, '-')}|/|`,
  kind: 'directoryRole',
  name,
  scope: null,
  scopePath: [],
  throughGroup: false,
  eligibleUntil: null,
  extension: null,
  narrowable: false,
  requirements: asks(),
  favourite: false,
  uses: 0,
  lastReason: null,
  lastMinutes: null,
  oneClick: false,
  engaged: false,
  entered: false,
  problem: null,
  ...change,
});

export const active = (name: string, state: RowState, change: Partial<ActiveRow> = {}): ActiveRow => ({
  id: eligible(name).id,
  kind: 'directoryRole',
  name,
  scope: null,
  scopePath: [],
  throughGroup: false,
  state,
  start: null,
  end: null,
  activated: true,
  deactivatableFrom: null,
  reason: null,
  ticket: null,
  renewable: true,
  renewalArmed: false,
  renewal: null,
  extension: null,
  effect: null,
  hints: [],
  requirements: asks(),
  problem: null,
  ...change,
});

export const running = (name: string, startedAgo: number, leftMinutes: number, change: Partial<ActiveRow> = {}) =>
  active(
    name,
    { kind: 'active' },
    {
      start: at(-startedAgo),
      end: at(leftMinutes),
      deactivatableFrom: at(5 - startedAgo),
      reason: 'Mailbox migration for Sales',
      ...change,
    },
  );

export const settings: Settings = {
  warnMinutes: 5,
  notificationDetails: true,
  autostart: false,
  hideOnBlur: true,
  timeBesideIcon: false,
  appearance: 'system',
  language: null,
  historyDays: 730,
  reasonLength: 8,
  reasonTemplates: [],
  quiet: null,
  renewal: { arm: false, until: null },
  day: { endsAt: null, endOnLock: false, reminders: [] },
  clientId: null,
  tenant: null,
  cloud: 'global',
  shortcut: null,
  bundleShortcut: null,
  watch: { activations: false, roles: [], quiet: null },
  updates: { look: true, deferDays: 0 },
};

export const maya: Session = {
  kind: 'signedIn',
  account: {
    id: '1f2e.9c0d',
    username: 'maya@contoso.example',
    name: 'Maya Lindqvist',
    tenant: 'Contoso',
    tenantId: '9c0d7a52-6a1e-4a0c-8f2e-0b6f6f6d1c11',
    cloud: 'loopback',
    demo: true,
    remembered: true,
  },
};

export const ROLES: EligibleRow[] = [
  eligible('Global Reader', {
    favourite: true,
    uses: 12,
    lastReason: 'Daily checks',
    lastMinutes: 240,
    oneClick: true,
  }),
  eligible('Intune Administrator', {
    favourite: true,
    uses: 7,
    lastReason: 'Autopilot profiles',
    requirements: asks({ mfa: true, maxMinutes: 240, defaultMinutes: 240 }),
  }),
  eligible('Privileged Role Administrator', {
    uses: 3,
    requirements: asks({
      mfa: true,
      approval: true,
      approvers: ['Priya Shah', 'Tom Okafor'],
      maxMinutes: 60,
      defaultMinutes: 60,
    }),
  }),
  eligible('Application Administrator', { requirements: asks({ ticket: true, mfa: true }) }),
  eligible('Authentication Administrator', {
    scope: 'Retail stores Nordics',
    requirements: asks({ maxMinutes: 120, defaultMinutes: 60 }),
  }),
  eligible('Conditional Access Administrator', { requirements: asks({ authenticationContext: 'c1' }) }),
  eligible('Exchange Administrator', { requirements: asks({ ticket: true }) }),
  eligible('Groups Administrator', { throughGroup: true, eligibleUntil: at(5 * 1440) }),
  eligible('Helpdesk Administrator', { lastReason: 'Password reset', lastMinutes: 60, oneClick: true }),
  eligible('Security Reader', { requirements: asks({ justification: false }), oneClick: true }),
  eligible('SharePoint Administrator', { requirements: asks({ known: false }) }),
  eligible('Teams Administrator'),
  eligible('User Administrator', { requirements: asks({ mfa: true }) }),
];

/** A usual afternoon: two roles active, some twenty to choose from. */
export const view = (change: Partial<View> = {}): View => ({
  now: at(0),
  session: maya,
  accounts: [],
  tenants: null,
  status: 'active',
  list: { asOf: at(-2), loading: false, problem: null, pausedUntil: null, sources: [] },
  active: [],
  eligible: ROLES,
  notices: [],
  recentReasons: [
    'Mailbox migration for Sales',
    'Daily checks',
    'Reset of the conference room accounts in building 4 after the move',
  ],
  settings,
  bundles: [],
  bundleProblem: null,
  locked: [],
  sharedReasons: [],
  undo: null,
  detail: null,
  history: null,
  openForm: null,
  ...change,
});

export const problem = (change: Partial<Problem> = {}): Problem => ({
  code: 'network',
  message: 'The service could not be reached.',
  remedy: { kind: 'retry', at: null },
  correlationId: null,
  detail: null,
  ...change,
});

const engagedRoles = ROLES.map((row) => ({
  ...row,
  engaged: row.name === 'Exchange Administrator' || row.name === 'User Administrator',
}));

export const usual = view({
  active: [
    running('Exchange Administrator', 79, 161, { ticket: { number: 'INC-4711', system: 'ServiceNow' } }),
    active('User Administrator', {
      kind: 'waitingForApproval',
      approvers: ['Priya Shah', 'Tom Okafor'],
      lapsesAt: at(1380),
    }),
  ],
  eligible: engagedRoles,
});

/** An organisation's templates, and one's own. */
export const templated = view({
  status: 'idle',
  sharedReasons: ['Change {ticket}, approved by the change board', 'On call, {date}'],
  settings: { ...settings, reasonTemplates: ['{ticket}: onboarding', 'Quarterly review of access'] },
});

const withProblem = (name: string, it: Problem) =>
  ROLES.map((row) => (row.name === name ? { ...row, problem: it } : row));

const hostile = '\u202Enimda labolG\u202C <img src=x onerror="window.__hacked=1"><script>window.__hacked=1</script>';

/** What a page of the gallery needs: a view, and what is done before the picture is taken. */
export interface Scene {
  view: View;
  /**
   * Clicks by test id, with `ctrl:` or `shift:`; keys as `key:Name`, text as `type:text`, fields as `fill:id=text`; `see:id`
   * waits for it.
   */
  steps?: string[];
  viewport?: { width: number; height: number };
}

export const id = (name: string) => eligible(name).id;

export const SCENES: Record<string, Scene> = {
  'signed-out-reason': {
    view: view({
      session: {
        kind: 'signedOut',
        reason: problem({
          code: 'AADSTS50173',
          message: 'Your sign-in was revoked by your organisation.',
          remedy: { kind: 'signIn' },
          correlationId: '6d4f7c0a-2f6b-4c57-9e7d-6d1c3a1b9f10',
          detail: 'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
        }),
      },
      status: 'signedOut',
      eligible: [],
    }),
  },
  'signing-in': { view: view({ session: { kind: 'signingIn', userCode: null, url: null }, status: 'signedOut' }) },
  'signing-in-device-code': {
    view: view({
      session: { kind: 'signingIn', userCode: 'FJ7K-QXW2', url: 'https://microsoft.com/devicelogin' },
      status: 'signedOut',
    }),
  },
  starting: { view: view({ session: { kind: 'loading' }, status: 'loading', eligible: [] }) },
  'first-load': {
    view: view({
      status: 'idle',
      list: { asOf: null, loading: true, problem: null, pausedUntil: null, sources: [] },
      eligible: [],
      recentReasons: [],
    }),
  },
  idle: { view: view({ status: 'idle' }) },
  usual: { view: usual },
  expiring: {
    view: view({
      status: 'expiring',
      active: [
        running('Exchange Administrator', 239, 0.7, { ticket: { number: 'INC-4711', system: 'ServiceNow' } }),
        running('Intune Administrator', 236, 4),
        running('Helpdesk Administrator', 30, 90, { renewalArmed: true }),
        running('Teams Administrator', 1.2, 478.8),
      ],
    }),
  },
  states: {
    view: view({
      active: [
        active('Global Reader', { kind: 'requesting' }),
        active('Intune Administrator', { kind: 'steppingUp' }),
        active('Exchange Administrator', { kind: 'checking' }),
        active('Privileged Role Administrator', {
          kind: 'waitingForApproval',
          approvers: ['Priya Shah', 'Tom Okafor', 'Ana Reyes'],
          lapsesAt: at(1380),
        }),
        active('Teams Administrator', { kind: 'provisioning' }),
        active('Security Reader', { kind: 'scheduled' }, { start: at(130) }),
        active('User Administrator', { kind: 'deactivating' }),
        active('Directory Readers', { kind: 'active' }, { activated: false, renewable: false }),
      ],
    }),
    viewport: { width: 380, height: 980 },
  },
  failed: {
    view: view({
      status: 'error',
      active: [
        active('User Administrator', {
          kind: 'failed',
          problem: problem({
            code: 'Denied',
            message: 'Priya Shah denied the request.',
            remedy: { kind: 'editForm' },
            correlationId: '2a8c2b94-0b67-4a55-b8f3-5d8f6f0f2a31',
          }),
        }),
      ],
      eligible: withProblem(
        'Intune Administrator',
        problem({
          code: 'TooManyRequests',
          message: 'Microsoft Graph is busy and asks to wait.',
          remedy: { kind: 'retry', at: at(0.2) },
          correlationId: '9e0f4c7b-7a1d-4be4-9a43-0a8d6a0f4f77',
          detail: 'Application is over its MailboxConcurrency limit.',
        }),
      ),
    }),
  },
  'failed-admin': {
    view: view({
      status: 'error',
      eligible: withProblem(
        'Global Reader',
        problem({
          code: 'PermissionScopeNotGranted',
          message: 'Your organisation has not allowed Pimento to activate roles yet.',
          remedy: { kind: 'askAdmin', text: 'Grant consent' },
          correlationId: '9e0f4c7b-7a1d-4be4-9a43-0a8d6a0f4f77',
          detail: 'Authorization failed due to missing permission scope RoleAssignmentSchedule.ReadWrite.Directory.',
        }),
      ),
    }),
    steps: ['css:[data-testid="row-directoryrole|global-reader|/|"] summary'],
  },
  offline: {
    view: view({
      ...usual,
      status: 'offline',
      list: { asOf: at(-337), loading: false, problem: null, pausedUntil: null, sources: [] },
    }),
  },
  stale: {
    view: view({
      list: {
        asOf: at(-337),
        loading: false,
        problem: problem({ code: 'not-json', message: 'The service answered with something that is not a list.' }),
        pausedUntil: null,
        sources: [],
      },
    }),
  },
  refreshing: {
    view: view({
      status: 'idle',
      list: { asOf: at(-337), loading: true, problem: null, pausedUntil: null, sources: [] },
    }),
  },
  empty: { view: view({ status: 'idle', eligible: [] }) },
  'all-active': {
    view: view({ active: [running('Exchange Administrator', 79, 161)], eligible: [engagedRoles[6]!] }),
  },
  'no-match': { view: view({ status: 'idle' }), steps: ['type:quantum'] },
  'filtered-active': { view: usual, steps: ['type:exch'] },
  filtered: { view: view({ status: 'idle' }), steps: ['type:séc'] },
  notices: {
    view: view({
      notices: [
        {
          id: 'keyring',
          severity: 'warning',
          message: 'No keyring is available. You stay signed in until you quit Pimento.',
          detail: 'org.freedesktop.secrets: NoStorageAccess',
        },
        {
          id: 'settings',
          severity: 'info',
          message: 'Notifications are off for Pimento in this system.',
          detail: null,
        },
      ],
    }),
  },
  undo: {
    view: view({
      status: 'idle',
      undo: { id: id('Global Reader'), name: 'Global Reader', reason: 'Daily checks', minutes: 240, sendsAt: at(0.08) },
    }),
  },
  selected: {
    view: view({ status: 'idle' }),
    steps: [
      `ctrl:activate-${id('Global Reader')}`,
      `ctrl:activate-${id('Intune Administrator')}`,
      `ctrl:activate-${id('Privileged Role Administrator')}`,
    ],
  },
  several: {
    view: view({ status: 'idle' }),
    steps: [
      `ctrl:activate-${id('Global Reader')}`,
      `ctrl:activate-${id('Intune Administrator')}`,
      `ctrl:activate-${id('Privileged Role Administrator')}`,
      'activate-all',
    ],
  },
  menu: { view: usual, steps: ['menu'] },
  'row-focus': { view: usual, steps: ['key:ArrowDown', 'key:ArrowDown'] },
  form: { view: view({ status: 'idle' }), steps: [`activate-${id('Intune Administrator')}`] },
  'form-ticket': { view: view({ status: 'idle' }), steps: [`activate-${id('Application Administrator')}`] },
  'form-errors': {
    view: view({ status: 'idle' }),
    steps: [`activate-${id('Application Administrator')}`, 'form-submit'],
  },
  'form-templates': {
    view: templated,
    steps: [`activate-${id('Application Administrator')}`, 'fill:ticket-number=CHG0042137', 'css:.choice >> nth=1'],
  },
  'form-flaw': { view: templated, steps: [`activate-${id('Intune Administrator')}`, 'fill:reason=test', 'key:Tab'] },
  'form-approval': { view: view({ status: 'idle' }), steps: [`activate-${id('Privileged Role Administrator')}`] },
  'form-scope': { view: view({ status: 'idle' }), steps: [`activate-${id('Authentication Administrator')}`] },
  renew: { view: usual, steps: [`renew-${id('Exchange Administrator')}`] },
  'renew-restart': { view: usual, steps: [`renew-${id('Exchange Administrator')}`, 'way-restart'] },
  'renew-armed': {
    view: view({ active: [running('Helpdesk Administrator', 2, 478, { renewalArmed: true })] }),
    steps: [`renew-${id('Helpdesk Administrator')}`],
  },
  'renew-not-armable': {
    view: view({
      active: [running('Exchange Administrator', 100, 140, { renewable: false, requirements: asks({ ticket: true }) })],
    }),
    steps: [`renew-${id('Exchange Administrator')}`],
  },
  settings: { view: usual, steps: ['menu', 'menu-settings'] },
  shortcuts: { view: usual, steps: ['menu', 'menu-shortcuts'] },
  about: { view: usual, steps: ['menu', 'menu-about'] },
  hostile: {
    view: view({
      active: [
        running(`${hostile} and a name that goes on for much longer than any window could ever be wide`, 10, 200),
      ],
      eligible: [
        eligible(hostile, {
          id: 'h1',
          lastReason: hostile,
          oneClick: true,
          scope: hostile,
          scopePath: [hostile, hostile],
        }),
        eligible('مدير النظام', { id: 'h2' }),
        eligible('A role with a name that goes on for much longer than any window could ever be wide', {
          id: 'h3',
          scope: 'An administrative unit whose name goes on as well, as they do in large organisations',
          requirements: asks({ mfa: true, ticket: true, approval: true }),
        }),
        eligible('Global Reader', { problem: problem({ message: hostile, detail: hostile }) }),
      ],
    }),
  },
};
