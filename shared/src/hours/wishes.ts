import type { Interval } from '../protocol/status.ts';
import { WEEKDAYS } from '../weekdays.ts';
import { blockOf, overlap } from './blocks.ts';
import { dayOf, minuteOf } from './calendar.ts';
import type { Clash, Schedule } from './schedule.ts';
import { momentOf, wallTimeAt } from './zone.ts';

const DATED_DAYS_MAX = 400;
const CHOSEN_MAX = 400;
/** A day that is closed now may cut one plan in three. */
const ROOM_PER_SHUT = 3;
const YEAR_MIN = 2020;
const YEAR_MAX = 2099;
/** Nowhere do clocks jump later on a day than this. */
const JUMPS_UNTIL_MIN = 300;

/**
 * What nobody may ask for any more, though settings of before that hold it are read and have a meaning: openings of the
 * week, of one dated plan or of two that follow each other that overlap, a dated opening at an hour that does not exist, dates that nobody means. Hours of
 * a day that is closed now hold nobody back: they are not open.
 */
export function wishClashes(schedule: Schedule): Clash[] {
  const { week, exceptions, timezone } = schedule;
  const placed = WEEKDAYS.flatMap((name, day) =>
    week[name].map((open, index) => ({ path: `schedule.week.${name}.${index}`, block: blockOf(day, open) })),
  );
  return [
    ...placed.flatMap(({ path, block }, index): Clash[] => {
      const other = placed.slice(0, index).find((earlier) => overlap(earlier.block, block));
      return other ? [{ path, code: 'overlap', says: `is open while ${other.path} is` }] : [];
    }),
    ...exceptions.flatMap(({ from, to, open, why }, index): Clash[] => {
      const path = `schedule.exceptions.${index}`;
      if (!isNear(from)) return [{ path: `${path}.from`, code: 'value', says: farDate }];
      if (!isNear(to) || dayOf(to) - dayOf(from) >= DATED_DAYS_MAX)
        return [{ path: `${path}.to`, code: 'value', says: isNear(to) ? longRange : farDate }];
      if (why) return [];
      const overlaps = open.flatMap((one, nth): Clash[] => {
        const other = open.findIndex((earlier, at) => at < nth && meet(one, earlier, from < to));
        const says = `is open while ${path}.open.${other} is`;
        return other < 0 ? [] : [{ path: `${path}.open.${nth}`, code: 'overlap', says }];
      });
      const missing = open.flatMap((one, nth): Clash[] =>
        missingIn(from, to, one, timezone) === null
          ? []
          : [
              {
                path: `${path}.open.${nth}`,
                code: 'no_such_hour',
                says: 'has an hour that clocks jump over on that day',
              },
            ],
      );
      return [...overlaps, ...nightsOf(exceptions, index), ...missing];
    }),
  ];
}

/** Its openings that run while one of the day before it, or of the day after, runs over the midnight between [U42]. */
function nightsOf(exceptions: Schedule['exceptions'], index: number): Clash[] {
  const own = exceptions[index];
  if (!own) return [];
  const [day, next] = [0, 1];
  const [first, last] = [dayOf(own.from), dayOf(own.to)];
  return own.open.flatMap((one, nth): Clash[] => {
    const other = exceptions.findIndex(({ from, to, open, why }) => {
      if (why) return false;
      const isBefore = dayOf(to) + 1 === first && open.some((each) => overlap(blockOf(day, each), blockOf(next, one)));
      const isAfter = dayOf(from) - 1 === last && open.some((each) => overlap(blockOf(day, one), blockOf(next, each)));
      return isBefore || isAfter;
    });
    const path = `schedule.exceptions.${index}.open.${nth}`;
    return other < 0 ? [] : [{ path, code: 'overlap', says: `is open while schedule.exceptions.${other} is` }];
  });
}

/** Whether both are open at one moment, of one day or, where the plan goes on, of the next. */
function meet(a: Interval, b: Interval, goesOn: boolean): boolean {
  const [day, next] = [0, 1];
  const nights = goesOn && (overlap(blockOf(day, a), blockOf(next, b)) || overlap(blockOf(day, b), blockOf(next, a)));
  return nights || overlap(blockOf(day, a), blockOf(day, b));
}

/** More plans of days than may be chosen, beside those that close a day now. What stood before counts as chosen. */
export function tooManyDates({ exceptions }: Schedule, before: Schedule): Clash[] {
  const chosen = (all: Schedule['exceptions']) => all.length - ROOM_PER_SHUT * all.filter(({ why }) => why).length;
  if (chosen(exceptions) <= Math.max(CHOSEN_MAX, chosen(before.exceptions))) return [];
  return [{ path: 'schedule.exceptions', code: 'value', says: `may hold ${CHOSEN_MAX} entries at most` }];
}

const farDate = `must be in the years ${YEAR_MIN} to ${YEAR_MAX}`;
const longRange = `may span ${DATED_DAYS_MAX} days at most`;
const isNear = (date: string) => date >= String(YEAR_MIN) && date.slice(0, 4) <= String(YEAR_MAX);

/**
 * @returns the first day (since 1970) of these, both included, on which this opening begins or ends at a time that no
 *   clock shows; null when there is none
 */
export function missingIn(
  from: string,
  to: string,
  { from: begins, to: ends }: Interval,
  timezone: string,
): number | null {
  const [start, end] = [minuteOf(begins), minuteOf(ends)];
  if (start >= JUMPS_UNTIL_MIN && end >= JUMPS_UNTIL_MIN) return null;
  for (let day = dayOf(from); day <= dayOf(to); day += 1) {
    const endsOn = end > start ? day : day + 1;
    if (!isShown(day, start, timezone) || !isShown(endsOn, end, timezone)) return day;
  }
  return null;
}

function isShown(day: number, minute: number, timezone: string): boolean {
  const shown = wallTimeAt(momentOf({ day, minute }, timezone, 'first'), timezone);
  return (shown.day - day) * 1_440 + shown.minute === minute;
}

/**
 * The next day (since 1970) within a year on which clocks jump over a time of this opening of the week: it is kept, and moved
 * by the jump [H8].
 */
export function jumpOver(week: Interval, weekday: number, today: number, timezone: string): number | null {
  const first = today + ((weekday - ((today + 4) % 7) + 7) % 7);
  for (let day = first; day < first + 371; day += 7) {
    const [start, end] = [minuteOf(week.from), minuteOf(week.to)];
    if (!isShown(day, start, timezone) || !isShown(end > start ? day : day + 1, end, timezone)) return day;
  }
  return null;
}
