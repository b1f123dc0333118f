// What must hold of every picture.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type axe from 'axe-core';
import type { Page } from 'playwright-core';

let axeSource: Promise<string> | undefined;

/** What breaks WCAG 2.2 AA or good practice. */
export async function violations(page: Page): Promise<string[]> {
  axeSource ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await axeSource);
  const results = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { 'target-size': { enabled: true } },
    }),
  );
  return results.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`));
}

/** Elements that stick out of the window, whose text is wider than they are without an ellipsis to say so, or that scroll sideways. */
export async function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    for (const element of document.querySelectorAll<HTMLElement>('#app *')) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (box.width === 0 || element.closest('.offscreen, svg') || style.visibility === 'hidden') continue;
      let around = element.parentElement;
      while (around && getComputedStyle(around).textOverflow !== 'ellipsis') around = around.parentElement;
      if (around) continue;
      if (box.left < -0.5 || box.right > width + 0.5) found.push(`outside: ${element.outerHTML.slice(0, 120)}`);
      const hides = style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis';
      if (hides && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${element.outerHTML.slice(0, 120)}`);
      // What scrolls up and down alone would scroll sideways as well.
      const scrolls = style.overflowX === 'auto' && style.overflowY === 'auto';
      if (scrolls && element.scrollWidth > element.clientWidth + 1) {
        found.push(`sideways: ${element.outerHTML.slice(0, 120)}`);
      }
    }
    return found;
  });
}
