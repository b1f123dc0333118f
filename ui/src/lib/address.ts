// Whose command it is. What was clicked under an account stays with it, whichever is the current one when it arrives.

import type { Command } from '../generated/Command';

/** The command, said to the account whose lists were shown; one that names an account already stays as it is. */
export function addressed(command: Command, shown: string | undefined): Command {
  if (shown === undefined || command.kind === 'for' || command.kind === 'selectAccount') return command;
  return { kind: 'for', account: shown, command };
}
