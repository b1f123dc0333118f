// Where a form that cannot be sent puts the focus.

import type { Errors } from './form';

/** Focuses the first field that is wrong; `false` where none is. */
export function focusWrong(errors: Errors): boolean {
  const fields: [string | undefined, string][] = [
    [errors.start, 'start-time'],
    [errors.reason, 'reason'],
    [errors.ticket, 'ticket-number'],
  ];
  const field = fields.find(([error]) => error !== undefined)?.[1];
  if (field === undefined) return false;
  document.querySelector<HTMLElement>(`[data-testid="${field}"]`)?.focus();
  return true;
}
