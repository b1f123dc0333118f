// Whose command it is. What was clicked under an account stays with it, whichever is the current one when it arrives.

import type { Command } from '../generated/Command';

/** What belongs to no account, or chooses one. */
const NOBODYS: ReadonlySet<Command['kind']> = new Set([
  'for',
  'selectAccount',
  'findTenants',
  'signInTenant',
  'signInDemo',
  'signIn',
  'signInDeviceCode',
  'cancelSignIn',
  'dismissNotice',
  'saveSettings',
]);

/** The command with the account it was given under. */
export function addressed(command: Command, account: string | undefined): Command {
  if (account === undefined || NOBODYS.has(command.kind)) return command;
  return { kind: 'for', account, command };
}
