import { createHash } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import type { Clock } from '../kernel/clock.ts';
import { Bug, Problem } from '../kernel/failure.ts';
import type { Rules, StoreNeeds } from '../kernel/needs.ts';
import { readLua, withNumbers } from './lua.ts';

/**
 * One atomic command: a Lua file and the only TypeScript that may call it. Input and output are the same objects that
 * the memory store takes and gives, as JSON, so that the twins can be compared word by word.
 *
 * A script gets one key, the centre's hash tag `{centre}`, and builds the others from it: every key of a centre lies in
 * one slot by construction (ARCHITECTURE, "Redis"). Its first line says what it may do: `#!lua` is refused whole by a
 * full store, `flags=allow-oom` makes room in one, `flags=no-writes` cannot write.
 */
export interface Command<Output> {
  readonly lua: URL;
  /** every word that `is` may be in the reply; a reply with another word is a Bug. Empty: replies have no `is` */
  readonly words: readonly (Output extends { is: infer Word } ? Word : never)[];
}

/** What any command needs. */
export interface Binding {
  readonly redis: Pick<Redis, 'evalsha' | 'eval'> | Pick<Cluster, 'evalsha' | 'eval'>;
  /** key prefix of the centre with its hash tag: `{demo}` */
  readonly tag: string;
  readonly clock: Clock;
}

/** What a command of the live store needs: its numbers, too. */
export interface Scripting extends Binding, StoreNeeds {
  /** whether deadlines are refused when `clock` is further than `clockSkewMsMax` from Redis; off for a fake clock */
  readonly checksClock: boolean;
}

/**
 * @returns the script as a function of its arguments, which follow the tag, the time and, in the live store, the process. It
 *   rejects with Problem `unavailable` when Redis cannot be reached or refuses; then nobody knows whether the command ran,
 *   and the caller may repeat it: every command is safe to repeat [V7]. It rejects with Bug when the script itself is wrong.
 */
export function script(binding: Binding | Scripting, lua: URL): (args: readonly string[]) => Promise<unknown> {
  const { redis, tag, clock } = binding;
  const textNow = textOf(binding, lua);
  // the live store's alone: what is kept has no sockets
  const own = 'limits' in binding ? [binding.node ?? ''] : [];

  return async (args) => {
    const { text, sha1 } = textNow();
    const all = [tag, String(clock.nowMs()), ...own, ...args];
    return redis
      .evalsha(sha1, 1, ...all)
      .catch((error: unknown) => {
        if (!says(error, 'NOSCRIPT')) throw error;
        return redis.eval(text, 1, ...all); // first use, or Redis was restarted
      })
      .catch((error: unknown) => {
        throw failureOf(error);
      });
  };
}

/** @returns the command as a function, which rejects as its script does. */
export function bind<Output>(binding: Binding | Scripting, { lua, words }: Command<Output>) {
  const run = script(binding, lua);
  return async (input: object): Promise<Output> =>
    read<Output>(String(await run([JSON.stringify(input)])), words as readonly string[]);
}

/**
 * The text as Redis gets it. Limits and rules stand in it: they are the same for every command, so no command carries
 * them. It is written anew only when the centre's rules are others; then Redis learns it once more by its new name.
 */
function textOf(binding: Binding | Scripting, lua: URL): () => { text: string; sha1: string } {
  const source = readLua(lua);
  const named = (text: string) => ({ text, sha1: createHash('sha1').update(text).digest('hex') });
  if (!('limits' in binding)) {
    const only = named(source);
    return () => only;
  }
  let of: Rules | null = null;
  let written = named('');
  return () => {
    const { limits, rules, checksClock } = binding;
    if (rules !== of) written = named(withNumbers(source, { ...limits, ...rules, checksClock }));
    of = rules;
    return written;
  };
}

const says = (error: unknown, word: string): boolean => error instanceof Error && error.message.startsWith(`${word} `);

/** What Redis calls plain ERR or a wrong type is our script's doing; everything else is its own state, or the way to it. */
export function failureOf(cause: unknown): Bug | Problem {
  const ours =
    cause instanceof Error && cause.name === 'ReplyError' && (says(cause, 'ERR') || says(cause, 'WRONGTYPE'));
  return ours ? new Bug('a script failed', { cause }) : new Problem('unavailable', { cause });
}

/** Lua has one empty table for lists and records; these names are lists. */
const LISTS = new Set([
  'hints',
  'held',
  'rings',
  'frames',
  'places',
  'handouts',
  'seqs',
  'rows',
  'letGo',
  'atDesk',
  'stored',
  'entries',
  'sessions',
]);

function read<Output>(reply: string, words: readonly string[]): Output {
  const output = JSON.parse(reply, (name, value: unknown) =>
    LISTS.has(name) && value !== null && typeof value === 'object' && Object.keys(value).length === 0 ? [] : value,
  ) as Output & { is?: string };
  const fits = words.length === 0 ? output.is === undefined : words.includes(String(output.is));
  if (!fits) throw new Bug('a script answered with a word that its wrapper does not know');
  return output;
}
