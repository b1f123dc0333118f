// Which language the window speaks: what the user has set, or the first of the system's that is spoken here. Pure but for
// `follow`.

/** A language's code without region and script: `de` of `de-AT`. */
const primary = (code: string) => code.split('-')[0]?.toLowerCase() ?? '';

/** The language for a setting (`null`: the system's) among those that there are; English where none of them is. */
export function languageFor(setting: string | null, system: readonly string[], there: readonly string[]): string {
  const wanted = setting === null ? system : [setting];
  return wanted.map(primary).find((code) => there.includes(code)) ?? 'en';
}

/** Loads the window anew where another language is wanted than it speaks: texts are read once. `first` comes before. */
export function follow(
  setting: string | null,
  spoken: string,
  there: readonly string[],
  first: () => Promise<void> = () => Promise.resolve(),
): void {
  // A language for tests alone is nobody's setting.
  if (!there.includes(spoken)) return;
  const wanted = languageFor(setting, navigator.languages, there);
  if (wanted === spoken) return;
  const address = new URL(location.href);
  address.searchParams.set('lang', wanted);
  const go = () => location.replace(address);
  void first().then(go, go);
}
