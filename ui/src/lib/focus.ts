// Where the keyboard's focus goes.

export const byTestId = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${CSS.escape(id)}"]`);

/** To the filter; on a page without one, to what is begun with there. */
export function focusFilter(): void {
  const target = byTestId('filter') ?? document.querySelector<HTMLElement>('[data-focus]');
  target?.focus();
}
