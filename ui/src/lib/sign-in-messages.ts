// What is said before somebody signs in, in the window's language, and all that the window says anyway. Whoever is signed in
// never loads it.

import { enSignIn } from './messages/en/sign-in';
import { m as shared, spoken } from './messages';
import type { SignInMessages } from './messages/shape';

const OTHERS: Record<string, () => Promise<SignInMessages>> = {
  ar: () => import('./messages/ar/sign-in').then(({ arSignIn }) => arSignIn),
  de: () => import('./messages/de/sign-in').then(({ deSignIn }) => deSignIn),
  es: () => import('./messages/es/sign-in').then(({ esSignIn }) => esSignIn),
  fr: () => import('./messages/fr/sign-in').then(({ frSignIn }) => frSignIn),
  ja: () => import('./messages/ja/sign-in').then(({ jaSignIn }) => jaSignIn),
  // For tests, and in no list.
  pseudo: () => import('./messages/pseudo').then(({ pseudo }) => pseudo(enSignIn)),
};

const own: SignInMessages = (await OTHERS[spoken]?.()) ?? enSignIn;

export const m = { ...shared, ...own };
