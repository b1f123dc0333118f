// The Manage window at 200 % zoom, down to the width that a page has at 400 % of an ordinary screen (WCAG 1.4.10): everything
// is there, nothing lies beside the window, and long lists are walked through as they are at full size.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Section } from '../../src/generated/Section';
import { clipped, violations } from './checks';
import { ANSWERS as GIVING } from './give';
import { ANSWERS as OTHERS, AUDIT, desk, holding, open, record, type Answers } from './manage';
import { ANSWERS as DOWNLOADS, UNFINISHED } from './manage-download';
import { POLICY_ANSWERS } from './policies';
import { perform, Stage } from './stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const ANSWERS: Answers = { ...OTHERS, ...POLICY_ANSWERS, ...GIVING, ...DOWNLOADS, unfinished: UNFINISHED };

/** Half of the usual window, of one that is higher, and of the smallest; and the narrowest that anything has to fit into. */
const SIZES = [
  { width: 480, height: 320 },
  { width: 480, height: 900 },
  { width: 320, height: 210 },
  { width: 320, height: 640 },
];

const VIEWS: Record<string, [Section, string[]]> = {
  approvals: ['approvals', []],
  'approvals, chosen': ['approvals', ['approval-a1', 'approval-a2', 'fill:decision-reason=As agreed']],
  'approvals, decided': ['approvals', ['approval-a1', 'fill:decision-reason=As agreed', 'approve']],
  assignments: ['assignments', []],
  'assignments, chosen': ['assignments', ['holding-h1', 'holding-h2']],
  'a new end': ['assignments', ['holding-h1', 'move', 'fill:plan-end=2027-06-30', 'plan-look', 'add-ticket']],
  'a role to give': ['assignments', ['give', 'fill:person-name=petra', 'find-people', 'found-u1', 'give-later']],
  standing: ['standing', []],
  policies: ['policies', []],
  'a policy': ['policies', ['open-p1']],
  'a policy to change': ['policies', ['open-p1', 'policy-change', 'approval', 'policy-mail']],
  'a policy to review': ['policies', ['open-p1', 'policy-change', 'ticket', 'policy-review']],
  'a policy to copy': ['policies', ['open-p1', 'policy-copy', 'choose-p2']],
  reviews: ['reviews', []],
  'reviews, chosen': ['reviews', ['select-all']],
  alerts: ['alerts', ['alert-details-l1', 'alert-details-l2']],
  activations: ['activations', ['watch', 'watch-chosen', 'all-activations']],
  audit: ['audit', []],
  'a download': ['audit', ['download']],
  need: ['need', []],
};

describe.each([undefined, 'ar', 'de'])('at 200 %, in %s', (lang) => {
  test.each(Object.entries(VIEWS))('%s fits', async (_, [section, steps]) => {
    const { page, faults, close } = await open(stage, desk(section), ANSWERS, { ...(lang !== undefined && { lang }) });
    await perform(page, steps);
    await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await painted(page);
      const where = `${size.width} × ${size.height}`;
      expect(await clipped(page), where).toEqual([]);
      expect(await overlapping(page), where).toEqual([]);
      expect(await sideways(page), where).toBe(false);
      const navigation = await page.getByRole('navigation').boundingBox();
      expect(navigation!.width / size.width, where).toBeLessThan(0.2);
    }
    expect(faults).toEqual([]);
    await close();
  });
});

test.each(Object.entries(VIEWS))('%s breaks no rule at 200 %%', async (_, [section, steps]) => {
  const { page, close } = await open(stage, desk(section), ANSWERS);
  await perform(page, steps);
  await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0);
  for (const size of [SIZES[0]!, SIZES[3]!]) {
    await page.setViewportSize(size);
    await painted(page);
    expect(await violations(page)).toEqual([]);
  }
  await close();
});

