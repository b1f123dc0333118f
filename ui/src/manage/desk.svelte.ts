// The Manage window's state: whose desk it is, which part is shown, what was told last and what is chosen of it.

import type { Answered } from '../generated/Answered';
import type { ApprovalRow } from '../generated/ApprovalRow';
import type { Ask } from '../generated/Ask';
import type { Desk } from '../generated/Desk';
import type { HoldingRow } from '../generated/HoldingRow';
import type { Outcome } from '../generated/Outcome';
import type { Problem } from '../generated/Problem';
import type { Section } from '../generated/Section';
import type { Step } from '../generated/Step';
import type { Told } from '../generated/Told';
import type { Wanted } from '../generated/Wanted';
import { filterRows } from '../lib/filter';
import { serverClock } from '../lib/server-clock';
import { instant } from '../lib/time';
import { ask, currentDesk, onDesk } from './ask';
import { how } from './words';

/** What was told about a part. */
export type Listed = Extract<Told, { kind: 'approvals' | 'assignments' | 'standing' }>;

/** Days after which an eligibility is stale. */
export const STALE_DAYS = 90;

/** A change that is looked at before it is made. */
export interface Plan {
  wanted: Wanted;
  steps?: Step[] | undefined;
  risks: string[];
  /** What the services would say, or have said. */
  outcomes?: Outcome[] | undefined;
  /** They were only asked. */
  rehearsed: boolean;
  problem?: Problem | undefined;
  working: boolean;
}

const clock = serverClock(() => performance.now());

class Manage {
  desk = $state.raw<Desk | undefined>(undefined);
  /** Server time of everything that is shown; moves once a minute. */
  now = $state(0);
  section = $state<Section>('approvals');
  filter = $state('');
  selected = $state.raw<ReadonlySet<string>>(new Set());
  reason = $state('');
  listed = $state.raw<Partial<Record<Section, Listed>>>({});
  /** The part that is being read. */
  reading = $state.raw<ReadonlySet<Section>>(new Set());
  /** Why a part could not be read. */
  problems = $state.raw<Partial<Record<Section, Problem>>>({});
  /** What came of the last decisions. */
  outcomes = $state.raw<Outcome[]>([]);
  deciding = $state(false);
  plan = $state.raw<Plan | undefined>(undefined);
  #serial = -1;

  approvals = $derived.by((): ApprovalRow[] => {
    const told = this.listed.approvals;
    return told?.kind === 'approvals' ? this.#filtered(told.rows, (row) => [row.person, row.username, row.reason]) : [];
  });

  assignments = $derived.by((): HoldingRow[] => {
    const told = this.listed.assignments;
    return told?.kind === 'assignments' ? this.#filtered(told.rows, (row) => [row.person, row.username, how(row)]) : [];
  });

  sources = $derived.by((): Answered[] => {
    const told = this.listed[this.section];
    return told && told.kind !== 'standing' ? told.sources : [];
  });

  async start(): Promise<void> {
    await onDesk((desk) => this.#take(desk));
    this.#take(await currentDesk());
    setInterval(() => (this.now = clock.now()), 30_000);
  }

  #take(desk: Desk): void {
    const other = desk.account?.id !== this.desk?.account?.id;
    this.desk = desk;
    const now = instant(desk.now);
    if (now !== undefined) clock.anchor(now);
    this.now = clock.now();
    if (other) {
      this.listed = {};
      this.problems = {};
      this.#leave();
    }
    if (desk.serial !== this.#serial) {
      this.#serial = desk.serial;
      this.open(desk.section, true);
    } else if (other) this.read(this.section);
  }

  /** Shows a part; reads it where it was not read, or `anew`. */
  open(section: Section, anew = false): void {
    if (section !== this.section) this.#leave();
    this.section = section;
    if (anew || !this.listed[section]) void this.read(section);
  }

