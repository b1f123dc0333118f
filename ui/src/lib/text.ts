// Text that others wrote: role names, reasons, error texts. Always rendered as text; this removes what would still act.

// Direction overrides, isolates and marks, zero-width characters, control characters.
const ACTING = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u061C]/g;

/** The same text without characters that steer how its surroundings are shown. */
export function inert(text: string): string {
  return text.replace(ACTING, '');
}

/** The same within a sentence, whose order its direction does not turn round: for what nobody copies, as the marks go along. */
export function isolated(text: string): string {
  return `\u2068${inert(text)}\u2069`;
}

const SPECIAL: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** Folds case and diacritics, so that "Séc" and "sec" meet. */
export function fold(text: string): string {
  return inert(text)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => SPECIAL[letter] ?? letter);
}
