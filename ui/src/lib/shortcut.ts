// Keys that work from anywhere, as they are typed: "Ctrl+Alt+P". Pure; whether another program has them, the system says.

const MODIFIERS = /^(ctrl|control|alt|option|shift|super|win|cmd|command|meta)$/i;
const KEY =
  /^([a-z0-9]|f([1-9]|1\d|2[0-4])|space|enter|tab|insert|delete|home|end|pageup|pagedown|up|down|left|right)$/i;

/** At least one modifier that is not Shift, and one key. */
export function keysFit(keys: string): boolean {
  const parts = keys.split('+').map((part) => part.trim());
  const key = parts.pop();
  const modifiers = parts.filter((part) => MODIFIERS.test(part));
  if (key === undefined || !KEY.test(key) || modifiers.length !== parts.length) return false;
  return modifiers.some((part) => !/^shift$/i.test(part));
}
