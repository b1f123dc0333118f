// Where the keyboard goes on when what it was at is gone.

import { tick } from 'svelte';

import type { Section } from '../generated/Section';
import { manage } from './desk.svelte';

/** To the heading of what is shown. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('main h2')?.focus();
}

/** To the field or button of this id, once it is there. */
export async function focusOn(id: string): Promise<void> {
  await tick();
  document.getElementById(id)?.focus();
}

/** Reads a part and asks for the permissions that it takes: the button for that is gone then. */
export function allow(section: Section): void {
  if (manage.reading.has(section)) return;
  void manage.read(section, true);
  focusHeading();
}
