// A stage for all tests of a file, and after each of them: what was played has ended, and did nothing that it must never do.

import { afterAll, afterEach, beforeAll, expect } from 'vitest';

import { Stage, type Scene } from './stage';

/** Tells the file its stage, once it stands, and asks it after each test what was played. */
export function playing(opened: (stage: Stage) => void, played: () => Scene): void {
  let stage: Stage | undefined;
  beforeAll(async () => opened((stage = await Stage.open())));
  afterAll(() => stage?.close());
  afterEach(async () => {
    const scene = played();
    expect(scene.faults).toEqual([]);
    await scene.close();
  });
}
