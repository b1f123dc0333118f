// What is sent when something is activated: a role at once, several together, a bundle. Pure.

import type { BundleView } from '../generated/BundleView';
import type { Command } from '../generated/Command';
import type { EligibleRow } from '../generated/EligibleRow';
import { ticketOf, type Draft } from './form';

/** A role by its own button: as it was activated last, with a moment to take it back. */
export function atOnce(row: EligibleRow): Command {
  return {
    kind: 'activate',
    id: row.id,
    minutes: row.lastMinutes ?? row.requirements.defaultMinutes,
    reason: row.lastReason ?? '',
    ticket: null,
    undoable: true,
  };
}

/** Several roles with one draft. */
export function several(rows: readonly EligibleRow[], draft: Draft): Command {
  return {
    kind: 'activateSeveral',
    ids: rows.map((row) => row.id),
    minutes: draft.minutes,
    reason: draft.reason.trim(),
    ticket: ticketOf(draft, wantTicket(rows)),
  };
}

/** A bundle, of which `rows` are to be activated; with its own reason where no draft says otherwise. */
export function bundleRun(bundle: BundleView, rows: readonly EligibleRow[], draft: Draft | null): Command {
  return {
    kind: 'runBundle',
    name: bundle.name,
    reason: draft === null ? null : draft.reason.trim(),
    ticket: draft === null ? null : ticketOf(draft, wantTicket(rows)),
  };
}

const wantTicket = (rows: readonly EligibleRow[]) => rows.some((row) => row.requirements.ticket);
