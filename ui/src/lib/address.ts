// What is clicked under an account stays with it, whichever is the current one when it arrives.

import type { Command } from '../generated/Command';
import type { View } from '../generated/View';

/** The command, said to the account whose view was shown; one that names an account already stays as it is. */
export function addressed(command: Command, view: View | undefined): Command {
  const shown = view?.accounts.find((row) => row.current)?.account.id;
  if (shown === undefined || command.kind === 'for' || command.kind === 'selectAccount') return command;
  return { kind: 'for', account: shown, command };
}
