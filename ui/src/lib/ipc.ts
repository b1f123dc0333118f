// The way to the process that holds the tokens: one command, one query, one event. And one of the window's own: hide.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { Command } from '../generated/Command';
import type { View } from '../generated/View';

/** Asks for something. Resolves when it was taken, not when it is done: what came of it is in the next view. */
export function dispatch(command: Command): Promise<void> {
  return invoke('dispatch', { command });
}

/** The last view. */
export function currentView(): Promise<View | null> {
  return invoke('view');
}

/** Calls `use` with every view from now on. */
export async function onView(use: (view: View) => void): Promise<void> {
  await listen<View>('view', (event) => use(event.payload));
}

/** Hides the window. */
export function hideWindow(): Promise<void> {
  return invoke('hide');
}
