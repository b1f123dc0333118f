// The Manage window is told what others wrote as well, and asks as an administrator: its answers, part by part, with hostile
// texts in all of their places.

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Section } from '../../src/generated/Section';
import * as giving from '../gallery/give';
import { ANSWERS, desk, open, type Answers } from '../gallery/manage';
import { POLICY_ANSWERS } from '../gallery/policies';
import { perform, Stage } from '../gallery/stage';
import { deeds, NOTHING, Trap, watch } from './deeds';
import { payloads, type Payload } from './payloads';
import { poisoned, type Placed } from './poison';

/** Fields of these answers that have words of our own. */
const WORDS: ReadonlySet<string> = new Set(['recommended', 'said', 'part', 'group', 'level', 'permission']);

/** How often each part is shown, with other texts in each place every time. */
const ROUNDS = 4;

/** A part, and the steps after which more of what others wrote is there. */
const PARTS: [Section, Answers, string[]][] = [
  ['approvals', ANSWERS, ['approval-a1', 'fill:decision-reason=As agreed', 'approve']],
  ['assignments', ANSWERS, ['holding-h1', 'remove', 'plan-go']],
  ['assignments', giving.ANSWERS, ['give', 'role-g2', 'fill:person-name=petra', 'find-people', 'found-u1']],
  ['assignments', giving.ANSWERS, ['give', 'from-group', 'fill:group-name=endpoint', 'find-groups']],
  ['standing', ANSWERS, ['permanent-p1', 'make-eligible']],
  ['policies', POLICY_ANSWERS, ['open-p1', 'policy-change']],
  ['reviews', ANSWERS, ['person-r1p2', 'review-deny']],
  ['alerts', ANSWERS, ['alert-details-l1', 'alert-l1', 'dismiss']],
  ['activations', ANSWERS, []],
  ['audit', ANSWERS, []],
];

let stage: Stage;
let trap: Trap;
let all: Payload[];
const placed: Placed = { next: 0, fields: new Map() };

beforeAll(async () => {
  stage = await Stage.open();
  trap = await Trap.set();
  all = payloads(trap.address);
});
afterAll(async () => {
  await stage?.close();
  trap?.close();
});

test.each(PARTS)('hostile texts in "%s"', async (section, answers, steps) => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const played = await open(stage, desk(section), poisoned(answers, all, placed, WORDS));
    const asked = watch(played.page);
    await perform(played.page, steps);
    expect(await deeds(played.page, asked, played.faults, trap)).toEqual(NOTHING);
    await played.close();
  }
});

test('the figure', () => {
  const total = [...placed.fields.values()].reduce((sum, numbers) => sum + numbers.size, 0);
  for (const name of ['name', 'scope', 'person', 'reason', 'ticket', 'description', 'activity', 'message', 'about']) {
    expect(placed.fields.get(name)?.size ?? 0, name).toBeGreaterThan(0);
  }
  console.log(
    `hostile texts in the Manage window: ${all.length} payloads in ${placed.fields.size} fields ` +
      `(${placed.next} placements, ${total} of them different), 0 executed`,
  );
});