test('the parts are icons with names, to be pointed at, counted and walked through', async () => {
  const { page, close } = await open(stage, desk('approvals'), ANSWERS, { viewport: SIZES[0]! });
  const approvals = page.getByRole('button', { name: 'Approvals 4' });
  await expect.poll(() => approvals.count()).toBe(1);
  expect(await approvals.getAttribute('aria-current')).toBe('page');
  expect(await page.getByTestId('section-audit').locator('[title="Audit history"]').isVisible()).toBe(true);
  const counter = await page.locator('nav .count').boundingBox();
  const navigation = await page.getByRole('navigation').boundingBox();
  expect(counter!.x + counter!.width).toBeLessThanOrEqual(navigation!.x + navigation!.width);
  await approvals.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('heading', { level: 2 }).textContent()).toBe('Assignments');
  // Who is signed in is told beside the names no more, but above the page.
  expect(await page.getByRole('main').getByText('omar@contoso.example').isVisible()).toBe(true);
  await close();
});

test('the filter has a line of its own', async () => {
  const { page, close } = await open(stage, desk('audit'), ANSWERS, { viewport: SIZES[0]! });
  const [title, filter, main] = await Promise.all(
    [page.getByRole('heading', { level: 2 }), page.getByTestId('filter'), page.getByRole('main')].map((each) =>
      each.boundingBox(),
    ),
  );
  expect(filter!.y).toBeGreaterThanOrEqual(title!.y + title!.height);
  expect(filter!.width / main!.width).toBeGreaterThan(0.8);
  await close();
});

describe('a long list', () => {
  // Rows of several heights: some names need a second line, and not everybody has an account.
  const rows = Array.from({ length: 5_000 }, (_, index) =>
    holding(`h${index}`, {
      name: index % 7 === 3 ? 'Authentication Extensibility Password Administrator of all regions' : 'Reports Reader',
      person: `Person ${index}`,
      username: index % 3 === 1 ? null : `person${index}@contoso.example`,
    }),
  );
  const answers: Answers = { assignments: { kind: 'assignments', sources: [], rows, risks: [] } };
  const chosen = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));

  test.each(SIZES)('is walked through by keyboard, $width × $height', async (viewport) => {
    const { page, close } = await open(stage, desk('assignments'), answers, { viewport });
    await page.getByTestId('holding-h0').focus();
    for (let step = 1; step <= 12; step += 1) {
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => chosen(page)).toBe(`holding-h${step}`);
      expect(await hidden(page), `row ${step}`).toBe(false);
    }
    await page.keyboard.press('End');
    await expect.poll(() => chosen(page)).toBe('holding-h4999');
    expect(await hidden(page)).toBe(false);
    for (let step = 4_998; step > 4_988; step -= 1) {
      await page.keyboard.press('ArrowUp');
      await expect.poll(() => chosen(page)).toBe(`holding-h${step}`);
      expect(await hidden(page), `row ${step}`).toBe(false);
    }
    expect(await overlapping(page)).toEqual([]);
    expect(await page.locator('[data-index]').count()).toBeLessThan(80);
    await page.keyboard.press('Home');
    await expect.poll(() => chosen(page)).toBe('holding-h0');
    await close();
  });

  test('does not jump while it is scrolled up, and keeps its place in another width', async () => {
    const { page, close } = await open(stage, desk('assignments'), answers, { viewport: SIZES[1]! });
    const list = page.getByTestId('assignments');
    await list.evaluate((box) => (box.scrollTop = 90_000));
    await painted(page);
    for (let step = 0; step < 30; step += 1) {
      const before = await topmost(page);
      await list.evaluate((box) => (box.scrollTop -= 60));
      await painted(page);
      const now = await topmost(page, before.index);
      expect(now.top - before.top, `step ${step}`).toBeCloseTo(60, 0);
    }
    const { index } = await topmost(page);
    await page.setViewportSize({ width: 960, height: 640 });
    await painted(page);
    expect(Math.abs((await topmost(page)).index - index)).toBeLessThanOrEqual(1);
    await close();
  });

  test('of records is as long as they are, and has its end', async () => {
    const records = Array.from({ length: 3_000 }, (_, index) => record(`d${index}`, { by: `Person ${index}` }));
    const { page, close } = await open(stage, desk('audit'), { audit: { ...AUDIT, rows: records, more: false } });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await painted(page);
      const scroller = size.height > 400 ? page.getByTestId('audit') : page.getByRole('main');
      // The end lies further down once the rows on the way are known.
      for (let step = 0; step < 4; step += 1) {
        await scroller.evaluate((box) => (box.scrollTop = box.scrollHeight));
        await painted(page);
      }
      expect(await page.locator('[data-index="2999"]').count(), `${size.width} × ${size.height}`).toBe(1);
      expect(await page.locator('[data-index]').count()).toBeLessThan(80);
      expect(await overlapping(page)).toEqual([]);
    }
    await close();
  });
});

