import { readFileSync } from 'node:fs';
import { centreOf } from '@clbchat/server/centre/centre.store';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { openRecords } from '@clbchat/server/records/records.redis';
import { linkTo, older } from '@clbchat/server/records/audit.rules';
import type { Change, RecordsStore } from '@clbchat/server/records/records.store';
import { steps, VERSION } from '@clbchat/server/records/versions.rules';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { recordsContract } from '../records/contract.ts';
import { fakeClock, type FakeClock } from '../support/clock.ts';
import { dumpOf, textOf } from './dump.ts';
import { ownRedis, TAG } from './world.ts';

const redis = await ownRedis();
beforeEach(() => redis.flushdb());

let centres = 0;
/** Of a centre of its own, so that a test may have several. */
const openedFor = (clock: FakeClock, tag = `{centre-${(centres += 1)}}`) => openRecords({ redis, tag, clock });
recordsContract('on Redis', (clock) => openedFor(clock));

describe('the records on Redis, beside those in memory', () => {
  type Step = (store: RecordsStore, clock: FakeClock) => Promise<unknown>;
  const id = fc.constantFrom('a', 'b', 'c');
  const kind = fc.constantFrom('account', 'session', 'settings' as const);
  const change: fc.Arbitrary<Change> = fc.record({
    kind: kind as fc.Arbitrary<Change['kind']>,
    id,
    rev: fc.integer({ min: 0, max: 4 }),
    text: fc.option(fc.string({ unit: 'grapheme' })),
    endMs: fc.constantFrom(0, fakeClock().nowMs() + 10, fakeClock().nowMs() + 30),
  });
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.array(change, { maxLength: 3 }).map(
        (changes): Step =>
          (store) =>
            store.write(changes, null),
      ),
    },
    fc.tuple(change, fc.boolean()).map(([one, late]): Step => async (store, clock) => {
      const { head } = await store.audit();
      return store.write(
        [one],
        linkTo(late ? 'another' : head, clock.nowMs(), { by: 'noor', act: 'account_made', about: one.id }),
      );
    }),
    fc.tuple(kind, id).map(
      ([k, i]): Step =>
        (store) =>
          store.get({ kind: k as Change['kind'], id: i }),
    ),
    kind.map(
      (k): Step =>
        (store) =>
          store.list(k as Change['kind']),
    ),
    fc.constant<Step>((store) => store.sweep()),
    fc.integer({ min: 0, max: 40 }).map((ms): Step => async (store) => {
      const log = await store.audit();
      return store.shorten(older(log, fakeClock().nowMs() + ms));
    }),
    fc.constant<Step>(async (store) => store.fill(await store.dump())),
  );
  const history = fc.array(fc.tuple(step, fc.nat({ max: 12 })), { maxLength: 25 });

  test('[A1 A2 A4] both answer every history alike, word by word', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const [clock, twinClock] = [fakeClock(), fakeClock()];
        const [store, twin] = [await openedFor(clock), memoryRecords(twinClock)];
        for (const [run, ms] of steps) {
          clock.advance(ms);
          twinClock.advance(ms);
          expect(await run(store, clock)).toEqual(await run(twin, twinClock));
        }
        expect(await store.dump()).toEqual(await twin.dump());
      }),
      { numRuns: 150 },
    );
  });
});

const ofVersion = (version: number) =>
  JSON.parse(readFileSync(new URL(`versions/${version}.json`, import.meta.url), 'utf8')) as Record<string, string>;

describe('the version of the records', () => {
  test('[A5] what the first release wrote is brought up in one step, whoever else does the same', async () => {
    const old = ofVersion(1);
    await redis.mset(old);
    const clock = fakeClock();
    const [records] = await Promise.all([1, 2, 3, 4].map(() => openedFor(clock, '{clb}')));
    expect(await redis.exists('{clb}:settings')).toBe(0);
    expect(await redis.hgetall('{clb}:records:about')).toEqual({ version: '2', rev: '1' });
    const read = await centreOf(records!, 'clb', clock.nowMs).get();
    expect(read).toMatchObject({
      rev: 1,
      centre: { name: 'CLB De Horizon', rules: { slotsMax: 2 }, schedule: { exceptions: [{ from: '2026-12-24' }] } },
    });
    expect(await redis.get('{demo}:settings')).toBe(old['{demo}:settings']); // another centre is its own business
    const demo = await centreOf(await openedFor(clock, '{demo}'), 'demo', clock.nowMs).get();
    expect(demo?.centre.sites).toEqual({ demo: { origins: ['http://127.0.0.1:8081'] } });
  });

  test('[A5] each earlier version has its step, and records that were written with it', () => {
    for (let version = 1; version < VERSION; version += 1) {
      expect(steps[version], `step ${version}`).toBeDefined();
      expect(Object.keys(ofVersion(version)).length, `version ${version}`).toBeGreaterThan(0);
    }
    expect(steps[VERSION]).toBeUndefined();
  });

  test('[A5] records that hold nothing get the newest, and go on with it', async () => {
    const clock = fakeClock();
    await (await openedFor(clock, TAG)).write([{ kind: 'account', id: 'lien', rev: 0, text: '1' }], null);
    expect(await redis.hgetall(`${TAG}:records:about`)).toEqual({ version: '2', rev: '1' });
    const before = textOf(await dumpOf(redis));
    expect((await (await openedFor(clock, TAG)).list('account')).map(({ text }) => text)).toEqual(['1']);
    expect(textOf(await dumpOf(redis))).toBe(before);
  });

  test.each(['3', '10', '0', '-1', 'two', '2.5'])(
    '[A5] another version is refused, and left as it is: %s',
    async (version) => {
      await redis.hset(`${TAG}:records:about`, { version });
      const before = textOf(await dumpOf(redis));
      await expect(openedFor(fakeClock(), TAG)).rejects.toThrow(/^RECORDS_REDIS_URL: the records there have version/);
      expect(textOf(await dumpOf(redis))).toBe(before);
    },
  );

  test('[A5] a process whose records were brought up to another version, or emptied, under it writes nothing', async () => {
    const records = await openedFor(fakeClock(), TAG);
    for (const undo of [() => redis.hset(`${TAG}:records:about`, { version: '3' }), () => redis.flushdb()]) {
      await undo();
      const before = textOf(await dumpOf(redis));
      const write = records.write([{ kind: 'account', id: 'lien', rev: 0, text: '1' }], null);
      await expect(write).rejects.toMatchObject({ code: 'unavailable' });
      await expect(records.fill(await records.dump())).rejects.toMatchObject({ code: 'unavailable' });
      expect(textOf(await dumpOf(redis))).toBe(before);
    }
  });
});
