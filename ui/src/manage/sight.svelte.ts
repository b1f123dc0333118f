// Which rows of a long list are in sight, and how high each of them is.
//
// With room for columns all rows are alike. Where there is less, words wrap and a row is as high as it has to be, which is known
// once it has been on the page. What scrolls is the list's own box, or in a low window the page around it.

import { flushSync, untrack } from 'svelte';

import { windowOf } from '../lib/windowing';

/** Heights that differ by less are the same. */
const NEAR = 0.5;

export class Sight {
  readonly #rows: () => { id: string }[];
  readonly #usual: number;

  /** Where on the list the part in sight begins, and how high that part is. */
  #top = $state(0);
  #viewport = $state(600);
  /** By row, of those that have been on the page since the list is as wide as it is. */
  #heights = new Map<string, number>();
  /** Of all others. It stays as it is, or the rows in sight would move with every guess. */
  #guess = $state<number>();
  /** Counts what is found out about heights. */
  #found = $state(0);

  #box: HTMLElement | undefined;
  #list: HTMLElement | undefined;
  #width = 0;

  readonly shown = $derived.by(() => {
    void this.#found;
    const rows = this.#rows();
    return windowOf(rows.length, (index) => this.#height(rows, index), this.#top, this.#viewport);
  });

  /** `usual`: the height of a row with room for its columns, in pixels. */
  constructor(rows: () => { id: string }[], usual: number) {
    this.#rows = rows;
    this.#usual = usual;
    $effect(() => {
      void this.shown;
      untrack(() => this.#measure());
    });
  }

  /** For the box that has the list, an `ul`, as its child. */
  readonly attach = (box: HTMLElement) => {
    this.#box = box;
    this.#list = box.querySelector<HTMLElement>(':scope > ul') ?? undefined;
    this.#width = this.#list?.clientWidth ?? 0;
    const look = () => this.#look();
    const sizes = new ResizeObserver(() => this.#resized());
    sizes.observe(box);
    // What happens to the page around it matters as well, and scrolling is heard of on the way down only.
    document.addEventListener('scroll', look, { capture: true, passive: true });
    window.addEventListener('resize', look);
    untrack(() => {
      this.#measure();
      this.#look();
    });
    return () => {
      sizes.disconnect();
      document.removeEventListener('scroll', look, { capture: true });
      window.removeEventListener('resize', look);
      this.#box = undefined;
      this.#list = undefined;
    };
  };

  /** Rows that are a page further on. */
  get page(): number {
    return Math.max(1, Math.floor(this.#viewport / (this.#guess ?? this.#usual)) - 1);
  }

  /** Scrolls as far as it takes to have a row in sight. */
  reveal(index: number): void {
    const seen = this.#seen();
    if (!seen) return;
    const rows = this.#rows();
    const begins = this.#offset(rows, index) - seen.top;
    const ends = begins + this.#height(rows, index);
    if (begins < 0) seen.scroller.scrollTop += begins;
    else if (ends > seen.viewport) seen.scroller.scrollTop += ends - seen.viewport;
    this.#look();
  }

  #height(rows: { id: string }[], index: number): number {
    return this.#heights.get(rows[index]?.id ?? '') ?? this.#guess ?? this.#usual;
  }

  #offset(rows: { id: string }[], index: number): number {
    let offset = 0;
    for (let each = 0; each < index; each += 1) offset += this.#height(rows, each);
    return offset;
  }

  /** What scrolls the list, and where the part in sight begins on it: above it where that is negative. */
  #seen(): { scroller: HTMLElement; top: number; viewport: number } | undefined {
    let scroller: HTMLElement | null | undefined = this.#box;
    while (scroller && getComputedStyle(scroller).overflowY === 'visible') scroller = scroller.parentElement;
    if (!scroller || !this.#list) return undefined;
    const begins = scroller.getBoundingClientRect().top + scroller.clientTop;
    return { scroller, top: begins - this.#list.getBoundingClientRect().top, viewport: scroller.clientHeight };
  }

  #look(): void {
    const seen = this.#seen();
    if (!seen) return;
    this.#top = Math.max(0, seen.top);
    this.#viewport = seen.viewport;
  }

  /** Takes the heights of the rows on the page. What is in sight stays where it is. */
  #measure(): void {
    const items = this.#list?.children ?? [];
    if (items.length === 0) return;
    const rows = this.#rows();
    const { first, before } = this.shown;
    let [at, shift, sum, other] = [before, 0, 0, false];
    for (const [offset, item] of [...items].entries()) {
      const row = rows[first + offset];
      if (!row) break;
      const known = this.#height(rows, first + offset);
      const height = item.getBoundingClientRect().height;
      if (Math.abs(height - known) > NEAR) {
        if (at + known <= this.#top) shift += height - known;
        other = true;
      }
      this.#heights.set(row.id, height);
      at += known;
      sum += height;
    }
    this.#guess ??= sum / items.length;
    if (!other) return;
    this.#found += 1;
    if (shift === 0) return;
    const seen = this.#seen();
    if (seen) seen.scroller.scrollTop += shift;
    this.#look();
  }

  /** In another width all heights are others; the first row in sight stays the first. */
  #resized(): void {
    const width = this.#list?.clientWidth ?? 0;
    if (width !== this.#width) {
      this.#width = width;
      const rows = this.#rows();
      let index = 0;
      for (let at = 0; index < rows.length; index += 1) {
        at += this.#height(rows, index);
        if (at > this.#top) break;
      }
      const scrolled = this.#top > 0;
      this.#heights.clear();
      this.#guess = undefined;
      this.#measure();
      this.#found += 1;
      flushSync();
      const seen = this.#seen();
      if (scrolled && seen) seen.scroller.scrollTop += this.#offset(rows, index) - seen.top;
    }
    this.#look();
  }
}
