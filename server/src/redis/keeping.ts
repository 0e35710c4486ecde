import type { Redis } from 'ioredis';

/** What the live Redis may not do with what it holds. */
const SHOULD = { save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' } as const;

/**
 * Whether the live Redis would write conversations to a disk, or throw parts of one away when it is full.
 *
 * @returns one sentence for each setting that is wrong; `unknown` when the account may not ask, which is as it should be
 *   in production: then whoever runs it has to know.
 */
export async function keepingOf(redis: Redis): Promise<string[] | 'unknown'> {
  const answers = await redis.config('GET', ...Object.keys(SHOULD)).catch(() => null);
  if (!Array.isArray(answers)) return 'unknown';
  const is = new Map<string, string>();
  for (let i = 0; i + 1 < answers.length; i += 2) is.set(String(answers[i]), String(answers[i + 1]));
  return Object.entries(SHOULD)
    .filter(([name, value]) => is.has(name) && is.get(name) !== value)
    .map(([name, value]) => `the live Redis has ${name} "${is.get(name)}"; it should be "${value}".`);
}
