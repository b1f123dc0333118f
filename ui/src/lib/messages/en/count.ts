// Numbers in English.

const grouped = new Intl.NumberFormat('en');

export const plural = (count: number, one: string, many: string) =>
  `${grouped.format(count)} ${count === 1 ? one : many}`;

export const inWords = (count: number) => ['no', 'one', 'two', 'three', 'four', 'five', 'six'][count] ?? String(count);
