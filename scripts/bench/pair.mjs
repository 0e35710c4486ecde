/** Two servers under load at the same moment, looked at again and again: what slows one slows the other, and the ratio stays. */
import { startAside } from './aside.mjs';
import { cores, spentMs } from './machine.mjs';
import { spread } from './statistics.mjs';

const pause = (ms) => new Promise((next) => setTimeout(next, ms));

/** A server with its load. @param servers its processes: all of them are counted */
export async function underLoad({ servers, file, open }) {
  const aside = startAside(file, cores.load);
  await aside.ask('open', open);
  const spent = () => servers.reduce((sum, { child }) => sum + spentMs(child), 0);
  return { aside, spent, stop: () => aside.stop() };
}

/**
 * @param beside what else is spent, in ms, as long as it goes: a store
 * @returns for each look both sides: how much was done, microseconds of the server for each, and what the load says of it
 */
export async function looks({ ours, other, how, warmMs, lookMs, count, beside = () => 0 }) {
  const both = [ours, other];
  await Promise.all(both.map(({ aside }) => aside.ask('go', how)));
  await pause(warmMs);
  await Promise.all(both.map(({ aside }) => aside.ask('look')));
  const found = [];
  for (let each = 0; each < count; each += 1) {
    const before = [...both.map(({ spent }) => spent()), beside()];
    await pause(lookMs);
    const said = await Promise.all(both.map(({ aside }) => aside.ask('look')));
    const after = [...both.map(({ spent }) => spent()), beside()];
    const [o, t] = said.map((one, at) => ({
      ...one,
      us: one.got > 0 ? ((after[at] - before[at]) * 1_000) / one.got : Number.NaN,
    }));
    found.push({ ours: o, other: t, besideUs: ((after[2] - before[2]) * 1_000) / o.got });
    process.stderr.write('.');
  }
  const still = await Promise.all(both.map(({ aside }) => aside.ask('still')));
  return { found, still, ...summary(found) };
}

/** No number where one of the two has none: nothing arrived. */
const ratio = (one, another) => (one === null || another === null ? Number.NaN : one / another);
/** Of each ratio the median of the ratios, never a ratio of medians. */
const summary = (found) => ({
  /** how much of it a second of a processor carries, of what the other one's carries */
  times: spread(found, ({ ours, other }) => other.us / ours.us),
  p50: spread(found, ({ ours, other }) => ratio(ours.p50, other.p50)),
  p99: spread(found, ({ ours, other }) => ratio(ours.p99, other.p99)),
  oursUs: spread(found, ({ ours }) => ours.us),
  otherUs: spread(found, ({ other }) => other.us),
  oursP50: spread(found, ({ ours }) => ours.p50),
  otherP50: spread(found, ({ other }) => other.p50),
  oursP99: spread(found, ({ ours }) => ours.p99),
  otherP99: spread(found, ({ other }) => other.p99),
  besideUs: spread(found, ({ besideUs }) => besideUs),
  perSecond: spread(found, ({ ours }) => ours.got),
  behind: found.filter(({ ours, other }) => ours.behind + other.behind > 0).length,
});

/** Why a run is not to be believed. */
export function doubtsOf(says, { still, behind, found }) {
  const wrong = still.some(({ lost = 0, unacked = 0, wrong = 0, refused = 0 }) => lost + unacked + wrong + refused > 0);
  const late = behind > found.length / 2;
  return [
    ...(wrong ? [`${says}: messages were lost, refused or out of order (${JSON.stringify(still)})`] : []),
    ...(late ? [`${says}: the load itself fell behind in ${behind} of ${found.length} looks`] : []),
  ];
}
const SAME = { least: 0.95, most: 1.05 };
export const isSame = (times) => times !== null && times.median >= SAME.least && times.median <= SAME.most;
