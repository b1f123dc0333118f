// A page has come to rest once every part of it is there and painted: those that are loaded when somebody looks at them may come
// late on a busy machine.

import type { Page } from 'playwright-core';

/** Nothing is coming any more, and what came has been painted. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    do await frame();
    while (document.querySelector('[data-coming]'));
    await frame();
  });
}

/** The test id of what has the keyboard then. */
export async function focusedIn(page: Page): Promise<string | null | undefined> {
  await settled(page);
  return page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
}
