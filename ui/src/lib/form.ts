// What the form offers, checks and promises. Pure.

import type { ActiveRow } from '../generated/ActiveRow';
import type { Command } from '../generated/Command';
import type { EligibleRow } from '../generated/EligibleRow';
import type { Kind } from '../generated/Kind';
import type { RequirementsView } from '../generated/RequirementsView';
import type { ScopeNode } from '../generated/ScopeNode';
import type { Ticket } from '../generated/Ticket';
import { m } from './messages';
import { wholePath } from './places';
import { startInstant, type Start } from './start';
import { inert } from './text';
import { clock, day, duration, instant } from './time';

/** Where the draft for several roles is kept. */
export const SEVERAL = '*';

/** Where the draft for a bundle is kept: no role's key begins so. */
export const bundleDraft = (name: string) => `bundle|${name}`;

/** What was entered so far. Kept until the role is active, so that neither hiding the window nor a failure loses it. */
export interface Draft {
  minutes: number;
  reason: string;
  /** The template that the reason comes from, until it is changed by hand. */
  template?: string | undefined;
  ticketNumber: string;
  ticketSystem: string;
  /** From when; `null`: now. */
  start: Start | null;
  /** A narrower scope than the eligible one; `null`: that one. */
  scope: NarrowScope | null;
}

/** A scope below the eligible one, as it was chosen: the tree that it was chosen from is read anew when the form opens again. */
export type NarrowScope = Pick<ScopeNode, 'id' | 'name' | 'what'>;

/** The steps of the duration slider. */
export interface Slider {
  min: number;
  max: number;
  /** What an arrow key or the pointer moves by, minutes. */
  stride: number;
  /** Durations named below it. */
  stops: number[];
}

/** The shortest activation offered and the grain of every other, minutes. */
export const GRAIN = 5;

/** The slider for a policy's maximum. */
export function slider(maxMinutes: number): Slider {
  const max = Math.max(GRAIN, maxMinutes);
  const min = Math.min(GRAIN, max);
  const stride = max <= 60 ? 5 : max <= 240 ? 15 : max <= 720 ? 30 : 60;
  // Four or five equal parts that are round numbers, else only the maximum.
  const part = [15, 30, 60, 120, 180, 240, 360, 480, 720].find((step) => max % step === 0 && max / step <= 5);
  const stops: number[] = [];
  if (part === undefined) stops.push(max);
  else for (let at = part; at <= max; at += part) stops.push(at);
  return { min, max, stride, stops };
}

/** The value nearest to `minutes` that the slider can have. */
export function snap(minutes: number, { min, max, stride }: Slider): number {
  if (minutes >= max - stride / 2) return max;
  if (minutes <= (min + stride) / 2) return min;
  return Math.min(max, Math.max(min, Math.round(minutes / stride) * stride));
}

/** One arrow key away: the next multiple of the stride. */
export function stepped(minutes: number, direction: 1 | -1, { min, max, stride }: Slider): number {
  const next =
    direction > 0 ? Math.floor(minutes / stride) * stride + stride : Math.ceil(minutes / stride) * stride - stride;
  return Math.min(max, Math.max(min, next));
}

/** What a form for several roles asks: all that any of them asks; the longest of their maximums, each keeps its own. */
export function together(all: readonly RequirementsView[]): RequirementsView {
  const any = (is: (one: RequirementsView) => boolean) => all.some(is);
  const longest = Math.max(GRAIN, ...all.map((one) => one.maxMinutes));
  return {
    maxMinutes: longest,
    defaultMinutes: Math.min(longest, Math.max(GRAIN, ...all.map((one) => one.defaultMinutes))),
    justification: any((one) => one.justification),
    ticket: any((one) => one.ticket),
    mfa: any((one) => one.mfa),
    authenticationContext: all.find((one) => one.authenticationContext !== null)?.authenticationContext ?? null,
    approval: all.length > 0 && all.every((one) => one.approval),
    approvers: [],
    approvalDays: null,
    known: all.every((one) => one.known),
    unknownRules: [],
  };
}

/** What the form starts with. */
export function freshDraft(
  requirements: RequirementsView,
  row: Pick<EligibleRow, 'lastMinutes' | 'lastReason'>,
): Draft {
  const wished = row.lastMinutes ?? requirements.defaultMinutes;
  return {
    minutes: Math.min(requirements.maxMinutes, Math.max(GRAIN, wished)),
    reason: row.lastReason ?? '',
    ticketNumber: '',
    ticketSystem: '',
    start: null,
    scope: null,
  };
}

