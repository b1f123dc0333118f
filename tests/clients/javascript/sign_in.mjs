// Microsoft's `@azure/msal-node`: finding the authority, signing in, tokens without a person, claims challenges.

import assert from 'node:assert/strict';
import { PublicClientApplication } from '@azure/msal-node';
import { Person } from './person.mjs';
import { AZURE, CLIENT, GUEST_OF, SCOPES, TENANT, claimsOf, control, user } from './tenant.mjs';

const GRAPH = SCOPES.slice(0, 1);

export function application(tenant = 'organizations') {
  return new PublicClientApplication({
    auth: {
      clientId: CLIENT,
      authority: `${TENANT.authority}/${tenant}`,
      // Otherwise it asks Microsoft's host.
      knownAuthorities: [new URL(TENANT.authority).host],
      clientCapabilities: ['CP1'],
    },
  });
}

/** Somebody signs in at the browser of this computer. */
export async function signedIn(name, app = application(), options = {}) {
  const openBrowser = async (address) => {
    // The program that opens it waits for nothing but the answer at its own address.
    void new Person(name).open(address);
  };
  const loginHint = user(name).userPrincipalName;
  return app.acquireTokenInteractive({ scopes: GRAPH, openBrowser, loginHint, ...options });
}

const me = (token) => fetch(`${TENANT.graph}/v1.0/me`, { headers: { authorization: `Bearer ${token}` } });

export const tests = {
  async 'device code'() {
    for (const tenant of ['organizations', 'common', TENANT.tenantId]) {
      const app = application(tenant);
      const result = await app.acquireTokenByDeviceCode({
        scopes: GRAPH,
        deviceCodeCallback: ({ verificationUri, userCode }) => new Person('maya').enterCode(verificationUri, userCode),
      });
      assert.equal(result.tenantId, TENANT.tenantId);
      assert.equal(result.account.username, user('maya').userPrincipalName);
      assert.equal(result.account.homeAccountId, `${user('maya').id}.${TENANT.tenantId}`);
      assert.equal(result.idTokenClaims.aud, CLIENT);
      assert.ok(result.scopes.includes(GRAPH[0]), result.scopes);
    }
  },

  async 'device code declined'() {
    const declined = application().acquireTokenByDeviceCode({
      scopes: GRAPH,
      deviceCodeCallback: ({ verificationUri, userCode }) =>
        new Person('ines', { agrees: false }).enterCode(verificationUri, userCode),
    });
    await assert.rejects(declined, /authorization_declined/);
  },

  async 'tokens without a person, for every resource'() {
    const app = application();
    const first = await signedIn('maya', app, { extraScopesToConsent: AZURE });
    assert.equal((await (await me(first.accessToken)).json()).id, user('maya').id);
    const [account] = await app.getTokenCache().getAllAccounts();
    const cached = await app.acquireTokenSilent({ account, scopes: GRAPH });
    assert.equal(cached.accessToken, first.accessToken);
    const fresh = await app.acquireTokenSilent({ account, scopes: GRAPH, forceRefresh: true });
    assert.notEqual(fresh.accessToken, first.accessToken);
    const azure = await app.acquireTokenSilent({ account, scopes: AZURE });
    assert.equal((await me(azure.accessToken)).status, 401);
    assert.deepEqual(azure.scopes, AZURE);
  },

  async 'a guest elsewhere'() {
    const app = application();
    const { account } = await signedIn('maya', app);
    const authority = `${TENANT.authority}/${GUEST_OF}`;
    const there = await app.acquireTokenSilent({ account, scopes: GRAPH, authority, forceRefresh: true });
    assert.equal(there.tenantId, GUEST_OF);
    assert.equal(there.account.homeAccountId, account.homeAccountId);
    assert.notEqual(claimsOf(there.accessToken).oid, user('maya').id);
  },

  async 'an authentication context is asked for, and stays'() {
    const app = application();
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
    const stronger = await signedIn('maya', app, { claims });
    assert.deepEqual(claimsOf(stronger.accessToken).acrs, ['c1']);
    assert.deepEqual(claimsOf(stronger.accessToken).xms_cc, ['cp1']);
    const { account } = stronger;
    const renewed = await app.acquireTokenSilent({ account, scopes: GRAPH, forceRefresh: true });
    assert.deepEqual(claimsOf(renewed.accessToken).acrs, ['c1']);
  },

  async 'claims challenge'() {
    const app = application();
    const { account, accessToken } = await signedIn('maya', app);
    await control('revoke', { user: 'maya', sessions: false });
    const refused = await me(accessToken);
    assert.equal(refused.status, 401);
    const challenge = refused.headers.get('www-authenticate');
    assert.match(challenge, /error="insufficient_claims"/);
    const claims = Buffer.from(challenge.match(/claims="([^"]+)"/)[1], 'base64').toString();
    const renewed = await app.acquireTokenSilent({ account, scopes: GRAPH, claims });
    assert.equal((await me(renewed.accessToken)).status, 200);
  },

  async 'session that was revoked'() {
    const app = application();
    const { account } = await signedIn('ines', app);
    await control('revoke', { user: 'ines' });
    await assert.rejects(app.acquireTokenSilent({ account, scopes: GRAPH, forceRefresh: true }), /AADSTS50173/);
  },

  async 'permission that does not exist'() {
    const scopes = ['https://graph.microsoft.com/No.Such.Permission'];
    await assert.rejects(signedIn('maya', application(), { scopes }), /AADSTS650053/);
  },
};
