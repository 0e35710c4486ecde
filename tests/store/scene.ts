import { expect } from 'vitest';
import { defaultRules } from '@clbchat/server/centre/bounds.rules';
import type { Rules, StoreNeeds } from '@clbchat/server/kernel/needs';
import type { Hint } from '@clbchat/server/live/hint';
import type { LiveStore } from '@clbchat/server/store.memory';
import type { JoinInput } from '@clbchat/server/queue/queue.store';
import type { Serves } from '@clbchat/shared/serves';
import { limits, type Limits } from '@clbchat/shared/limits';
import type { AccountId, VisitId } from '@clbchat/shared/ids';
import { type FakeClock, fakeClock } from '../support/clock.ts';
import { frameOf, nameOf } from '../support/frames.ts';
import { accountName, deviceName, requestName, shareName, tokenName, visitName } from './world.ts';

export type MakeStore = (needs: StoreNeeds) => Promise<LiveStore>;

/** A visitor as its newest socket speaks for it. */
export interface Visitor {
  number: number;
  visitId: VisitId;
  conn: number;
  ticket: number;
}
export interface Desk {
  account: AccountId;
  seat: number;
}
export interface Held extends Desk {
  visitId: VisitId;
  hold: number;
}
interface Centre {
  rules?: Partial<Rules>;
  limits?: Partial<Limits>;
}
interface Silent {
  desks?: readonly Desk[];
  visitors?: readonly Visitor[];
  /** closed for so long at the first tick */
  closedForMs?: number;
}

