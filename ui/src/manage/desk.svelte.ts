// The Manage window's state: whose desk it is, which part is shown, what was told last and what is chosen of it.

import type { AlertRow } from '../generated/AlertRow';
import type { Answered } from '../generated/Answered';
import type { ApprovalRow } from '../generated/ApprovalRow';
import type { Ask } from '../generated/Ask';
import type { AuditRow } from '../generated/AuditRow';
import type { Desk } from '../generated/Desk';
import type { FoundPerson } from '../generated/FoundPerson';
import type { GivableRow } from '../generated/GivableRow';
import type { HoldingRow } from '../generated/HoldingRow';
import type { Outcome } from '../generated/Outcome';
import type { PrincipalKind } from '../generated/PrincipalKind';
import type { Problem } from '../generated/Problem';
import type { ReviewRow } from '../generated/ReviewRow';
import type { Section } from '../generated/Section';
import type { Step } from '../generated/Step';
import type { Told } from '../generated/Told';
import type { ReviewVerdict } from '../generated/ReviewVerdict';
import type { Wanted } from '../generated/Wanted';
import { filterRows } from '../lib/filter';
import { serverClock } from '../lib/server-clock';
import { instant } from '../lib/time';
import { ask, currentDesk, onDesk } from './ask';
import { finding, how } from './words';

/** What was told about a part. */
export type Listed = Extract<Told, { kind: Section }>;

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

/** A role that is to be given, as far as it is said. */
export interface Giving {
  /** What can be given; `undefined` while that is read. */
  roles?: GivableRow[];
  /** Why not all of it is known. */
  problem?: Problem;
  role?: GivableRow;
  people: FoundPerson[];
  /** So that they can activate it; else it is active at once. */
  eligible: boolean;
  /** Its last day, as it is typed. */
  day: string;
  forEver: boolean;
  reason: string;
  /** Whom the last search found. */
  found?: FoundPerson[];
  more: boolean;
  searching: boolean;
  /** Why a search failed. */
  trouble?: Problem;
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
  /** What is typed in its form stays while what would be done is looked at. */
  giving = $state<Giving | undefined>(undefined);
  #serial = -1;

  approvals = $derived.by((): ApprovalRow[] => {
    const told = this.listed.approvals;
    return told?.kind === 'approvals' ? this.#filtered(told.rows, (row) => [row.person, row.username, row.reason]) : [];
  });

  assignments = $derived.by((): HoldingRow[] => {
    const told = this.listed.assignments;
    return told?.kind === 'assignments' ? this.#filtered(told.rows, (row) => [row.person, row.username, how(row)]) : [];
  });

  alerts = $derived.by((): AlertRow[] => {
    const told = this.listed.alerts;
    return told?.kind === 'alerts' ? this.#filtered(told.rows, (row) => row.findings.map(finding)) : [];
  });

  reviews = $derived.by((): ReviewRow[] => {
    const told = this.listed.reviews;
    if (told?.kind !== 'reviews') return [];
    return this.#filtered(told.rows, (row) => [row.resource, ...row.people.map((each) => each.person)]);
  });

  audit = $derived.by((): AuditRow[] => {
    const told = this.listed.audit;
    if (told?.kind !== 'audit') return [];
    const rows = told.rows.map((row) => ({ ...row, name: row.activity }));
    return this.#filtered(rows, (row) => [row.by, row.subject, row.role, row.reason, row.ticket, row.failed]);
  });

  sources = $derived.by((): Answered[] => {
    const told = this.listed[this.section];
    return told && 'sources' in told ? told.sources : [];
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
      // What was told to one account is nobody else's.
      this.listed = {};
      this.problems = {};
      this.reading = new Set();
      this.deciding = false;
      this.#leave();
    }
    if (desk.serial !== this.#serial) {
      this.#serial = desk.serial;
      this.open(desk.section, true);
    } else if (other) void this.read(this.section);
  }

  /** Something was sent, and its answer is waited for: it is seen before anything else. */
  busy = $derived(this.deciding || (this.plan?.working === true && this.plan.steps !== undefined));

  /** Shows a part; reads it where it was not read, or `anew`. */
  open(section: Section, anew = false): void {
    if (this.busy) return;
    if (section !== this.section || this.plan || this.giving) this.#leave();
    this.section = section;
    if (anew || !this.listed[section]) void this.read(section);
  }

