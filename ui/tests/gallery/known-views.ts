// Views of all that is known of a role before it is activated: its place, what a group gives, what its policy asks.

import type { BundleView } from '../../src/generated/BundleView';
import type { EligibleRow } from '../../src/generated/EligibleRow';
import { BUNDLES, detail, GRANTS, GROUP, MIXED, renewal } from './more-views';
import { active, asks, at, eligible, id, ROLES, running, usual, view, type Scene } from './views';

const azure = (name: string, scope: string, scopePath: string[], change: Partial<EligibleRow> = {}) =>
  eligible(name, {
    id: `azure|${name.toLowerCase()}|/${[...scopePath, scope].join('/').replaceAll(' ', '-')}|`,
    kind: 'azureResource',
    scope,
    scopePath,
    requirements: asks({ maxMinutes: 480, defaultMinutes: 120 }),
    ...change,
  });

/** The same role at scopes of the same name: only what lies above tells them apart. */
export const TWINS: EligibleRow[] = [
  azure('Contributor', 'rg-erp', ['Contoso', 'Contoso Production']),
  azure('Contributor', 'rg-erp', ['Contoso', 'Contoso Staging'], { lastReason: 'Deployment', oneClick: true }),
  azure('Owner', 'rg-webshop-northeurope', ['Contoso', 'Retail', 'Online shop'], {
    requirements: asks({ mfa: true, ticket: true, approval: true, maxMinutes: 60, defaultMinutes: 60 }),
  }),
  azure('Owner', 'rg-webshop-northeurope', ['Contoso', 'Wholesale', 'Online shop'], {
    requirements: asks({ mfa: true, ticket: true, approval: true, maxMinutes: 60, defaultMinutes: 60 }),
  }),
  azure('Reader', 'vm-01', ['Contoso', 'Contoso Production', 'rg-erp']),
  azure(
    'Key Vault Administrator',
    'kv-contoso-production-northeurope-001',
    ['Contoso', 'Contoso Production', 'rg-erp-shared'],
    {
      requirements: asks({ mfa: true }),
    },
  ),
  azure('Contributor', 'Contoso', []),
];

/** Activated in one click. */
export const READERS = eligible('Security readers', {
  id: 'group|readers|member|',
  kind: 'group',
  lastReason: 'Daily checks',
  lastMinutes: 120,
  oneClick: true,
  requirements: asks({ maxMinutes: 240, defaultMinutes: 240 }),
});

/** A policy in which everything is said. */
export const KNOWN = eligible('Privileged Role Administrator', {
  lastReason: 'Review of role assignments',
  lastMinutes: 30,
  eligibleUntil: '2028-03-31T12:00:00Z',
  throughGroup: true,
  requirements: asks({
    mfa: true,
    ticket: true,
    authenticationContext: 'c1',
    approval: true,
    approvers: ['Priya Shah', 'Tom Okafor', 'Ana Reyes'],
    approvalDays: 1,
    maxMinutes: 240,
    defaultMinutes: 60,
    unknownRules: ['Enablement_EndUser_DeviceCompliance'],
  }),
});

const UNREAD = eligible('SharePoint Administrator', { requirements: asks({ known: false }) });

const GROUPS = [READERS, GROUP, ...MIXED.filter((row) => row !== GROUP)];

const shift: BundleView = {
  ...BUNDLES[0]!,
  name: 'Night shift',
  roles: [{ ...BUNDLES[0]!.roles[1]! }, { ...BUNDLES[0]!.roles[1]!, id: READERS.id, name: READERS.name, minutes: 120 }],
};

const throughGroup = (name: string, change = {}) =>
  active(name, { kind: 'active' }, { activated: false, renewable: false, throughGroup: true, ...change });

const activeAt = (row: EligibleRow) => ({ id: row.id, kind: row.kind, scope: row.scope, scopePath: row.scopePath });

