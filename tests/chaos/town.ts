import { setTimeout as sleep } from 'node:timers/promises';
import { violationsOf, type Violation } from '../simulate/checker.ts';
import { drawsOf, type Dice } from '../simulate/draws.ts';
import { recorder, type Event } from '../simulate/history.ts';
import { namesOf, texts } from '../simulate/world.ts';
import { limits } from '@clbchat/shared/limits';
import { limitsFile } from '../support/limitsFile.ts';
import { times } from '../support/app.ts';
import type { TestRedis } from '../support/redis.ts';
import { deskPerson } from './desk.ts';
import { lookInto, type Look } from './look.ts';
import { startNode, type ServerNode } from './processes.ts';
import { openProxy, type Proxy } from './proxy.ts';
import { listenToSeals } from './seals.ts';
import { makeStaff } from './staff.ts';
import { visitorPerson, type VisitorPerson } from './visitor.ts';
import type { Store } from './stores.ts';
import { realTimers, type Person, type World } from './world.ts';

/** conversations of one counsellor at once */
const SLOTS = 2;
/** The centre of the demonstration; every key begins with it. */
export const TAG = '{demo}';
const NEVER = 1_000_000_000;
/** What one address of this machine may not, and a town must. */
const WIDE = {
  ...{ socketsPerTagMax: NEVER, strangersPerTagMax: NEVER, connectsPerSecond: NEVER, connectsBurst: NEVER },
  ...{ connectsHousePerSecond: NEVER, connectsHouseBurst: NEVER, newVisitsPerTagMax: NEVER, lineShareMax: NEVER },
  ...{ socketsMax: 60_000, connectionsMax: 60_000, unauthenticatedMax: 60_000 },
};
/** People who write ten times as fast as people do. */
const QUICK = Object.fromEntries(
  (
    ['eventsPerSecond', 'eventsBurst', 'passingPerSecond', 'passingBurst', 'packetsPerSecond', 'packetsBurst'] as const
  ).map((name) => [name, limits[name] * 10]),
);
const MANY_WAIT = { waitingMax: 1_000_000, fullEstimateMs: 1_000_000_000_000 };
/** Times of a centre, ten times as fast. */
const TIMES = { triedMs: times.triedForMs + times.triedAllForMs + 1_000, releaseMs: times.releaseMs };

const LOOK_EVERY_MS = 300;
/** of many visitors a look is dear */
const LOOK_MS_EACH = 1;
const SETTLED_EVERY_MS = 200;
/** Only ends a hang, and then says who is unserved and why. */
const PATIENCE_MS = process.env['FIRST_FAILURE'] === 'yes' ? 40_000 : 150_000;

interface Wishes {
  readonly seed: number;
  readonly visitors: number;
  readonly desks: number;
  readonly nodes?: number;
  readonly store: Store;
  readonly records: TestRedis;
  /** of the last of the nodes: what starts it, and where its log goes */
  readonly last?: Parameters<typeof startNode>[2];
}

export interface Town {
  readonly nodes: readonly ServerNode[];
  /** between pages and nodes */
  readonly pages: Proxy;
  readonly visitors: readonly VisitorPerson[];
  readonly desks: readonly Person[];
  readonly history: readonly Event[];
  readonly dice: Dice;
  /** Something is broken from now on. @returns that it is mended */
  breaks(how: string): () => void;
  /** Lets people do what they do. */
  lives(ms: number): Promise<void>;
  /** Nobody begins anything; waits until everybody is served, looks at the screens, and lets them go on. @returns what broke since the last time */
  calms(): Promise<Violation[]>;
  /** Waits for it. @throws with who is unserved, and what the store holds */
  until(what: string, holds: (look: Look) => boolean): Promise<void>;
  newestLook(): Promise<Look>;
  /** as the last look found it */
  isInStore(visit: string): boolean;
  /** what the nodes said at the level of errors since it was asked last */
  errors(): string[];
  close(): Promise<void>;
}

