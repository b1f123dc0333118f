// What a page keeps itself while it is typed into (settings, a bundle, a reason for more time), so that a page in place of
// this one can go on with it.

import type { Typed } from './left';

export class Typing {
  /** What is typed at the moment, and into which page. */
  now = $state.raw<Typed | null>(null);
  #before: Typed | null = null;

  /** What was typed before the window's page died. */
  goOn(typed: Typed | null): void {
    this.#before = typed;
  }

  /** What a page begins with: what was typed into it before, once; else `fresh`. */
  begin<T extends object>(where: string, fresh: T): T {
    const before = this.#before;
    this.#before = null;
    return before?.where === where ? { ...fresh, ...(before.what as Partial<T>) } : fresh;
  }

  /** Keeps what is typed for as long as the page is there; to be called in an effect. */
  keep(where: string, what: object): () => void {
    this.now = { where, what: $state.snapshot(what) };
    return () => {
      this.now = null;
    };
  }
}
