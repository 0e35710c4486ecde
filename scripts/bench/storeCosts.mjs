/**
 * What each command of the live store costs with so many who wait, through the store's own contract, without a socket: microseconds
 * of this process for the store in memory, of Redis for the one on Redis, where so many commands are under way as one turn brings.
 */
import { Redis } from 'ioredis';
import { defaultRules } from '../../server/dist/centre/bounds.rules.js';
import { systemClock } from '../../server/dist/kernel/clock.js';
import { memoryStore } from '../../server/dist/store.memory.js';
import { redisStore } from '../../server/dist/store.redis.js';
import { limits as ownLimits } from '../../shared/dist/limits.js';
import { random } from '../attack/wire.mjs';
import { answers } from './aside.mjs';
import { spentMs } from './machine.mjs';
import { median } from './median.mjs';
import { requestId } from './people.mjs';

const IN_FLIGHT = 64;
/** of one command at one size; at least one round, however long it takes */
const BUDGET_MS = 600;
const ROUNDS_MAX = 15;
const ROWS_MAX = 200;
const FOR_EVER = 1e12;
/** As many who wait as anybody wants, for as long as it takes; who is let go here never comes back. */
const rules = {
  ...{ ...defaultRules, waitingMax: 1e9, fullEstimateMs: FOR_EVER, waitingKeepMs: FOR_EVER, talkingKeepMs: FOR_EVER },
  ...{ leaseMs: FOR_EVER, releaseMs: FOR_EVER, peerToldMs: FOR_EVER, offerRingMs: FOR_EVER, openingMs: FOR_EVER },
  ...{ slotsMax: 1_000, wrapUp: false, fallbackAfterMs: FOR_EVER },
};
const limits = {
  ...{ ...ownLimits, seenLateMs: FOR_EVER, awayAfterMs: FOR_EVER, visitMs: FOR_EVER, tickGapMs: FOR_EVER },
  ...{ pulseLateMs: FOR_EVER, requestReplayMs: 1, overKeptMax: 1_000 },
};

let [store, spent] = [null, () => 0];
const waiting = [];
const seats = [];

const input = () => ({
  ...{ visitId: random(16), role: 'pupil', topic: 'health', lang: 'nl', first: random(32), vnonce: random(32) },
  share: { rid: random(8), R: random(32) },
  door: { is: 'open', closesInMs: null, openedMs: systemClock.nowMs() - 3_600_000 },
});
async function join() {
  const asked = input();
  const joined = await store.queue.join(asked);
  if (joined.is !== 'joined') throw new Error(`a join was answered ${joined.is}`);
  return { visitId: asked.visitId, conn: joined.conn };
}
const leave = (fence) => store.visit.end({ by: 'visitor', ...fence, reason: 'visitor_left' });
const all = (count, run) => Promise.all(Array.from({ length: count }, (_, at) => run(at)));
const expect = (is, answer) => {
  if (answer.is !== is) throw new Error(`answered ${answer.is}, not ${is}`);
  return answer;
};

/** Rounds of one command until the budget is gone. @param round does it; @returns how often it was done in the round */
async function costOf(round, afterwards = async () => undefined) {
  const found = [];
  const end = performance.now() + BUDGET_MS;
  do {
    const before = spent();
    const times = await round();
    if (times === 0) return null;
    found.push(((spent() - before) * 1_000) / times);
    await afterwards();
  } while (performance.now() < end && found.length < ROUNDS_MAX);
  return median(found);
}

const many = (run) => async () => (await all(IN_FLIGHT, run), IN_FLIGHT);
const one = (run) => async () => (await run(), 1);

/** As on an evening with a line: each counsellor has all that she takes on. @returns what frees them again, and brings as many in */
async function busyDesks() {
  const held = await all(seats.length, async (at) => {
    const asked = { ...seats[at], ticket: 'next', requestId: requestId() };
    const taken = expect('taken_over', await store.routing.take(asked));
    return { seat: seats[at], visit: taken.visit };
  });
  await replace(held);
  return async () => {
    await all(held.length, (at) => endsTalk(held[at]));
  };
}
const endsTalk = async ({ seat, visit: { visitId, hold } }) =>
  expect('ended', await store.visit.end({ by: 'desk', ...seat, visitId, hold, reason: 'counsellor_ended' }));
