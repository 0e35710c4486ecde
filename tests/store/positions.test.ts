import { createHub } from '@clbchat/server/edge/hub';
import { createLineShares } from '@clbchat/server/edge/lineShares';
import { queueJob } from '@clbchat/server/queue/queue.job';
import { isNews } from '@clbchat/server/queue/queue.rules';
import { retentionJob } from '@clbchat/server/retention/retention.job';
import { memoryStore } from '@clbchat/server/store.memory';
import { expect, test } from 'vitest';
import { sceneOf, type Visitor } from './scene.ts';

const log = { info: () => undefined, warn: () => undefined, error: (says: string) => expect.fail(says) };
const CROWD = 90;

/** So many wait at one process, each with a socket; nothing is told but by the job. */
async function crowd() {
  const scene = await sceneOf(async (needs) => memoryStore(needs), {
    limits: { exactPlaces: 5, placesAtOnceMax: 20, placesPerSecondMax: 60 },
    rules: { waitingMax: 1_000 },
  });
  const { store, needs } = scene;
  const jobs: (() => void)[] = [];
  const hub = createHub();
  const heard: { number: number; ahead: number }[] = [];
  const shares = createLineShares(needs.limits.lineShareMax);
  const timers = {
    after: () => () => undefined,
    every: (_: number, run: () => void) => (jobs.push(run), () => undefined),
  };
  const job = queueJob({
    ...{ queue: store.queue, visit: store.visit, hub, shares, timers, log, limits: needs.limits },
    openedMs: () => 0,
    deskHours: () => ({ is: 'open', until: null }),
  });
  job.start();
  const visitors: Visitor[] = [];
  for (let number = 1; number <= CROWD; number += 1) {
    const visitor = await scene.joins(number);
    visitors.push(visitor);
    const emit = (_: string, hint: unknown) => heard.push({ number, ...(hint as { ahead: number }) });
    const line = { emit, pulse: () => undefined, backlog: () => 0, dismiss: () => undefined, cut: () => undefined };
    const { visitId, conn } = visitor;
    hub.seatVisitor({ visitId, conn, line, tag: `t${number}`, over: () => undefined, atDesk: false });
    shares.enter(visitId, `t${number}`);
  }
  /** @returns how many were told in each turn of the loop of one second */
  async function second(): Promise<number[]> {
    const turns: number[] = [];
    for (const run of jobs) run();
    for (let turn = 0; turn < 12; turn += 1) {
      const before = heard.length;
      await new Promise(setImmediate);
      turns.push(heard.length - before);
    }
    return turns;
  }
  return { ...scene, visitors, heard, second, job, jobs, timers };
}

test('[Q13] nobody tells all of them in one turn, and everybody has a turn before anybody has another one', async () => {
  const { heard, second } = await crowd();
  for (let round = 0; round < 2; round += 1)
    for (const told of await second()) expect(told).toBeLessThanOrEqual(20 + 5); // a slice, and those at the front
  expect(new Set(heard.map(({ number }) => number)).size).toBe(CROWD);
  expect(heard).toHaveLength(CROWD);
});

test('[Q13 N11] at the front each step is told, and far behind what somebody would notice', async () => {
  const { store, visitors, heard, second } = await crowd();
  for (let round = 0; round < 3; round += 1) await second();
  const steps = async (many: number) => {
    heard.length = 0;
    for (const { visitId, conn } of visitors.splice(0, many))
      await store.visit.end({ by: 'visitor', visitId, conn, reason: 'visitor_left' });
    for (let round = 0; round < 3; round += 1) await second();
    return new Map(heard.filter(({ number }) => number >= visitors[0]!.number).map((one) => [one.number, one.ahead]));
  };
  const one = await steps(1);
  expect(
    [2, 3, 4, 5, 6].map((number) => one.get(number)),
    'the first ones',
  ).toEqual([0, 1, 2, 3, 4]);
  expect(one.get(20), 'a twentieth of 19').toBe(18);
  expect(one.get(90), 'one step of 89').toBeUndefined();
  expect((await steps(3)).get(90), 'four steps').toBeUndefined();
  expect((await steps(1)).get(90), 'five steps').toBe(84);
});

test('[Q13 Q10] how long it takes, and whether anybody works, is told at once wherever one stands', () => {
  const told = { ahead: 1_000, range: { fromMin: 5, toMin: 10 }, staffed: true };
  expect(isNews(told, { ...told, ahead: 951 }, 20)).toBe(false);
  expect(isNews(told, { ...told, ahead: 950 }, 20)).toBe(true);
  expect(isNews(told, { ...told, ahead: 1_050 }, 20), 'somebody was put back at the front').toBe(true);
  expect(isNews(told, { ...told, range: { fromMin: 5, toMin: 15 } }, 20)).toBe(true);
  expect(isNews(told, { ...told, range: null }, 20)).toBe(true);
  expect(isNews(told, { ...told, staffed: false }, 20)).toBe(true);
});

test('[N22 N44] all who ask in one turn of the loop are one question to the store; who left is forgotten', async () => {
  const { store, visitors, job } = await crowd();
  const asked: number[] = [];
  const places = store.queue.places.bind(store.queue);
  store.queue.places = (visitIds) => {
    asked.push(visitIds.length);
    return places(visitIds);
  };
  await Promise.all(visitors.map(({ visitId }) => job.rangeOf(visitId)));
  expect(asked).toEqual([CROWD]);
});

test('[Q13 V6] the job goes on while more have run out than one look takes', async () => {
  const { store, joins, clock, needs } = await sceneOf(async (given) => memoryStore(given), {
    limits: { dueAtOnceMax: 2 },
  });
  for (let number = 1; number <= 5; number += 1) await joins(number);
  clock.advance(needs.limits.visitMs);
  let run = () => undefined as void;
  const timers = {
    after: () => () => undefined,
    every: (_: number, each: () => void) => ((run = each), () => undefined),
  };
  retentionJob({
    ...{ retention: store.retention, hours: () => ({ is: 'open' }) as const, after: () => undefined, timers, log },
    claim: (forMs) => store.rounds.claim('tick', forMs),
    limits: needs.limits,
  });
  run();
  for (let turn = 0; turn < 4; turn += 1) await new Promise(setImmediate);
  expect((await store.queue.facts()).waiting).toBe(0);
});
