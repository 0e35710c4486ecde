import { dayOf as dayNumber, weekdayOf } from '@clbchat/shared/hours/calendar';
import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import * as v from 'valibot';
import { Bug } from '../kernel/failure.ts';
import type { Change, RecordsStore } from '../records/records.store.ts';
import { dayOf } from './days.rules.ts';

/** What is stored of when somebody last signed in: the day in Brussels, never the hour. */
const document = v.strictObject({ day: v.pipe(v.string(), v.maxLength(10), v.isoDate()) });

/** All that anybody is told of it; the week begins on Monday. */
export type LastIn = 'today' | 'week' | 'longer';

/** @returns what is written with a session so that its day stands; nothing for the second of a day [T2] */
export async function signInDay(
  records: Pick<RecordsStore, 'get'>,
  id: AccountId,
  nowMs: number,
  { signInDayKeptMs }: Pick<Limits, 'signInDayKeptMs'>,
): Promise<Change[]> {
  const row = await records.get({ kind: 'signIn', id });
  const text = JSON.stringify({ day: dayOf(nowMs) });
  if (row?.text === text) return [];
  return [{ kind: 'signIn', id, rev: row?.rev ?? 0, text, endMs: nowMs + signInDayKeptMs }];
}

/** Of each account whose day stands; of any other it is longer ago. */
export async function lastInOf(
  records: Pick<RecordsStore, 'list'>,
  nowMs: number,
): Promise<(account: AccountId) => LastIn> {
  const today = dayNumber(dayOf(nowMs));
  const monday = today - ((weekdayOf(today) + 6) % 7);
  const days = new Map((await records.list('signIn')).map(({ id, text }) => [id, dayNumber(readStored(text))]));
  return (account) => {
    const day = days.get(account);
    if (day === undefined || day < monday) return 'longer';
    return day < today ? 'week' : 'today';
  };
}

function readStored(text: string): string {
  const read = v.safeParse(document, JSON.parse(text));
  if (!read.success) throw new Bug('what is stored of a sign-in is no day');
  return read.output.day;
}
