import type { LiveStore } from '@clbchat/server/store.memory';
import type { AccountId, VisitId } from '@clbchat/shared/ids';
import { shareName, tokenName, visitName } from '../store/world.ts';
import { frameOf, streamName } from '../support/frames.ts';
import type { FakeClock } from '../support/clock.ts';

export const LIEN = 'account1' as AccountId;
export const SAMIR = 'account2' as AccountId;

/** A door that is open without an end. */
export const OPEN = { is: 'open', closesInMs: null, openedMs: 0 } as const;

export const joinInput = (number: number) => ({
  ...({ visitId: visitName(number), role: 'pupil', topic: 'health', lang: 'nl', vnonce: 'n' } as const),
  ...{ first: tokenName(number, 0), share: shareName(number), door: OPEN },
});

export const enterInput = (account: AccountId, clock: FakeClock) => ({
  ...({ account, dev: tokenName(9, 1), serves: null, slots: 2, status: 'available', takeOver: false } as const),
  certExpMs: clock.nowMs() + 3_600_000,
});

interface Talking {
  visitId: VisitId;
  visitor: { visitId: VisitId; conn: number };
  desk: { account: AccountId; seat: number };
  holder: { account: AccountId; seat: number; visitId: VisitId; hold: number };
}

/** Lien at her desk. */
export async function sits(store: LiveStore, clock: FakeClock): Promise<{ account: AccountId; seat: number }> {
  const entered = await store.presence.enter(enterInput(LIEN, clock));
  if (entered.is !== 'entered') throw new Error(entered.is);
  return { account: LIEN, seat: entered.seat };
}
/** The first pupil. */
export async function waits(store: LiveStore): Promise<{ visitId: VisitId; conn: number }> {
  const joined = await store.queue.join(joinInput(1));
  if (joined.is !== 'joined') throw new Error(joined.is);
  return { visitId: visitName(1), conn: joined.conn };
}

/** Lien at her desk, a pupil who talks with her in epoch 1, and nobody else. */
export async function talking(store: LiveStore, clock: FakeClock): Promise<Talking> {
  const visitId = visitName(1);
  const desk = await sits(store, clock);
  const visitor = await waits(store);
  const rung = await store.routing.match();
  const hint = rung.hints.find((each) => each.event === 'offer:ring');
  if (hint?.event !== 'offer:ring') throw new Error('nobody was rung');
  await store.routing.accept({ ...desk, offerNo: hint.hint.offerNo, requestId: 'r' as never });
  const holder = { ...desk, visitId, hold: 1 };
  await store.conversation.keyOffer({ ...holder, epoch: 1, keyOffer: 'offer.1' });
  await store.conversation.keySeal({ ...visitor, epoch: 1, sealed: 'sealed' });
  await store.conversation.keyShare({ side: 'c', ...holder, share: shareName(2) });
  const opened = await store.conversation.keyOpened({ ...holder, epoch: 1 });
  if (opened.is !== 'opened') throw new Error(`the key was not opened: ${opened.is}`);
  return { visitId, visitor, desk, holder };
}

/** The visitor's n-th message. */
export const message = (visitId: VisitId, n: number) =>
  frameOf({ visitId, side: 'v', epoch: 1, stream: streamName(1), n, kind: 'message' });
