import type { Violation } from '../simulate/checker.ts';
import { makeSigningPair } from '@clbchat/shared/statement/signingKey';
import { demoProof } from '../support/clients.ts';
import type { TestRedis } from '../support/redis.ts';
import { fromOurPage, request } from '../support/request.ts';
import { figureOf, goesOn, talking, watchReturns, type Figure } from './figures.ts';
import type { SmallDisk } from './machine.ts';
import type { ClusterStore, OneStore, SentinelStore } from './stores.ts';
import type { Town } from './town.ts';

/** What is asked of a store that came back empty: every page is back in `the same` conversation, or is `told` that it is lost. */
const EMPTY_ASKS: 'told' | 'the same' = 'told';

const BACK_MS = 5_000;
const GOES_ON_MS = 10_000;
const TOLD_MS = 30_000;

/** What breaks, and what was seen of it. Returns once nothing is broken any more; who calls it judges. */
export interface Fault<Store> {
  readonly name: string;
  /** @returns figures that are to be read when everybody is served again */
  play(town: Town, store: Store): Promise<readonly (() => Figure)[]>;
}

const killsNode: Fault<unknown> = {
  name: 'kill of a node',
  async play(town) {
    const figure = watchReturns(town, 'a node killed: its people are back on another, p95', BACK_MS);
    const mended = town.breaks(this.name);
    const node = town.dice.pick(town.nodes);
    await node.kill();
    await town.lives(5_000);
    mended();
    await node.start();
    return [figure];
  },
};

const killsAll: Fault<unknown> = {
  name: 'kill of all nodes at once',
  async play(town) {
    const mended = town.breaks(this.name);
    await Promise.all(town.nodes.map((node) => node.kill()));
    await Promise.all(town.nodes.map((node) => node.start()));
    await town.lives(3_000);
    mended();
    return [];
  },
};

const cut: Fault<unknown> = {
  name: 'a cut',
  async play(town) {
    const figure = watchReturns(town, 'connections cut: their people are back, p95', BACK_MS);
    const mended = town.breaks(this.name);
    town.pages.cut(0.7, (share) => town.dice.chance(share));
    await town.lives(4_000);
    mended();
    return [figure];
  },
};

/** What was done is done, and nobody who asked for it hears so: first at the pages, then at the store. */
const lostAcks: Fault<OneStore> = {
  name: 'lost acks',
  async play(town, store) {
    const mended = town.breaks(this.name);
    town.pages.down = 'vanishes';
    await town.lives(1_000);
    town.pages.cut();
    town.pages.heal();
    await town.lives(3_000);
    for (const way of store.ways) way.down = 'vanishes';
    await town.lives(600);
    for (const way of store.ways) {
      way.cut();
      way.heal();
    }
    await town.lives(2_000);
    mended();
    return [];
  },
};

const halved: Fault<unknown> = {
  name: 'halved connections',
  async play(town) {
    const mended = town.breaks(this.name);
    town.pages.up = 'vanishes';
    await town.lives(2_000);
    town.pages.cut();
    town.pages.heal();
    town.pages.delayMs = 400;
    await town.lives(8_000);
    town.pages.heal();
    mended();
    return [];
  },
};

const partition = (ms: number): Fault<OneStore> => ({
  name: `partition of a node from Redis for ${ms / 1_000} s`,
  async play(town, store) {
    const mended = town.breaks(this.name);
    const way = town.dice.pick(store.ways);
    Object.assign(way, { up: 'waits', down: 'waits' });
    await town.lives(ms);
    way.heal();
    mended();
    return [];
  },
});

const stopsNode = (ms: number): Fault<unknown> => ({
  name: `SIGSTOP of a node for ${ms / 1_000} s`,
  async play(town) {
    const mended = town.breaks(this.name);
    const node = town.dice.pick(town.nodes);
    node.pause();
    await town.lives(ms);
    node.resume();
    mended();
    return [];
  },
});

const stopsRedis = (ms: number): Fault<OneStore> => ({
  name: `SIGSTOP of Redis for ${ms / 1_000} s`,
  async play(town, { server }) {
    const [mended, visits] = [town.breaks(this.name), await talking(town)];
    server.pause();
    await town.lives(ms);
    server.resume();
    const sinceMs = Date.now();
    mended();
    await town.lives(5_000);
    return [
      () => goesOn(town, visits, sinceMs, `Redis stopped for ${ms / 1_000} s: conversations go on, p95`, GOES_ON_MS),
    ];
  },
});

const empties: Fault<OneStore> = {
  name: 'Redis restarted empty',
  async play(town, { server }) {
    const had = town.visitors.filter((one) => one.isHere());
    const before = had.map((one) => ({ one, visit: one.visit() }));
    const mended = town.breaks(this.name);
    await server.kill();
    await town.lives(town.dice.between(0, 4_000));
    await server.restart();
    const sinceMs = Date.now();
    mended();
    await town.until('back or told', () => before.every(({ one, visit }) => isAnswered(town, one, visit)));
    const lost = before.filter(({ one, visit }) => one.told.has(visit));
    await town.until('in the line again', () => lost.every(({ one, visit }) => one.visit() !== visit));
    return [
      () =>
        figureOf(
          before.map(({ one, visit }) => (one.told.get(visit) ?? Infinity) - sinceMs),
          'Redis restarted empty: told, p95',
          TOLD_MS,
        ),
    ];
  },
};
function isAnswered(town: Town, one: Town['visitors'][number], visit: string): boolean {
  if (one.told.has(visit)) return EMPTY_ASKS === 'told';
  return one.visit() === visit && town.isInStore(visit);
}

