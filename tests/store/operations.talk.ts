import fc from 'fast-check';
import { frameId, type Side } from '@clbchat/shared/protocol/frame';
import type { VisitId } from '@clbchat/shared/ids';
import { frameOf, nameOf, streamName } from '../support/frames.ts';
import { label, late, off, operation, who } from './operations.ts';
import { currentEpoch, deskFence, shareName, visitorFence, whoIs, type World } from './world.ts';

const side = fc.constantFrom<Side>('v', 'c');
const whose = (world: World, by: Side, visitId: VisitId, from: number) =>
  by === 'v'
    ? { side: 'v' as const, ...visitorFence(world, visitId, from) }
    : { side: 'c' as const, ...deskFence(world, visitId, from) };

export async function keyOffer(world: World, visitId: VisitId, from = 0, by = 0, again = false) {
  const { store, told } = world;
  const epoch = Math.max(0, (told.epochNext.get(visitId) ?? 1) + by - (again ? 1 : 0));
  const answer = await store.conversation.keyOffer({
    ...deskFence(world, visitId, from),
    epoch,
    keyOffer: `offer.${epoch}`,
  });
  if (answer.is === 'offered') told.epochNext.set(visitId, epoch + 1);
  return answer;
}
export const keySeal = (world: World, visitId: VisitId, from = 0, by = 0) =>
  world.store.conversation.keySeal({
    ...visitorFence(world, visitId, from),
    epoch: Math.max(0, currentEpoch(world, visitId) + by),
    sealed: nameOf(145, 'e', currentEpoch(world, visitId)),
  });
export const keyShare = (world: World, visitId: VisitId, by: Side = 'c', from = 0, rid = 7) =>
  world.store.conversation.keyShare({ ...whose(world, by, visitId, from), share: shareName(rid) });
export const keyOpened = (world: World, visitId: VisitId, from = 0, by = 0) =>
  world.store.conversation.keyOpened({
    ...deskFence(world, visitId, from),
    epoch: Math.max(0, currentEpoch(world, visitId) + by),
  });

const at = fc.record({ of: who, from: late, by: off });
const keys = fc.oneof(
  fc
    .record({ of: who, from: late, by: off, again: fc.boolean() })
    .map(({ of, from, by, again }) =>
      operation(`keyOffer ${label(of)} (${from}, ${by}, ${again})`, (world) =>
        keyOffer(world, whoIs(world, of), from, by, again),
      ),
    ),
  at.map(({ of, from, by }) =>
    operation(`keySeal ${label(of)} (${from}, ${by})`, (world) => keySeal(world, whoIs(world, of), from, by)),
  ),
  fc
    .record({ of: who, from: late, side, rid: fc.integer({ min: 5, max: 7 }) })
    .map((how) =>
      operation(`keyShare ${label(how.of)} ${how.side}`, (world) =>
        keyShare(world, whoIs(world, how.of), how.side, how.from, how.rid),
      ),
    ),
  at.map(({ of, from, by }) =>
    operation(`keyOpened ${label(of)} (${from}, ${by})`, (world) => keyOpened(world, whoIs(world, of), from, by)),
  ),
  at.map(({ of, from, by }) =>
    operation(`keyAsk ${label(of)} (${from}, ${by})`, (world) => {
      const visitId = whoIs(world, of);
      const epoch = Math.max(0, currentEpoch(world, visitId) + by);
      return world.store.conversation.keyAsk({ ...visitorFence(world, visitId, from), epoch });
    }),
  ),
  at.map(({ of, from, by }) =>
    operation(`keyRefuse ${label(of)} (${from}, ${by})`, (world) => {
      const visitId = whoIs(world, of);
      const epoch = Math.max(0, currentEpoch(world, visitId) + by);
      return world.store.conversation.keyRefuse({ ...visitorFence(world, visitId, from), epoch });
    }),
  ),
);

const letter = fc.record({
  of: who,
  side,
  from: late,
  stream: fc.constantFrom<number>(1, 1, 1, 2, 3),
  kind: fc.constantFrom<'message' | 'control'>('message', 'message', 'control'),
  /** 1 = the next of its stream */
  step: fc.constantFrom<number>(1, 1, 1, 1, 1, 2, 0, -1),
  epochOff: off,
});
type Letter = Omit<typeof letter extends fc.Arbitrary<infer L> ? L : never, 'of'> & { visitId: VisitId };

