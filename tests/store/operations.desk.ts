import fc from 'fast-check';
import type { AccountId } from '@clbchat/shared/ids';
import type { Serves } from '@clbchat/shared/serves';
import { account, device, label, late, operation, requestId, who } from './operations.ts';
import { accountName, back, deskFence, learn, learnHeld, requestName, whoIs, type World } from './world.ts';

const serves = fc.constantFrom<Serves | null>(
  null,
  { roles: ['pupil', 'parent'], topics: ['health'], langs: ['nl', 'en'] },
  { roles: ['pupil'], topics: ['health', 'learning'], langs: ['nl'] },
);
const status = fc.oneof(
  { weight: 4, arbitrary: fc.constant('available' as const) },
  { weight: 1, arbitrary: fc.constant('paused' as const) },
);
const slots = fc.integer({ min: 1, max: 3 });

export const seatOf = ({ told }: World, who: AccountId, from: number) => ({
  account: who,
  seat: back(told.seats, who, from) ?? 0,
});

const enter = fc.record({
  account,
  dev: device,
  /** how long the certificate still lasts: -1 = no more; mostly longer than any history */
  certLastsMs: fc.oneof({ weight: 14, arbitrary: fc.constant(9_000_000) }, fc.constantFrom(0, 2_500)),
  serves: fc.option(serves, { nil: undefined, freq: 6 }),
  slots: fc.option(slots, { nil: undefined, freq: 6 }),
  status: fc.oneof(status, fc.constant('wrap-up' as const)),
  takeOver: fc.boolean(),
});

export const enters = enter.map(({ certLastsMs, ...input }) =>
  operation(`enter ${input.account} ${input.status} slots ${input.slots}`, async (world) => {
    const { store, clock, told } = world;
    const answer = await store.presence.enter({ ...input, certExpMs: clock.nowMs() + certLastsMs });
    if (answer.is === 'entered') learn(told.seats, input.account, answer.seat);
    return answer;
  }),
);

const at = fc.record({ account, from: late });
const statuses = fc.record({ account, from: late, status, requestId }).map((how) =>
  operation(`status ${how.account} ${how.status} (${how.from})`, (world) =>
    world.store.presence.status({
      ...seatOf(world, how.account, how.from),
      status: how.status,
      requestId: how.requestId,
    }),
  ),
);
const slotses = fc.record({ account, from: late, slots, requestId }).map((how) =>
  operation(`slots ${how.account} ${how.slots} (${how.from})`, (world) =>
    world.store.presence.slots({
      ...seatOf(world, how.account, how.from),
      slots: how.slots,
      requestId: how.requestId,
    }),
  ),
);
const choices = fc.record({ account, from: late, serves, requestId }).map((how) =>
  operation(`serves ${how.account} ${how.serves?.topics.join() ?? 'everybody'} (${how.from})`, (world) =>
    world.store.presence.serves({
      ...seatOf(world, how.account, how.from),
      serves: how.serves,
      requestId: how.requestId,
    }),
  ),
);
const beats = fc
  .array(at, { minLength: 1, maxLength: 3 })
  .map((list) =>
    operation(`beat ${list.map((each) => each.account).join()}`, (world) =>
      world.store.presence.beat(list.map((each) => seatOf(world, each.account, each.from))),
    ),
  );
const sessions = fc.constantFrom('session1', 'session2', 'session3').map((name) => name.padEnd(43, '-')); // as a digest
const awakes = sessions.map((session) =>
  operation(`awake ${session}`, async (world) => ({ awake: await world.store.presence.awake(session) })),
);
const named = fc.array(sessions, { maxLength: 2 });
const idles = fc.record({ there: named, over: named }).map((how) =>
  operation(`idle of ${how.there.join()} without ${how.over.join()}`, async (world) => ({
    idle: await world.store.presence.idle(how),
  })),
);
const leaves = at.map((how) =>
  operation(`leave ${how.account} (${how.from})`, (world) =>
    world.store.presence.leave(seatOf(world, how.account, how.from)),
  ),
);
const signOuts = at.map((how) =>
  operation(`sign out ${how.account} (${how.from})`, (world) =>
    world.store.presence.signOut(seatOf(world, how.account, how.from)),
  ),
);
const desks = at.map((how) =>
  operation(`desk ${how.account} (${how.from})`, (world) =>
    world.store.presence.desk(seatOf(world, how.account, how.from)),
  ),
);

