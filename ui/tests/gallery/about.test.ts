// Which Pimento this is, the licences of what it is made of, and the report for whoever helps: seen before it is copied.

import { describe, expect, test } from 'vitest';

import { works } from '../../src/lib/licences';
import file from '../../../THIRD-PARTY.txt?raw';
import { packages } from '../../tools/licences.mjs';
import { playing } from './playing';
import { focusedIn } from './settled';
import type { Scene, Stage } from './stage';
import { view } from './views';

let stage: Stage;
let scene: Scene;

playing(
  (opened) => (stage = opened),
  () => scene,
);

const idle = view({ status: 'idle' });
const focused = () => focusedIn(scene.page);

async function open(part: string) {
  scene = await stage.play(idle);
  await scene.page.keyboard.press('Control+,');
  await scene.page.getByTestId(`settings-${part}`).click();
  return scene.page;
}

describe('the report', () => {
  test('is made without names, seen in full, and what is seen is copied and said', async () => {
    const page = await open('diagnostics');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const report = page.getByTestId('diagnostics-report');
    const seen = await report.inputValue();
    expect(seen).toContain('account: account-1');
    // Nobody writes in it, and somebody who does not see it can walk through it.
    expect(await report.evaluate((area: HTMLTextAreaElement) => area.readOnly && area.tabIndex === 0)).toBe(true);
    await page.getByTestId('diagnostics-copy').click();
    await expect.poll(() => page.getByTestId('announcement').textContent()).toBe('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(seen);
    expect(scene.calls).toEqual([]);
    expect(scene.other).toEqual(['diagnose']);
  });

  test('has names only for as long as somebody wants them', async () => {
    const page = await open('diagnostics');
    const report = page.getByTestId('diagnostics-report');
    await page.getByTestId('diagnostics-names').click();
    await expect.poll(() => report.inputValue()).toContain('maya@contoso.example');
    await page.getByTestId('diagnostics-names').click();
    await expect.poll(() => report.inputValue()).toContain('account-1');
    expect(await page.locator('body').innerText()).not.toContain('maya');
  });

  test('is there while nobody is signed in, by keyboard alone', async () => {
    scene = await stage.play(view({ session: { kind: 'signedOut', reason: null }, status: 'signedOut' }));
    const { page } = scene;
    await page.getByTestId('first-run-diagnostics').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('diagnostics-report').waitFor();
    expect(await focused()).toBe('back');
    await page.keyboard.press('Escape');
    await page.getByTestId('first-run-signin').waitFor();
  });
});

describe('about', () => {
  test('says version, commit and system', async () => {
    const page = await open('about');
    await expect.poll(() => page.getByTestId('version').textContent()).toBe('Version 0.1.0');
    const told = await page.locator('main').innerText();
    expect(told).toContain('Commit 3eb8af6f1c2d, with changes');
    expect(told).toContain('Debian 12 (x86_64)');
    expect(told).toContain('MIT licence');
  });

  test('what is told later moves nothing that can be clicked', async () => {
    const page = await open('about');
    await expect.poll(() => page.getByTestId('commit').textContent()).toContain('3eb8');
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      const host = window as unknown as {
        __TAURI_INTERNALS__: { invoke: (name: string, args: unknown) => Promise<unknown> };
        __tell: () => void;
      };
      const { invoke } = host.__TAURI_INTERNALS__;
      const told = new Promise<void>((resolve) => (host.__tell = resolve));
      host.__TAURI_INTERNALS__.invoke = (name, args) =>
        name === 'about' ? told.then(() => invoke(name, args)) : invoke(name, args);
    });
    await page.evaluate(() => window.__turn('about'));
    const licences = page.getByTestId('licences');
    const before = await licences.boundingBox();
    expect((await page.getByTestId('commit').textContent())?.trim()).toBe('');
    await page.evaluate(() => (window as unknown as { __tell: () => void }).__tell());
    await expect.poll(() => page.getByTestId('commit').textContent()).toContain('3eb8');
    expect(await licences.boundingBox()).toEqual(before);
  });

  test('leads to the licences of others, each with its text, found by name', async () => {
    const page = await open('about');
    await page.getByTestId('licences').click();
    await expect.poll(() => page.getByTestId('work').count()).toBe(works(file).length);
    await page.getByTestId('licences-find').fill('svelte');
    await expect.poll(() => page.getByTestId('work').count()).toBe(1);
    expect(await page.locator('main').getByRole('status').textContent()).toBe('1 component');
    expect(await page.locator('pre').count()).toBe(0);
    await page.getByTestId('work').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('pre').innerText()).toContain('Svelte Contributors');
    await page.getByTestId('licences-find').fill('no such work');
    await expect.poll(() => page.locator('main').innerText()).toContain('No component has this in its name');
  });

  test('names every package that is in the windows, with a text', async () => {
    scene = await stage.play(idle);
    const listed = new Map(works(file).map((work) => [work.name, work.texts]));
    const shipped = await packages();
    expect(shipped.map(({ name }) => name)).toEqual(expect.arrayContaining(['svelte', '@tauri-apps/api']));
    for (const { name, version } of shipped) {
      expect(listed.get(`${name} ${version}`)?.[0]?.length, name).toBeGreaterThan(200);
    }
  });
});
