// The simulated tenant as these programs reach it: endpoints, clock, and what happened there.

export const TENANT = JSON.parse(process.env.PIMENTO_TENANT);
// A registration that may ask for everything.
export const CLIENT = TENANT.clientId;
export const GUEST_OF = TENANT.tenants.find((tenant) => tenant.tenantId !== TENANT.tenantId).tenantId;
export const SCOPES = [
  'User.Read',
  'RoleEligibilitySchedule.ReadWrite.Directory',
  'RoleAssignmentSchedule.ReadWrite.Directory',
  'RoleManagement.Read.Directory',
  'RoleManagementPolicy.Read.Directory',
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  'RoleManagementPolicy.Read.AzureADGroup',
].map((name) => `https://graph.microsoft.com/${name}`);
export const AZURE = ['https://management.azure.com/user_impersonation'];
// How a client asks for multifactor authentication where the service names none.
export const MFA = JSON.stringify({ access_token: { amr: { essential: true, values: ['mfa'] } } });

export async function control(path, body) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${TENANT.control}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`control/${path}: ${answer.status} ${await answer.text()}`);
}

export async function asked(path) {
  return (await fetch(`${TENANT.control}/${path}`)).json();
}

/** The requests to a path that the tenant has answered. */
export async function answered(path) {
  return (await asked('requests')).filter((entry) => entry.path === path);
}

/** Moves the clock past the five minutes in which nothing can be ended, and past every delay of the service. */
export const settle = () => control('clock', { advance: 'PT6M' });

export const user = (name) => TENANT.users.find((user) => user.username === name);

/** What an access token says. */
export const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

// Real time: what is waited for between two polls of a device.
await control('settings', { deviceCodeInterval: 1 });
