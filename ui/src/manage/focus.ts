// Where the keyboard goes on when what it was at is gone.

import type { Section } from '../generated/Section';
import { manage } from './desk.svelte';

/** To the heading of what is shown. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('main h2')?.focus();
}

/** Reads a part and asks for the permissions that it takes: the button for that is gone then. */
export function allow(section: Section): void {
  if (manage.reading.has(section)) return;
  void manage.read(section, true);
  focusHeading();
}