const full: Fault<OneStore> = {
  name: 'Redis full (OOM)',
  async play(town, { line }) {
    const mended = town.breaks(this.name);
    await line.config('SET', 'maxmemory', '1');
    await town.lives(6_000);
    await line.config('SET', 'maxmemory', '0');
    mended();
    return [];
  },
};

const demoted: Fault<OneStore> = {
  name: 'a primary that became a read-only replica',
  async play(town, { line }) {
    const mended = town.breaks(this.name);
    await line.replicaof('127.0.0.1', 1);
    await town.lives(6_000);
    await line.replicaof('NO', 'ONE');
    await town.lives(1_000);
    mended();
    return [];
  },
};

const killsPrimary: Fault<SentinelStore> = {
  name: 'kill of the primary (Sentinel)',
  async play(town, store) {
    await store.ready();
    const [primary, visits] = [store.primary(), await talking(town)];
    const mended = town.breaks(this.name);
    await store.killPrimary();
    const sinceMs = await store.another(primary);
    await town.lives(6_000);
    mended();
    const figure = () => goesOn(town, visits, sinceMs, 'fail-over by Sentinel: conversations go on, p95', GOES_ON_MS);
    return [figure];
  },
};

const stopsPrimary = (ms: number): Fault<SentinelStore> => ({
  name: `SIGSTOP of the primary (Sentinel) for ${ms / 1_000} s`,
  async play(town, store) {
    await store.ready();
    const primary = store.primary();
    const mended = town.breaks(this.name);
    primary.pause();
    await town.lives(ms);
    primary.resume();
    await store.ready();
    mended();
    return [];
  },
});

const killsOfCluster: Fault<ClusterStore> = {
  name: 'kill of the primary (Cluster)',
  async play(town, store) {
    const [primary, visits] = [await store.primary(), await talking(town)];
    const mended = town.breaks(this.name);
    await primary.kill();
    while ((await store.primary().catch(() => primary)) === primary) await town.lives(50);
    const sinceMs = Date.now();
    await town.lives(12_000);
    mended();
    const figure = () => goesOn(town, visits, sinceMs, 'fail-over in a cluster: conversations go on, p95', GOES_ON_MS);
    await primary.restart();
    return [figure];
  },
};

/** A store beside which what is kept, and the log of one node, are on a disk that can be filled. */
export interface DiskStore extends OneStore {
  readonly disk: SmallDisk;
  readonly records: TestRedis;
}
/** The records end when they cannot be written: who talks goes on, and who signs in is told. */
const fillsDisk: Fault<DiskStore> = {
  name: 'disk full for records and for the log',
  async play(town, { disk, records }) {
    const mended = town.breaks(this.name);
    disk.fill();
    const body = JSON.stringify({ who: 'lien', ...(await demoProof(await makeSigningPair())) });
    const headers = fromOurPage({ origin: `http://localhost:${town.pages.port}` });
    await request({ port: town.nodes.at(-1)!.port }, 'POST', '/api/demo/sign-in', { headers, body });
    await town.lives(6_000);
    disk.empty();
    await records.restart();
    mended();
    return [];
  },
};

export const SHORT = {
  one: [killsNode, stopsRedis(4_000), cut, lostAcks, empties] as readonly Fault<OneStore>[],
  sentinel: [killsPrimary] as readonly Fault<SentinelStore>[],
  cluster: [] as readonly Fault<ClusterStore>[],
  disk: [] as readonly Fault<DiskStore>[],
  clock: [] as readonly Fault<OneStore>[],
};
export const LONG: typeof SHORT = {
  one: [
    ...SHORT.one,
    ...[1_000, 10_000, 40_000].flatMap((ms) => [stopsNode(ms), stopsRedis(ms)]),
    ...[halved, partition(10_000), full, demoted, killsAll, empties],
  ],
  sentinel: [killsPrimary, ...[1_000, 10_000, 40_000].map(stopsPrimary), killsNode],
  cluster: [killsOfCluster, killsNode, cut],
  disk: [fillsDisk],
  clock: [{ ...cut, name: 'the clock of one node is 2 min off, and a cut' }],
};

const EVENTS_SHOWN = 14;

/** Everything wrong, as one reads it, with what was seen of its visit before. */
export const linesOf = (found: readonly Violation[], { history }: Town, sinceMs: number): string[] =>
  found.map(({ rule, atMs, what }) => {
    const after = (ms: number) => `${((ms - sinceMs) / 1_000).toFixed(2)} s`;
    const [visit] = /\bv\d+\b/.exec(what) ?? []; // our own text
    const about = history.filter((event) => 'visit' in event && event.visit === visit && event.atMs <= atMs + 1_000);
    const shown = about
      .slice(-EVENTS_SHOWN)
      .map(({ atMs: ms, ...event }) => `\n      ${after(ms)} ${JSON.stringify(event)}`);
    return `[${rule}] after ${after(atMs)}: ${what}${shown.join('')}`;
  });
