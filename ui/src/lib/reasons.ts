// Reasons: templates that are filled in, and what an auditor would send back. Pure. What is wrong with a reason is judged here
// as one types, by the rules of `pim activate` (`crates/pim/src/reason.rs`): the same words and keys, and the same cases
// (`tests/reasons.json`) in the tests of both.

import rules from '../../../crates/pim/src/reason/rules.json';
import { m } from './messages';

/** What is wrong with a reason. */
export type Flaw =
  | { kind: 'placeholder'; name: string }
  | { kind: 'ticket' }
  | { kind: 'role' }
  | { kind: 'mashed' }
  | { kind: 'empty' }
  | { kind: 'short'; least: number };

/** What a reason is for. */
export interface About {
  /** Names of the roles. */
  roles: readonly string[];
  /** Number of the ticket that goes with it. */
  ticket: string;
  /** Characters that a reason should have; 0: any number. */
  least: number;
}

/** Without case, without accents. */
const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const turned = (text: string) => [...text].reverse().join('');
const KEYS = [...rules.keys, ...rules.keys.map(turned)].map(fold);
const EMPTY = new Set(Object.values(rules.empty).flat().map(fold));

/** The worst that is wrong with a reason. Of one that is not there, nothing: whether one is needed is the policy's business. */
export function judge(text: string, { roles, ticket, least }: About): Flaw | undefined {
  const reason = text.trim();
  if (reason === '') return undefined;
  const [name] = /\{\p{Alphabetic}+\}/u.exec(reason) ?? [];
  if (name !== undefined) return { kind: 'placeholder', name };
  const said = words(reason);
  if (ticket.trim() !== '' && said.join(' ') === words(ticket).join(' ')) return { kind: 'ticket' };
  if (roles.some((role) => onlyTheRole(said, role))) return { kind: 'role' };
  if (said.some(isMashed) && said.every((word) => isMashed(word) || isEmpty(word))) return { kind: 'mashed' };
  if (said.every((word) => isEmpty(word) || isNumber(word)) && !said.some(isTelling)) return { kind: 'empty' };
  return [...reason].length < least ? { kind: 'short', least } : undefined;
}

const words = (text: string) =>
  fold(text)
    .split(/[^\p{Alphabetic}\p{N}]+/u)
    .filter((word) => word !== '');

/** The role's name, and beside it at most words that say nothing. */
function onlyTheRole(said: readonly string[], role: string): boolean {
  const name = words(role);
  if (name.length === 0 || !name.every((part) => said.includes(part))) return false;
  return said.every((word) => name.includes(word) || isEmpty(word));
}

/** Letters that come again and again, or keys that lie side by side. */
function isMashed(word: string): boolean {
  const letters = [...word];
  const again = [1, 2, 3].some(
    (part) =>
      letters.length >= Math.max(2 * part, 3) && letters.slice(part).every((letter, at) => letter === letters[at]),
  );
  return again || alongTheKeys(letters);
}

/** Nothing but runs of three keys or more: `asdf`, `qweasd`. */
function alongTheKeys(letters: readonly string[]): boolean {
  let from = 0;
  while (from < letters.length) {
    let to = from + 2;
    while (to < letters.length && isRun(letters.slice(from, to + 1).join(''))) to += 1;
    if (to < from + 3) return false;
    from = to;
  }
  return from > 0;
}

const isRun = (run: string) => KEYS.some((row) => row.includes(run));

/** A word that says nothing, whatever number it has: `test2`. */
const isEmpty = (word: string) => EMPTY.has(word) || EMPTY.has(word.replace(/[0-9]+$/, ''));

const isNumber = (word: string) => /^[0-9]+$/.test(word);

/** A number that is long enough to be a ticket's. */
const isTelling = (word: string) => isNumber(word) && word.length >= 4;

/** What is wrong with it and what would be better, in a sentence. */
export function flawWords(flaw: Flaw): string {
  switch (flaw.kind) {
    case 'placeholder':
      return m.reasons.placeholder(flaw.name);
    case 'short':
      return m.reasons.short(flaw.least);
    default:
      return m.reasons[flaw.kind];
  }
}

/** What stands for the ticket's number in a template. */
const TICKET = '{ticket}';

/** The day as templates have it, and bundles: `2026-11-24`, on the user's wall. */
export function isoDay(now: number): string {
  const day = new Date(now);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** A template with the day and the ticket's number in it; where there is no number yet, its place is kept. */
export function filled(template: string, ticket: string, now: number): string {
  const dated = template.replaceAll('{date}', isoDay(now));
  const number = ticket.trim();
  return number === '' ? dated : dated.replaceAll(TICKET, () => number);
}

/** The part of a text that has yet to be typed: from and to. */
export function gap(text: string): [from: number, to: number] | undefined {
  const from = text.indexOf(TICKET);
  return from < 0 ? undefined : [from, from + TICKET.length];
}

/** A reason to choose. */
export interface Choice {
  /** What is seen: of a template as it would be filled in. */
  text: string;
  /** The template it comes from. */
  template: string | undefined;
}

/** Templates that are in sight at once; the others unfold. */
const AT_ONCE = 3;

/** Letters that a line of reasons has room for, with what is between them. */
const LINE = 44;
const BETWEEN = 4;

/** How many of the reasons given last stand in one line. */
function inOneLine(given: readonly Choice[]): number {
  let room = LINE;
  const over = given.findIndex(({ text }) => (room -= text.length + BETWEEN) < 0);
  return over < 0 ? given.length : Math.max(1, over);
}

/** What there is to choose from: templates first, then what was given last. What is in the field already is none of it. */
export function choices(
  templates: readonly string[],
  recent: readonly string[],
  value: string,
  ticket: string,
  now: number,
): { shown: Choice[]; more: Choice[] } {
  const taken = new Set(['', value.trim()]);
  const fresh = (all: readonly string[], of: (text: string) => Choice) =>
    all.map(of).filter(({ text }) => {
      const known = taken.has(text.trim());
      taken.add(text.trim());
      return !known;
    });
  const offered = fresh(templates, (template) => ({ text: filled(template, ticket, now), template }));
  const given = fresh(recent, (text) => ({ text, template: undefined }));
  const line = inOneLine(given);
  const shown = [...offered.slice(0, AT_ONCE), ...given.slice(0, line)];
  return { shown, more: [...offered.slice(AT_ONCE), ...given.slice(line)] };
}
