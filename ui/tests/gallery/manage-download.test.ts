// The download of the audit history in the Manage window, and what narrows the list: pictures, and what is asked for.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { desk, failure, open, type Answers } from './manage';
import { ANSWERS, DOWNLOADED, downloading, UNFINISHED } from './manage-download';
import { pictured, type Picture } from './manage-pictures';
import { Stage } from './stage';
import { at } from './views';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const failed = { kind: 'failed' as const, problem: failure({ code: 'export', message: 'The disk is full.' }) };

const begin = ['download', 'download-begin'];
const found = `go-on-${UNFINISHED.rows[0]!.id}`;
const unfinished: Answers = { ...ANSWERS, unfinished: UNFINISHED };
const small = { width: 640, height: 420 };

const PICTURES: Record<string, Picture> = {
  begin: { steps: ['download'] },
  unfinished: { answers: unfinished, steps: ['download'], until: found },
  small: { answers: unfinished, steps: ['download'], until: found, viewport: small },
  'small-done': { steps: begin, until: 'download-done', viewport: small },
  'first-page': { answers: { ...ANSWERS, downloadFurther: 'never' }, steps: begin, until: 'download-stop' },
  'under-way': { answers: { ...ANSWERS, downloadFurther: [downloading(), 'never'] }, steps: begin },
  pause: { answers: { ...ANSWERS, downloadFurther: downloading({ pause: at(5) }) }, steps: begin },
  done: { steps: begin, until: 'download-done' },
  failed: { answers: { ...unfinished, downloadFurther: failed }, steps: begin, until: found },
};

describe('the download, pictures', () => {
  test.each(Object.entries(PICTURES))('%s', (name, picture) =>
    pictured(stage, `download-${name}`, { section: 'audit', answers: ANSWERS, ...picture }),
  );
});

const kinds = (asked: { kind: string }[]) => asked.map((ask) => ask.kind);

test('a download is asked for page by page until it is done, also while another part is shown', async () => {
  const answers: Answers = { ...ANSWERS, downloadFurther: [downloading(), downloading({ count: 20_000 }), DOWNLOADED] };
  const { page, asked, close } = await open(stage, desk('audit'), answers);
  await page.getByTestId('download').click();
  await page.getByTestId('download-span').selectOption('month');
  await page.getByTestId('download-format').selectOption('jsonLines');
  await page.getByTestId('download-begin').click();
  await page.getByTestId('section-alerts').click();
  await expect.poll(() => asked.filter((ask) => ask.kind === 'downloadFurther').length).toBe(3);
  expect(asked.find((ask) => ask.kind === 'download')).toEqual({
    kind: 'download',
    span: 'month',
    format: 'jsonLines',
  });
  await page.getByTestId('section-audit').click();
  await expect.poll(() => page.getByText('31,207 records downloaded.').count()).toBe(1);
  const said = () => page.getByTestId('download-done').textContent();
  expect(await said()).toContain('/home/omar/Downloads/pimento-audit-2026-11-23.csv');
  expect(await said()).toContain('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08');
  // It is closed, and the way to the next one has the focus.
  await page.getByTestId('download-close').click();
  await expect.poll(() => page.getByTestId('download').evaluate((it) => it === document.activeElement)).toBe(true);
  expect(asked.filter((ask) => ask.kind === 'downloadFurther').length).toBe(3);
  await close();
});

test('one that is stopped is asked for no further, and gone on with', async () => {
  const answers: Answers = { ...ANSWERS, unfinished: [{ kind: 'unfinished', rows: [] }, UNFINISHED] };
  const { page, asked, close } = await open(stage, desk('audit'), {
    ...answers,
    downloadFurther: 'never',
    resumeDownload: downloading(),
  });
  await page.getByTestId('download').click();
  await page.getByTestId('download-begin').click();
  // By keyboard: the button that was pressed is gone, and the next one is a step away.
  await expect.poll(() => page.getByTestId('download-stop').count()).toBe(1);
  await page.getByTestId('download-panel').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const row = page.getByTestId(found);
  await expect.poll(() => row.count()).toBe(1);
  expect(kinds(asked)).toEqual(['audit', 'unfinished', 'download', 'downloadFurther', 'unfinished']);
  await row.click();
  await expect.poll(() => kinds(asked).slice(-2)).toEqual(['resumeDownload', 'downloadFurther']);
  expect(asked.at(-2)).toEqual({ kind: 'resumeDownload', id: 'pimento-audit-2026-11-22.csv' });
  await close();
});

test('one that fails says why, and can be gone on with', async () => {
  const resumed = { ...ANSWERS, unfinished: UNFINISHED, downloadFurther: [failed, DOWNLOADED] };
  const { page, asked, close } = await open(stage, desk('audit'), { ...resumed, resumeDownload: downloading() });
  await page.getByTestId('download').click();
  await page.getByTestId('download-begin').click();
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('The disk is full.');
  await page.getByTestId(found).click();
  await expect.poll(() => page.getByTestId('download-done').count()).toBe(1);
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(kinds(asked).slice(-2)).toEqual(['resumeDownload', 'downloadFurther']);
  await close();
});

test('another account sees nothing of it, and it is not gone on with there', async () => {
  const { page, asked, close } = await open(stage, desk('audit'), {
    ...ANSWERS,
    downloadFurther: downloading({ pause: at(60) }),
  });
  await page.getByTestId('download').click();
  await page.getByTestId('download-begin').click();
  await expect.poll(() => page.getByTestId('download-stop').count()).toBe(1);
  const other = { ...desk('audit'), account: { ...desk('audit').account!, id: 'nadia' } };
  await page.evaluate((next) => window.__desk(next), other);
  await expect.poll(() => page.getByTestId('download').count()).toBe(1);
  expect(await page.getByTestId('download-panel').count()).toBe(0);
  await page.getByTestId('download').click();
  await expect.poll(() => kinds(asked).at(-1)).toBe('unfinished');
  expect(await page.getByTestId('download-stop').count()).toBe(0);
  await close();
});

test('the list is narrowed by time, result and words', async () => {
  const { page, close } = await open(stage, desk('audit'), ANSWERS);
  const shown = () => page.locator('[data-index]').count();
  await expect.poll(shown).toBe(3);
  await page.getByTestId('audit-result').selectOption('failed');
  await expect.poll(shown).toBe(1);
  await page.getByTestId('audit-when').selectOption('month');
  await expect.poll(() => page.getByText('Nothing matches.').count()).toBe(1);
  await page.getByTestId('audit-result').selectOption('succeeded');
  await expect.poll(shown).toBe(2);
  // Nothing of the last days lies further back.
  expect(await page.getByTestId('audit-further').count()).toBe(0);
  await page.getByTestId('filter').fill('inês');
  await expect.poll(shown).toBe(1);
  expect(await page.getByRole('status').first().textContent()).toContain('1 of 3 records');
  // What is downloaded begins as what is looked at.
  await page.getByTestId('download').click();
  expect(await page.getByTestId('download-span').inputValue()).toBe('month');
  await close();
});
