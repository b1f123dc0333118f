// Texts that would run in a window that took text for markup, an address or a script. Made systematically: what would
// run, in every place it could break out of, in every spelling. Each has a number and says it when it runs (`window.__ran`),
// or asks a server on this machine for an address that ends in it.
//
// Plain JavaScript, because the tests of the real window run it as a program: `node payloads.js http://127.0.0.1:PORT`
// prints all of them as JSON.

import { fileURLToPath } from 'node:url';

/** @typedef {{ number: number, kind: string, text: string }} Payload */
/** @typedef {{ js: string, url: string, entities: string, base64: string, percent: string }} Shot */

/** What a payload is made of: a script that says its number, and an address that ends in it. @returns {Shot} */
function shot(/** @type {number} */ number, /** @type {string} */ server) {
  const js = `(top.__ran=top.__ran||[]).push(${number})`;
  return {
    js,
    url: `${server}/ran/${number}`,
    entities: [...js].map((letter) => `&#${letter.charCodeAt(0)};`).join(''),
    base64: Buffer.from(`<script>${js}</script>`).toString('base64'),
    percent: encodeURIComponent(js),
  };
}

/** Markup that runs something without anybody clicking. @type {Record<string, (s: Shot) => string>} */
const MARKUP = {
  script: (s) => `<script>${s.js}</script>`,
  image: (s) => `<img src=x onerror="${s.js}">`,
  svg: (s) => `<svg onload="${s.js}">`,
};

