/** P8: what it costs to tell everybody her place while five a second are handed out, and how old what the first are shown is. */
import { table } from './goals.mjs';
import { startAside } from './aside.mjs';
import { cores, spentMs } from './machine.mjs';
import { openStores, startOurs } from './servers.mjs';
import { digits } from './statistics.mjs';
import { told } from './teller.mjs';

const SIZES = [2_000, 10_000];
const PER_SECOND = 5;
const TIMES = { short: { joinMs: 25_000, forMs: 6_000 }, long: { joinMs: 180_000, forMs: 20_000 } };
const GOALS = { part: 5, ageMs: 1_000, loopMs: 20 };
const SETTLES_MS = 1_500;
const pause = (ms) => new Promise((next) => setTimeout(next, ms));

/** @returns percent of a core that each of them spent meanwhile */
async function partsOf(all, run) {
  const before = all.map((child) => spentMs(child));
  const began = performance.now();
  const value = await run();
  const tookMs = performance.now() - began;
  return { value, parts: all.map((child, at) => ((spentMs(child) - before[at]) * 100) / tookMs) };
}

async function onStore(kind, { joinMs, forMs }) {
  const store = kind === 'redis' ? await openStores() : null;
  const server = await startOurs({ store });
  const aside = startAside('placesLoad.mjs', cores.load);
  const target = { port: server.port, origin: server.origin };
  const children = [server.child, ...(store ? [store.live.child] : [])];
  const found = [];
  try {
    await aside.ask('sits', { target });
    for (const count of SIZES) {
      const { waiting } = await aside.ask('joins', { target, count, withinMs: joinMs });
      if (waiting <= (found.at(-1)?.waiting ?? 0)) break;
      await pause(SETTLES_MS);
      await told(server);
      const idle = await partsOf(children, () => pause(forMs / 2));
      await told(server);
      const busy = await partsOf(children, () => aside.ask('watch', { perSecond: PER_SECOND, forMs }));
      const { loopMaxMs } = await told(server);
      found.push({ kind, count, waiting, idle: idle.parts, busy: busy.parts, forMs, loopMaxMs, ...busy.value });
      process.stderr.write('.');
      if (waiting < count) break;
    }
  } catch (error) {
    found.push({ kind, problem: error.message.split('\n')[0] });
  } finally {
    await aside.stop();
    await server.stop();
    await store?.close();
  }
  return found;
}

export async function places({ long }) {
  const times = long ? TIMES.long : TIMES.short;
  return [...(await onStore('memory', times)), ...(await onStore('redis', times))];
}

export const rowsOfPlaces = (found) =>
  found.flatMap(({ kind, count, waiting, busy, maxMs, loopMaxMs, handed, forMs, problem }) => {
    if (!busy) return [{ goal: 'P8', what: kind, value: null, most: GOALS.part, unit: ' %', why: problem }];
    const on = `${kind}, ${waiting.toLocaleString('en')} waiting`;
    const late = handed < ((PER_SECOND * forMs) / 1_000) * 0.8;
    const reasons = [
      ...(waiting < count ? [`of ${count.toLocaleString('en')} no more had joined in time`] : []),
      ...(late ? [`only ${handed} were handed out${problem ? `: ${problem}` : ''}`] : []),
    ];
    const row = { goal: 'P8', why: reasons.join('; '), isPart: reasons.length > 0 };
    return [
      { ...row, what: `processor, ${on}`, value: busy[0], most: GOALS.part, unit: ' %' },
      { ...row, what: `oldest that the first 20 see, ${on}`, value: maxMs, most: GOALS.ageMs, unit: ' ms' },
      { ...row, what: `longest stand-still, ${on}`, value: loopMaxMs, most: GOALS.loopMs, unit: ' ms' },
    ];
  });

export function moreOfPlaces(found) {
  const measured = found.filter(({ busy }) => busy);
  return [
    `${PER_SECOND} handed out a second by a real desk; what the first 20 are shown, looked at twenty times a second.`,
    '',
    ...table(
      [
        '',
        'waiting',
        'idle, % of a core',
        'busy',
        'Redis, idle',
        'busy',
        'told a second',
        'age p50 ms',
        'p95',
        'longest stand-still ms',
      ],
      measured.map(({ kind, waiting, idle, busy, moved, forMs, p50, p95, loopMaxMs }) => [
        ...[kind, waiting.toLocaleString('en'), digits(idle[0], 1), digits(busy[0], 1)],
        ...[idle[1], busy[1]].map((part) => (part === undefined ? '–' : digits(part, 1))),
        ...[digits((moved * 1_000) / forMs, 0), digits(p50, 0), digits(p95, 0), digits(loopMaxMs, 0)],
      ]),
    ),
  ];
}
