import type { Redis } from 'ioredis';
import { Problem } from '../kernel/failure.ts';
import { CannotStart } from '../redis/cannotStart.ts';
import { bind, type Binding } from '../redis/script.ts';
import { steps, VERSION } from './versions.rules.ts';
import {
  inOrder,
  checkBounds,
  highestRev,
  KINDS,
  type Kind,
  type RecordsStore,
  type Row,
  type Written,
} from './records.store.ts';

const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);

/** What a write may be answered by records that another release brought up to a version of its own. */
interface Outdated {
  readonly is: 'outdated';
}

interface Read {
  readonly stored: readonly { readonly kind: Kind; readonly id: string; readonly row: string }[];
  readonly entries: readonly string[];
  readonly anchor: string;
  readonly head: string;
}

interface Needs extends Binding {
  readonly redis: Pick<Redis, 'evalsha' | 'eval' | 'mget'>;
}

/**
 * What is kept, on a Redis that writes everything to its disk. Brings records of an earlier release up to this one's version
 * first, in one step, whoever else does the same. Contract: records.store.ts; meaning: records.model.ts.
 *
 * @throws CannotStart when a later release wrote them
 */
export async function openRecords(needs: Needs): Promise<RecordsStore> {
  const versionNow = bind<{ version: string }>(needs, { lua: lua('version'), words: [] });
  const migrate = bind<{ is: 'migrated' | 'other' }>(needs, { lua: lua('migrate'), words: ['migrated', 'other'] });
  for (;;) {
    const { version } = await versionNow({ newest: VERSION });
    const from = Number(version);
    if (from === VERSION) return redisRecords(needs);
    const step = steps[from];
    if (!step)
      throw new CannotStart(
        `RECORDS_REDIS_URL: the records there have version ${version}, which a later release wrote; this one knows ${VERSION} at most.`,
      );
    const keys = step.reads.map((name) => `${needs.tag}:${name}`);
    const rows = step.rows(await needs.redis.mget(keys));
    await migrate({ from, to: from + 1, removes: step.reads, rows });
  }
}

function redisRecords(binding: Binding): RecordsStore {
  const read = bind<Read>(binding, { lua: lua('read'), words: [] });
  const write = bind<Written | Outdated>(binding, {
    lua: lua('write'),
    words: ['written', 'stale', 'moved', 'outdated'],
  });
  const fill = bind<{ is: 'filled' | 'not_empty' } | Outdated>(binding, {
    lua: lua('fill'),
    words: ['filled', 'not_empty', 'outdated'],
  });
  const sweep = bind<{ gone: number }>(binding, { lua: lua('sweep'), words: [] });
  const shorten = bind<{ is: 'shortened' | 'other' }>(binding, { lua: lua('shorten'), words: ['shortened', 'other'] });
  const dump = async () => {
    const { stored, entries, anchor, head } = await read({ kinds: KINDS, log: true });
    return { rows: stored.map(rowOf).toSorted(inOrder), log: { anchor, entries, head } };
  };

  return {
    async get({ kind, id }) {
      const [found] = (await read({ kinds: [kind], id })).stored;
      return found ? rowOf(found) : null;
    },
    list: async (kind) => (await read({ kinds: [kind] })).stored.map(rowOf).toSorted(inOrder),
    async write(changes, entry) {
      changes.forEach(checkBounds);
      const asked = changes.map(({ text, endMs = 0, ...name }) => ({ ...name, endMs, ...(text !== null && { text }) }));
      return current(await write({ version: VERSION, changes: asked, ...(entry && { entry }) }));
    },
    async audit() {
      const { entries, anchor, head } = await read({ kinds: [], log: true });
      return { anchor, entries, head };
    },
    dump,
    async fill(filled) {
      const { rows, log } = filled;
      return current(await fill({ version: VERSION, rows, ...log, rev: highestRev(filled) }));
    },
    sweep: async () => void (await sweep({})),
    shorten: async (by) => void (await shorten(by)),
  };
}

/** Whether records of a centre are there, of whatever version: to open them where there are none would make some. */
export const areRecordsThere = async (redis: Pick<Redis, 'exists'>, tag: string): Promise<boolean> =>
  (await redis.exists(`${tag}:records:about`, `${tag}:settings`)) > 0;

/** A row as `base.lua` stores it: `rev endMs text`. */
function rowOf({ kind, id, row }: Read['stored'][number]): Row {
  const [rev = '', endMs = ''] = row.split(' ', 2);
  return { kind, id, rev: Number(rev), endMs: Number(endMs), text: row.slice(rev.length + endMs.length + 2) };
}

function current<Answer extends { is: string }>(answer: Answer | Outdated): Exclude<Answer, Outdated> {
  if (answer.is === 'outdated') throw new Problem('unavailable');
  return answer as Exclude<Answer, Outdated>;
}
