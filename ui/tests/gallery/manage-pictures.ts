// The pictures of the Manage window after some steps, and what must hold of them.

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

import type { Desk } from '../../src/generated/Desk';
import type { Section } from '../../src/generated/Section';
import { clipped, violations } from './checks';
import { dataOf, hardCoded } from './hard-coded';
import { LANGUAGES, seen } from './looks';
import { ANSWERS, desk, open, type Answers } from './manage';
import { Sheet } from './sheet';
import { perform, type Stage } from './stage';

export interface Picture {
  section?: Section;
  /** What is otherwise at the desk. */
  at?: Partial<Desk>;
  answers?: Answers;
  steps?: string[];
  /** A file to choose, once the steps are done: the field, and what is in it. */
  file?: [string, string];
  /** What is waited for before it is taken. */
  until?: string;
  viewport?: { width: number; height: number };
}

/** The window is large and its pictures are many: half their size is enough to see what has changed. */
const SCALE = 0.5;

/** Plays the steps in every look, and once in the pseudo-locale. */
export async function pictured(stage: Stage, name: string, picture: Picture): Promise<void> {
  const sheet = new Sheet(`manage-${name}`, SCALE);
  for (const { lang, looks } of LANGUAGES) {
    await played(stage, picture, lang, async (page) => {
      // A window that is the smallest one already is not halved.
      const fitting = picture.viewport ? looks.filter(({ zoom }) => zoom === undefined) : looks;
      await seen(page, sheet, fitting, async (look, scheme) => {
        const where = `${name}, ${look}, ${scheme}`;
        expect(await clipped(page), where).toEqual([]);
        if (look === 'usual') expect(await violations(page), where).toEqual([]);
      });
    });
  }
  await played(stage, picture, 'pseudo', async (page) => {
    const { section = 'approvals', at = {}, answers = ANSWERS, steps } = picture;
    expect(await hardCoded(page, dataOf({ ...desk(section), ...at }, answers, steps))).toEqual([]);
    expect(await clipped(page)).toEqual([]);
  });
  expect(await sheet.differences(stage.browser)).toEqual([]);
}

async function played(
  stage: Stage,
  picture: Picture,
  lang: string | undefined,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const { section = 'approvals', at = {}, answers, steps = [], file, until, viewport } = picture;
  const { page, faults, close } = await open(stage, { ...desk(section), ...at }, answers, {
    ...(lang !== undefined && { lang }),
    ...(viewport && { viewport }),
  });
  await perform(page, steps);
  if (file) {
    const [field, text] = file;
    await page.getByTestId(field).setInputFiles(chosen(text));
    await page.mouse.move(0, 0);
  }
  await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0);
  if (until) await expect.poll(() => page.getByTestId(until).count()).toBe(1);
  await look(page);
  expect(faults).toEqual([]);
  await close();
}

/** A file as somebody chooses it. */
export function chosen(text: string): { name: string; mimeType: string; buffer: Buffer } {
  return { name: 'baseline.json', mimeType: 'application/json', buffer: Buffer.from(text) };
}
