import { read } from '@clbchat/shared/protocol/wire';
import type { Redis } from 'ioredis';
import * as v from 'valibot';
import { Problem } from '../kernel/failure.ts';
import { keepListening } from '../redis/listening.ts';
import { clockOff } from '../redis/skew.ts';
import { bind, type Binding } from '../redis/script.ts';
import {
  checkBounds,
  inOrder,
  isWritten,
  KINDS,
  revAfter,
  type Hears,
  type Kind,
  type News,
  type RecordsStore,
  type Row,
  type Changes,
  type Written,
} from './records.store.ts';
import { VERSION } from './versions.rules.ts';

const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);

interface Read {
  readonly is: 'read';
  readonly stored: readonly { readonly kind: Kind; readonly id: string; readonly row: string }[];
  readonly entries: readonly string[];
  readonly anchor: string;
  readonly head: string;
}

/** What takes away as well as write does, and what a full store does all the same. */
const takesAway = (changes: Changes, entry: unknown) =>
  entry === null && changes.filter(isWritten).every(({ text }) => text === null);

export interface RecordsBinding extends Binding {
  readonly redis: Pick<Redis, 'evalsha' | 'eval' | 'bgrewriteaof' | 'time'>;
  /** a connection of its own that hears what other processes write; a command at a shell hears nothing */
  readonly news?: Redis;
  /** how far its clock may be from `clock` where something goes for its age; nobody looks where nothing is said */
  readonly clockApartMsMax?: number;
}

/** What is kept, on a Redis that writes everything to its disk. Contract: records.store.ts; meaning: records.model.ts. */
export function redisRecords(binding: RecordsBinding): RecordsStore {
  const read = command<Read>('read', ['read']);
  const write = command<Written>('write', ['written', 'stale', 'moved']);
  const remove = command<Written>('remove', ['written', 'stale', 'moved']);
  const fill = command<{ is: 'filled' | 'not_empty' }>('fill', ['filled', 'not_empty']);
  const sweep = onTime(command<{ is: 'swept' | 'clock_off' }>('sweep', ['swept', 'clock_off']));
  const shorten = onTime(
    command<{ is: 'shortened' | 'other' | 'clock_off' }>('shorten', ['shortened', 'other', 'clock_off']),
  );

  /** A process of another release may have laid them out anew: then this one neither reads nor writes them [A5]. */
  function command<Output extends { is: string }>(name: string, words: readonly Output['is'][]) {
    const run = bind<Output | { is: 'outdated' }>(binding, { lua: lua(name), words: [...words, 'outdated'] as never });
    return async (input: object): Promise<Output> => {
      const answer = await run({ version: VERSION, ...input });
      if (answer.is === 'outdated') throw new Problem('unavailable');
      return answer as Output;
    };
  }

  /** What is gone does not come back when the clock is right again. */
  function onTime(run: (input: object) => Promise<{ is: string }>) {
    const { clockApartMsMax } = binding;
    return async (input: object): Promise<void> => {
      const answer = await run({ ...input, ...(clockApartMsMax !== undefined && { clockApartMsMax }) });
      if (answer.is === 'clock_off') throw clockOff();
    };
  }

  return {
    async get({ kind, id }) {
      const [found] = (await read({ kinds: [kind], id })).stored;
      return found ? rowOf(found) : null;
    },
    list: async (kind) => (await read({ kinds: [kind] })).stored.map(rowOf).toSorted(inOrder),
    async write(changes, entry) {
      changes.filter(isWritten).forEach(checkBounds);
      const asked = changes.map((one) => {
        if (!isWritten(one)) return one;
        const { text, endMs = 0, ...name } = one;
        return { ...name, endMs, ...(text !== null && { text }) };
      });
      const run = takesAway(changes, entry) ? remove : write;
      return run({ changes: asked, ...(entry && { entry }) });
    },
    async audit() {
      const { entries, anchor, head } = await read({ kinds: [], log: 'all' });
      return { anchor, entries, head };
    },
    async newest(some) {
      const { entries, head } = await read({ kinds: [], log: some });
      return { entries, head };
    },
    async dump() {
      const { stored, entries, anchor, head } = await read({ kinds: KINDS, log: 'all' });
      return { rows: stored.map(rowOf).toSorted(inOrder), log: { anchor, entries, head } };
    },
    fill: (dump) => fill({ rows: dump.rows, ...dump.log, rev: revAfter(dump) }),
    watch: (hears) => (binding.news ? listen(binding.news, `${binding.tag}:records:news`, hears) : () => undefined),
    async isOnTime() {
      const { redis, clock, clockApartMsMax } = binding;
      if (clockApartMsMax === undefined) return true;
      const [seconds] = await redis.time().catch((cause: unknown) => {
        throw new Problem('unavailable', { cause });
      });
      return Math.abs(seconds! * 1_000 - clock.nowMs()) <= clockApartMsMax;
    },
    async sweep() {
      await sweep({});
      // what was taken away is in Redis's file until that is written anew, and with it who was signed in when
      await binding.redis.bgrewriteaof().catch((cause: unknown) => {
        if (!String(cause).includes('already in progress')) throw new Problem('unavailable', { cause });
      });
    },
    shorten,
  };
}

const told = v.object({
  changed: v.array(v.object({ kind: v.picklist(KINDS), id: v.string(), gone: v.boolean() })),
});

/** What is told in another way, as by another release, may be of anything. Never throws: what hears it would end the process. */
function newsIn(text: string): News[] | null {
  try {
    return read(told, JSON.parse(text))?.changed ?? null;
  } catch {
    return null;
  }
}

/** What was written while nobody heard: once it hears again, anything may have changed. */
function listen(news: Redis, channel: string, hears: Hears): () => void {
  const onMessage = (from: string, text: string) => {
    if (from === channel) hears(newsIn(text));
  };
  news.on('message', onMessage);
  const { now, stop } = keepListening(news, { subscribe: () => news.subscribe(channel), hears: () => hears(null) });
  if (news.status === 'ready') now();
  return () => {
    stop();
    news.off('message', onMessage);
  };
}

/** A row as `base.lua` stores it: `rev endMs text`. */
function rowOf({ kind, id, row }: Read['stored'][number]): Row {
  const [rev = '', endMs = ''] = row.split(' ', 2);
  return { kind, id, rev: Number(rev), endMs: Number(endMs), text: row.slice(rev.length + endMs.length + 2) };
}