/** More of it, once each. @type {((s: Shot) => string)[]} */
const ELEMENTS = [
  (s) => `<script src="${s.url}"></script>`,
  (s) => `<script type=module>${s.js}</script>`,
  (s) => `<script>${s.js}`,
  (s) => `<ScRiPt>${s.js}</sCrIpT>`,
  (s) => `<script/x>${s.js}</script>`,
  (s) => `<script\n>${s.js}</script\n>`,
  (s) => `<<script>${s.js}//<</script>`,
  (s) => `<img src="${s.url}">`,
  (s) => `<img srcset="${s.url}">`,
  (s) => `<IMG SRC=x ONERROR=${s.js}>`,
  (s) => `<img/src=x/onerror=${s.js}>`,
  (s) => `<img src=x onerror=${s.entities}>`,
  (s) => `<img src=x:x onerror\n=\n"${s.js}">`,
  (s) => `<img src=data: onerror=${s.js}`,
  (s) => `<image src=x onerror=${s.js}>`,
  (s) => `<svg/onload=${s.js}>`,
  (s) => `<svg><script>${s.js}</script></svg>`,
  (s) => `<svg><script href="data:text/javascript,${s.percent}"></script></svg>`,
  (s) => `<svg><animate onbegin="${s.js}" attributeName=x dur=1s>`,
  (s) => `<svg><set onbegin="${s.js}" attributeName=x dur=1s>`,
  (s) => `<svg><foreignObject><iframe srcdoc="${s.entities}"></iframe></foreignObject></svg>`,
  (s) => `<svg><image href="${s.url}"/></svg>`,
  (s) => `<svg><use href="${s.url}#x"/></svg>`,
  (s) => `<svg><style>@import "${s.url}";</style></svg>`,
  (s) => `<math><maction actiontype=statusline xlink:href="javascript:${s.js}">x</maction></math>`,
  (s) => `<iframe srcdoc="<script>${s.js}</script>"></iframe>`,
  (s) => `<iframe srcdoc="<img src=x onerror='${s.js}'>"></iframe>`,
  (s) => `<iframe src="javascript:${s.js}"></iframe>`,
  (s) => `<iframe src="data:text/html,<script>fetch('${s.url}')</script>"></iframe>`,
  (s) => `<iframe src="${s.url}"></iframe>`,
  (s) => `<iframe onload="${s.js}"></iframe>`,
  (s) => `<frameset onload="${s.js}"><frame></frameset>`,
  (s) => `<object data="javascript:${s.js}"></object>`,
  (s) => `<object data="data:text/html;base64,${s.base64}"></object>`,
  (s) => `<embed src="javascript:${s.js}">`,
  (s) => `<embed src="${s.url}">`,
  (s) => `<video src=x onerror="${s.js}"></video>`,
  (s) => `<video><source onerror="${s.js}" src=x></video>`,
  (s) => `<video poster="${s.url}"></video>`,
  (s) => `<audio src=x onerror="${s.js}"></audio>`,
  (s) => `<audio src="${s.url}" autoplay></audio>`,
  (s) => `<details open ontoggle="${s.js}"><summary>x</summary></details>`,
  (s) => `<input autofocus onfocus="${s.js}">`,
  (s) => `<input type=image src="${s.url}" onerror="${s.js}">`,
  (s) => `<select autofocus onfocus="${s.js}"></select>`,
  (s) => `<textarea autofocus onfocus="${s.js}"></textarea>`,
  (s) => `<button autofocus onfocus="${s.js}">x</button>`,
  (s) => `<div tabindex=1 autofocus onfocus="${s.js}">x</div>`,
  (s) => `<div contenteditable autofocus onfocus="${s.js}">x</div>`,
  (s) => `<a href="#x" id=x autofocus onfocus="${s.js}">x</a>`,
  (s) => `<marquee onstart="${s.js}">x</marquee>`,
  (s) => `<body onload="${s.js}">`,
  (s) => `<body onpageshow="${s.js}">`,
  (s) => `<body background="${s.url}">`,
  (s) => `<table background="${s.url}"><tr><td>x</td></tr></table>`,
  (s) => `<style onload="${s.js}"></style>`,
  (s) => `<style>@import "${s.url}";</style>`,
  (s) => `<style>*{background:url("${s.url}")!important}</style>`,
  (s) => `<div style="background:url(${s.url})">x</div>`,
  (s) => `<div style="animation:breathe 1s" onanimationstart="${s.js}">x</div>`,
  (s) => `<style>@keyframes k{}</style><b style="animation:k 1s" onanimationend="${s.js}">x</b>`,
  (s) => `<link rel=stylesheet href="${s.url}">`,
  (s) => `<link rel=preload as=script href="${s.url}" onload="${s.js}" onerror="${s.js}">`,
  (s) => `<link rel=prefetch href="${s.url}">`,
  (s) => `<link rel=import href="data:text/html;base64,${s.base64}">`,
  (s) => `<meta http-equiv=refresh content="0;url=${s.url}">`,
  (s) => `<meta http-equiv=refresh content="0;url=javascript:${s.js}">`,
  (s) => `<meta http-equiv="Content-Security-Policy" content="script-src * 'unsafe-inline'"><script>${s.js}</script>`,
  (s) => `<base href="${s.url}/"><script src=a.js></script>`,
  (s) => `<form action="javascript:${s.js}"><input autofocus onfocus="form.submit()"></form>`,
  (s) => `<form><button formaction="javascript:${s.js}" id=b autofocus onfocus="click()">x</button></form>`,
  (s) => `<a href="javascript:${s.js}" autofocus onfocus="click()">x</a>`,
  (s) => `<template shadowrootmode=open><img src=x onerror="${s.js}"></template>`,
  (s) =>
    `<dialog open onclose="${s.js}"><form method=dialog><button autofocus onfocus="click()">x</button></form></dialog>`,
  (s) => `<xmp><img title="</xmp><img src=x onerror='${s.js}'>"></xmp>`,
  (s) => `<noscript><p title="</noscript><img src=x onerror='${s.js}'>"></noscript>`,
  (s) => `<noembed><img title="</noembed><img src=x onerror='${s.js}'>"></noembed>`,
  (s) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror='${s.js}'&gt;">`,
  (s) => `<svg></p><style><a id="</style><img src=x onerror='${s.js}'>">`,
  (s) => `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror="${s.js}">`,
  (s) => `<![CDATA[<img src=x onerror="${s.js}">]]>`,
  (s) => `<?xml-stylesheet href="javascript:${s.js}"?>`,
  (s) => `<!--[if gte IE 4]><script>${s.js}</script><![endif]-->`,
  (s) => `<!DOCTYPE x [<!ENTITY e SYSTEM "${s.url}">]><x>&e;</x>`,
];

