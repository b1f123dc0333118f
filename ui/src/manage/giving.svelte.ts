// Giving a role: which, where and to whom, as far as it is said. What was read for it is gone with it.

import type { Ask } from '../generated/Ask';
import type { FoundPerson } from '../generated/FoundPerson';
import type { GivableRow } from '../generated/GivableRow';
import type { Problem } from '../generated/Problem';
import type { ScopeNode } from '../generated/ScopeNode';
import type { Ticket } from '../generated/Ticket';
import type { Told } from '../generated/Told';
import { unfoldedScopes } from '../lib/scopes';
import { answered } from './ask';
import { manage, type Search } from './desk.svelte';

/** A role that is to be given, as far as it is said. */
export interface Giving {
  /** What can be given at once; `undefined` while that is read. */
  roles?: GivableRow[];
  /** Why not all of it is known. */
  problem?: Problem;
  /** Where the role is chosen: from those, from all groups, or at a scope of Azure. */
  from: 'listed' | 'group' | 'azure';
  groups: Search<GivableRow>;
  azure: AzureChoice;
  role?: GivableRow | undefined;
  /** A role of the directory is given within an administrative unit. */
  within: boolean;
  /** The role within that unit. */
  unit?: GivableRow | undefined;
  units: Search<GivableRow>;
  people: FoundPerson[];
  search: Search;
  /** So that they can activate it; else it is active at once. */
  eligible: boolean;
  /** It begins on a day and at a time to come, as they are typed. */
  later: boolean;
  firstDay: string;
  time: string;
  /** Its last day, as it is typed. */
  day: string;
  forEver: boolean;
  reason: string;
  ticket: Ticket;
}

/** A role of Azure that is looked for: its scope first. */
export interface AzureChoice {
  /** What the caller sees; `undefined` until it is read. */
  scopes?: ScopeNode[];
  scope?: ScopeNode | undefined;
  /** The roles there; `undefined` until they are read. */
  roles?: GivableRow[] | undefined;
  working: boolean;
  /** Whoever has chosen something since waits for no earlier answer. */
  turn: number;
  trouble?: Problem | undefined;
}

/** Asks for what is being given; nothing comes back where nobody gives it any more. */
async function answer(giving: Giving, question: Ask): Promise<Told | undefined> {
  const account = manage.desk?.account?.id;
  if (account === undefined) return undefined;
  const told = await answered(account, question);
  return manage.giving === giving && account === manage.desk?.account?.id ? told : undefined;
}

/** Begins to give a role: what there is to give is read. */
export async function beginGiving(): Promise<void> {
  if (!manage.desk?.account || manage.busy) return;
  const nothing = () => ({ more: false, searching: false });
  manage.giving = {
    from: 'listed',
    groups: nothing(),
    azure: { working: false, turn: 0 },
    within: false,
    units: nothing(),
    people: [],
    search: nothing(),
    eligible: true,
    later: false,
    firstDay: '',
    time: '08:00',
    day: '',
    forEver: false,
    reason: '',
    ticket: { number: '', system: '' },
  };
  const { giving } = manage;
  const told = await answer(giving, { kind: 'givable' });
  if (told?.kind === 'givable') {
    giving.roles = told.rows;
    if (told.problem) giving.problem = told.problem;
  } else if (told?.kind === 'failed') Object.assign(giving, { roles: [], problem: told.problem });
}

/** Chooses the role; `undefined`: another one is to be chosen. */
export function chooseRole(giving: Giving, role: GivableRow | undefined): void {
  const units = { more: false, searching: false };
  Object.assign(giving, { role, within: false, unit: undefined, units });
}

/** Chooses the role from something else. What there is of Azure is read when somebody wants it. */
export function chooseFrom(giving: Giving, from: Giving['from']): void {
  giving.from = from;
  // A path that is still looked up is not wanted any more.
  if (!giving.azure.scope) giving.azure.turn += 1;
  if (from === 'azure') void readScopes(giving);
}

