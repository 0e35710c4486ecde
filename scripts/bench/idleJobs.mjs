/** What the jobs of one node and of two cost Redis while so many wait and nobody is connected. */
import { Redis } from 'ioredis';
import { defaultRules } from '../../server/dist/centre/bounds.rules.js';
import { systemClock } from '../../server/dist/kernel/clock.js';
import { redisStore } from '../../server/dist/store.redis.js';
import { limits } from '../../shared/dist/limits.js';
import { random } from '../attack/wire.mjs';
import { spentMs } from './machine.mjs';
import { openStores, startOurs } from './servers.mjs';

const SIZES = [2_000, 10_000];
const TIMES = { short: { fillMs: 12_000, forMs: 5_000 }, long: { fillMs: 120_000, forMs: 20_000 } };
const GOALS = { part: 2, two: 1.1 };
const AT_ONCE = 64;
const HOUR_MS = 3_600_000;
/** The demonstration's centre, whose jobs these are. */
const TAG = '{demo}';
/** Nobody is connected: nobody gives a sign of life, either. */
const STAYS = { seenLateMs: HOUR_MS, awayAfterMs: HOUR_MS };
const pause = (ms) => new Promise((next) => setTimeout(next, ms));

async function fill(queue, count, withinMs) {
  const end = performance.now() + withinMs;
  let waiting = 0;
  const join = async () => {
    const { is } = await queue.join({
      ...{ visitId: random(16), role: 'pupil', topic: 'health', lang: 'nl', first: random(32), vnonce: random(32) },
      share: { rid: random(8), R: random(32) },
      door: { is: 'open', closesInMs: null, openedMs: systemClock.nowMs() - HOUR_MS },
    });
    if (is !== 'joined') throw new Error(`a join was answered ${is}`);
    waiting += 1;
  };
  while (waiting < count && performance.now() < end)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - waiting) }, join));
  return waiting;
}

async function partOf({ child }, forMs) {
  const before = spentMs(child);
  await pause(forMs);
  return ((spentMs(child) - before) * 100) / forMs;
}

async function withWaiting(count, { fillMs, forMs }) {
  const store = await openStores();
  const client = new Redis(store.live.url);
  const rules = { ...defaultRules, waitingMax: 1e9, fullEstimateMs: 1e12, waitingKeepMs: HOUR_MS };
  const own = {
    redis: client,
    tag: TAG,
    clock: systemClock,
    limits: { ...limits, ...STAYS },
    rules,
    checksClock: false,
  };
  const nodes = [];
  try {
    const waiting = await fill(redisStore(own).queue, count, fillMs);
    const parts = [];
    let problem = null;
    for (let each = 0; each < 2 && problem === null; each += 1) {
      const node = await startOurs({ store, limits: STAYS }).catch((error) => error);
      if (node instanceof Error) problem = `node ${each + 1} did not start: ${node.message.split('\n')[0]}`;
      else nodes.push(node);
      await pause(1_500);
      if (problem === null) parts.push(await partOf(store.live, forMs));
      process.stderr.write('.');
    }
    const [one = null, two = null] = parts;
    return { count, waiting, one, two, problem };
  } finally {
    client.disconnect();
    await Promise.all(nodes.map((node) => node.stop()));
    await store.close();
  }
}

export async function idleJobs({ long }) {
  const found = [];
  for (const count of SIZES) {
    const one = await withWaiting(count, long ? TIMES.long : TIMES.short);
    found.push(one);
    if (one.waiting < count) break;
  }
  return found;
}

export const rowsOfJobs = (found) =>
  found.flatMap(({ count, waiting, one, two, problem }) => {
    const few = waiting < count ? `of ${count.toLocaleString('en')} no more could be filled in time` : null;
    const why = [few, problem].filter(Boolean).join('; ');
    const row = { goal: 'idle jobs', why, isPart: why !== '' };
    const on = `${waiting.toLocaleString('en')} waiting`;
    return [
      { ...row, what: `Redis, one node, ${on}`, value: one, most: GOALS.part, unit: ' %' },
      { ...row, what: `two nodes, of one, ${on}`, value: two === null ? null : two / one, most: GOALS.two, unit: '×' },
    ];
  });
