import type { StoreNeeds } from '@clbchat/server/kernel/needs';
import type { Hint } from '@clbchat/server/live/hint';
import type { DeskRecord, LiveState, VisitRecord } from '@clbchat/server/live/record';
import type { AccountId, VisitId } from '@clbchat/shared/ids';

export type Answer =
  | {
      is?: string;
      hints?: Hint[];
      freed?: boolean;
      grace?: boolean;
      offers?: number;
      more?: boolean;
      seq?: number;
      ahead?: number;
      seqs?: number[];
      life?: string;
    }
  | undefined;

/** One command, with the store before and after it. */
export interface Step {
  name: string;
  input: unknown;
  answer: Answer;
  before: LiveState;
  after: LiveState;
  now: number;
  needs: StoreNeeds;
}

/** What a history has shown so far, for rules that speak of always and never. */
export interface Ledger {
  /** by ticket, which belongs to one visit for ever */
  visits: Map<
    number,
    { visitId: VisitId; seqs: Map<string, number>; offers: Map<number, string>; seals: Map<number, string> }
  >;
  /** when an account last declined, missed or was refused a visit, by ticket */
  tried: Map<number, Map<AccountId, number>>;
}

export const emptyLedger = (): Ledger => ({ visits: new Map(), tried: new Map() });

/** Whether both are one stay: its ticket may be a new one [Q12]; an id that ended and came again is another stay. */
const isSame = (one: VisitRecord, other: VisitRecord | undefined): boolean =>
  one.first === other?.first && one.joinedMs === other.joinedMs;

/** The same stay before and after. */
export function stays({ before, after }: Step): { was: VisitRecord; is: VisitRecord }[] {
  return [...after.visits.values()].flatMap((is) => {
    const was = before.visits.get(is.visitId);
    return was && isSame(is, was) ? [{ was, is }] : [];
  });
}

export const gone = ({ before, after }: Step): VisitRecord[] =>
  [...before.visits.values()].filter((was) => !isSame(was, after.visits.get(was.visitId)));

export const loadOf = ({ held, rings }: DeskRecord): number => held.size + rings.size;
