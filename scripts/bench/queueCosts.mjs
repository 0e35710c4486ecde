/** P7: what a command of the store costs with many who wait, beside what it costs with few. */
import { table } from './goals.mjs';
import { startAside } from './aside.mjs';
import { cores } from './machine.mjs';
import { openStores } from './servers.mjs';
import { digits } from './statistics.mjs';
import { yardstick } from './yardstick.mjs';

/** 2,000 may wait at a centre that chose no other bound. */
const SIZES = [100, 1_000, 2_000, 10_000, 100_000];
const FILL_MS = { short: 8_000, long: 180_000 };
const GROWS = 1.25;
const REDIS_US = 10;
/** Beside them are printed: what is no goal, and what looks at all by its nature. */
const JUDGED = ['join', 'match', 'accept', 'take', 'tick', 'facts'];

/** @returns for each size what every command cost; the last one is as large as could be filled in time */
async function onStore(store, fillMs) {
  const aside = startAside('storeCosts.mjs', store ? cores.load : cores.servers);
  const found = [];
  try {
    await aside.ask('open', store ? { redis: { url: store.live.url, pid: store.live.child.pid } } : {});
    await aside.ask('fill', { count: SIZES[0], withinMs: fillMs });
    await aside.ask('costs'); // code that runs for the first time would make few dear, and growth small
    for (const count of SIZES) {
      const waiting = await aside.ask('fill', { count, withinMs: fillMs });
      if (waiting > (found.at(-1)?.waiting ?? 0)) found.push({ waiting, costs: await aside.ask('costs') });
      process.stderr.write('.');
      if (waiting < count) break;
    }
  } finally {
    await aside.stop();
  }
  return found;
}

export async function queueCosts({ long }) {
  const fillMs = long ? FILL_MS.long : FILL_MS.short;
  const memory = await onStore(null, fillMs);
  const store = await openStores();
  const redis = await onStore(store, fillMs);
  const stick = await yardstick(store);
  await store.close();
  return { memory, redis, stick };
}

export function rowsOfCosts({ memory, redis, stick }) {
  const grows = (on, found) =>
    JUDGED.map((name) => {
      const [few, many] = [found[0], found.at(-1)];
      const why =
        many.waiting < SIZES.at(-1) ? `only ${many.waiting.toLocaleString('en')} could be filled in time` : '';
      const value = many.costs[name] / few.costs[name];
      return { goal: 'P7', what: `${name}, growth, ${on}`, value, most: GROWS, unit: '×', why, isPart: why !== '' };
    });
  const largest = redis.at(-1);
  const us = JUDGED.map((name) => {
    const value = largest.costs[name] / stick.slower;
    const what = `${name}, Redis, ${largest.waiting.toLocaleString('en')} waiting`;
    return { goal: 'P7', what, value, most: REDIS_US, unit: ' µs*', isPart: largest.waiting < SIZES.at(-1) };
  });
  return [...grows('memory', memory), ...grows('Redis', redis), ...us];
}

export function moreOfCosts({ memory, redis, stick }) {
  const names = Object.keys(memory[0].costs);
  const head = (found) => found.map(({ waiting }) => waiting.toLocaleString('en'));
  const costs = (found, name) => found.map((each) => digits(each.costs[name], 1));
  return [
    `Microseconds of one command, by how many wait: of the service's own processor on memory, of Redis on Redis, ${64} under way at a time.`,
    `\\* divided by how much slower this machine is than that of the goals: ${digits(stick.slower)} times, by the least script that stores a message (${digits(stick.us, 1)} µs).`,
    '',
    ...table(
      ['', ...head(memory).map((n) => `memory ${n}`), ...head(redis).map((n) => `Redis ${n}`)],
      names.map((name) => [name, ...costs(memory, name), ...costs(redis, name)]),
    ),
  ];
}
