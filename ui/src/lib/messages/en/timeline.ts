// The history as a picture, and what it says about how roles are used.

import { plural } from './count';

export const timeline = {
  timeline: {
    show: 'Show',
    list: 'List',
    today: 'Today',
    week: 'Week',
    /** A day of the week above its column, on two lines. */
    day: (weekday: string, day: number) => `${weekday}\n${day}`,
    /** From a time to another. */
    span: (from: string, to: string) => `${from} – ${to}`,
    active: 'active now',
    planned: 'planned',
    /** It was ended before the time that was asked for was over. */
    asked: (time: string) => `ended early, asked for ${time}`,
    /** Spans one after the other, to be heard. */
    all: (spans: readonly string[]) => spans.join('; '),
    sumToday: (time: string) => `Active for ${time} today`,
    sumWeek: (time: string) => `Active for ${time} this week`,
    details: 'What was active when',
    now: (time: string) => `now, ${time}`,
    legend: { over: 'ended', running: 'active', left: 'still to run', planned: 'planned' },
    emptyToday: 'Nothing was active today',
    emptyWeek: 'Nothing was active this week',
    emptyDetail: 'Each role that you activate gets a line here, from its start to its end.',
  },

  insight: {
    title: 'Use',
    label: 'How roles are used',
    share: (since: string, share: string) => `Since ${since}, something was active ${share} of the time.`,
    times: (count: number, time: string) => `${plural(count, 'time', 'times')}, ${time} in all`,
    /** How long it lasted on average, of how long it was asked for. */
    held: (used: string, asked: string) => `${used} of ${asked} used`,
    hint: (asked: string, used: string, enough: string) =>
      `You ask for ${asked} and use ${used} on average: ${enough} would do.`,
    open: (time: string) => `Form for ${time}`,
    openLabel: (name: string, time: string) => `Form for ${time}: ${name}`,
    unused: 'Not used for 90 days',
    unusedDetail: 'What nobody needs any more can be given back: tell whoever assigns roles.',
    never: 'never, as far as is known',
    last: (day: string) => `last on ${day}`,
    empty: 'Nothing to tell yet',
    emptyDetail: 'Once you have activated roles, this shows how long you ask for them and how long you use them.',
  },
};
