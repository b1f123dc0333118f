// How each state of an activation looks and reads: an icon, a word or two, a sentence. Pure.

import type { ActiveRow } from '../generated/ActiveRow';
import { names } from './form';
import { m } from './messages';
import { inert } from './text';
import { clock, duration, instant } from './time';

/** A state's face. */
export interface Face {
  icon:
    | 'active'
    | 'expiring'
    | 'standing'
    | 'requesting'
    | 'steppingUp'
    | 'checking'
    | 'waiting'
    | 'provisioning'
    | 'scheduled'
    | 'deactivating'
    | 'failed';
  tone: 'active' | 'expiring' | 'waiting' | 'failed' | 'neutral';
  /** Where the countdown of an active role stands; empty for an active one. */
  word: string;
  /** The second line. */
  detail: string;
  /** Where the role is stands there as well, after it. */
  placed: boolean;
  /** The request can be withdrawn. */
  cancellable: boolean;
}

/** The face of a row at server time `now`; `warnMs` before its end a role is expiring. */
export function face(row: ActiveRow, now: number, warnMs: number): Face {
  const { state } = row;
  const waiting = (icon: Face['icon'], word: string, detail: string, cancellable = false): Face => ({
    icon,
    tone: 'waiting',
    word,
    detail,
    placed: false,
    cancellable,
  });
  switch (state.kind) {
    case 'requesting':
      return waiting('requesting', m.state.requesting, m.state.requestingDetail);
    case 'steppingUp':
      return waiting('steppingUp', m.state.steppingUp, m.state.steppingUpDetail, true);
    case 'checking':
      return waiting('checking', m.state.checking, m.state.checkingDetail);
    case 'waitingForApproval': {
      const who = names(state.approvers);
      const lapses = instant(state.lapsesAt);
      const parts = [who === '' ? m.state.waitingForSomebody : m.state.waitingFor(who)];
      if (lapses !== undefined) parts.push(m.state.lapses(clock(lapses, now)));
      return waiting('waiting', m.state.waitingForApproval, parts.join(' '), true);
    }
    case 'provisioning':
      return waiting('provisioning', m.state.provisioning, m.state.provisioningDetail);
    case 'scheduled': {
      const start = instant(row.start);
      const end = instant(row.end);
      const detail =
        start === undefined
          ? m.state.scheduledDetail
          : end === undefined
            ? m.state.scheduledFor(clock(start, now))
            : m.state.scheduledForLong(clock(start, now), duration((end - start) / 60_000));
      return { ...waiting('scheduled', m.state.scheduled, detail, true), placed: row.scope !== null };
    }
    case 'deactivating':
      return waiting('deactivating', m.state.deactivating, m.state.deactivatingDetail);
    case 'failed':
      return { ...waiting('failed', endWord(state.problem.code), ''), tone: 'failed' };
    case 'active':
      return activeFace(row, now, warnMs);
  }
}

/** What became of it, in one word: by the request's own status where the service gave it one. */
function endWord(code: string): string {
  if (code === 'Denied') return m.state.denied;
  return code === 'Canceled' ? m.state.cancelled : m.state.failed;
}

function activeFace(row: ActiveRow, now: number, warnMs: number): Face {
  const end = instant(row.end);
  const common = { word: '', placed: row.scope !== null, cancellable: false };
  if (!row.activated || end === undefined) {
    // Nothing to do about these: one line where one is enough.
    const [word, until] = row.throughGroup
      ? [m.active.throughGroup, m.active.throughGroupUntil]
      : [m.active.standing, m.active.standingUntil];
    return {
      ...common,
      icon: 'standing',
      tone: 'neutral',
      ...(end === undefined ? { word, detail: '' } : { detail: until(clock(end, now)) }),
    };
  }
  const parts = [m.active.until(clock(end, now))];
  // A path needs the room; the ticket stands in the tooltip then.
  if (row.ticket && row.scopePath.length === 0) parts.push(inert(row.ticket.number));
  const look = end - now <= warnMs ? 'expiring' : 'active';
  return { ...common, icon: look, tone: look, detail: parts.join(' · ') };
}

/** Where the next activation of a running role stands, once something was sent for it; empty where nothing was. */
export function nextWords(row: ActiveRow, now: number): string {
  const pending = row.renewal?.pending ?? null;
  const end = instant(row.end);
  if (pending === null || end === undefined) return '';
  const { word } = face({ ...row, state: pending }, now, 0);
  return m.renew.next(clock(end, now), word === '' ? m.state.scheduled : word);
}
