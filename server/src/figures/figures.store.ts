import * as v from 'valibot';
import { weekdayOf } from '@clbchat/shared/hours/calendar';
import { weekName, weekOfDay } from '@clbchat/shared/figures/weeks';
import { wallTimeAt } from '@clbchat/shared/hours/zone';
import type { Limits } from '@clbchat/shared/limits';
import type { Change, RecordsStore } from '../records/records.store.ts';
import { HOUR_MS } from './counting.rules.ts';
import type { HourSums } from './sums.store.ts';

/** How often each thing was counted in one week; beside what is counted of visits `at.<weekday>.<hour>` and `open.<weekday>.<hour>`. */
export type Counts = Readonly<Record<string, number>>;

export interface WeekCounts {
  /** shared/figures/weeks.ts */
  readonly week: number;
  readonly counts: Counts;
  /** of the demonstration: nobody came */
  readonly madeUp: boolean;
}

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const NAME_CHARS_MAX = 24;
const NAMES_MAX = 512;
/** One row of a week, and the row that says how far they go. */
export const weekDocument = v.strictObject({
  week: whole,
  counts: v.pipe(v.record(v.pipe(v.string(), v.maxLength(NAME_CHARS_MAX)), whole), v.maxEntries(NAMES_MAX)),
  madeUp: v.optional(v.literal(true)),
});
export const throughDocument = v.strictObject({ hour: whole });
type Kept = v.InferOutput<typeof weekDocument>;

/** The last hour that is in the records, with all before it. */
export interface Through {
  readonly hour: number;
  /** of the row that says so; 0 = none does */
  readonly rev: number;
}

/** Hours that are over, as weeks in the records. */
export interface FiguresStore {
  through(): Promise<Through>;
  /**
   * Adds hours to their weeks, and says that all up to `hour` are there: in one step, or not at all [F3].
   *
   * @param after as read before the sums were
   * @returns false when another process came first; then nothing is written
   */
  add(after: Through, hour: number, sums: readonly HourSums[], centre: Zone): Promise<boolean>;
  /** What the demonstration begins with: weeks that nobody's visits made, where there are none yet. */
  begin(weeks: readonly Pick<WeekCounts, 'week' | 'counts'>[], hour: number): Promise<void>;
  /** oldest first, and the last hour that is in them */
  weeks(): Promise<{ readonly weeks: readonly WeekCounts[]; readonly throughHour: number }>;
}

/** Where the centre is, and when it was open. */
export interface Zone {
  readonly timezone: string;
  readonly wasOpenIn: (hour: number) => boolean;
}

export const THROUGH = { kind: 'figures', id: 'through' } as const;

export const weekOfHour = (hour: number, timezone: string): number =>
  weekOfDay(wallTimeAt(hour * HOUR_MS, timezone).day);

/** `<weekday>.<hour>` on the wall; 0 is Sunday. */
function cellOf(hour: number, timezone: string): string {
  const { day, minute } = wallTimeAt(hour * HOUR_MS, timezone);
  return `${String(weekdayOf(day))}.${String(Math.floor(minute / 60))}`;
}

/** What was counted under the hour in which somebody came stands under the hour of the week. */
const placed = (name: string, timezone: string): string =>
  name.startsWith('came.') ? `at.${cellOf(Number(name.slice(5)), timezone)}` : name;

export function figuresOf(
  records: Pick<RecordsStore, 'get' | 'list' | 'write'>,
  nowMs: () => number,
  { figuresKeptMs }: Pick<Limits, 'figuresKeptMs'>,
): FiguresStore {
  async function through(): Promise<Through> {
    const row = await records.get(THROUGH);
    return row ? { hour: (JSON.parse(row.text) as { hour: number }).hour, rev: row.rev } : { hour: -1, rev: 0 };
  }

  async function changeOf(week: number, added: ReadonlyMap<string, number>): Promise<Change> {
    const name = { kind: 'figures', id: weekName(week) } as const;
    const row = await records.get(name);
    const kept = row ? (JSON.parse(row.text) as Kept) : { week, counts: {} };
    const counts = new Map(Object.entries(kept.counts));
    for (const [one, count] of added) counts.set(one, one.startsWith('open.') ? 1 : (counts.get(one) ?? 0) + count);
    const text = JSON.stringify({ ...kept, counts: Object.fromEntries(counts) });
    return { ...name, rev: row?.rev ?? 0, text, endMs: nowMs() + figuresKeptMs };
  }

  return {
    through,

    async add(after, hour, sums, { timezone, wasOpenIn }) {
      const weeks = new Map<number, Map<string, number>>();
      const inWeek = (week: number): Map<string, number> => {
        const added = weeks.get(week) ?? new Map<string, number>();
        weeks.set(week, added);
        return added;
      };
      // what the records have already is there from before the live store lost a part of its memory
      for (const one of sums.filter(({ hour: at }) => at > after.hour && at <= hour)) {
        const added = inWeek(weekOfHour(one.hour, timezone));
        for (const [name, count] of Object.entries(one.counts)) {
          const at = placed(name, timezone);
          added.set(at, (added.get(at) ?? 0) + count);
        }
      }
      const first = after.rev === 0 ? (sums[0]?.hour ?? hour) : after.hour + 1;
      for (let at = Math.max(first, hour - OPEN_HOURS_MAX + 1); at <= hour; at += 1)
        if (wasOpenIn(at)) inWeek(weekOfHour(at, timezone)).set(`open.${cellOf(at, timezone)}`, 1);
      const changes = await Promise.all([...weeks].map(([week, added]) => changeOf(week, added)));
      const says = { ...THROUGH, rev: after.rev, text: JSON.stringify({ hour }) };
      return (await records.write([says, ...changes], null)).is === 'written';
    },

    async begin(weeks, hour) {
      const endMs = nowMs() + figuresKeptMs;
      const rows = weeks.map(({ week, counts }) => {
        const text = JSON.stringify({ week, counts, madeUp: true } satisfies Kept);
        return { kind: 'figures', id: weekName(week), rev: 0, text, endMs } as const;
      });
      // stale: there are some
      await records.write([{ ...THROUGH, rev: 0, text: JSON.stringify({ hour }) }, ...rows], null);
    },

    async weeks() {
      // first: a week that is over by it changes no more
      const { hour } = await through();
      const rows = (await records.list('figures')).filter(({ id }) => id !== THROUGH.id);
      const weeks = rows.map(({ text }) => JSON.parse(text) as Kept).toSorted((a, b) => a.week - b.week);
      return {
        throughHour: hour,
        weeks: weeks.map(({ week, counts, madeUp }) => ({ week, counts, madeUp: madeUp === true })),
      };
    },
  };
}

/** After a service that stood still for longer nothing is said of when it was open. */
const OPEN_HOURS_MAX = 24 * 7;