/** Whoever left the line is followed by another. */
async function replace(held) {
  const gone = new Set(held.map(({ visit }) => visit.visitId));
  waiting.splice(0, waiting.length, ...waiting.filter(({ visitId }) => !gone.has(visitId)));
  waiting.push(...(await all(held.length, join)));
}

async function ofTheLine() {
  let joined = [];
  const someone = () => waiting[Math.floor(Math.random() * waiting.length)];
  return {
    join: await costOf(
      async () => ((joined = await all(IN_FLIGHT, join)), IN_FLIGHT),
      () => Promise.all(joined.map(leave)),
    ),
    state: await costOf(many(() => store.visit.state(someone()))),
    here: await costOf(many(() => store.queue.here(someone()))),
    tick: await costOf(one(() => store.retention.tick({ hours: { is: 'open' } }))),
    facts: store.queue.facts ? await costOf(one(() => store.queue.facts())) : null,
    rows: await costOf(one(() => store.queue.rows(ROWS_MAX))),
  };
}

/** Sixty-four counsellors with room for one each: those who were served are replaced, so that as many wait as before. */
async function ofDesks() {
  let rings = [];
  let held = [];
  const costs = { match: [], accept: [], end: [], take: [] };
  const timed = async (name, run) => {
    const before = spent();
    const times = await run();
    if (times > 0) costs[name].push(((spent() - before) * 1_000) / times);
  };
  const ends = () =>
    timed('end', async () => {
      await Promise.all(held.map(endsTalk));
      return held.length;
    });
  const refill = async () => {
    await replace(held);
    held = [];
  };
  const end = performance.now() + 2 * BUDGET_MS;
  for (let round = 0; round < ROUNDS_MAX && (round === 0 || performance.now() < end); round += 1) {
    await timed('match', async () => {
      rings = [];
      for (let more = true; more && rings.length < IN_FLIGHT;) {
        const matched = await store.routing.match();
        rings.push(...matched.hints.filter(({ event }) => event === 'offer:ring'));
        more = matched.more;
      }
      return rings.length;
    });
    await timed('accept', async () => {
      held = await Promise.all(
        rings.map(async ({ account, hint }) => {
          const seat = seats.find((each) => each.account === account);
          const asked = { ...seat, offerNo: hint.offerNo, requestId: requestId() };
          return { seat, visit: expect('accepted', await store.routing.accept(asked)).visit };
        }),
      );
      return held.length;
    });
    await ends();
    await refill();
    await timed('take', async () => {
      const takes = seats.map(async (seat) => {
        const asked = { ...seat, ticket: 'next', requestId: requestId() };
        return { seat, visit: expect('taken_over', await store.routing.take(asked)).visit };
      });
      held = await Promise.all(takes);
      return held.length;
    });
    await ends();
    await refill();
  }
  return Object.fromEntries(
    Object.entries(costs).map(([name, found]) => [name, found.length > 0 ? median(found) : null]),
  );
}

answers({
  async open({ redis }) {
    const needs = { clock: systemClock, limits, rules };
    if (redis) {
      const client = new Redis(redis.url);
      store = redisStore({ ...needs, redis: client, tag: '{bench}', checksClock: false });
      spent = () => spentMs(redis);
    } else {
      store = memoryStore(needs);
      spent = () => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1_000;
      };
    }
    for (let at = 0; at < IN_FLIGHT; at += 1) {
      const account = `bench${at}`;
      const who = { account, dev: random(32), certExpMs: systemClock.nowMs() + FOR_EVER, serves: null, slots: 1 };
      const entered = expect('entered', await store.presence.enter({ ...who, status: 'available', takeOver: false }));
      seats.push({ account, seat: entered.seat });
    }
  },
  /** @returns how many wait then: fewer where the time is over */
  async fill({ count, withinMs }) {
    const end = performance.now() + withinMs;
    while (waiting.length < count && performance.now() < end)
      waiting.push(...(await all(Math.min(IN_FLIGHT, count - waiting.length), join)));
    return waiting.length;
  },
  async costs() {
    const free = await busyDesks();
    const line = await ofTheLine();
    await free();
    return { ...line, ...(await ofDesks()) };
  },
});
