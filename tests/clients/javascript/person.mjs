// The person at the browser: walks the tenant's sign-in pages, agreeing to everything unless told otherwise.

import assert from 'node:assert/strict';
import { TENANT } from './tenant.mjs';

const decoded = (text) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
const attribute = (tag, name) => decoded(tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? '');

/** The form of a page: which step it is, where it goes, what it sends. */
function formOf(page) {
  const form = page.match(/<form[^>]*>/)?.[0];
  if (!form) return undefined;
  const fields = {};
  for (const [input] of page.matchAll(/<input[^>]*>/g)) fields[attribute(input, 'name')] = attribute(input, 'value');
  return { step: attribute(form, 'data-step'), action: attribute(form, 'action'), fields };
}

/** Somebody with a browser of their own. */
export class Person {
  #cookies = new Map();

  constructor(name, { agrees = true } = {}) {
    this.name = name;
    this.agrees = agrees;
  }

  /** Signs in for a device. */
  async enterCode(address, code) {
    return this.#walk(await this.#request(address, { code }));
  }

  /** Opens an address; returns the client's answer at the end. */
  async open(address) {
    return this.#walk(await this.#request(address));
  }

  async #request(address, fields) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const form = fields && { method: 'POST', body: new URLSearchParams(fields) };
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie }, ...form });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      this.#cookies.set(name, value);
    }
    return answer;
  }

  async #walk(answer) {
    for (let page = 0; page < 20; page++) {
      const location = answer.headers.get('location');
      if (location) {
        answer = await this.#request(new URL(location, answer.url));
        continue;
      }
      if (new URL(answer.url).host !== new URL(TENANT.authority).host) return answer;
      const text = await answer.text();
      const form = formOf(text);
      if (!form) {
        assert.match(text, /data-step="notice"/);
        return answer;
      }
      const fields = form.fields;
      if (form.step === 'pick') fields.user = this.name;
      else if (form.step === 'mfa') fields.action = this.agrees ? 'approve' : 'cancel';
      else if (form.step === 'consent') fields.action = this.agrees ? 'agree' : 'cancel';
      else assert.equal(form.step, 'return');
      answer = await this.#request(new URL(form.action, answer.url), fields);
    }
    throw new Error('the sign-in has no end');
  }
}
