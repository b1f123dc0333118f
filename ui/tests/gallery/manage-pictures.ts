// A picture of the Manage window after some steps, and what must hold of it.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'vitest';

import type { Desk } from '../../src/generated/Desk';
import type { Section } from '../../src/generated/Section';
import { clipped, violations } from './checks';
import { desk, open, type Answers } from './manage';
import { perform, type Stage } from './stage';

const shots = process.env.PIMENTO_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

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

export async function pictured(stage: Stage, scheme: 'light' | 'dark', name: string, picture: Picture): Promise<void> {
  const { section = 'approvals', at = {}, answers, steps = [], file, until, viewport } = picture;
  const played = await open(stage, { ...desk(section), ...at }, answers, { scheme, ...(viewport && { viewport }) });
  await perform(played.page, steps);
  if (file) {
    const [field, text] = file;
    await played.page.getByTestId(field).setInputFiles(chosen(text));
    await played.page.mouse.move(0, 0);
  }
  await expect.poll(() => played.page.locator('[aria-busy="true"]').count()).toBe(0);
  if (until) await expect.poll(() => played.page.getByTestId(until).count()).toBe(1);
  if (shots) await played.page.screenshot({ path: join(shots, `manage-${name}-${scheme}.png`) });
  expect(await violations(played.page)).toEqual([]);
  expect(await clipped(played.page)).toEqual([]);
  expect(played.faults).toEqual([]);
  await played.close();
}

/** A file as somebody chooses it. */
export function chosen(text: string): { name: string; mimeType: string; buffer: Buffer } {
  return { name: 'baseline.json', mimeType: 'application/json', buffer: Buffer.from(text) };
}
