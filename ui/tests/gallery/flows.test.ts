// Everything that a person can ask for in this window, without a pointer: one way by keys alone for each command there is.

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import type { Command } from '../../src/generated/Command';
import type { View } from '../../src/generated/View';
import { FIRST_RUN } from './first-run-views';
import { ACCOUNTS, AZURE, BUNDLES, detail, ENTERED, GROUP, MIXED, MORE, SCOPES } from './more-views';
import { playing } from './playing';
import type { Scene, Stage } from './stage';
import { BANNER } from './update-views';
import { active, at, eligible, id, problem, running, SCENES, usual, view } from './views';

let stage: Stage;
let scene: Scene;

playing(
  (opened) => (stage = opened),
  () => scene,
);

/** More presses of Tab than any page has stops. */
const MOST = 120;

/** Somebody who has a keyboard and nothing else. */
class Keys {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Presses Tab until what matches has the focus. */
  async tabTo(what: string): Promise<void> {
    const selector = what.includes('[') ? what : `[data-testid="${what}"]`;
    await this.#page.locator(selector).first().waitFor();
    const there = () => this.#page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    for (let step = 0; step < MOST; step += 1) {
      if (await there()) return;
      await this.press('Tab');
    }
    throw new Error(`Tab does not lead to ${what}`);
  }

  /** The same, and presses it. */
  async enter(...what: string[]): Promise<void> {
    for (const each of what) {
      await this.tabTo(each);
      await this.press('Enter');
    }
  }

  /** A line of the menu. */
  async menu(line: string): Promise<void> {
    await this.enter('menu');
    const there = () => this.#page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    for (let step = 0; step < MOST && (await there()) !== line; step += 1) await this.press('ArrowDown');
    expect(await there()).toBe(line);
    await this.press('Enter');
  }

  /** A file, in the system's own dialog. */
  async file(text: string): Promise<void> {
    const dialog = this.#page.waitForEvent('filechooser', { timeout: 10_000 });
    await this.press('Space');
    await (await dialog).setFiles({ name: 'b.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  }
}

interface Flow {
  from: View;
  by: (keys: Keys) => Promise<void>;
  /** What is asked for in the end, as far as it matters here. */
  asks: Record<string, unknown>;
}

const listed = (change: Partial<View> = {}) => view({ status: 'idle', eligible: MIXED, ...change });
const bundled = listed({ bundles: BUNDLES });
const exchange = id('Exchange Administrator');
const started = view({ active: [running('Exchange Administrator', 79, 161, { reason: 'Migration' })] });
const late = view({
  active: [
    running('Exchange Administrator', 2, 200, {
      effect: 'notYet',
      hints: [{ title: 'Portal', text: 'https://portal.azure.com', link: true }],
    }),
  ],
});
const scoped = listed({ detail: detail(AZURE.id, { scopes: SCOPES }) });
const folded = listed({ detail: detail(AZURE.id, { scopes: [{ ...SCOPES[0]!, unfolded: false }] }) });

/** What is asked for from outside the window, or in the Manage window, has no way here. */
type Here = Exclude<Command['kind'], 'for' | 'openForm' | 'openBundle' | 'watch'>;

const FLOWS: Record<Here, Flow> = {
  signIn: { from: FIRST_RUN['first-run']!.view, by: (keys) => keys.enter('first-run-signin', 'sign-in'), asks: {} },
  signInDemo: { from: FIRST_RUN['first-run']!.view, by: (keys) => keys.enter('first-run-demo'), asks: {} },
  signInDeviceCode: {
    from: FIRST_RUN['first-run']!.view,
    by: (keys) => keys.enter('first-run-signin', 'sign-in-device-code'),
    asks: {},
  },
  cancelSignIn: { from: SCENES['signing-in']!.view, by: (keys) => keys.enter('cancel-sign-in'), asks: {} },
  signOut: { from: usual, by: (keys) => keys.menu('sign-out'), asks: {} },
  selectAccount: {
    from: listed({ accounts: ACCOUNTS }),
    by: (keys) => keys.enter('accounts', 'show-adm'),
    asks: { account: 'adm' },
  },
  findTenants: { from: usual, by: (keys) => keys.enter('accounts', 'add-account', 'find-tenants'), asks: {} },
  signInTenant: {
    from: MORE['add-account-tenants']!.view,
    by: (keys) => keys.enter('accounts', 'add-account', 'tenant-t2'),
    asks: { tenant: 't2' },
  },
  refresh: { from: usual, by: (keys) => keys.press('Control+R'), asks: {} },
  refreshSource: {
    from: MORE['sources-trouble']!.view,
    by: (keys) => keys.enter('source-trouble', 'retry-directoryRole'),
    asks: { source: 'directoryRole' },
  },
  allowSource: {
    from: MORE['sources-trouble']!.view,
    by: (keys) => keys.enter('source-trouble', 'allow-group'),
    asks: { source: 'group' },
  },
  enterRole: {
    from: MORE['sources-trouble']!.view,
    by: async (keys) => {
      await keys.enter('source-trouble', 'enter-group');
      await keys.type('Tier 0 operators');
      await keys.press('Enter');
    },
    asks: { source: 'group', role: 'Tier 0 operators' },
  },
  forgetRole: {
    from: MORE['form-entered']!.view,
    by: async (keys) => {
      await keys.press('ArrowDown', 'Enter');
      await keys.enter('forget-role');
    },
    asks: { id: ENTERED.id },
  },
  activate: {
    from: listed(),
    by: async (keys) => {
      await keys.type('teams adm');
      await keys.press('Enter');
      await keys.tabTo('reason');
      await keys.type('New channel');
      await keys.press('Control+Enter');
    },
    asks: { id: id('Teams Administrator'), reason: 'New channel' },
  },
  activateSeveral: {
    from: view({ status: 'idle' }),
    by: async (keys) => {
      await keys.press('ArrowDown', 'Space', 'ArrowDown', 'Space');
      await keys.enter('activate-all');
      await keys.tabTo('reason');
      await keys.press('Control+A');
      await keys.type('Incident');
      await keys.press('Control+Enter');
    },
    asks: { ids: [id('Global Reader'), id('Intune Administrator')], reason: 'Incident' },
  },
  undo: { from: SCENES.undo!.view, by: (keys) => keys.enter('undo'), asks: { id: id('Global Reader') } },
  deactivate: { from: started, by: (keys) => keys.enter(`deactivate-${exchange}`), asks: { id: exchange } },
  cancelRequest: {
    from: usual,
    by: (keys) => keys.enter(`cancel-${id('User Administrator')}`),
    asks: { id: id('User Administrator') },
  },
  armRenewal: {
    from: started,
    by: async (keys) => {
      await keys.enter(`renew-${exchange}`);
      await keys.press('Control+Enter');
    },
    asks: { id: exchange, armed: true },
  },
  restartNow: {
    from: started,
    by: async (keys) => {
      await keys.enter(`renew-${exchange}`);
      await keys.press('ArrowDown', 'Control+Enter');
    },
    asks: { id: exchange, reason: 'Migration' },
  },
  setFavourite: {
    from: view({ status: 'idle' }),
    by: (keys) => keys.press('ArrowDown', 'ArrowLeft', 'ArrowLeft', 'Enter'),
    asks: { id: id('Global Reader'), favourite: false },
  },
  requestExtension: {
    from: listed(),
    by: async (keys) => {
      await keys.type('groups adm');
      await keys.press('Enter');
      await keys.enter('extend');
      await keys.tabTo('reason');
      await keys.type('The project goes on');
      await keys.press('Control+Enter');
    },
    asks: { id: id('Groups Administrator'), reason: 'The project goes on' },
  },
  runBundle: { from: bundled, by: (keys) => keys.enter('bundle-On call'), asks: { name: 'On call' } },
  saveBundle: {
    from: bundled,
    by: async (keys) => {
      await keys.menu('menu-bundles');
      await keys.enter('new-bundle');
      await keys.type('Nights');
      await keys.tabTo('bundle-add');
      await keys.press('ArrowDown', 'Control+Enter');
    },
    asks: { name: 'Nights', roles: [{ id: AZURE.id, minutes: 120 }] },
  },
  deleteBundle: {
    from: bundled,
    by: (keys) => keys.enter('all-bundles', 'open-bundle-On call', 'delete-bundle', 'delete-confirm'),
    asks: { name: 'On call' },
  },
  exportBundles: { from: bundled, by: (keys) => keys.enter('all-bundles', 'export'), asks: {} },
  importBundles: {
    from: bundled,
    by: async (keys) => {
      await keys.enter('all-bundles');
      await keys.tabTo('import');
      await keys.file('{"pimentoBundles":1,"bundles":[]}');
    },
    asks: { text: '{"pimentoBundles":1,"bundles":[]}' },
  },
  showDetail: { from: listed(), by: (keys) => filtered(keys, GROUP.name), asks: { id: GROUP.id } },
  closeDetail: {
    from: listed(),
    by: async (keys) => {
      await filtered(keys, GROUP.name);
      await keys.press('Escape');
    },
    asks: {},
  },
  unfoldScope: {
    from: folded,
    by: async (keys) => {
      await filtered(keys, AZURE.name);
      await keys.enter('scope');
    },
    asks: { id: AZURE.id, scope: SCOPES[0]!.id },
  },
  pickScope: {
    from: scoped,
    by: async (keys) => {
      await filtered(keys, AZURE.name);
      await keys.enter('scope');
      await keys.tabTo(`scope-${SCOPES[0]!.id}`);
      await keys.press('ArrowDown', 'Enter');
    },
    asks: { id: AZURE.id, scope: SCOPES[1]!.id },
  },
  checkEffect: {
    from: late,
    by: (keys) => keys.enter(`not-working-${exchange}`, 'check-effect'),
    asks: { id: exchange },
  },
  openHint: {
    from: late,
    by: (keys) => keys.enter(`not-working-${exchange}`, 'hint-Portal'),
    asks: { id: exchange, title: 'Portal' },
  },
  showHistory: {
    from: MORE.history!.view,
    by: async (keys) => {
      await keys.menu('menu-history');
      await keys.tabTo('history-search');
      await keys.type('exch');
    },
    asks: { text: 'exch' },
  },
  closeHistory: {
    from: MORE.history!.view,
    by: async (keys) => {
      await keys.menu('menu-history');
      await keys.press('Escape');
    },
    asks: {},
  },
  dismissProblem: {
    from: view({ active: [active('User Administrator', { kind: 'failed', problem: problem() })] }),
    by: (keys) => keys.enter(`dismiss-${id('User Administrator')}`),
    asks: { id: id('User Administrator') },
  },
  dismissNotice: {
    from: SCENES.notices!.view,
    by: (keys) => keys.enter('[data-testid="notice-keyring"] .icon-button'),
    asks: { id: 'keyring' },
  },
  saveSettings: {
    from: usual,
    by: async (keys) => {
      await keys.press('Control+,');
      await keys.enter('settings-start');
      await keys.tabTo('autostart');
      await keys.press('Space', 'Control+Enter');
    },
    asks: { settings: { ...usual.settings, autostart: true } },
  },
  updates: { from: BANNER, by: (keys) => keys.enter('notice-open', 'updates-step'), asks: { wish: 'download' } },
};

async function filtered(keys: Keys, name: string): Promise<void> {
  await keys.type(name);
  await keys.press('Shift+Enter');
  await keys.tabTo('reason');
}

describe('by keys alone', () => {
  test.each(Object.entries(FLOWS))('%s', async (kind, { from, by, asks }) => {
    scene = await stage.play(from);
    await by(new Keys(scene.page));
    const asked = () => scene.calls.findLast((call) => call.kind === kind);
    await expect.poll(asked).toMatchObject({ kind, ...asks });
  });

  test('a recent role by one key and Enter once the window is there', async () => {
    scene = await stage.play(view({ status: 'idle', eligible: [eligible('Rarely used'), ...view().eligible] }));
    await scene.page.keyboard.type('glo');
    await scene.page.keyboard.press('Enter');
    await expect.poll(() => scene.calls).toMatchObject([{ kind: 'activate', id: id('Global Reader'), undoable: true }]);
  });

  test('the window is left, and found again at its filter', async () => {
    scene = await stage.play(listed({ now: at(0) }));
    const keys = new Keys(scene.page);
    await keys.press('ArrowDown', 'ArrowDown', 'Escape');
    await expect.poll(() => scene.other).toContain('hide');
    const focused = () => scene.page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    const row = await focused();
    expect(row).not.toBe('filter');
    // The focus alone may come and go: only a window that was hidden begins anew.
    await scene.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    expect(await focused()).toBe(row);
    await scene.page.evaluate(() => window.__shown());
    expect(await focused()).toBe('filter');
  });
});
