import { expect, test } from 'vitest';

import type { View } from '../../src/generated/View';
import { addressed } from '../../src/lib/address';

const view = (...rows: { current: boolean; account: { id: string } }[]) => ({ accounts: rows }) as unknown as View;
const both = view({ current: false, account: { id: 'a' } }, { current: true, account: { id: 'b' } });

test('a command is said to the account whose view is shown', () => {
  expect(addressed({ kind: 'refresh' }, both)).toEqual({ kind: 'for', account: 'b', command: { kind: 'refresh' } });
});

test('what names an account already stays as it is', () => {
  const named = { kind: 'for', account: 'a', command: { kind: 'signOut' } } as const;
  expect(addressed(named, both)).toBe(named);
  const selected = { kind: 'selectAccount', account: 'a' } as const;
  expect(addressed(selected, both)).toBe(selected);
});

test('with nobody signed in there is nobody to say it to', () => {
  expect(addressed({ kind: 'signIn' }, view())).toEqual({ kind: 'signIn' });
  expect(addressed({ kind: 'signIn' }, undefined)).toEqual({ kind: 'signIn' });
});
