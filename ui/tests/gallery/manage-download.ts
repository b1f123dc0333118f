// What the Manage window is told of downloads.

import type { DownloadState } from '../../src/generated/DownloadState';
import type { Told } from '../../src/generated/Told';
import { ANSWERS as OTHERS, type Answers } from './manage';
import { at } from './views';

/** How far a download has come. */
export const downloading = (change: Partial<DownloadState> = {}): Told => ({
  kind: 'download',
  state: {
    file: '/home/omar/Downloads/pimento-audit-2026-11-23.csv',
    count: 12_400,
    unreadable: 0,
    reached: at(-3 * 24 * 60),
    pause: null,
    sha256: null,
    ...change,
  },
});

export const DOWNLOADED: Told = downloading({
  count: 31_207,
  unreadable: 2,
  reached: null,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
});

export const UNFINISHED = {
  kind: 'unfinished',
  rows: [
    {
      id: 'pimento-audit-2026-11-22.csv',
      span: 'month',
      format: 'csv',
      begun: at(-26 * 60),
      count: 12_400,
      reached: at(-9 * 24 * 60),
    },
  ],
} satisfies Told;

export const ANSWERS: Answers = {
  ...OTHERS,
  unfinished: { kind: 'unfinished', rows: [] },
  download: downloading({ count: 0, reached: null }),
  downloadFurther: DOWNLOADED,
};
