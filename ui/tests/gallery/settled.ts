// A page has come to rest once everything that it asked its server for is there, and has been painted: parts that are loaded
// when somebody looks at them may come late on a busy machine.

import type { Page, Request } from 'playwright-core';

const asked = new WeakMap<Page, Set<Request>>();

/** Has what a new page asks for counted. */
export function counted(page: Page): Page {
  const open = new Set<Request>();
  asked.set(page, open);
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return page;
}

/** Nothing is on its way, and what came has been painted. */
export async function settled(page: Page): Promise<void> {
  const open = asked.get(page);
  if (!open) throw new Error('nobody counts what this page asks for');
  do await painted(page);
  while (open.size > 0);
  await painted(page);
}

function painted(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}
