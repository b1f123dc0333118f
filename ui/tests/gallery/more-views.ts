// Views of what is one step away from the list: bundles, accounts, history, sources, scopes, renewals, extensions.

import type { AccountRow } from '../../src/generated/AccountRow';
import type { BundleRow } from '../../src/generated/BundleRow';
import type { BundleView } from '../../src/generated/BundleView';
import type { HistoryRow } from '../../src/generated/HistoryRow';
import type { Insight } from '../../src/generated/Insight';
import type { Lane } from '../../src/generated/Lane';
import type { RenewalView } from '../../src/generated/RenewalView';
import type { ScopeNode } from '../../src/generated/ScopeNode';
import type { SourceState } from '../../src/generated/SourceState';
import type { RoleUse } from '../../src/generated/RoleUse';
import type { Span } from '../../src/generated/Span';
import { SETTINGS_SCENES } from './settings-views';
import {
  active,
  asks,
  at,
  eligible,
  id,
  maya,
  problem,
  ROLES,
  running,
  settings,
  usual,
  view,
  type Scene,
} from './views';

export const GROUP = eligible('Tier 0 operators', {
  id: 'group|tier0|member|',
  kind: 'group',
  scope: null,
  requirements: asks({ mfa: true, maxMinutes: 240, defaultMinutes: 240 }),
});

export const AZURE = eligible('Contributor', {
  id: 'azure|contributor|/subscriptions/prod|',
  kind: 'azureResource',
  scope: 'Contoso Production',
  narrowable: true,
  requirements: asks({ mfa: true, maxMinutes: 480, defaultMinutes: 120 }),
});

const ENDING = eligible('Groups Administrator', {
  eligibleUntil: at(5 * 1440),
  extension: { renew: false, state: { kind: 'possible' } },
});

export const ENTERED = eligible('Reports Reader', {
  entered: true,
  requirements: asks({ known: false }),
});

export const MIXED = [AZURE, GROUP, ...ROLES.filter((row) => row.name !== 'Groups Administrator'), ENDING];

const node = (change: Partial<ScopeNode> & { id: string }): ScopeNode => ({
  name: change.id,
  what: 'resource group',
  depth: 1,
  foldable: true,
  unfolded: false,
  loading: false,
  ...change,
});

export const SCOPES: ScopeNode[] = [
  node({ id: '/subscriptions/prod', name: 'Contoso Production', what: 'subscription', depth: 0, unfolded: true }),
  node({ id: '/subscriptions/prod/rg-data', name: 'rg-data' }),
  node({ id: '/subscriptions/prod/rg-web', name: 'rg-web', unfolded: true }),
  node({
    id: '/subscriptions/prod/rg-web/shop',
    name: 'app-webshop-prod-northeurope-001',
    what: 'web app',
    depth: 2,
    foldable: false,
  }),
  node({ id: '/subscriptions/prod/rg-web/vm', name: 'vm-01', what: 'virtual machine', depth: 2, foldable: false }),
  node({ id: '/subscriptions/prod/rg-net', name: 'rg-network', loading: true }),
];

const row = (from: { id: string; name: string }, change: Partial<BundleRow> = {}): BundleRow => ({
  id: from.id,
  kind: 'directoryRole',
  name: from.name,
  scope: null,
  minutes: 120,
  eligible: true,
  engaged: false,
  ...change,
});

const named = (name: string) => ({ id: id(name), name });

export const BUNDLES: BundleView[] = [
  {
    name: 'On call',
    reason: 'On call, 2026-11-24',
    template: 'On call, {date}',
    oneClick: true,
    managed: false,
    roles: [
      row(named('Intune Administrator')),
      row(GROUP, { kind: 'group', minutes: 240 }),
      row(AZURE, { kind: 'azureResource', scope: 'Contoso Production' }),
    ],
  },
  {
    name: 'Patch Friday',
    reason: '',
    template: '',
    oneClick: false,
    managed: false,
    roles: [
      row(named('Application Administrator')),
      row({ id: 'gone', name: 'Windows Update Deployment Administrator' }, { eligible: false }),
    ],
  },
  {
    name: 'Service desk',
    reason: 'Service desk shift',
    template: 'Service desk shift',
    oneClick: true,
    managed: true,
    roles: [row(named('Helpdesk Administrator')), row(named('Exchange Administrator'), { engaged: true })],
  },
];

