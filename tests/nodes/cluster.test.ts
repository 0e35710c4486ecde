import { execFileSync } from 'node:child_process';
import { connectStores } from '@clbchat/server/redis/connect';
import { openPosted } from '@clbchat/server/store.posted';
import { redisStore } from '@clbchat/server/store.redis';
import { limits } from '@clbchat/shared/limits';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { lookAt, TAG } from '../redis/world.ts';
import { deskOpens, visitorWaits } from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { AS_RECORDS, startRedis, type TestRedis } from '../support/redis.ts';
import { startService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

const cli = process.env['REDIS_CLI_BIN'] ?? 'redis-cli';
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
