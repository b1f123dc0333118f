/** One of six colours for a tenant, the same each time, so that two tenants are told apart at a glance. */
export function tenantColour(tenantId: string): number {
  let sum = 0;
  for (const letter of tenantId) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum % 6;
}