/** What a change of size brings about has been painted. */
function painted(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)))),
  );
}

/** Whether anything can be scrolled sideways. */
function sideways(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll<HTMLElement>('body, #app, nav, main, .scroll')].some(
      (each) => {
        each.scrollLeft = document.dir === 'rtl' ? -40 : 40;
        return each.scrollLeft !== 0;
      },
    ),
  );
}

/** Rows that reach into the next one, and lines of text that lie on each other within a row. */
function overlapping(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const told = (item: Element) => item.textContent?.trim().replace(/\s+/g, ' ').slice(0, 60) ?? '';
    for (const list of document.querySelectorAll('main ul, main ol')) {
      const items = [...list.children];
      for (const [index, item] of items.entries()) {
        const next = items[index + 1]?.getBoundingClientRect();
        if (next && item.getBoundingClientRect().bottom > next.top + 0.5) found.push(`next row: ${told(item)}`);
        if (item.scrollHeight > item.clientHeight + 1) found.push(`higher than its row: ${told(item)}`);
        const texts = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
        const boxes: [DOMRect, string][] = [];
        while (texts.nextNode()) {
          const range = document.createRange();
          range.selectNodeContents(texts.currentNode);
          const text = texts.currentNode.textContent?.trim() ?? '';
          if (text === '' || texts.currentNode.parentElement?.closest('.offscreen, select')) continue;
          for (const box of range.getClientRects()) if (box.width > 0) boxes.push([box, text]);
        }
        for (const [at, [one, text]] of boxes.entries()) {
          for (const [other, words] of boxes.slice(at + 1)) {
            const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
            const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
            if (across > 1 && down > 4) found.push(`on each other: ${text} | ${words}`);
          }
        }
      }
    }
    return found;
  });
}

/**
 * Whether something else lies on the row that the keyboard is at, or a part of it is out of sight. Of a row that is too high for
 * the window only its box counts.
 */
function hidden(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const control = document.activeElement!;
    const row = control.closest('li')!;
    const seen = row.clientHeight * 2 < innerHeight ? row : control;
    const box = seen.getBoundingClientRect();
    const points = [box.top + 2, box.bottom - 2].map((y) => document.elementFromPoint(box.left + box.width / 2, y));
    return points.some((each) => each === null || !seen.contains(each));
  });
}

/** The first row in sight, or the one of this number, and where it begins. */
function topmost(page: Page, wanted?: number): Promise<{ index: number; top: number }> {
  return page.evaluate((wanted) => {
    const list = document.querySelector('[data-testid="assignments"]')!;
    const begins = list.getBoundingClientRect().top;
    const row = [...list.querySelectorAll<HTMLElement>('[data-index]')].find((each) =>
      wanted === undefined ? each.getBoundingClientRect().bottom > begins : Number(each.dataset.index) === wanted,
    )!;
    return { index: Number(row.dataset.index), top: row.getBoundingClientRect().top };
  }, wanted);
}