/** Everything that a test of the contract says about people, in one place. Times and bounds are the real ones. */
export async function sceneOf(make: MakeStore, centre: Centre = {}) {
  const clock: FakeClock = fakeClock();
  const needs = { clock, limits: { ...limits, ...centre.limits }, rules: { ...defaultRules, ...centre.rules } };
  const store = await make(needs);
  const visitors = new Map<VisitId, Visitor>();
  const desks = new Map<AccountId, Desk>();

  const joinInput = (number: number, chosen: Partial<JoinInput> = {}): JoinInput => ({
    ...{ visitId: visitName(number), role: 'pupil', topic: 'health', lang: 'nl', first: tokenName(number, 0) },
    ...{
      vnonce: nameOf(32, 'n', number),
      share: shareName(number),
      door: { is: 'open', closesInMs: null, openedMs: 0 },
    },
    ...chosen,
  });

  async function joins(number: number, chosen: Partial<JoinInput> = {}): Promise<Visitor> {
    const answer = await store.queue.join(joinInput(number, chosen));
    if (answer.is !== 'joined') throw new Error(`join ${number} answered ${answer.is}`);
    const visitor = { number, visitId: visitName(number), conn: answer.conn, ticket: answer.ticket };
    visitors.set(visitor.visitId, visitor);
    return visitor;
  }

  const seatInput = (number: number, chosen: Partial<Sitting> = {}) => ({
    ...{ account: accountName(number), dev: deviceName(number), certExpMs: clock.nowMs() + 86_400_000 },
    ...{ serves: null, slots: 1, status: 'available' as const, takeOver: false },
    ...chosen,
  });
  async function sits(number: number, chosen: Partial<Sitting> = {}): Promise<Desk> {
    const answer = await store.presence.enter(seatInput(number, chosen));
    if (answer.is !== 'entered') throw new Error(`enter ${number} answered ${answer.is}`);
    const desk = { account: accountName(number), seat: answer.seat };
    desks.set(desk.account, desk);
    return desk;
  }

  async function rings(): Promise<{ account: AccountId; offerNo: number }[]> {
    const { hints } = await store.routing.match();
    return hints.flatMap((hint) =>
      hint.event === 'offer:ring' ? [{ account: hint.account, offerNo: hint.hint.offerNo }] : [],
    );
  }
  /** One ring, at this desk. */
  async function ringsAt(desk: Desk): Promise<number> {
    const all = await rings();
    expect(all.map(({ account }) => account)).toEqual([desk.account]);
    return all[0]!.offerNo;
  }
  const accepts = (desk: Desk, offerNo: number) =>
    store.routing.accept({ ...desk, offerNo, requestId: requestName(1) });

  async function opens(desk: Desk): Promise<Held> {
    const answer = await accepts(desk, await ringsAt(desk));
    if (answer.is !== 'accepted') throw new Error(`accept answered ${answer.is}`);
    return { ...desk, visitId: answer.visit.visitId, hold: answer.visit.hold };
  }
  /** All steps of the key exchange for this epoch, up to both writing. */
  async function keyed(visitor: Visitor, held: Held, epoch = 1): Promise<void> {
    const { conversation } = store;
    const confirm = frameOf({ visitId: visitor.visitId, side: 'c', epoch, n: 1, kind: 'control' });
    expect((await conversation.keyOffer({ ...held, epoch, keyOffer: `offer.${epoch}` })).is).toBe('offered');
    expect((await conversation.keySeal({ ...visitor, epoch, sealed: sealedKey(epoch) })).is).toBe('sealed');
    expect((await conversation.keyShare({ side: 'c', ...held, share: shareName(200) })).is).toBe('kept');
    expect((await conversation.append({ side: 'c', ...held, ...confirm })).is).toBe('stored');
    expect((await conversation.keyOpened({ ...held, epoch })).is).toBe('opened');
  }
  async function talks(visitor: Visitor, desk: Desk): Promise<Held> {
    const held = await opens(desk);
    expect(held.visitId).toBe(visitor.visitId);
    await keyed(visitor, held);
    return held;
  }
  const writes = (visitor: Visitor, n: number, more: Partial<Parameters<typeof frameOf>[0]> = {}) =>
    store.conversation.append({
      side: 'v',
      ...visitor,
      ...frameOf({ visitId: visitor.visitId, side: 'v', n, ...more }),
    });
  const answers = (held: Held, n: number, more: Partial<Parameters<typeof frameOf>[0]> = {}) =>
    store.conversation.append({ side: 'c', ...held, ...frameOf({ visitId: held.visitId, side: 'c', n, ...more }) });

  /** Time as it passes in a service: signs of life of everybody who is not silent, and a tick each second. */
  async function wait(
    ms: number,
    { desks: mute = [], visitors: still = [], closedForMs }: Silent = {},
  ): Promise<Hint[]> {
    const heard: Hint[] = [];
    const closedAtMs = closedForMs === undefined ? null : clock.nowMs() - closedForMs;
    const stepMs = ms > 300_000 ? 4_000 : 1_000;
    for (let left = ms; left > 0; left -= stepMs) {
      clock.advance(Math.min(left, stepMs));
      const live = [...desks.values()].filter(({ account }) => !mute.some((desk) => desk.account === account));
      const { hints: back } = await store.presence.beat(live);
      await store.visit.seen(
        [...visitors.values()].filter(({ visitId }) => !still.some((each) => each.visitId === visitId)),
      );
      heard.push(...back, ...(await tick(closedAtMs)).hints);
    }
    return heard;
  }
  const tick = (closedAtMs: number | null = null) =>
    store.retention.tick({ hours: closedAtMs === null ? { is: 'open' } : { is: 'draining', sinceMs: closedAtMs } });

  const stateOf = async (visitor: Visitor) => {
    const answer = await store.visit.state(visitor);
    return answer.is === 'state' ? answer.state : answer.is;
  };
  const deskOf = async (desk: Desk) => {
    const answer = await store.presence.desk(desk);
    if (answer.is !== 'desk') throw new Error(`desk answered ${answer.is}`);
    return answer.desk;
  };
  return {
    ...{ store, clock, needs, joinInput, joins, seatInput, sits, rings, ringsAt, accepts, opens, keyed, talks },
    ...{ writes, answers, wait, tick, stateOf, deskOf },
  };
}

interface Sitting {
  dev: ReturnType<typeof deviceName>;
  certExpMs: number;
  serves: Serves | null;
  slots: number;
  status: 'available' | 'paused' | 'wrap-up';
  takeOver: boolean;
}

export const sealedKey = (epoch: number): string => nameOf(145, 'e', epoch);

/** The hints with this event, as they were meant for either side. */
export const heard = <E extends Hint['event']>(hints: readonly Hint[], event: E): Extract<Hint, { event: E }>[] =>
  hints.filter((hint): hint is Extract<Hint, { event: E }> => hint.event === event);
