// Numbers in English.

export const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const inWords = (count: number) => ['no', 'one', 'two', 'three', 'four', 'five', 'six'][count] ?? String(count);
