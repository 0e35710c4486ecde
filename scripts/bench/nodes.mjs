/**
 * `npm run bench -- nodes`: visitors on one node, their counsellors on another one of the same centre, beside one bare server: P2, and P3
 * across. One conversation goes first: where a hint does not cross, that is what is printed, and nobody waits for the others.
 */
import { cores, spentMs } from './machine.mjs';
import { report, table } from './goals.mjs';
import { startAside } from './aside.mjs';
import { doubtsOf, isSame, looks, underLoad } from './pair.mjs';
import { againstItself, bareLoad, FILE, LONG, PAIRS, PER_SECOND, SHORT } from './relay.mjs';
import { openStores, startBare, startOurs } from './servers.mjs';
import { digits, shown } from './statistics.mjs';

const GOALS = { saturated: 0.85, rate: 0.65, p50: 1.8, p99: 2 };
const targetOf = ({ port, origin }) => ({ port, origin });

/** Why no conversation comes about or no message arrives; null where all of it crosses. */
async function whatDoesNotCross(visitors, desks) {
  const aside = startAside(FILE, cores.load);
  try {
    await aside.ask('open', { kind: 'ours', target: targetOf(visitors), desks: targetOf(desks), pairs: 1 });
    await aside.ask('go', { mode: 'rate', perSecond: 10 });
    await new Promise((next) => setTimeout(next, 1_000));
    const { sent, lost } = await aside.ask('still');
    return lost > 0 ? `${lost} of ${sent} messages of one conversation did not arrive` : null;
  } catch (error) {
    return /no [\w:]+ came/.exec(error.message)?.[0] ?? error.message.split('\n')[0];
  } finally {
    await aside.stop();
  }
}

export async function nodes({ long = false } = {}) {
  const times = long ? LONG : SHORT;
  const store = await openStores();
  const [visitors, desks] = [await startOurs({ store }), await startOurs({ store })];
  const bare = await startBare();
  try {
    const reason = await whatDoesNotCross(visitors, desks);
    if (reason !== null) return reportShort(reason);
    const same = await againstItself(times);
    const open = { kind: 'ours', target: targetOf(visitors), desks: targetOf(desks), pairs: PAIRS };
    const [ours, other] = await Promise.all([
      underLoad({ servers: [visitors, desks], file: FILE, open }),
      bareLoad(bare),
    ]);
    const beside = () => spentMs(store.live.child);
    const { warmMs, rateWarmMs, lookMs, count } = times;
    const saturated = await looks({ ours, other, how: { mode: 'saturated' }, warmMs, lookMs, count, beside });
    const how = { mode: 'rate', perSecond: PER_SECOND };
    const rate = await looks({ ours, other, how, warmMs: rateWarmMs, lookMs, count, beside });
    await Promise.all([ours.stop(), other.stop()]);
    reportAll({ same, saturated, rate });
  } finally {
    await Promise.all([visitors.stop(), desks.stop(), bare.stop()]);
    await store.close();
  }
}

const rowsWith = ({ saturated, rate }, why) => {
  const value = (found) => found?.median ?? null;
  return [
    {
      goal: 'P2',
      what: 'two nodes, saturated',
      value: value(saturated?.times),
      least: GOALS.saturated,
      unit: '×',
      why,
    },
    { goal: 'P3', what: `two nodes, ${PER_SECOND}/s`, value: value(rate?.times), least: GOALS.rate, unit: '×', why },
    { goal: 'P3', what: 'two nodes, p50 of delivery', value: value(rate?.p50), most: GOALS.p50, unit: '×', why },
    { goal: 'P3', what: 'two nodes, p99 of delivery', value: value(rate?.p99), most: GOALS.p99, unit: '×', why },
  ];
};

function reportShort(reason) {
  report({ part: 'nodes', rows: rowsWith({}, `not between two nodes: ${reason}`), raw: { reason } });
}

function reportAll({ same, saturated, rate }) {
  const of = (says, one) => [
    ...[says, shown(one.times), shown(one.oursUs, 0), shown(one.otherUs, 0), digits(one.oursP50.median)],
    ...[digits(one.otherP50.median), one.besideUs.median ? shown(one.besideUs, 0) : '–'],
  ];
  report({
    part: 'nodes',
    rows: rowsWith({ saturated, rate }),
    doubts: [
      ...(isSame(same.times) ? [] : [`the reference against itself is ${shown(same.times)}`]),
      ...doubtsOf('two nodes, saturated', saturated),
      ...doubtsOf(`two nodes, ${PER_SECOND}/s`, rate),
    ],
    more: table(
      ['', '× reference', 'µs of both nodes', 'µs of the reference', 'p50 ms', 'reference', 'µs of Redis'],
      [of('saturated', saturated), of(`${PER_SECOND}/s`, rate), of('reference twice', same)],
    ),
    raw: { same: same.times, saturated, rate },
  });
}
