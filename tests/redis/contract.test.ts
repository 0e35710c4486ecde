import { redisStore } from '@clbchat/server/store.redis';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { contract } from '../store/contract.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { lookAt } from './world.ts';

let server: TestRedis;
let redis: Redis;
let made = 0;
beforeAll(async () => {
  server = await startRedis();
  redis = lookAt(server);
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

// Each store gets a centre of its own, so that one test may have several.
contract('on Redis', async (needs) => redisStore({ ...needs, redis, tag: `{centre${++made}}`, checksClock: false }));