export const KNOWN_SCENES: Record<string, Scene> = {
  'azure-paths': {
    view: view({
      active: [
        running('Contributor', 79, 161, {
          ...activeAt(TWINS[0]!),
          ticket: { number: 'INC-4711', system: 'ServiceNow' },
        }),
        running('Key Vault Administrator', 1, 239, {
          ...activeAt(TWINS[5]!),
          renewalArmed: true,
          deactivatableFrom: at(4),
        }),
        active('Reader', { kind: 'active' }, { ...activeAt(TWINS[4]!), activated: false, renewable: false }),
        active('Owner', { kind: 'scheduled' }, { ...activeAt(TWINS[2]!), start: at(191), end: at(251) }),
      ],
      eligible: TWINS,
    }),
    viewport: { width: 380, height: 760 },
  },
  'azure-paths-found': { view: view({ status: 'idle', eligible: [...TWINS, ...ROLES] }), steps: ['type:wholesale'] },
  'azure-paths-form': {
    view: view({ status: 'idle', eligible: TWINS }),
    steps: [`activate-${TWINS[5]!.id}`],
  },
  'azure-paths-several': {
    view: view({ status: 'idle', eligible: TWINS }),
    steps: [
      `ctrl:activate-${TWINS[0]!.id}`,
      `ctrl:activate-${TWINS[1]!.id}`,
      `ctrl:activate-${TWINS[5]!.id}`,
      'activate-all',
    ],
  },
  'azure-paths-role': {
    view: view({ active: [running('Reader', 79, 161, activeAt(TWINS[4]!))], eligible: TWINS }),
    steps: [`more-${TWINS[4]!.id}`],
  },
  'through-group': {
    view: view({
      active: [
        throughGroup('Directory Readers'),
        throughGroup('Reports Reader', { end: at(9 * 1440) }),
        throughGroup('Reader', activeAt(TWINS[4]!)),
        active('Message Center Reader', { kind: 'active' }, { activated: false, renewable: false }),
      ],
    }),
  },
  'role-through-group': {
    view: view({ active: [throughGroup('Reports Reader', { end: at(9 * 1440) })] }),
    steps: [`more-${id('Reports Reader')}`],
  },
  'role-known': {
    view: view({ status: 'idle', eligible: [KNOWN, ...ROLES.slice(0, 2)] }),
    steps: [`activate-${KNOWN.id}`, 'role-details'],
  },
  'role-unread': {
    view: view({ status: 'idle', eligible: [UNREAD] }),
    steps: [`activate-${UNREAD.id}`, 'role-details'],
  },
  'role-known-active': {
    view: view({
      active: [running('Privileged Role Administrator', 12, 48)],
      eligible: [{ ...KNOWN, engaged: true }],
    }),
    steps: [`more-${KNOWN.id}`],
    viewport: { width: 380, height: 760 },
  },
  'form-known': { view: view({ status: 'idle', eligible: [KNOWN] }), steps: [`activate-${KNOWN.id}`] },
  'group-at-once': { view: view({ status: 'idle', eligible: GROUPS }) },
  'group-at-once-role': {
    view: view({ status: 'idle', eligible: GROUPS, detail: detail(READERS.id, { grants: GRANTS }) }),
    steps: [`gives-${READERS.id}`],
  },
  'several-groups': {
    view: view({ status: 'idle', eligible: GROUPS, detail: detail(GROUP.id, { grants: GRANTS.slice(0, 3) }) }),
    steps: [`ctrl:activate-${READERS.id}`, `ctrl:activate-${GROUP.id}`, 'activate-all', `grants-${GROUP.id}`],
    viewport: { width: 380, height: 760 },
  },
  'several-one-group': {
    view: view({ status: 'idle', eligible: GROUPS, detail: detail(GROUP.id, { grants: GRANTS.slice(0, 2) }) }),
    steps: [`ctrl:activate-${id('Global Reader')}`, `ctrl:activate-${GROUP.id}`, 'activate-all'],
  },
  'bundle-groups': {
    view: view({ status: 'idle', eligible: GROUPS, bundles: [shift] }),
    steps: ['shift:bundle-Night shift'],
  },
  'renew-restart-gap': {
    view: view({
      active: [running('Exchange Administrator', 79, 161, { renewal: renewal({ restartGapSeconds: 150 }) })],
    }),
    steps: [`renew-${id('Exchange Administrator')}`, 'way-restart'],
  },
  'renew-pending-anybody': {
    view: view({
      active: [
        running('Exchange Administrator', 79, 161, {
          requirements: asks({ approval: true }),
          renewal: renewal({
            refused: 'approval',
            pending: { kind: 'waitingForApproval', approvers: [], lapsesAt: null },
          }),
        }),
      ],
    }),
    steps: [`renew-${id('Exchange Administrator')}`],
  },
  'waiting-anybody': {
    view: view({
      ...usual,
      active: [active('User Administrator', { kind: 'waitingForApproval', approvers: [], lapsesAt: at(1380) })],
    }),
  },
};
