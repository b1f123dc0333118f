// Work on policies, page by page: what a policy says, what is to be another, who is to have the same, and what will be different.

import type { Ask } from '../generated/Ask';
import type { ComparedPolicy } from '../generated/ComparedPolicy';
import type { GivableRow } from '../generated/GivableRow';
import type { Outcome } from '../generated/Outcome';
import type { PolicyWanted } from '../generated/PolicyWanted';
import type { Problem } from '../generated/Problem';
import type { Told } from '../generated/Told';
import { m } from './messages';
import { answered } from './ask';
import { manage, type Search } from './desk.svelte';
import { formOf, type PolicyForm } from './policy-form';

/** Mebibytes of a file that are taken: more than that is too much for the way to the process that reads it. */
const MOST_FILE = 8;

/** What a policy says. */
export type PolicyTold = Extract<Told, { kind: 'policy' }>;

/** What is done about a policy, or about a file of them. */
export interface PolicyWork {
  /** The page: the rules, what is to be another, who is to have the same, or what will be different. */
  step: 'rules' | 'form' | 'copy' | 'review';
  /** Whose policy; none where it is about a file. */
  role?: GivableRow;
  /** The file's name. */
  file?: string;
  told?: PolicyTold;
  form?: PolicyForm;
  search: Search;
  /** Who is to have the same rules. */
  targets: string[];
  /** What the policies were held against last. */
  wanted?: PolicyWanted;
  /** Where they are not so. */
  compared?: ComparedPolicy[] | undefined;
  /** Which of them are to be put right. */
  chosen: string[];
  /** What came of that. */
  outcomes?: Outcome[] | undefined;
  problem?: Problem | undefined;
  /** An answer is waited for. */
  working: boolean;
  /** It is one to something that was sent. */
  sending: boolean;
  /** Whoever goes on waits for no earlier answer. */
  turn: number;
}

/** Whether something in it can be put right. */
export function applicable(policy: ComparedPolicy): boolean {
  return policy.differences.some((difference) => difference.now !== null);
}

function begin(work: Partial<PolicyWork> & Pick<PolicyWork, 'step'>): PolicyWork | undefined {
  const search = { more: false, searching: false };
  manage.policy = { search, targets: [], chosen: [], working: false, sending: false, turn: 0, ...work };
  return manage.policy;
}

/** Asks. What fails is shown where it was asked; nothing comes back where nobody waits any more. */
async function answer(work: PolicyWork, question: Ask): Promise<Told | undefined> {
  const account = manage.desk?.account?.id;
  if (account === undefined || work.sending) return undefined;
  const turn = (work.turn += 1);
  work.problem = undefined;
  work.working = true;
  work.sending = question.kind === 'applyPolicies';
  const told = await answered(account, question);
  if (manage.policy !== work || work.turn !== turn) return undefined;
  work.working = false;
  work.sending = false;
  if (told.kind !== 'failed') return told;
  work.problem = told.problem;
  return undefined;
}

/** Opens a role's policy. */
export function openPolicy(role: GivableRow): void {
  if (manage.busy) return;
  const work = begin({ step: 'rules', role });
  if (work) void read(work);
}

async function read(work: PolicyWork): Promise<void> {
  if (!work.role) return;
  const told = await answer(work, { kind: 'policy', role: work.role.id });
  if (told?.kind === 'policy') work.told = told;
}

/** Begins to change it; what was typed before is still there. */
export function beginChange(): void {
  const work = manage.policy;
  if (!work?.told) return;
  work.form ??= formOf(work.told.settings);
  work.step = 'form';
}

/** Begins to choose who is to have the same rules. */
export function beginCopy(): void {
  const work = manage.policy;
  if (work?.told) work.step = 'copy';
}

/** Takes a role among those that are to have the same rules, or out again. */
export function toggleTarget(id: string): void {
  const work = manage.policy;
  if (work) work.targets = toggled(work.targets, id);
}

/** Takes a policy among those that are to be put right, or out again. */
export function toggleChosen(id: string): void {
  const work = manage.policy;
  if (work) work.chosen = toggled(work.chosen, id);
}

function toggled(all: string[], id: string): string[] {
  return all.includes(id) ? all.filter((each) => each !== id) : [...all, id];
}

/** Holds policies against what is wanted of them, and shows what will be different. */
export async function review(wanted: PolicyWanted): Promise<void> {
  const work = manage.policy;
  if (!work) return;
  work.wanted = wanted;
  work.compared = undefined;
  const told = await answer(work, { kind: 'comparePolicies', wanted });
  if (told?.kind !== 'compared') return;
  work.compared = told.policies;
  work.chosen = told.policies.filter(applicable).map((policy) => policy.id);
  work.step = 'review';
}

/** The same for a file. */
export async function compareFile(file: File): Promise<void> {
  if (manage.busy) return;
  const work = begin({ step: 'review', file: file.name });
  if (!work) return;
  if (file.size > MOST_FILE << 20) {
    work.problem = ours('file-too-long', m.policies.fileTooLong(MOST_FILE));
    return;
  }
  try {
    const text = await file.text();
    if (manage.policy === work) await review({ kind: 'file', text });
  } catch {
    work.problem = ours('file', m.policies.fileUnreadable);
  }
}

function ours(code: string, message: string): Problem {
  return { code, message, remedy: { kind: 'none' }, correlationId: null, detail: null };
}

/** Puts right what is chosen, as it is shown. */
export async function apply(): Promise<void> {
  const work = manage.policy;
  if (!work || work.working || work.chosen.length === 0) return;
  const told = await answer(work, { kind: 'applyPolicies', ids: [...work.chosen] });
  if (told?.kind === 'outcomes') work.outcomes = told.outcomes;
}

/** A page back; what was typed stays, unless it was done. */
export function back(): void {
  const work = manage.policy;
  if (!work || manage.busy) return;
  work.turn += 1;
  work.working = false;
  work.problem = undefined;
  if (!work.role || work.step === 'rules') manage.policy = undefined;
  else if (work.outcomes) openPolicy(work.role);
  else if (work.step === 'review') work.step = work.wanted?.kind === 'copy' ? 'copy' : 'form';
  else work.step = 'rules';
}

/** Writes the chosen policies into a file. */
export async function exportPolicies(): Promise<void> {
  const account = manage.desk?.account?.id;
  if (account === undefined || manage.busy || manage.selected.size === 0) return;
  manage.deciding = true;
  const told = await answered(account, { kind: 'exportPolicies', ids: [...manage.selected] });
  if (account !== manage.desk?.account?.id) return;
  manage.deciding = false;
  const { policies: _, ...others } = manage.problems;
  manage.problems = told.kind === 'failed' ? { ...others, policies: told.problem } : others;
  manage.policiesSaved = told.kind === 'policiesSaved' ? told : undefined;
}
