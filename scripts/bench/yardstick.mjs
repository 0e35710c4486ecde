/**
 * What the least script costs that stores a message as ours has to: once, in order, for a while. Goals in microseconds of Redis
 * were set on a machine on which it cost REFERENCE_US; on another one they are as many times that.
 */
import { createHash, randomBytes } from 'node:crypto';
import { spentMs } from './machine.mjs';
import { median } from './median.mjs';

const REFERENCE_US = 9.3;
const [ROUNDS, CALLS, IN_FLIGHT, CONVERSATIONS] = [3, 6_400, 64, 100];
const KEPT_MS = '900000';
const STORES = `local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then return tonumber(known) end
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('XADD', KEYS[2], 'MAXLEN', '~', '500', seq .. '-0', 'frame', ARGV[2])
redis.call('HSET', KEYS[1], ARGV[1], seq)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return seq`;

/** @returns microseconds of Redis a message, and how many times slower than the machine of the goals that is */
export async function yardstick({ client, live }) {
  const sha = createHash('sha1').update(STORES).digest('hex');
  await client.script('LOAD', STORES);
  const frame = randomBytes(317).toString('base64url');
  const found = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = spentMs(live.child);
    for (let at = 0; at < CALLS; at += IN_FLIGHT) {
      const one = (each) => {
        const of = `{yardstick}${(at + each) % CONVERSATIONS}`;
        return client.evalsha(sha, 2, `${of}m`, `${of}f`, `v:${round}:${at + each}`, frame, KEPT_MS);
      };
      await Promise.all(Array.from({ length: IN_FLIGHT }, (_, each) => one(each)));
    }
    found.push(((spentMs(live.child) - before) * 1_000) / CALLS);
  }
  const us = median(found);
  return { us, slower: us / REFERENCE_US };
}
