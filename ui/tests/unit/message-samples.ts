// Every message with what it says: texts as they are, functions with sample arguments. Which kinds of arguments a function
// takes stands in the sources of English alone, so these are read.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

const ENGLISH = join(import.meta.dirname, '../../src/lib/messages/en');

export type Kind = 'number' | 'string' | 'list' | 'number?' | 'string?';

const KINDS: Record<string, Kind> = {
  number: 'number',
  string: 'string',
  'readonly string[]': 'list',
  'number | null': 'number?',
  'string | null': 'string?',
};

/** The kinds of arguments of every function of English, by its path. */
export function kindsOfArguments(): Map<string, Kind[]> {
  const found = new Map<string, Kind[]>();
  for (const file of readdirSync(ENGLISH)) {
    const source = ts.createSourceFile(file, readFileSync(join(ENGLISH, file), 'utf8'), ts.ScriptTarget.Latest);
    const walk = (node: ts.Expression, path: string[]): void => {
      if (ts.isAsExpression(node)) walk(node.expression, path);
      else if (ts.isObjectLiteralExpression(node)) {
        for (const each of node.properties) {
          if (ts.isPropertyAssignment(each)) walk(each.initializer, [...path, each.name.getText(source)]);
        }
      } else if (ts.isArrowFunction(node)) {
        const kinds = node.parameters.map((parameter) => {
          const kind = KINDS[parameter.type?.getText(source) ?? ''];
          if (kind === undefined) throw new Error(`${path.join('.')}: an argument of no known kind`);
          return kind;
        });
        found.set(path.join('.'), kinds);
      }
    };
    source.forEachChild((statement) => {
      if (!ts.isVariableStatement(statement)) return;
      if (!statement.modifiers?.some((each) => each.kind === ts.SyntaxKind.ExportKeyword)) return;
      for (const { initializer } of statement.declarationList.declarations) {
        if (initializer && !ts.isArrowFunction(initializer)) walk(initializer, []);
      }
    });
  }
  return found;
}

/** Every text and function, by its path. */
export function leaves(messages: object, above = ''): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, value] of Object.entries(messages) as [string, unknown][]) {
    const path = above === '' ? key : `${above}.${key}`;
    if (typeof value === 'object' && value !== null) for (const leaf of leaves(value, path)) found.set(...leaf);
    else found.set(path, value);
  }
  return found;
}

export const COUNTS = [0, 1, 2, 3, 5, 11, 100];

/** As no language writes anything. */
const word = (index: number) => `‹${'abcdef'.charAt(index)}›`;

/** What may stand for an argument. */
function samples(kind: Kind, index: number): unknown[] {
  switch (kind) {
    case 'number':
      return COUNTS;
    case 'number?':
      return [null, ...COUNTS];
    case 'string':
      return [word(index), ''];
    case 'string?':
      return [word(index), null];
    case 'list':
      return [3, 1, 2].map((length) => Array.from({ length }, (_, at) => word(index) + word(at)));
  }
}

/** Every way to call a function with these arguments. */
export function calls(kinds: readonly Kind[]): unknown[][] {
  return kinds.reduce<unknown[][]>(
    (before, kind, index) => before.flatMap((given) => samples(kind, index).map((each) => [...given, each])),
    [[]],
  );
}

/** The texts in arguments. */
export const textsIn = (given: readonly unknown[]): string[] =>
  given.flat().filter((each): each is string => typeof each === 'string' && each !== '');
