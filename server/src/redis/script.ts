import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { Bug } from '../kernel/failure.ts';
import type { StoreNeeds } from '../kernel/needs.ts';

/**
 * One atomic command: a Lua file and the only TypeScript that may call it. Input and output are the same objects that
 * the memory store takes and gives, as JSON, so that the twins can be compared word by word.
 *
 * A script gets one key, the centre's hash tag `{centre}`, and builds the others from it: every key of a centre lies in
 * one slot by construction (ARCHITECTURE, "Redis").
 */
export interface Command<Output> {
  readonly lua: URL;
  /** every word that `is` may be in the reply; a reply with another word is a Bug. Empty: replies have no `is` */
  readonly words: readonly (Output extends { is: infer Word } ? Word : never)[];
}

/** A line `-- @include live/base` stands for that file under server/src, once per script. */
export function readLua(url: URL, seen = new Set<string>()): string {
  if (seen.has(url.href)) return '';
  seen.add(url.href);
  return readFileSync(url, 'utf8').replaceAll(/^-- @include (\S+)$/gm, (_line, name: string) =>
    readLua(new URL(`../${name}.lua`, import.meta.url), seen),
  );
}

export interface Scripting extends StoreNeeds {
  readonly redis: Redis;
  /** key prefix of the centre with its hash tag: `{demo}` */
  readonly tag: string;
}

/**
 * @returns the command as a function. It rejects when Redis cannot be reached or refuses; then nobody knows whether the
 *   command ran, and the caller may repeat it: every command is safe to repeat [V7].
 */
export function bind<Output>({ redis, tag, clock, limits, rules }: Scripting, { lua, words }: Command<Output>) {
  const source = readLua(lua);
  const sha1 = createHash('sha1').update(source).digest('hex');
  const numbers = JSON.stringify({ ...limits, ...rules });

  return async (input: object): Promise<Output> => {
    const args = [tag, String(clock.nowMs()), numbers, JSON.stringify(input)];
    const reply = await redis.evalsha(sha1, 1, ...args).catch((error: unknown) => {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return redis.eval(source, 1, ...args); // first use, or Redis was restarted
    });
    return read<Output>(String(reply), words as readonly string[]);
  };
}

/** Lua has one empty table for lists and records; these names are lists. */
const LISTS = new Set(['hints', 'held', 'rings', 'frames', 'places', 'handouts', 'seqs', 'rows']);

function read<Output>(reply: string, words: readonly string[]): Output {
  const output = JSON.parse(reply, (name, value: unknown) =>
    LISTS.has(name) && value !== null && typeof value === 'object' && Object.keys(value).length === 0 ? [] : value,
  ) as Output & { is?: string };
  const fits = words.length === 0 ? output.is === undefined : words.includes(String(output.is));
  if (!fits) throw new Bug('a script answered with a word that its wrapper does not know');
  return output;
}
