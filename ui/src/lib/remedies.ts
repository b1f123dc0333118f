// What the one button of a problem does.

import type { Problem } from '../generated/Problem';
import { app } from './app.svelte';

/** Of one that belongs to a role. `running`: the role is active all the same. */
export function remedy(id: string, problem: Problem, running: boolean): void {
  switch (problem.remedy.kind) {
    case 'editForm':
      if (running) app.openRenewal(id);
      else app.openForm(id);
      break;
    case 'refresh':
      app.send({ kind: 'refresh' });
      break;
    case 'signIn':
      // Signed in, what failed was the stronger sign-in of one activation: it is asked for by sending that again.
      if (running) signInAgain();
      else again(id);
      break;
    case 'retry':
      again(id);
      break;
    default:
      break;
  }
}

/** Of one that belongs to the list or the session. */
export function generalRemedy(problem: Problem): void {
  if (problem.remedy.kind === 'signIn') signInAgain();
  else app.send({ kind: 'refresh' });
}

/** Sends what was entered once more; what is not known any more is asked for. */
function again(id: string): void {
  if (app.drafts[id]) app.submit(id, 'now');
  else app.openForm(id);
}

function signInAgain(): void {
  const session = app.view?.session;
  const demo = session?.kind === 'signedIn' && session.account.demo;
  app.send({ kind: demo ? 'signInDemo' : 'signIn' });
}
