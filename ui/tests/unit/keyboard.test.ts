import { describe, expect, test } from 'vitest';

import { along, latin, meaning, type Key, type Place } from '../../src/lib/keyboard';

const key = (name: string, change: Partial<Key> = {}): Key => ({
  key: name,
  ctrl: false,
  meta: false,
  alt: false,
  shift: false,
  ...change,
});

const place = (change: Partial<Place> = {}): Place => ({
  page: 'list',
  menuOpen: false,
  filter: '',
  focus: 'filter',
  row: -1,
  verb: false,
  rows: 10,
  selected: false,
  signedIn: true,
  direction: 'ltr',
  ...change,
});

const onRow = (row: number, change: Partial<Place> = {}) => place({ focus: 'row', row, ...change });

describe('Escape leaves one thing at a time', () => {
  test('menu, then form, then filter, then window', () => {
    expect(meaning(key('Escape'), place({ menuOpen: true, filter: 'a' }))).toEqual({ do: 'closeMenu' });
    expect(meaning(key('Escape'), place({ page: 'form', focus: 'editable' }))).toEqual({ do: 'back' });
    expect(meaning(key('Escape'), place({ filter: 'a' }))).toEqual({ do: 'clearFilter' });
    expect(meaning(key('Escape'), onRow(2, { filter: 'a' }))).toEqual({ do: 'clearFilter' });
    expect(meaning(key('Escape'), place({ filter: 'a', selected: true }))).toEqual({ do: 'clearFilter' });
    expect(meaning(key('Escape'), onRow(2, { selected: true }))).toEqual({ do: 'clearSelection' });
    expect(meaning(key('Escape'), place())).toEqual({ do: 'hide' });
    expect(meaning(key('Escape'), place({ signedIn: false }))).toEqual({ do: 'hide' });
  });
});

describe('moving through the rows', () => {
  test.each([
    ['ArrowDown', place(), { do: 'row', row: 0 }],
    ['ArrowDown', place({ filter: 'x' }), { do: 'row', row: 0 }],
    ['ArrowDown', onRow(3), { do: 'row', row: 4 }],
    ['ArrowDown', onRow(9), { do: 'row', row: 9 }],
    ['ArrowDown', place({ rows: 0 }), { do: 'pass' }],
    ['ArrowDown', place({ focus: 'control' }), { do: 'pass' }],
    ['ArrowUp', onRow(3), { do: 'row', row: 2 }],
    ['ArrowUp', onRow(0), { do: 'filter' }],
    ['ArrowUp', place(), { do: 'pass' }],
    ['Home', onRow(5), { do: 'row', row: 0 }],
    ['End', onRow(5), { do: 'row', row: 9 }],
    ['End', place(), { do: 'row', row: 9 }],
    ['End', place({ filter: 'text' }), { do: 'pass' }],
    ['PageDown', onRow(2), { do: 'row', row: 8 }],
    ['PageUp', onRow(2), { do: 'row', row: 0 }],
    ['ArrowLeft', onRow(2), { do: 'cell', step: -1 }],
    ['ArrowRight', onRow(2), { do: 'cell', step: 1 }],
    ['ArrowLeft', place({ filter: 'text' }), { do: 'pass' }],
  ] as const)('%s', (name, where, act) => expect(meaning(key(name), where)).toEqual(act));
});

describe('typing anywhere filters', () => {
  test('on a row, and where nothing has the focus', () => {
    expect(meaning(key('g'), onRow(2))).toEqual({ do: 'type', text: 'g' });
    expect(meaning(key('Ä'), place({ focus: 'nothing' }))).toEqual({ do: 'type', text: 'Ä' });
    expect(meaning(key('Backspace'), onRow(2, { filter: 'ab' }))).toEqual({ do: 'erase' });
  });

  test('the filter and other fields take their own letters', () => {
    expect(meaning(key('g'), place())).toEqual({ do: 'pass' });
    expect(meaning(key('g'), place({ page: 'form', focus: 'editable' }))).toEqual({ do: 'pass' });
  });

  test('a space still presses a button', () => {
    expect(meaning(key(' '), onRow(2))).toEqual({ do: 'pass' });
    expect(meaning(key(' '), place({ focus: 'control' }))).toEqual({ do: 'pass' });
  });

  test('named keys and combinations are not text', () => {
    expect(meaning(key('Tab'), onRow(2))).toEqual({ do: 'pass' });
    expect(meaning(key('F2'), onRow(2))).toEqual({ do: 'pass' });
    expect(meaning(key('c', { ctrl: true }), onRow(2))).toEqual({ do: 'pass' });
    expect(meaning(key('é', { alt: true }), onRow(2))).toEqual({ do: 'pass' });
  });
});

describe('Enter', () => {
  test('in the filter acts on the first match, with Shift by its form', () => {
    expect(meaning(key('Enter'), place({ filter: 'glo' }))).toEqual({ do: 'first', form: false });
    expect(meaning(key('Enter', { shift: true }), place({ filter: 'glo' }))).toEqual({ do: 'first', form: true });
  });

  test('in an empty filter, or without a match, does nothing', () => {
    expect(meaning(key('Enter'), place())).toEqual({ do: 'pass' });
    expect(meaning(key('Enter'), place({ filter: 'zzz', rows: 0 }))).toEqual({ do: 'pass' });
  });

  test('on a row presses its button; Shift opens the form', () => {
    expect(meaning(key('Enter'), onRow(1))).toEqual({ do: 'pass' });
    expect(meaning(key('Enter', { shift: true }), onRow(1))).toEqual({ do: 'open' });
  });

  test.each([{ ctrl: true }, { meta: true }])('with %o submits the form, and nothing elsewhere', (modifier) => {
    expect(meaning(key('Enter', modifier), place({ page: 'form', focus: 'editable' }))).toEqual({ do: 'submit' });
    expect(meaning(key('Enter', modifier), onRow(1))).toEqual({ do: 'pass' });
  });
});

