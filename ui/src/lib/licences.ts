// Which works of others Pimento is made of, out of the file that comes with it. Pure.

/** A work of somebody else's. */
export interface Work {
  /** Its name and version. */
  name: string;
  /** Under which licences it came, as SPDX has them. */
  licence: string;
  /** What it brought along. */
  texts: string[];
}

const BETWEEN = `\n${'='.repeat(80)}\n`;
const BELOW = `\n${'-'.repeat(80)}\n`;

/** The works by name. Each text stands in the file once, below all that brought it. */
export function works(file: string): Work[] {
  const found = new Map<string, Work>();
  for (const block of file.split(BETWEEN).slice(1)) {
    const at = block.indexOf(BELOW);
    for (const title of block.slice(0, at).split('\n')) {
      const [, name = title, licence = ''] = /^(.*) \((.*)\)$/.exec(title) ?? [];
      const work = found.get(title) ?? { name, licence, texts: [] };
      work.texts.push(block.slice(at + BELOW.length).trimEnd());
      found.set(title, work);
    }
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'));
}