/** What leaves that which a text may stand in. */
const WAYS_OUT = [
  '">', // an attribute
  "'>", // an attribute in single quotes
  ' x>', // an attribute without quotes
  '</title>', // a title
  '</textarea>', // a text area
  '</script>', // a script
  '</style>', // a style
  '</option></select>', // a select
  '-->', // a comment
  ']]>', // character data
  '</template>', // a template
  '</svg>', // an svg
  '</bdi></span></div>', // a bdi
];

/** Handlers that a text in an attribute could add to its element. */
const HANDLERS = ['onmouseover', 'onfocus', 'onpointerenter', 'onanimationstart', 'ontransitionend', 'onauxclick'];

/** Scripts as addresses. @type {((s: Shot) => string)[]} */
const ADDRESSES = [
  (s) => `javascript:${s.js}`,
  (s) => `JaVaScRiPt:${s.js}`,
  (s) => ` \u0001javascript:${s.js}`,
  (s) => `java\tscript:${s.js}`,
  (s) => `java\nscript:${s.js}`,
  (s) => `java\rscript:${s.js}`,
  (s) => `javascript\n:${s.js}`,
  (s) => `javascript:%0a${s.percent}`,
  (s) => `javascript://example.com/%0a${s.percent}`,
  (s) => `javascript:void(${s.js})`,
  (s) => `javascript&colon;${s.js}`,
  (s) => `&#106;avascript:${s.js}`,
  (s) => `jav&#x09;ascript:${s.js}`,
  (s) => `vbscript:${s.js}`,
  (s) => `livescript:${s.js}`,
  (s) => `data:text/html,<script>${s.js}</script>`,
  (s) => `data:text/html;base64,${s.base64}`,
  (s) => `data:text/javascript,${s.percent}`,
  (s) => `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${s.js}'/>`,
  (s) => `data:application/xhtml+xml;base64,${s.base64}`,
  (s) => `blob:${s.url}`,
  (s) => `filesystem:${s.url}`,
  (s) => `view-source:${s.url}`,
  (s) => `${s.url}`,
  (s) => `//${s.url.slice('http://'.length)}`,
  (s) => `\\\\${s.url.slice('http://'.length)}`,
  (s) => `https:${s.url.slice('http:'.length)}`,
  (s) => `tauri://localhost/${s.percent}`,
  (s) => `ipc://localhost/dispatch?${s.percent}`,
  (s) => `http://ipc.localhost/dispatch?${s.percent}`,
  (s) => `asset://localhost/etc/passwd#${s.percent}`,
  (s) => `file:///etc/passwd#${s.percent}`,
  (s) => `about:blank#${s.percent}`,
];

/** Places in templates and scripts. @type {((s: Shot) => string)[]} */
const TEMPLATES = [
  (s) => `{{${s.js}}}`,
  (s) => `{{constructor.constructor('${s.js}')()}}`,
  (s) => `{{{${s.js}}}}`,
  (s) => `{${s.js}}`,
  (s) => `{@html "<img src=x onerror='${s.js}'>"}`,
  (s) => `{#if ${s.js}}{/if}`,
  (s) => `\${${s.js}}`,
  (s) => `#{${s.js}}`,
  (s) => `*{${s.js}}`,
  (s) => `@{${s.js}}`,
  (s) => `[[${s.js}]]`,
  (s) => `<%= ${s.js} %>`,
  (s) => `<?= ${s.js} ?>`,
  (s) => `{% ${s.js} %}`,
  (s) => `<div v-html="'<img src=x onerror=${s.js}>'"></div>`,
  (s) => `<div x-init="${s.js}"></div>`,
  (s) => `<div ng-app ng-init="constructor.constructor('${s.js}')()"></div>`,
];

