import { measuredClock, type Clock } from '../kernel/clock.ts';
import { Problem } from '../kernel/failure.ts';
import { areRecordsThere, forbiddenAt, openRecordsAsTheyAre } from '../records/open.redis.ts';
import type { RecordsStore } from '../records/records.store.ts';
import { closeLine, openClient } from '../redis/client.ts';
import { timeOf } from '../redis/connect.ts';
import { forgettingOf } from '../redis/keeping.ts';
import { codeOf, Refusal } from './refusal.ts';

/** Whoever types a command waits rather than not to know what became of it. */
const ANSWER_MS_MAX = 120_000;
const SETTING = 'RECORDS_REDIS_URL';

interface Where {
  readonly recordsUrl: string;
  readonly centre: string;
  /** says why instead of making records where there are none */
  readonly orElse?: (centre: string) => Refusal;
  /** takes records as they are, also such as may forget */
  readonly onlyReads?: boolean;
}

/**
 * Hands out what is kept of a centre, with the clock of the Redis that keeps it.
 *
 * @throws CannotStart, Refusal, and whatever `use` throws
 */
export async function withRecords<Result>(
  { recordsUrl, centre, orElse, onlyReads = false }: Where,
  use: (records: RecordsStore, clock: Clock) => Promise<Result>,
): Promise<Result> {
  const { redis, place } = await openClient(SETTING, recordsUrl);
  const tag = `{${centre}}`;
  try {
    redis.options.commandTimeout = ANSWER_MS_MAX;
    const clock = measuredClock(() => timeOf(redis));
    if (!(await clock.measure())) throw new Refusal(`${SETTING}: the Redis at ${place} answers too slowly.`);
    const forgetting = onlyReads ? null : await forgettingOf(redis);
    if (forgetting) throw new Refusal(`${SETTING}: the Redis at ${place} ${forgetting}`);
    const needs = { redis, tag, clock };
    if (orElse && !(await areRecordsThere(needs))) throw orElse(centre);
    return await use(await openRecordsAsTheyAre(needs), clock);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Refusal(
      forbiddenAt(tag, error) ??
        `${SETTING}: the Redis at ${place} does not answer any more or refuses (${reasonOf(error.cause)}), and nobody knows what was written; the same again shows it.`,
      { cause: error },
    );
  } finally {
    closeLine(redis);
  }
}

/** `OOM`, `NOPERM`, `ECONNREFUSED`: a word, and nothing of what was asked. */
function reasonOf(cause: unknown): string {
  const word = cause instanceof Error ? cause.message.slice(0, 20).split(' ')[0] : undefined;
  return word && word === word.toUpperCase() ? word : codeOf(cause);
}
