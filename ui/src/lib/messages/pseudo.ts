// A language for tests alone: English with accents, a third longer, in brackets. What is not in brackets on the page was not
// taken from the messages, and what does not fit will not fit in German either.

const PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ACCENTED = 'ÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽàƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž';
const FILLER = ' one two three four five six seven eight nine ten eleven twelve';

/** Around what is handed to a message, so that it is found again in what comes of it. */
const BEGIN = '\uE000';
const END = '\uE001';

/** Names that code looks for, and what is filled in later. */
const KEPT = /(\uE000[^\uE001]*\uE001|\{\w+\})/;

function accented(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter);
}

/** One text; what holds no letter of its own stays as it is. */
function longer(text: string): string {
  const parts = text.split(KEPT);
  const own = parts.filter((_, index) => index % 2 === 0).join('');
  const bare = (part: string) => part.replaceAll(BEGIN, '').replaceAll(END, '');
  if (!/[A-Za-z]/.test(own)) return bare(text);
  const body = parts.map((part, index) => (index % 2 === 0 ? accented(part) : bare(part))).join('');
  const filler = FILLER.repeat(Math.ceil(own.length / 3 / FILLER.length)).slice(0, Math.ceil(own.length / 3));
  // A space at the end of a text is for what follows it.
  const space = /\s*$/.exec(body)?.[0] ?? '';
  return `⟦${body.slice(0, body.length - space.length)}${filler.trimEnd()}⟧${space}`;
}

function marked(argument: unknown): unknown {
  if (typeof argument === 'string') return argument === '' ? '' : BEGIN + argument + END;
  return Array.isArray(argument) ? argument.map(marked) : argument;
}

function wrapped(value: unknown, key: string): unknown {
  if (typeof value === 'string') return key === 'locale' || key === 'direction' ? value : longer(value);
  if (typeof value === 'function') {
    return (...given: unknown[]) => longer((value as (...all: unknown[]) => string)(...given.map(marked)));
  }
  if (Array.isArray(value)) return value.map((each) => wrapped(each, ''));
  return Object.fromEntries(Object.entries(value as object).map(([name, each]) => [name, wrapped(each, name)]));
}

/** The same texts, longer and marked. English is handed in: a language that shares a file with the window would wait for itself. */
export function pseudo<Texts>(english: Texts): Texts {
  return wrapped(english, '') as Texts;
}
