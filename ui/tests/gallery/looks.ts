// The looks that every state is seen in: light and dark, each as usual, at 200 % zoom, in high contrast, from right to left and
// in the longest language.

import type { Page } from 'playwright-core';

import { settled } from './settled';
import type { Sheet } from './sheet';

export const SCHEMES = ['light', 'dark'] as const;

/** A way of looking at a page that is there already. */
interface Look {
  name: string;
  /** Zoom, as a factor: half the window at 2. */
  zoom?: number;
  contrast?: boolean;
}

/** What a page has to be loaded for, and the looks that it is seen in then. */
export const LANGUAGES: { lang?: string; looks: Look[] }[] = [
  { looks: [{ name: 'usual' }, { name: 'zoom', zoom: 2 }, { name: 'contrast', contrast: true }] },
  { lang: 'ar', looks: [{ name: 'right to left' }] },
  { lang: 'de', looks: [{ name: 'longest' }] },
];

/** Sees a page in every look, and puts it on the sheet; `check` is told which look it is in. */
export async function seen(
  page: Page,
  sheet: Sheet,
  looks: Look[],
  check: (look: string, scheme: (typeof SCHEMES)[number]) => Promise<void>,
): Promise<void> {
  const size = page.viewportSize() ?? { width: 380, height: 620 };
  for (const { name, zoom = 1, contrast } of looks) {
    if (zoom !== 1) {
      await page.setViewportSize({ width: Math.round(size.width / zoom), height: Math.round(size.height / zoom) });
    }
    for (const [row, colorScheme] of SCHEMES.entries()) {
      await page.emulateMedia({ colorScheme, forcedColors: contrast ? 'active' : 'none', reducedMotion: 'reduce' });
      await settled(page);
      await sheet.add(row, `${name}, ${colorScheme}`, await page.screenshot({ animations: 'disabled' }));
      await check(name, colorScheme);
    }
    if (zoom !== 1) await page.setViewportSize(size);
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce' });
}
