// What the forms say: to activate, to renew, to extend, bundles.

import { inWords, plural } from './count';

const gapOf = (seconds: number) =>
  seconds < 90
    ? `A gap of about ${seconds}\u00A0s without the role.`
    : `A gap of about ${Math.round(seconds / 60)}\u00A0min without the role.`;

export const forms = {
  start: {
    label: 'Start',
    now: 'Now',
    later: 'At a time',
    day: 'Day',
    time: 'Time',
    placeholder: '18:00',
    zone: (zone: string) => `Your time: ${zone}`,
    weekday: (at: number) =>
      new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'short' }).format(at),
    notATime: 'A time has the form 18:00.',
    past: 'That time has passed.',
    schedule: 'Schedule',
  },

  extension: {
    title: 'Ask for an extension',
    titleRenew: 'Ask for a renewal',
    eligible: (day: string) => `Your eligibility ${day}.`,
    assigned: (day: string) => `Your assignment ${day}.`,
    ends: (day: string) => `ends ${day}`,
    ended: (day: string) => `ended ${day}`,
    ask: 'Ask for an extension',
    askRenew: 'Ask for a renewal',
    requesting: 'Asking for it…',
    signingIn: 'Sign in in your browser: asking for this takes a permission, or a stronger sign-in.',
    cancel: 'Stop waiting',
    requested: 'Asked for: an administrator decides.',
    next: 'An administrator decides. You can go on using the role until it ends.',
    nextRenew: 'An administrator decides. Once renewed, you can activate the role again.',
    submit: 'Ask',
    reason: 'What you go on needing the role for',
    again: 'Ask again',
  },

  scope: {
    label: 'Scope',
    path: (names: readonly string[]) => names.join(' › '),
    below: ' › ',
    omitted: '…',
    narrow: 'Choose a narrower scope',
    close: 'Close the scopes',
    tree: (name: string) => `Scopes of ${name}`,
    whole: 'whole eligible scope',
    what: (name: string, what: string) => `${name}, ${what}`,
    loading: 'Reading what is below…',
    asking: 'Reading what the role asks for at this scope. Until then: what it asks for at the whole one.',
  },

  bundles: {
    title: 'Bundles',
    label: 'Bundles',
    all: 'All bundles',
    run: (name: string) => `Activate ${name}`,
    form: (name: string) => `Activate ${name}…`,
    engaged: (name: string) => `${name} is active`,
    none: (name: string) => `${name}: no role of it is eligible`,
    chipTitle: (roles: string, reason: string) => (reason === '' ? roles : `${roles}\nReason “${reason}”`),
    roles: (count: number) => plural(count, 'role', 'roles'),
    summary: (roles: string, reason: string) => (reason === '' ? roles : `${roles} · “${reason}”`),
    active: 'active',
    noneYours: 'no role of yours',
    notEligible: 'not eligible, left out',
    managed: 'From your organisation',
    managedDetail: 'Published by your organisation: you can run it, not change it.',
    empty: 'No bundles yet',
    emptyDetail:
      'A bundle is a set of roles that you activate together in one click. Select roles in the list, then “Bundle…”.',
    new: 'New bundle',
    import: 'Import…',
    export: 'Export all',
    exportOne: 'Export',
    edit: 'Edit',
    delete: 'Delete',
    deleteAsk: (name: string) => `Delete “${name}”?`,
    keep: 'Keep',
    activate: 'Activate',
    nothing: 'Nothing to activate',
    titleNew: 'New bundle',
    titleEdit: 'Edit bundle',
    name: 'Name',
    namePlaceholder: 'For example: On call',
    reason: 'Reason',
    reasonHint: '{date} becomes the day on which it is run.',
    reasonPlaceholder: 'For example: On call, {date}',
    rolesHeading: 'Roles',
    minutesOf: (name: string) => `How long ${name} will be active`,
    remove: (name: string) => `Remove ${name}`,
    add: 'Add a role',
    addChoose: 'Choose a role…',
    save: 'Save',
    tooLarge: 'The file is longer than a mebibyte.',
    errors: {
      name: 'A bundle needs a name.',
      roles: 'A bundle needs a role.',
    },
  },

  enter: {
    title: 'Enter a role by name',
    lead: (kind: string) => `${kind} could not be listed. A role that you know can be asked for all the same.`,
    role: 'Role',
    group: 'Group',
    rolePlaceholder: 'Name or id',
    scope: 'Scope',
    scopeHint: 'Empty: the whole directory',
    scopeHintAzure: 'The id of a subscription, a resource group or a resource',
    scopePlaceholder: '/subscriptions/…',
    submit: 'Add to the list',
    error: 'A name or an id is needed.',
    errorScope: 'Azure roles need a scope.',
    entered: 'You put this role on the list by name.',
    forget: 'Take it off the list',
  },

  several: {
    title: (count: number) => `Activate ${plural(count, 'role', 'roles')}`,
    roles: 'Roles',
    asks: 'What they will ask for',
    capped: (max: string) => `at most ${max}`,
    mfa: (roles: number, all: number) =>
      all === 1
        ? 'MFA in your browser'
        : roles === all
          ? `One MFA for all ${inWords(all)}`
          : `One MFA for ${roles} of them`,
    mfaToo: (roles: number) => `MFA for ${roles} more of them`,
    context: (context: string, roles: number, all: number) =>
      all === 1
        ? `A stronger sign-in (${context})`
        : roles === all
          ? `One stronger sign-in (${context}) for all ${inWords(all)}`
          : `One stronger sign-in (${context}) for ${roles} of them`,
    ticket: (roles: number, all: number) => (roles === all ? 'A ticket' : `A ticket, for ${roles} of them`),
    approval: (roles: number, all: number) =>
      all === 1 ? 'An approval' : roles === all ? 'An approval for each' : `An approval for ${roles} of them`,
    unknownPolicy: (roles: number, all: number) =>
      all === 1 ? 'A policy that could not be read' : `Policies that could not be read: ${roles} of ${all}`,
    unknownRules: (rules: string) => `Rules that Pimento does not know: ${rules}`,
    submit: 'Activate all',
  },

  form: {
    activate: 'Activate',
    request: 'Request',
    duration: 'Duration',
    durationMax: (time: string) => `max ${time}`,
    until: (time: string) => `until ${time}`,
    onceApproved: 'once approved',
    reason: 'Reason',
    reasonOptional: 'Reason (optional)',
    reasonPlaceholder: 'What you need the role for',
    recents: 'Recent reasons',
    ticket: 'Ticket number',
    ticketSystem: 'Ticket system',
    ticketPlaceholder: 'e.g.\u00A0INC-4711',
    ticketSystemPlaceholder: 'e.g.\u00A0ServiceNow',
    whole: 'Whole directory',
    kinds: {
      group: 'Group',
      azureResource: 'Azure resource',
    },
    through: 'Eligible through a group.',
    details: 'Details',
    detailsLabel: (name: string) => `Details of ${name}`,
    submitActivate: 'Activate',
    submitRequest: 'Request',
    errors: {
      reason: 'A reason is required by the role’s policy.',
      ticket: 'A ticket number is required by the role’s policy.',
    },
  },

  next: {
    mfa: 'You will be asked for MFA in the browser, then ',
    context: (context: string) => `You will be asked for a stronger sign-in (${context}) in the browser, then `,
    active: (time: string, until: string) => `the role is active for ${time}, until ${until}.`,
    scheduled: (from: string, time: string, until: string) =>
      `the role is active from ${from} for ${time}, until ${until}.`,
    decides: (who: string, days: number | null) =>
      days === null ? `${who} decides` : `${who} decides within ${plural(days, 'day', 'days')}`,
    approval: (decides: string, time: string) => `${decides}. Once approved, the role is active for ${time}.`,
    approvalAfter: (decides: string, time: string) => `${decides}; once approved, the role is active for ${time}.`,
    approver: 'an approver',
    unknownPolicy: 'The role’s policy could not be read: the service may ask for more.',
    unknownRules: (rules: string) => `The policy has rules that Pimento does not know: ${rules}.`,
  },

  renew: {
    title: 'Renew',
    until: (until: string, left: string) => `Active until ${until}, ${left} left`,
    why: 'PIM refuses a second activation while the first one runs. What can be done instead:',
    whyAhead: 'What can be done:',
    arm: (time: string) => `Renew at ${time}`,
    armed: (time: string) => `Renews at ${time}`,
    disarm: 'Stop renewing',
    armDetail: (time: string) => `Sent by itself: ${time}, same reason.`,
    armDetailPlain: 'Sent by itself, with the same reason.',
    armGap: 'Gap: some seconds, up to a minute, without the role.',
    armNeeds: 'Pimento has to be running and online, within 30 minutes of then.',
    notAfter: (time: string) => `After ${time} nothing renews by itself, as your settings say: this would not.`,
    gap: (seconds: number) => (seconds === 0 ? 'No gap: the service takes it beforehand.' : gapOf(seconds)),
    stepUp: 'Your browser opens now, so that nothing has to be confirmed then.',
    aheadDetail: (time: string) => `Sent shortly before: ${time}, same reason.`,
    notEligible: 'Not possible: you are not eligible for this role any more.',
    earlyTitle: (time: string) => `Request early, for ${time}`,
    earlyDetail:
      'Somebody has to approve each activation, so that it cannot renew by itself. Asked now, it can be approved before the end.',
    earlyGap: 'No gap, if it is approved in time.',
    early: 'Request early',
    notEarly: 'Not possible: somebody has to approve each activation, and the service takes none while this one runs.',
    next: (time: string, where: string) => `The next one, from ${time}: ${where}`,
    nextWaits: (who: string) => `Waits for ${who}.`,
    takeBack: 'Withdraw request',
    approvalGap: 'Gap: without the role until somebody approves.',
    proofGap: 'Gap: without the role until you have confirmed in the browser.',
    notArmable: 'Not possible here: its policy asks for more than a reason each time.',
    restartTitle: 'End it and activate again now',
    restartDetail: 'Ends this activation, then sends a new one at once.',
    restartGap: (seconds: number) => gapOf(Math.max(1, seconds)),
    restartGapPlain: 'Gap: some seconds, up to a minute, without the role.',
    restartRisk: 'If the new one is refused, the role stays ended.',
    restart: 'End and activate',
    confirm: 'I know that I am without the role until somebody approves.',
    locked: (time: string, left: string) => `Possible from ${time} (in ${left}), five minutes after the start.`,
  },
};
