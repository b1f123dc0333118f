// Views of the working day: its page, and renewals for which it is too late.

import { BUNDLES, renewal } from './more-views';
import { part, REMINDERS, TWO_ACCOUNTS, withSettings } from './settings-views';
import { at, id, running, settings, view, type Scene } from './views';

const reminders = REMINDERS.slice(0, 1);

/** What would end after the time after which nothing renews. */
const late = (renewalArmed: boolean) =>
  view({
    active: [
      running('Exchange Administrator', 79, 161, {
        renewalArmed,
        renewal: renewal({ armed: renewalArmed, notAfter: at(60) }),
      }),
    ],
  });

export const DAY_SCENES: Record<string, Scene> = {
  'settings-day': {
    view: withSettings(
      { day: { endsAt: '18:30', endOnLock: true, reminders: REMINDERS } },
      { accounts: TWO_ACCOUNTS, bundles: BUNDLES },
    ),
    steps: part('day', 'see:reminder-add'),
  },
  'settings-day-none': { view: withSettings({}), steps: part('day', 'see:reminder-add') },
  'settings-day-change': {
    view: withSettings(
      { day: { ...settings.day, reminders } },
      { accounts: TWO_ACCOUNTS.slice(0, 1), bundles: BUNDLES },
    ),
    steps: part('day', 'reminder-0'),
  },
  'settings-day-wrong': {
    view: withSettings(
      { day: { ...settings.day, reminders } },
      { accounts: TWO_ACCOUNTS.slice(0, 1), bundles: BUNDLES },
    ),
    steps: part('day', 'day-ends', 'fill:day-ends-at=six', 'reminder-0', 'fill:reminder-at-0=25:00', 'reminder-add'),
  },
  'renew-not-after': { view: late(false), steps: [`renew-${id('Exchange Administrator')}`] },
  'active-not-after': { view: late(true) },
};
