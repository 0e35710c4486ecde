import fc from 'fast-check';
import { accept, deskSteps, enters, match, seatOf } from './operations.desk.ts';
import { deskNo, label, late, operation, told, who } from './operations.ts';
import { append, keyOffer, keyOpened, keySeal, keyShare, talkSteps } from './operations.talk.ts';
import { joins, visitorSteps } from './operations.visitor.ts';
import { spans } from './tight.ts';
import { accountName, DESKS, VISITS, visitName, visitorFence, whoIs, type World } from './world.ts';

const hours = fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, fc.constantFrom(0, 1_000, 9_499, 9_500));
const tick = ({ store, clock }: World, closedForMs: number | null) =>
  store.retention.tick({
    hours: closedForMs === null ? { is: 'open' } : { is: 'draining', sinceMs: clock.nowMs() - closedForMs },
  });

const ticks = hours.map((closedForMs) =>
  operation(`tick ${closedForMs === null ? '' : `closed for ${closedForMs} ms`}`, (world) => tick(world, closedForMs)),
);

/** What was counted, up to an hour that is over, goes on, or will come. */
const sums = fc.record({ off: fc.integer({ min: -1, max: 1 }), drops: fc.boolean() }).map(({ off, drops }) =>
  operation(`sums of hour ${off}${drops ? ', dropped' : ''}`, async ({ store, clock }) => {
    const hour = Math.floor(clock.nowMs() / 3_600_000) + off;
    const closed = await store.sums.close(hour);
    if (drops) await store.sums.forget(hour);
    return closed;
  }),
);

/** Long ones end everything, so that short ones must be many. */
const span = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...spans.filter((ms) => ms <= 5_000)) },
  { weight: 3, arbitrary: fc.constantFrom(...spans.filter((ms) => ms > 5_000 && ms < 13_000)) },
  { weight: 1, arbitrary: fc.constantFrom(...spans.filter((ms) => ms >= 13_000)) },
);

/** Time stands still for nobody: a tick follows, or something else comes before it. */
const passes = fc.record({ ms: span, ticks: fc.boolean(), closed: hours }).map((how) =>
  operation(`${how.ms} ms pass${how.ticks ? ' and a tick' : ''}`, async (world) => {
    world.clock.advance(how.ms);
    return how.ticks ? tick(world, how.closed) : null;
  }),
);

const BREATH_MS = 1_900; // a sign of life that comes in time, just

/** Time in which everybody who is not left out gives signs of life, as nodes give them. */
const lives = fc
  .record({
    breaths: fc.integer({ min: 1, max: 5 }),
    silent: fc.option(deskNo),
    still: fc.option(fc.constantFrom(...VISITS)),
  })
  .map(({ breaths, silent, still }) =>
    operation(`${breaths} breaths, but for desk ${silent ?? '-'} and visit ${still ?? '-'}`, async (world) => {
      const answers: unknown[] = [];
      for (let breath = 0; breath < breaths; breath += 1) {
        world.clock.advance(BREATH_MS);
        const seats = DESKS.filter((number) => number !== silent).map((number) =>
          seatOf(world, accountName(number), 0),
        );
        const sockets = VISITS.filter((number) => number !== still).map((number) =>
          visitorFence(world, visitName(number), 0),
        );
        answers.push(
          await world.store.presence.beat(seats),
          await world.store.visit.seen(sockets),
          await tick(world, null),
        );
      }
      return answers;
    }),
  );

/** The way that most visits go, as far as the store lets them. */
const served = fc
  .record({
    from: late,
    until: fc.oneof(fc.constant(5), fc.integer({ min: 1, max: 5 })),
    texts: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ from, until, texts }) =>
    operation(`serve ring -${from} up to step ${until}`, async (world) => {
      const answers: unknown[] = [await match(world)];
      const accepted = await accept(world, from);
      answers.push(accepted);
      if (accepted.is !== 'accepted') return answers;
      answers.push(...(await keyed(world, accepted.visit.visitId, until)));
      for (let text = 0; text < texts; text += 1) {
        const side = text % 2 === 0 ? 'v' : 'c';
        const how = { side, from: 0, stream: 1, kind: 'message', step: 1, epochOff: 0 } as const;
        answers.push(await append(world, { visitId: accepted.visit.visitId, ...how }));
      }
      return answers;
    }),
  );

/** A key exchange, broken off after some step. */
async function keyed(world: World, visitId: Parameters<typeof keyOffer>[1], until: number): Promise<unknown[]> {
  const answers: unknown[] = [];
  if (until >= 1) answers.push(await keyOffer(world, visitId));
  if (until >= 2) answers.push(await keySeal(world, visitId));
  if (until >= 3) answers.push(await keyShare(world, visitId));
  const confirm = { side: 'c', from: 0, stream: 2, kind: 'control', step: 1, epochOff: 0 } as const;
  if (until >= 4) answers.push(await append(world, { visitId, ...confirm }));
  if (until >= 5) answers.push(await keyOpened(world, visitId));
  return answers;
}
const rekeyed = fc
  .record({ of: who, until: fc.integer({ min: 2, max: 5 }) })
  .map(({ of, until }) =>
    operation(`keys of ${label(of)} up to step ${until}`, (world) => keyed(world, whoIs(world, of), until)),
  );

const step = fc
  .oneof(
    { weight: 10, arbitrary: visitorSteps },
    { weight: 10, arbitrary: deskSteps },
    { weight: 10, arbitrary: talkSteps },
    { weight: 6, arbitrary: served },
    { weight: 2, arbitrary: rekeyed },
    { weight: 2, arbitrary: ticks },
    { weight: 2, arbitrary: sums },
    { weight: 4, arbitrary: passes },
    { weight: 3, arbitrary: lives },
  )
  .map(told);

/** Somebody is there, or nothing that follows says much. */
const morning = fc.array(fc.oneof({ weight: 3, arbitrary: joins }, { weight: 2, arbitrary: enters }).map(told), {
  minLength: 2,
  maxLength: 6,
});

/** `size: 'max'`: with the default the histories stay so short that little is ever reached. */
export const history = fc
  .tuple(morning, fc.array(step, { maxLength: 70, size: 'max' }))
  .map(([first, then]) => [...first, ...then]);
