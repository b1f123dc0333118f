// More about one role, read for as long as something shows it.

import { untrack } from 'svelte';

import { app } from './app.svelte';

/** Asks for more about a role, and for no more of it once another or none is shown: one at a time is kept. */
export function watchDetail(wanted: () => string | undefined): void {
  // A new view names the same role again: that is no news.
  const id = $derived(wanted());
  $effect(() => {
    const shown = id;
    if (shown === undefined) return;
    untrack(() => app.send({ kind: 'showDetail', id: shown }));
    return () => app.send({ kind: 'closeDetail' });
  });
}
