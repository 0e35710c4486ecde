import type { Redis } from 'ioredis';
import { afterAll, afterEach } from 'vitest';
import { AS_RECORDS, startRedis, type TestRedis } from '../support/redis.ts';
import type { TestService } from '../support/service.ts';
import { lookAt } from './world.ts';

/** What the processes of one centre share in a test file, which starts them by itself. */
interface Processes {
  readonly server: TestRedis;
  readonly redis: Redis;
  /** what listens for each, closed after its test */
  readonly open: Redis[];
  /** stopped after its test */
  readonly running: Set<TestService>;
}

/** One server of records for a whole file, empty again after each test. */
export async function processes(): Promise<Processes> {
  const server = await startRedis(AS_RECORDS);
  const redis = lookAt(server);
  const open: Redis[] = [];
  const running = new Set<TestService>();
  afterEach(async () => {
    for (const service of running) await service.stop();
    running.clear();
    for (const news of open.splice(0)) news.disconnect();
    await redis.flushall();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });
  return { server, redis, open, running };
}
