import { Cluster, type Redis } from 'ioredis';
import type { Line } from './client.ts';

/**
 * By which the live Redis keeps nothing beyond its memory, as a replica neither: that would write all that it is sent to its own
 * disk first, halves of keys among it, and leave it there. What a pupil's browser left on its disk opens with that half [K7].
 * The first of each is what to set.
 */
export const FORGETS = {
  save: [''],
  appendonly: ['no'],
  'maxmemory-policy': ['noeviction'],
  'slowlog-max-len': ['0'],
  'crash-log-enabled': ['no'], // it has the arguments of the command that ran
  'crash-memcheck-enabled': ['no'],
  'repl-diskless-sync': ['yes'],
  'repl-diskless-load': ['swapdb', 'flush-before-load'],
  'rdb-del-sync-files': ['yes'],
} as const;

/**
 * By which the records Redis answers a change only once it is on its disk, even while it writes its file anew, and throws
 * nothing away when it is full.
 */
const KEEPS = {
  appendonly: 'yes',
  appendfsync: 'always',
  'no-appendfsync-on-rewrite': 'no',
  'maxmemory-policy': 'noeviction',
} as const;

/**
 * Whether the live Redis would write conversations to a disk, or throw parts of one away when it is full.
 *
 * @returns one sentence for each setting that is wrong; `unknown` when the account may not ask, which is as it should be
 *   in production: then whoever runs it has to know.
 */
export async function keepingOf(live: Line): Promise<string[] | 'unknown'> {
  const servers = live instanceof Cluster ? live.nodes() : [live];
  const found = await Promise.all(servers.map(wrongAt));
  return found.includes(null) ? 'unknown' : [...new Set(found.flatMap((wrong) => wrong ?? []))];
}

async function wrongAt(server: Redis): Promise<string[] | null> {
  const is = await settingsOf(server, FORGETS);
  if (!is) return null;
  return Object.entries(FORGETS).flatMap(([name, allowed]: [string, readonly string[]]) => {
    const found = is.get(name);
    const isWrong = found !== undefined && !allowed.includes(found);
    return isWrong ? [`the live Redis has ${name} "${found}"; it should be "${allowed[0]}".`] : [];
  });
}

/**
 * Whether the records Redis might answer and forget all the same [A6]. What is not known counts as wrong: a loss shows only
 * after the machine lost its power, or once it is full.
 *
 * @returns null, or what is wrong and what to do, to be read after who it is
 */
export async function forgettingOf(records: Redis): Promise<string | null> {
  const is = await settingsOf(records, KEEPS);
  const wanted = Object.entries(KEEPS);
  if (!is || wanted.some(([name]) => !is.has(name))) {
    return 'does not say whether it has appendonly yes, appendfsync always and maxmemory-policy noeviction; its account needs the right +config|get.';
  }
  const wrong = wanted.filter(([name, value]) => is.get(name) !== value);
  if (wrong.length === 0) return null;
  const has = wrong.map(([name]) => `${name} "${is.get(name)}"`).join(' and ');
  const needs = wrong.map(([name, value]) => `${name} ${value}`).join(' and ');
  return `has ${has}; what is kept needs a server of its own with ${needs}: CONFIG SET that while it runs, then CONFIG REWRITE.`;
}

/** @returns null when it does not say: the account may not ask */
async function settingsOf(redis: Redis, asked: object): Promise<ReadonlyMap<string, string> | null> {
  const answers = await redis.config('GET', ...Object.keys(asked)).catch(() => null);
  if (!Array.isArray(answers)) return null;
  const is = new Map<string, string>();
  for (let i = 0; i + 1 < answers.length; i += 2) is.set(String(answers[i]), String(answers[i + 1]));
  return is;
}
