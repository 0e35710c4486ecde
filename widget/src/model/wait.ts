import type { VisitView } from '@clbchat/shared/client/views';
import type { CentreFacts } from '@clbchat/shared/protocol/status';
import type { Range } from '@clbchat/shared/protocol/wire';
import { tc } from '../words/nlChat.ts';

export type Waiting = Extract<VisitView, { is: 'waiting' }>;

const LONG_MIN = 30;
const MIN_MS = 60_000;

/** How long it usually takes, in a range; never a countdown, and "we do not know" where nobody knows. */
export function estimateWords({ range, staffed }: Pick<Waiting, 'range' | 'staffed'>): string {
  if (!staffed) return tc('wait.nostaff');
  if (range === null) return tc('wait.estUnknown');
  if (range.fromMin >= LONG_MIN) return tc('wait.estLong');
  return range.toMin <= 5 ? tc('wait.estShort') : tc('wait.est', { a: range.fromMin, b: range.toMin });
}

export const placeWords = (ahead: number): string => (ahead === 0 ? tc('wait.pos1') : tc('wait.pos', { n: ahead + 1 }));

const leftMs = ({ hours }: CentreFacts): number | null => {
  if (hours.is === 'open' || hours.is === 'closing') return hours.closesInMs;
  return 0;
};

/** Today may be too late: the honest screen comes instead. */
export function mayBeTooLate(range: Range, centre: CentreFacts | null): boolean {
  if (range === null || centre === null) return false;
  const left = leftMs(centre);
  return left !== null && range.toMin * MIN_MS > left;
}
