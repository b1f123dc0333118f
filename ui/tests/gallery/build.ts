// The window is built once for all tests that look at it, apart from what the application has embedded.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with the built window. */
    built: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'pimento-ui-'));
  await build({ build: { outDir: folder, emptyOutDir: true }, logLevel: 'error' });
  project.provide('built', folder);
  return () => rm(folder, { recursive: true, force: true });
}
