import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AS_RECORDS, startRedis, type TestRedis } from '../support/redis.ts';
import { linesOf, LONG, SHORT, type Fault } from './faults.ts';
import { lineOf, type Figure } from './figures.ts';
import { smallDisk, throughClock } from './machine.ts';
import { clusterStore, oneStore, sentinelStore, type Store } from './stores.ts';
import { openTown, TAG, type Town } from './town.ts';

/** `npm run chaos` says these; without them it is the short form of `npm test`. */
const SEED = Number(process.env['CHAOS_SEED'] ?? 1);
const VISITORS = Number(process.env['CHAOS_VISITORS'] ?? 30);
const DESKS = Number(process.env['CHAOS_DESKS'] ?? 6);
const FORM = process.env['CHAOS_FORM'] === 'long' ? LONG : SHORT;
/** where what was played is written down */
const REPORT = process.env['CHAOS_REPORT'];
/** of the faults those with this word */
const ONLY = process.env['CHAOS_ONLY'] ?? '';
const NODES = 2;
const DISK_MB = 4;
const HANG_MS = 600_000;

const played: { fault: string; broke: readonly string[]; figures: readonly Figure[]; ms: number }[] = [];
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Of the long form: what this machine has no program or right for. */
const notRun: string[] = [];

interface Around {
  readonly records?: TestRedis;
  readonly last?: Parameters<typeof openTown>[0]['last'];
}

/** A town of its own for each kind of store: the same people live through all that breaks there. */
function inTown<Kind extends Store & Around>(
  kind: string,
  faults: readonly Fault<Kind>[],
  open: () => Promise<Kind>,
): void {
  const chosen = faults.filter(({ name }) => name.includes(ONLY));
  if (chosen.length === 0) return;
  describe(kind, () => {
    let store: Kind;
    let town: Town;
    beforeAll(async () => {
      store = await open();
      const { records = await startRedis(AS_RECORDS), last = {} } = store;
      town = await openTown({
        ...{ seed: SEED, visitors: VISITORS, desks: DESKS, nodes: NODES },
        store,
        records,
        last,
      });
      await town.lives(2_000);
      await town.calms();
    }, HANG_MS);
    afterAll(() => town?.close());

    test.each(chosen)(
      '[M9] $name: nothing is lost, doubled, given to somebody else or left alone',
      { timeout: HANG_MS },
      async (fault) => {
        await town.lives(town.dice.between(500, 3_000));
        const beganMs = Date.now();
        const entry = {
          fault: fault.name,
          broke: ['it was not played to its end'] as string[],
          figures: [] as readonly Figure[],
          ms: 0,
        };
        played.push(entry);
        const figures = await fault.play(town, store);
        const broke = [...linesOf(await town.calms(), town, beganMs), ...town.errors()];
        entry.figures = figures.map((figure) => figure());
        for (const figure of entry.figures) say(`seed ${SEED}: ${lineOf(figure)}`);
        entry.broke = broke;
        entry.ms = Date.now() - beganMs;
        expect(broke.join('\n')).toBe('');
      },
    );
  });
}

inTown('one Redis', FORM.one, () => oneStore(NODES));
inTown('by Sentinel', FORM.sentinel, async () => {
  const store = await sentinelStore();
  await store.ready();
  return store;
});
inTown('a cluster', FORM.cluster, () => clusterStore(TAG));

const disk = FORM.disk.length > 0 ? smallDisk(DISK_MB) : null;
if (disk)
  inTown('a small disk', FORM.disk, async () => ({
    ...(await oneStore(NODES)),
    disk,
    records: await startRedis([...AS_RECORDS, '--dir', disk.folder]),
    last: { log: join(disk.folder, 'log') },
  }));
else notRun.push(...FORM.disk.map(({ name }) => name));

for (const offS of [120, -120]) {
  const through = throughClock(offS);
  if (through)
    inTown(`a clock ${offS} s off`, FORM.clock, async () => ({ ...(await oneStore(NODES)), last: { through } }));
  else notRun.push(...FORM.clock.map(({ name }) => `${name} (${offS} s)`));
}

afterAll(() => {
  disk?.close();
  if (REPORT !== undefined)
    writeFileSync(REPORT, JSON.stringify({ seed: SEED, visitors: VISITORS, desks: DESKS, notRun, played }));
});
