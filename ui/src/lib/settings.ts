// What a person may set: which part of the settings it belongs to, and whether it can be saved. Pure.

import type { Quiet } from '../generated/Quiet';
import type { Reminder } from '../generated/Reminder';
import type { Settings } from '../generated/Settings';
import { keysFit, sameKeys } from './shortcut';

/** The parts of the settings that have a page with fields, and what each of them sets. What is in none is set elsewhere. */
export const PARTS = {
  notifications: ['warnMinutes', 'notificationDetails', 'quiet'],
  renewal: ['renewal'],
  day: ['day'],
  reasons: ['reasonTemplates', 'reasonLength'],
  look: ['appearance', 'language', 'timeBesideIcon'],
  start: ['autostart', 'hideOnBlur', 'updates'],
  keys: ['shortcut', 'bundleShortcut'],
  signIn: ['cloud', 'tenant', 'clientId'],
  storage: ['historyDays'],
} as const satisfies Record<string, readonly (keyof Settings)[]>;

export type Part = keyof typeof PARTS;

/** Days that the history can be kept; ten years are the most. */
export const HISTORY_DAYS = [0, 30, 90, 365, 730, 3_650] as const;

/** Templates that there can be, and how long one is. */
export const MOST_TEMPLATES = 20;
export const LONGEST_REASON = 500;
const MOST_REASON_LENGTH = 200;

/** The settings with what a part sets taken from what was edited, so that nothing else is undone that changed meanwhile. */
export function withPart(settings: Settings, part: Part, edited: Settings): Settings {
  const own: readonly (keyof Settings)[] = PARTS[part];
  return { ...settings, ...Object.fromEntries(own.map((key) => [key, edited[key]])) };
}

/** A client id is a GUID; none at all means Microsoft's own public client. */
export function clientIdFits(clientId: string | null): boolean {
  return clientId === null || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientId);
}

/** The warning comes 1 to 60 whole minutes before the end. */
export function warnMinutesFit(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= 60;
}

/** A time on the wall: "22:00". */
export function timeFits(time: string): boolean {
  return /^([01]?\d|2[0-3]):[0-5]\d$/.test(time.trim());
}

/** As it is sent: "7:00" is "07:00". */
export function wholeTime(time: string): string {
  return timeFits(time) ? time.trim().padStart(5, '0') : time.trim();
}

/** From one time to another one. */
export function quietFits(quiet: Quiet | null): boolean {
  if (quiet === null) return true;
  return timeFits(quiet.from) && timeFits(quiet.to) && wholeTime(quiet.from) !== wholeTime(quiet.to);
}

/** Reminders that one person can have. */
export const MOST_REMINDERS = 20;

/** What is wrong with a reminder: it is about nothing, on no day, or at no time. */
export function reminderWrong({ role, bundle, name, days, at }: Reminder): 'what' | 'days' | 'time' | null {
  if ((role === null) === (bundle === null) || name.trim() === '') return 'what';
  if (days.length === 0 || days.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) return 'days';
  return timeFits(at) ? null : 'time';
}

/** Each is about something, on some day, at some time. */
export function remindersFit(reminders: readonly Reminder[]): boolean {
  return reminders.length <= MOST_REMINDERS && reminders.every((reminder) => reminderWrong(reminder) === null);
}

/** Newer versions are offered 0 to 90 days after they came out. */
export function deferDaysFit(days: number): boolean {
  return Number.isInteger(days) && days >= 0 && days <= 90;
}

/** Reasons are warned of that are shorter than 0 to 200 characters. */
export function reasonLengthFits(length: number): boolean {
  return Number.isInteger(length) && length >= 0 && length <= MOST_REASON_LENGTH;
}

/** Each says something, once, and none is longer than a reason may be. */
export function templatesFit(templates: readonly string[]): boolean {
  return templates.length <= MOST_TEMPLATES && templates.every((_, index) => templateWrong(templates, index) === null);
}

/** What is wrong with one of the templates. */
export function templateWrong(templates: readonly string[], index: number): 'empty' | 'long' | 'twice' | null {
  const template = templates[index]?.trim() ?? '';
  if (template === '') return 'empty';
  if ([...template].length > LONGEST_REASON) return 'long';
  return templates.findIndex((other) => other.trim() === template) < index ? 'twice' : null;
}

/** Both shortcuts are the same keys. */
export function shortcutTwice({ shortcut, bundleShortcut }: Settings): boolean {
  return shortcut !== null && bundleShortcut !== null && sameKeys(shortcut, bundleShortcut.keys);
}

/** Shortcuts are keys, each its own, and those of a bundle name one. */
export function shortcutsFit(settings: Settings): boolean {
  const { shortcut, bundleShortcut } = settings;
  if (shortcut !== null && !keysFit(shortcut)) return false;
  if (shortcutTwice(settings)) return false;
  return bundleShortcut === null || (keysFit(bundleShortcut.keys) && bundleShortcut.bundle !== '');
}

/** Whether all of it can be saved. */
export function settingsFit(settings: Settings): boolean {
  return (
    clientIdFits(settings.clientId) &&
    warnMinutesFit(settings.warnMinutes) &&
    quietFits(settings.quiet) &&
    [settings.renewal.until, settings.day.endsAt].every((time) => time === null || timeFits(time)) &&
    remindersFit(settings.day.reminders) &&
    reasonLengthFits(settings.reasonLength) &&
    deferDaysFit(settings.updates.deferDays) &&
    templatesFit(settings.reasonTemplates) &&
    shortcutsFit(settings)
  );
}

/** As they are sent: without what nobody sees. */
export function tidied(settings: Settings): Settings {
  const { quiet, renewal, day, reasonTemplates } = settings;
  const time = (text: string | null) => (text === null ? null : wholeTime(text));
  return {
    ...settings,
    quiet: quiet && { from: wholeTime(quiet.from), to: wholeTime(quiet.to) },
    renewal: { ...renewal, until: time(renewal.until) },
    day: {
      ...day,
      endsAt: time(day.endsAt),
      reminders: day.reminders.map((each) => ({ ...each, days: [...each.days].sort(), at: wholeTime(each.at) })),
    },
    reasonTemplates: reasonTemplates.map((template) => template.trim()),
  };
}

/** What has changed in the settings and was not touched by whoever edits them, as it is now. */
export function untouched(before: Settings, now: Settings, edited: Settings): Partial<Settings> {
  const keys = (Object.keys(now) as (keyof Settings)[]).filter((key) => !same(before[key], now[key]));
  return Object.fromEntries(keys.filter((key) => same(edited[key], before[key])).map((key) => [key, now[key]]));
}

/** Two sets of settings say the same. */
export function sameSettings(one: Settings, other: Settings): boolean {
  return (Object.keys(one) as (keyof Settings)[]).every((key) => same(one[key], other[key]));
}

/** Two values of settings are the same, in whichever order their members stand. */
function same(one: unknown, other: unknown): boolean {
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') return one === other;
  const [mine, theirs] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  return [...keys].every((key) => same(mine[key], theirs[key]));
}
