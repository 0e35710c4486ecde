import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '@clbchat/shared/limits';
import { centreOf } from '@clbchat/server/centre/centre.store';
import { act } from '@clbchat/server/records/acts.store';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { openRecords, openRecordsAsTheyAre } from '@clbchat/server/records/open.redis';
import { isWhole, linkTo, NOTHING_YET, older, readEntry } from '@clbchat/server/records/audit.rules';
import type { Change, RecordsStore } from '@clbchat/server/records/records.store';
import { steps, VERSION } from '@clbchat/server/records/versions.rules';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { recordsContract } from '../records/contract.ts';
import { fakeClock, type FakeClock } from '../support/clock.ts';
import { AS_RECORDS, startRedis } from '../support/redis.ts';
import { dumpOf, textOf } from './dump.ts';
import { lookAt, ownRedis, TAG } from './world.ts';

const redis = await ownRedis();
beforeEach(() => redis.flushdb());

let centres = 0;
/** Of a centre of its own, so that a test may have several. */
const openedFor = (clock: FakeClock, tag = `{centre-${(centres += 1)}}`) => openRecords({ redis, tag, clock });
const news = redis.duplicate();
afterAll(() => news.disconnect());
recordsContract('on Redis', async (clock) => {
  const tag = `{centre-${(centres += 1)}}`;
  return openRecords({ redis, news, tag, clock });
});

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

type Kept = Record<string, string | readonly string[] | Record<string, string>>;
const ofVersion = (version: number) =>
  JSON.parse(readFileSync(new URL(`versions/${version}.json`, import.meta.url), 'utf8')) as Kept;
const putBack = async (old: Kept) => {
  for (const [key, held] of Object.entries(old))
    if (typeof held === 'string') await redis.set(key, held);
    else if (Array.isArray(held)) await redis.rpush(key, ...(held as string[]));
    else await redis.hset(key, held as Record<string, string>);
};

