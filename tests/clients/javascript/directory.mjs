// Microsoft's `@microsoft/microsoft-graph-client`, signed in by `@azure/identity`: directory roles, groups, approvals.

import assert from 'node:assert/strict';
import { DeviceCodeCredential } from '@azure/identity';
import { BatchRequestContent, BatchResponseContent, Client, PageIterator } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import { Person } from './person.mjs';
import { application, signedIn } from './sign_in.mjs';
import { CLIENT, MFA, SCOPES, TENANT, answered, control, settle, user } from './tenant.mjs';

const ROLES = '/roleManagement/directory';
const GROUPS = '/identityGovernance/privilegedAccess/group';
const MINE = "filterByCurrentUser(on='principal')";
const REPORTS = '4a5d8f65-41da-4de4-8968-e035b65339cf';
const GLOBAL = '62e90394-69f5-4237-9190-012177145e10';
const CONDITIONAL_ACCESS = 'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9';
const DASHBOARDS = '5e9a3d7c-1b46-4e82-a0f9-7d4c2b8e6f13';

const graph = (authProvider, defaultVersion = 'v1.0') =>
  Client.initWithMiddleware({
    baseUrl: `${TENANT.graph}/`,
    defaultVersion,
    authProvider,
    customHosts: new Set([new URL(TENANT.graph).hostname]),
  });

/** Somebody who signs in by device code, once. */
export function byDeviceCode(name) {
  return new DeviceCodeCredential({
    clientId: CLIENT,
    tenantId: TENANT.tenantId,
    authorityHost: TENANT.authority,
    disableInstanceDiscovery: true,
    userPromptCallback: ({ verificationUri, userCode }) => void new Person(name).enterCode(verificationUri, userCode),
  });
}

const credentials = {};

function of(name, version) {
  credentials[name] ??= byDeviceCode(name);
  return graph(new TokenCredentialAuthenticationProvider(credentials[name], { scopes: SCOPES }), version);
}

/** Somebody who signs in at the browser and proves what `claims` ask for. */
async function proving(name, claims) {
  const { accessToken } = await signedIn(name, application(TENANT.tenantId), { scopes: SCOPES, claims });
  return graph({ getAccessToken: async () => accessToken });
}

const request = (roleDefinitionId, action = 'selfActivate') => ({
  action,
  principalId: user('maya').id,
  roleDefinitionId,
  directoryScopeId: '/',
  justification: 'Scanners are offline',
  ...(action === 'selfActivate' && { scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'PT1H' } } }),
});

/** The error that a call is answered with. */
async function refused(call) {
  const error = await call.then(
    (answer) => assert.fail(`answered with ${JSON.stringify(answer)}`),
    (error) => error,
  );
  assert.ok(error.statusCode && error.code && error.requestId, error);
  return error;
}

const requests = (client) => client.api(`${ROLES}/roleAssignmentScheduleRequests`);