/** Before anything is known of a role. */
export const NO_DRAFT: Draft = {
  minutes: 60,
  reason: '',
  ticketNumber: '',
  ticketSystem: '',
  start: null,
  scope: null,
};

/** A role's draft: a renewal starts with what is running, a first activation with what was used last. */
export function begunDraft(row: EligibleRow | undefined, active: ActiveRow | undefined): Draft | undefined {
  const requirements = row?.requirements ?? active?.requirements;
  if (!requirements) return undefined;
  const start = instant(active?.start);
  const end = instant(active?.end);
  const running = start === undefined || end === undefined ? null : Math.round((end - start) / 60_000);
  const fresh = freshDraft(requirements, {
    lastMinutes: running ?? row?.lastMinutes ?? null,
    lastReason: active?.reason ?? row?.lastReason ?? null,
  });
  return { ...fresh, ticketNumber: active?.ticket?.number ?? '', ticketSystem: active?.ticket?.system ?? '' };
}

/** The ticket as it is sent. */
export function ticketOf(draft: Draft, wanted: boolean): Ticket | null {
  return wanted ? { number: draft.ticketNumber.trim(), system: draft.ticketSystem.trim() } : null;
}

/** When a form takes effect: now; now, after the running activation was ended; or when that ends. */
export type Way = 'now' | 'restart' | 'early';

/** A form as a command. `end`: of what is running; `confirmed`: it is to be ended whatever comes of it. */
export function activation(
  id: string,
  draft: Draft,
  requirements: RequirementsView,
  way: Way,
  end: string | null,
  now: number,
  confirmed: boolean,
): Command {
  const common = {
    id,
    minutes: draft.minutes,
    reason: draft.reason.trim(),
    ticket: ticketOf(draft, requirements.ticket),
  };
  if (way === 'restart') return { kind: 'restartNow', ...common, confirmed };
  const at = draft.start === null ? undefined : startInstant(draft.start, now);
  const start = way === 'early' ? end : at === undefined ? null : new Date(at).toISOString();
  return {
    kind: 'activate',
    ...common,
    undoable: false,
    ...(start !== null && { start }),
    ...(draft.scope !== null && { scope: draft.scope.id }),
  };
}

/** What keeps the draft from being sent, per field. */
export interface Errors {
  reason?: string;
  ticket?: string;
  start?: string;
}

/** Checks a draft against the policy, as far as it is known; the service has the last word. */
export function check(draft: Draft, requirements: RequirementsView, now = 0): Errors {
  const errors: Errors = {};
  if (draft.start !== null) {
    const at = startInstant(draft.start, now);
    if (at === undefined) errors.start = m.start.notATime;
    else if (at <= now) errors.start = m.start.past;
  }
  if (requirements.justification && draft.reason.trim() === '') errors.reason = m.form.errors.reason;
  if (requirements.ticket && draft.ticketNumber.trim() === '') errors.ticket = m.form.errors.ticket;
  return errors;
}

/** "A", "A or B", "A or 3 others". */
export function names(all: readonly string[]): string {
  const clean = all.map(inert);
  const [first, second] = clean;
  if (first === undefined) return '';
  if (second === undefined) return first;
  if (clean.length === 2) return m.names.and(first, second);
  return m.names.andMore(first, clean.length - 1);
}

/** All who approve, or the first `most` of them and how many others: "A, B or C". Any one of them decides. */
export function approverNames(all: readonly string[], most = all.length): string {
  // One that is left out saves less room than saying so.
  const shown = all.length > most + 1 ? all.slice(0, most) : all;
  return m.names.any(shown.map(inert), all.length - shown.length);
}

