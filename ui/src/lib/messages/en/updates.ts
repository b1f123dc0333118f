// What is said of newer versions of Pimento.

export const updates = {
  updates: {
    heading: 'Newer versions',
    never: 'This build does not look for newer versions.',
    off: 'Newer versions are not looked for.',
    change: 'Change in the settings',
    notYet: 'Not looked for yet.',
    upToDate: (time: string) => `Up to date (last look: ${time})`,
    looking: 'Looking…',
    look: 'Look now',
    offered: (version: string) => `Pimento ${version} is available`,
    notes: 'What’s new',
    /** Megabytes. */
    download: (size: number) => `Download (${size} MB)`,
    downloading: (percent: number) => `Downloading, ${percent} %`,
    install: 'Install',
    installHint: 'It is what the makers of Pimento have signed. Your system asks before it changes anything.',
    absent: 'It has no package for this system.',
    /** On the banner: leads to the page about Pimento. */
    open: 'See what to do',

    wanted: 'Look for newer versions',
    wantedHint: 'Once a day. Nothing is installed without a click.',
    defer: 'Offer them after',
    deferUnit: 'days',
    deferError: 'Between 0 and 90 days.',
  },
};
