import { execFileSync } from 'node:child_process';
import { openLine } from '@clbchat/server/redis/client';
import { connectStores } from '@clbchat/server/redis/connect';
import { channelOf, openPost } from '@clbchat/server/redis/post';
import { openPosted } from '@clbchat/server/store.posted';
import { redisStore } from '@clbchat/server/store.redis';
import { limits } from '@clbchat/shared/limits';
import type { Cluster } from 'ioredis';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { lookAt, TAG } from '../redis/world.ts';
import { deskOpens, visitorWaits } from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { AS_RECORDS, startRedis, type TestRedis } from '../support/redis.ts';
import { startService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

const cli = process.env['REDIS_CLI_BIN'] ?? 'redis-cli';
const CHANNEL = channelOf(TAG, 'one');
let servers: TestRedis[];
let records: TestRedis;
beforeAll(async () => {
  records = await startRedis(AS_RECORDS);
  servers = await Promise.all([0, 1, 2].map(() => startRedis(['--cluster-enabled', 'yes'])));
  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`);
  execFileSync(cli, ['--cluster', 'create', ...hosts, '--cluster-yes']);
  for (const server of servers) {
    const one = lookAt(server);
    await vi.waitFor(async () => expect(await one.cluster('INFO')).toContain('cluster_state:ok'), 60_000);
    one.disconnect();
  }
});
afterAll(() => Promise.all([...servers, records].map((each) => each.stop())));

test('[M5 N70] on a cluster of three a conversation between two processes is heard on both sides', async () => {
  const liveUrl = `redis+cluster://${servers.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
  const stores = await connectStores({ liveUrl, recordsUrl: records.url, tag: TAG, production: true, limits });
  const other = await connectStores({ liveUrl, recordsUrl: records.url, tag: TAG, production: true, limits });
  expect(Math.abs(stores.clock.nowMs() - Date.now())).toBeLessThan(60_000);
  const node = async (id: string, { live, post }: typeof stores) =>
    startService({
      posted: await openPosted(post, TAG, id),
      store: (needs) => redisStore({ ...needs, redis: live, tag: TAG, node: id, checksClock: false }),
    });
  const services = [await node('one', stores), await node('other', other)] as const;
  try {
    const desk = await deskOpens(services[0], 'lien');
    const visitor = await visitorWaits(services[1]);
    await talks(desk, visitor);
    const { frame } = frameOf({ visitId: visitor.visitId, side: 'v', n: 1 });
    await good(visitor.ask('talk:append', { frame }));
    expect(await desk.hears('talk:frame')).toMatchObject({ frame });
  } finally {
    for (const service of services) await service.stop();
    for (const each of [stores, other]) each.close();
  }
});

test('[N72 A16] on a cluster of three a line that breaks, and may not subscribe for a moment, says that something may have been missed once it hears, and keeps its channel once however often it asked', async () => {
  const liveUrl = `redis+cluster://${servers.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
  const { redis: line } = await openLine('REDIS_URL', liveUrl);
  const heard: (string | null)[] = [];
  await openPost(line, CHANNEL, (parcel) => void heard.push(parcel));
  const each = servers.map((server) => lookAt(server));
  const all = (...words: [string, ...string[]]) => Promise.all(each.map((one) => one.call(...words)));
  const channels = async () => (await all('PUBSUB', 'SHARDCHANNELS')).flat();
  const refusals = async () => {
    const told = await Promise.all(each.map((one) => one.info('errorstats')));
    return told.reduce((sum, text) => sum + Number(/errorstat_NOPERM:count=(\d+)/.exec(text)?.[1] ?? 0), 0); // of our own servers
  };
  try {
    expect(await channels()).toEqual([CHANNEL]);
    await all('ACL', 'SETUSER', 'default', 'resetchannels'); // and ends who hears a channel
    await all('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await expect.poll(refusals, { timeout: 20_000 }).toBeGreaterThan(3);
    expect(heard).toEqual([]);
    await all('ACL', 'SETUSER', 'default', 'allchannels');
    await expect.poll(() => heard, { timeout: 20_000 }).toContain(null);
    expect(await channels()).toEqual([CHANNEL]);
    await (line as Cluster).spublish(CHANNEL, 'word');
    await expect.poll(() => heard.at(-1), { timeout: 20_000 }).toBe('word');
    await all('CONFIG', 'SET', 'slowlog-log-slower-than', '0', 'slowlog-max-len', '999');
    await all('CLIENT', 'KILL', 'TYPE', 'pubsub');
    const asked = async () => {
      const told = (await all('SLOWLOG', 'GET', '-1')).flat() as [number, number, number, string[]][];
      return told.map(([, , , words]) => words).filter(([name]) => name?.toLowerCase() === 'ssubscribe');
    };
    // the library by itself, and we
    await expect.poll(async () => (await asked()).length, { timeout: 20_000 }).toBeGreaterThan(1);
    for (const [, ...names] of await asked()) expect(names).toEqual([CHANNEL]);
  } finally {
    line.disconnect();
    for (const one of each) one.disconnect();
  }
});
