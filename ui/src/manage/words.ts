// Sentences about what is listed and what will be done. Pure.

import type { AlertRow } from '../generated/AlertRow';
import type { ApprovalRow } from '../generated/ApprovalRow';
import type { FindingRow } from '../generated/FindingRow';
import type { HoldingRow } from '../generated/HoldingRow';
import type { MissingRow } from '../generated/MissingRow';
import type { ReviewedPerson } from '../generated/ReviewedPerson';
import type { ReviewRow } from '../generated/ReviewRow';
import type { Step } from '../generated/Step';
import type { Ticket } from '../generated/Ticket';
import { m } from './messages';
import { inert, isolated } from '../lib/text';
import { clock, instant } from '../lib/time';

/** The role with its scope. */
export function title(row: { name: string; scope: string | null }): string {
  return inert(row.scope === null ? row.name : `${row.name} (${row.scope})`);
}

const dayOfAYear = new Intl.DateTimeFormat(m.locale, { dateStyle: 'medium' });

/** Until when, in words: assignments last for years. */
export function until(end: string | null, now: number): string {
  const at = instant(end);
  if (at === undefined) return m.manage.forEver;
  return moment(at, now);
}

/** When, in words: in another year with the year. */
export function moment(at: number, now: number): string {
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? clock(at, now) : dayOfAYear.format(at);
}

/** The same for what is told as text; nothing where no time is. */
export function momentOf(at: string | null, now: number): string {
  const known = instant(at);
  return known === undefined ? '' : moment(known, now);
}

/** The last moment of a day here; `null` where none is written. */
export function endOfDay(day: string): string | null {
  const at = day === '' ? NaN : new Date(`${day}T23:59:59`).getTime();
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** How a search by name stands, where that has to be said. `none`: nothing has that name. */
export function searched(search: { found?: unknown[]; more: boolean; searching: boolean }, none: string): string {
  if (search.searching) return m.manage.working;
  if (search.found?.length === 0) return none;
  return search.found && search.more ? m.manage.moreOfThem : '';
}

/** A ticket as it is typed; `null` without a number. */
export function written(ticket: Ticket): Ticket | null {
  const [number, system] = [ticket.number.trim(), ticket.system.trim()];
  return number === '' ? null : { number, system };
}

/** How somebody has a role. */
export function how(row: HoldingRow): string {
  if (row.eligible) return m.manage.eligible;
  return row.activated ? m.manage.activated : m.manage.active;
}

/** What somebody activated before. */
export function before(row: ApprovalRow, now: number): string {
  if (row.before === null) return '';
  const { same, other } = row.before;
  const last = instant(row.before.last);
  if (same > 0 && last !== undefined) return m.manage.beforeSame(same, clock(last, now));
  return other > 0 ? m.manage.beforeOther(other) : m.manage.beforeNothing;
}

/** What a step does, as a sentence without its end. */
export function sentence(step: Step, now: number): string {
  const about = inert(step.about);
  const start = instant(step.start);
  const from = start === undefined ? null : moment(start, now);
  switch (step.action) {
    case 'give':
      return step.eligible
        ? m.manage.makeEligible(about, from, until(step.end, now))
        : m.manage.giveActive(about, from, until(step.end, now));
    case 'move':
      return m.manage.moveEnd(about, until(step.end, now), until(step.was, now));
    case 'remove':
      if (step.eligible) return m.manage.endEligibility(about);
      return step.activated ? m.manage.endActivation(about) : m.manage.takeAway(about);
  }
}

/** What is the matter with an alert. */
export function alertState(row: AlertRow): string {
  if (row.off) return m.manage.alertOff;
  if (row.active) return m.manage.findings(row.count);
  return row.count === 0 ? m.manage.alertNothing : m.manage.alertDismissed;
}

/** Whom and what a finding is about. */
export function finding(row: FindingRow): string {
  return inert([row.person, row.role].filter(Boolean).join(': '));
}

/** What a review is of. */
export function reviewOf(row: ReviewRow): string {
  const what = row.resource === null ? [] : [row.resource, ...(row.scope === null ? [] : [row.scope])];
  const kind = row.kind === null ? '' : m.manage.kinds[row.kind];
  const said = [kind, what.map(isolated).join(m.common.comma)].filter(Boolean).join(': ');
  return said === '' ? '' : said + m.common.stop;
}

/** When somebody was there last, as far as it is told. */
export function seen(person: ReviewedPerson, now: number): string {
  const activation = instant(person.lastActivation);
  const signIn = instant(person.lastSignIn);
  return [
    activation === undefined ? '' : m.manage.lastActivation(clock(activation, now)),
    signIn === undefined ? '' : m.manage.lastSignIn(clock(signIn, now)),
  ]
    .filter(Boolean)
    .join(m.common.comma);
}

/** What a report does not tell. */
export function missing(row: MissingRow): string {
  const kind = row.kind === null ? '' : m.manage.kinds[row.kind];
  switch (row.what) {
    case 'holdings':
      return m.manage.missingHoldings(kind);
    case 'privileged':
      return m.manage.missingPrivileged;
    case 'activations':
      return m.manage.missingActivations(kind);
    case 'members':
      return m.manage.missingMembers;
  }
}
