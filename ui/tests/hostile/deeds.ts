// What a page does that no page of ours does, counted; and a server that must never hear of any.

import { createServer, type Server } from 'node:http';

import type { Page } from 'playwright-core';

/** A server that must never be asked for anything. */
export class Trap {
  readonly #server: Server;
  readonly #asked: string[];
  readonly address: string;

  private constructor(server: Server, asked: string[], address: string) {
    this.#server = server;
    this.#asked = asked;
    this.address = address;
  }

  static async set(): Promise<Trap> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return new Trap(server, asked, `http://127.0.0.1:${address.port}`);
  }

  /** What it was asked for since the last time. */
  taken(): string[] {
    return this.#asked.splice(0);
  }

  close(): void {
    this.#server.close();
  }
}

/** What a page did that no page of ours does. */
export interface Deeds {
  ran: number[];
  elements: string[];
  refused: string[];
  /** What was asked for, whether or not it was let through. */
  asked: string[];
  /** What has reached a server. */
  reached: string[];
}

/** Writes down what a page asks for from now on, with the pages that it opens. */
export function watch(page: Page): string[] {
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  page.context().on('page', (opened) => asked.push(`a page: ${opened.url()}`));
  page.on('dialog', (dialog) => {
    asked.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return asked;
}

/** Elements and attributes that the window's own markup has none of. */
function foreign(): string[] {
  const never =
    'script, iframe, frame, frameset, object, embed, img, image, picture, video, audio, source, link, meta, base, style, ' +
    'math, template, marquee, foreignObject, animate, set, use, a, map, dialog, xmp, noscript, noembed, font, table';
  const found = [...document.querySelectorAll(`#app :is(${never})`)].map((element) => element.outerHTML.slice(0, 200));
  for (const element of document.querySelectorAll('#app *')) {
    for (const { name } of element.attributes) {
      if (name.startsWith('on') || name === 'srcdoc' || name === 'href') found.push(`${name} on ${element.tagName}`);
    }
  }
  return found;
}

/** What a page has done since it is watched. */
export async function deeds(page: Page, asked: string[], faults: string[], trap: Trap): Promise<Deeds> {
  // Two frames and a turn of the event loop: what was loaded or animated has told by then.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  return {
    ran: await page.evaluate(() => window.__ran ?? []),
    elements: await page.evaluate(foreign),
    refused: [...faults],
    asked: [...asked],
    reached: trap.taken(),
  };
}

/** What every page of ours does. */
export const NOTHING: Deeds = { ran: [], elements: [], refused: [], asked: [], reached: [] };
