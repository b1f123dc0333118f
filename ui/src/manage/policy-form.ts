// What is typed about a policy: from its settings, and back to what is different. Pure.

import type { FoundPerson } from '../generated/FoundPerson';
import type { Kind } from '../generated/Kind';
import type { Limit } from '../generated/Limit';
import type { PolicyEdits } from '../generated/PolicyEdits';
import type { PolicySettings } from '../generated/PolicySettings';
import type { Proof } from '../generated/Proof';
import { m } from './messages';
import { inert } from '../lib/text';

/** Days that a limit may be set to, as in the portal. */
const DAYS = [15, 30, 90, 180, 365];

/** A limit that is none. */
export const FOR_EVER = 0;

/** Minutes that an activation may be allowed: half hours, up to a day. */
const LENGTHS = Array.from({ length: 48 }, (_, index) => (index + 1) * 30);

/** Settings as they are typed. */
export interface PolicyForm {
  longest: number;
  justification: boolean;
  ticket: boolean;
  proof: Proof['kind'];
  claim: string;
  approval: boolean;
  approvers: FoundPerson[];
  /** Days, or [`FOR_EVER`]. */
  eligible: number;
  active: number;
  activeJustification: boolean;
  activeMfa: boolean;
  mail: { rule: string; title: string; defaults: boolean; recipients: string }[];
}

/** The form with everything as it is. */
export function formOf(settings: PolicySettings): PolicyForm {
  return {
    longest: settings.longest ?? 0,
    justification: settings.justification ?? false,
    ticket: settings.ticket ?? false,
    proof: settings.proof?.kind ?? 'nothing',
    claim: settings.proof?.kind === 'context' ? settings.proof.claim : '',
    approval: settings.approval?.required ?? false,
    approvers: [...(settings.approval?.approvers ?? [])],
    eligible: daysOf(settings.eligible),
    active: daysOf(settings.active),
    activeJustification: settings.activeJustification ?? false,
    activeMfa: settings.activeMfa ?? false,
    mail: settings.mail.map((mail) => ({ ...mail, recipients: mail.recipients.map(inert).join(', ') })),
  };
}

/** What is different from what it was; `undefined`: nothing. What the policy does not have cannot be. */
export function editsOf(settings: PolicySettings, form: PolicyForm): PolicyEdits | undefined {
  const before = formOf(settings);
  const changed = <Value>(known: unknown, was: unknown, now: Value): Value | null =>
    known === null || JSON.stringify(was) === JSON.stringify(now) ? null : now;
  const approval = (of: PolicyForm) => ({ required: of.approval, approvers: of.approvers.map((each) => each.id) });
  const edits: PolicyEdits = {
    longest: changed(settings.longest, before.longest, form.longest),
    justification: changed(settings.justification, before.justification, form.justification),
    ticket: changed(settings.ticket, before.ticket, form.ticket),
    proof: changed(settings.proof, proofOf(before), proofOf(form)),
    approval: changed(settings.approval, approval(before), approval(form)),
    eligible: changed(settings.eligible, limitOf(before.eligible), limitOf(form.eligible)),
    active: changed(settings.active, limitOf(before.active), limitOf(form.active)),
    activeJustification: changed(settings.activeJustification, before.activeJustification, form.activeJustification),
    activeMfa: changed(settings.activeMfa, before.activeMfa, form.activeMfa),
    mail: form.mail
      .filter((mail, index) => mailDiffers(mail, before.mail[index]))
      .map(({ rule, defaults, recipients }) => ({ rule, defaults, recipients: addresses(recipients) })),
  };
  const { mail, ...others } = edits;
  return mail.length > 0 || Object.values(others).some((value) => value !== null) ? edits : undefined;
}

/** What is wrong with what is typed, in sentences, as far as it is seen from here. */
export function wrongIn(
  settings: PolicySettings,
  form: PolicyForm,
  kind: Kind,
): { claim?: string; approvers?: string; mail: string[] } {
  const before = formOf(settings);
  const mail = form.mail.map((each, index) => {
    // What stands there already and is not sent is nobody's to correct here.
    if (!mailDiffers(each, before.mail[index])) return '';
    const wrong = addresses(each.recipients).find((address) => !/^[^@\s]+@[^@\s]+$/.test(address));
    return wrong === undefined ? '' : m.policies.addressWrong(wrong);
  });
  return {
    ...(form.proof === 'context' && !/^c[1-9]\d?$/.test(form.claim.trim()) && { claim: m.policies.claimWrong }),
    ...(form.approval &&
      form.approvers.length === 0 &&
      kind !== 'directoryRole' && { approvers: m.policies.nameApprovers }),
    mail,
  };
}

/** Lengths to choose from, with what is chosen now. */
export function lengths(now: number): number[] {
  return withNow(LENGTHS, now);
}

/** Days to choose from, with what is chosen now. */
export function limits(now: number): number[] {
  return withNow(DAYS, now);
}

function withNow(all: number[], now: number): number[] {
  return now > 0 && !all.includes(now) ? [...all, now].sort((a, b) => a - b) : all;
}

function daysOf(limit: Limit | null): number {
  return limit?.kind === 'days' ? limit.days : FOR_EVER;
}

function limitOf(days: number): Limit {
  return days === FOR_EVER ? { kind: 'forEver' } : { kind: 'days', days };
}

function proofOf(form: PolicyForm): Proof {
  return form.proof === 'context' ? { kind: 'context', claim: form.claim.trim() } : { kind: form.proof };
}

function addresses(text: string): string[] {
  return inert(text)
    .split(/[,;\s]+/)
    .map((address) => address.trim())
    .filter((address) => address !== '');
}

type Mail = PolicyForm['mail'][number];

function mailDiffers(mail: Mail, was: Mail | undefined): boolean {
  if (was === undefined || mail.defaults !== was.defaults) return true;
  return differ(addresses(mail.recipients), addresses(was.recipients));
}

function differ(some: string[], others: string[]): boolean {
  const folded = (all: string[]) => [...all].map((each) => each.toLowerCase()).sort();
  return JSON.stringify(folded(some)) !== JSON.stringify(folded(others));
}