describe('the version of the records', () => {
  test('[A5] what the first release wrote is brought up in one step, whoever else does the same', async () => {
    const old = ofVersion(1);
    await putBack(old);
    const clock = fakeClock();
    const [records] = await Promise.all([1, 2, 3, 4].map(() => openedFor(clock, '{clb}')));
    expect(await redis.exists('{clb}:settings')).toBe(0);
    const log = await records!.audit();
    expect(log.entries.map((text) => readEntry(text))).toEqual([
      { atMs: clock.nowMs(), by: '@shell', act: 'records_brought_up', about: 'version 2' },
      { atMs: clock.nowMs(), by: '@shell', act: 'records_brought_up', about: 'version 3' },
      { atMs: clock.nowMs(), by: '@shell', act: 'records_brought_up', about: 'version 4' },
      { atMs: clock.nowMs(), by: '@shell', act: 'records_brought_up', about: 'version 5' },
    ]);
    expect(isWhole(log, (await records!.dump()).rows)).toBe(true);
    expect(await redis.hgetall('{clb}:records:about')).toEqual({ version: '5', rev: '4' });
    const read = await centreOf(records!, 'clb', clock.nowMs).get();
    expect(read).toMatchObject({
      rev: 1,
      centre: { name: 'CLB De Horizon', rules: { slotsMax: 2 }, schedule: { exceptions: [{ from: '2026-12-24' }] } },
    });
    expect(await redis.get('{demo}:settings')).toBe(old['{demo}:settings']); // another centre is its own business
    const demo = await centreOf(await openedFor(clock, '{demo}'), 'demo', clock.nowMs).get();
    expect(demo?.centre.sites).toEqual({ demo: { origins: ['http://127.0.0.1:8081'] } });
  });

  test('[A5] what the release before wrote stands as it was, and that release neither reads nor writes it any more', async () => {
    const old = ofVersion(2);
    await putBack(old);
    const clock = fakeClock();
    const [records] = await Promise.all([1, 2, 3, 4].map(() => openedFor(clock, TAG)));
    for (const kind of ['settings', 'account', 'device', 'session'])
      expect(await redis.hgetall(`${TAG}:records:${kind}`)).toEqual(old[`${TAG}:records:${kind}`]);
    const log = await records!.audit();
    expect(log.entries.map((text) => readEntry(text)?.about)).toEqual([
      'twin',
      'account1',
      'version 3',
      'version 4',
      'version 5',
    ]);
    expect(isWhole(log, (await records!.dump()).rows)).toBe(true);
    expect(await redis.hgetall(`${TAG}:records:about`)).toEqual({ version: '5', rev: '5' });
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
    expect(await redis.hgetall(`${TAG}:records:about`)).toEqual({ version: '5', rev: '1' });
    const before = textOf(await dumpOf(redis));
    expect((await (await openedFor(clock, TAG)).list('account')).map(({ text }) => text)).toEqual(['1']);
    expect(textOf(await dumpOf(redis))).toBe(before);
  });

  test.each(['6', '10', '0', '-1', 'two', '2.5'])(
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
    for (const undo of [() => redis.hset(`${TAG}:records:about`, { version: '6' }), () => redis.flushdb()]) {
      await undo();
      const before = textOf(await dumpOf(redis));
      const write = records.write([{ kind: 'account', id: 'lien', rev: 0, text: '1' }], null);
      await expect(write).rejects.toMatchObject({ code: 'unavailable' });
      const by = { from: NOTHING_YET, to: 'later', entries: 1 };
      const nothing = { rows: [], log: { anchor: NOTHING_YET, entries: [], head: NOTHING_YET } };
      for (const run of [
        () => records.fill(nothing),
        () => records.sweep(),
        () => records.shorten(by),
        () => records.get({ kind: 'account', id: 'lien' }),
        () => records.dump(),
        () => records.write([{ kind: 'account', id: 'lien', rev: 7, text: null }], null),
      ])
        await expect(run(), run.toString()).rejects.toMatchObject({ code: 'unavailable' });
      expect(textOf(await dumpOf(redis))).toBe(before);
    }
  });

  test('[A5] what the earlier release saves while its records are brought up is not lost', async () => {
    const old = ofVersion(1) as Record<string, string>;
    await putBack(old);
    let saves = 0;
    const racing = new Proxy(redis, {
      get: (target, name) =>
        name === 'mget'
          ? async (keys: string[]) => {
              const read = await target.mget(keys);
              saves += 1;
              if (saves <= 3) await target.set('{clb}:settings', old['{clb}:settings']!.replace('Horizon', `${saves}`));
              return read;
            }
          : (Reflect.get(target, name) as () => unknown).bind(target),
    });
    const clock = fakeClock();
    const records = await openRecords({ redis: racing, tag: '{clb}', clock });
    expect((await centreOf(records, 'clb', clock.nowMs).get())?.centre.name).toBe('CLB De 3');
    expect(saves).toBe(4);
  });

  test('[A5 A7] who may not change how they are laid out opens those of this version and those that hold nothing', async () => {
    const needs = { redis, tag: TAG, clock: fakeClock() };
    await (await openRecordsAsTheyAre(needs)).write([{ kind: 'account', id: 'lien', rev: 0, text: '1' }], null);
    expect(await (await openRecordsAsTheyAre(needs)).list('account')).toHaveLength(1);
    await redis.flushdb();
    await putBack(ofVersion(1));
    const before = textOf(await dumpOf(redis));
    await expect(openRecordsAsTheyAre({ ...needs, tag: '{clb}' })).rejects.toThrow(
      `the records there have version 1, and this release works with ${VERSION}: take the release that runs on them.`,
    );
    expect(textOf(await dumpOf(redis))).toBe(before);
  });
});

