/** `npm run bench -- idle`: what a socket keeps of the memory, ours and a bare one, and what it costs to let it be: P5. */
import { report, table } from './goals.mjs';
import { startAside } from './aside.mjs';
import { cores, spentMs } from './machine.mjs';
import { openStores, startBare, startOurs } from './servers.mjs';
import { digits } from './statistics.mjs';
import { told } from './teller.mjs';

const GOAL = 1.2;
/** The first is the bound of a centre that chose no other one. */
const COUNTS = { short: [2_000, 5_000], long: [2_000, 10_000] };
const TIMES = { short: { openMs: 20_000, forMs: 3_000 }, long: { openMs: 180_000, forMs: 20_000 } };
const WARMS = 200;
const SETTLES_MS = 1_000;
const pause = (ms) => new Promise((next) => setTimeout(next, ms));

/** @returns kilobytes a socket, and percent of a core while nothing happens */
async function kept({ name, kind, start }, count, { openMs, forMs }) {
  const { server, store } = await start();
  const aside = startAside('idleLoad.mjs', cores.load);
  const target = { port: server.port, origin: server.origin };
  try {
    // code that runs for the first time is no socket's memory
    await aside.ask('open', { kind, target, count: WARMS, withinMs: openMs });
    const before = await told(server);
    const there = await aside.ask('open', { kind, target, count: count - WARMS, withinMs: openMs });
    await pause(SETTLES_MS);
    const after = await told(server);
    const spent = spentMs(server.child);
    await pause(forMs);
    const part = ((spentMs(server.child) - spent) * 100) / forMs;
    const kilobytes = (what) => (after[what] - before[what]) / there / 1_024;
    process.stderr.write('.');
    return { name, count, there: there + WARMS, rss: kilobytes('rss'), heap: kilobytes('heapUsed'), part };
  } finally {
    await aside.stop();
    await server.stop();
    await store?.close();
  }
}

async function onRedis() {
  const store = await openStores();
  return { store, server: await startOurs({ store }) };
}
const WAYS = [
  { name: 'bare', kind: 'bare', start: async () => ({ server: await startBare() }) },
  { name: 'connected, not joined', kind: 'connected', start: async () => ({ server: await startOurs() }) },
  { name: 'waiting, memory', kind: 'joined', start: async () => ({ server: await startOurs() }) },
  { name: 'waiting, Redis', kind: 'joined', start: onRedis },
];

export async function idle({ long = false } = {}) {
  const found = [];
  for (const count of long ? COUNTS.long : COUNTS.short)
    for (const way of WAYS) found.push(await kept(way, count, long ? TIMES.long : TIMES.short));
  const bareOf = ({ count }) => found.find((one) => one.name === 'bare' && one.count === count);
  const rows = found
    .filter(({ name }) => name.startsWith('waiting'))
    .flatMap((one) => {
      const isPart = one.there < one.count;
      const why = isPart ? `of ${one.count.toLocaleString('en')} no more had joined in time` : '';
      const on = `${one.name}, ${one.there.toLocaleString('en')}`;
      return ['rss', 'heap'].map((what) => {
        const value = one[what] / bareOf(one)[what];
        return { goal: 'P5', what: `${what}, ${on}`, value, most: GOAL, unit: '×', why, isPart };
      });
    });
  report({
    part: 'idle',
    rows,
    more: table(
      ['', 'sockets', 'RSS kB each', 'heap kB each', 'idle, % of a core'],
      found.map(({ name, there, rss, heap, part }) => [
        ...[name, there.toLocaleString('en'), digits(rss, 1), digits(heap, 1), digits(part, 1)],
      ]),
    ),
    raw: { found },
  });
}
