// Whether all that a page says was taken from the messages: in the pseudo-locale those stand in brackets. What is not in
// brackets has to be in what the page was told (names, reasons, addresses …), a number, or a time.

import type { Page } from 'playwright-core';

import { LANGUAGES } from '../../src/lib/messages';
import { inert } from '../../src/lib/text';
import { dayName } from '../../src/lib/week';

/** Members whose texts are names in code and never shown as they are. */
const NAMES = new Set(['kind', 'status', 'severity', 'action', 'cloud', 'effect', 'way']);

/** Languages are called what they call themselves. */
const LANGUAGE_NAMES = LANGUAGES.map((code) => {
  const name = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
});

/** Days of the week are called as the platform calls them. */
const DAY_NAMES = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [dayName(day, true), dayName(day)]);

/** Every text in what a page was told, the longest first. */
export function dataOf(...told: unknown[]): string[] {
  const found = new Set<string>([...LANGUAGE_NAMES, ...DAY_NAMES]);
  const walk = (value: unknown, key = '') => {
    if (typeof value === 'string' && !NAMES.has(key)) {
      found.add(inert(value));
      const typed = /^fill:[^=]+=(.+)$/.exec(value)?.[1];
      if (typed !== undefined) found.add(inert(typed));
      // Of a template what stands between what is filled in.
      if (/\{\w+\}/.test(value)) for (const part of inert(value).split(/\{\w+\}/)) found.add(part);
      // Of scopes that begin alike only the end is shown.
      if (key === 'scopePath')
        for (const { index } of inert(value).matchAll(/[\s\-_.](?=\S)/g)) found.add(inert(value).slice(index + 1));
    } else if (Array.isArray(value)) value.forEach((each) => walk(each, key));
    else if (typeof value === 'object' && value !== null)
      Object.entries(value).forEach(([name, each]) => walk(each, name));
  };
  told.forEach((each) => walk(each));
  return [...found].filter((text) => text.length > 1).sort((a, b) => b.length - a.length);
}

/** What the page says itself: texts of it that are neither messages nor among `data`. */
export async function hardCoded(page: Page, data: readonly string[]): Promise<string[]> {
  const said = await page.evaluate(() => {
    const all: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // Commands are the same in every language.
      if (node.parentElement?.closest('[translate="no"]')) continue;
      if (!(node instanceof Element)) all.push(node.textContent ?? '');
      else
        for (const name of ['aria-label', 'aria-valuetext', 'aria-description', 'title', 'placeholder', 'alt'])
          if (node.hasAttribute(name)) all.push(node.getAttribute(name) ?? '');
    }
    return all;
  });
  return [...new Set(said)].filter((text) => /\p{L}/u.test(left(text, data)));
}

/** Of a text what is in no brackets, and neither data nor a date. */
function left(text: string, data: readonly string[]): string {
  let rest = inert(text);
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ');
  }
  for (const known of data) rest = rest.replaceAll(known, ' ');
  return rest.replace(
    /\d{1,2} [A-Z][a-z]{2,3}( \d{4})?\b|\b[A-Z][a-z]{2} \d\d:\d\d\b|\b[A-Z][a-z]{2}\s+\d{1,2}\b/g,
    ' ',
  );
}
