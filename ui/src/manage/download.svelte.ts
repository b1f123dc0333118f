// The history as a file: asked for page by page, stopped by asking no further, and gone on with. It goes on while another
// part is shown.

import type { Ask } from '../generated/Ask';
import type { AuditFormat } from '../generated/AuditFormat';
import type { AuditSpan } from '../generated/AuditSpan';
import type { DownloadState } from '../generated/DownloadState';
import type { Problem } from '../generated/Problem';
import type { UnfinishedRow } from '../generated/UnfinishedRow';
import { instant } from '../lib/time';
import { answered } from './ask';
import { manage } from './desk.svelte';

const DAY = 24 * 60 * 60_000;

/** How far back each of them goes; the service keeps thirty days. */
export const SPANS: Record<AuditSpan, number> = { day: DAY, week: 7 * DAY, month: 30 * DAY, everything: 30 * DAY };

/** Milliseconds before the next page is asked for after a pause, at least: a clock may be a little off. */
const SHORTEST_PAUSE = 1_000;

/** What is shown of it. */
export interface Panel {
  account: string;
  running: boolean;
  /** What is downloaded, or was last. */
  span: AuditSpan;
  /** How far that has come. */
  state?: DownloadState;
  /** What can be gone on with. */
  unfinished: UnfinishedRow[];
  /** Why it has stopped. */
  problem?: Problem;
}

class Download {
  span = $state<AuditSpan>('week');
  format = $state<AuditFormat>('csv');
  #panel = $state.raw<Panel | undefined>(undefined);
  /** Whoever has begun or stopped something since waits for no earlier answer. */
  #turn = 0;

  /** It, where it is open; another account sees nothing of it. */
  panel = $derived(this.#panel?.account === manage.desk?.account?.id ? this.#panel : undefined);

  /** Opens it, and looks for what can be gone on with. */
  open(): void {
    const account = manage.desk?.account?.id;
    if (account === undefined || this.panel) return;
    this.#panel = { account, running: false, span: this.span, unfinished: [] };
    void this.#look();
  }

  /** Closes it, unless it is under way. */
  close(): void {
    if (!this.panel?.running) this.#panel = undefined;
  }

  /** Begins a new file. */
  begin(): void {
    void this.#drive({ kind: 'download', span: this.span, format: this.format }, this.span);
  }

  /** Goes on with one. */
  resume(row: UnfinishedRow): void {
    void this.#drive({ kind: 'resumeDownload', id: row.id }, row.span);
  }

  /** Asks no further. What has arrived is kept. */
  stop(): void {
    const panel = this.panel;
    if (!panel?.running) return;
    this.#panel = { account: panel.account, running: false, span: panel.span, unfinished: [] };
    void this.#look();
  }

  /** Stops what is under way at the counter, and learns what can be gone on with. */
  async #look(): Promise<void> {
    const panel = this.panel;
    if (!panel) return;
    const turn = ++this.#turn;
    const told = await answered(panel.account, { kind: 'unfinished' });
    if (turn !== this.#turn || !this.panel) return;
    if (told.kind === 'unfinished') this.#panel = { ...this.panel, unfinished: told.rows };
    else if (told.kind === 'failed') this.#panel = { ...this.panel, problem: told.problem };
  }

  async #drive(first: Ask, span: AuditSpan): Promise<void> {
    const panel = this.panel;
    if (!panel || panel.running) return;
    const { account } = panel;
    const turn = ++this.#turn;
    this.#panel = { account, running: true, span, unfinished: [] };
    for (let ask = first; ; ask = { kind: 'downloadFurther' }) {
      const told = await answered(account, ask);
      if (turn !== this.#turn) return;
      if (!this.panel) {
        // Somebody else sits here now: for whoever began it, it has stopped.
        this.#panel = undefined;
        return;
      }
      if (told.kind !== 'download') {
        this.#panel = { account, running: false, span, unfinished: [], ...problemOf(told) };
        await this.#look();
        return;
      }
      const { state } = told;
      this.#panel = { account, running: state.sha256 === null, span, state, unfinished: [] };
      if (state.sha256 !== null) return;
      const until = instant(state.pause);
      if (until !== undefined) await pause(Math.max(until - manage.now, SHORTEST_PAUSE));
      if (turn !== this.#turn) return;
    }
  }
}

function problemOf(told: { kind: string; problem?: Problem | null }): { problem?: Problem } {
  return told.problem ? { problem: told.problem } : {};
}

function pause(length: number): Promise<void> {
  return new Promise((done) => setTimeout(done, length));
}

/** How much of its time a download has behind it, 0 to 1; `undefined` while that is not known. */
export function progress(panel: Panel, now: number): number | undefined {
  const reached = instant(panel.state?.reached);
  return reached === undefined ? undefined : Math.min(1, Math.max(0, (now - reached) / SPANS[panel.span]));
}

export const download = new Download();
