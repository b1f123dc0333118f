// Every language says all that English says, in other words, and says what it is told.

import { describe, expect, test } from 'vitest';

import { LANGUAGES } from '../../src/lib/messages';
import { en as shared } from '../../src/lib/messages/en';
import { enDay } from '../../src/lib/messages/en/day';
import { enManage } from '../../src/lib/messages/en/manage-window';
import { enSignIn } from '../../src/lib/messages/en/sign-in';
import { calls, COUNTS, kindsOfArguments, leaves, textsIn, type Kind } from './message-samples';

/** What both windows say, before somebody signs in and after. */
const en = { ...shared, ...enManage, ...enDay, ...enSignIn };

const FOLDERS = import.meta.glob<Record<string, typeof shared>>('../../src/lib/messages/*/index.ts', { eager: true });
const WINDOWS = import.meta.glob<Record<string, typeof enManage>>('../../src/lib/messages/*/manage-window.ts', {
  eager: true,
});
const DAYS = import.meta.glob<Record<string, typeof enDay>>('../../src/lib/messages/*/day.ts', { eager: true });

const SIGN_IN = import.meta.glob<Record<string, typeof enSignIn>>('../../src/lib/messages/*/sign-in.ts', {
  eager: true,
});

const TRANSLATED = Object.entries(FOLDERS)
  .map(([path, module]): [string, object] => {
    const code = path.split('/').at(-2) ?? '';
    const messages = module[code];
    const manage = WINDOWS[path.replace('index.ts', 'manage-window.ts')]?.[`${code}Manage`];
    const day = DAYS[path.replace('index.ts', 'day.ts')]?.[`${code}Day`];
    const signIn = SIGN_IN[path.replace('index.ts', 'sign-in.ts')]?.[`${code}SignIn`];
    if (messages === undefined || manage === undefined || day === undefined || signIn === undefined) {
      throw new Error(`messages/${code} has no "${code}"`);
    }
    return [code, { ...messages, ...manage, ...day, ...signIn }];
  })
  .filter(([code]) => code !== 'en');

const KINDS = kindsOfArguments();

/** Names, and what keyboards, formats and placeholders are called everywhere: a language may leave them as they are. */
const NAMES =
  /^(appName|direction|beforeSignIn\.microsofts|enter\.scopePlaceholder|eligible\.words\.(mfa|kinds\.azureResource)|role\.ask\.mfa|manage\.(formats\.\w+|sha256)|organisation\.(clouds\.\w+|tenantPlaceholder|clientId(Hint|Placeholder)?)|settings\.shortcutPlaceholder|start\.placeholder|shortcuts\.(rows\.\d+\.0|(macM|m)odifier))$/;

/** Words that two languages happen to share. More of them are texts that nobody has translated. */
const SHARED = 0.05;

type Say = (...given: unknown[]) => unknown;

/** What is said of it, whatever it takes. */
function said(leaf: unknown, kinds: readonly Kind[]): [given: unknown[], text: unknown][] {
  if (typeof leaf !== 'function') return [[[], leaf]];
  return calls(kinds).map((given) => [given, (leaf as Say)(...given)]);
}

/** A text of its own: what is handed to it is not. */
const own = (text: unknown) => String(text).replace(/‹\w›/g, '');
const words = (text: string) => text.match(/\p{L}{2,}/gu)?.length ?? 0;

