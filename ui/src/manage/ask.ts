// The way to the process that holds the tokens: a question up, its answer down.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Ask } from '../generated/Ask';
import type { Desk } from '../generated/Desk';
import type { Told } from '../generated/Told';

/** Asks at an account's desk, and waits for the answer. It is that account's, or nobody's. */
export function ask(account: string, question: Ask): Promise<Told> {
  return invoke('ask', { account, ask: question });
}

/** Whose desk it is. */
export function currentDesk(): Promise<Desk> {
  return invoke('desk');
}

/** Calls `use` whenever it is somebody else's, another part is wanted, or the clock was corrected. */
export async function onDesk(use: (desk: Desk) => void): Promise<void> {
  await listen<Desk>('desk', (event) => use(event.payload));
}
