// The web view is not trusted, and neither is anything that it shows: every text of every view is replaced by texts that
// would run in a window that took text for anything else. Counted are scripts that ran, elements that text became, what the
// content security policy refused, and what was asked of any server. Under "control" the same texts are shown by a page that
// does everything wrong: there, the same counters count.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { View } from '../../src/generated/View';
import { inert } from '../../src/lib/text';
import { DAY_SCENES } from '../gallery/day-views';
import { FIRST_RUN } from '../gallery/first-run-views';
import { KNOWN_SCENES } from '../gallery/known-views';
import { MORE } from '../gallery/more-views';
import { perform, Stage } from '../gallery/stage';
import { eligible, SCENES, view } from '../gallery/views';
import { deeds, NOTHING, Trap, watch } from './deeds';
import { payloads, type Payload } from './payloads';
import { poisoned, type Placed } from './poison';

/** How often each view is shown, with other texts in each place every time. */
const ROUNDS = 8;

/** So many of the texts do something in a page that takes no care; the others are for other engines and other mistakes. */
const CAUGHT = 200;

const SCENARIOS = Object.entries({ ...SCENES, ...MORE, ...KNOWN_SCENES, ...DAY_SCENES, ...FIRST_RUN });

let stage: Stage;
let trap: Trap;
let all: Payload[];

beforeAll(async () => {
  stage = await Stage.open();
  trap = await Trap.set();
  all = payloads(trap.address);
});
afterAll(async () => {
  await stage?.close();
  trap?.close();
});

describe('hostile texts', () => {
  const placed: Placed = { next: 0, fields: new Map() };

  test('there are two hundred of them at least, each another one', () => {
    expect(all.length).toBeGreaterThanOrEqual(200);
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
  });

  test.each(SCENARIOS)('in the view "%s"', async (_, scene) => {
    const played = await stage.play(scene.view, { ...(scene.viewport && { viewport: scene.viewport }) });
    try {
      await perform(played.page, scene.steps ?? []);
      // What the page loads of its own for a picture that somebody looks at is there before anything hostile is.
      await played.page.waitForLoadState('networkidle');
      const asked = watch(played.page);
      for (let round = 0; round < ROUNDS; round += 1) {
        const shown = poisoned(scene.view, all, placed);
        // The last one asks for the form of something whose name is hostile.
        const bundle = round === ROUNDS - 1 ? shown.bundles[0] : undefined;
        if (bundle) shown.openForm = { id: bundle.name, bundle: true, serial: 1000 };
        await played.page.evaluate((next) => window.__emit(next), shown);
      }
      expect(await deeds(played.page, asked, played.faults, trap)).toEqual(NOTHING);
    } finally {
      await played.close();
    }
  });

  test('each of them as the name of a role, which is shown as it is', async () => {
    const shown = view({ status: 'idle', eligible: named(all) });
    const played = await stage.play(shown);
    try {
      const asked = watch(played.page);
      const titles = await scrolled(played.page);
      expect(all.filter(({ text }) => !titles.has(inert(text))).map(({ number }) => number)).toEqual([]);
      expect(await deeds(played.page, asked, played.faults, trap)).toEqual(NOTHING);
    } finally {
      await played.close();
    }
  });

  test('each of them as the key of a role', async () => {
    const rows = all.map(({ text }, index) => eligible(`Role ${index}`, { id: text, favourite: index % 3 === 0 }));
    const played = await stage.play(view({ status: 'idle', eligible: rows }));
    try {
      const asked = watch(played.page);
      expect((await scrolled(played.page)).size).toBe(rows.length);
      expect(await deeds(played.page, asked, played.faults, trap)).toEqual(NOTHING);
    } finally {
      await played.close();
    }
  });

  test('each of them typed into the filter and as a reason', async () => {
    const played = await stage.play(SCENES.form!.view);
    try {
      const asked = watch(played.page);
      for (const { text } of all) await played.page.getByTestId('filter').fill(text);
      await played.page.getByTestId('filter').fill('');
      await perform(played.page, SCENES.form!.steps ?? []);
      for (const { text } of all) await played.page.getByTestId('reason').fill(text);
      expect(await deeds(played.page, asked, played.faults, trap)).toEqual(NOTHING);
    } finally {
      await played.close();
    }
  });

  test('the figure', () => {
    const total = [...placed.fields.values()].reduce((sum, numbers) => sum + numbers.size, 0);
    for (const name of [
      'name',
      'scope',
      'scopePath',
      'reason',
      'message',
      'detail',
      'approvers',
      'tenant',
      'username',
      'url',
      'link',
    ]) {
      expect(placed.fields.get(name)?.size ?? 0, name).toBeGreaterThan(0);
    }
    console.log(
      `hostile texts: ${all.length} payloads in ${placed.fields.size} fields of ${SCENARIOS.length} views ` +
        `(${placed.next} placements, ${total} of them different), 0 executed`,
    );
  });
});