const account = (change: Partial<AccountRow['account']>): AccountRow['account'] => ({
  ...(maya as Extract<typeof maya, { kind: 'signedIn' }>).account,
  ...change,
});

export const ACCOUNTS: AccountRow[] = [
  { account: account({}), colour: 0, current: true, status: 'active', active: [], problem: null },
  {
    account: account({ id: 'g.fab', tenant: 'Fabrikam', tenantId: 'fab' }),
    colour: 3,
    current: false,
    status: 'active',
    active: [running('Security Reader', 79, 41)],
    problem: null,
  },
  {
    account: account({
      id: 'adm',
      username: 'adm-maya@contoso-government-services.example',
      tenant: 'Contoso Government Services',
      tenantId: 'gov',
      cloud: 'usgov',
      demo: false,
    }),
    colour: 2,
    current: false,
    status: 'signedOut',
    active: [],
    problem: problem({ code: 'AADSTS50173', message: 'Your sign-in was revoked.', remedy: { kind: 'signIn' } }),
  },
];

const source = (kind: SourceState['kind'], change: Partial<SourceState> = {}): SourceState => ({
  kind,
  asOf: at(-2),
  loading: false,
  problem: null,
  partial: null,
  pausedUntil: null,
  consent: null,
  ...change,
});

const list = (...sources: SourceState[]) => ({
  asOf: at(-2),
  loading: false,
  problem: null,
  pausedUntil: sources.map((source) => source.pausedUntil).find((until) => until !== null) ?? null,
  sources,
});

const TROUBLED = list(
  source('directoryRole', {
    partial: problem({ code: 'TooManyRequests', message: 'Two administrative units did not answer.' }),
  }),
  source('group', {
    asOf: null,
    problem: problem({
      code: 'PermissionScopeNotGranted',
      message: 'Your organisation has not allowed Pimento to read group memberships.',
      correlationId: '9e0f4c7b-7a1d-4be4-9a43-0a8d6a0f4f77',
    }),
    consent: {
      link: 'https://login.example/contoso/adminconsent',
      permissions: [
        'PrivilegedEligibilitySchedule.Read.AzureADGroup',
        'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
      ],
    },
  }),
  source('azureResource', {
    asOf: at(-200),
    problem: problem({
      code: 'TooManyRequests',
      message: 'Azure Resource Manager is busy and asks to wait.',
      remedy: { kind: 'retry', at: at(0.5) },
    }),
    pausedUntil: at(0.5),
  }),
);

const past = (name: string, minutes: number, change: Partial<HistoryRow> = {}): HistoryRow => ({
  id: `${name}${minutes}`,
  role: id(name),
  kind: 'directoryRole',
  name,
  scope: null,
  action: 'activate',
  outcome: { kind: 'granted' },
  at: at(minutes),
  start: at(minutes),
  end: at(minutes + 120),
  minutes: 120,
  reason: 'Mailbox migration for Sales',
  ticket: null,
  here: true,
  ...change,
});

/** An activation from so many minutes from now, for so many. */
const span = (from: number, length: number, change: Partial<Span> = {}): Span => ({
  start: at(from),
  end: at(from + length),
  granted: true,
  minutes: length,
  reason: 'Mailbox migration for Sales',
  ticket: null,
  here: true,
  ...change,
});

const lane = (name: string, spans: Span[], change: Partial<Lane> = {}): Lane => ({
  role: id(name),
  kind: 'directoryRole',
  name,
  scope: null,
  spans,
  ...change,
});

/** A week of somebody who works: something each day, two that run, one that is to come. */
export const LANES: Lane[] = [
  lane('Global Reader', [
    span(-7 * 1440, 120),
    span(-1_800, 90),
    span(-420, 45, { minutes: 480 }),
    span(-300, 20, { minutes: 240, reason: null }),
    span(-62, 302, { reason: 'Daily checks' }),
  ]),
  lane('Exchange Administrator', [
    span(-79, 240, { ticket: { number: 'INC-4711', system: 'ServiceNow' } }),
    span(161, 240, { granted: false }),
  ]),
  lane('Contributor', [span(-1_440, 120, { here: false, reason: null }), span(-880, 130, { here: false })], {
    kind: 'azureResource',
    scope: 'Contoso Production',
  }),
  lane('Privileged Role Administrator', [span(-170, 6, { minutes: 60, reason: 'Review of role assignments' })]),
];

