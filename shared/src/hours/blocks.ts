import type { Interval } from '../protocol/status.ts';
import { WEEKDAYS } from '../weekdays.ts';
import { minuteOf, timeOf } from './calendar.ts';
import type { Schedule } from './schedule.ts';

const DAY_MIN = 1_440;
const WEEK_MIN = 7 * DAY_MIN;

/** One opening of the week grid. */
export interface Block {
  /** 0 is Sunday */
  readonly day: number;
  /** minutes since its midnight */
  readonly from: number;
  /** minutes since the same midnight, without the last one: above 1440 it ends on the day after */
  readonly to: number;
}

export const blockOf = (day: number, { from, to }: Interval): Block => {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  return { day, from: start, to: end > start ? end : end + DAY_MIN };
};

export const intervalOf = ({ from, to }: Pick<Block, 'from' | 'to'>): Interval => ({
  from: timeOf(from),
  to: timeOf(to > DAY_MIN ? to - DAY_MIN : to),
});

/** Every opening of the week, Sunday first and then by the hour. */
export const blocksOf = (week: Schedule['week']): Block[] =>
  WEEKDAYS.flatMap((name, day) => week[name].map((open) => blockOf(day, open))).toSorted(inOrder);

export function weekOf(blocks: readonly Block[]): Schedule['week'] {
  const on = (day: number) =>
    blocks
      .filter((block) => block.day === day)
      .toSorted(inOrder)
      .map(intervalOf);
  const [sunday, monday, tuesday, wednesday, thursday, friday, saturday] = [0, 1, 2, 3, 4, 5, 6].map(on);
  return {
    sunday: sunday ?? [],
    monday: monday ?? [],
    tuesday: tuesday ?? [],
    wednesday: wednesday ?? [],
    thursday: thursday ?? [],
    friday: friday ?? [],
    saturday: saturday ?? [],
  };
}

const inOrder = (a: Block, b: Block) => a.day - b.day || a.from - b.from || a.to - b.to;

/** Whether both are open at one moment; those that only touch are not. Saturday night goes on into Sunday. */
export function overlap(a: Block, b: Block): boolean {
  const startOf = ({ day, from }: Block) => day * DAY_MIN + from;
  const later = (((startOf(b) - startOf(a)) % WEEK_MIN) + WEEK_MIN) % WEEK_MIN; // of b, after a began
  return later < a.to - a.from || WEEK_MIN - later < b.to - b.from;
}
