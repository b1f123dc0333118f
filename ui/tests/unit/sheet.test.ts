import { expect, test } from 'vitest';

import { differing, type Picture } from '../gallery/sheet';

/** A window's picture in one grey, with some points of another. */
function picture(marked: [x: number, y: number][] = [], grey = 240): Picture {
  const [width, height] = [380, 620];
  const points = Buffer.alloc(width * height * 4, grey);
  for (const [x, y] of marked) points.fill(20, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return { width, height, points };
}

test('a picture is like itself, and like one whose colours are a shade off', () => {
  expect(differing(picture(), picture())).toBe(0);
  expect(differing(picture(), picture([], 236))).toBe(0);
});

test('a word that is there or not is a difference beyond what is let pass', () => {
  const word = Array.from({ length: 600 }, (_, at): [number, number] => [40 + (at % 60), 100 + Math.floor(at / 60)]);
  expect(differing(picture(), picture(word))).toBeGreaterThan(0.002);
});
