// Every text that the window shows, in English. Plain, second person; "activate", "eligible", "renew" as in PIM.

import { plural } from './count';
import { forms } from './forms';
import { pages } from './pages';
import { reasons } from './reasons';
import { settings } from './settings';
import { timeline } from './timeline';
import { updates } from './updates';

export const en = {
  ...forms,
  ...pages,
  ...reasons,
  ...settings,
  ...timeline,
  ...updates,

  // Day before month, as the words around it expect.
  locale: 'en-GB',
  direction: 'ltr' as 'ltr' | 'rtl',
  appName: 'Pimento',
  lost: 'Pimento’s background process does not answer. Quit and start Pimento again.',

  time: {
    minutes: (minutes: number) => `${minutes}\u00A0min`,
    hours: (hours: number) => `${hours}\u00A0h`,
    hoursMinutes: (hours: number, minutes: number) => `${hours}\u00A0h\u00A0${String(minutes).padStart(2, '0')}`,
    seconds: (seconds: number) => `${seconds}\u00A0s`,
    ended: 'ended',
    underAMinute: 'under a minute',
    spoken: (hours: number, minutes: number) =>
      [hours > 0 ? plural(hours, 'hour', 'hours') : '', minutes > 0 ? plural(minutes, 'minute', 'minutes') : '']
        .filter(Boolean)
        .join(' '),
    tomorrow: (time: string) => `tomorrow ${time}`,
    yesterday: (time: string) => `yesterday ${time}`,
    onWeekday: (day: string, time: string) => `${day} ${time}`,
    today: 'today',
    tomorrowPlain: 'tomorrow',
    yesterdayPlain: 'yesterday',
    onDate: (date: string, time: string) => `${date}, ${time}`,
  },

  common: {
    back: 'Back',
    cancel: 'Cancel',
    dismiss: 'Dismiss',
    copy: 'Copy',
    copied: 'Copied',
    details: 'Details',
    save: 'Save',
    /** Between the parts of a sentence, and what stands one after the other. */
    comma: ', ',
    /** At the end of a sentence that the window puts together. */
    stop: '.',
  },

  header: {
    menu: 'Menu',
    demo: 'Demo',
    account: (name: string, tenant: string) => `Signed in as ${name}, ${tenant}. Accounts`,
  },

  menu: {
    refresh: 'Refresh',
    accounts: 'Accounts',
    bundles: 'Bundles',
    history: 'History',
    sources: 'Where the roles come from',
    showAzure: 'Show Azure resources…',
    settings: 'Settings',
    shortcuts: 'Keyboard shortcuts',
    about: 'About Pimento',
    signOut: 'Sign out',
    remembered: 'Sign-in kept in the system’s keyring',
    notRemembered: 'Sign-in kept in memory until you quit',
  },

  active: {
    heading: 'Active',
    headingRequested: 'Requested',
    headingBoth: 'Active and requested',
    until: (time: string) => `until ${time}`,
    standing: 'permanent',
    standingUntil: (time: string) => `assigned until ${time}`,
    throughGroup: 'through a group',
    throughGroupUntil: (time: string) => `through a group, until ${time}`,
    leftLabel: (left: string) => `${left} left`,
    renew: (name: string) => `Renew ${name}`,
    renewTitle: 'Renew',
    armedAt: (time: string) => `at ${time}`,
    armedLabel: (name: string, time: string) => `${name} renews at ${time}. Change`,
    armedTitle: (time: string) => `Renews by itself at ${time}`,
    notAfter: (time: string) => `not after ${time}`,
    notAfterLabel: (name: string, time: string) => `${name}, not after ${time}: nothing renews by itself then. Change`,
    deactivate: (name: string) => `Deactivate ${name}`,
    deactivateTitle: 'Deactivate',
    lockedLabel: (name: string, time: string, left: string) => `Deactivate ${name}: possible from ${time}, in ${left}`,
    lockedTitle: (time: string) => `PIM lets a role end five minutes after its start at the earliest: from ${time}`,
    cancelRequest: 'Cancel',
    cancelRequestLabel: (name: string) => `Cancel the request for ${name}`,
    more: (name: string) => `${name}: more`,
    notWorking: 'Not working yet?',
    notWorkingLabel: (name: string) => `${name} is not working yet? What helps`,
    extend: 'Extend…',
    extendLabel: (name: string) => `Extend… ${name}`,
  },

  state: {
    requesting: 'requesting…',
    requestingDetail: 'The request was sent, no answer yet.',
    steppingUp: 'confirm in the browser',
    steppingUpDetail: 'A stronger sign-in is needed. It waits in your browser.',
    checking: 'checking…',
    checkingDetail: 'The answer was lost. Looking it up; nothing is sent twice.',
    waitingForApproval: 'waiting for approval',
    waitingFor: (names: string) => `Waits for ${names}.`,
    waitingForSomebody: 'Waits for an approver.',
    lapses: (time: string) => `Lapses ${time}.`,
    provisioning: 'being set up…',
    provisioningDetail: 'Accepted. The role is being assigned.',
    scheduled: 'scheduled',
    scheduledFor: (time: string) => `Starts ${time}.`,
    scheduledForLong: (time: string, length: string) => `From ${time} for ${length}`,
    scheduledDetail: 'Starts later.',
    deactivating: 'ending…',
    deactivatingDetail: 'The role is being taken back.',
    failed: 'failed',
    denied: 'denied',
    cancelled: 'cancelled',
  },

  names: {
    and: (first: string, last: string) => `${first} or ${last}`,
    both: (all: readonly string[]) =>
      all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`,
    any: (all: readonly string[], others: number) =>
      others > 0
        ? `${all.join(', ')} or ${plural(others, 'other', 'others')}`
        : all.length < 2
          ? (all[0] ?? '')
          : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`,
    andMore: (first: string, count: number) => `${first} or ${plural(count, 'other', 'others')}`,
  },

  filter: {
    label: 'Find a role',
    placeholder: 'Find a role',
    clear: 'Clear the filter',
    found: (count: number) => (count === 0 ? 'No role matches' : plural(count, 'role', 'roles')),
  },

  eligible: {
    label: 'Roles you can activate',
    favourite: (name: string) => `Favourite: ${name}`,
    favouriteTitle: 'Add to favourites',
    unfavouriteTitle: 'Remove from favourites',
    activate: 'Activate',
    activateForm: 'Activate…',
    request: 'Request',
    requestForm: 'Request…',
    renewForm: 'Ask again…',
    renewAsked: 'Asked',
    activeNow: 'Active',
    onItsWay: 'Pending',
    sendsSoon: 'Sending…',
    oneClick: (time: string, reason: string) =>
      reason === '' ? `Activates for ${time}` : `Activates for ${time}, reason “${reason}”`,
    oneClickHint: 'Shift-click for the form',
    opensForm: 'Opens the form',
    opensRenewal: 'The eligibility has ended: ask an administrator to renew it',
    givesLabel: (name: string) => `${name}: what it gives`,
    verbLabel: (verb: string, name: string) => `${verb} ${name}`,
    words: {
      kinds: { group: 'group', azureResource: 'Azure' },
      reason: 'reason',
      mfa: 'MFA',
      stepUp: 'step-up',
      ticket: 'ticket',
      approval: 'approval',
      max: (time: string) => `max ${time}`,
      unknown: 'policy unknown',
      group: 'via group',
      gives: 'what it gives',
      default: (time: string) => `${time} by default`,
      rules: 'has rules that Pimento does not know',
      detailsGive: 'its details say what it gives',
      until: (day: string) => `ends ${day}`,
      ended: (day: string) => `ended ${day}`,
    },
  },

  selection: {
    label: 'Selection',
    count: (count: number) => `${count} selected`,
    clear: 'Clear',
    activate: 'Activate all…',
    bundle: 'Bundle…',
    saveBundle: 'Save as bundle',
    select: (name: string) => `Select ${name}`,
  },

  undo: {
    text: (name: string, time: string) => `Activating ${name} for ${time}`,
    reason: (reason: string) => `“${reason}”`,
    button: 'Undo',
  },

  empty: {
    none: 'No eligible roles',
    allActive: 'Nothing left to activate',
    allActiveDetail: 'All your eligible roles are active or on their way.',
    noneDetail: 'This account has no role that it can activate. Roles are assigned in Microsoft Entra PIM.',
    noMatch: (typed: string) => `No role matches “${typed}”`,
    noMatchDetail: 'The filter looks at role names and scopes.',
    clear: 'Clear the filter',
  },

  footer: {
    asOf: (time: string) => `As of ${time}`,
    loading: 'Updating…',
    loadingFirst: 'Reading your roles…',
    offline: 'Offline',
    offlineAsOf: (time: string) => `Offline · as of ${time}`,
    failedAsOf: (time: string) => `Not updated since ${time}`,
    failed: 'The list could not be read',
    paused: (time: string) => `Read again at ${time}: the service asks for a pause`,
    refresh: 'Refresh',
  },

  problem: {
    code: 'Code',
    correlationId: 'Correlation id',
    detail: 'The service’s words',
    signIn: 'Sign in again',
    edit: 'Edit and try again',
    retry: 'Retry',
    retryIn: (left: string) => `Retry in ${left}`,
    refresh: 'Refresh',
    askAdmin: 'Copy request for your admin',
    copyDetails: 'Copy details',
    dismiss: (name: string) => `Dismiss the problem of ${name}`,
  },

  notice: {
    info: 'Information',
    warning: 'Warning',
    dismiss: 'Dismiss this notice',
  },

  loading: {
    session: 'Starting',
  },

  announce: {
    left: (name: string, left: string) => `${name}: ${left} left`,
    ended: (name: string) => `${name} has ended`,
    active: (name: string, until: string) => `${name} is active until ${until}`,
    activePlain: (name: string) => `${name} is active`,
    waiting: (name: string) => `${name} waits for approval`,
    scheduled: (name: string, start: string) => `${name} is scheduled from ${start}`,
    stepUp: (name: string) => `${name}: confirm in the browser`,
    failed: (name: string, message: string) => `${name}: ${message}`,
    undoable: (name: string, length: string) => `Activating ${name} for ${length}. Undo is possible for five seconds.`,
  },
};
