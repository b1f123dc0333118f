// Where a form that cannot be sent puts the focus.

import type { Errors } from './form';

/** Focuses the first field that is wrong; `false` where none is. */
export function focusWrong(errors: Errors): boolean {
  const field = errors.reason !== undefined ? 'reason' : errors.ticket !== undefined ? 'ticket-number' : undefined;
  if (field === undefined) return false;
  document.querySelector<HTMLElement>(`[data-testid="${field}"]`)?.focus();
  return true;
}
