// Problems, where they are shown beside what repeats them.
import type { Problem } from '../generated/Problem';

/** The same problem with no button, unless it is one for somebody else: what to send to an administrator. */
export function toHandOn(problem: Problem): Problem {
  return problem.remedy.kind === 'askAdmin' ? problem : { ...problem, remedy: { kind: 'none' } };
}
