import type { Redis } from 'ioredis';
import { afterAll, beforeAll, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { sessionHistory } from '../wire/sessionHistory.ts';
import { recordsOn } from './records.ts';
import { lookAt } from './world.ts';

let server: TestRedis;
let redis: Redis;
beforeAll(async () => {
  server = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
  redis = lookAt(server);
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

test('[A11 A12 A30 N17] what is on record of sessions in Redis is what one table says, whatever answers are lost and lines break', async () => {
  for (let seed = 1; seed <= 12; seed += 1) {
    await redis.flushall();
    const clock = fakeClock();
    await sessionHistory(seed, await recordsOn(redis, clock), clock, 40);
  }
});
