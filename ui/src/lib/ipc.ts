// The way to the process that holds the tokens: commands up, views down, and which page somebody outside wants to see.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { About } from '../generated/About';
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

/** Calls `turn` when somebody outside the window wants to see a page of it. */
export async function onPage(turn: (page: 'settings' | 'about') => void): Promise<void> {
  await listen<'settings' | 'about'>('page', (event) => turn(event.payload));
}

/** Calls `begin` whenever the window is about to be shown after it was hidden. */
export async function onShown(begin: () => void): Promise<void> {
  await listen('shown', begin);
}

/** Opens the page at which the announced device code is typed, in the browser. */
export function openSignInPage(): Promise<void> {
  return invoke('open_sign_in_page');
}

/** Hides the window. */
export function hideWindow(): Promise<void> {
  return invoke('hide');
}

/** Keeps what a page in place of this one goes on with, should this one die. */
export function leave(state: string): Promise<void> {
  return invoke('leave', { state });
}

/** Which Pimento this is. */
export function about(): Promise<About> {
  return invoke('about');
}

/** The report for whoever helps, without tokens; it is made by the process behind the window. */
export function diagnose(names: boolean): Promise<string> {
  return invoke('diagnose', { names });
}

/** What the page before this one was left with, where it has died. */
export function left(): Promise<string | null> {
  return invoke('left');
}
