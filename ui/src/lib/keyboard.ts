// What a key means, given where the user is. Pure: the window carries the result out.

/** A key press, as far as it matters. */
export interface Key {
  key: string;
  /** Which key of the keyboard it is, whatever is written on it: `KeyR`. */
  code?: string;
  ctrl: boolean;
  meta: boolean;
  alt: boolean;
  shift: boolean;
}

/** Where the user is. */
export interface Place {
  /** What is shown below the header. */
  page: 'list' | 'form' | 'other';
  /** The menu is open above everything. */
  menuOpen: boolean;
  /** What is typed in the filter. */
  filter: string;
  /** What has the focus. */
  focus: 'filter' | 'row' | 'editable' | 'control' | 'nothing';
  /** Position of the focused row. */
  row: number;
  /** The focused part of the row is its own button. */
  verb: boolean;
  /** How many rows are listed. */
  rows: number;
  /** Rows are selected. */
  selected: boolean;
  /** A list is there to be typed at (signed in). */
  signedIn: boolean;
  /** From which side the page is read. */
  direction: Direction;
}

/** From which side a page is read. */
export type Direction = 'ltr' | 'rtl';

/** What to do. `pass` leaves the key to the browser. */
export type Act =
  | { do: 'pass' }
  | { do: 'row'; row: number }
  | { do: 'cell'; step: 1 | -1 }
  | { do: 'filter' }
  | { do: 'type'; text: string }
  | { do: 'erase' }
  | { do: 'clearFilter' }
  | { do: 'toggle' }
  | { do: 'clearSelection' }
  | { do: 'closeMenu' }
  | { do: 'back' }
  | { do: 'hide' }
  | { do: 'first'; form: boolean }
  | { do: 'open' }
  | { do: 'details' }
  | { do: 'submit' }
  | { do: 'refresh' }
  | { do: 'settings' }
  | { do: 'shortcuts' };

/** Where an arrow along the line leads, as one reads: on or back; `undefined` for every other key. */
export function along(key: string, direction: Direction): 1 | -1 | undefined {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  return (key === 'ArrowRight') === (direction === 'ltr') ? 1 : -1;
}

/** The Latin character of a key that is pressed for a command: keyboards of other scripts have their own on it. */
export function latin({ key, code = '' }: Pick<Key, 'key' | 'code'>): string {
  if ([...key].length !== 1 || /[\u0020-\u007E]/.test(key)) return key.toLowerCase();
  if (code === 'Comma') return ',';
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key;
}

const PASS: Act = { do: 'pass' };
const PAGE = 6;

/** The meaning of one key press. */
export function meaning(key: Key, place: Place): Act {
  if (key.key === 'Escape') return escape(place);
  if (place.menuOpen) return PASS;
  const command = (key.ctrl || key.meta) && !key.alt;
  if (command) return commandKey(key, place);
  if (key.alt) return detailsKey(key, place);
  if (key.key === 'F5') return { do: 'refresh' };
  if (place.page !== 'list' || !place.signedIn) {
    return asked(key) && place.focus !== 'editable' ? { do: 'shortcuts' } : PASS;
  }
  return listKey(key, place);
}

function escape(place: Place): Act {
  if (place.menuOpen) return { do: 'closeMenu' };
  if (place.page !== 'list') return { do: 'back' };
  if (place.filter !== '') return { do: 'clearFilter' };
  if (place.selected) return { do: 'clearSelection' };
  return { do: 'hide' };
}

/** Alt+Enter, as desktops have it for the properties of what is chosen. */
function detailsKey(key: Key, place: Place): Act {
  const chosen = place.focus === 'row' || (place.focus === 'filter' && place.filter !== '' && place.rows > 0);
  const enter = key.key === 'Enter' && !key.ctrl && !key.meta && !key.shift;
  return enter && chosen && place.page === 'list' && place.signedIn ? { do: 'details' } : PASS;
}

function commandKey(key: Key, place: Place): Act {
  switch (latin(key)) {
    case 'enter':
      return place.page === 'form' ? { do: 'submit' } : PASS;
    case ' ':
      return place.page === 'list' && place.focus === 'row' ? { do: 'toggle' } : PASS;
    case 'r':
      return { do: 'refresh' };
    case ',':
      return place.signedIn ? { do: 'settings' } : PASS;
    case 'f':
      return place.page === 'list' && place.signedIn ? { do: 'filter' } : PASS;
    default:
      return PASS;
  }
}

function listKey(key: Key, place: Place): Act {
  const last = place.rows - 1;
  const onRow = place.focus === 'row';
  const onList = onRow || place.focus === 'filter' || place.focus === 'nothing';
  switch (key.key) {
    case 'ArrowDown':
      if (!onList || last < 0) return PASS;
      return { do: 'row', row: onRow ? Math.min(last, place.row + 1) : 0 };
    case 'ArrowUp':
      if (!onRow) return PASS;
      return place.row <= 0 ? { do: 'filter' } : { do: 'row', row: place.row - 1 };
    case 'PageDown':
      if (!onList || last < 0) return PASS;
      return { do: 'row', row: Math.min(last, (onRow ? place.row : 0) + PAGE) };
    case 'PageUp':
      return onRow ? { do: 'row', row: Math.max(0, place.row - PAGE) } : PASS;
    case 'Home':
    case 'End': {
      // In a filter with text these belong to the caret.
      const mine = onRow || place.focus === 'nothing' || (place.focus === 'filter' && place.filter === '');
      if (!mine || last < 0) return PASS;
      return { do: 'row', row: key.key === 'Home' ? 0 : last };
    }
    case 'ArrowLeft':
    case 'ArrowRight': {
      const step = along(key.key, place.direction);
      return onRow && step !== undefined ? { do: 'cell', step } : PASS;
    }
    case 'Enter':
      if (place.focus === 'filter' && place.filter !== '' && place.rows > 0) return { do: 'first', form: key.shift };
      if (onRow && key.shift) return { do: 'open' };
      return PASS;
    case ' ':
      return onRow && place.verb && !key.shift ? { do: 'toggle' } : printable(key, place);
    case 'Backspace':
      return (onRow || place.focus === 'nothing') && place.filter !== '' ? { do: 'erase' } : PASS;
    default:
      return printable(key, place);
  }
}

/** A question mark, also that of Arabic keyboards. */
const asked = (key: Key) => key.key === '?' || key.key === '؟';

/** Typing anywhere filters; a space on a button still presses it. */
function printable(key: Key, place: Place): Act {
  if (place.focus === 'editable' || [...key.key].length !== 1) return PASS;
  if (asked(key) && place.filter === '') return { do: 'shortcuts' };
  if (place.focus === 'filter') return PASS;
  if (key.key === ' ' && place.focus !== 'nothing') return PASS;
  return { do: 'type', text: key.key };
}
