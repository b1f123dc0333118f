// The language in use. A second language is a second folder of the same shape and a choice made here.

import { en } from './messages/en';

/** Every text of the window. */
export type Messages = typeof en;

export const m: Messages = en;
