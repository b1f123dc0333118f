// Which rows of a long list are in sight. Pure.

/** The rows to render and the empty space that stands for the others. */
export interface Windowed {
  /** First row rendered. */
  first: number;
  /** One past the last row rendered. */
  last: number;
  /** Height of all rows before, in pixels. */
  before: number;
  /** Height of all rows after, in pixels. */
  after: number;
}

/** Finds the rows in sight with half a viewport to spare on either side. */
export function windowOf(count: number, height: (index: number) => number, top: number, viewport: number): Windowed {
  const from = top - viewport / 2;
  const to = top + viewport * 1.5;
  let offset = 0;
  let first = 0;
  while (first < count && offset + height(first) < from) {
    offset += height(first);
    first += 1;
  }
  const before = offset;
  let last = first;
  while (last < count && offset < to) {
    offset += height(last);
    last += 1;
  }
  let after = 0;
  for (let index = last; index < count; index += 1) after += height(index);
  return { first, last, before, after };
}
