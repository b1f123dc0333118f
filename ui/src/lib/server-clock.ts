// The server's time, as the window knows it: the instant in the last view plus what passed since on a clock that no
// change of the local time can move. A wrong local clock changes nothing; a wrong local time zone only the clock times.

/** Reads the server's time. */
export interface ServerClock {
  /** Server time now, in milliseconds. */
  now(): number;
  /** Takes a view's `now` as the present. */
  anchor(viewNow: number): void;
}

/** A clock on top of one that only counts (`performance.now`). */
export function serverClock(count: () => number): ServerClock {
  let base = Date.now();
  let counted = count();
  return {
    now: () => base + (count() - counted),
    anchor(viewNow) {
      base = viewNow;
      counted = count();
    },
  };
}
