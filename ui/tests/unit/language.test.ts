import { expect, test } from 'vitest';

import { languageFor } from '../../src/lib/language';
import { LANGUAGES } from '../../src/lib/messages';

test.each<[setting: string | null, system: string[], spoken: string]>([
  [null, ['de-AT', 'en-GB'], 'de'],
  [null, ['nl-NL', 'fr-CA', 'de'], 'fr'],
  [null, ['nl-NL', 'pt'], 'en'],
  [null, [], 'en'],
  [null, ['zh-Hant-TW', 'JA'], 'ja'],
  ['ar', ['de-DE'], 'ar'],
  ['de-CH', ['fr-CH'], 'de'],
  // A setting of another version of Pimento, or of nobody.
  ['tlh', ['de-DE'], 'en'],
])('set to %s on a system of %s: %s', (setting, system, spoken) => {
  expect(languageFor(setting, system, LANGUAGES)).toBe(spoken);
});
