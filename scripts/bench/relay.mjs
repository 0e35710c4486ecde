/** `npm run bench -- relay`: conversations on our built server beside a bare one, on both stores: P1, P3 and P4. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadNow, spentMs } from './machine.mjs';
import { report, table } from './goals.mjs';
import { doubtsOf, isSame, looks, underLoad } from './pair.mjs';
import { profileTable } from './profile.mjs';
import { openStores, startBare, startOurs } from './servers.mjs';
import { digits, shown } from './statistics.mjs';
import { told } from './teller.mjs';
import { yardstick } from './yardstick.mjs';

export const PAIRS = 100;
export const PER_SECOND = 2_000;
export const SHORT = { warmMs: 5_000, rateWarmMs: 2_000, lookMs: 2_000, count: 5 };
export const LONG = { warmMs: 12_000, rateWarmMs: 6_000, lookMs: 5_000, count: 9 };
/** Enough to keep a server busy; each counsellor has to be invited first. */
const PROFILED_PAIRS = 20;
const GOALS = { saturated: 0.95, rate: 0.9, p50: 1.6, p99: 2, redisTimes: 1.3, trips: 1 };
export const FILE = 'relayLoad.mjs';

export const bareLoad = (bare) =>
  underLoad({ servers: [bare], file: FILE, open: { kind: 'bare', target: { port: bare.port }, pairs: PAIRS } });

/** The reference beside itself: what a ratio is worth on this machine at this moment. */
export async function againstItself({ warmMs, lookMs, count }) {
  const servers = await Promise.all([startBare(), startBare()]);
  const [ours, other] = await Promise.all(servers.map(bareLoad));
  const same = await looks({ ours, other, how: { mode: 'saturated' }, warmMs, lookMs, count });
  await Promise.all([ours, other, ...servers].map((one) => one.stop()));
  return same;
}

async function onStore(kind, times, { profile = '', pairs = PAIRS } = {}) {
  const store = kind === 'redis' ? await openStores() : null;
  const [server, bare] = await Promise.all([startOurs({ store, profile }), startBare()]);
  const target = { port: server.port, origin: server.origin };
  const [ours, other] = await Promise.all([
    underLoad({ servers: [server], file: FILE, open: { kind: 'ours', target, pairs } }),
    bareLoad(bare),
  ]);
  const { beside, trips } = storeOf(store);
  const { lookMs, count } = times;
  await store?.reset();
  if (profile) await told(server);
  const saturated = await looks({
    ours,
    other,
    how: { mode: 'saturated' },
    warmMs: times.warmMs,
    lookMs,
    count,
    beside,
  });
  if (profile) await told(server);
  const asked = await trips(saturated.still[0].sent);
  const how = { mode: 'rate', perSecond: PER_SECOND };
  const rate = await looks({ ours, other, how, warmMs: times.rateWarmMs, lookMs, count, beside });
  const stick = store && (await yardstick(store));
  await Promise.all([ours, other, server, bare].map((one) => one.stop()));
  await store?.close();
  return { kind, saturated, rate, stick, ...asked };
}

async function profiled() {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-profile-'));
  for (const kind of ['memory', 'redis']) {
    const file = join(folder, `${kind}.cpuprofile`);
    await onStore(kind, SHORT, { profile: file, pairs: PROFILED_PAIRS });
    console.log(`\n${kind}: ${file}, load ${loadNow()}\n${profileTable(file).join('\n')}`);
  }
}

function storeOf(store) {
  if (!store) return { beside: () => 0, trips: async () => ({}) };
  return {
    beside: () => spentMs(store.live.child),
    async trips(messages) {
      const commands = await store.commands();
      const scripts = ['evalsha', 'eval', 'fcall'].map((name) => commands[name]?.calls ?? 0);
      const each = Object.entries(commands)
        .map(([name, { calls, us }]) => ({ name, calls: calls / messages, us: us / messages }))
        .filter(({ us, calls }) => us >= 0.1 || calls >= 0.05);
      return { trips: scripts.reduce((sum, calls) => sum + calls, 0) / messages, commands: each };
    },
  };
}

/** @param profile whether to look where the processor goes; that costs some of it, so nothing of such a run is written down */
export async function relay({ long = false, profile = false } = {}) {
  if (profile) return profiled();
  const times = long ? LONG : SHORT;
  const before = loadNow();
  const same = await againstItself(times);
  const all = [await onStore('memory', times), await onStore('redis', times)];
  const doubts = [
    ...(isSame(same.times) ? [] : [`the reference against itself is ${shown(same.times)}`]),
    ...all.flatMap((one) => [
      ...doubtsOf(`${one.kind}, saturated`, one.saturated),
      ...doubtsOf(`${one.kind}, ${PER_SECOND}/s`, one.rate),
    ]),
  ];
  report({
    part: 'relay',
    rows: all.flatMap(rowsOf),
    doubts,
    more: more(all, same, before),
    raw: { same: same.times, all },
  });
}

const value = (found) => found?.median ?? null;
function rowsOf({ kind, saturated, rate, stick, trips }) {
  const on = kind === 'redis' ? 'Redis' : 'memory';
  const rows = [
    { goal: 'P1', what: `saturated, ${on}`, value: value(saturated.times), least: GOALS.saturated, unit: '×' },
    { goal: 'P3', what: `${PER_SECOND}/s, ${on}`, value: value(rate.times), least: GOALS.rate, unit: '×' },
    { goal: 'P3', what: `p50 of delivery, ${on}`, value: value(rate.p50), most: GOALS.p50, unit: '×' },
    { goal: 'P3', what: `p99 of delivery, ${on}`, value: value(rate.p99), most: GOALS.p99, unit: '×' },
  ];
  if (!stick) return rows;
  const us = value(saturated.besideUs);
  return [
    ...rows,
    {
      goal: 'P4',
      what: 'Redis a message, of the least script',
      value: us / stick.us,
      most: GOALS.redisTimes,
      unit: '×',
    },
    { goal: 'P4', what: 'trips to Redis a message', value: Number(trips.toFixed(2)), most: GOALS.trips, unit: '' },
  ];
}

function more(all, same, before) {
  const head = [
    '',
    '× reference',
    'µs of the server',
    'µs of the reference',
    'p50 ms',
    'reference',
    'p99 ms',
    'reference',
    'µs of Redis',
  ];
  const of = (says, one) => [
    says,
    shown(one.times),
    shown(one.oursUs, 0),
    shown(one.otherUs, 0),
    ...[one.oursP50, one.otherP50, one.oursP99, one.otherP99].map((found) => digits(value(found))),
    value(one.besideUs) ? shown(one.besideUs, 0) : '–',
  ];
  const rows = all.flatMap(({ kind, saturated, rate }) => [
    of(`${kind}, saturated`, saturated),
    of(`${kind}, ${PER_SECOND}/s`, rate),
  ]);
  const { stick, commands = [] } = all.find(({ kind }) => kind === 'redis');
  const names = commands.map(({ name, calls, us }) => [name, digits(calls), digits(us, 1)]);
  return [
    `${PAIRS} conversations, medians with from and to; load ${before} at the start. Reference against itself ${shown(same.times)}.`,
    '',
    ...table(head, [...rows, of('reference twice', same)]),
    '',
    `The least script that stores a message takes ${digits(stick.us, 1)} µs of Redis here. Redis's own count, a message:`,
    '',
    ...table(['command', 'calls', 'µs'], names),
  ];
}