  #leave(): void {
    this.filter = '';
    this.selected = new Set();
    this.reason = '';
    this.outcomes = [];
    this.plan = undefined;
  }

  /** `allow`: also ask for permissions that are missing, in the browser. */
  async read(section: Section, allow = false): Promise<void> {
    if (!this.desk?.account || this.reading.has(section)) return;
    const account = this.desk.account.id;
    this.reading = new Set([...this.reading, section]);
    const question: Ask = section === 'standing' ? { kind: 'standing', days: STALE_DAYS, allow } : { kind: section };
    const told = await answered(question);
    this.reading = new Set([...this.reading].filter((each) => each !== section));
    // What was asked for somebody else is not shown.
    if (account !== this.desk?.account?.id) return void this.read(section);
    const { [section]: _, ...others } = this.problems;
    if (told.kind === 'failed') this.problems = { ...others, [section]: told.problem };
    else if (told.kind === 'approvals' || told.kind === 'assignments' || told.kind === 'standing') {
      this.problems = others;
      this.listed = { ...this.listed, [section]: told };
      this.#keepSelected(told);
    }
  }

  /** What is gone is not chosen. */
  #keepSelected(told: Listed): void {
    const ids = new Set(
      told.kind === 'standing' ? told.permanent.map((row) => row.held.id) : told.rows.map((row) => row.id),
    );
    this.selected = new Set([...this.selected].filter((id) => ids.has(id)));
  }

  toggle(id: string): void {
    const selected = new Set(this.selected);
    if (!selected.delete(id)) selected.add(id);
    this.selected = selected;
  }

  selectAll(ids: string[]): void {
    const all = ids.every((id) => this.selected.has(id));
    this.selected = new Set(all ? [] : ids);
  }

  async decide(approve: boolean): Promise<void> {
    if (this.deciding || this.selected.size === 0) return;
    this.deciding = true;
    const told = await answered({ kind: 'decide', ids: [...this.selected], approve, reason: this.reason });
    this.deciding = false;
    if (told.kind === 'failed') this.problems = { ...this.problems, approvals: told.problem };
    else if (told.kind === 'outcomes') {
      this.outcomes = told.outcomes;
      this.selected = new Set();
      this.reason = '';
      await this.read('approvals');
    }
  }

  /** Looks at a change: what would be done, and what is known to be refused. */
  async look(wanted: Wanted): Promise<void> {
    this.plan = { wanted, risks: [], rehearsed: false, working: true };
    const told = await answered({ kind: 'plan', change: wanted });
    if (this.plan?.wanted !== wanted) return;
    if (told.kind === 'plan') {
      this.plan = { ...this.plan, steps: told.steps, risks: told.risks, working: false };
    } else if (told.kind === 'failed') this.plan = { ...this.plan, problem: told.problem, working: false };
  }

  /** Asks the services, or has them do it. */
  async carryOut(rehearse: boolean): Promise<void> {
    const plan = this.plan;
    if (!plan || plan.working) return;
    this.plan = { ...plan, working: true, problem: undefined, outcomes: undefined };
    const told = await answered({ kind: rehearse ? 'rehearse' : 'change', change: plan.wanted });
    if (this.plan?.wanted !== plan.wanted) return;
    if (told.kind === 'outcomes') {
      this.plan = { ...this.plan, working: false, outcomes: told.outcomes, rehearsed: rehearse };
      if (!rehearse) {
        this.selected = new Set();
        this.listed = {};
        void this.read(this.section);
      }
    } else if (told.kind === 'failed') this.plan = { ...this.plan, working: false, problem: told.problem };
  }

  #filtered<Row extends { name: string; scope: string | null }>(
    rows: Row[],
    more: (row: Row) => (string | null)[],
  ): Row[] {
    if (this.filter.trim() === '') return rows;
    const texts = rows.map((row) => ({
      name: [row.name, row.scope, ...more(row)].filter(Boolean).join(' '),
      scope: null,
      row,
    }));
    const found = new Set(filterRows(texts, this.filter).map((text) => text.row));
    // The order of the list stays.
    return rows.filter((row) => found.has(row));
  }
}

/** The answer; where the process behind the window does not give one, that. */
async function answered(question: Ask): Promise<Told> {
  try {
    return await ask(question);
  } catch (error) {
    const problem: Problem = {
      code: 'window',
      message: error instanceof Error ? error.message : String(error),
      remedy: { kind: 'none' },
      correlationId: null,
      detail: null,
    };
    return { kind: 'failed', problem };
  }
}

export const manage = new Manage();
