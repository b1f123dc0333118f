// The pictures of one state on one sheet, committed beside the tests and compared on every run: what the window looks like
// changes only where somebody has looked.
//
// Machines differ in their faces and in how they draw letters. Where a line of all scripts does not look as it did where the
// pictures were taken, they are not compared, and that is said.
//
// PIMENTO_PICTURES=keep takes what is seen now as right. Without it a difference fails, and the sheet that was seen lies with
// one that marks the difference in the build folder `target/pictures`.

import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import pixelmatch from 'pixelmatch';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';

/** Where the sheets are that somebody has looked at. */
const KEPT = join(import.meta.dirname, 'pictures');
const SEEN = join(import.meta.dirname, '../../../target/pictures');
const keep = process.env.PIMENTO_PICTURES === 'keep';

/** Between pictures. */
const GAP = 8;
/** How far two colours may be apart, of 1: a palette and another version of a font's renderer stay below it. */
const NEAR = 0.2;
/** The share of a picture's points that may be others: the edges of letters, never a word. */
const FEW = 0.002;

/** One picture, as raw points. */
export interface Picture {
  width: number;
  height: number;
  /** Four bytes a point. */
  points: Buffer;
}

/** A picture in its place. */
interface Tile extends Picture {
  label: string;
  left: number;
  top: number;
}

export class Sheet {
  readonly #name: string;
  readonly #scale: number;
  readonly #rows: Tile[][] = [];

  /** `scale` is the size of its pictures, 1 for that of the window. */
  constructor(name: string, scale = 1) {
    this.#name = name;
    this.#scale = scale;
  }

  /** Puts a picture (PNG) at the end of a row. */
  async add(row: number, label: string, png: Buffer): Promise<void> {
    const picture = await read(png, this.#scale);
    const tiles = (this.#rows[row] ??= []);
    const last = tiles.at(-1);
    const left = last ? last.left + last.width + GAP : 0;
    tiles.push({ ...picture, label, left, top: 0 });
  }

  /** What differs from the sheet that somebody has looked at; empty where nothing does, or letters are drawn otherwise. */
  async differences(browser: Browser): Promise<string[]> {
    if (!(await drawsAlike(browser))) return [];
    const sheet = this.#laid();
    const file = join(KEPT, `${this.#name}.png`);
    if (keep) {
      await mkdir(KEPT, { recursive: true });
      await writeFile(file, await encode(sheet));
      return [];
    }
    if (!existsSync(file)) return [`${this.#name}: nobody has looked at it yet (PIMENTO_PICTURES=keep)`];
    const kept = await read(file);
    const found: string[] = [];
    if (kept.width !== sheet.width || kept.height !== sheet.height) {
      found.push(`${this.#name}: the sheet is another size`);
    } else {
      for (const tile of this.#rows.flat()) {
        const share = differing(cut(kept, tile), tile);
        if (share > FEW) found.push(`${this.#name}, ${tile.label}: ${(share * 100).toFixed(2)} % differ`);
      }
    }
    if (found.length > 0) await this.#show(sheet, kept);
    return found;
  }

  async #show(sheet: Picture, kept: Picture): Promise<void> {
    await mkdir(SEEN, { recursive: true });
    await writeFile(join(SEEN, `${this.#name}.png`), await encode(sheet));
    if (kept.width !== sheet.width || kept.height !== sheet.height) return;
    const marks = { ...sheet, points: Buffer.alloc(sheet.points.length) };
    pixelmatch(kept.points, sheet.points, marks.points, sheet.width, sheet.height, { threshold: NEAR });
    await writeFile(join(SEEN, `${this.#name}-differs.png`), await encode(marks));
  }

  /** All pictures on one. */
  #laid(): Picture {
    let top = 0;
    for (const row of this.#rows) {
      for (const tile of row) tile.top = top;
      top += Math.max(...row.map((tile) => tile.height)) + GAP;
    }
    const width = Math.max(...this.#rows.flat().map((tile) => tile.left + tile.width));
    const height = top - GAP;
    const points = Buffer.alloc(width * height * 4);
    for (const tile of this.#rows.flat()) {
      for (let line = 0; line < tile.height; line += 1) {
        const from = line * tile.width * 4;
        tile.points.copy(points, ((tile.top + line) * width + tile.left) * 4, from, from + tile.width * 4);
      }
    }
    return { width, height, points };
  }
}

const LETTERS = 'letters.png';
const LINE = 'Pimento ÄÖÜß ñéÅ 0123456789 “…” · › → ↑ تنشيط الدور 有資格の割り当て';
let alike: Promise<boolean> | undefined;

/** Whether this machine draws letters as the one does that the pictures come from. */
function drawsAlike(browser: Browser): Promise<boolean> {
  alike ??= (async () => {
    const page = await browser.newPage({ viewport: { width: 640, height: 120 } });
    await page.setContent(
      `<body style="font: 14px sans-serif"><p>${LINE}</p><p><b>${LINE}</b></p><p lang="ar" dir="rtl">${LINE}</p></body>`,
    );
    const drawn = await read(await page.screenshot());
    await page.close();
    const file = join(KEPT, LETTERS);
    if (keep) {
      await mkdir(KEPT, { recursive: true });
      await writeFile(file, await encode(drawn));
      return true;
    }
    const same = existsSync(file) && differing(await read(file), drawn) <= FEW;
    if (!same) console.warn('This machine draws letters otherwise: the pictures are not compared.');
    return same;
  })();
  return alike;
}

/** The share of points that are others, 0 to 1. */
export function differing(one: Picture, other: Picture): number {
  const count = pixelmatch(one.points, other.points, undefined, one.width, one.height, { threshold: NEAR });
  return count / (one.width * one.height);
}

function cut(sheet: Picture, { left, top, width, height }: Tile): Picture {
  const points = Buffer.alloc(width * height * 4);
  for (let line = 0; line < height; line += 1) {
    const from = ((top + line) * sheet.width + left) * 4;
    sheet.points.copy(points, line * width * 4, from, from + width * 4);
  }
  return { width, height, points };
}

async function read(png: Buffer | string, scale = 1): Promise<Picture> {
  const image = sharp(png);
  const { width } = await image.metadata();
  if (scale !== 1) image.resize(Math.round(width * scale));
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, points: data };
}

/** A palette keeps the sheets small; a window has few colours. */
function encode({ width, height, points }: Picture): Promise<Buffer> {
  return sharp(points, { raw: { width, height, channels: 4 } })
    .png({ palette: true, colours: 64, dither: 0, effort: 10 })
    .toBuffer();
}
