// Reasons: what an auditor would send back, and what would be better.

import { plural } from './count';

export const reasons = {
  reasons: {
    choices: 'Reasons to choose from',
    template: 'Template',
    more: (count: number) => `${count} more`,
    placeholder: (name: string) => `${name} has yet to be filled in.`,
    ticket: 'A ticket’s number alone does not say what you will do: add a few words.',
    role: 'This is the role’s name: say what you need it for.',
    mashed: 'Nobody could check this later: say what you will do.',
    empty: 'This could be said of anything: name what you work on, such as a system, a user or a ticket.',
    short: (least: number) =>
      `Say a little more: reasons should have ${plural(least, 'character', 'characters')} or more.`,
  },
};