export async function match({ store, told }: World) {
  const answer = await store.routing.match();
  for (const hint of answer.hints) {
    if (hint.event === 'offer:ring') told.rings.push({ account: hint.account, offerNo: hint.hint.offerNo });
  }
  return answer;
}
const matches = fc.constant(operation('match', match));

const ring = fc.record({ from: late, seat: late, other: fc.option(account, { freq: 8 }), requestId });
const ringOf = (world: World, from: number, other: AccountId | null, seat: number) => {
  const { account: rung, offerNo } = world.told.rings.at(-1 - from) ?? { account: accountName(1), offerNo: 1 };
  return { ...seatOf(world, other ?? rung, seat), offerNo };
};

export async function accept(
  world: World,
  from = 0,
  other: AccountId | null = null,
  seat = 0,
  requestId = requestName(1),
) {
  const input = { ...ringOf(world, from, other, seat), requestId };
  const answer = await world.store.routing.accept(input);
  if (answer.is === 'accepted') learnHeld(world, input.account, answer.visit);
  return answer;
}
const accepts = ring.map(({ from, other, seat, requestId: request }) =>
  operation(`accept ring -${from} ${other ?? ''}`, (world) => accept(world, from, other, seat, request)),
);
const declines = ring.map(({ from, other, seat }) =>
  operation(`decline ring -${from} ${other ?? ''}`, (world) =>
    world.store.routing.decline(ringOf(world, from, other, seat)),
  ),
);

/** Rings, and nobody wants it. */
const rejects = fc
  .record({ from: late })
  .map(({ from }) =>
    operation(`match and decline ring -${from}`, async (world) => [
      await match(world),
      await world.store.routing.decline(ringOf(world, from, null, 0)),
    ]),
  );

const ticket = fc.oneof(fc.constant('next' as const), fc.integer({ min: 1, max: 6 }));
const takes = fc.record({ account, from: late, ticket, requestId }).map((how) =>
  operation(`take ${how.ticket} by ${how.account} ${how.requestId}`, async (world) => {
    const seat = seatOf(world, how.account, how.from);
    const answer = await world.store.routing.take({ ...seat, ticket: how.ticket, requestId: how.requestId });
    if (answer.is === 'taken_over') learnHeld(world, how.account, answer.visit);
    return answer;
  }),
);

const releases = fc
  .record({ of: who, from: late, seat: late, why: fc.constantFrom('unkept', 'visitor_away') })
  .map(({ of, from, seat, why }) =>
    operation(`release ${label(of)} ${why} (${from})`, (world) =>
      world.store.routing.release({ ...deskFence(world, whoIs(world, of), from, seat), why }),
    ),
  );

export const deskSteps = fc.oneof(
  { weight: 6, arbitrary: enters },
  { weight: 3, arbitrary: statuses },
  { weight: 1, arbitrary: slotses },
  { weight: 1, arbitrary: choices },
  { weight: 2, arbitrary: beats },
  { weight: 1, arbitrary: awakes },
  { weight: 1, arbitrary: idles },
  { weight: 1, arbitrary: leaves },
  { weight: 1, arbitrary: signOuts },
  { weight: 1, arbitrary: desks },
  { weight: 6, arbitrary: matches },
  { weight: 4, arbitrary: accepts },
  { weight: 2, arbitrary: declines },
  { weight: 3, arbitrary: rejects },
  { weight: 2, arbitrary: takes },
  { weight: 1, arbitrary: releases },
);
