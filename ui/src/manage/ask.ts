// The way to the process that holds the tokens: a question up, its answer down.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Ask } from '../generated/Ask';
import type { Desk } from '../generated/Desk';
import type { Problem } from '../generated/Problem';
import type { Told } from '../generated/Told';

/** Asks at an account's desk, and waits for the answer: that account's, or why there is none. */
export async function answered(account: string, question: Ask): Promise<Told> {
  try {
    return await invoke<Told>('ask', { account, ask: question });
  } catch (error) {
    const problem: Problem = {
      code: 'window',
      message: error instanceof Error ? error.message : String(error),
      remedy: { kind: 'none' },
      correlationId: null,
      detail: null,
    };
    return { kind: 'failed', problem };
  }
}

/** Whose desk it is. */
export function currentDesk(): Promise<Desk> {
  return invoke('desk');
}

/** Calls `use` whenever it is somebody else's, another part is wanted, or the clock was corrected. */
export async function onDesk(use: (desk: Desk) => void): Promise<void> {
  await listen<Desk>('desk', (event) => use(event.payload));
}
