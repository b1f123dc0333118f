// What the system is, as far as words depend on it.

/** Where this system keeps secrets. */
export function secretPlace(agent: string = navigator.userAgent): 'windows' | 'mac' | 'other' {
  if (agent.includes('Windows')) return 'windows';
  if (agent.includes('Macintosh')) return 'mac';
  return 'other';
}

/** Whether Pimento is told there that the screen was locked. */
export function locksAreTold(agent?: string): boolean {
  return secretPlace(agent) === 'other';
}