interface Place extends Pick<Letter, 'visitId' | 'side' | 'epochOff'> {
  stream: number;
  step: number;
}
function frameFor(world: World, how: Place, kind: Letter['kind'] | 'passing') {
  const { visitId, side: by, stream, epochOff, step } = how;
  const epoch = Math.max(1, currentEpoch(world, visitId) + epochOff);
  const key = `${visitId} ${by}${epoch}:${stream}`;
  const n = Math.max(1, (world.told.sent.get(key) ?? 0) + step);
  return { key, n, ...frameOf({ visitId, side: by, epoch, stream: streamName(stream), n, kind }) };
}

export async function append(world: World, how: Letter) {
  const { key, n, header, frame } = frameFor(world, how, how.kind);
  const fence = whose(world, how.side, how.visitId, how.from);
  const answer = await world.store.conversation.append({ ...fence, header, frame });
  if (answer.is === 'stored') world.told.sent.set(key, Math.max(n, world.told.sent.get(key) ?? 0));
  return answer;
}
const appends = letter.map((how) =>
  operation(`append ${label(how.of)} ${how.side} ${how.kind} s${how.stream} +${how.step} e${how.epochOff}`, (world) =>
    append(world, { ...how, visitId: whoIs(world, how.of) }),
  ),
);

const restores = fc
  .record({
    of: who,
    side,
    from: late,
    stream: fc.integer({ min: 1, max: 3 }),
    epochOff: off,
    ahead: fc.integer({ min: 0, max: 2 }),
  })
  .map((lost) =>
    operation(`restore ${label(lost.of)} ${lost.side} s${lost.stream}`, async (world) => {
      const how = { ...lost, visitId: whoIs(world, lost.of) };
      const frames = [0, 1, 2].map((step) => frameFor(world, { ...how, step: step + how.ahead }, 'message'));
      const fence = whose(world, how.side, how.visitId, how.from);
      const input = { ...fence, frames: frames.map(({ header, frame }) => ({ header, frame })) };
      const answer = await world.store.conversation.restore(input);
      if (answer.is === 'restored') {
        for (const { key, n } of frames.slice(0, answer.seqs.length)) {
          world.told.sent.set(key, Math.max(n, world.told.sent.get(key) ?? 0));
        }
      }
      return answer;
    }),
  );

const passings = letter.map((how) =>
  operation(`passing ${label(how.of)} ${how.side}`, (world) => {
    const visitId = whoIs(world, how.of);
    const { header, frame } = frameFor(world, { ...how, visitId }, 'passing');
    return world.store.conversation.passing({ ...whose(world, how.side, visitId, how.from), header, frame });
  }),
);

const sinces = fc
  .record({
    of: who,
    side,
    from: late,
    seq: fc.integer({ min: 0, max: 10 }),
    n: fc.option(fc.integer({ min: 1, max: 3 })),
  })
  .map(({ of, side: by, from, seq, n }) =>
    operation(`since ${label(of)} ${by} ${seq} ${n ?? ''}`, (world) => {
      const visitId = whoIs(world, of);
      const epoch = Math.max(1, currentEpoch(world, visitId));
      const id = n === null ? {} : { id: frameId({ side: by, epoch, stream: streamName(1), n }) };
      return world.store.conversation.since({ ...whose(world, by, visitId, from), seq, ...id });
    }),
  );

const ends = fc.record({ of: who, from: late, seat: late }).map(({ of, from, seat }) =>
  operation(`end ${label(of)} by the desk (${from})`, (world) =>
    world.store.visit.end({
      by: 'desk',
      ...deskFence(world, whoIs(world, of), from, seat),
      reason: 'counsellor_ended',
    }),
  ),
);

export const talkSteps = fc.oneof(
  { weight: 6, arbitrary: keys },
  { weight: 8, arbitrary: appends },
  { weight: 2, arbitrary: restores },
  { weight: 1, arbitrary: passings },
  { weight: 2, arbitrary: sinces },
  { weight: 1, arbitrary: ends },
);