/** Ways out of a string in a script, and of a line of JSON. @type {((s: Shot) => string)[]} */
const STRINGS = [
  (s) => `';${s.js};//`,
  (s) => `";${s.js};//`,
  (s) => `\`;${s.js};//`,
  (s) => `\\';${s.js};//`,
  (s) => `\\";${s.js};//`,
  (s) => `'-${s.js}-'`,
  (s) => `"-${s.js}-"`,
  (s) => `\`-${s.js}-\``,
  (s) => `\u2028${s.js}\u2028//`,
  (s) => `\u2029${s.js}\u2029//`,
  (s) => `*/${s.js}/*`,
  (s) => `\\u0027;${s.js};//`,
  (s) => `\\x27;${s.js};//`,
  (s) => `\\`.repeat(3) + s.js,
  (s) => `");${s.js};("`,
  (s) => `');${s.js};('`,
  (s) => `"}]}});${s.js};//`,
  (s) => `\n{"kind":"command","command":{"kind":"signOut"}}\n${s.js}`,
  (s) => `\r\n{"kind":"show","place":{"kind":"ordinary"},"page":null}\r\n${s.js}`,
  (s) => `","kind":"signOut","x":"${s.js}`,
  (s) => `\\","kind":"signOut","x":"${s.js}`,
  (s) => `\\u0022,\\u0022kind\\u0022:\\u0022signOut\\u0022,${s.js}`,
];

/** Names that mean something to a script or a page. @type {((s: Shot) => string)[]} */
const NAMES = [
  () => '__proto__',
  () => 'constructor',
  () => 'prototype',
  () => 'toString',
  () => 'hasOwnProperty',
  () => '__defineGetter__',
  () => 'then',
  () => '[object Object]',
  () => 'undefined',
  () => 'null',
  () => 'NaN',
  (s) => `{"__proto__":{"__ran":[${s.js}]}}`,
  (s) => `{"constructor":{"prototype":{"onerror":"${s.js}"}}}`,
  () => '__proto__[innerHTML]=<img/src/onerror=1>',
  (s) => `<form id=app><input name=view value="${s.url}"></form>`,
  (s) => `<a id=__TAURI_INTERNALS__ href="${s.url}"></a>`,
  (s) => `<iframe name=__TAURI_INTERNALS__ srcdoc="${s.entities}"></iframe>`,
  (s) => `<img name=body src="${s.url}">`,
];

/** Styles. @type {((s: Shot) => string)[]} */
const STYLES = [
  (s) => `;background:url(${s.url})`,
  (s) => `x;background-image:url('${s.url}');x:`,
  (s) => `}*{background:url(${s.url})}`,
  (s) => `expression(${s.js})`,
  (s) => `width:expression(${s.js})`,
  (s) => `-moz-binding:url(${s.url}#x)`,
  (s) => `behavior:url(${s.url})`,
  (s) => `@import url(${s.url});`,
  (s) => `url(javascript:${s.js})`,
  (s) => `var(--x,url(${s.url}))`,
  (s) => `\\75rl(${s.url})`,
  (s) => `</style><style>@font-face{font-family:x;src:url(${s.url})}*{font-family:x}</style>`,
];

