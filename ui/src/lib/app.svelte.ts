// The window's own state: the last view, which page is shown, what was typed. What the view says is never copied.

import { tick } from 'svelte';

import type { BundleView } from '../generated/BundleView';
import type { Command } from '../generated/Command';
import type { EligibleRow } from '../generated/EligibleRow';
import type { View } from '../generated/View';
import { addressed } from './address';
import { passedMarks, results } from './announce';
import { wear } from './appearance';
import { bundleState, rowsOf } from './bundles';
import { atOnce, bundleRun, several } from './commands';
import { countedInstants, untilNextWake } from './countdown';
import { filterRows, prepare } from './filter';
import { byTestId, focusFilter } from './focus';
import {
  activation,
  begunDraft,
  bundleDraft,
  freshDraft,
  lapsed,
  NO_DRAFT,
  SEVERAL,
  together,
  type Draft,
  type Way,
} from './form';
import { currentView, dispatch, hideWindow, leave, left, onPage, onView, openSignInPage } from './ipc';
import { follow } from './language';
import { readLeft, type Below, type Left } from './left';
import { LANGUAGES, spoken } from './messages';
import { ALWAYS, same, uncovered, vanished, type HistoryFace, type Page } from './pages';
import { tellApart } from './places';
import { asksAt } from './scopes';
import { serverClock } from './server-clock';
import { Typing } from './typing.svelte';

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
  /** Whose lists are shown. */
  account = $derived(this.view?.session.kind === 'signedIn' ? this.view.session.account.id : undefined);

  /** What tells roles apart that are the same but for what lies above their scopes. */
  apart: ReadonlyMap<string, string> = $derived(
    tellApart([...(this.view?.active ?? []), ...(this.view?.eligible ?? [])]),
  );

  /** Brings a row of the filtered list into sight and focuses it; set by the list. */
  focusRow: (index: number) => void = () => {};
  /** How far the list was scrolled when it was left. */
  scrollTop = 0;
  /** What the pages keep themselves while they are typed into. */
  readonly typing = new Typing();

  #timer: ReturnType<typeof setTimeout> | undefined;
  #eventsSeen = 0;
  #openFormSeen: number | undefined;
  /** What the page before this one was left with. */
  #left: Left | undefined;
  /** The pages below the one that is shown. */
  #trail: Below[] = [];

  async start(): Promise<void> {
    try {
      this.#left = readLeft(await left());
      await onView((view) => {
        this.#eventsSeen += 1;
        this.#take(view);
      });
      // Whoever asks for the first view is told what was wanted meanwhile.
      await onPage((page) => {
        if (!this.view || this.signedIn || ALWAYS.has(page)) this.open({ kind: page });
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
    const owner = this.account;
    const at = this.now;
    clock.anchor(Date.parse(view.now));
    this.lost = false;
    this.view = view;
    wear(view.settings.appearance);
    this.now = clock.now();
    if (before === undefined) this.#goOn();
    else {
      const marks = at === 0 ? [] : passedMarks(before.active, at, this.now);
      this.say([...marks, ...results(before, view)]);
    }
    if (owner !== undefined && this.account !== undefined && owner !== this.account) this.#forgetOwner();
    this.#tidyDrafts(view);
    this.#tidySelection(view);
    this.#leaveVanished(view);
    this.#followOpenForm(view);
    // In the other language the page goes on where it was.
    follow(view.settings.language, spoken, LANGUAGES, () => leave(this.leaves()));
    this.#schedule();
    setTimeout(() => prepare(view.eligible));
  }

  /** Everything that a page in place of this one goes on with. */
  leaves(): string {
    const leaves: Left = {
      account: this.account ?? null,
      page: this.page,
      trail: this.#trail,
      filter: this.filter,
      selected: this.selected,
      drafts: this.drafts,
      typed: this.typing.now,
      openFormSeen: this.#openFormSeen ?? null,
    };
    return JSON.stringify(leaves);
  }

  /** Goes on where the page before this one died. */
  #goOn(): void {
    const left = this.#left;
    if (left?.account !== (this.account ?? null)) return;
    this.page = left.page;
    this.#trail = left.trail;
    this.filter = left.filter;
    this.selected = left.selected;
    this.drafts = left.drafts;
    this.#openFormSeen = left.openFormSeen ?? undefined;
    this.typing.goOn(left.typed);
  }

  /** Another account's lists: nothing that was begun under the one before is carried over. */
  #forgetOwner(): void {
    this.drafts = {};
    this.selected = [];
    this.filter = '';
    this.scrollTop = 0;
    this.#trail = [];
    this.page = { kind: 'list' };
  }

  /** A draft has done its work once its role is active; drafts never outlive the account. */
  #tidyDrafts(view: View): void {
    if (view.session.kind === 'signedOut') {
      this.drafts = {};
      this.selected = [];
    }
    // The one that is shown is still written in, and those that one comes back to.
    const pages = [this.page, ...this.#trail.map((left) => left.page)];
    for (const row of view.active) {
      const open = pages.some((page) => (page.kind === 'form' || page.kind === 'renew') && page.id === row.id);
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
    const gone = vanished(page, view, this.selected);
    if (view.session.kind !== 'signedIn' && !ALWAYS.has(page.kind) && page.kind !== 'beforeSignIn') {
      this.#trail = [];
      this.page = { kind: 'list' };
      this.filter = '';
    } else if (page.kind === 'renew' && gone && view.eligible.some((row) => row.id === page.id)) {
      // It ended while its owner looked at the choice: what is left is to activate it.
      this.draft(page.id);
      this.page = { kind: 'form', id: page.id };
    } else if (gone) {
      this.#trail = this.#trail.filter((left) => left.page.kind === 'bundles');
      this.page = uncovered(this.#trail, view, this.selected)?.page ?? { kind: 'list' };
    }
  }

  #followOpenForm(view: View): void {
    const wanted = view.openForm;
    // After signing out, serials begin anew.
    if (!wanted) this.#openFormSeen = undefined;
    if (!wanted || wanted.serial === this.#openFormSeen) return;
    const bundle = wanted.bundle ? view.bundles.find((each) => each.name === wanted.id) : undefined;
    const running = !wanted.bundle && view.active.some((row) => row.id === wanted.id && row.state.kind === 'active');
    const eligible = !wanted.bundle && view.eligible.some((row) => row.id === wanted.id);
    // Asked for before the list was there: it opens when its role comes.
    if (!bundle && !running && !eligible && view.list.asOf === null) return;
    this.#openFormSeen = wanted.serial;
    if (bundle) this.openBundle(bundle);
    else if (running) this.openRenewal(wanted.id);
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

  /** An organisation has set it: nobody can change it here. */
  isLocked(setting: string): boolean {
    return this.view?.locked.includes(setting) ?? false;
  }

  eligible(id: string): EligibleRow | undefined {
    return this.view?.eligible.find((row) => row.id === id);
  }

  /** The draft for a role's form, begun from what was used last. */
  draft(id: string): Draft {
    const kept = this.drafts[id];
    if (kept) return kept;
    const begun = begunDraft(
      this.eligible(id),
      this.view?.active.find((each) => each.id === id),
    );
    if (begun === undefined) return NO_DRAFT;
    this.drafts[id] = begun;
    return this.drafts[id] ?? begun;
  }

  /** Shows a role's form; for so many minutes, where somebody says so. */
  openForm(id: string, minutes?: number): void {
    const draft = this.draft(id);
    if (minutes !== undefined) draft.minutes = minutes;
    this.open({ kind: 'form', id });
  }

  openRenewal(id: string): void {
    this.draft(id);
    this.open({ kind: 'renew', id });
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
    if (lapsed(row)) {
      this.open({ kind: 'extend', id: row.id, eligibility: true });
      return;
    }
    if (wantsForm || !row.oneClick) this.openForm(row.id);
    else this.send(atOnce(row));
  }

  /**
   * Sends a form. `confirmed`: the person has said that they want the running activation ended all the same.
   */
  submit(id: string, way: Way, confirmed = false): void {
    const running = this.view?.active.find((row) => row.id === id);
    const row = this.eligible(id);
    const asks = row && asksAt(row, this.draft(id).scope?.id ?? null, this.view?.detail);
    const requirements = way === 'now' ? asks?.requirements : running?.requirements;
    if (requirements) {
      const end = running?.end ?? null;
      this.send(activation(id, this.draft(id), requirements, way, end, this.now, confirmed));
    }
    this.selected = this.selected.filter((each) => each !== id);
    this.filter = '';
    this.toList();
  }

  /** Selects a role, or takes it out of the selection. */
  toggle(row: EligibleRow): void {
    if (this.selected.includes(row.id)) this.selected = this.selected.filter((id) => id !== row.id);
    else if (!row.engaged && !lapsed(row)) this.selected = [...this.selected, row.id];
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
    this.open({ kind: 'several' });
  }

  /** The selected rows, in the order of the list. */
  selectedRows(): EligibleRow[] {
    return (this.view?.eligible ?? []).filter((row) => this.selected.includes(row.id));
  }

  /** Sends the activations of several roles, each within its own policy. */
  submitSeveral(rows: readonly EligibleRow[]): void {
    const draft = this.draft(SEVERAL);
    this.#keepDrafts(rows, draft, () => draft.minutes);
    this.send(several(rows, draft));
    delete this.drafts[SEVERAL];
    this.selected = [];
    this.filter = '';
    this.toList();
  }

  /** Each gets a draft of its own, so that one that fails can be tried again by itself. */
  #keepDrafts(rows: readonly EligibleRow[], draft: Draft, minutes: (id: string) => number): void {
    for (const { id, requirements } of rows) {
      this.drafts[id] = { ...draft, minutes: Math.min(minutes(id), requirements.maxMinutes) };
    }
  }

  /** A bundle's button: at once where nothing has to be typed, else its form. */
  actBundle(bundle: BundleView, wantsForm: boolean): void {
    if (bundleState(bundle) === 'runs' && !wantsForm) this.runBundle(bundle, null);
    else this.openBundle(bundle);
  }

  openBundle(bundle: BundleView): void {
    this.drafts[bundleDraft(bundle.name)] ??= { ...this.draft(''), reason: bundle.reason };
    this.open({ kind: 'bundle', name: bundle.name });
  }

  /** Activates a bundle's roles; with its own reason where no draft says otherwise. */
  runBundle(bundle: BundleView, draft: Draft | null): void {
    const rows = rowsOf(bundle, this.view?.eligible ?? []);
    const minutes = new Map(bundle.roles.map((row) => [row.id, row.minutes]));
    const entered = draft ?? { ...this.draft(''), reason: bundle.reason };
    this.#keepDrafts(rows, entered, (id) => minutes.get(id) ?? entered.minutes);
    this.send(bundleRun(bundle, rows, draft));
    delete this.drafts[bundleDraft(bundle.name)];
    if (this.page.kind !== 'list') this.toList();
  }

  /** Forgets an account, whichever is shown. */
  signOut(account: string): void {
    dispatch({ kind: 'for', account, command: { kind: 'signOut' } }).catch(() => (this.lost = true));
  }

  /** Makes another account's lists those that are shown. */
  selectAccount(account: string): void {
    if (account !== this.account) this.send({ kind: 'selectAccount', account });
    this.toList();
  }

  /** Shows a page; Back leads to the one before. */
  open(page: Page): void {
    this.menuOpen = false;
    const focused = document.activeElement?.closest<HTMLElement>('[data-testid]')?.dataset.testid;
    // Pages that lead to each other do not pile up: one that stands below is gone back to.
    const below = this.#trail.findIndex((left) => same(left.page, page));
    if (below >= 0) this.#trail.length = below;
    else if (page.kind !== this.page.kind) this.#trail.push({ page: this.page, opener: focused });
    this.page = page;
  }

  /** Shows the history in another way: the same page, for whoever goes on with it or comes back. */
  showHistory(face: HistoryFace): void {
    this.page = { kind: 'history', face };
  }

  /** Back to the list; the focus goes to the filter. */
  toList(): void {
    this.#trail = [];
    this.page = { kind: 'list' };
    void tick().then(() => focusFilter());
  }

  /** To the bundles, over the list. */
  toBundles(): void {
    this.#trail = [{ page: { kind: 'list' }, opener: undefined }];
    this.page = { kind: 'bundles' };
  }

  /** Back to where the page was opened from, and the focus with it. */
  back(): void {
    const page = this.page;
    const left = uncovered(this.#trail, this.view, this.selected);
    this.page = left?.page ?? { kind: 'list' };
    void tick().then(() => {
      const opener = left?.opener === undefined || left.opener === 'menu' ? null : byTestId(left.opener);
      const index = page.kind === 'form' ? this.rows.findIndex((row) => row.id === page.id) : -1;
      if (this.page.kind === 'list' && index >= 0) this.focusRow(index);
      else if (opener) opener.focus();
      else focusFilter();
    });
  }
}

export const app = new App();
