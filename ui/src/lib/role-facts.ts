// What there is to know of a role, a term and what stands for it in each line. Pure.

import type { ActiveRow } from '../generated/ActiveRow';
import type { EligibleRow } from '../generated/EligibleRow';
import { approverNames, capitalised, lapsed } from './form';
import { m } from './messages';
import { nextWords } from './row-state';
import { inert } from './text';
import { clock, day, duration, instant, left } from './time';

export type Fact = [term: string, text: string];

/** Of an activation, or of one on its way. */
export function activeFacts(row: ActiveRow, now: number): Fact[] {
  const facts: Fact[] = [];
  const active = row.state.kind === 'active';
  const time = (at: number) => clock(at, now);
  const start = instant(row.start);
  const end = instant(row.end);
  if (start !== undefined) facts.push([active ? m.role.since : m.role.starts, time(start)]);
  if (end !== undefined) {
    // Of what was not activated, hundreds of hours say less than the date.
    const counted = active && row.activated && end > now;
    facts.push([m.role.until, counted ? m.role.left(time(end), left(end - now)) : time(end)]);
  }
  if (row.state.kind === 'waitingForApproval') {
    facts.push([m.role.approvers, approverNames(row.state.approvers) || m.next.approver]);
    const lapses = instant(row.state.lapsesAt);
    if (lapses !== undefined) facts.push([m.role.lapses, time(lapses)]);
  }
  if (row.reason) facts.push([m.role.reason, inert(row.reason)]);
  if (row.ticket) {
    facts.push([m.role.ticket, inert([row.ticket.number, row.ticket.system].filter(Boolean).join(' · '))]);
  }
  const next = nextWords(row, now);
  if (next !== '') facts.push([m.role.renewal, next]);
  else if (row.renewalArmed && end !== undefined) facts.push([m.role.renewal, m.role.armed(time(end))]);
  return facts;
}

/** Of an eligibility: what activating it takes, and how long it lasts. */
export function eligibleFacts(row: EligibleRow, now: number): Fact[] {
  const facts: Fact[] = [];
  const { requirements } = row;
  if (requirements.known) {
    const last = row.lastMinutes === null ? '' : duration(row.lastMinutes);
    const durations = m.role.durations(duration(requirements.defaultMinutes), last, duration(requirements.maxMinutes));
    facts.push([m.role.duration, durations]);
    facts.push([m.role.asks, asksInWords(row)]);
  }
  if (requirements.approval) {
    const who = approverNames(requirements.approvers) || m.next.approver;
    facts.push([m.role.approval, capitalised(m.next.decides(who, requirements.approvalDays))]);
  }
  const rules = requirements.unknownRules.map(inert).join(m.common.comma);
  const policy = [
    ...(requirements.known ? [] : [m.role.policyUnknown]),
    ...(rules === '' ? [] : [m.role.unknownRules(rules)]),
  ];
  if (policy.length > 0) facts.push([m.role.policy, policy.join(' ')]);
  if (row.lastReason) facts.push([m.role.lastReason, inert(row.lastReason)]);
  const until = instant(row.eligibleUntil);
  if (until !== undefined) {
    facts.push([until <= now || lapsed(row) ? m.role.eligibleEnded : m.role.eligibleUntil, day(until, now)]);
  }
  if (row.throughGroup) facts.push([m.role.eligibleThrough, m.role.aGroup]);
  return facts;
}

function asksInWords({ requirements }: EligibleRow): string {
  const { reason, ticket, mfa, context } = m.role.ask;
  const asks: string[] = [];
  if (requirements.justification) asks.push(reason);
  if (requirements.ticket) asks.push(ticket);
  if (requirements.mfa) asks.push(mfa);
  if (requirements.authenticationContext !== null) asks.push(context(inert(requirements.authenticationContext)));
  return m.names.both(asks) || m.role.asksNothing;
}