/** What happens after the button, in a sentence. `proven`: the sign-in needs no further proof. `start`: later than now. */
export function whatNext(
  requirements: RequirementsView,
  minutes: number,
  now: number,
  proven: boolean,
  start?: number,
): string {
  const time = duration(minutes);
  let sentence = '';
  if (!proven && requirements.authenticationContext !== null) {
    sentence = m.next.context(inert(requirements.authenticationContext));
  } else if (!proven && requirements.mfa) {
    sentence = m.next.mfa;
  }
  if (requirements.approval) {
    const who = names(requirements.approvers) || m.next.approver;
    const decides = m.next.decides(who, requirements.approvalDays);
    if (sentence !== '') sentence += m.next.approvalAfter(decides, time);
    else sentence = m.next.approval(decides, time);
  } else if (start !== undefined) {
    sentence += m.next.scheduled(clock(start, now), time, clock(start + minutes * 60_000, now));
  } else {
    sentence += m.next.active(time, clock(now + minutes * 60_000, now));
  }
  sentence = capitalised(sentence);
  if (!requirements.known) sentence += ` ${m.next.unknownPolicy}`;
  if (requirements.unknownRules.length > 0)
    sentence += ` ${m.next.unknownRules(requirements.unknownRules.map(inert).join(m.common.comma))}`;
  return sentence;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the roles of a form will ask for, each thing once and how often it is asked: "one MFA for all three". */
export function asksTogether(all: readonly RequirementsView[]): string[] {
  const lines: string[] = [];
  const count = (is: (one: RequirementsView) => boolean) => all.filter(is).length;
  const contexts = new Set(all.map((one) => one.authenticationContext).filter((context) => context !== null));
  const mfa = count((one) => one.mfa && one.authenticationContext === null);
  // A sign-in for an authentication context proves MFA as well; one without any is asked for where there is none.
  if (mfa > 0 && contexts.size === 0) lines.push(m.several.mfa(mfa, all.length));
  for (const context of contexts) {
    const roles = count((one) => one.authenticationContext === context);
    lines.push(m.several.context(inert(context), roles, all.length));
  }
  if (mfa > 0 && contexts.size > 0) lines.push(m.several.mfaToo(mfa));
  const tickets = count((one) => one.ticket);
  if (tickets > 0) lines.push(m.several.ticket(tickets, all.length));
  const approvals = count((one) => one.approval);
  if (approvals > 0) lines.push(m.several.approval(approvals, all.length));
  const unread = count((one) => !one.known);
  if (unread > 0) lines.push(m.several.unknownPolicy(unread, all.length));
  const rules = [...new Set(all.flatMap((one) => one.unknownRules.map(inert)))];
  if (rules.length > 0) lines.push(m.several.unknownRules(rules.join(m.common.comma)));
  return lines;
}

/** What a row will ask for beside a reason, each in a word. */
export function rowAsks({ requirements }: EligibleRow): string[] {
  const asks: string[] = [];
  if (requirements.mfa) asks.push(m.eligible.words.mfa);
  if (requirements.authenticationContext !== null) asks.push(m.eligible.words.stepUp);
  if (requirements.ticket) asks.push(m.eligible.words.ticket);
  if (requirements.approval) asks.push(m.eligible.words.approval);
  return asks;
}

/** What kind of PIM a row is of, in a word: directory roles are what one expects, the others say what they are. */
export function kindWord(kind: Kind): string {
  return kind === 'directoryRole' ? '' : m.eligible.words.kinds[kind];
}

/** The small words of a row after its place: how long, and what is special about it. */
export function rowWords(row: EligibleRow): string[] {
  const asks = row.requirements;
  return [
    asks.known ? m.eligible.words.max(duration(asks.maxMinutes)) : m.eligible.words.unknown,
    ...(row.throughGroup ? [m.eligible.words.group] : []),
  ];
}

/** A group whose button activates it at once: what it gives is told one step aside, not in a form on the way. */
export function givesAtOnce(row: EligibleRow): boolean {
  return row.kind === 'group' && row.oneClick && !row.engaged;
}

/** All there is to say of a row, also what it has no room for. */
export function rowAbout(row: EligibleRow, now: number): string[] {
  const { requirements } = row;
  const words = m.eligible.words;
  const approvers = approverNames(requirements.approvers, 4) || m.next.approver;
  return [
    ...rowAsks(row),
    endsSoon(row, now) ?? '',
    kindWord(row.kind),
    wholePath(row),
    requirements.known ? words.default(duration(requirements.defaultMinutes)) : '',
    ...rowWords(row),
    requirements.authenticationContext === null ? '' : m.role.ask.context(inert(requirements.authenticationContext)),
    requirements.approval ? m.next.decides(approvers, requirements.approvalDays) : '',
    requirements.unknownRules.length > 0 ? words.rules : '',
    givesAtOnce(row) ? words.detailsGive : '',
  ].filter((word) => word !== '');
}

/** The eligibility has ended: the row is there so that a renewal can be asked for, and nothing else. */
export function lapsed(row: EligibleRow): boolean {
  return row.extension?.renew === true;
}

/** When the eligibility ends, where that is within two weeks and so worth a word; or ended. */
export function endsSoon(row: EligibleRow, now: number): string | undefined {
  const until = instant(row.eligibleUntil);
  if (until === undefined || until - now >= 14 * 86_400_000) return undefined;
  if (until <= now || lapsed(row)) return m.eligible.words.ended(day(until, now));
  return m.eligible.words.until(day(until, now));
}