describe('commands', () => {
  test('refresh, settings, shortcuts', () => {
    expect(meaning(key('F5'), place())).toEqual({ do: 'refresh' });
    expect(meaning(key('r', { ctrl: true }), place({ page: 'form' }))).toEqual({ do: 'refresh' });
    expect(meaning(key(',', { meta: true }), place())).toEqual({ do: 'settings' });
    expect(meaning(key('?', { shift: true }), place())).toEqual({ do: 'shortcuts' });
    expect(meaning(key('?', { shift: true }), place({ filter: 'what' }))).toEqual({ do: 'pass' });
    expect(meaning(key('?', { shift: true }), place({ page: 'form', focus: 'editable' }))).toEqual({ do: 'pass' });
    expect(meaning(key('?', { shift: true }), place({ signedIn: false, focus: 'control' }))).toEqual({
      do: 'shortcuts',
    });
  });

  test('a row is selected with Space on its button, or with Ctrl+Space', () => {
    expect(meaning(key(' '), { ...onRow(1), verb: true })).toEqual({ do: 'toggle' });
    expect(meaning(key(' ', { ctrl: true }), onRow(1))).toEqual({ do: 'toggle' });
    expect(meaning(key(' ', { ctrl: true }), place())).toEqual({ do: 'pass' });
  });

  test('an open menu keeps every key but Escape to itself', () => {
    for (const name of ['ArrowDown', 'a', 'Enter', '?']) {
      expect(meaning(key(name), place({ menuOpen: true }))).toEqual({ do: 'pass' });
    }
  });
});

describe('Alt+Enter opens the details', () => {
  const alt = key('Enter', { alt: true });
  test('of the row, or of the first that was found', () => {
    expect(meaning(alt, onRow(2))).toEqual({ do: 'details' });
    expect(meaning(alt, place({ filter: 'x' }))).toEqual({ do: 'details' });
  });

  test('and nowhere else', () => {
    for (const where of [place(), place({ filter: 'x', rows: 0 }), place({ page: 'form', focus: 'editable' })]) {
      expect(meaning(alt, where)).toEqual({ do: 'pass' });
    }
    expect(meaning({ ...alt, ctrl: true }, onRow(2))).toEqual({ do: 'pass' });
  });
});

describe('from right to left', () => {
  const rtl = (row: number) => onRow(row, { direction: 'rtl' });

  test('the arrows go where they point: to what follows on the left, to what comes before on the right', () => {
    expect(meaning(key('ArrowLeft'), rtl(2))).toEqual({ do: 'cell', step: 1 });
    expect(meaning(key('ArrowRight'), rtl(2))).toEqual({ do: 'cell', step: -1 });
    expect(meaning(key('ArrowLeft'), place({ filter: 'نص', direction: 'rtl' }))).toEqual({ do: 'pass' });
  });

  test('up and down, the first and the last stay as they are', () => {
    for (const name of ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp']) {
      expect(meaning(key(name), rtl(3))).toEqual(meaning(key(name), onRow(3)));
    }
  });

  test.each([
    ['ArrowRight', 'ltr', 1],
    ['ArrowLeft', 'ltr', -1],
    ['ArrowRight', 'rtl', -1],
    ['ArrowLeft', 'rtl', 1],
    ['ArrowUp', 'rtl', undefined],
    ['a', 'ltr', undefined],
  ] as const)('%s, %s', (name, direction, step) => expect(along(name, direction)).toBe(step));
});

describe('keyboards of other scripts', () => {
  const ctrl = (name: string, code: string) => key(name, { code, ctrl: true });

  test('commands are their keys, whatever is written on them', () => {
    expect(meaning(ctrl('ق', 'KeyR'), place())).toEqual({ do: 'refresh' });
    expect(meaning(ctrl('ب', 'KeyF'), place())).toEqual({ do: 'filter' });
    expect(meaning(ctrl('و', 'Comma'), place())).toEqual({ do: 'settings' });
    expect(meaning(ctrl('к', 'KeyR'), place())).toEqual({ do: 'refresh' });
  });

  test('where Latin letters have other places, the letter counts', () => {
    expect(latin({ key: 'p', code: 'KeyR' })).toBe('p');
    expect(latin({ key: 'R', code: 'KeyO' })).toBe('r');
    expect(latin({ key: 'Enter', code: 'Enter' })).toBe('enter');
    expect(latin({ key: 'ß', code: 'Minus' })).toBe('ß');
  });

  test('the Arabic question mark asks as well, and Arabic letters are typed', () => {
    expect(meaning(key('؟', { shift: true }), place())).toEqual({ do: 'shortcuts' });
    expect(meaning(key('؟', { shift: true }), place({ filter: 'ما' }))).toEqual({ do: 'pass' });
    expect(meaning(key('ق', { code: 'KeyR' }), onRow(2))).toEqual({ do: 'type', text: 'ق' });
  });
});
