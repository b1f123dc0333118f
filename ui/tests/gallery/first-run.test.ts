// The first run as it is used: one click to the demo tenant, two to Microsoft's page with what is asked for between them, and
// what is sent to an administrator.

import { describe, expect, test } from 'vitest';

import type { View } from '../../src/generated/View';
import { nobody, OWN, own, preset, wayIn } from './first-run-views';
import { playing } from './playing';
import { focusedIn } from './settled';
import type { Options, Scene, Stage } from './stage';
import { at, problem, SCENES, settings, view } from './views';

let stage: Stage;
let scene: Scene;

playing(
  (opened) => (stage = opened),
  () => scene,
);

const play = async (shown: View, options: Options = {}) => (scene = await stage.play(shown, options)).page;
const focused = () => focusedIn(scene.page);
const emit = (shown: View) => scene.page.evaluate((next) => window.__emit(next), shown);
const kinds = () => scene.calls.map((call) => call.kind);

/** What was copied last. */
const copied = () => scene.page.evaluate(() => (window as unknown as { __copied?: string }).__copied);

/** Has the page tell what it copies. */
const listen = () =>
  scene.page.evaluate(() => {
    const host = window as unknown as { __copied?: string };
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: (text: string) => Promise.resolve(void (host.__copied = text)) },
    });
  });

test('the demo tenant is one key press after a Tab, and one click', async () => {
  const page = await play(nobody());
  expect(await focused()).toBe('first-run-signin');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('first-run-demo');
  await page.keyboard.press('Enter');
  await expect.poll(kinds).toEqual(['signInDemo']);
});

describe('before a sign-in', () => {
  test('Enter tells what is asked for, Enter goes on, and so does cancelling', async () => {
    const page = await play(nobody());
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('sign-in');
    expect(scene.calls).toEqual([]);
    for (const permission of wayIn().directoryRoles.permissions) {
      await page.getByText(permission, { exact: true }).waitFor();
    }
    await page.keyboard.press('Enter');
    await expect.poll(kinds).toEqual(['signIn']);
    await emit(SCENES['signing-in']!.view);
    await page.getByTestId('cancel-sign-in').click();
    await emit(nobody({ now: at(1) }));
    await expect.poll(focused).toBe('sign-in');
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('first-run-signin');
    await emit(view({ status: 'idle', now: at(2) }));
    await expect.poll(focused).toBe('filter');
  });

  test('whoever has signed in from there finds the list', async () => {
    const page = await play(nobody());
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('sign-in');
    await emit(SCENES['signing-in']!.view);
    await emit(view({ status: 'idle', now: at(1) }));
    await expect.poll(focused).toBe('filter');
  });

  test('each permission that is asked for later has its line', async () => {
    const page = await play(nobody());
    await page.getByTestId('first-run-signin').click();
    for (const part of ['groups', 'azure', 'later']) await page.getByTestId(`asked-${part}`).click();
    const { groups, azure, later } = wayIn();
    for (const permission of [...groups.permissions, ...azure.permissions, ...later]) {
      const row = page.locator('li', { has: page.getByText(permission, { exact: true }) });
      expect((await row.locator('span').textContent())?.length, permission).toBeGreaterThan(8);
    }
  });

  test('a code does for another device', async () => {
    const page = await play(nobody());
    await page.getByTestId('first-run-signin').click();
    await page.getByTestId('sign-in-device-code').click();
    await expect.poll(kinds).toEqual(['signInDeviceCode']);
  });

  test('whoever was signed in before is not told again', async () => {
    const row = {
      account: {
        id: 'maya',
        username: 'maya@contoso.example',
        name: 'Maya',
        tenant: 'Contoso',
        tenantId: 't',
        cloud: 'global',
        demo: false,
        remembered: true,
      },
      colour: 0,
      current: true,
      status: 'signedOut' as const,
      active: [],
      problem: null,
    };
    const page = await play(nobody({ accounts: [row] }));
    await page.getByTestId('first-run-signin').click();
    await expect.poll(kinds).toEqual(['signIn']);
  });
});

describe('for an administrator', () => {
  test('the message says who asks for what, for which tenant, and where to consent', async () => {
    const page = await play(own);
    await page.getByTestId('first-run-signin').click();
    await listen();
    await page.getByTestId('copy-request').click();
    await expect.poll(copied).toBeTruthy();
    const message = (await copied()) ?? '';
    const { directoryRoles, groups, azure } = wayIn('contoso.example', OWN);
    for (const { link, permissions } of [directoryRoles, groups, azure]) {
      expect(message.split('\n').some((line) => line.endsWith(link))).toBe(true);
      for (const permission of permissions) expect(message).toContain(`- ${permission}: `);
    }
    expect(message).toContain(`client id ${OWN}`);
    expect(message).toContain('Tenant: contoso.example');
    await page.getByTestId('copy-consent').click();
    await expect.poll(copied).toBe(directoryRoles.link);
  });

  test('Microsoft’s client is named, and no tenant where any will do', async () => {
    const page = await play(nobody());
    await page.getByTestId('first-run-signin').click();
    await listen();
    await page.getByTestId('copy-request').click();
    await expect.poll(copied).toContain('Microsoft Graph Command Line Tools');
    expect(await copied()).not.toContain('Tenant:');
  });

  test('it is written in the window’s language', async () => {
    const page = await play(nobody(), { lang: 'de' });
    await page.getByTestId('first-run-signin').click();
    await listen();
    await page.getByTestId('copy-request').click();
    await expect.poll(copied).toContain('delegierten Berechtigungen');
  });
});

describe('a registration of one’s own', () => {
  test('is entered, told with what it will ask for, and how to make one can be copied', async () => {
    const page = await play(nobody());
    await page.getByTestId('organisation').click();
    await page.getByTestId('register').click();
    await listen();
    await page.getByTestId('copy-register').click();
    await expect.poll(copied).toContain('az ad app create');
    await page.getByTestId('client-id').fill('nonsense');
    await page.getByTestId('first-run-own').click();
    expect(scene.calls).toEqual([]);
    await page.getByTestId('client-id').fill(OWN);
    await page.getByTestId('first-run-own').click();
    await expect.poll(kinds).toEqual(['saveSettings']);
    await emit(nobody({ now: at(1), settings: { ...settings, clientId: OWN }, wayIn: wayIn('organizations', OWN) }));
    await page.getByText('Your own registration').waitFor();
    await page.getByText(OWN, { exact: true }).waitFor();
    expect(await focused()).toBe('sign-in');
  });

  test('an organisation’s is said, and leaves one button and no fields', async () => {
    const page = await play(preset);
    await page.getByText('Your organisation has set up the sign-in.').waitFor();
    expect(await page.getByTestId('first-run-signin').textContent()).toBe('Sign in to contoso.example');
    expect(await page.getByTestId('organisation').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByText('Your organisation’s registration').waitFor();
    await page.getByText(OWN, { exact: true }).waitFor();
  });
});

test('a sign-in that was refused says so where the way on is', async () => {
  const refused = problem({ code: 'AADSTS65001', message: 'Nobody has consented.', remedy: { kind: 'signIn' } });
  const page = await play(nobody());
  await page.keyboard.press('Enter');
  await expect.poll(focused).toBe('sign-in');
  await emit(nobody({ now: at(1), session: { kind: 'signedOut', reason: refused } }));
  await page.getByText('Nobody has consented.').waitFor();
  expect(await focused()).toBe('sign-in');
});
