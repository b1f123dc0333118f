// What the window goes on with when its page has died and a new one takes its place: the open page, and what was typed. Pure.

import type { Draft } from './form';
import type { Page } from './pages';

/** A page that was left for another, and what had the focus there. */
export interface Below {
  page: Page;
  opener: string | undefined;
}

/** What is typed into a page that keeps it itself. */
export interface Typed {
  where: string;
  what: unknown;
}

/** All of it. */
export interface Left {
  /** Whose it is; `null`: nobody is signed in. */
  account: string | null;
  page: Page;
  trail: Below[];
  filter: string;
  selected: readonly string[];
  drafts: Record<string, Draft>;
  typed: Typed | null;
  /** The form that somebody outside asked for and that was opened: not once more. */
  openFormSeen: number | null;
}

/** As it was written, by a page of the same program. What is not that is nothing. */
export function readLeft(text: string | null): Left | undefined {
  if (text === null) return undefined;
  try {
    const left = JSON.parse(text) as Partial<Left> | null;
    const whole =
      typeof left === 'object' &&
      left !== null &&
      typeof left.page?.kind === 'string' &&
      Array.isArray(left.trail) &&
      Array.isArray(left.selected) &&
      typeof left.filter === 'string' &&
      typeof left.drafts === 'object' &&
      left.drafts !== null;
    return whole ? (left as Left) : undefined;
  } catch {
    return undefined;
  }
}

/** Hands on the last of many texts, not each of them. */
export function lastOf(send: (text: string) => void, pause: number): (text: string) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => send(text), pause);
  };
}
