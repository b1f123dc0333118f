// What the Manage window is told while a role is given that is not listed.

import type { GivableRow } from '../../src/generated/GivableRow';
import type { ScopeNode } from '../../src/generated/ScopeNode';
import type { Told } from '../../src/generated/Told';
import { ANSWERS as OTHERS, type Answers } from './manage';
import { at } from './views';

const scope = (id: string, name: string, what: string, change: Partial<ScopeNode> = {}): ScopeNode => ({
  id,
  name,
  what,
  depth: 0,
  foldable: true,
  unfolded: false,
  loading: false,
  ...change,
});

const scopes = (...rows: ScopeNode[]): Told => ({ kind: 'scopes', rows });

const found = (...rows: GivableRow[]): Told => ({ kind: 'found', rows, more: false });

const SEEN = scopes(
  scope('/mg/root', 'Tenant Root Group', 'management group', { foldable: false }),
  scope('/mg/logistics', 'Contoso Logistics', 'management group', { foldable: false }),
  scope('/subscriptions/conn', 'Connectivity', 'subscription'),
  scope('/subscriptions/dev', 'Development and Test', 'subscription'),
  scope('/subscriptions/prod', 'Production', 'subscription'),
  scope('/subscriptions/ware', 'Warehouse Systems', 'subscription'),
);

const BELOW = scopes(
  scope('/subscriptions/prod/data', 'rg-data-prod', 'resource group', { depth: 1 }),
  scope('/subscriptions/prod/erp', 'rg-erp-prod', 'resource group', { depth: 1 }),
);

const RESOURCES = scopes(
  scope('/subscriptions/prod/erp/kv', 'kv-erp-prod', 'key vault', { depth: 2, foldable: false }),
  scope('/subscriptions/prod/erp/vm', 'vm-erp-01', 'virtual machine', { depth: 2, foldable: false }),
);

/** The scope that somebody writes. */
export const WRITTEN = scopes(scope('/subscriptions/ware/porto', 'rg-scanners-porto', 'resource group', { depth: 1 }));

const azure = (id: string, name: string): GivableRow => ({
  id,
  kind: 'azureResource',
  name,
  scope: 'kv-erp-prod',
});

export const ROLES = found(
  azure('z1', 'Contributor'),
  azure('z2', 'Key Vault Administrator'),
  azure('z3', 'Key Vault Reader'),
  azure('z4', 'Owner'),
  azure('z5', 'Reader'),
  azure('z6', 'User Access Administrator'),
);

export const GROUPS = found(
  { id: 'e1', kind: 'group', name: 'Endpoint Engineers', scope: 'Member' },
  { id: 'e2', kind: 'group', name: 'Endpoint Engineers', scope: 'Owner' },
);

export const UNITS = found(
  { id: 'n1', kind: 'directoryRole', name: 'Helpdesk Administrator', scope: 'Branch Offices Iberia' },
  { id: 'n2', kind: 'directoryRole', name: 'Helpdesk Administrator', scope: 'Branch Offices Nordics' },
);

export const LATER: Told = {
  kind: 'plan',
  steps: [
    {
      about: 'Petra Nováková, Helpdesk Administrator (Branch Offices Iberia)',
      action: 'give',
      eligible: true,
      activated: false,
      start: at(3 * 24 * 60),
      end: at(300_000),
      was: null,
      problem: null,
    },
  ],
  risks: [],
};

export const ANSWERS: Answers = {
  ...OTHERS,
  scopes: [SEEN, BELOW, RESOURCES],
  writeScope: WRITTEN,
  rolesAt: ROLES,
  findGroups: GROUPS,
  findUnits: UNITS,
  plan: LATER,
};
