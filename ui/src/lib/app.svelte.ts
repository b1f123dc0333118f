// The window's own state: the last view, which page is shown, what was typed. What the view says is never copied.

import { tick } from 'svelte';

import type { Command } from '../generated/Command';
import type { EligibleRow } from '../generated/EligibleRow';
import type { Problem } from '../generated/Problem';
import type { RequirementsView } from '../generated/RequirementsView';
import type { View } from '../generated/View';
import { addressed } from './address';
import { passedMarks, results } from './announce';
import { countedInstants, untilNextWake } from './countdown';
import { filterRows, prepare } from './filter';
import { freshDraft, together, type Draft } from './form';
import { currentView, dispatch, hideWindow, onPage, onView, openSignInPage } from './ipc';
import { m } from './messages';
import { serverClock } from './server-clock';
import { instant } from './time';

/** What is shown below the header. */
export type Page =
  | { kind: 'list' }
  | { kind: 'form'; id: string }
  | { kind: 'renew'; id: string }
  | { kind: 'several' }
  | { kind: 'settings' }
  | { kind: 'shortcuts' }
  | { kind: 'about' };

/** Where the draft for several roles is kept. */
export const SEVERAL = '*';

const clock = serverClock(() => performance.now());

class App {
  /** The last view; `undefined` until the first came. */
  view = $state.raw<View | undefined>(undefined);
  /** Server time for everything shown; moves only when some text changes. */
  now = $state(0);
  page = $state<Page>({ kind: 'list' });
  filter = $state('');
  menuOpen = $state(false);
  /** What the screen reader is to say. */
  announcement = $state('');
  /** The process behind the window does not answer. */
  lost = $state(false);
  /** Half-written forms by role. */
  drafts = $state<Record<string, Draft>>({});

  /** Ids of the roles selected to be activated together. */
  selected = $state.raw<readonly string[]>([]);

  /** Those to choose from: what is active or on its way stands above, and is listed here only where it was typed. */
  rows: readonly EligibleRow[] = $derived.by(() => {
    const all = this.view?.eligible ?? [];
    return this.filter.trim() === '' ? all.filter((row) => !row.engaged) : filterRows(all, this.filter);
  });
  signedIn = $derived(this.view?.session.kind === 'signedIn');

  /** Brings a row of the filtered list into sight and focuses it; set by the list. */
  focusRow: (index: number) => void = () => {};
  /** How far the list was scrolled when it was left. */
  scrollTop = 0;

  #timer: ReturnType<typeof setTimeout> | undefined;
  #eventsSeen = 0;
  #openFormSeen: number | undefined;

  async start(): Promise<void> {
    try {
      await onView((view) => {
        this.#eventsSeen += 1;
        this.#take(view);
      });
      // Whoever asks for the first view is told what was wanted meanwhile.
      await onPage((page) => {
        if (!this.view || this.signedIn) this.showPage(page);
      });
      await this.query();
    } catch {
      this.lost = true;
    }
    document.addEventListener('visibilitychange', () => this.#wake());
  }

  /** Asks for the last view: the first one, and after the window was hidden one that may have been missed. */
  async query(): Promise<void> {
    const before = this.#eventsSeen;
    const view = await currentView();
    // An event that came meanwhile is newer than this answer; and a view known already would turn the time back.
    if (view && this.#eventsSeen === before && view.now !== this.view?.now) this.#take(view);
  }

  #take(view: View): void {
    const before = this.view;
    const at = this.now;
    clock.anchor(Date.parse(view.now));
    this.lost = false;
    this.view = view;
    this.now = clock.now();
    if (before !== undefined) {
      const marks = at === 0 ? [] : passedMarks(before.active, at, this.now);
      this.say([...marks, ...results(before, view)]);
    }
    this.#tidyDrafts(view);
    this.#tidySelection(view);
    this.#leaveVanished(view);
    this.#followOpenForm(view);
    this.#schedule();
    setTimeout(() => prepare(view.eligible));
  }

  /** A draft has done its work once its role is active; drafts never outlive the account. */
  #tidyDrafts(view: View): void {
    if (view.session.kind === 'signedOut') {
      this.drafts = {};
      this.selected = [];
    }
    for (const row of view.active) {
      const open = (this.page.kind === 'form' || this.page.kind === 'renew') && this.page.id === row.id;
      if (row.state.kind === 'active' && !open) delete this.drafts[row.id];
    }
  }

