// A stage for the built window: a server with the application's own content security policy, a browser, and a stand-in
// for the process behind the window that answers with a given view and writes down what it is asked.

import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { existsSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

import { chromium, type Browser, type Page } from 'playwright-core';
import { inject } from 'vitest';

import application from '../../../src-tauri/tauri.conf.json' with { type: 'json' };
import type { Command } from '../../src/generated/Command';
import type { View } from '../../src/generated/View';
import { settled } from './settled';

/** The application's own. */
const POLICY = Object.entries(application.app.security.csp)
  .map(([directive, sources]) => `${directive} ${sources}`)
  .join('; ');

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Where Debian, Fedora and macOS put the browser; `CHROMIUM` says otherwise. */
const BROWSERS = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

declare global {
  interface Window {
    __emit: (view: View) => void;
    __turn: (page: 'settings' | 'about') => void;
    __shown: () => void;
    __hacked?: number;
    /** Numbers of hostile texts that ran. */
    __ran?: number[];
  }
}

export class Stage {
  /** For pages of a test's own. */
  readonly browser: Browser;
  readonly #server: Server;
  /** Where the built windows are served. */
  readonly origin: string;
  /** Pages that nobody plays on, by what they were made for: a new one takes longer than most scenes. */
  readonly #idle = new Map<string, Prop[]>();

  private constructor(browser: Browser, server: Server, origin: string) {
    this.browser = browser;
    this.#server = server;
    this.origin = origin;
  }

  static async open(): Promise<Stage> {
    const executablePath = BROWSERS.find((path) => path !== '' && existsSync(path));
    if (!executablePath) throw new Error('No Chromium found. Install it (Debian: chromium) or name it in CHROMIUM.');
    const folder = inject('built');
    const server = createServer((request, response) => {
      if (request.url === '/favicon.ico') {
        response.writeHead(204).end();
        return;
      }
      const path = normalize(new URL(request.url ?? '/', 'http://local').pathname);
      const file = join(folder, path === '/' ? 'index.html' : path);
      readFile(file).then(
        (body) => {
          response.writeHead(200, {
            'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
            'content-security-policy': POLICY,
            'cache-control': 'max-age=3600',
          });
          response.end(body);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const root = process.getuid?.() === 0;
    const browser = await chromium.launch({ executablePath, headless: true, args: root ? ['--no-sandbox'] : [] });
    return new Stage(browser, server, `http://127.0.0.1:${address.port}/`);
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.#server.close();
  }

  /** Opens the window on a view. `calls` fills with what the window asks for, `faults` with what it must never do. */
  async play(view: View, options: Options = {}): Promise<Scene> {
    const { viewport, left, lang, ...look } = options;
    const key = JSON.stringify(look);
    const prop = this.#idle.get(key)?.pop() ?? (await this.#prop(look));
    const { page } = prop;
    const told: Told = { calls: [], accounts: new Set(), other: [], left: [], faults: [] };
    // The language is set as well, or the page would go back to the system's.
    const shown =
      lang === undefined || lang === 'pseudo' ? view : { ...view, settings: { ...view.settings, language: lang } };
    Object.assign(prop, { told, given: { view: shown, left: left ?? null } });
    await page.setViewportSize(viewport ?? { width: 380, height: 620 });
    await page.goto(lang === undefined ? this.origin : `${this.origin}?lang=${lang}`);
    await page.waitForSelector('body[data-ready="1"]');
    const close = async () => {
      // Nothing of it goes on.
      await page.goto('about:blank');
      this.#idle.set(key, [...(this.#idle.get(key) ?? []), prop]);
    };
    return { page, ...told, close };
  }

  /** A new page. */
  async #prop(look: Look): Promise<Prop> {
    const context = await this.browser.newContext({
      colorScheme: look.scheme ?? 'light',
      reducedMotion: 'reduce',
      forcedColors: look.forcedColors ? 'active' : 'none',
      locale: 'en-GB',
      timezoneId: 'UTC',
      deviceScaleFactor: look.scale ?? 1,
      ...(look.agent !== undefined && { userAgent: look.agent }),
    });
    const page = await context.newPage();
    const prop: Prop = { page };
    const fault = (text: string) => prop.told?.faults.push(text);
    page.on('pageerror', (error) => fault(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') fault(message.text());
    });
    await page.exposeFunction('__given', () => prop.given);
    await page.exposeFunction('__call', (name: string, args: { command?: Command } | undefined) => {
      const { told } = prop;
      const command = args?.command;
      if (!told) return;
      if (name === 'leave') told.left.push((args as { state: string }).state);
      else if (name !== 'dispatch' || !command) told.other.push(name);
      else if (command.kind === 'for') {
        told.accounts.add(command.account);
        told.calls.push(command.command);
      } else told.calls.push(command);
    });
    await page.addInitScript(stand);
    if (look.freeze !== false) await page.addInitScript(freeze);
    return prop;
  }
}

/** A page, and the scene that is played on it. */
interface Prop {
  page: Page;
  given?: { view: View; left: string | null };
  told?: Told;
}

/** How a page looks at what it shows. */
interface Look {
  scheme?: 'light' | 'dark';
  forcedColors?: boolean;
  scale?: number;
  /** The time stands still, so that pictures are the same each time; on unless `false`. */
  freeze?: boolean;
  /** What the browser says it is; what it is without. */
  agent?: string;
}

export interface Options extends Look {
  viewport?: { width: number; height: number };
  /** What the page before this one was left with. */
  left?: string;
  /** What the page speaks; English without. */
  lang?: string;
}

/** What came of a scene. */
interface Told {
  /** What was asked for, without the account it was addressed to. */
  calls: Command[];
  /** The accounts that commands were addressed to. */
  accounts: Set<string>;
  other: string[];
  /** What would be gone on with, should the page die. */
  left: string[];
  faults: string[];
}

export interface Scene extends Told {
  page: Page;
  close: () => Promise<void>;
}

/** Does what a scene asks for before it is looked at. */
export async function perform(page: Page, steps: string[]): Promise<void> {
  for (const step of steps) {
    if (step.startsWith('key:')) await page.keyboard.press(step.slice(4));
    else if (step.startsWith('type:')) await page.keyboard.type(step.slice(5));
    else if (step.startsWith('see:')) await page.getByTestId(step.slice(4)).waitFor();
    else if (step.startsWith('css:')) await page.locator(step.slice(4)).click();
    else if (step.startsWith('shift:')) await page.getByTestId(step.slice(6)).click({ modifiers: ['Shift'] });
    else if (step.startsWith('fill:')) {
      const [field = '', text = ''] = step.slice(5).split('=');
      await page.getByTestId(field).fill(text);
    } else if (step.startsWith('ctrl:')) await page.getByTestId(step.slice(5)).click({ modifiers: ['Control'] });
    else await page.getByTestId(step).click();
  }
  // Pictures show what is clicked, not the pointer's hover.
  await page.mouse.move(0, 0);
  await settled(page);
}

/** Runs in the page: the other end of the IPC. */
function stand() {
  // As the application does (`freezePrototype`).
  Object.freeze(Object.prototype);
  const host = window as unknown as Record<string, unknown>;
  const given = host.__given as () => Promise<{ view: View; left: string | null }>;
  let next = 1;
  let last: View | undefined;
  const callbacks = new Map<number, (event: unknown) => void>();
  const listeners: Record<string, number[]> = { view: [], page: [], shown: [] };
  host.__TAURI_INTERNALS__ = {
    metadata: { currentWindow: { label: 'main' }, currentWebview: { windowLabel: 'main', label: 'main' } },
    transformCallback: (callback: (event: unknown) => void) => {
      const id = next++;
      callbacks.set(id, callback);
      return id;
    },
    unregisterCallback: (id: number) => callbacks.delete(id),
    invoke: async (name: string, args: { event?: string; handler?: number } | undefined) => {
      if (name === 'plugin:event|listen') {
        if (args?.handler !== undefined) listeners[args.event ?? '']?.push(args.handler);
        return args?.handler;
      }
      if (name === 'view') return structuredClone((last ??= (await given()).view));
      if (name === 'left') return (await given()).left;
      if (name === 'about')
        return { version: '0.1.0', commit: '3eb8af6f1c2d', changed: true, system: 'Debian 12 (x86_64)' };
      if (name === 'diagnose') {
        const { names } = args as unknown as { names: boolean };
        (host.__call as (name: string, args: unknown) => Promise<void>)(name, args);
        return `made: 2026-11-23T12:00:00Z\nnames: ${names ? 'yes' : 'no'}\nversion: 0.1.0\n\naccounts\n  account: ${
          names ? 'maya@contoso.example' : 'account-1'
        }, cloud: global\n`;
      }
      return (host.__call as (name: string, args: unknown) => Promise<void>)(name, args);
    },
  };
  host.__TAURI_EVENT_PLUGIN_INTERNALS__ = { unregisterListener() {} };
  const tell = (event: string, payload: unknown) => {
    for (const id of listeners[event] ?? []) callbacks.get(id)?.({ event, id, payload: structuredClone(payload) });
  };
  host.__emit = (changed: View) => {
    last = changed;
    tell('view', changed);
  };
  host.__turn = (page: string) => tell('page', page);
  host.__shown = () => tell('shown', null);
}

function freeze() {
  performance.now = () => 1_000;
}
