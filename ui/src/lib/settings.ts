// What a person may set, checked before it is sent. Pure.

import type { Settings } from '../generated/Settings';

/** A client id is a GUID; none at all means Microsoft's own public client. */
export function clientIdFits(clientId: string | null): boolean {
  return clientId === null || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientId);
}

/** The warning comes 1 to 60 whole minutes before the end. */
export function warnMinutesFit(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= 60;
}

/** Whether all of it can be saved. */
export function settingsFit(settings: Settings): boolean {
  return clientIdFits(settings.clientId) && warnMinutesFit(settings.warnMinutes);
}

/** Two sets of settings say the same. */
export function sameSettings(one: Settings, other: Settings): boolean {
  return (Object.keys(one) as (keyof Settings)[]).every((key) => one[key] === other[key]);
}
