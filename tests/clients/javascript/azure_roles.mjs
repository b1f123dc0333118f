// Microsoft's `@azure/arm-authorization` and `@azure/arm-resources-subscriptions`: roles on Azure resources.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { byDeviceCode } from './directory.mjs';
import { GUEST_OF, TENANT, asked, control, settle, user } from './tenant.mjs';

const PRODUCTION = 'subscriptions/9c1f7d5a-34b8-4b0e-a6a4-5d2f8c7e1b01';
const SANDBOX = 'subscriptions/61d4c3b2-a8f7-4e09-93c5-8e7b6f5a4d03/resourceGroups/rg-sandbox';
const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c';

const OPTIONS = {
  endpoint: TENANT.arm,
  $host: TENANT.arm,
  credentialScopes: ['https://management.azure.com/.default'],
};
const credentials = { maya: byDeviceCode('maya'), omar: byDeviceCode('omar') };
const azure = (name) => new AuthorizationManagementClient(credentials[name], PRODUCTION.split('/')[1], OPTIONS);

async function all(pages) {
  const rows = [];
  for await (const row of pages) rows.push(row);
  return rows;
}

/** The error that a call is answered with. */
async function refused(call) {
  const error = await call.then(
    (answer) => assert.fail(`answered with ${JSON.stringify(answer)}`),
    (error) => error,
  );
  assert.ok(error.statusCode && error.code && error.message, error);
  return error;
}

const request = (row, requestType = 'SelfActivate') => ({
  principalId: user('maya').id,
  roleDefinitionId: row.roleDefinitionId,
  requestType,
  justification: 'Month end',
  ...(requestType === 'SelfActivate' && {
    scheduleInfo: { startDateTime: undefined, expiration: { type: 'AfterDuration', duration: 'PT1H' } },
  }),
});

const eligible = async (scope) =>
  (await all(azure('maya').roleEligibilityScheduleInstances.listForScope('', { filter: 'asTarget()' }))).find(
    (row) => row.scope === `/${scope}`,
  );

export const tests = {
  async 'eligible everywhere, with names'() {
    const rows = await all(azure('maya').roleEligibilityScheduleInstances.listForScope('', { filter: 'asTarget()' }));
    assert.ok(rows.length > 8);
    const kinds = new Set(rows.map((row) => row.expandedProperties.scope.type));
    for (const kind of ['managementgroup', 'subscription', 'resourcegroup']) assert.ok(kinds.has(kind), kind);
    assert.ok(rows.every((row) => row.expandedProperties.roleDefinition.displayName && row.createdOn instanceof Date));
    const everybody = await refused(all(azure('maya').roleEligibilityScheduleInstances.listForScope(PRODUCTION)));
    assert.deepEqual([everybody.statusCode, everybody.code], [403, 'InsufficientPermissions']);
  },

  async policies() {
    const [policy] = (await all(azure('maya').roleManagementPolicyAssignments.listForScope(PRODUCTION))).filter((row) =>
      row.roleDefinitionId.endsWith(CONTRIBUTOR),
    );
    const rules = new Map(policy.effectiveRules.map((rule) => [rule.id, rule]));
    assert.equal(rules.get('Expiration_EndUser_Assignment').maximumDuration, 'PT1H');
    assert.deepEqual(rules.get('Enablement_EndUser_Assignment').enabledRules.toSorted(), [
      'Justification',
      'Ticketing',
    ]);
    const whole = await azure('maya').roleManagementPolicies.get(PRODUCTION, policy.policyId.split('/').at(-1));
    assert.equal(whole.rules.length, 17);
  },

  async 'what there is'() {
    const subscriptions = (name) => new SubscriptionClient(credentials[name], OPTIONS);
    const seen = await all(subscriptions('omar').subscriptions.list());
    assert.ok(seen.some((row) => row.displayName === 'Production' && row.state === 'Enabled'));
    const tenants = await all(subscriptions('maya').tenants.list());
    assert.deepEqual(
      tenants.map((row) => row.tenantId),
      [TENANT.tenantId, GUEST_OF],
    );
    const filter = "roleName eq 'Contributor'";
    const [role] = await all(azure('omar').roleDefinitions.list(PRODUCTION, { filter }));
    assert.equal(role.name, CONTRIBUTOR);
    const held = await all(azure('omar').roleAssignments.listForScope(PRODUCTION, { filter: 'atScope()' }));
    assert.ok(held.some((row) => row.principalId === user('omar').id));
    const children = await all(azure('maya').eligibleChildResources.list(PRODUCTION));
    assert.ok(children.some((row) => row.name === 'rg-data-prod' && row.type === 'resourcegroup'));
  },

  async 'rehearse, activate, twice, and deactivate'() {
    const requests = azure('maya').roleAssignmentScheduleRequests;
    const row = await eligible(SANDBOX);
    assert.equal((await requests.validate(SANDBOX, randomUUID(), request(row))).requestType, 'SelfActivate');
    const name = randomUUID();
    const sent = await requests.create(SANDBOX, name, request(row));
    assert.deepEqual([sent.name, sent.status, sent.scope], [name, 'Provisioned', `/${SANDBOX}`]);
    assert.ok(sent.createdOn instanceof Date && sent.scheduleInfo.startDateTime instanceof Date);
    assert.equal((await requests.get(SANDBOX, name)).status, 'Provisioned');
    assert.equal((await refused(requests.create(SANDBOX, randomUUID(), request(row)))).code, 'RoleAssignmentExists');
    await settle();
    const active = await all(azure('maya').roleAssignmentScheduleInstances.listForScope('', { filter: 'asTarget()' }));
    assert.ok(active.some((one) => one.assignmentType === 'Activated' && one.scope === `/${SANDBOX}`));
    const ended = await requests.create(SANDBOX, randomUUID(), request(row, 'SelfDeactivate'));
    assert.equal(ended.status, 'Revoked');
  },

  async 'a challenge is answered by the client itself'() {
    await control('revoke', { user: 'maya', sessions: false });
    assert.ok((await eligible(SANDBOX)).roleDefinitionId);
    const lists = (await asked('requests')).filter((entry) => entry.path.endsWith('/roleEligibilityScheduleInstances'));
    assert.deepEqual(
      lists.slice(-2).map((entry) => entry.status),
      [401, 200],
    );
  },
};
