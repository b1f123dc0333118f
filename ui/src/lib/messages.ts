// The language in use: the one that the window's address asks for (`?lang=de`), or the system's. It is read once; another
// language is the same window, loaded anew.

import { languageFor } from './language';
import { en } from './messages/en';
import type { Messages } from './messages/shape';

export type { Messages } from './messages/shape';

/** Each language but English is a file of its own, read only where it is spoken. Its name is in the language itself. */
const OTHERS: Record<string, () => Promise<Messages>> = {
  ar: () => import('./messages/ar').then(({ ar }) => ar),
  de: () => import('./messages/de').then(({ de }) => de),
  es: () => import('./messages/es').then(({ es }) => es),
  fr: () => import('./messages/fr').then(({ fr }) => fr),
  ja: () => import('./messages/ja').then(({ ja }) => ja),
};

/** The languages that there are, by their codes. */
export const LANGUAGES = ['en', ...Object.keys(OTHERS)];

/** The language that the window speaks: that of its address, or the system's. */
export const spoken =
  new URLSearchParams(globalThis.location?.search ?? '').get('lang') ??
  languageFor(null, globalThis.navigator?.languages ?? [], LANGUAGES);

// The last is for tests, and in no list. What a language loads it must have for itself: a file that the window has loaded
// already stands in line behind this very line.
const loaded = spoken === 'pseudo' ? import('./messages/pseudo').then(({ pseudo }) => pseudo(en)) : OTHERS[spoken]?.();

export const m: Messages = (await loaded) ?? en;

/** Tells the page what it speaks, and from which side it is read. */
export function speak(page: HTMLElement): void {
  page.lang = new Intl.Locale(m.locale).baseName;
  page.dir = m.direction;
}