/** Markup in other spellings. @type {((s: Shot) => string)[]} */
const SPELLINGS = [
  (s) => `&lt;script&gt;${s.js}&lt;/script&gt;`,
  (s) => `&#60;script&#62;${s.js}&#60;/script&#62;`,
  (s) => `&#x3c;img src=x onerror=${s.js}&#x3e;`,
  (s) => `&amp;lt;img src=x onerror=${s.js}&amp;gt;`,
  (s) => `%3Cscript%3E${s.percent}%3C/script%3E`,
  (s) => `%253Cscript%253E${s.percent}%253C/script%253E`,
  (s) => `\\u003cscript\\u003e${s.js}\\u003c/script\\u003e`,
  (s) => `\\x3cimg src=x onerror=${s.js}\\x3e`,
  (s) => `+ADw-script+AD4-${s.js}+ADw-/script+AD4-`,
  (s) => `\uFF1Cscript\uFF1E${s.js}\uFF1C/script\uFF1E`,
  (s) => `\u02C2img src=x onerror=${s.js}\u02C3`,
  (s) => `<\u0000script>${s.js}</\u0000script>`,
  (s) => `<scr\u0000ipt>${s.js}</scr\u0000ipt>`,
  (s) => `<img src=x on\u0000error="${s.js}">`,
  (s) => `<img\u000bsrc=x\u000conerror="${s.js}">`,
  (s) => `<scr<script>ipt>${s.js}</scr</script>ipt>`,
  (s) => `<\u017Fcript>${s.js}</\u017Fcript>`,
  (s) => `\uFEFF<script>${s.js}</script>`,
  (s) => `\u001b[31m<img src=x onerror="${s.js}">\u001b[0m`,
];

/** Marks that steer how text is shown, each around markup. */
const MARKS = [
  ...['\u061C', '\u200B', '\u200C', '\u200D', '\u200E', '\u200F', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E'],
  ...['\u2060', '\u2066', '\u2067', '\u2068', '\u2069', '\u0000', '\u0008', '\u007F', '\u0085', '\uFFFC', '\uFFFE'],
];

/** Too much of something. @type {((s: Shot) => string)[]} */
const MUCH = [
  (s) => `${'A'.repeat(20_000)}<img src=x onerror="${s.js}">`,
  (s) => `${'<b>'.repeat(2_000)}<img src=x onerror="${s.js}">`,
  (s) => `${'"'.repeat(5_000)}><img src=x onerror="${s.js}">`,
  (s) => `${'\\'.repeat(5_000)}";${s.js}//`,
  (s) => `${'&lt;'.repeat(2_000)}<svg onload="${s.js}">`,
  (s) => `a${'\u0301'.repeat(2_000)}<img src=x onerror="${s.js}">`,
  (s) => `${'\u202E'.repeat(2_000)}<img src=x onerror="${s.js}">`,
  (s) => `${'\n'.repeat(2_000)}<img src=x onerror="${s.js}">`,
  (s) => `${'{{'.repeat(2_000)}${s.js}${'}}'.repeat(2_000)}`,
  (s) => `${'\u{1F468}\u200D'.repeat(1_000)}<img src=x onerror="${s.js}">`,
];

/** All of them, numbered from 1; addresses point at `server`. @returns {Payload[]} */
export function payloads(/** @type {string} */ server) {
  /** @type {Payload[]} */
  const all = [];
  const add = (/** @type {string} */ kind, /** @type {(s: Shot) => string} */ make) => {
    const number = all.length + 1;
    all.push({ number, kind, text: make(shot(number, server)) });
  };
  for (const make of [...Object.values(MARKUP), ...ELEMENTS]) add('markup', make);
  for (const out of WAYS_OUT) for (const make of Object.values(MARKUP)) add('way out', (s) => out + make(s));
  for (const handler of HANDLERS) {
    for (const quote of ['"', "'"]) {
      add('handler', (s) => `x${quote} autofocus tabindex=0 ${handler}=${quote}${s.js}${quote} x=${quote}`);
    }
  }
  for (const make of ADDRESSES) add('address', make);
  for (const make of TEMPLATES) add('template', make);
  for (const make of STRINGS) add('string', make);
  for (const make of NAMES) add('name', make);
  for (const make of STYLES) add('style', make);
  for (const make of SPELLINGS) add('spelling', make);
  for (const mark of MARKS) add('mark', (s) => `${mark}Global${mark} Reader<img src=x onerror="${s.js}">${mark}`);
  for (const make of MUCH) add('much', make);
  return all;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = process.argv[2];
  if (server === undefined) throw new Error('the address of a server on this machine is missing');
  process.stdout.write(JSON.stringify(payloads(server)));
}
