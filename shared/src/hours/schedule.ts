import { interval, localDate, shutReason } from '../protocol/status.ts';
import { WEEKDAYS } from '../weekdays.ts';
import * as v from 'valibot';

const INTERVALS_PER_DAY_MAX = 8;
/** That a document may hold. Fewer may be chosen, so that what closes a day at once has room beside them. */
const EXCEPTIONS_MAX = 480;

const intervals = v.pipe(
  v.array(interval),
  v.maxLength(INTERVALS_PER_DAY_MAX, `may hold ${INTERVALS_PER_DAY_MAX} openings at most`),
);

const week = v.strictObject({
  sunday: intervals,
  monday: intervals,
  tuesday: intervals,
  wednesday: intervals,
  thursday: intervals,
  friday: intervals,
  saturday: intervals,
} satisfies Record<(typeof WEEKDAYS)[number], unknown>);

/**
 * Dated openings, or closures when `open` is empty, on every day from `from` to `to`, both included.
 * On those days neither the week grid nor a school holiday has a say. With a reason they are closed before their time:
 * `open` is then what would hold, and holds again when the reason goes.
 */
const exception = v.strictObject({
  from: localDate,
  to: localDate,
  open: intervals,
  why: v.optional(shutReason),
  /** beside a reason: the dates of the plan that it was part of, null when it had none. Absent: its own */
  stood: v.optional(v.nullable(v.strictObject({ from: localDate, to: localDate }))),
});

/** When a centre is open, on the clock of its own wall. */
export const schedule = v.strictObject({
  timezone: v.picklist(['Europe/Brussels'], 'must be Europe/Brussels'),
  week,
  exceptions: v.pipe(v.array(exception), v.maxLength(EXCEPTIONS_MAX, `may hold ${EXCEPTIONS_MAX} entries at most`)),
  /** on days of the computed Flemish school holidays that no exception names */
  holidays: v.picklist(['closed', 'open'], 'must be closed or open'),
});

export type Schedule = v.InferOutput<typeof schedule>;

const evening = [{ from: '17:00', to: '21:00' }];

/** PRODUCT: Monday, Tuesday and Thursday 17–21, Wednesday 14–21, closed in school holidays. */
export const defaultSchedule = (): Schedule => ({
  timezone: 'Europe/Brussels',
  week: {
    sunday: [],
    monday: evening,
    tuesday: evening,
    wednesday: [{ from: '14:00', to: '21:00' }],
    thursday: evening,
    friday: [],
    saturday: [],
  },
  exceptions: [],
  holidays: 'closed',
});

const wholeDay = [{ from: '00:00', to: '24:00' }];

export const alwaysOpen = (): Schedule => ({
  timezone: 'Europe/Brussels',
  week: {
    sunday: wholeDay,
    monday: wholeDay,
    tuesday: wholeDay,
    wednesday: wholeDay,
    thursday: wholeDay,
    friday: wholeDay,
    saturday: wholeDay,
  },
  exceptions: [],
  holidays: 'open',
});

export interface Clash {
  readonly path: string;
  readonly code: 'order' | 'overlap' | 'empty' | 'value' | 'no_such_hour';
  readonly says: string;
}

/** What no single field shows: openings without length, dates in the wrong order, two exceptions for one day. */
export function clashesOf({ week: grid, exceptions }: Schedule): Clash[] {
  const empty = (list: Schedule['week']['sunday'], path: string): Clash[] =>
    list.flatMap(({ from, to }, index) =>
      from === to || from === '24:00'
        ? [{ path: `${path}.${index}`, code: 'empty' as const, says: 'an opening ends after it begins' }]
        : [],
    );

  return [
    ...WEEKDAYS.flatMap((day) => empty(grid[day], `schedule.week.${day}`)),
    ...exceptions.flatMap(({ from, to, open }, index): Clash[] => {
      const path = `schedule.exceptions.${index}`;
      const earlier = exceptions
        .slice(0, index)
        .findIndex((other) => from <= to && from <= other.to && other.from <= to);
      return [
        ...empty(open, `${path}.open`),
        ...(to < from
          ? [{ path: `${path}.to`, code: 'order' as const, says: 'the last day is before the first' }]
          : []),
        ...(earlier >= 0
          ? [{ path, code: 'overlap' as const, says: `has a day in common with exception ${earlier}` }]
          : []),
      ];
    }),
  ];
}
