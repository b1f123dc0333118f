// Which of the three kinds of PIM is not as it should be, and how that is said. Pure.

import type { ListState } from '../generated/ListState';
import type { SourceState } from '../generated/SourceState';
import { m } from './messages';
import { instant } from './time';

/** How a kind's list stands. */
export type SourceStanding = 'fine' | 'loading' | 'partial' | 'failed' | 'consent' | 'hidden';

/** Where a kind stands; `hidden` is one that nobody has asked for. */
export function standing(source: SourceState): SourceStanding {
  if (source.consent) return 'consent';
  if (source.problem?.code === 'not-consented') return 'hidden';
  if (source.problem) return 'failed';
  if (source.partial) return 'partial';
  if (source.loading && source.asOf === null) return 'loading';
  return 'fine';
}

/** One line about those that are not as they should be; empty where all are. */
export function troubleLine(list: ListState): string {
  const named = (wanted: SourceStanding) =>
    list.sources.filter((source) => standing(source) === wanted).map((source) => m.sources.kinds[source.kind]);
  const parts: string[] = [];
  for (const trouble of ['consent', 'failed', 'partial'] as const) {
    const kinds = named(trouble);
    if (kinds.length > 0) parts.push(m.sources.line[trouble](m.names.both(kinds)));
  }
  return parts.join(' · ');
}

/** What is still being read for the first time while others are there already; empty where nothing is. */
export function loadingLine(list: ListState): string {
  if (instant(list.asOf) === undefined && list.sources.every((source) => source.asOf === null)) return '';
  const kinds = list.sources
    .filter((source) => standing(source) === 'loading')
    .map((source) => m.sources.kinds[source.kind]);
  return kinds.length === 0 ? '' : m.sources.line.loading(m.names.both(kinds));
}
