// What the page of the working day says, in the window's language, and all that the window says anyway. It is loaded with that
// page.

import { m as shared, spoken } from './messages';
import { enDay } from './messages/en/day';
import type { DayMessages } from './messages/shape';

const OTHERS: Record<string, () => Promise<DayMessages>> = {
  ar: () => import('./messages/ar/day').then(({ arDay }) => arDay),
  de: () => import('./messages/de/day').then(({ deDay }) => deDay),
  es: () => import('./messages/es/day').then(({ esDay }) => esDay),
  fr: () => import('./messages/fr/day').then(({ frDay }) => frDay),
  ja: () => import('./messages/ja/day').then(({ jaDay }) => jaDay),
  // For tests, and in no list.
  pseudo: () => import('./messages/pseudo').then(({ pseudo }) => pseudo(enDay)),
};

const own: DayMessages = (await OTHERS[spoken]?.()) ?? enDay;

export const m = { ...shared, ...own };
