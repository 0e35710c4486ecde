import type { Redis } from 'ioredis';
import { Problem } from '../kernel/failure.ts';
import { CannotStart } from '../redis/cannotStart.ts';
import { bind, type Binding } from '../redis/script.ts';
import { linkTo, SHELL } from './audit.rules.ts';
import { redisRecords, type RecordsBinding } from './records.redis.ts';
import type { RecordsStore } from './records.store.ts';
import { steps, VERSION } from './versions.rules.ts';

const lua = (name: string) => new URL(`${name}.lua`, import.meta.url);

interface Needs extends RecordsBinding {
  readonly redis: Pick<Redis, 'evalsha' | 'eval' | 'mget' | 'bgrewriteaof' | 'time'>;
}

/**
 * The records of a centre. Those of an earlier release are brought up to this one's version first, in one step, whoever else
 * does the same.
 *
 * @throws CannotStart when a later release wrote them, or when the store does not let them be brought up
 */
export const openRecords = (needs: Needs): Promise<RecordsStore> =>
  inWords(needs, async () => {
    while (!(await isCurrent(needs)));
    return redisRecords(needs);
  });

/**
 * The same for who may not change how records are laid out, because the release that runs may know no other way.
 *
 * @throws CannotStart when they have another version than this release writes
 */
export const openRecordsAsTheyAre = (needs: Needs): Promise<RecordsStore> =>
  inWords(needs, async () => {
    const { version } = await versionOf(needs);
    if (version !== '' && Number(version) !== VERSION)
      throw new CannotStart(
        `RECORDS_REDIS_URL: the records there have version ${version}, and this release works with ${VERSION}: take the release that runs on them.`,
      );
    return openRecords(needs);
  });

/** Whether records of a centre are there, of whatever version: to open them where there are none would make some. */
export const areRecordsThere = async (needs: Binding): Promise<boolean> => (await versionOf(needs)).version !== '';

interface Found {
  /** '' where nothing is kept yet */
  readonly version: string;
  /** of the audit log */
  readonly head: string;
}
const versionOf = (needs: Binding) => bind<Found>(needs, { lua: lua('version'), words: [] })({});

/** One step nearer to this release's version, should they have another. @returns true when they had it */
async function isCurrent(needs: Needs): Promise<boolean> {
  const { version, head } = await versionOf(needs);
  if (version === '') {
    await bind<{ is: 'begun' }>(needs, { lua: lua('begin'), words: ['begun'] })({ newest: VERSION });
    return false;
  }
  const from = Number(version);
  if (from === VERSION) return true;
  const step = steps[from];
  if (!step)
    throw new CannotStart(
      `RECORDS_REDIS_URL: the records there have version ${version}, which a later release wrote; this one knows ${VERSION} at most.`,
    );
  const keys = step.reads.map((name) => `${needs.tag}:${name}`);
  const values = keys.length > 0 ? await needs.redis.mget(keys) : [];
  await bind<{ is: 'migrated' | 'other' }>(needs, { lua: lua('migrate'), words: ['migrated', 'other'] })({
    ...{ from, to: from + 1, reads: step.reads, rows: step.rows(values) },
    values: values.map((text) => (text === null ? {} : { text })), // what changed meanwhile is read again
    entry: linkTo(head, needs.clock.nowMs(), { by: SHELL, act: 'records_brought_up', about: `version ${from + 1}` }),
  });
  return false;
}

async function inWords({ tag }: Needs, open: () => Promise<RecordsStore>): Promise<RecordsStore> {
  try {
    return await open();
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    throw new CannotStart(
      forbiddenAt(tag, cause) ??
        'RECORDS_REDIS_URL: the Redis there refuses to write, because it is full or a replica, or it is gone.',
      { cause },
    );
  }
}

/** What to say where the account of the store may not do this to these keys; null for any other failure. */
export function forbiddenAt(tag: string, { cause }: Problem): string | null {
  if (!(cause instanceof Error && cause.message.includes('NOPERM'))) return null;
  return `RECORDS_REDIS_URL: the Redis there lets this account into none of the keys ${tag}*, or forbids it a command; it needs them (~${tag}*). CENTRE or RECORDS_REDIS_URL may name another centre.`;
}