/** What is wrong with a message of a language. */
function faults(path: string, english: unknown, leaf: unknown): string[] {
  if (typeof leaf !== typeof english) return [`is a ${typeof leaf}`];
  const kinds = KINDS.get(path) ?? [];
  const found = new Set<string>();
  const theirs = said(english, kinds);
  for (const [index, [given, text]] of said(leaf, kinds).entries()) {
    const whole = !given.includes('');
    const before = String(theirs[index]?.[1]);
    if (typeof text !== 'string') found.add(`gives a ${typeof text}`);
    else if (whole && (text.trim() === '') !== (before.trim() === ''))
      found.add(`says “${text}” where English says “${before}”`);
    else if (/[!！¡]|undefined|NaN|null|\[object/.test(text)) found.add(`says “${text}”`);
    else {
      for (const word of textsIn(given))
        if (before.includes(word) && !text.includes(word)) found.add(`leaves out ${word}`);
      // One at the end is for what follows, where the language writes spaces.
      if (whole && /^\s/.test(text) && !/^\s/.test(before)) found.add(`begins with a space: “${text}”`);
    }
  }
  for (const [index, kind] of kinds.entries()) {
    if (kind.startsWith('number') && heeds(english, kinds, index) && !heeds(leaf, kinds, index)) {
      found.add(`says the same for every number (argument ${index + 1})`);
    }
  }
  return [...found];
}

/** Some two numbers make a difference to what is said. */
function heeds(leaf: unknown, kinds: readonly Kind[], index: number): boolean {
  return calls(kinds).some((given) => {
    const other = COUNTS.map((count) => (leaf as Say)(...given.with(index, count)));
    return new Set(other).size > 1;
  });
}

/** The texts that are those of English, by their paths, and what they say. */
function untranslated(messages: Map<string, unknown>): [path: string, text: string][] {
  return [...leaves(en)].flatMap(([path, english]) => {
    if (NAMES.test(path)) return [];
    const kinds = KINDS.get(path) ?? [];
    const theirs = said(english, kinds).map(([, text]) => own(text));
    const mine = said(messages.get(path), kinds).map(([, text]) => own(text));
    const spoken = theirs.some((text) => words(text) > 0);
    return spoken && theirs.every((text, index) => text === mine[index]) ? [[path, theirs[0] ?? '']] : [];
  });
}

/** All that is wrong with a language. */
function check(messages: object): string[] {
  const mine = leaves(messages);
  const theirs = leaves(en);
  const same = untranslated(mine);
  return [
    ...[...theirs.keys()].filter((path) => !mine.has(path)).map((path) => `${path} is missing`),
    ...[...mine.keys()].filter((path) => !theirs.has(path)).map((path) => `${path} is not in English`),
    ...[...theirs].flatMap(([path, english]) =>
      mine.has(path) ? faults(path, english, mine.get(path)).map((fault) => `${path} ${fault}`) : [],
    ),
    ...same.filter(([, text]) => words(text) > 2).map(([path]) => `${path} is in English`),
    ...(same.length > SHARED * theirs.size ? [`in English: ${same.map(([path]) => path).join(', ')}`] : []),
  ];
}

describe.each(TRANSLATED)('%s', (code, messages) => {
  test('says all that English says, in its own words', () => {
    expect(check(messages)).toEqual([]);
  });

  test('is a language that the system knows', () => {
    const { locale, direction } = messages as typeof en;
    expect(Intl.DateTimeFormat.supportedLocalesOf(locale)).toEqual([locale]);
    expect(new Intl.Locale(locale).language).toBe(code);
    expect(direction).toBe(['ar', 'fa', 'he', 'ur'].includes(code) ? 'rtl' : 'ltr');
  });
});

test('every language that is there can be chosen', () => {
  expect(TRANSLATED.map(([code]) => code).sort()).toEqual(LANGUAGES.filter((code) => code !== 'en').sort());
});

describe('what is wrong with a language is found', () => {
  const [, some] = TRANSLATED[0] ?? ['', {}];
  const broken = (part: string, changed: object) => {
    const before = some as Record<string, object>;
    return check({ ...before, [part]: { ...before[part], ...changed } });
  };

  test.each<[string, string, object, string]>([
    ['an argument that is left out', 'active', { until: () => 'bis' }, 'active.until leaves out ‹a›'],
    ['a number that is', 'filter', { found: () => 'x' }, 'filter.found says the same for every number (argument 1)'],
    ['an exclamation mark', 'common', { copied: 'Kopiert!' }, 'common.copied says “Kopiert!”'],
    [
      'what is not there',
      'active',
      { until: (at: string) => `${at} ${undefined}` },
      'active.until says “‹a› undefined”',
    ],
    ['a text that says nothing', 'common', { back: ' ' }, 'common.back says “ ” where English says “Back”'],
    ['one that is no text', 'common', { back: 1 }, 'common.back is a number'],
    ['one that is not in English', 'common', { more: 'x' }, 'common.more is not in English'],
    ['a sentence in English', 'empty', { noneDetail: en.empty.noneDetail }, 'empty.noneDetail is in English'],
  ])('%s', (_, part, changed, fault) => {
    expect(broken(part, changed)).toContain(fault);
  });

  test('a member that is missing', () => {
    const { common: _, ...rest } = some as typeof en;
    expect(check(rest)).toContain('common.back is missing');
  });

  test('English under another name', () => {
    expect(check(en).some((fault) => fault.startsWith('in English: '))).toBe(true);
  });
});
