// What the working day says: what ends by itself, and reminders.

export const enDay = {
  day: {
    ends: 'End what is active at a time of day',
    endsHint: 'After it nothing renews on that day. Ten minutes before, you are told and can keep what is active.',
    /** A time of the day follows, in a field. */
    at: 'At',
    onLock: 'End what is active when the screen is locked',
    onLockHint: 'A role in its first five minutes ends right after them.',
    reminders: 'Reminders',
    remindersHint: 'A notification asks whether you want it. It opens the form and activates nothing.',
    add: 'Add a reminder',
    full: 'Twenty reminders are the most.',
    nothing: 'There is no role and no bundle to be reminded of.',
    /** One that is about nothing yet. */
    fresh: 'New reminder',
    remove: (name: string) => `Remove the reminder: ${name}`,
    what: 'Role or bundle',
    choose: 'Choose…',
    roles: 'Roles',
    bundles: 'Bundles',
    days: 'Days',
    weekdays: 'Every weekday',
    everyDay: 'Every day',
    /** "Every weekday at 09:00", "Mon, Wed at 09:00". */
    when: (days: string, time: string) => `${days} at ${time}`,
    signedOut: 'Belongs to an account that is signed out',
    asksNothing: 'Will not ask: this role or bundle is not available to you now.',
    whatError: 'Choose a role or a bundle.',
    daysError: 'Choose at least one day.',
  },
};
