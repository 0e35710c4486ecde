import type { VisitView } from '@clbchat/shared/client/views';
import type { CentreFacts } from '@clbchat/shared/protocol/status';
import type { Range } from '@clbchat/shared/protocol/wire';
import { tw } from './words.ts';

export type Waiting = Extract<VisitView, { is: 'waiting' }>;

const LONG_MIN = 30;
const MIN_MS = 60_000;

/** How long it usually takes, in a range; never a countdown, and "we do not know" where nobody knows. */
export function estimateWords({ range, staffed }: Pick<Waiting, 'range' | 'staffed'>): string {
  if (!staffed) return tw('wait.nostaff');
  if (range === null) return tw('wait.estUnknown');
  if (range.fromMin >= LONG_MIN) return tw('wait.estLong');
  return range.toMin <= 5 ? tw('wait.estShort') : tw('wait.est', { a: range.fromMin, b: range.toMin });
}

export const placeWords = (ahead: number): string => (ahead === 0 ? tw('wait.pos1') : tw('wait.pos', { n: ahead + 1 }));

/** Today may be too late: the honest screen comes instead. */
export function mayBeTooLate(range: Range, centre: CentreFacts | null): boolean {
  if (range === null || centre === null) return false;
  const left = 'closesInMs' in centre.hours ? centre.hours.closesInMs : 0;
  return left !== null && range.toMin * MIN_MS > left;
}
