// Reminders as they are chosen and told: of what, on which days, whose. Pure.

import type { Reminder } from '../generated/Reminder';
import type { View } from '../generated/View';
import { m } from './day-messages';
import { lapsed } from './form';
import { wholePath } from './places';
import { reminderWrong } from './settings';
import { inert } from './text';
import { dayName, daysOfWeek, workingDays } from './week';

/** What a reminder can be about. */
export interface Choice {
  value: string;
  label: string;
}

/** A role is told from a bundle of the same name. */
const role = (id: string) => `role/${id}`;
const bundle = (name: string) => `bundle/${name}`;

/** What a reminder is about, as a choice; empty: nothing yet. */
export function chosen(reminder: Reminder): string {
  if (reminder.role !== null) return role(reminder.role);
  return reminder.bundle === null ? '' : bundle(reminder.bundle);
}

/** The roles and bundles of those whose lists are shown. */
export function choices(view: View): { roles: Choice[]; bundles: Choice[] } {
  return {
    roles: view.eligible
      .filter((row) => !lapsed(row))
      .map((row) => ({ value: role(row.id), label: [inert(row.name), wholePath(row)].filter(Boolean).join(' · ') })),
    bundles: view.bundles.map(({ name }) => ({ value: bundle(name), label: inert(name) })),
  };
}

/** A reminder of this choice: whose it is, and what it is called when it is on no list. */
export function about(value: string, view: View, account: string | null): Partial<Reminder> {
  const row = view.eligible.find((each) => role(each.id) === value);
  if (row) {
    const name = row.scope === null ? row.name : `${row.name} (${row.scope})`;
    return { account, role: row.id, bundle: null, name };
  }
  const set = view.bundles.find((each) => bundle(each.name) === value);
  return set ? { account, role: null, bundle: set.name, name: set.name } : {};
}

/** One that is about nothing yet: every weekday at nine. */
export function freshReminder(place: string): Reminder {
  return { days: workingDays(place), at: '09:00', account: null, role: null, bundle: null, name: '' };
}

const sameDays = (one: readonly number[], other: readonly number[]) =>
  one.length === other.length && one.every((day) => other.includes(day));

/** It is for the days on which people work. */
export function isForWeekdays(days: readonly number[], place: string): boolean {
  return sameDays(days, workingDays(place));
}

/** With a day that was not there, or without one that was. */
export function toggled(days: readonly number[], day: number): number[] {
  return days.includes(day) ? days.filter((each) => each !== day) : [...days, day].sort();
}

/** "Every weekday", "Every day", "Mon, Wed". */
export function daysInWords(days: readonly number[], place: string): string {
  if (days.length === 7) return m.day.everyDay;
  if (isForWeekdays(days, place)) return m.day.weekdays;
  const [only, ...others] = daysOfWeek(place).filter((day) => days.includes(day));
  if (only !== undefined && others.length === 0) return dayName(only, true);
  return [only, ...others].flatMap((day) => (day === undefined ? [] : [dayName(day)])).join(m.common.comma);
}

/** When it asks; empty while that is not whole. */
export function inWords(reminder: Reminder, place: string): string {
  return reminderWrong(reminder) === null ? m.day.when(daysInWords(reminder.days, place), reminder.at) : '';
}

/** Whose it is, where more than one could be meant, or they are not there. */
export function whose({ account }: Reminder, { accounts }: View): string {
  if (account === null) return '';
  const owner = accounts.find((row) => row.account.id === account);
  if (!owner) return m.day.signedOut;
  return accounts.length > 1 ? inert(owner.account.username) : '';
}

/** Nothing will come of it: it is about what those whose lists are shown do not have. */
export function asksNothing(reminder: Reminder, view: View): boolean {
  const current = view.accounts.find((row) => row.current);
  const theirs = reminder.account === null || reminder.account === current?.account.id;
  if (!theirs || view.list.asOf === null || reminderWrong(reminder) !== null) return false;
  const { roles, bundles } = choices(view);
  return ![...roles, ...bundles].some((choice) => choice.value === chosen(reminder));
}
