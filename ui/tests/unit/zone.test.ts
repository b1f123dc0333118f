// Times of the clock on the user's wall, and the zone that they are in, wherever that is.

import { afterEach, expect, test, vi } from 'vitest';

const HERE = process.env.TZ;
afterEach(() => {
  if (HERE === undefined) delete process.env.TZ;
  else process.env.TZ = HERE;
});

test.each([
  ['UTC', '2026-11-24T14:00:00Z', '14:00', 'UTC'],
  ['Europe/Stockholm', '2026-11-24T14:00:00Z', '15:00', 'Europe/Stockholm, UTC+1'],
  // The same place in summer is another hour from Greenwich.
  ['Europe/Stockholm', '2026-07-24T14:00:00Z', '16:00', 'Europe/Stockholm, UTC+2'],
  ['Asia/Kolkata', '2026-11-24T14:00:00Z', '19:30', 'Asia/Calcutta, UTC+5:30'],
  ['America/New_York', '2026-11-24T14:00:00Z', '09:00', 'America/New York, UTC−5'],
  ['America/St_Johns', '2026-11-24T14:00:00Z', '10:30', 'America/St Johns, UTC−3:30'],
])('in %s at %s it is %s', async (zone, instant, shown, name) => {
  process.env.TZ = zone;
  vi.resetModules();
  const { clock } = await import('../../src/lib/time');
  const { zoneName } = await import('../../src/lib/start');
  const at = Date.parse(instant);
  expect(clock(at, at)).toBe(shown);
  // Which of a place's two names it goes by is the browser's to say.
  expect(zoneName(at).replace('Kolkata', 'Calcutta')).toBe(name);
});