// over 80 lines because a town is put together in one place
export async function openTown({
  seed,
  visitors: many,
  desks: few,
  nodes: count = 2,
  store,
  records,
  last = {},
}: Wishes): Promise<Town> {
  const draws = drawsOf(seed);
  const history = recorder(() => Date.now());
  const seals = listenToSeals();
  const file = limitsFile({ ...WIDE, ...QUICK, clockSkewMsMax: limits.clockSkewMsMax }, MANY_WAIT);
  const pages = await openProxy([]);
  const origin = `http://localhost:${pages.port}`;
  const env = { LIMITS_FILE: file, RECORDS_REDIS_URL: records.url, PUBLIC_ORIGIN: origin };
  const nodes: ServerNode[] = [];
  for (let n = 1; n <= count; n += 1)
    nodes.push(await startNode(`node ${n}`, { ...env, REDIS_URL: store.url(n - 1) }, n === count ? last : {}));
  pages.backends = nodes.map(({ port }) => port);
  const { counsellors, pins } = await makeStaff(records, TAG, few);
  let numbers = 0;
  const nameOf = namesOf();
  const world: World = {
    ...{ clock: { nowMs: () => Date.now() }, timers: realTimers, draws, history, seals, pins, nameOf },
    ...{ address: () => `http://127.0.0.1:${pages.port}`, origin: () => origin },
    ...{ nextPage: () => (numbers += 1), newText: texts(), calm: false },
  };
  const desks = counsellors.map((one) => deskPerson(world, one, SLOTS));
  const visitors = Array.from({ length: many }, (_, n) => visitorPerson(world, `pupil${n + 1}`));
  const people: readonly Person[] = [...desks, ...visitors];

  let life = '';
  let newest: Look | null = null;
  let lookFailed = 'never';
  let over = false;
  /** Stands in the history where it was asked for: what it shows may be that old. */
  async function lookNow(): Promise<Look | null> {
    const [place, atMs] = [history.events.length, Date.now()];
    const seen = await lookInto(store.look(), TAG, nameOf, times.pulseLateMs).catch((error: unknown) => {
      lookFailed = String(error);
      return null;
    });
    if (!seen) return null;
    const { visits, desks: at, known } = seen;
    const found: Event[] = [{ atMs, is: 'look', visits, desks: at, known }];
    if (life !== '' && life !== seen.life) found.unshift({ atMs, is: 'life' });
    life = seen.life;
    history.events.splice(place, 0, ...found);
    return (newest = seen);
  }
  /** One after the other: two that were asked for at the same place would stand there the wrong way round. */
  let lastLook: Promise<Look | null> = Promise.resolve(null);
  const look = () => (lastLook = lastLook.then(lookNow));
  const looking = (async () => {
    while (!over) {
      await look();
      await sleep(Math.max(LOOK_EVERY_MS, many * LOOK_MS_EACH));
    }
  })();

  function unserved({ visits, desks: at, notes }: Look): string[] {
    const free = at.filter((one) => one.answers && one.held.length + one.rings.length < one.slots);
    const held = desks.flatMap((one) => one.screens());
    const lines = desks.filter((one) => !one.isOnline()).map((one) => `not connected: ${one.tells()}`);
    for (const one of visitors) {
      const is = one.stage();
      const stage = is === 'choosing' ? 'opening' : is;
      const wants = stage === 'waiting' || stage === 'opening' || stage === 'talking';
      if (!wants && stage !== 'joining') continue;
      const there = visits.find(({ visit }) => visit === one.visit());
      const says = (what: string) =>
        void lines.push(
          `${what}: ${one.tells()} | store: ${there ? `${JSON.stringify(there)} ${notes.get(there.visit)}` : 'nothing'}`,
        );
      const truth = there?.stage === 'offered' ? 'waiting' : there?.stage;
      if (!one.isOnline()) says('not connected');
      else if (!there) says('the store does not know it');
      else if (truth !== stage) says('sees another stage than the store');
      else if (stage === 'opening') says('no key yet');
      else if (there.stage === 'offered') says('rings');
      else if (there.inLine && free.length > 0) says(`waits while ${free.map(({ desk }) => desk).join()} is free`);
      else if (stage === 'talking') {
        const hers = held.find((screen) => screen.visit === there.visit && screen.by === there.desk);
        if (hers?.stage !== 'talking') says(`its counsellor sees ${hers?.stage ?? 'nobody'}`);
        else if (hers.pending.length > 0) says(`${hers.pending.length} texts of ${hers.by} wait`);
        else if (one.screens().some(({ pending }) => pending.length > 0)) says('texts wait');
      }
    }
    return lines;
  }
  const account = (lines: readonly string[], seen: Look | null) =>
    [
      ...(lines.length > 30 ? [...lines.slice(0, 30), `… and ${lines.length - 30} more`] : lines),
      ...desks.map((one) => `desk ${one.tells()}`),
      ...(seen?.desks ?? []).map((one) => `store, desk ${JSON.stringify(one)} ${seen?.notes.get(one.desk)}`),
      `store: life ${seen?.life}, ${seen?.visits.length} visits; last look that failed: ${lookFailed}`,
      ...nodes.map(
        (node) => `${node.name} on ${node.port} said last: ${node.said().split('\n').slice(-6).join('\n    ')}`,
      ),
    ].join('\n  ');
  async function until(
    what: string,
    holds: (look: Look) => boolean,
    lines: (look: Look) => string[] = unserved,
  ): Promise<void> {
    const endMs = Date.now() + PATIENCE_MS;
    for (;;) {
      const seen = await look();
      if (seen && holds(seen)) return;
      if (Date.now() > endMs)
        throw new Error(`never ${what}:\n  ${account(newest ? lines(newest) : ['no look'], newest)}`);
      await sleep(SETTLED_EVERY_MS);
    }
  }

  const reported = new Set<string>();
  const read = new Map<ServerNode, number>();
  return {
    nodes,
    pages,
    visitors,
    desks,
    history: history.events,
    dice: draws('faults'),
    until,
    breaks(how) {
      const says = () => history.add({ is: 'store_fails', how, untilMs: Date.now() + 1_000 });
      says();
      const stop = realTimers.every(500, says);
      return () => {
        says();
        stop();
      };
    },
    lives: (ms) => sleep(ms),
    async calms() {
      world.calm = true;
      history.add({ is: 'calm' });
      try {
        await until('served', (seen) => unserved(seen).length === 0);
      } finally {
        history.add({ is: 'screens', screens: people.flatMap((one) => one.screens()) });
        world.calm = false;
      }
      const found = violationsOf(history.events, TIMES).filter(({ rule, what }) => !reported.has(`${rule} ${what}`));
      for (const { rule, what } of found) reported.add(`${rule} ${what}`);
      return found;
    },
    async newestLook() {
      const seen = await look();
      if (!seen) throw new Error(`no look: ${lookFailed}`);
      return seen;
    },
    isInStore: (visit) => newest?.visits.some((one) => one.visit === visit) ?? false,
    errors: () =>
      nodes.flatMap((node) => {
        const said = node.said();
        const fresh = said.slice(read.get(node) ?? 0);
        read.set(node, said.length);
        return fresh.split('\n').filter((line) => line.includes('"lvl":"error"') && !line.includes('"at":"Problem'));
      }),
    async close() {
      over = true;
      await looking;
      for (const one of people) one.leaves();
      pages.close();
      await Promise.all(nodes.map((node) => node.kill()));
      seals.leave();
      await store.close();
      await records.stop();
    },
  };
}
