/** `npm run bench -- connect`: to come, to join the line and to go, beside a bare server that answers as often: P6. */
import { cores, spentMs } from './machine.mjs';
import { report, table } from './goals.mjs';
import { startAside } from './aside.mjs';
import { doubtsOf, isSame, looks, underLoad } from './pair.mjs';
import { openStores, startBare, startOurs } from './servers.mjs';
import { digits, shown } from './statistics.mjs';

const GOAL = 0.8;
const FILE = 'connectLoad.mjs';
/** Beside nobody, and beside as many as may wait at a centre that chose no other bound. */
const WAITING = [0, 1_900];
const JOIN_MS = 20_000;
const SHORT = { warmMs: 3_000, lookMs: 2_000, count: 5 };
const LONG = { warmMs: 8_000, lookMs: 5_000, count: 9 };

const bareLoad = (bare) =>
  underLoad({ servers: [bare], file: FILE, open: { kind: 'bare', target: { port: bare.port } } });

async function againstItself(times) {
  const servers = await Promise.all([startBare(), startBare()]);
  const [ours, other] = await Promise.all(servers.map(bareLoad));
  const same = await looks({ ours, other, how: {}, ...times });
  await Promise.all([ours, other, ...servers].map((one) => one.stop()));
  return same;
}

async function onStore(kind, wanted, times) {
  const store = kind === 'redis' ? await openStores() : null;
  const [server, bare] = await Promise.all([startOurs({ store }), startBare()]);
  const target = { port: server.port, origin: server.origin };
  const line = startAside('placesLoad.mjs', cores.load);
  const { waiting } = await line.ask('joins', { target, count: wanted, withinMs: JOIN_MS });
  const [ours, other] = await Promise.all([
    underLoad({ servers: [server], file: FILE, open: { kind: 'ours', target } }),
    bareLoad(bare),
  ]);
  const beside = store ? () => spentMs(store.live.child) : () => 0;
  const found = await looks({ ours, other, how: {}, ...times, beside });
  await Promise.all([line, ours, other, server, bare].map((one) => one.stop()));
  await store?.close();
  return { kind, wanted, waiting, ...found };
}

export async function connect({ long = false } = {}) {
  const times = long ? LONG : SHORT;
  const same = await againstItself(times);
  const all = [];
  for (const kind of ['memory', 'redis']) for (const wanted of WAITING) all.push(await onStore(kind, wanted, times));
  const says = ({ kind, waiting }) => `${kind}, ${waiting.toLocaleString('en')} waiting`;
  report({
    part: 'connect',
    rows: all.map((one) => {
      const isPart = one.waiting < one.wanted;
      const why = isPart ? `of ${one.wanted.toLocaleString('en')} no more had joined in time` : '';
      const row = { goal: 'P6', what: `come, join and go, ${says(one)}`, value: one.times?.median ?? null };
      return { ...row, least: GOAL, unit: '×', why, isPart };
    }),
    doubts: [
      ...(isSame(same.times) ? [] : [`the reference against itself is ${shown(same.times)}`]),
      ...all.flatMap((one) => doubtsOf(says(one), one)),
    ],
    more: [
      ...table(
        ['', '× reference', 'µs of the server each', 'µs of the reference', 'µs of Redis', 'p50 ms', 'p99 ms'],
        [...all.map((one) => [says(one), one]), ['reference twice', same]].map(([name, one]) => [
          ...[name, shown(one.times), shown(one.oursUs, 0), shown(one.otherUs, 0)],
          one.besideUs?.median ? shown(one.besideUs, 0) : '–',
          ...[digits(one.oursP50?.median ?? null, 1), digits(one.oursP99?.median ?? null, 1)],
        ]),
      ),
    ],
    raw: { same: same.times, all },
  });
}
