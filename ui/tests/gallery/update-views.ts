// Views of newer versions: the banner, and what the page about Pimento says of them.

import type { Offer } from '../../src/generated/Offer';
import type { Updates } from '../../src/generated/Updates';
import type { View } from '../../src/generated/View';
import { at, view, type Scene } from './views';

/** What is known of newer versions. */
export const updates = (change: Partial<Updates> = {}): Updates => ({
  looks: 'daily',
  looking: false,
  asOf: at(-40),
  offer: null,
  problem: null,
  ...change,
});

export const offered = (kind: Offer['package'], change: Partial<Updates> = {}) =>
  updates({ offer: { version: '0.2.0', later: false, package: kind }, ...change });

export const PUBLISHED: Offer['package'] = { kind: 'published', size: 11_734_016 };

/** An afternoon with these. */
export const withUpdates = (known: Updates, change: Partial<View> = {}) =>
  view({ status: 'idle', updates: known, ...change });

export const BANNER = withUpdates(offered(PUBLISHED), {
  notices: [{ id: 'update', severity: 'info', message: 'Pimento 0.2.0 is available.', detail: null }],
});

const about = (known: Updates): Scene => ({
  view: withUpdates(known),
  steps: ['menu', 'menu-about', 'see:updates-state'],
});

export const UPDATE_SCENES: Record<string, Scene> = {
  'update-banner': { view: BANNER },
  'about-current': about(updates()),
  'about-offer': about(offered(PUBLISHED)),
  'about-downloading': about(offered({ kind: 'downloading', percent: 40 })),
  'about-install': about(offered({ kind: 'here' })),
  'about-refused': about(
    offered(PUBLISHED, {
      problem: {
        code: 'update-damaged',
        message: 'The download is not what the makers of Pimento have signed, so it was deleted. Download it again.',
        remedy: { kind: 'retry', at: null },
        correlationId: null,
        detail: 'Pimento_0.2.0_amd64.deb',
      },
    }),
  ),
};