export const HISTORY: HistoryRow[] = [
  past('User Administrator', -9, { outcome: { kind: 'waiting' }, start: null, end: null, reason: 'New joiners' }),
  past('Exchange Administrator', -79, { ticket: { number: 'INC-4711', system: 'ServiceNow' } }),
  past('Privileged Role Administrator', -130, {
    outcome: { kind: 'denied', reason: 'Use the break-glass procedure for this, and call me first.' },
    start: null,
    end: null,
    reason: 'Review of role assignments',
  }),
  past('Contributor', -24 * 60, { kind: 'azureResource', scope: 'Contoso Production', here: false }),
  past('Global Reader', -25 * 60, { action: 'deactivate', reason: null }),
  past('Intune Administrator', -26 * 60, {
    outcome: { kind: 'failed', code: 'RoleAssignmentRequestPolicyValidationFailed' },
    start: null,
    end: null,
  }),
  past('Groups Administrator', -50 * 60, { action: 'extend', outcome: { kind: 'cancelled' } }),
  past('Helpdesk Administrator', -51 * 60, { outcome: { kind: 'notSent' }, start: null, end: null }),
];

const use = (name: string, times: number, asked: number, used: number, change: Partial<RoleUse> = {}): RoleUse => ({
  role: id(name),
  kind: 'directoryRole',
  name,
  scope: null,
  times,
  early: used < asked ? times : 0,
  totalMinutes: times * used,
  askedMinutes: asked,
  usedMinutes: used,
  typicalMinutes: used,
  enoughMinutes: null,
  ...change,
});

export const INSIGHT: Insight = {
  since: at(-90 * 1440),
  minutes: 90 * 1440,
  activeMinutes: 5_400,
  roles: [
    use('Global Reader', 36, 480, 80, { enoughMinutes: 120 }),
    use('Contributor', 9, 240, 190, { kind: 'azureResource', scope: 'Contoso Production' }),
    use('Exchange Administrator', 4, 240, 240),
    use('Privileged Role Administrator', 1, 0, 0, { totalMinutes: 12, askedMinutes: null, usedMinutes: null }),
  ],
  unused: [
    { role: id('Reports Reader'), kind: 'directoryRole', name: 'Reports Reader', scope: null, last: at(-143 * 1440) },
    { role: 'x', kind: 'azureResource', name: 'Owner', scope: 'rg-webshop-northeurope', last: null },
  ],
};

const history = { text: '', rows: HISTORY, more: true, loading: false, problem: null, lanes: LANES, insight: INSIGHT };

export const renewal = (change: Partial<RenewalView>): RenewalView => ({
  armed: false,
  way: 'atExpiry',
  gapSeconds: 5,
  restartGapSeconds: 40,
  stepUp: false,
  ahead: null,
  pending: null,
  notAfter: null,
  refused: null,
  ...change,
});

const HINTS = [
  {
    title: 'Azure CLI',
    text: 'az account get-access-token --tenant 9c0d7a52-6a1e-4a0c-8f2e-0b6f6f6d1c11',
    link: false,
  },
  { title: 'Azure PowerShell', text: 'Clear-AzContext -Force; Connect-AzAccount', link: false },
  { title: 'Exchange admin centre', text: 'https://admin.exchange.microsoft.com/', link: true },
];

const exchange = id('Exchange Administrator');

export const detail = (of: string, change: object) => ({
  id: of,
  loading: false,
  problem: null,
  grants: null,
  scopes: [],
  ...change,
});

export const GRANTS = [
  { kind: 'directoryRole' as const, name: 'Exchange Administrator', scope: null },
  { kind: 'directoryRole' as const, name: 'Helpdesk Administrator', scope: 'Retail stores Nordics' },
  { kind: 'azureResource' as const, name: 'Owner', scope: 'Contoso Sandbox' },
  { kind: 'azureResource' as const, name: 'Contributor', scope: 'Contoso Production' },
  { kind: 'azureResource' as const, name: 'Reader', scope: 'Contoso Root' },
];

const everything = view({ ...usual, eligible: MIXED, bundles: BUNDLES, accounts: ACCOUNTS });

