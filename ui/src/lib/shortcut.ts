// Keys that work from anywhere, as they are typed: "Ctrl+Alt+P". Pure; whether another program has them, the system says.

const MODIFIERS = /^(ctrl|control|alt|option|shift|super|win|cmd|command|meta)$/i;
const KEY =
  /^([a-z0-9]|f([1-9]|1\d|2[0-4])|space|enter|tab|insert|delete|home|end|pageup|pagedown|up|down|left|right)$/i;

/** At least one modifier that is not Shift, and one key. */
export function keysFit(keys: string): boolean {
  return meant(keys) !== undefined;
}

/** Two texts mean the same keys. */
export function sameKeys(one: string, other: string): boolean {
  const keys = meant(one);
  return keys !== undefined && keys === meant(other);
}

/** The names that one modifier has on different systems. */
const NAMES: Record<string, string> = {
  control: 'ctrl',
  option: 'alt',
  win: 'super',
  cmd: 'super',
  command: 'super',
  meta: 'super',
};

/** Keys in one way of writing them; `undefined`: no keys that can be set. */
function meant(keys: string): string | undefined {
  const parts = keys.split('+').map((part) => part.trim().toLowerCase());
  const key = parts.pop();
  if (key === undefined || !KEY.test(key) || !parts.every((part) => MODIFIERS.test(part))) return undefined;
  const modifiers = new Set(parts.map((part) => NAMES[part] ?? part));
  if ([...modifiers].every((part) => part === 'shift')) return undefined;
  return [...[...modifiers].sort(), key].join('+');
}
