import { memoryRecords } from '@clbchat/server/records/records.model';
import { channelOf } from '@clbchat/server/redis/post';
import type { Rules } from '@clbchat/server/kernel/needs';
import { openPosted } from '@clbchat/server/store.posted';
import { redisStore } from '@clbchat/server/store.redis';
import type { Limits } from '@clbchat/shared/limits';
import type { Redis } from 'ioredis';
import { afterAll, afterEach } from 'vitest';
import { TAG, lookAt } from '../redis/world.ts';
import { fakeClock } from '../support/clock.ts';
import { startRedis } from '../support/redis.ts';
import { startService, type TestService } from '../support/service.ts';
import { fakeTimers } from '../support/timers.ts';

/** A process of the centre, with what was posted to it, newest last. */
export interface Node extends TestService {
  readonly id: string;
  readonly parcels: string[];
  /** it hears nothing that is posted any more, as one that ended */
  deaf(): void;
}

/** A live Redis of the test file alone, and as many processes on it as a test starts; all live by one clock. */
export async function nodesOnRedis() {
  const server = await startRedis();
  const redis = lookAt(server);
  const lines: Redis[] = [];
  const running = new Set<TestService>();
  let machine = started();
  let records = memoryRecords(machine.clock);
  function started() {
    const clock = fakeClock();
    return { clock, timers: fakeTimers(clock) };
  }
  const line = () => {
    const one = lookAt(server);
    one.on('error', () => undefined);
    lines.push(one);
    return one;
  };

  afterEach(async () => {
    for (const service of running) await service.stop();
    running.clear();
    for (const one of lines.splice(0)) one.disconnect();
    await redis.flushall();
    machine = started();
    records = memoryRecords(machine.clock);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  return {
    redis,
    line,
    /** What it tells in time stands still until its `advance`, which lets time pass at all of them. */
    async node(id: string, limits: Partial<Limits> = {}, trustedHops = 0, rules: Partial<Rules> = {}): Promise<Node> {
      const parcels: string[] = [];
      const [watching, hearing] = [line(), line()];
      watching.on('smessage', (_, parcel: string) => parcels.push(parcel));
      await watching.ssubscribe(channelOf(TAG, id));
      const posted = await openPosted(hearing, TAG, id);
      const service = await startService({
        ...{ machine, posted, limits, rules, trustedHops, publicOrigin: 'http://localhost:8080' },
        store: (needs) => redisStore({ ...needs, redis, tag: TAG, node: id, checksClock: false }),
        records: async () => records,
      });
      running.add(service);
      const stop = () => (running.delete(service) ? service.stop() : Promise.resolve());
      const deaf = () => [watching, hearing].forEach((one) => one.disconnect());
      return Object.assign({}, service, { id, parcels, stop, deaf });
    },
  };
}
