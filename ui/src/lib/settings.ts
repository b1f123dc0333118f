// What a person may set, checked before it is sent. Pure.

import type { Settings } from '../generated/Settings';
import { keysFit, sameKeys } from './shortcut';

/** A client id is a GUID; none at all means Microsoft's own public client. */
export function clientIdFits(clientId: string | null): boolean {
  return clientId === null || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientId);
}

/** The warning comes 1 to 60 whole minutes before the end. */
export function warnMinutesFit(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= 60;
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
  return clientIdFits(settings.clientId) && warnMinutesFit(settings.warnMinutes) && shortcutsFit(settings);
}

/** Two sets of settings say the same. */
export function sameSettings(one: Settings, other: Settings): boolean {
  const { bundleShortcut: mine, watch, ...rest } = one;
  const theirs = other.bundleShortcut;
  return (
    (Object.keys(rest) as (keyof typeof rest)[]).every((key) => one[key] === other[key]) &&
    mine?.bundle === theirs?.bundle &&
    mine?.keys === theirs?.keys &&
    // Rust writes both, so the members stand in the same order.
    JSON.stringify(watch) === JSON.stringify(other.watch)
  );
}