describe('the disk of the records', () => {
  test('[A2] what was taken away is off it after the next sweep, bytes and all', async () => {
    const server = await startRedis(AS_RECORDS);
    const own = lookAt(server);
    try {
      const [, folder = ''] = (await own.config('GET', 'dir')) as string[];
      const onDisk = (text: string) =>
        readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((each) => each.isFile())
          .some((each) => readFileSync(join(each.parentPath, each.name), 'latin1').includes(text));
      const clock = fakeClock();
      const records = await openRecords({ redis: own, tag: TAG, clock });
      const session = (id: string, rev: number, text: string | null) =>
        records.write([{ kind: 'session', id, rev, text, endMs: clock.nowMs() + 1_000 }], null);
      await session('signedOut', 0, '1');
      await session('signedOut', 1, null);
      await session('ended', 0, '1');
      await session('stays', 0, '1');
      expect(['signedOut', 'ended', 'stays'].map(onDisk)).toEqual([true, true, true]);
      clock.advance(999);
      await session('stays', 4, '2');
      clock.advance(1);
      await Promise.all([records.sweep(), records.sweep()]);
      await expect.poll(() => ['signedOut', 'ended', 'stays'].map(onDisk)).toEqual([false, false, true]);
    } finally {
      own.disconnect();
      await server.stop();
    }
  });

  test('[A11 A2] a full store still lets people sign out and time pass, starts again, and refuses the rest whole', async () => {
    const clock = fakeClock();
    const needs = { redis, tag: TAG, clock };
    const records = await openRecords(needs);
    const row = { kind: 'session', id: 'hers' } as const;
    await records.write([{ ...row, rev: 0, text: '1' }], null);
    await records.write([{ ...row, id: 'ended', rev: 0, text: '1', endMs: clock.nowMs() + 1 }], null);
    await redis.config('SET', 'maxmemory', '1');
    try {
      await expect(records.write([{ ...row, rev: 1, text: '2' }], null)).rejects.toMatchObject({ code: 'unavailable' });
      const again = await openRecords(needs);
      expect(await again.write([{ ...row, rev: 1, text: null }], null)).toMatchObject({ is: 'written' });
      clock.advance(1);
      await again.sweep();
      expect(await redis.exists(`${TAG}:records:session`)).toBe(0);
      await expect(openRecords({ ...needs, tag: '{another}' })).rejects.toThrow(/^RECORDS_REDIS_URL: the Redis there/);
    } finally {
      await redis.config('SET', 'maxmemory', '0');
    }
  });
});

test('[A2 A4] nothing goes for its age on a clock that that of the records does not bear out', async () => {
  const clock = fakeClock();
  const { clocksApartMsMax: clockApartMsMax } = limits;
  const records = await openRecords({ redis, tag: TAG, clock, clockApartMsMax });
  const [seconds] = await redis.time();
  const toMs = (ms: number) => clock.advance(Number(seconds) * 1_000 + ms - clock.nowMs());
  toMs(0);
  const endMs = clock.nowMs() + 1_000;
  await records.write([{ kind: 'session', id: 'one', rev: 0, text: '1', endMs }], null);
  const entries = ['first', 'second'];
  for (const about of entries) await act(records, clock.nowMs(), [], { by: 'noor', act: 'account_made', about });
  const goes = async () => {
    const by = older(await records.audit(), clock.nowMs() + 1);
    const all = await Promise.allSettled([records.shorten({ ...by, entries: 1 }), records.sweep()]);
    return all.map(({ status }) => status);
  };
  const stands = async () => [await redis.llen(`${TAG}:records:entries`), await redis.hlen(`${TAG}:records:session`)];

  toMs(400 * 86_400_000);
  expect([await goes(), await stands()]).toEqual([
    ['rejected', 'rejected'],
    [2, 1],
  ]);
  toMs(-400 * 86_400_000);
  expect([await goes(), await stands()]).toEqual([
    ['rejected', 'rejected'],
    [2, 1],
  ]);
  toMs(clockApartMsMax - 10_000);
  expect([await goes(), await stands()]).toEqual([
    ['fulfilled', 'fulfilled'],
    [1, 0],
  ]);
});