  /** Only what can be activated stays selected. */
  #tidySelection(view: View): void {
    if (this.selected.length === 0) return;
    const free = new Set(view.eligible.filter((row) => !row.engaged).map((row) => row.id));
    this.selected = this.selected.filter((id) => free.has(id));
  }

  /** A page about a role that is not there any more, or about nobody's settings, gives way to the list. */
  #leaveVanished(view: View): void {
    const page = this.page;
    if (view.session.kind !== 'signedIn' && page.kind !== 'shortcuts') {
      this.page = { kind: 'list' };
      this.filter = '';
    } else if (page.kind === 'form' && !view.eligible.some((row) => row.id === page.id)) {
      this.page = { kind: 'list' };
    } else if (page.kind === 'several' && this.selected.length === 0) {
      this.page = { kind: 'list' };
    } else if (page.kind === 'renew') {
      const row = view.active.find((each) => each.id === page.id);
      if (row === undefined) {
        // It ended while its owner looked at the choice: what is left is to activate it.
        if (view.eligible.some((each) => each.id === page.id)) this.openForm(page.id);
        else this.page = { kind: 'list' };
      }
    }
  }

  #followOpenForm(view: View): void {
    const wanted = view.openForm;
    // After signing out, serials begin anew.
    if (!wanted) this.#openFormSeen = undefined;
    if (!wanted || wanted.serial === this.#openFormSeen) return;
    const running = view.active.some((row) => row.id === wanted.id && row.state.kind === 'active');
    const eligible = view.eligible.some((row) => row.id === wanted.id);
    // Asked for before the list was there: it opens when its role comes.
    if (!running && !eligible && view.list.asOf === null) return;
    this.#openFormSeen = wanted.serial;
    if (running) this.openRenewal(wanted.id);
    else if (eligible) this.openForm(wanted.id);
  }

  #wake(): void {
    if (document.visibilityState !== 'visible') {
      clearTimeout(this.#timer);
      return;
    }
    this.#step();
    this.query().catch(() => (this.lost = true));
  }

  #step(): void {
    const before = this.now;
    this.now = clock.now();
    this.say(passedMarks(this.view?.active ?? [], before, this.now));
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (!this.view || document.visibilityState !== 'visible') return;
    const wait = untilNextWake(countedInstants(this.view), this.now);
    // Longer waits than a day do not fit into a timer.
    if (wait !== undefined) this.#timer = setTimeout(() => this.#step(), Math.min(wait, 86_400_000));
  }

  say(sentences: string[]): void {
    if (sentences.length > 0) this.announcement = sentences.join('. ');
  }

  send(command: Command): void {
    dispatch(addressed(command, this.view)).catch(() => (this.lost = true));
  }

  hide(): void {
    hideWindow().catch(() => (this.lost = true));
  }

  openSignInPage(): void {
    openSignInPage().catch(() => (this.lost = true));
  }

  eligible(id: string): EligibleRow | undefined {
    return this.view?.eligible.find((row) => row.id === id);
  }

  /** The draft for a role's form, begun from what was used last. */
  draft(id: string): Draft {
    const kept = this.drafts[id];
    if (kept) return kept;
    const row = this.eligible(id);
    const active = this.view?.active.find((each) => each.id === id);
    const requirements = row?.requirements ?? active?.requirements;
    if (!requirements) return { minutes: 60, reason: '', ticketNumber: '', ticketSystem: '' };
    // A renewal starts with what is running, a first activation with what was used last.
    const start = instant(active?.start);
    const end = instant(active?.end);
    const running = start === undefined || end === undefined ? null : Math.round((end - start) / 60_000);
    const fresh = freshDraft(requirements, {
      lastMinutes: running ?? row?.lastMinutes ?? null,
      lastReason: active?.reason ?? row?.lastReason ?? null,
    });
    this.drafts[id] = {
      ...fresh,
      ticketNumber: active?.ticket?.number ?? '',
      ticketSystem: active?.ticket?.system ?? '',
    };
    return this.drafts[id] ?? fresh;
  }

  openForm(id: string): void {
    this.draft(id);
    this.#show({ kind: 'form', id });
  }

  openRenewal(id: string): void {
    this.draft(id);
    this.#show({ kind: 'renew', id });
  }

  /** The row's own button: at once where nothing has to be typed, else the form. */
  act(row: EligibleRow, wantsForm: boolean): void {
    if (row.engaged) {
      if (this.view?.active.some((each) => each.id === row.id && each.state.kind === 'active' && each.activated)) {
        this.openRenewal(row.id);
      }
      return;
    }
    if (this.view?.undo?.id === row.id) return;
    if (wantsForm || !row.oneClick) {
      this.openForm(row.id);
      return;
    }
    this.send({
      kind: 'activate',
      id: row.id,
      minutes: row.lastMinutes ?? row.requirements.defaultMinutes,
      reason: row.lastReason ?? '',
      ticket: null,
      undoable: true,
    });
  }

  /** Sends a form. `restart`: the running activation is ended first. */
  submit(id: string, restart: boolean): void {
    const running = this.view?.active.find((row) => row.id === id)?.requirements;
    const requirements = restart ? running : this.eligible(id)?.requirements;
    if (requirements) this.#activate(id, requirements, restart);
    this.selected = this.selected.filter((each) => each !== id);
    this.filter = '';
    this.toList();
  }

  #activate(id: string, requirements: RequirementsView, restart: boolean): void {
    const draft = this.draft(id);
    const ticket = requirements.ticket
      ? { number: draft.ticketNumber.trim(), system: draft.ticketSystem.trim() }
      : null;
    const common = { id, minutes: draft.minutes, reason: draft.reason.trim(), ticket };
    this.send(restart ? { kind: 'restartNow', ...common } : { kind: 'activate', ...common, undoable: false });
  }

  /** Selects a role, or takes it out of the selection. */
  toggle(row: EligibleRow): void {
    if (this.selected.includes(row.id)) this.selected = this.selected.filter((id) => id !== row.id);
    else if (!row.engaged) this.selected = [...this.selected, row.id];
  }

  /** The form for all selected roles; for one it is the role's own. */
  openSeveral(): void {
    const rows = this.selectedRows();
    const [first, second] = rows;
    if (first === undefined) return;
    if (second === undefined) {
      this.openForm(first.id);
      return;
    }
    this.drafts[SEVERAL] ??= freshDraft(together(rows.map((row) => row.requirements)), {
      lastMinutes: null,
      lastReason: null,
    });
    this.#show({ kind: 'several' });
  }

  /** The selected rows, in the order of the list. */
  selectedRows(): EligibleRow[] {
    return (this.view?.eligible ?? []).filter((row) => this.selected.includes(row.id));
  }

  /** Sends one activation per role, each within its own policy. */
  submitSeveral(rows: readonly EligibleRow[]): void {
    const draft = this.draft(SEVERAL);
    for (const { id, requirements } of rows) {
      // Each gets a draft of its own, so that one that fails can be tried again by itself.
      this.drafts[id] = { ...draft, minutes: Math.min(draft.minutes, requirements.maxMinutes) };
      this.#activate(id, requirements, false);
    }
    delete this.drafts[SEVERAL];
    this.selected = [];
    this.filter = '';
    this.toList();
  }

  /** The one button of a problem that belongs to a role. `running`: the role is active all the same. */
  remedy(id: string, problem: Problem, running: boolean): void {
    switch (problem.remedy.kind) {
      case 'editForm':
        if (running) this.openRenewal(id);
        else this.openForm(id);
        break;
      case 'refresh':
        this.send({ kind: 'refresh' });
        break;
      case 'signIn':
        // Signed in, what failed was the stronger sign-in of one activation: it is asked for by sending that again.
        if (running) this.signInAgain();
        else this.#again(id);
        break;
      case 'retry':
        this.#again(id);
        break;
      default:
        break;
    }
  }

  /** Sends what was entered once more; what is not known any more is asked for. */
  #again(id: string): void {
    if (this.drafts[id]) this.submit(id, false);
    else this.openForm(id);
  }

  /** The one button of a problem that belongs to the list or the session. */
  generalRemedy(problem: Problem): void {
    if (problem.remedy.kind === 'signIn') this.signInAgain();
    else this.send({ kind: 'refresh' });
  }

  signInAgain(): void {
    const session = this.view?.session;
    const demo = session?.kind === 'signedIn' && session.account.demo;
    this.send({ kind: demo ? 'signInDemo' : 'signIn' });
  }

  showPage(kind: 'settings' | 'shortcuts' | 'about'): void {
    this.#show({ kind });
  }

  #show(page: Page): void {
    this.menuOpen = false;
    this.page = page;
  }

  /** Back to the list; the focus goes to the filter. */
  toList(): void {
    this.page = { kind: 'list' };
    void tick().then(() => this.focusFilter());
  }

  /** Back to the list as it was; the focus returns to where the page was opened from. */
  back(): void {
    const page = this.page;
    this.page = { kind: 'list' };
    void tick().then(() => {
      if (page.kind === 'form' || page.kind === 'renew') {
        const index = this.rows.findIndex((row) => row.id === page.id);
        const opener = document.querySelector<HTMLElement>(`[data-testid="${CSS.escape(`renew-${page.id}`)}"]`);
        if (page.kind === 'renew' && opener) opener.focus();
        else if (index >= 0) this.focusRow(index);
        else this.focusFilter();
      } else this.focusFilter();
    });
  }

  focusFilter(): void {
    const target =
      document.querySelector<HTMLElement>('[data-testid="filter"]') ??
      document.querySelector<HTMLElement>('[data-focus]');
    target?.focus();
  }
}

export const app = new App();

/** Copies text and says so; `false` where the system refuses. */
export async function copyText(text: string): Promise<boolean> {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    done = copyByCommand(text);
  }
  if (done) app.say([m.common.copied]);
  return done;
}

/** Web views without the clipboard interface still know the old command. */
function copyByCommand(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'offscreen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
