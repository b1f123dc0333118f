// No message is left that nothing shows. Every text of English is looked for in the sources by its path, `m.a.b.c`.
// `m.a.b[…]` uses all that is in `m.a.b`, and so does handing `m.a.b` on as a whole. A part that goes by another name in a
// file is followed there: `const words = m.a.b;` or `const { c, d } = m.a.b;`.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { en as shared } from '../../src/lib/messages/en';
import { enDay } from '../../src/lib/messages/en/day';
import { enManage } from '../../src/lib/messages/en/manage-window';
import { enSignIn } from '../../src/lib/messages/en/sign-in';

const en = { ...shared, ...enManage, ...enDay, ...enSignIn };

const SOURCES = join(import.meta.dirname, '../../src');

/** The path of every text; rows of a table are shown together, and are one. */
function leaves(messages: object, above: string[] = []): string[] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]) => {
    const path = [...above, key];
    const inner = typeof value === 'object' && value !== null && !Array.isArray(value);
    return inner ? leaves(value, path) : [path.join('.')];
  });
}

const MEMBERS = String.raw`(?:\s*\??\.\s*\w+)*`;

/** A part of the messages under another name, or some of its members under theirs. */
const ALIAS = new RegExp(String.raw`\bconst\s+(\w+|\{[^}]*\})\s*=\s*m(${MEMBERS})\s*;`, 'g');

const joined = (...parts: string[]) => parts.filter((part) => part !== '').join('.');
const members = (text: string) => joined(...text.split(/[\s?.]+/));

/** The paths that a file uses, of texts or of whole parts. */
function uses(source: string): string[] {
  const known: [name: string, root: string][] = [['m', '']];
  const found: string[] = [];
  const rest = source.replace(ALIAS, (_, name: string, path: string) => {
    const root = members(path);
    if (!name.startsWith('{')) known.push([name, root]);
    else for (const each of name.slice(1, -1).split(',')) found.push(joined(root, (each.split(':')[0] ?? '').trim()));
    return '';
  });
  for (const [name, root] of known) {
    for (const [mention] of rest.matchAll(new RegExp(String.raw`(?<![\w$.])${name}\b(?!\s*:)${MEMBERS}`, 'g'))) {
      found.push(joined(root, members(mention.slice(name.length))));
    }
  }
  // The name of all messages by itself uses none of them.
  return found.filter((path) => path !== '');
}

/** The texts that no file uses. */
function unused(messages: object, sources: readonly string[]): string[] {
  const used = [...new Set(sources.flatMap(uses))];
  const within = (one: string, other: string) => one === other || one.startsWith(`${other}.`);
  return leaves(messages).filter((leaf) => !used.some((path) => within(leaf, path) || within(path, leaf)));
}

/** Every source but the messages themselves. */
function sources(): string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(svelte|ts)$/.test(file) && !/^(generated|lib[\\/]messages)[\\/]/.test(file))
    .map((file) => readFileSync(join(SOURCES, file), 'utf8'));
}

test('every message is shown somewhere', () => {
  expect(unused(en, sources())).toEqual([]);
});

describe('what counts as shown', () => {
  const messages = { a: { one: 'One', two: (count: number) => `${count}`, rows: [['x', 'y']] }, b: { c: { d: 'D' } } };
  const left = (...texts: string[]) => unused(messages, texts);

  test('nothing, where nothing is', () => {
    expect(left('')).toEqual(['a.one', 'a.two', 'a.rows', 'b.c.d']);
    expect(left("import { m } from './messages'; x.m.a.one; form.a.two")).toHaveLength(4);
  });

  test('a text by its path, whatever is done with it', () => {
    expect(left('{m.a.one}{m.a\n  .two(3)}')).toEqual(['a.rows', 'b.c.d']);
    expect(left('{#each m.a.rows as [x]}{/each} m.b.c.d.length')).toEqual(['a.one', 'a.two']);
  });

  test('a part by an index, or as a whole', () => {
    expect(left('m.b.c[which]')).toEqual(['a.one', 'a.two', 'a.rows']);
    expect(left('Object.entries(m.a)')).toEqual(['b.c.d']);
  });

  test('a part under another name, in the file that says so', () => {
    expect(left('const words = m.a; words.one + words.two(1)')).toEqual(['a.rows', 'b.c.d']);
    expect(left('const { one, two: other } = m.a;')).toEqual(['a.rows', 'b.c.d']);
    expect(left('const words = m.b.c; words[which]')).toEqual(['a.one', 'a.two', 'a.rows']);
    expect(left('const words = m.a;', 'words.one')).toHaveLength(4);
  });
});
