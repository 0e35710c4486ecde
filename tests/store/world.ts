import type { LiveStore } from '@clbchat/server/store.memory';
import type { AccountId, Digest, RequestId, VisitId } from '@clbchat/shared/ids';
import type { HeldVisit } from '@clbchat/shared/protocol/counsellor';
import type { FakeClock } from '../support/clock.ts';
import { nameOf } from '../support/frames.ts';

/** Few names, so that operations meet each other. */
export const visitName = (number: number): VisitId => nameOf(16, 'v', number) as VisitId;
export const accountName = (number: number): AccountId => `account${number}` as AccountId;
export const requestName = (number: number): RequestId => nameOf(16, 'r', number) as RequestId;
export const tokenName = (visit: number, number: number): Digest => nameOf(32, `t${visit}`, number) as Digest;
export const deviceName = (number: number): Digest => nameOf(32, 'd', number) as Digest;
export const shareName = (number: number) => ({ rid: nameOf(8, 'i', number), R: nameOf(32, 'R', number) });

export const VISITS = [1, 2, 3, 4] as const;
export const DESKS = [1, 2, 3] as const;

/** What clients of one store were told, newest last: what they use again, in time or too late. */
interface Told {
  conns: Map<VisitId, number[]>;
  tickets: Map<VisitId, number>;
  tokens: Map<VisitId, Digest[]>;
  seats: Map<AccountId, number[]>;
  holds: Map<VisitId, { account: AccountId; hold: number }[]>;
  rings: { account: AccountId; offerNo: number }[];
  /** visits in the order in which desks got them, the last one last */
  served: VisitId[];
  /** the epoch that a new key offer would have */
  epochNext: Map<VisitId, number>;
  /** last number of a stream that was stored */
  sent: Map<string, number>;
}

/** One store with its clock. Two of them that get the same operations must answer the same. */
export interface World {
  store: LiveStore;
  clock: FakeClock;
  told: Told;
}

export const worldOf = (store: LiveStore, clock: FakeClock): World => ({
  store,
  clock,
  told: {
    conns: new Map(),
    tickets: new Map(),
    tokens: new Map(),
    seats: new Map(),
    holds: new Map(),
    rings: [],
    served: [],
    epochNext: new Map(),
    sent: new Map(),
  },
});

export function learn<K, V>(known: Map<K, V[]>, key: K, value: V): void {
  const list = known.get(key);
  if (list) list.push(value);
  else known.set(key, [value]);
}

/** What was told last, or so many answers before that. */
export const back = <K, V>(known: Map<K, V[]>, key: K, steps: number): V | undefined => known.get(key)?.at(-1 - steps);

export function learnHeld({ told }: World, account: AccountId, { visitId, hold, epochNext }: HeldVisit): void {
  const last = back(told.holds, visitId, 0);
  if (last?.account !== account || last.hold !== hold) learn(told.holds, visitId, { account, hold });
  told.epochNext.set(visitId, epochNext);
  told.served = [...told.served.filter((other) => other !== visitId), visitId];
}

/** A visit by its number, or the one that was served last, or the one before. */
export type Who = { number: number } | { served: number };
export const whoIs = ({ told }: World, who: Who): VisitId =>
  'number' in who ? visitName(who.number) : (told.served.at(-1 - who.served) ?? visitName(1));

export const visitorFence = ({ told }: World, visitId: VisitId, late: number) => ({
  visitId,
  conn: back(told.conns, visitId, late) ?? 0,
});

export function deskFence({ told }: World, visitId: VisitId, late: number, lateSeat = 0) {
  const { account, hold } = back(told.holds, visitId, late) ?? { account: accountName(1), hold: 1 };
  return { account, seat: back(told.seats, account, lateSeat) ?? 0, visitId, hold };
}

export const currentEpoch = ({ told }: World, visitId: VisitId): number => (told.epochNext.get(visitId) ?? 1) - 1;
