// Numbers, lists and sentences in Japanese.

const grouped = new Intl.NumberFormat('ja-JP');

/** Japanese has one category (`Intl.PluralRules` says "other" for every number), and counters instead: "3 件", on one line. */
export const counted = (count: number, counter: string) => `${grouped.format(count)}\u00A0${counter}`;

const JAPANESE = /[\u3000-\u30FF\u3400-\u9FFF\uFF00-\uFFEF]/;

/** Between Japanese and what is in Latin letters there is a space, beside a comma and between Japanese there is none. */
function gap(before: string, after: string): '' | ' ' {
  const [left, right] = [before.at(-1) ?? '', after.at(0) ?? ''];
  const both = JAPANESE.test(left) && JAPANESE.test(right);
  return both || left === '、' || right === '、' ? '' : ' ';
}

/** A sentence with what stands in it: "17:30 まで", "今日まで". */
export function text(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return parts.reduce((before, after, index) => {
    const value = String(values[index - 1] ?? '');
    const head = before.replace(/ $/, () => gap(before.trimEnd(), value));
    const tail = after.replace(/^ /, () => gap(value, after.trimStart()));
    return head + value + tail;
  });
}

function listed(type: 'conjunction' | 'disjunction'): (all: readonly string[]) => string {
  const list = new Intl.ListFormat('ja-JP', { type });
  return (all) => {
    const parts = list.formatToParts(all);
    const value = (index: number) => parts[index]?.value ?? '';
    return parts
      .map((part, at) =>
        part.type === 'element'
          ? part.value
          : gap(value(at - 1), part.value) + part.value + gap(part.value, value(at + 1)),
      )
      .join('');
  };
}

/** "A、B、C". */
export const and = listed('conjunction');
/** "A または B", "A、B、または C". */
export const or = listed('disjunction');
