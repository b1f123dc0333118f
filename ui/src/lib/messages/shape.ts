// What every language has to say: exactly what English says, in other words.

import type { en } from './en';
import type { enDay } from './en/day';
import type { enManage } from './en/manage-window';
import type { enSignIn } from './en/sign-in';

/** The same members with the same arguments; a text may be any text. */
type InOtherWords<T> = T extends string
  ? string extends T
    ? string
    : T extends 'ltr' | 'rtl'
      ? 'ltr' | 'rtl'
      : string
  : T extends (...args: never[]) => unknown
    ? T
    : { readonly [Key in keyof T]: InOtherWords<T[Key]> };

/** Every text of the flyout, and those that both windows show. */
export type Messages = InOtherWords<typeof en>;

/** What the Manage window says besides. */
export type ManageMessages = InOtherWords<typeof enManage>;

/** What the page of the working day says besides. */
export type DayMessages = InOtherWords<typeof enDay>;

/** What is said before somebody signs in. */
export type SignInMessages = InOtherWords<typeof enSignIn>;
