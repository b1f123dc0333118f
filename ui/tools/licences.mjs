// Writes which works of others Pimento is made of, with their licences: the crates that its programs are linked from, on every
// system, and the packages that are in its windows. `npm run licences -- FILE` writes to FILE.
//
// Every text that a package brings is taken over as it is, once, with all packages that bring it.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'vite';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');

/** Where Pimento runs. */
const TARGETS = ['unknown-linux-gnu', 'pc-windows-msvc', 'apple-darwin'].flatMap((system) => [
  `x86_64-${system}`,
  `aarch64-${system}`,
]);

const HEAD = `Pimento is made of the works that are listed here, each with the licence under which it came.
Pimento itself is under the licence in the file LICENSE.

This file is written by \`cargo xtask generate\`.
`;

/** Between texts, and between who brings a text and the text. */
const BETWEEN = '='.repeat(80);
const BELOW = '-'.repeat(80);

/** Licences of which packages bring no text. */
const STANDARD = ['MIT', 'BSD-3-Clause', 'BSL-1.0'];

/** @typedef {{ name: string, version: string, licence: string, folder?: string, authors: string[] }} Work */

function cargo(...words) {
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] };
  return execFileSync(process.env.CARGO ?? 'cargo', words, options);
}

/** The crates that the programs are linked from: not those that only run while they are built. @returns {Work[]} */
export function crates() {
  const known = JSON.parse(cargo('metadata', '--locked', '--format-version', '1')).packages;
  const linked = new Set();
  for (const target of TARGETS) {
    const programs = ['-p', 'pimento', '-p', 'pim-cli'];
    const edges = ['--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}'];
    const tree = cargo('tree', '--locked', ...programs, ...edges, '--target', target);
    for (const line of tree.split('\n')) linked.add(line.split(' ').slice(0, 2).join(' '));
  }
  return known
    .filter((it) => it.source !== null && linked.has(`${it.name} v${it.version}`))
    .map((it) => ({
      name: it.name,
      version: it.version,
      licence: it.license ?? '',
      folder: dirname(it.manifest_path),
      authors: it.authors.map((author) => author.replace(/ <.*>/, '')),
    }));
}

/** The packages of which something is in the built windows. @returns {Promise<Work[]>} */
export async function packages() {
  const options = { root: join(HERE, '..'), logLevel: 'silent', build: { write: false } };
  const { output } = await build(options);
  const folders = new Set();
  for (const id of output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))) {
    const found = /^.*\/node_modules\/(@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/'));
    if (found) folders.add(found[0].replace('\0', ''));
  }
  return [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { name, version, licence: license, folder, authors: [] };
  });
}

const tidy = (text) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\uFEFF?\n*|\n+$/g, '');

/** The texts that a work brings; the standard one where it brings none. */
function texts(work) {
  const names = (work.folder === undefined ? [] : readdirSync(work.folder)).filter((name) =>
    /^(licen[cs]e|copying|notice|unlicense|copyright)/i.test(name),
  );
  const files = names.map((name) => join(work.folder, name)).filter((file) => statSync(file).isFile());
  const found = files.map((file) => tidy(readFileSync(file, 'utf8'))).filter((text) => text !== '');
  return found.length > 0 ? found : [standard(work)];
}

function standard({ name, licence, authors }) {
  const chosen = STANDARD.find((each) => licence.split(/ OR |\//).includes(each));
  if (!chosen) throw new Error(`${name} (${licence}) brings no licence: put the standard text into ui/tools/licences`);
  const whose = authors.length > 0 ? authors.join(', ') : `the authors of ${name}`;
  return tidy(readFileSync(join(HERE, 'licences', `${chosen}.txt`), 'utf8').replace('{authors}', whose));
}

/** The whole file. @param {Work[]} works */
export function page(works) {
  const byText = new Map();
  for (const work of works) {
    const title = `${[work.name, work.version].filter(Boolean).join(' ')} (${work.licence})`;
    for (const text of texts(work)) {
      if (text.split('\n').some((line) => line === BETWEEN || line === BELOW))
        throw new Error(`${title}: a line as ours`);
      // Lines are broken anywhere.
      const key = text.replace(/\s+/g, ' ');
      const entry = byText.get(key) ?? { text, titles: new Set() };
      entry.titles.add(title);
      byText.set(key, entry);
    }
  }
  const sorted = [...byText.values()].map(({ text, titles }) => ({ text, titles: [...titles].sort() }));
  sorted.sort((one, other) => (one.titles.join('\n') + one.text < other.titles.join('\n') + other.text ? -1 : 1));
  const blocks = sorted.map(({ text, titles }) => `${titles.join('\n')}\n${BELOW}\n${text}\n`);
  return [HEAD, ...blocks].join(`\n${BETWEEN}\n`);
}

/** Linked into every program, and no crate of its own. */
const STD = {
  name: 'Rust standard library',
  version: '',
  licence: 'MIT OR Apache-2.0',
  authors: ['The Rust Project Contributors'],
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file] = process.argv;
  if (file === undefined) throw new Error('Say which file to write: npm run licences -- FILE');
  const works = [...crates(), ...(await packages())];
  const names = (one, other) => (one.name + one.version < other.name + other.version ? -1 : 1);
  works.sort(names);
  writeFileSync(file, page([...works, STD]));
}
