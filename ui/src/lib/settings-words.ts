// How the settings stand, in a few words. Pure.

import type { View } from '../generated/View';
import { cloudName } from './accounts';
import { LANGUAGES, m } from './messages';
import { locksAreTold, secretPlace } from './platform';
import { HISTORY_DAYS, type Part } from './settings';

/** A language by its own name: "Deutsch". */
export function languageName(code: string): string {
  const name = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code;
  return capital(name, code);
}

/** As it stands at the beginning. */
const capital = (text: string, code: string = m.locale) => text.charAt(0).toLocaleUpperCase(code) + text.slice(1);

/** What there is to choose; one that is set stays to be seen, even if Pimento does not speak it. */
export function languageOptions(chosen: string | null): { value: string; label: string; lang?: string }[] {
  const codes = chosen === null || LANGUAGES.includes(chosen) ? LANGUAGES : [...LANGUAGES, chosen];
  return [
    { value: '', label: m.settings.languageSystem },
    ...codes.map((code) => ({ value: code, label: named(code), lang: code })),
  ];
}

/** What somebody has written by hand may be no language. */
function named(code: string): string {
  try {
    return languageName(code);
  } catch {
    return code;
  }
}

/** How long the history is kept: "30 days", "2 years". */
export function historyLength(days: number): string {
  return days >= 365 && days % 365 === 0 ? m.settings.years(days / 365) : m.settings.days(days);
}

/** What there is to choose; another length that is set stays to be seen. */
export function historyOptions(chosen: number): { value: number; label: string }[] {
  const all = [...new Set([...HISTORY_DAYS, chosen])].sort((one, other) => one - other);
  return all.map((days) => ({ value: days, label: days === 0 ? m.settings.historyNone : historyLength(days) }));
}

/** A part of the settings, as it stands. */
export function summary(part: Part, view: View, agent?: string): string {
  const { settings, session, sharedReasons } = view;
  const words = m.settings.summary;
  switch (part) {
    case 'notifications': {
      const { warnMinutes, quiet } = settings;
      return listed(words.warn(warnMinutes), quiet && words.quiet(quiet.from, quiet.to));
    }
    case 'renewal': {
      const { arm, until } = settings.renewal;
      if (!arm) return words.byHand;
      return until === null ? words.byItself : words.byItselfUntil(until);
    }
    case 'day': {
      const { endsAt, endOnLock, reminders } = settings.day;
      const locked = endOnLock && locksAreTold(agent);
      const count = reminders.length === 0 ? null : words.reminders(reminders.length);
      return capital(listed(endsAt && words.endsAt(endsAt), locked && words.endsOnLock, count)) || words.noDay;
    }
    case 'reasons':
      return words.templates(sharedReasons.length + settings.reasonTemplates.length);
    case 'look': {
      const { language } = settings;
      const appearance = m.settings.appearances[settings.appearance];
      return listed(appearance, language === null ? null : named(language));
    }
    case 'start':
      return settings.autostart ? words.autostart : words.byYou;
    case 'keys':
      return listed(settings.shortcut, settings.bundleShortcut?.keys) || words.noKeys;
    case 'signIn':
      return listed(cloudName(settings.cloud) ?? settings.cloud, settings.tenant);
    case 'storage': {
      const forgotten = session.kind === 'signedIn' && !session.account.remembered;
      const kept = forgotten ? m.settings.memory : m.settings.secretPlaces[secretPlace(agent)];
      const { historyDays } = settings;
      return listed(kept, historyDays === 0 ? words.noHistory : words.history(historyLength(historyDays)));
    }
  }
}

function listed(...parts: (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(m.common.comma);
}
