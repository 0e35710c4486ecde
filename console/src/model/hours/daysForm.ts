import { intervalOf } from '@clbchat/shared/hours/blocks';
import { dateOf, weekdayOf } from '@clbchat/shared/hours/calendar';
import type { Schedule } from '@clbchat/shared/hours/schedule';
import { missingIn, wishClashes } from '@clbchat/shared/hours/wishes';
import { daysOf, type Choice } from './days.ts';
import { fromForm } from './grid.ts';

/** What somebody typed about some days. */
export interface DaysWish {
  readonly is: Choice['is'];
  readonly first: string;
  readonly last: string;
  readonly begins: string;
  readonly ends: string;
  /** days of the week on which these hours hold */
  readonly on: readonly number[];
}

type Judged =
  | { readonly ok: true; readonly choice: Choice }
  | { readonly ok: false; readonly why: 'dates' | 'order' | 'far' | 'times' | 'span' | 'noDay' }
  /** on this day clocks jump over it */
  | { readonly ok: false; readonly why: 'no_hour'; readonly date: string };

const no = (why: Exclude<Exclude<Judged, { ok: true }>['why'], 'no_hour'>): Judged => ({ ok: false, why });

/** Everything that a form about days can be refused for, the dates first. */
export function daysWished({ is, first, last, begins, ends, on }: DaysWish, schedule: Schedule): Judged {
  if (!first || !last) return no('dates');
  if (last < first) return no('order');
  const dates = { ...schedule, exceptions: [{ from: first, to: last, open: [] }] };
  if (wishClashes(dates).some(({ path }) => path.startsWith('schedule.exceptions'))) return no('far');
  if (is !== 'limited') return { ok: true, choice: { is } };
  const block = fromForm(0, begins, ends, false);
  if (!block) return no('times');
  if (block.to <= block.from) return no('span');
  const opened = daysOf(first, last).filter((day) => on.includes(weekdayOf(day)));
  if (opened.length === 0) return no('noDay');
  const open = intervalOf(block);
  const missing = opened.map(dateOf).find((date) => missingIn(date, date, open, schedule.timezone) !== null);
  if (missing !== undefined) return { ok: false, why: 'no_hour', date: missing };
  return { ok: true, choice: { is, days: on, open: [open] } };
}
