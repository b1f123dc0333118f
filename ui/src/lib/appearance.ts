// Light or dark: as the system is, or as the settings say. The colours are in `styles/tokens.css`.

const OWN: ReadonlySet<string> = new Set(['light', 'dark']);

/** Shows the page so. */
export function wear(appearance: string | null, page: HTMLElement = document.documentElement): void {
  if (appearance !== null && OWN.has(appearance)) page.dataset.appearance = appearance;
  else delete page.dataset.appearance;
}

// At once, as the window's address asks for (`?appearance=dark`): before the language is there, and before any view is.
if (globalThis.document) wear(new URLSearchParams(location.search).get('appearance'));