export const tests = {
  async 'roles with names, page by page'() {
    const client = of('maya');
    const first = await client
      .api(`${ROLES}/roleEligibilityScheduleInstances/${MINE}`)
      .expand('roleDefinition,principal,directoryScope')
      .orderby('roleDefinitionId')
      .top(5)
      .count(true)
      .get();
    const rows = [];
    await new PageIterator(client, first, (row) => rows.push(row) > 0).iterate();
    assert.equal(rows.length, first['@odata.count']);
    assert.equal(new Set(rows.map((row) => row.id)).size, rows.length);
    const ids = rows.map((row) => row.roleDefinitionId);
    assert.deepEqual(ids, ids.toSorted());
    assert.ok(rows.every((row) => row.roleDefinition.displayName && row.principal.displayName));
    assert.ok(rows.some((row) => row.directoryScope?.displayName === 'Branch Offices Iberia'));
    const [one] = rows;
    const role = await client.api(`${ROLES}/roleEligibilityScheduleInstances/${one.id}/roleDefinition`).get();
    assert.equal(role.id, one.roleDefinitionId);
  },

  async 'activate, twice, and deactivate'() {
    const client = of('maya');
    const sent = await requests(client).post(request(REPORTS));
    assert.equal(sent.status, 'Provisioned');
    assert.equal((await refused(requests(client).post(request(REPORTS)))).code, 'RoleAssignmentExists');
    const early = await refused(requests(client).post(request(REPORTS, 'selfDeactivate')));
    assert.equal(early.code, 'ActiveDurationTooShort');
    await settle();
    const active = await client
      .api(`${ROLES}/roleAssignmentScheduleInstances/${MINE}`)
      .filter(`roleDefinitionId eq '${REPORTS}'`)
      .get();
    assert.deepEqual(
      active.value.map((row) => row.assignmentType),
      ['Activated'],
    );
    assert.equal((await requests(client).post(request(REPORTS, 'selfDeactivate'))).status, 'Revoked');
  },

  async batch() {
    const url = (path) => `${TENANT.graph}/v1.0${path}`;
    const steps = [
      { id: '1', request: new Request(url('/me')) },
      { id: '2', request: new Request(url(`${ROLES}/roleAssignmentScheduleInstances/${MINE}`)), dependsOn: ['1'] },
      {
        id: '3',
        request: new Request(url(`${ROLES}/roleAssignmentScheduleRequests`), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...request(GLOBAL), justification: '' }),
        }),
        dependsOn: ['1'],
      },
    ];
    const content = await new BatchRequestContent(steps).getContent();
    // It leaves out the host and nothing else; the service takes what is below the version.
    for (const step of content.requests) step.url = step.url.replace(/^.*\/graph\/v1\.0/, '');
    const answer = new BatchResponseContent(await of('maya').api('/$batch').post(content));
    assert.equal((await answer.getResponseById('1').json()).id, user('maya').id);
    assert.equal(answer.getResponseById('2').status, 200);
    assert.equal(answer.getResponseById('3').status, 400);
    assert.match((await answer.getResponseById('3').json()).error.message, /JustificationRule/);
  },

  async 'throttled calls are repeated'() {
    const before = (await answered('/graph/v1.0/me')).length;
    await control('faults', { method: 'GET', path: '/v1.0/me', fault: { kind: 'throttle', retryAfter: 1 } });
    assert.equal((await of('maya').api('/me').get()).id, user('maya').id);
    const statuses = (await answered('/graph/v1.0/me')).slice(before).map((entry) => entry.status);
    assert.deepEqual(statuses, [429, 200]);
  },

  async 'what a policy asks'() {
    const { value } = await of('maya')
      .api('/policies/roleManagementPolicyAssignments')
      .filter(`scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${CONDITIONAL_ACCESS}'`)
      .expand('policy($expand=rules)')
      .get();
    const rules = new Map(value[0].policy.rules.map((rule) => [rule.id, rule]));
    assert.equal(rules.size, 17);
    assert.equal(rules.get('Expiration_EndUser_Assignment').maximumDuration, 'PT4H');
    assert.equal(rules.get('AuthenticationContext_EndUser_Assignment').claimValue, 'c1');
  },

  async 'an authentication context is demanded'() {
    const error = await refused(requests(of('maya')).post(request(CONDITIONAL_ACCESS)));
    assert.equal(error.code, 'RoleAssignmentRequestAcrsValidationFailed');
    const claims = decodeURIComponent(error.message.split('claims=')[1]);
    const sent = await requests(await proving('maya', claims)).post(request(CONDITIONAL_ACCESS));
    assert.equal(sent.status, 'Provisioned');
  },

  async 'approved by somebody else'() {
    const strong = await proving('maya', MFA);
    const sent = await requests(strong).post(request(GLOBAL));
    assert.equal(sent.status, 'PendingApproval');
    const approvals = of('omar', 'beta');
    const seen = await of('omar')
      .api(`${ROLES}/roleAssignmentScheduleRequests/filterByCurrentUser(on='approver')`)
      .get();
    assert.ok(seen.value.some((row) => row.id === sent.id));
    const path = `${ROLES}/roleAssignmentApprovals/${sent.approvalId}`;
    const { steps } = await approvals.api(path).expand('steps').get();
    const decision = { reviewResult: 'Approve', justification: 'Go ahead' };
    await approvals.api(`${path}/steps/${steps[0].id}`).patch(decision);
    assert.equal((await refused(approvals.api(`${path}/steps/${steps[0].id}`).patch(decision))).statusCode, 409);
    const decided = await strong.api(`${ROLES}/roleAssignmentScheduleRequests/${sent.id}`).get();
    assert.equal(decided.status, 'Provisioned');
  },

  async 'membership of a group'() {
    const client = of('maya');
    const { value } = await client.api(`${GROUPS}/eligibilityScheduleInstances/${MINE}`).expand('group').get();
    const row = value.find((row) => row.groupId === DASHBOARDS && row.accessId === 'member');
    assert.equal(row.group.displayName, 'Warehouse Dashboards');
    const sent = await client.api(`${GROUPS}/assignmentScheduleRequests`).post({
      action: 'selfActivate',
      accessId: 'member',
      groupId: DASHBOARDS,
      principalId: user('maya').id,
      justification: 'Month end',
      scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
    });
    assert.equal(sent.status, 'PendingProvisioning');
    await settle();
    assert.equal((await client.api(`${GROUPS}/assignmentScheduleRequests/${sent.id}`).get()).status, 'Provisioned');
  },
};
