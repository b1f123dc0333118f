// The Manage window's state: whose desk it is, which part is shown, what was told last and what is chosen of it.

import type { ActivationRow } from '../generated/ActivationRow';
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
import type { Watch } from '../generated/Watch';
import { wear } from '../lib/appearance';
import { follow } from '../lib/language';
import { LANGUAGES, spoken } from '../lib/messages';
import { filterRows } from '../lib/filter';
import { m } from './messages';
import { serverClock } from '../lib/server-clock';
import { inert } from '../lib/text';
import { instant } from '../lib/time';
import { answered, currentDesk, onDesk } from './ask';
import type { Giving } from './giving.svelte';
import type { PolicyWork } from './policies.svelte';
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

/** A search by name, for people unless it says otherwise. */
export interface Search<Row = FoundPerson> {
  /** What the last one found. */
  found?: Row[];
  more: boolean;
  searching: boolean;
  /** Why it failed. */
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
  /** What is being asked for each part. An answer to anything else comes too late. */
  #asked = $state.raw<Partial<Record<Section, Ask>>>({});
  /** The parts that are being read. */
  reading = $derived<ReadonlySet<Section>>(new Set(Object.keys(this.#asked) as Section[]));
  /** Why a part could not be read. */
  problems = $state.raw<Partial<Record<Section, Problem>>>({});
  /** What came of the last decisions. */
  outcomes = $state.raw<Outcome[]>([]);
  deciding = $state(false);
  plan = $state.raw<Plan | undefined>(undefined);
  /** What somebody needs, as it is typed. */
  question = $state('');
  /** Why what is watched was not saved. */
  watchProblem = $state.raw<Problem | undefined>(undefined);
  /** Whoever has saved something else since waits for no earlier answer. */
  #watchTurn = 0;
  /** What somebody outside wants chosen of the part that is shown, once it is told. */
  #wanted: string | undefined;
  /** What is typed in its form stays while what would be done is looked at. */
  giving = $state<Giving | undefined>(undefined);
  policy = $state<PolicyWork | undefined>(undefined);
  /** What was written into a file last. */
  policiesSaved = $state.raw<Extract<Told, { kind: 'policiesSaved' }> | undefined>(undefined);
  /** The last request from outside that was followed. */
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

  activations = $derived.by((): ActivationRow[] => {
    const told = this.listed.activations;
    if (told?.kind !== 'activations') return [];
    return this.#filtered(told.rows, (row) => [row.person, row.username, row.reason, row.ticket]);
  });

  policies = $derived.by((): GivableRow[] => {
    const told = this.listed.policies;
    return told?.kind === 'policies' ? this.#filtered(told.rows, (row) => [m.manage.kinds[row.kind]]) : [];
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
    wear(desk.appearance);
    follow(desk.language, spoken, LANGUAGES);
    const now = instant(desk.now);
    if (now !== undefined) clock.anchor(now);
    this.now = clock.now();
    if (other) {
      this.question = '';
      // What was told to one account is nobody else's.
      this.listed = {};
      this.problems = {};
      this.#asked = {};
      this.deciding = false;
      this.#leave();
    }
    if (!this.follow() && other) void this.read(this.section);
  }

  /** Shows what somebody outside asked to see, once. While something is sent that waits, and is tried again. */
  follow(): boolean {
    const { desk } = this;
    if (!desk || desk.serial === this.#serial || this.busy) return false;
    this.#serial = desk.serial;
    this.open(desk.section, true);
    this.#wanted = desk.chosen ?? undefined;
    return true;
  }

  /** Something was sent, and its answer is waited for: it is seen before anything else. */
  busy = $derived(
    this.deciding || (this.plan?.working === true && this.plan.steps !== undefined) || this.policy?.sending === true,
  );

  /** Shows a part; reads it where it was not read, or `anew`. */
  open(section: Section, anew = false): void {
    if (this.busy) return;
    if (section !== this.section || this.plan || this.giving || this.policy) this.#leave();
    this.section = section;
    if (anew || (!this.listed[section] && !this.reading.has(section))) void this.read(section, false, anew);
  }

  /** Reads the part that is shown again, unless that is under way. */
  refresh(): void {
    if (!this.reading.has(this.section)) void this.read(this.section);
  }

  #leave(): void {
    this.filter = '';
    this.selected = new Set();
    this.reason = '';
    this.outcomes = [];
    this.plan = undefined;
    this.giving = undefined;
    this.policy = undefined;
    this.policiesSaved = undefined;
    this.watchProblem = undefined;
    this.#wanted = undefined;
  }

  /**
   * `allow`: also ask for permissions that are missing, in the browser. The same question is not asked twice at once,
   * unless something was `changed` since: then the answer that is under way is too old.
   */
  async read(section: Section, allow = false, changed = false): Promise<void> {
    // Nothing was asked yet.
    if (section === 'need' && this.question.trim() === '') return;
    const ask = question(section, allow, this.desk?.watch.roles ?? [], this.question);
    if (!changed && JSON.stringify(ask) === JSON.stringify(this.#asked[section])) return;
    // An answer to one question is none to the next.
    if (section === 'need') this.#forget(section);
    const told = await this.#answer(section, ask);
    if (!told) return;
    const { [section]: _, ...others } = this.problems;
    if (told.kind === 'failed') this.problems = { ...others, [section]: told.problem };
    else if (told.kind === section) {
      this.problems = others;
      this.listed = { ...this.listed, [section]: told };
      if (section === this.section) this.#keepSelected(told);
    }
  }

  /** Asks about a part; nothing comes back where something else was asked since, or somebody else sits here. */
  async #answer(section: Section, ask: Ask): Promise<Told | undefined> {
    const account = this.desk?.account?.id;
    if (account === undefined) return undefined;
    this.#asked = { ...this.#asked, [section]: ask };
    const told = await answered(account, ask);
    if (this.#asked[section] !== ask) return undefined;
    const { [section]: _, ...others } = this.#asked;
    this.#asked = others;
    return told;
  }

  /** What was told about a part, or is on its way, is not so any more. */
  #forget(section: Section): void {
    const { [section]: _, ...listed } = this.listed;
    const { [section]: __, ...asked } = this.#asked;
    this.listed = listed;
    this.#asked = asked;
  }

  /** Shows the flyout with a role's form. */
  async openForm(id: string): Promise<void> {
    const account = this.desk?.account?.id;
    if (account === undefined) return;
    const told = await answered(account, { kind: 'openForm', id });
    if (told.kind === 'failed') this.problems = { ...this.problems, need: told.problem };
  }

  /** Saves what the person is told of that others do; `false` where that failed and nothing else was saved since. */
  async watch(watch: Watch): Promise<boolean> {
    const account = this.desk?.account?.id;
    if (account === undefined) return true;
    const turn = (this.#watchTurn += 1);
    const told = await answered(account, { kind: 'watch', watch });
    if (!this.desk || account !== this.desk.account?.id) return true;
    const newest = turn === this.#watchTurn;
    if (newest) this.watchProblem = told.kind === 'failed' ? told.problem : undefined;
    if (told.kind === 'watching') {
      this.desk = { ...this.desk, watch: told.watch };
      // Which of them are watched was told with the roles from before.
      if (this.section === 'activations') void this.read('activations', false, true);
      else this.#forget('activations');
    }
    return told.kind !== 'failed' || !newest;
  }

  /** Reads the next older page of the history. One that fails can be asked for again. */
  async readFurther(): Promise<void> {
    const before = this.listed.audit;
    if (before?.kind !== 'audit' || this.reading.has('audit')) return;
    const told = await this.#answer('audit', { kind: 'auditFurther' });
    if (told?.kind === 'failed') this.problems = { ...this.problems, audit: told.problem };
    else if (told?.kind === 'audit') {
      const rows = [...before.rows, ...told.rows];
      const unreadable = before.unreadable + told.unreadable;
      this.listed = { ...this.listed, audit: { ...told, rows, unreadable } };
    }
  }

  /** What is gone is not chosen. */
  #keepSelected(told: Listed): void {
    const ids = new Set(selectable(told));
    const wanted = this.#wanted;
    this.#wanted = undefined;
    const selected = wanted === undefined ? [...this.selected] : [...this.selected, wanted];
    this.selected = new Set(selected.filter((id) => ids.has(id)));
    // What a notification is about is there to be decided: its ticket is a reason to begin with.
    const row = told.kind === 'approvals' ? told.rows.find((each) => each.id === wanted) : undefined;
    if (row?.ticket && this.reason === '') this.reason = inert(row.ticket);
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
      await this.read(section, false, true);
    }
  }

  /** Looks for people, groups or applications whose name begins so. */
  async findPeople(search: Search, who: PrincipalKind, text: string): Promise<void> {
    const account = this.desk?.account?.id;
    if (account === undefined || search.searching || text.trim() === '') return;
    search.searching = true;
    delete search.trouble;
    const told = await answered(account, { kind: 'findPeople', who, text });
    search.searching = false;
    if (account !== this.desk?.account?.id) return;
    if (told.kind === 'people') Object.assign(search, { found: told.rows, more: told.more });
    else if (told.kind === 'failed') search.trouble = told.problem;
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
        // What was asked before it is too old for any part.
        this.#asked = {};
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
    case 'need':
    case 'activations':
    case 'audit':
      return [];
    case 'alerts':
      return told.rows.filter((row) => row.active).map((row) => row.id);
    default:
      return told.rows.map((row) => row.id);
  }
}

/** What is asked for a part; `allow`: permissions as well. `roles` are those that are watched. */
function question(section: Section, allow: boolean, roles: string[], text: string): Ask {
  switch (section) {
    case 'need':
      return { kind: section, text, allow };
    case 'activations':
      return { kind: section, roles, allow };
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

export const manage = new Manage();
