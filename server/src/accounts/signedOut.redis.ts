import { Problem } from '../kernel/failure.ts';
import type { SignedOut } from './session.rules.ts';

/** What is asked of a connection; ioredis has it. */
interface Records {
  exists(key: string): Promise<number>;
  set(key: string, value: string, unit: 'PX', ms: number): Promise<unknown>;
}

/**
 * On the records Redis: `{centre}:signed-out:<binding>` until the session would have ended by itself. The binding is a
 * digest that opens nothing, and the key has no name in it.
 */
export function redisSignedOut(redis: Records, centre: string, nowMs: () => number): SignedOut {
  const keyOf = (binding: string) => `{${centre}}:signed-out:${binding}`;
  return {
    async add(binding, untilMs) {
      const leftMs = untilMs - nowMs();
      if (leftMs <= 0) return;
      await redis.set(keyOf(binding), '1', 'PX', leftMs).catch((cause: unknown) => {
        throw new Problem('unavailable', { cause });
      });
    },
    has: async (binding) => (await redis.exists(keyOf(binding))) === 1,
  };
}
