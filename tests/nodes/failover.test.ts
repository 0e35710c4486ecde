import { readFileSync, readdirSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { CannotStart } from '@clbchat/server/redis/cannotStart';
import { LIVE_COMMANDS } from '@clbchat/server/redis/commands';
import { connectStores } from '@clbchat/server/redis/connect';
import { openPosted } from '@clbchat/server/store.posted';
import { redisStore } from '@clbchat/server/store.redis';
import { limits } from '@clbchat/shared/limits';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { lookAt, TAG } from '../redis/world.ts';
import { deskOpens, visitorWaits } from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { AS_RECORDS, startRedis, startSentinels, type TestRedis } from '../support/redis.ts';
import { startService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

let primary: TestRedis;
let replica: TestRedis;
let records: TestRedis;
beforeAll(async () => {
  [primary, records] = await Promise.all([startRedis(['--repl-diskless-sync-delay', '0']), startRedis(AS_RECORDS)]);
  replica = await startRedis(['--replicaof', '127.0.0.1', String(primary.port)]);
});
afterAll(() => Promise.all([primary, replica, records].map((each) => each.stop())));

const connect = (liveUrl: string) =>
  connectStores({ liveUrl, recordsUrl: records.url, tag: TAG, production: false, limits });
const sentence = async (liveUrl: string) => {
  const error: unknown = await connect(liveUrl).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(CannotStart);
  return (error as CannotStart).message;
};

test('[M5] a replica, a server of another kind than its address says, and a Sentinel that knows no such primary are refused in one sentence', async () => {
  expect(await sentence(replica.url)).toMatch(
    /^REDIS_URL: the Redis at 127\.0\.0\.1:\d+ is a replica, .* name its primary/,
  );
  const cluster = await startRedis(['--cluster-enabled', 'yes']);
  expect(await sentence(cluster.url)).toMatch(/is part of a cluster: its address begins with redis\+cluster:\/\/\.$/);
  await cluster.stop();
  expect(await sentence(primary.url.replace('redis:', 'redis+cluster:'))).toMatch(/^REDIS_URL: /);
  expect(await sentence(`redis+sentinel://127.0.0.1:${primary.port}/clb`)).toMatch(
    /no Sentinel tells the primary of clb/,
  );
});

test('[M5] commands that are forbidden or renamed are named, and they are those that the scripts use', async () => {
  const admin = lookAt(primary);
  await admin.call('ACL', 'SETUSER', 'few', 'on', '>pw', '~*', '&*', '+@all', '-xadd', '-spublish');
  expect(await sentence(primary.url.replace('//', '//few:pw@'))).toMatch(/lacks SPUBLISH, XADD for this account/);
  admin.disconnect();
  const source = new URL('../../server/src/', import.meta.url);
  const scripts = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.lua') && !name.startsWith('records'))
    .map((name) => readFileSync(new URL(name, source), 'utf8'));
  const used = scripts.flatMap((text) => [...text.matchAll(/redis\.call\('([A-Z]+)'/g)].map(([, name]) => name));
  expect(LIVE_COMMANDS).toEqual([...new Set(used)].toSorted((a = '', b = '') => (a < b ? -1 : 1)));
});

test('[M6] who hears of another primary in the moment in which it asks for the primary goes there all the same', async () => {
  const sentinels = await startSentinels(primary, 'clb');
  const stores = await connect(`redis+sentinel://${sentinels.hosts}/clb`);
  try {
    const line = stores.live as Redis;
    const { connector } = line as unknown as { readonly connector: { disconnect(): void } };
    const ended = new Promise((ends) => void line.once('end', ends));
    line.once('connecting', () => connector.disconnect()); // as the library's own detector does then
    line.disconnect(true);
    await ended;
    await vi.waitFor(async () => expect(await line.ping()).toBe('PONG'), { timeout: 60_000, interval: 100 });
  } finally {
    stores.close();
    await sentinels.stop();
  }
});

test('[M6] by Sentinel a conversation goes on when the primary is killed: what was acked before is there, and what is written then is heard', async () => {
  const sentinels = await startSentinels(primary, 'clb');
  const watch = lookAt({ url: `redis://${sentinels.hosts.split(',')[0]}` } as TestRedis);
  const known = async () => {
    const told = (await watch.call('SENTINEL', 'MASTER', 'clb')) as string[];
    const of = (name: string) => told[told.indexOf(name) + 1];
    return `${of('num-other-sentinels')} ${of('num-slaves')}`;
  };
  await vi.waitFor(async () => expect(await known()).toBe('2 1'), { timeout: 60_000, interval: 200 });
  const stores = await connect(`redis+sentinel://${sentinels.hosts}/clb`);
  const asked: number[] = [];
  const posted = await openPosted(stores.post, TAG, 'one');
  posted((hints) => hints === null && asked.push(Date.now()));
  const service = await startService({
    store: (needs) => redisStore({ ...needs, redis: stores.live, tag: TAG, node: 'one', checksClock: false }),
    posted,
  });
  try {
    const desk = await deskOpens(service, 'lien');
    const visitor = await visitorWaits(service);
    const { on } = await talks(desk, visitor);
    const before = frameOf({ visitId: visitor.visitId, side: 'v', n: 1 });
    await good(visitor.ask('talk:append', { frame: before.frame }));
    await desk.hears('talk:frame');
    const admin = lookAt(primary);
    await admin.call('WAIT', '1', '5000');
    admin.disconnect();

    await primary.kill();
    const next = frameOf({ visitId: visitor.visitId, side: 'v', n: 2 });
    expect(await visitor.ask('talk:append', { frame: next.frame })).toMatchObject({ ok: false, code: 'unavailable' });
    // a page asks again until it is answered: once the replica is the primary, everything is as it was
    await vi.waitFor(
      async () => expect(await visitor.ask('talk:append', { frame: next.frame })).toMatchObject({ ok: true }),
      {
        timeout: 60_000,
        interval: 250,
      },
    );
    await desk.hears('talk:frame', ({ frame }) => frame === next.frame);
    const { frames } = (await good(desk.ask('talk:since', { ...on, seq: 0 }))) as { frames: { frame: string }[] };
    expect(frames.map(({ frame }) => frame)).toEqual(expect.arrayContaining([before.frame, next.frame]));
    await vi.waitUntil(() => asked.length > 0, { timeout: 30_000 }); // its post is heard at the new one, and the pages ask
  } finally {
    await service.stop();
    stores.close();
    watch.disconnect();
    await sentinels.stop();
  }
});
