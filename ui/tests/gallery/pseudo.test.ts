// Every state of the window in the pseudo-locale, whose texts are a third longer than those of English and stand in
// brackets: nothing is cut off, and nothing is said that is not among the messages.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ALL } from './all-views';
import { clipped } from './checks';
import { dataOf, hardCoded } from './hard-coded';
import { perform, Stage } from './stage';
import { SCENES } from './views';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

describe('gallery, pseudo-locale', () => {
  test.each(Object.entries(ALL))('%s', async (_, scene) => {
    const { view, steps = [], viewport } = scene;
    const played = await stage.play(view, { lang: 'pseudo', ...(viewport && { viewport }) });
    try {
      await perform(played.page, steps);
      expect(await hardCoded(played.page, dataOf(view, steps))).toEqual([]);
      expect(await clipped(played.page)).toEqual([]);
      expect(played.faults).toEqual([]);
    } finally {
      await played.close();
    }
  });
});

test('what is written into a component is found, wherever it stands', async () => {
  const { view } = SCENES.usual!;
  const played = await stage.play(view, { lang: 'pseudo' });
  await played.page.evaluate(() => {
    const button = document.querySelector('button')!;
    button.append('Send', document.createElement('span'));
    button.setAttribute('title', '⟦Séñđ⟧ it');
    document.querySelector('input')!.placeholder = '4 h 30';
  });
  expect(await hardCoded(played.page, dataOf(view))).toEqual(['⟦Séñđ⟧ it', 'Send', '4 h 30']);
  await played.close();
});
