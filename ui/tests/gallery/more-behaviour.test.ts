// What is one step away from the list, as it is used: bundles, accounts, history, sources, scopes, renewals, extensions.

import { describe, expect, test } from 'vitest';

import type { View } from '../../src/generated/View';
import { ACCOUNTS, AZURE, BUNDLES, ENTERED, GROUP, MIXED, MORE, SCOPES } from './more-views';
import { playing } from './playing';
import { focusedIn } from './settled';
import type { Options, Scene, Stage } from './stage';
import { asks, at, id, maya, running, view } from './views';

let stage: Stage;
let scene: Scene;

playing(
  (opened) => (stage = opened),
  () => scene,
);

const play = async (shown: View, options: Options = {}) => (scene = await stage.play(shown, options)).page;
const focused = () => focusedIn(scene.page);
const emit = (shown: View) => scene.page.evaluate((next) => window.__emit(next), shown);
const asked = () => expect.poll(() => scene.calls);
const listed = (change: Partial<View> = {}) => view({ status: 'idle', eligible: MIXED, ...change });
const account = (maya as Extract<typeof maya, { kind: 'signedIn' }>).account;

describe('bundles', () => {
  const shown = listed({ bundles: BUNDLES });
  /** What is asked for beside what its group gives. */
  const sent = () => scene.calls.filter(({ kind }) => kind !== 'showDetail' && kind !== 'closeDetail');

  test('one click runs what needs nothing typed, Shift-click opens its form', async () => {
    const page = await play(shown);
    await page.getByTestId('bundle-On call').click();
    await asked().toEqual([{ kind: 'runBundle', name: 'On call', reason: null, ticket: null }]);
    await page.getByTestId('bundle-On call').click({ modifiers: ['Shift'] });
    expect(await page.getByTestId('reason').inputValue()).toBe('On call, 2026-11-24');
    await page.getByTestId('reason').fill('Outage');
    await page.keyboard.press('Control+Enter');
    await expect.poll(sent).toHaveLength(2);
    expect(sent()[1]).toEqual({ kind: 'runBundle', name: 'On call', reason: 'Outage', ticket: null });
    expect(await focused()).toBe('filter');
  });

  test('where something must be typed the form says so, names what is left out, and sends nothing before', async () => {
    const page = await play(shown);
    await page.getByTestId('bundle-Patch Friday').click();
    expect(await page.getByTestId('form').textContent()).toContain('not eligible, left out');
    await page.getByTestId('form-submit').click();
    expect(scene.calls).toEqual([]);
    await page.getByTestId('reason').fill('Patches');
    await page.getByTestId('ticket-number').fill('CHG-7');
    await page.getByTestId('form-submit').click();
    await asked().toEqual([
      { kind: 'runBundle', name: 'Patch Friday', reason: 'Patches', ticket: { number: 'CHG-7', system: '' } },
    ]);
  });

  test('the filter finds them by name', async () => {
    const page = await play(shown);
    await page.keyboard.type('patch');
    expect(await page.getByTestId('bundles').getByRole('button').count()).toBe(2);
    expect(await page.getByTestId('bundle-On call').count()).toBe(0);
  });

  test('a selection is kept as one', async () => {
    const page = await play(listed());
    await page.getByTestId(`activate-${AZURE.id}`).click({ modifiers: ['Control'] });
    await page.getByTestId(`activate-${GROUP.id}`).click({ modifiers: ['Control'] });
    await page.getByTestId('save-bundle').click();
    expect(await focused()).toBe('bundle-name');
    await page.getByTestId('form-submit').click();
    expect(scene.calls).toEqual([]);
    await page.getByTestId('bundle-name').fill('Release');
    await page.getByTestId('reason').fill('Release of {date}');
    await page.getByTestId(`minutes-${GROUP.id}`).selectOption('60');
    await page.getByTestId('bundle-add').selectOption({ label: 'Teams Administrator' });
    await page.getByTestId(`remove-${AZURE.id}`).click();
    await page.keyboard.press('Control+Enter');
    await asked().toEqual([
      {
        kind: 'saveBundle',
        name: 'Release',
        reason: 'Release of {date}',
        roles: [
          { id: GROUP.id, minutes: 60 },
          { id: id('Teams Administrator'), minutes: 480 },
        ],
      },
    ]);
  });

  test('one is changed under its template, renamed, and deleted after a question', async () => {
    const page = await play(shown);
    await page.getByTestId('all-bundles').click();
    await page.getByTestId('open-bundle-On call').click();
    await page.getByTestId('edit-bundle').click();
    expect(await page.getByTestId('reason').inputValue()).toBe('On call, {date}');
    await page.getByTestId('bundle-name').fill('Duty');
    await page.getByTestId('form-submit').click();
    await expect.poll(sent).toHaveLength(2);
    expect(sent()[0]).toMatchObject({ kind: 'saveBundle', name: 'Duty', reason: 'On call, {date}' });
    expect(sent()[1]).toEqual({ kind: 'deleteBundle', name: 'On call' });
    await page.getByTestId('open-bundle-Patch Friday').click();
    await page.getByTestId('delete-bundle').click();
    await page.getByTestId('keep').click();
    await page.getByTestId('delete-bundle').click();
    await page.getByTestId('delete-confirm').click();
    await expect.poll(sent).toHaveLength(3);
    expect(sent()[2]).toEqual({ kind: 'deleteBundle', name: 'Patch Friday' });
  });

  test('those of the organisation are not changed here', async () => {
    const page = await play(shown);
    await page.getByTestId('all-bundles').click();
    await page.getByTestId('open-bundle-Service desk').click();
    expect(await page.getByTestId('edit-bundle').count()).toBe(0);
    expect(await page.getByTestId('delete-bundle').count()).toBe(0);
  });

  test('they are brought in from a file, and taken out', async () => {
    const page = await play(shown);
    await page.getByTestId('all-bundles').click();
    const text = '{"pimentoBundles":1,"bundles":[]}';
    await page
      .getByTestId('import-file')
      .setInputFiles({ name: 'b.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await asked().toEqual([{ kind: 'importBundles', text }]);
    await page
      .getByTestId('import-file')
      .setInputFiles({ name: 'b.json', mimeType: 'application/json', buffer: Buffer.alloc((1 << 20) + 1, 32) });
    await page.getByRole('alert').waitFor();
    await page.getByTestId('export').click();
    await asked().toHaveLength(2);
    expect(scene.calls[1]).toEqual({ kind: 'exportBundles', names: [] });
  });

  test('a form asked for from outside opens once', async () => {
    const page = await play(shown);
    await emit({ ...shown, now: at(1), openForm: { id: 'Patch Friday', bundle: true, serial: 3 } });
    await page.getByTestId('form').waitFor();
    expect(await page.locator('h1').textContent()).toBe('Patch Friday');
    await page.keyboard.press('Escape');
    await emit({ ...shown, now: at(2), openForm: { id: 'Patch Friday', bundle: true, serial: 3 } });
    expect(await page.getByTestId('form').count()).toBe(0);
    expect(scene.calls).toEqual([]);
  });
});

test('an activation is scheduled, never for a time that has passed', async () => {
  const page = await play(listed());
  await page.getByTestId(`activate-${id('Intune Administrator')}`).click();
  await page.getByTestId('start-later').check();
  await page.getByTestId('start-time').fill('14:00');
  await page.getByTestId('form-submit').click();
  expect(scene.calls).toEqual([]);
  expect(await focused()).toBe('start-time');
  await page.getByTestId('start-day').selectOption('1');
  expect(await page.getByTestId('form-submit').textContent()).toBe('Schedule');
  await page.getByTestId('form-submit').click();
  await asked().toHaveLength(1);
  expect(scene.calls[0]).toMatchObject({ kind: 'activate', start: '2026-11-25T14:00:00.000Z', undoable: false });
});

describe('a role’s form', () => {
  const detail = { id: AZURE.id, loading: false, problem: null, grants: null, scopes: SCOPES.slice(0, 1) };
  const root = { ...SCOPES[0]!, unfolded: false };

  test('asks for more about the role, unfolds scopes by key, and sends the narrower one', async () => {
    const page = await play(listed({ detail: { ...detail, scopes: [root] } }));
    await page.getByTestId(`activate-${AZURE.id}`).click();
    await page.getByTestId('reason').fill('Deploy');
    await page.getByTestId('scope').click();
    await asked().toEqual([
      { kind: 'showDetail', id: AZURE.id },
      { kind: 'unfoldScope', id: AZURE.id, scope: root.id },
    ]);
    await emit(listed({ now: at(1), detail: { ...detail, scopes: SCOPES } }));
    await page.getByTestId(`scope-${root.id}`).focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe(`scope-${SCOPES[1]!.id}`);
    await page.keyboard.press('ArrowRight');
    await asked().toHaveLength(3);
    expect(scene.calls[2]).toEqual({ kind: 'unfoldScope', id: AZURE.id, scope: SCOPES[1]!.id });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('treeitem').count()).toBe(4);
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('scope-value').textContent()).toContain('rg-web');
    await asked().toHaveLength(4);
    expect(scene.calls[3]).toEqual({ kind: 'pickScope', id: AZURE.id, scope: SCOPES[2]!.id });
    await page.keyboard.press('Control+Enter');
    await asked().toHaveLength(6);
    expect(scene.calls[4]).toMatchObject({ kind: 'activate', id: AZURE.id, scope: SCOPES[2]!.id });
    expect(scene.calls[5]).toEqual({ kind: 'closeDetail' });
  });

  test('shows what a narrower scope asks for as soon as that is known, and holds what is entered against it', async () => {
    const page = await play(listed({ detail: { ...detail, scopes: SCOPES } }));
    await page.getByTestId(`activate-${AZURE.id}`).click();
    await page.getByTestId('reason').fill('Deploy');
    await page.getByTestId('scope').click();
    await page.getByTestId(`scope-${SCOPES[2]!.id}`).click();
    expect(await page.getByTestId('asks-pending').textContent()).toContain('whole one');
    const requirements = asks({ ticket: true, approval: true, approvers: ['Noor Haddad'], maxMinutes: 30 });
    const picked = { scope: SCOPES[2]!.id, loading: false, requirements };
    await emit(listed({ now: at(1), detail: { ...detail, scopes: SCOPES, picked } }));
    await expect.poll(() => page.getByTestId('asks-pending').count()).toBe(0);
    expect(await page.getByTestId('next').textContent()).toContain('Noor Haddad');
    expect(await page.getByTestId('form-submit').textContent()).toBe('Request');
    const before = scene.calls.length;
    await page.getByTestId('form-submit').click();
    expect(scene.calls).toHaveLength(before);
    await page.getByTestId('ticket-number').fill('INC-1');
    await page.getByTestId('form-submit').click();
    await asked().toHaveLength(before + 2);
    const ticket = { number: 'INC-1', system: '' };
    expect(scene.calls[before]).toMatchObject({ kind: 'activate', scope: SCOPES[2]!.id, minutes: 30, ticket });
  });

  test('still says which narrower scope was chosen when it opens again, with a tree that is not unfolded so far', async () => {
    const page = await play(listed({ detail: { ...detail, scopes: SCOPES } }));
    await page.getByTestId(`activate-${AZURE.id}`).click();
    await page.getByTestId('scope').click();
    await page.getByTestId(`scope-${SCOPES[2]!.id}`).click();
    await page.keyboard.press('Escape');
    await emit(listed({ now: at(1), detail: { ...detail, scopes: [root] } }));
    await page.getByTestId(`activate-${AZURE.id}`).click();
    const value = page.getByTestId('scope-value');
    expect(await value.textContent()).toContain(SCOPES[2]!.name);
    expect(await value.textContent()).toContain(SCOPES[2]!.what);
    await page.getByTestId('scope').click();
    // The tree can be entered by key all the same, and the whole scope chosen again.
    await page.getByTestId(`scope-${root.id}`).focus();
    expect(await page.locator('[role=treeitem][tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Enter');
    expect(await value.textContent()).toContain(root.name);
  });

  test('tells what a group gives', async () => {
    const page = await play(MORE['form-group']!.view);
    await page.getByTestId(`activate-${GROUP.id}`).click();
    expect(await page.getByTestId('grants').textContent()).toContain('Exchange Administrator');
    await page.getByText('and 1 more').click();
    expect(await page.getByTestId('grants').textContent()).toContain('Contoso Root');
    await page.keyboard.press('Escape');
    await asked().toEqual([{ kind: 'showDetail', id: GROUP.id }, { kind: 'closeDetail' }]);
  });

  test('of what ends soon leads to asking for longer', async () => {
    const page = await play(listed());
    const role = id('Groups Administrator');
    await page.getByTestId(`activate-${role}`).click();
    await page.getByTestId('extend').click();
    await page.getByTestId('form-submit').click();
    expect(scene.calls).toEqual([]);
    await page.getByTestId('reason').fill('Project goes on');
    await page.getByTestId('form-submit').click();
    await asked().toEqual([{ kind: 'requestExtension', id: role, eligibility: true, reason: 'Project goes on' }]);
    expect(await page.getByTestId('extension').count()).toBe(1);
  });

  test('of what waits for a sign-in can be given up', async () => {
    const page = await play(MORE['extension-signing-in']!.view);
    await page.getByTestId(`activate-${id('Groups Administrator')}`).click();
    expect(await page.getByTestId('extension').textContent()).toContain('browser');
    await page.getByTestId('extend-cancel').click();
    await asked().toEqual([{ kind: 'cancelSignIn' }]);
  });

  test('of a role that was entered by name takes it off the list', async () => {
    const page = await play(MORE['form-entered']!.view);
    await page.getByTestId(`activate-${ENTERED.id}`).click();
    await page.getByTestId('forget-role').click();
    await asked().toEqual([{ kind: 'forgetRole', id: ENTERED.id }]);
    expect(await page.getByTestId('forget-role').count()).toBe(0);
  });
});

test('an eligibility that has ended is renewed, never activated or selected', async () => {
  const page = await play(MORE['eligibility-ended']!.view);
  const role = id('Groups Administrator');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe(`activate-${role}`);
  await page.keyboard.press('Space');
  expect(await page.getByTestId('selection').count()).toBe(0);
  await page.keyboard.press('Enter');
  await page.getByTestId('reason').fill('Still on the project');
  await page.keyboard.press('Control+Enter');
  await asked().toEqual([{ kind: 'requestExtension', id: role, eligibility: true, reason: 'Still on the project' }]);
});

describe('accounts', () => {
  const shown = listed({ accounts: ACCOUNTS });

  test('what is clicked is addressed to whoever is shown', async () => {
    const page = await play(shown);
    await page.getByTestId(`activate-${id('Global Reader')}`).click();
    await asked().toHaveLength(1);
    expect([...scene.accounts]).toEqual([account.id]);
  });

  test('another one is shown, by its line in the list or in the accounts', async () => {
    const page = await play(shown);
    await page.getByTestId('elsewhere-g.fab').click();
    await page.getByTestId('accounts').click();
    await page.getByTestId('show-adm').click();
    await asked().toEqual([
      { kind: 'selectAccount', account: 'g.fab' },
      { kind: 'selectAccount', account: 'adm' },
    ]);
  });

  test('nothing begun under one is carried over to another', async () => {
    const page = await play(shown);
    await page.getByTestId(`activate-${id('User Administrator')}`).click({ modifiers: ['Control'] });
    await page.getByTestId(`activate-${id('Intune Administrator')}`).click();
    await page.getByTestId('reason').fill('For Contoso');
    await emit({
      ...shown,
      now: at(1),
      session: { kind: 'signedIn', account: { ...account, id: 'g.fab', tenant: 'Fabrikam' } },
    });
    expect(await page.getByTestId('form').count()).toBe(0);
    expect(await page.getByTestId('selection').count()).toBe(0);
    await page.getByTestId(`activate-${id('Intune Administrator')}`).click();
    expect(await page.getByTestId('reason').inputValue()).toBe('Autopilot profiles');
  });

  test('one is signed out, whichever is shown', async () => {
    const page = await play(shown);
    await page.getByTestId('accounts').click();
    await page.getByTestId('sign-out-g.fab').click();
    await asked().toEqual([{ kind: 'signOut' }]);
    expect([...scene.accounts]).toEqual(['g.fab']);
  });

  test('a tenant is found and signed in to; another account in another cloud', async () => {
    const page = await play(shown);
    await page.getByTestId('accounts').click();
    await page.getByTestId('add-account').click();
    await page.getByTestId('find-tenants').click();
    await emit({ ...MORE['add-account-tenants']!.view, now: at(1) });
    await page.getByTestId('tenant-t2').click();
    await page.getByTestId('add-cloud').selectOption('usgov');
    await page.getByTestId('add-tenant').fill('gov.example');
    // A client id is that cloud's; one that is none is not sent.
    await page.getByTestId('add-client-id').fill('ours');
    await page.getByTestId('add-other').click({ force: true });
    await page.getByTestId('add-device-code').click();
    const clientId = '7b5e3c1a-92d4-4f68-8a0b-1c6d5e4f3a29';
    await page.getByTestId('add-client-id').fill(clientId);
    await page.getByTestId('add-other').click();
    await asked().toEqual([
      { kind: 'findTenants' },
      { kind: 'signInTenant', tenant: 't2', cloud: 'loopback', deviceCode: false },
      { kind: 'signInTenant', tenant: 'gov.example', cloud: 'usgov', deviceCode: true, clientId },
    ]);
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('add-account');
  });
});

describe('an active role', () => {
  const exchange = id('Exchange Administrator');
  const hints = [
    { title: 'Azure CLI', text: 'az logout', link: false },
    { title: 'Portal', text: 'https://portal.azure.com', link: true },
  ];

  test('that does not work yet: look again, copy a command, open a link', async () => {
    const page = await play(view({ active: [running('Exchange Administrator', 2, 200, { effect: 'notYet', hints })] }));
    await page.getByTestId(`not-working-${exchange}`).click();
    await page.getByTestId('check-effect').click();
    await page.getByTestId('hint-Portal').click();
    await page.getByTestId('hint-Azure CLI').click();
    await expect.poll(() => page.getByTestId('announcement').textContent()).toBe('Copied');
    await asked().toEqual([
      { kind: 'checkEffect', id: exchange },
      { kind: 'openHint', id: exchange, title: 'Portal' },
    ]);
    await page.keyboard.press('Escape');
    expect(await focused()).toBe(`not-working-${exchange}`);
  });

  test('that somebody approves is asked for early, from its end on', async () => {
    const page = await play(
      view({
        active: [
          running('Exchange Administrator', 79, 161, {
            requirements: asks({ approval: true }),
            renewal: { ...MORE['renew-early']!.view.active[0]!.renewal! },
          }),
        ],
      }),
    );
    await page.getByTestId(`renew-${exchange}`).click();
    expect(await focused()).toBe('way-early');
    await page.getByTestId('form-submit').click();
    await asked().toHaveLength(1);
    expect(scene.calls[0]).toMatchObject({ kind: 'activate', id: exchange, start: at(161), minutes: 240 });
  });
});

test('what somebody has to approve again is ended only by whoever says so twice', async () => {
  const page = await play(MORE['renew-approval-only']!.view);
  const exchange = id('Exchange Administrator');
  await page.getByTestId(`renew-${exchange}`).click();
  // Nothing is chosen for them, and nothing happens by itself.
  expect(await focused()).toBe('way-restart');
  expect(await page.locator('input[name=way]:checked').count()).toBe(0);
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('way-restart').click();
  await page.keyboard.press('Control+Enter');
  expect(scene.calls).toEqual([]);
  await page.getByTestId('confirm-restart').click();
  await page.keyboard.press('Control+Enter');
  await asked().toHaveLength(1);
  expect(scene.calls[0]).toMatchObject({ kind: 'restartNow', id: exchange, confirmed: true });
});

test('a pause that a service wants is told, with the time at which it is asked again', async () => {
  const page = await play(MORE['sources-paused']!.view);
  expect(await page.getByTestId('freshness').textContent()).toMatch(/^Read again at \d\d:\d\d/);
});

test('what was asked for early is taken back', async () => {
  const page = await play(MORE['renew-pending']!.view);
  const exchange = id('Exchange Administrator');
  await page.getByTestId(`renew-${exchange}`).click();
  expect(await focused()).toBe('renew-stop');
  await page.getByTestId('renew-stop').click();
  await asked().toEqual([{ kind: 'cancelRequest', id: exchange }]);
});

test('the history is asked for, searched, and closed', async () => {
  const page = await play(MORE.history!.view);
  await page.getByTestId('menu').click();
  await page.getByTestId('menu-history').click();
  expect(await focused()).toBe('history-search');
  expect(await page.locator('[data-outcome="denied"]').textContent()).toContain('break-glass');
  await page.keyboard.type('exch');
  await asked().toEqual([
    { kind: 'showHistory', text: '' },
    { kind: 'showHistory', text: 'exch' },
  ]);
  await page.keyboard.press('Escape');
  await asked().toHaveLength(3);
  expect(scene.calls[2]).toEqual({ kind: 'closeHistory' });
});

test('the history as a picture: chosen, unfolded and searched again by keyboard', async () => {
  const page = await play(MORE.history!.view);
  await page.getByTestId('menu').click();
  await page.getByTestId('menu-history').click();
  await page.keyboard.type('exch');
  await page.keyboard.press('Shift+Tab');
  expect(await focused()).toBe('history-show-list');
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toBe('history-show-today');
  // Now and the hours are seen; the picture itself says nothing.
  expect(await page.locator('.chart .track:not([aria-hidden="true"])').count()).toBe(0);
  const reader = id('Global Reader');
  const line = page.getByRole('button', { name: /^Global Reader/ });
  expect(await line.textContent()).toContain(
    '07:49 – 08:34, 45\u00A0min, ended early, asked for 8\u00A0h; 09:49 – 10:09, 20\u00A0min, ended early, asked for 4\u00A0h; ' +
      '13:47 – 18:49, 5\u00A0h\u00A002, active now',
  );
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe(`lane-${reader}`);
  await page.keyboard.press('Enter');
  expect(await line.getAttribute('aria-expanded')).toBe('true');
  expect(await page.getByTestId('span-2').textContent()).toContain('Daily checks');
  await page.keyboard.press('Enter');
  expect(await page.getByTestId('span-2').count()).toBe(0);
  await page.getByTestId('history-show-week').check();
  expect(await page.locator('.axis').textContent()).toMatch(/^Mon\n23.*Sun\n29$/s);
  // A line begins where its span does, from one end of the week to the other.
  const [track, bar] = await page
    .getByTestId(`lane-${id('Contributor')}`)
    .evaluate((element) => ['.track', '.bar'].map((part) => element.querySelector(part)!.getBoundingClientRect().left));
  const width = await page
    .locator('.track')
    .first()
    .evaluate((element) => element.getBoundingClientRect().width);
  expect((bar! - track!) / width).toBeCloseTo((14 + 49 / 60) / 168, 2);
  await page.getByTestId('history-show-list').check();
  expect(await page.getByTestId('history-search').inputValue()).toBe('exch');
  await page.keyboard.press('Escape');
  expect(await focused()).toBe('filter');
  expect(scene.calls.at(-1)).toEqual({ kind: 'closeHistory' });
});

test('how roles are used leads to a form for as long as would do, and elevates nothing', async () => {
  const page = await play(view({ history: MORE.history!.view.history, status: 'idle' }));
  await page.getByTestId('menu').click();
  await page.getByTestId('menu-history').click();
  await page.getByTestId('history-show-use').check();
  const reader = id('Global Reader');
  expect(await page.getByTestId(`use-${reader}`).textContent()).toContain('2\u00A0h would do');
  expect(await page.getByTestId(`unused-${id('Reports Reader')}`).textContent()).toContain('last on');
  await page.getByTestId(`use-form-${reader}`).click();
  expect(await page.getByTestId('duration').inputValue()).toBe('120');
  expect(scene.calls.filter(({ kind }) => kind === 'activate')).toEqual([]);
  // Back to where it was looked at.
  await page.keyboard.press('Escape');
  expect(await page.getByTestId('history-show-use').isChecked()).toBe(true);
});

test('a kind in trouble: why, again, a link for who can help, and a role by its name', async () => {
  const page = await play(MORE['sources-trouble']!.view);
  await page.getByTestId('source-trouble').click();
  await page.getByTestId('retry-directoryRole').click();
  // The service said when.
  await page.getByTestId('retry-azureResource').click({ force: true });
  await page.getByTestId('copy-consent-group').click();
  await expect.poll(() => page.getByTestId('announcement').textContent()).toBe('Copied');
  await page.getByTestId('allow-group').click();
  await page.getByTestId('enter-group').click();
  await page.getByTestId('enter-role').fill('Tier 0 operators');
  await page.keyboard.press('Enter');
  await asked().toEqual([
    { kind: 'refreshSource', source: 'directoryRole' },
    { kind: 'allowSource', source: 'group' },
    { kind: 'enterRole', source: 'group', role: 'Tier 0 operators', scope: null },
  ]);
});

test('shortcuts are saved with the settings, and only where they are keys', async () => {
  const shown = listed({ bundles: BUNDLES });
  const page = await play(shown);
  await page.keyboard.press('Control+,');
  await page.getByTestId('settings-keys').click();
  await page.getByTestId('shortcut').fill('Ctrl+Alt+P');
  await page.getByTestId('shortcut-bundle').selectOption('On call');
  await page.getByTestId('settings-save').click({ force: true });
  expect(scene.calls).toEqual([]);
  await page.getByTestId('shortcut-keys').fill('Ctrl+Alt+O');
  await page.getByTestId('settings-save').click();
  await asked().toEqual([
    {
      kind: 'saveSettings',
      settings: {
        ...shown.settings,
        shortcut: 'Ctrl+Alt+P',
        bundleShortcut: { bundle: 'On call', keys: 'Ctrl+Alt+O' },
      },
    },
  ]);
});

describe('a page in place of one that died', () => {
  /** What is left once it says this, and the page in its place. */
  async function again(shown: View, words: string) {
    await expect.poll(() => scene.left.at(-1)).toContain(words);
    const left = scene.left.at(-1) ?? '';
    await scene.close();
    return play(shown, { left });
  }

  test('goes on with the form, and Back leads where it led', async () => {
    const shown = listed();
    let page = await play(shown);
    await page.getByTestId('filter').fill('exch');
    await page.getByTestId(`activate-${id('Exchange Administrator')}`).click({ modifiers: ['Shift'] });
    await page.getByTestId('reason').fill('Half a reas');
    page = await again(shown, 'Half a reas');
    expect(await page.getByTestId('reason').inputValue()).toBe('Half a reas');
    await page.keyboard.press('Escape');
    expect(await page.getByTestId('filter').inputValue()).toBe('exch');
  });

  test.each([
    ['settings', 'menu-settings', 'warn-minutes', '17'],
    ['a new bundle', 'menu-bundles', 'bundle-name', 'Nights'],
  ])('goes on with %s', async (_, entry, field, text) => {
    const shown = listed({ bundles: BUNDLES });
    let page = await play(shown);
    await page.getByTestId('menu').click();
    await page.getByTestId(entry).click();
    await page.getByTestId(entry === 'menu-bundles' ? 'new-bundle' : 'settings-notifications').click();
    await page.getByTestId(field).fill(text);
    page = await again(shown, text);
    expect(await page.getByTestId(field).inputValue()).toBe(text);
  });

  test('carries nothing over to another account, nor from what is not its own writing', async () => {
    const shown = listed();
    let page = await play(shown);
    await page.getByTestId('filter').fill('exch');
    const other = { ...account, id: 'someone-else' };
    page = await again({ ...shown, session: { kind: 'signedIn', account: other } }, 'exch');
    expect(await page.getByTestId('filter').inputValue()).toBe('');
    for (const left of ['', '{}', 'null', '[]', '{"page":7}', '{"page":{"kind":"form"},"drafts":null}']) {
      await scene.close();
      page = await play(shown, { left });
      expect(await page.getByTestId('filter').inputValue()).toBe('');
    }
  });
});
