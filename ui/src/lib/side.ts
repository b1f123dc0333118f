// From which side a sentence is read.

import { m } from './messages';

const FROM_THE_RIGHT = /[\u0590-\u08FF]/;

/**
 * The direction of a sentence that the program says and that names may stand in: its own language's, also where a name of
 * another script stands first. What is in no such language goes by its first letter.
 */
export function side(sentence: string): 'rtl' | 'auto' {
  return m.direction === 'rtl' && FROM_THE_RIGHT.test(sentence) ? 'rtl' : 'auto';
}
