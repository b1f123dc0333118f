// Views of the settings: each part as it can be set, with what is wrong, and as an organisation has set it.

import type { AccountRow } from '../../src/generated/AccountRow';
import type { Reminder } from '../../src/generated/Reminder';
import type { Settings } from '../../src/generated/Settings';
import { eligible, maya, settings, view, type Scene } from './views';

/** An afternoon with these settings. */
export const withSettings = (change: Partial<Settings>, more: Parameters<typeof view>[0] = {}) =>
  view({ settings: { ...settings, ...change }, ...more });

export const part = (name: string, ...steps: string[]) => [
  'menu',
  'menu-settings',
  `settings-${name}`,
  'see:settings-save',
  ...steps,
];

export const TEMPLATES = [
  'Incident {ticket}: restore of a mailbox',
  'Weekly review, {date}',
  'Change {ticket} as approved by the board, with the steps of the runbook for the Nordic stores',
];

const account = maya.kind === 'signedIn' ? maya.account : undefined;

const row = (change: Partial<AccountRow['account']>, current: boolean): AccountRow => ({
  account: { ...account!, ...change },
  colour: current ? 0 : 2,
  current,
  status: 'idle',
  active: [],
  problem: null,
});

/** One in the keyring, one that is not. */
export const TWO_ACCOUNTS: AccountRow[] = [
  row({}, true),
  row(
    { id: 'guest', username: 'maya_contoso.example#EXT#@fabrikam.example', tenant: 'Fabrikam', remembered: false },
    false,
  ),
];

const remind = (name: string, change: Partial<Reminder> = {}): Reminder => ({
  days: [1, 2, 3, 4, 5],
  at: '09:00',
  account: account!.id,
  role: eligible(name).id,
  bundle: null,
  name,
  ...change,
});

/** Of the usual kind, of a bundle, of somebody else, and of a role that is not there any more. */
export const REMINDERS: Reminder[] = [
  remind('Global Reader'),
  remind('On call', { role: null, bundle: 'On call', days: [1, 3], at: '17:30' }),
  remind('Intune Administrator', { account: 'guest', days: [5] }),
  remind('Attribute Definition Administrator', { role: 'gone', days: [1, 2, 3, 4, 5, 6, 7], at: '13:15' }),
];

const QUIET = { from: '22:00', to: '07:00' };

/** Everything that an organisation can set. */
export const LOCKED = view({
  settings: {
    ...settings,
    warnMinutes: 10,
    notificationDetails: false,
    quiet: QUIET,
    renewal: { arm: true, until: '18:00' },
    day: { endsAt: '18:30', endOnLock: true, reminders: REMINDERS.slice(0, 1) },
    appearance: 'dark',
    language: 'en',
    timeBesideIcon: true,
    autostart: true,
    tenant: 'contoso.example',
    clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
    shortcut: 'Ctrl+Alt+P',
    historyDays: 365,
    reasonLength: 12,
    updates: { look: true, deferDays: 14 },
  },
  updates: { looks: 'daily', looking: false, asOf: null, offer: null, problem: null },
  sharedReasons: TEMPLATES.slice(0, 2),
  locked: [
    ...['warnMinutes', 'notificationDetails', 'quiet', 'renewal.arm', 'renewal.until', 'appearance', 'language'],
    ...['timeBesideIcon', 'day.endsAt', 'day.endOnLock', 'day.reminders'],
    ...['autostart', 'hideOnBlur', 'cloud', 'tenant', 'clientId', 'shortcut', 'historyDays', 'reasonLength'],
    ...['updates.look', 'updates.deferDays'],
  ],
});

const locked = (name: string): Scene => ({ view: LOCKED, steps: part(name) });

export const SETTINGS_SCENES: Record<string, Scene> = {
  'settings-overview': {
    view: withSettings(
      {
        quiet: QUIET,
        renewal: { arm: true, until: '18:00' },
        day: { endsAt: '18:30', endOnLock: true, reminders: REMINDERS },
        reasonTemplates: TEMPLATES,
        appearance: 'dark',
        language: 'en',
        autostart: true,
        shortcut: 'Ctrl+Alt+P',
        tenant: 'contoso.onmicrosoft.com',
        historyDays: 90,
      },
      { accounts: TWO_ACCOUNTS },
    ),
    steps: ['menu', 'menu-settings'],
  },
  'settings-notifications': { view: withSettings({ quiet: QUIET }), steps: part('notifications') },
  'settings-notifications-wrong': {
    view: withSettings({}),
    steps: part('notifications', 'fill:warn-minutes=0', 'quiet', 'fill:quiet-to=7 am'),
  },
  'settings-quiet-same': {
    view: withSettings({ quiet: QUIET }),
    steps: part('notifications', 'fill:quiet-to=22:00'),
  },
  'settings-renewal': { view: withSettings({ renewal: { arm: true, until: '18:00' } }), steps: part('renewal') },
  'settings-renewal-wrong': { view: withSettings({}), steps: part('renewal', 'renewal-until', 'fill:renewal-time=25') },
  'settings-reasons': { view: withSettings({ reasonTemplates: TEMPLATES }), steps: part('reasons') },
  'settings-reasons-none': { view: withSettings({}), steps: part('reasons') },
  'settings-reasons-wrong': {
    view: withSettings({ reasonTemplates: [TEMPLATES[1]!, TEMPLATES[1]!] }),
    steps: part('reasons', 'template-add', 'fill:reason-length=500'),
  },
  'settings-look': { view: withSettings({}), steps: part('look') },
  'settings-start': { view: withSettings({ autostart: true }), steps: part('start') },
  'settings-sign-in': {
    view: withSettings({ tenant: 'contoso.example' }),
    steps: part('signIn', 'fill:client-id=14d82eec'),
  },
  'settings-storage': { view: withSettings({}), steps: part('storage') },
  'settings-storage-memory': {
    view: withSettings({ historyDays: 0 }, { accounts: TWO_ACCOUNTS }),
    steps: part('storage'),
  },
  diagnostics: {
    view: withSettings({}),
    steps: ['menu', 'menu-settings', 'settings-diagnostics', 'see:diagnostics-report'],
  },
  'diagnostics-names': {
    view: withSettings({}),
    steps: ['menu', 'menu-settings', 'settings-diagnostics', 'diagnostics-names', 'see:diagnostics-report'],
  },
  licences: {
    view: withSettings({}),
    steps: ['menu', 'menu-about', 'licences', 'fill:licences-find=unicode-segmentation', 'css:summary >> nth=0'],
  },
  'settings-locked-notifications': locked('notifications'),
  'settings-locked-renewal': locked('renewal'),
  'settings-locked-day': { view: LOCKED, steps: part('day', 'see:day-ends-at') },
  'settings-locked-reasons': locked('reasons'),
  'settings-locked-look': locked('look'),
  'settings-locked-start': locked('start'),
  'settings-locked-keys': locked('keys'),
  'settings-locked-sign-in': locked('signIn'),
  'settings-locked-storage': locked('storage'),
};
