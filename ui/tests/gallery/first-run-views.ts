// Views of the first run: the ways in, what is asked for before a sign-in, and what an organisation has set beforehand.

import type { Consent } from '../../src/generated/Consent';
import type { Settings } from '../../src/generated/Settings';
import type { View } from '../../src/generated/View';
import type { WayIn } from '../../src/generated/WayIn';
import { problem, settings, view, type Scene } from './views';

const MICROSOFTS = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
export const OWN = '6e1f5c0a-2b3c-4d5e-8f90-a1b2c3d4e5f6';

function consent(tenant: string, clientId: string, resource: string, permissions: string[]): Consent {
  const query = new URLSearchParams({
    client_id: clientId,
    scope: permissions.map((name) => `https://${resource}/${name}`).join(' '),
    redirect_uri: 'http://localhost',
  });
  return { link: `https://login.microsoftonline.com/${tenant}/v2.0/adminconsent?${query}`, permissions };
}

export const wayIn = (tenant = 'organizations', clientId = MICROSOFTS): WayIn => ({
  directoryRoles: consent(tenant, clientId, 'graph.microsoft.com', [
    'User.Read',
    'RoleEligibilitySchedule.Read.Directory',
    'RoleAssignmentSchedule.ReadWrite.Directory',
    'RoleManagementPolicy.Read.Directory',
  ]),
  groups: consent(tenant, clientId, 'graph.microsoft.com', [
    'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
    'RoleManagementPolicy.Read.AzureADGroup',
  ]),
  azure: consent(tenant, clientId, 'management.azure.com', ['user_impersonation']),
  later: [
    'AuditLog.Read.All',
    'RoleManagement.Read.Directory',
    'RoleEligibilitySchedule.ReadWrite.Directory',
    'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
    'RoleManagementPolicy.ReadWrite.Directory',
    'RoleManagementPolicy.ReadWrite.AzureADGroup',
    'AccessReview.Read.All',
    'AccessReview.ReadWrite.All',
    'RoleManagementAlert.Read.Directory',
    'RoleManagementAlert.ReadWrite.Directory',
    'User.ReadBasic.All',
    'GroupMember.Read.All',
    'Application.Read.All',
    'AdministrativeUnit.Read.All',
  ],
});

/** Nobody is signed in. */
export const nobody = (change: Partial<View> = {}) =>
  view({
    session: { kind: 'signedOut', reason: null },
    status: 'signedOut',
    eligible: [],
    wayIn: wayIn(),
    ...change,
  });

/** The same, with these settings. */
const set = (change: Partial<Settings>, more: Partial<View> = {}) =>
  nobody({ settings: { ...settings, ...change }, ...more });

/** An organisation has set everything beforehand. */
export const preset = set(
  { tenant: 'contoso.example', clientId: OWN },
  { locked: ['clientId', 'tenant', 'cloud'], wayIn: wayIn('contoso.example', OWN) },
);

export const own = set({ tenant: 'contoso.example', clientId: OWN }, { wayIn: wayIn('contoso.example', OWN) });

export const FIRST_RUN: Record<string, Scene> = {
  'first-run': { view: nobody() },
  'first-run-organisation': { view: nobody(), steps: ['organisation'] },
  'first-run-register': { view: nobody(), steps: ['organisation', 'register', 'copy-register'] },
  'first-run-preset': { view: preset },
  'before-sign-in': { view: nobody(), steps: ['first-run-signin', 'see:sign-in'] },
  'before-sign-in-later': {
    view: nobody(),
    steps: ['first-run-signin', 'asked-groups', 'asked-azure', 'asked-later'],
  },
  'before-sign-in-preset': { view: preset, steps: ['first-run-signin', 'copy-request'] },
  'before-sign-in-refused': {
    view: {
      ...own,
      session: {
        kind: 'signedOut',
        reason: problem({
          code: 'AADSTS65001',
          message:
            'Nobody has consented to the permissions that Pimento needs. Sign in again to go on with what was consented to.',
          remedy: { kind: 'askAdmin', text: wayIn('contoso.example', OWN).directoryRoles.link },
        }),
      },
    },
    steps: ['first-run-signin', 'see:sign-in'],
  },
};
