// The clipboard.

import { app } from './app.svelte';
import { m } from './messages';

/** Copies text and says so; `false` where the system refuses. */
export async function copyText(text: string): Promise<boolean> {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    done = copyByCommand(text);
  }
  if (done) app.say([m.common.copied]);
  return done;
}

/** Web views without the clipboard interface still know the old command. */
function copyByCommand(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'offscreen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