/** Chooses the role within a unit; `undefined`: another unit is to be chosen. */
export function chooseUnit(giving: Giving, unit: GivableRow | undefined): void {
  giving.unit = unit;
}

/** Chooses somebody, or leaves them out again. */
export function choosePerson(giving: Giving, person: FoundPerson): void {
  const others = giving.people.filter((each) => each.id !== person.id);
  giving.people = others.length < giving.people.length ? others : [...others, person];
}

/** Looks for groups whose name begins so. */
export async function findGroups(giving: Giving, text: string): Promise<void> {
  await find(giving, giving.groups, { kind: 'findGroups', text });
}

/** Looks for administrative units that are called so. */
export async function findUnits(giving: Giving, text: string): Promise<void> {
  if (giving.role) await find(giving, giving.units, { kind: 'findUnits', role: giving.role.id, text });
}

async function find(giving: Giving, search: Search<GivableRow>, question: Ask): Promise<void> {
  if (search.searching) return;
  search.searching = true;
  delete search.trouble;
  const told = await answer(giving, question);
  search.searching = false;
  if (told?.kind === 'found') Object.assign(search, { found: told.rows, more: told.more });
  else if (told?.kind === 'failed') search.trouble = told.problem;
}

/** Reads what the caller sees of Azure, once. */
async function readScopes(giving: Giving): Promise<void> {
  const { azure } = giving;
  if (azure.scopes || azure.working) return;
  const rows = await scopesOf(giving, { kind: 'scopes', below: null });
  if (rows) azure.scopes = rows;
}

/** Reads what lies directly below a scope, once. */
export async function unfoldScope(giving: Giving, id: string): Promise<void> {
  const { azure } = giving;
  const node = azure.scopes?.find((each) => each.id === id);
  if (!node || node.unfolded || node.loading) return;
  node.loading = true;
  const told = await answer(giving, { kind: 'scopes', below: id });
  node.loading = false;
  if (told?.kind === 'scopes') {
    azure.trouble = undefined;
    azure.scopes = unfoldedScopes(azure.scopes ?? [], id, told.rows);
  } else if (told?.kind === 'failed') azure.trouble = told.problem;
}

/** Chooses the scope that somebody writes; `true` once it is chosen, unless something else was meanwhile. */
export async function writeScope(giving: Giving, path: string): Promise<boolean> {
  const { azure } = giving;
  if (azure.working) return false;
  const turn = (azure.turn += 1);
  const [scope] = (await scopesOf(giving, { kind: 'writeScope', path }, () => azure.turn === turn)) ?? [];
  if (!scope) return false;
  void chooseScope(giving, scope);
  return true;
}

/** Chooses a scope, and reads which roles there are; `undefined`: another one is to be chosen. */
export async function chooseScope(giving: Giving, scope: ScopeNode | undefined): Promise<void> {
  const { azure } = giving;
  const turn = (azure.turn += 1);
  Object.assign(azure, { scope, roles: undefined, trouble: undefined });
  if (!scope) return;
  const told = await answer(giving, { kind: 'rolesAt', scope: scope.id });
  if (azure.turn !== turn) return;
  if (told?.kind === 'found') azure.roles = told.rows;
  else if (told?.kind === 'failed') Object.assign(azure, { scope: undefined, trouble: told.problem });
}

/** `wanted`: whether somebody still waits for the answer. */
async function scopesOf(giving: Giving, question: Ask, wanted = () => true): Promise<ScopeNode[] | undefined> {
  const { azure } = giving;
  azure.working = true;
  azure.trouble = undefined;
  const told = await answer(giving, question);
  azure.working = false;
  if (!wanted()) return undefined;
  if (told?.kind === 'failed') azure.trouble = told.problem;
  return told?.kind === 'scopes' ? told.rows : undefined;
}