export const MORE: Record<string, Scene> = {
  everything: { view: everything },
  'three-kinds': {
    view: view({ status: 'idle', eligible: MIXED }),
    steps: [`ctrl:activate-${AZURE.id}`, `ctrl:activate-${GROUP.id}`, `ctrl:activate-${id('Intune Administrator')}`],
  },
  'three-kinds-form': {
    view: view({ status: 'idle', eligible: MIXED }),
    steps: [
      `ctrl:activate-${AZURE.id}`,
      `ctrl:activate-${GROUP.id}`,
      `ctrl:activate-${id('Intune Administrator')}`,
      'activate-all',
    ],
  },
  'bundle-strip': { view: view({ status: 'idle', eligible: MIXED, bundles: BUNDLES }) },
  bundles: { view: everything, steps: ['all-bundles'] },
  'bundles-empty': { view: view({ status: 'idle' }), steps: ['menu', 'menu-bundles'] },
  'bundles-refused': {
    view: view({
      bundles: BUNDLES,
      bundleProblem: problem({
        code: 'bad-bundle',
        message: 'Nothing was kept: the file has a role without an id.',
        remedy: { kind: 'editForm' },
      }),
    }),
    steps: ['menu', 'menu-bundles'],
  },
  bundle: { view: everything, steps: ['shift:bundle-On call'] },
  'bundle-ticket': { view: everything, steps: ['bundle-Patch Friday', 'form-submit'] },
  'bundle-managed': { view: everything, steps: ['shift:bundle-Service desk'] },
  'bundle-delete': { view: everything, steps: ['shift:bundle-On call', 'delete-bundle'] },
  'bundle-edit': { view: everything, steps: ['shift:bundle-On call', 'edit-bundle'] },
  'bundle-new-errors': {
    view: view({ status: 'idle' }),
    steps: ['menu', 'menu-bundles', 'new-bundle', 'form-submit'],
  },
  'form-schedule': {
    view: view({ status: 'idle' }),
    steps: [`activate-${id('Intune Administrator')}`, 'start-later'],
  },
  'form-schedule-error': {
    view: view({ status: 'idle' }),
    steps: [`activate-${id('Intune Administrator')}`, 'start-later', 'fill:start-time=9:00', 'form-submit'],
  },
  scheduled: {
    view: view({ active: [active('Intune Administrator', { kind: 'scheduled' }, { start: at(191), end: at(311) })] }),
  },
  'form-group': {
    view: view({ status: 'idle', eligible: MIXED, detail: detail(GROUP.id, { grants: GRANTS }) }),
    steps: [`activate-${GROUP.id}`],
  },
  'form-group-loading': {
    view: view({ status: 'idle', eligible: MIXED, detail: detail(GROUP.id, { loading: true }) }),
    steps: [`activate-${GROUP.id}`],
  },
  'form-azure': {
    view: view({ status: 'idle', eligible: MIXED, detail: detail(AZURE.id, { scopes: SCOPES }) }),
    steps: [`activate-${AZURE.id}`],
  },
  'form-azure-scopes': {
    view: view({ status: 'idle', eligible: MIXED, detail: detail(AZURE.id, { scopes: SCOPES }) }),
    steps: [`activate-${AZURE.id}`, 'scope', 'scope-/subscriptions/prod/rg-web/shop'],
  },
  'form-azure-reading': {
    view: view({ status: 'idle', eligible: MIXED, detail: detail(AZURE.id, { scopes: SCOPES }) }),
    steps: [`activate-${AZURE.id}`, 'scope', 'scope-/subscriptions/prod/rg-data', 'scope'],
  },
  'form-azure-narrower': {
    view: view({
      status: 'idle',
      eligible: MIXED,
      detail: detail(AZURE.id, {
        scopes: SCOPES,
        picked: {
          scope: '/subscriptions/prod/rg-data',
          loading: false,
          requirements: asks({ ticket: true, approval: true, approvers: ['Noor Haddad'], maxMinutes: 60 }),
        },
      }),
    }),
    steps: [`activate-${AZURE.id}`, 'scope', 'scope-/subscriptions/prod/rg-data', 'scope'],
  },
  'form-ending': {
    view: view({ status: 'idle', eligible: MIXED }),
    steps: [`activate-${ENDING.id}`],
  },
  extend: { view: view({ status: 'idle', eligible: MIXED }), steps: [`activate-${ENDING.id}`, 'extend'] },
  'extension-requested': {
    view: view({
      status: 'idle',
      eligible: [{ ...ENDING, extension: { renew: false, state: { kind: 'requested' } } }],
    }),
    steps: [`activate-${ENDING.id}`],
  },
  'extension-signing-in': {
    view: view({
      status: 'idle',
      eligible: [{ ...ENDING, extension: { renew: false, state: { kind: 'signingIn' } } }],
    }),
    steps: [`activate-${ENDING.id}`],
  },
  'extension-not-permitted': {
    view: view({
      status: 'idle',
      eligible: [
        {
          ...ENDING,
          extension: {
            renew: false,
            state: {
              kind: 'failed',
              problem: problem({
                code: 'AADSTS90094',
                message:
                  'An administrator has to consent to the permission that this takes (RoleEligibilitySchedule.ReadWrite.Directory).',
                remedy: { kind: 'askAdmin', text: 'Please consent to it.' },
              }),
            },
          },
        },
      ],
    }),
    steps: [`activate-${ENDING.id}`],
  },
  'form-entered': {
    view: view({ status: 'idle', eligible: [ENTERED] }),
    steps: [`activate-${ENTERED.id}`],
  },
  'extension-failed': {
    view: view({
      status: 'idle',
      eligible: [
        {
          ...ENDING,
          extension: {
            renew: false,
            state: { kind: 'failed', problem: problem({ message: 'The policy allows no extension yet.' }) },
          },
        },
      ],
    }),
    steps: [`activate-${ENDING.id}`],
  },
  'eligibility-ended': {
    view: view({
      status: 'idle',
      eligible: [
        { ...ENDING, eligibleUntil: at(-3 * 1440), extension: { renew: true, state: { kind: 'possible' } } },
        ...ROLES.slice(0, 5),
      ],
    }),
  },
  'eligibility-ended-form': {
    view: view({
      status: 'idle',
      eligible: [
        {
          ...ENDING,
          eligibleUntil: at(-3 * 1440),
          extension: {
            renew: true,
            state: { kind: 'failed', problem: problem({ message: 'The policy allows no renewal.' }) },
          },
        },
      ],
    }),
    steps: [`activate-${ENDING.id}`],
  },
  'standing-ends': {
    view: view({
      active: [
        active(
          'Directory Readers',
          { kind: 'active' },
          {
            activated: false,
            renewable: false,
            end: at(9 * 1440),
            extension: { renew: false, state: { kind: 'possible' } },
          },
        ),
      ],
    }),
  },
  accounts: { view: everything, steps: ['accounts'] },
  'add-account': { view: everything, steps: ['accounts', 'add-account'] },
  'add-account-tenants': {
    view: {
      ...everything,
      tenants: {
        loading: false,
        problem: null,
        rows: [
          { id: 't1', name: 'Contoso', domain: 'contoso.example', account: '1f2e.9c0d' },
          { id: 't2', name: 'Fabrikam', domain: 'fabrikam.example', account: null },
          { id: 't3', name: 'Woodgrove Bank International Holdings', domain: 'woodgrove.example', account: null },
        ],
      },
    },
    steps: ['accounts', 'add-account'],
  },
  'effect-not-yet': {
    view: view({
      active: [
        running('Exchange Administrator', 2, 238, { effect: 'notYet', hints: HINTS, deactivatableFrom: at(3) }),
        running('Intune Administrator', 1, 239, { effect: 'effective', hints: HINTS, deactivatableFrom: at(4) }),
      ],
    }),
  },
  role: {
    view: view({
      active: [
        running('Exchange Administrator', 12, 228, {
          effect: 'notYet',
          hints: HINTS,
          ticket: { number: 'INC-4711', system: 'ServiceNow' },
          renewalArmed: true,
        }),
      ],
    }),
    steps: [`more-${exchange}`],
  },
  'role-waiting': { view: usual, steps: [`more-${id('User Administrator')}`] },
  'renew-ahead': {
    view: view({
      active: [running('Exchange Administrator', 79, 161, { renewal: renewal({ way: 'ahead', gapSeconds: 0 }) })],
    }),
    steps: [`renew-${exchange}`],
  },
  'renew-step-up': {
    view: view({ active: [running('Exchange Administrator', 79, 161, { renewal: renewal({ stepUp: true }) })] }),
    steps: [`renew-${exchange}`],
  },
  'renew-early': {
    view: view({
      active: [
        running('Exchange Administrator', 79, 161, {
          requirements: asks({ approval: true }),
          renewal: renewal({ refused: 'approval' }),
        }),
      ],
    }),
    steps: [`renew-${exchange}`],
  },
  'renew-approval-only': {
    view: view({
      active: [
        running('Exchange Administrator', 79, 161, {
          requirements: asks({ approval: true }),
          renewal: renewal({ refused: 'approval', ahead: false }),
        }),
      ],
    }),
    steps: [`renew-${exchange}`, 'way-restart'],
  },
  'renew-pending': {
    view: view({
      active: [
        running('Exchange Administrator', 79, 161, {
          requirements: asks({ approval: true }),
          renewal: renewal({
            refused: 'approval',
            ahead: true,
            pending: { kind: 'waitingForApproval', approvers: ['Priya Shah', 'Tom Okafor'], lapsesAt: at(1380) },
          }),
        }),
      ],
    }),
    steps: [`renew-${exchange}`],
  },
  'renew-pending-list': {
    view: view({
      active: [
        running('Exchange Administrator', 79, 161, {
          renewal: renewal({
            refused: 'approval',
            pending: { kind: 'waitingForApproval', approvers: [], lapsesAt: null },
          }),
        }),
      ],
    }),
  },
  history: { view: view({ history }), steps: ['menu', 'menu-history'] },
  'history-empty': {
    view: view({ history: { ...history, rows: [], more: false } }),
    steps: ['menu', 'menu-history'],
  },
  'timeline-today': { view: view({ history }), steps: ['menu', 'menu-history', 'history-show-today'] },
  'timeline-week': { view: view({ history }), steps: ['menu', 'menu-history', 'history-show-week'] },
  'timeline-details': {
    view: view({ history }),
    steps: ['menu', 'menu-history', 'history-show-today', `lane-${id('Global Reader')}`],
  },
  'timeline-empty': {
    view: view({ history: { ...history, lanes: [] } }),
    steps: ['menu', 'menu-history', 'history-show-today'],
  },
  insight: { view: view({ history }), steps: ['menu', 'menu-history', 'history-show-use'] },
  'insight-empty': {
    view: view({
      history: { ...history, insight: { ...INSIGHT, minutes: 0, activeMinutes: 0, roles: [], unused: [] } },
    }),
    steps: ['menu', 'menu-history', 'history-show-use'],
  },
  'history-problem': {
    view: view({
      history: {
        ...history,
        rows: HISTORY.slice(0, 2),
        more: false,
        problem: problem({ message: 'The service could not be reached: these are your own records.' }),
      },
    }),
    steps: ['menu', 'menu-history'],
  },
  'sources-trouble': { view: view({ ...usual, list: TROUBLED }) },
  sources: { view: view({ list: TROUBLED }), steps: ['source-trouble'] },
  'sources-paused': {
    view: view({ list: { ...list(source('directoryRole', { pausedUntil: at(1.5) })) } }),
  },
  'sources-fine': {
    view: view({
      list: list(
        source('directoryRole'),
        source('group'),
        source('azureResource', { asOf: null, problem: problem({ code: 'not-consented' }) }),
      ),
    }),
    steps: ['menu', 'menu-sources'],
  },
  'source-loading': {
    view: view({
      status: 'idle',
      list: { ...list(source('directoryRole'), source('azureResource', { asOf: null, loading: true })), loading: true },
    }),
  },
  'enter-role': {
    view: view({ list: TROUBLED }),
    steps: ['source-trouble', 'enter-azureResource', 'form-submit'],
  },
  'settings-shortcuts': {
    view: view({
      bundles: BUNDLES,
      settings: { ...settings, shortcut: 'Ctrl+Alt+P', bundleShortcut: { bundle: 'On call', keys: 'Ctrl+Alt' } },
      notices: [
        {
          id: 'shortcut',
          severity: 'warning',
          message:
            'Ctrl+Alt+P does nothing here: another program has it. Choose other keys, or take it from that program.',
          detail: null,
        },
      ],
    }),
    steps: ['menu', 'menu-settings', 'settings-keys'],
  },
  ...SETTINGS_SCENES,
};