describe('control', () => {
  test('a page that takes text for markup, scripts, styles and addresses runs them, and every counter counts', async () => {
    const context = await stage.browser.newContext();
    const page = await context.newPage();
    const [ran, reached] = [new Set<number>(), new Set<number>()];
    await page.exposeFunction('__told', (number: number) => ran.add(number));
    await page.setContent('');
    await page.evaluate(
      ([source, texts]) => {
        const host = window as unknown as { __ran: unknown; __told: (number: number) => void };
        host.__ran = { push: host.__told };
        // Each in a frame of its own, which it may take away.
        for (const text of texts) {
          const frame = document.body.appendChild(document.createElement('iframe'));
          const inside = frame.contentWindow as unknown as { eval: (script: string) => (text: string) => void };
          inside.eval(`(${source})`)(text);
        }
      },
      [String(careless), all.map(({ text }) => text)] as const,
    );
    const did = () => {
      for (const path of trap.taken()) reached.add(Number(/ran\/(\d+)/.exec(path)?.[1]));
      return new Set([...ran, ...reached]).size;
    };
    await expect.poll(did, { timeout: 20_000 }).toBeGreaterThanOrEqual(CAUGHT);
    await context.close();
    console.log(
      `control: ${ran.size} payloads ran and ${reached.size} reached a server, ${did()} of ${all.length} in all`,
    );
  });

  test('the window itself refuses what somebody makes of them, and says so', async () => {
    const played = await stage.play(view({ status: 'idle', eligible: named(all.slice(0, 3)) }));
    try {
      const asked = watch(played.page);
      // A page that leaves is stopped by the program around it, not by its policy (`on_navigation`).
      const markup = all.filter(({ kind, text }) => kind === 'markup' && !text.includes('http-equiv=refresh'));
      await played.page.evaluate(
        (texts) => {
          for (const text of texts) document.querySelector('#app')!.insertAdjacentHTML('beforeend', text);
        },
        markup.map(({ text }) => text),
      );
      const did = await deeds(played.page, asked, played.faults, trap);
      expect(did.ran).toEqual([]);
      expect(did.reached).toEqual([]);
      expect(did.elements.length).toBeGreaterThan(50);
      expect(did.refused.filter((text) => text.includes('Content Security Policy')).length).toBeGreaterThan(50);
    } finally {
      await played.close();
    }
  });
});

const named = (texts: Payload[]): View['eligible'] =>
  texts.map(({ number, text }) => eligible(text, { id: `r${number}` }));

/** The names of all rows of the list, as it is scrolled to its end. */
async function scrolled(page: Page): Promise<Set<string>> {
  const titles = await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const grid = document.querySelector('#eligible')!;
    const found = new Set<string>();
    for (let top = 0; ; top += 300) {
      grid.scrollTop = top;
      await frame();
      await frame();
      for (const name of grid.querySelectorAll<HTMLElement>('bdi[title]')) {
        if (name.title === name.textContent) found.add(name.title);
      }
      if (top > grid.scrollHeight) return [...found];
    }
  });
  return new Set(titles);
}

/** Runs in the page: everything that a window must not do with a text. */
function careless(text: string) {
  const attempt = (make: () => unknown) => {
    try {
      make();
    } catch {
      // It could not be made use of in this way.
    }
  };
  const box = document.body.appendChild(document.createElement('div'));
  // Unlike `innerHTML`, this runs scripts too.
  const markup = (html: string) => attempt(() => box.append(document.createRange().createContextualFragment(html)));
  const script = (source: string) => attempt(() => new Function(source)());
  const address = (tag: 'iframe' | 'script', url: string) => {
    const element = document.createElement(tag);
    element.src = url;
    box.append(element);
  };
  const decoded = (html: string) => {
    const area = document.createElement('textarea');
    area.innerHTML = html;
    return area.value;
  };

  markup(text);
  attempt(() => (document.body.appendChild(document.createElement('div')).innerHTML = text));
  // In the middle of markup, in every kind of quotes; decoded once more than it should be; put together by a template.
  for (const quote of ['"', "'", '']) markup(`<b title=${quote}${text}${quote}>x</b>`);
  for (const outer of ['title', 'textarea', 'style', 'select', 'template', 'svg', 'xmp', 'noscript']) {
    markup(`<${outer}>${text}</${outer}>`);
  }
  markup(`<!-- ${text} -->`);
  attempt(() => markup(decodeURIComponent(decodeURIComponent(text))));
  markup(decoded(text));
  markup(decoded(decoded(text)));
  attempt(() => markup(JSON.parse(`"${text}"`)));
  attempt(() => markup(decoded(text.replace(/\\x(..)/g, '&#x$1;'))));
  markup(text.replace(/\+ADw-/g, '<').replace(/\+AD4-/g, '>'));
  markup(text.replace(/[\0\u000b]/g, ' ').replace(/<script>/, ''));
  markup(text.replace(/\0/g, '').normalize('NFKC').replace('\u02C2', '<').replace('\u02C3', '>'));
  // In the middle of a script, of JSON that is evaluated, of a template.
  for (const quote of ["'", '"', '`']) script(`const x = ${quote}${text}${quote}`);
  for (const around of [
    '/* # */',
    '// #',
    '#',
    'f("#")',
    "f('#')",
    '({"x":"#"})',
    'f({x:{y:["#"]}})',
    'f({x:[{y:"#"}]})',
  ]) {
    script(`const f = () => 0; ${around.replace('#', () => text)}`);
  }
  for (const inner of text.matchAll(
    /(?:[{$#*@[]+|<[%?]=?|\{%)\s*((?:constructor|\(top).+?)\s*(?:\}|\]\]|[%?]>|%\})/g,
  )) {
    script(inner[1]!);
  }
  // As a style, and as an address.
  for (const style of [`color:red${text}`, `background:${text}`, text]) {
    markup(`<i style="${style}">x</i>`);
    markup(`<style>i{${style}}</style><style>${style}</style>`);
  }
  for (const url of [text, decoded(text)]) {
    attempt(() => address('iframe', url));
    attempt(() => address('script', url));
  }
  for (const each of document.querySelectorAll('*')) {
    for (const { name } of [...each.attributes]) {
      if (name.startsWith('on')) attempt(() => each.dispatchEvent(new Event(name.slice(2))));
    }
  }
}