  #leave(): void {
    this.filter = '';
    this.selected = new Set();
    this.reason = '';
    this.outcomes = [];
    this.plan = undefined;
    this.giving = undefined;
  }

  /** `allow`: also ask for permissions that are missing, in the browser. */
  async read(section: Section, allow = false): Promise<void> {
    const account = this.desk?.account?.id;
    if (account === undefined || this.reading.has(section)) return;
    this.reading = new Set([...this.reading, section]);
    const told = await answered(account, question(section, allow));
    // What was asked for somebody else is not shown.
    if (account !== this.desk?.account?.id) return;
    this.reading = new Set([...this.reading].filter((each) => each !== section));
    const { [section]: _, ...others } = this.problems;
    if (told.kind === 'failed') this.problems = { ...others, [section]: told.problem };
    else if (told.kind === section) {
      this.problems = others;
      this.listed = { ...this.listed, [section]: told };
      if (section === this.section) this.#keepSelected(told);
    }
  }

  /** Reads the next older page of the history. One that fails can be asked for again. */
  async readFurther(): Promise<void> {
    const account = this.desk?.account?.id;
    const before = this.listed.audit;
    if (account === undefined || before?.kind !== 'audit' || this.reading.has('audit')) return;
    this.reading = new Set([...this.reading, 'audit' as const]);
    const told = await answered(account, { kind: 'auditFurther' });
    if (account !== this.desk?.account?.id) return;
    this.reading = new Set([...this.reading].filter((each) => each !== 'audit'));
    if (told.kind === 'failed') this.problems = { ...this.problems, audit: told.problem };
    else if (told.kind === 'audit') {
      const rows = [...before.rows, ...told.rows];
      const unreadable = before.unreadable + told.unreadable;
      this.listed = { ...this.listed, audit: { ...told, rows, unreadable } };
    }
  }

  /** What is gone is not chosen. */
  #keepSelected(told: Listed): void {
    const ids = new Set(selectable(told));
    this.selected = new Set([...this.selected].filter((id) => ids.has(id)));
  }

  toggle(id: string): void {
    const selected = new Set(this.selected);
    if (!selected.delete(id)) selected.add(id);
    this.selected = selected;
  }

  selectAll(ids: string[]): void {
    this.selected = new Set(ids);
  }

  /** Decides on the chosen requests. */
  async decide(approve: boolean): Promise<void> {
    if (this.selected.size === 0) return;
    await this.#send({ kind: 'decide', ids: [...this.selected], approve, reason: this.reason }, 'approvals');
  }

  /** Dismisses the chosen alerts. */
  async dismiss(): Promise<void> {
    if (this.selected.size === 0) return;
    await this.#send({ kind: 'dismiss', ids: [...this.selected] }, 'alerts');
  }

  /** Has the service look for an alert again; `null`: for all of the directory's. */
  async lookAgain(id: string | null): Promise<void> {
    await this.#send({ kind: 'lookAgain', id }, 'alerts');
  }

  /** Says of the chosen people whether they are to keep what is reviewed. */
  async review(verdict: ReviewVerdict): Promise<void> {
    if (this.selected.size === 0) return;
    await this.#send({ kind: 'review', ids: [...this.selected], verdict, reason: this.reason }, 'reviews');
  }

  /** Shows the assignments that an alert is about, as far as one filter can tell them. */
  showAssignments(row: AlertRow): void {
    const [role, ...others] = new Set(row.findings.map((each) => each.role).filter((each) => each !== null));
    this.open('assignments');
    if (this.section === 'assignments' && role !== undefined && others.length === 0) this.filter = role;
  }

  /** Sends something, shows what came of it, and reads the part anew. What fails as a whole keeps what was entered. */
  async #send(ask: Ask, section: Section): Promise<void> {
    const account = this.desk?.account?.id;
    if (account === undefined || this.deciding) return;
    this.deciding = true;
    const told = await answered(account, ask);
    if (account !== this.desk?.account?.id) return;
    this.deciding = false;
    if (told.kind === 'failed') this.problems = { ...this.problems, [section]: told.problem };
    else if (told.kind === 'outcomes') {
      this.outcomes = told.outcomes;
      this.selected = new Set();
      this.reason = '';
      await this.read(section);
    }
  }

  /** Begins to give a role: what there is to give is read. */
  async beginGiving(): Promise<void> {
    const account = this.desk?.account?.id;
    if (account === undefined || this.busy) return;
    this.giving = { people: [], eligible: true, day: '', forEver: false, reason: '', more: false, searching: false };
    const told = await answered(account, { kind: 'givable' });
    if (!this.giving || account !== this.desk?.account?.id) return;
    if (told.kind === 'givable') {
      this.giving = { ...this.giving, roles: told.rows, ...(told.problem && { problem: told.problem }) };
    } else if (told.kind === 'failed') this.giving = { ...this.giving, roles: [], problem: told.problem };
  }

  closeGiving(): void {
    this.giving = undefined;
  }

  /** Chooses the role; `undefined`: another one is to be chosen. */
  chooseRole(role: GivableRow | undefined): void {
    if (!this.giving) return;
    const { role: _, ...others } = this.giving;
    this.giving = role ? { ...others, role } : others;
  }

  /** Chooses somebody, or leaves them out again. */
  choosePerson(person: FoundPerson): void {
    if (!this.giving) return;
    const others = this.giving.people.filter((each) => each.id !== person.id);
    const people = others.length < this.giving.people.length ? others : [...others, person];
    this.giving = { ...this.giving, people };
  }

  /** Looks for people, groups or applications whose name begins so. */
  async findPeople(who: PrincipalKind, text: string): Promise<void> {
    const account = this.desk?.account?.id;
    if (account === undefined || !this.giving || this.giving.searching || text.trim() === '') return;
    const { trouble: _, ...before } = this.giving;
    this.giving = { ...before, searching: true };
    const told = await answered(account, { kind: 'findPeople', who, text });
    if (!this.giving || account !== this.desk?.account?.id) return;
    if (told.kind === 'people') {
      this.giving = { ...this.giving, found: told.rows, more: told.more, searching: false };
    } else if (told.kind === 'failed') this.giving = { ...this.giving, searching: false, trouble: told.problem };
  }

  /** Opens a change that has to be said in full before it can be looked at. */
  begin(wanted: Wanted): void {
    this.plan = { wanted, risks: [], rehearsed: false, working: false };
  }

  /** Looks at a change: what would be done, and what is known to be refused. */
  async look(wanted: Wanted): Promise<void> {
    const account = this.desk?.account?.id;
    if (account === undefined) return;
    const plan: Plan = { wanted, risks: [], rehearsed: false, working: true };
    this.plan = plan;
    const told = await answered(account, { kind: 'plan', change: wanted });
    if (this.plan !== plan) return;
    if (told.kind === 'plan') this.plan = { ...plan, steps: told.steps, risks: told.risks, working: false };
    else if (told.kind === 'failed') this.plan = { ...plan, problem: told.problem, working: false };
  }

  /** Asks the services, or has them do it. */
  async carryOut(rehearse: boolean): Promise<void> {
    const account = this.desk?.account?.id;
    const before = this.plan;
    if (account === undefined || !before || before.working) return;
    const plan: Plan = { ...before, working: true, problem: undefined, outcomes: undefined };
    this.plan = plan;
    const told = await answered(account, { kind: rehearse ? 'rehearse' : 'change', change: plan.wanted });
    if (this.plan !== plan) return;
    if (told.kind === 'outcomes') {
      this.plan = { ...plan, working: false, outcomes: told.outcomes, rehearsed: rehearse };
      if (!rehearse) {
        this.selected = new Set();
        this.listed = {};
        this.giving = undefined;
        void this.read(this.section);
      }
    } else if (told.kind === 'failed') this.plan = { ...plan, working: false, problem: told.problem };
  }

  /** Leaves a change, unless it is being made. */
  closePlan(): void {
    if (!this.busy) this.plan = undefined;
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

/** The ids of what can be chosen. */
function selectable(told: Listed): string[] {
  switch (told.kind) {
    case 'standing':
      return told.permanent.map((row) => row.held.id);
    case 'reviews':
      return told.rows.flatMap((row) => row.people.map((each) => each.id));
    case 'audit':
      return [];
    case 'alerts':
      return told.rows.filter((row) => row.active).map((row) => row.id);
    default:
      return told.rows.map((row) => row.id);
  }
}

/** What is asked for a part; `allow`: permissions as well. */
function question(section: Section, allow: boolean): Ask {
  switch (section) {
    case 'standing':
      return { kind: 'standing', days: STALE_DAYS, allow };
    case 'alerts':
    case 'reviews':
    case 'audit':
      return { kind: section, allow };
    default:
      return { kind: section };
  }
}

/** The answer; where the process behind the window does not give one, that. */
async function answered(account: string, question: Ask): Promise<Told> {
  try {
    return await ask(account, question);
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
