import { BLOCK_WEEKS, blockOf, weekName, weekOfDay } from '@clbchat/shared/figures/weeks';
import { wallTimeAt } from '@clbchat/shared/hours/zone';
import { LEFT_MIN, TALK_MIN, WAIT_MIN, type BlockTold, type Told, type WeekTold } from '@clbchat/shared/figures/told';
import { LANGUAGES, ROLES, TOPICS } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import { HOUR_MS } from './counting.rules.ts';
import { isFew, toldOf } from './hiding.rules.ts';

interface Week {
  readonly week: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly madeUp: boolean;
}

const steps = (ends: readonly number[]): string[] => [...ends.keys(), ends.length].map(String);
/** Monday first. */
const HOURS_OF_WEEK = [1, 2, 3, 4, 5, 6, 0].flatMap((day) => [...Array(24).keys()].map((hour) => `${day}.${hour}`));

const picked = (week: Pick<Week, 'counts'>, table: string, names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, week.counts[`${table}.${name}`] ?? 0]));
const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
const together = (all: readonly Readonly<Record<string, number>>[], names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, all.reduce((sum, one) => sum + (one[name] ?? 0), 0)]));

const visitsOf = (week: Week): number => sumOf(picked(week, 'role', ROLES));
const leftOf = (week: Week): number => sumOf(picked(week, 'left', steps(LEFT_MIN)));

function toldOfWeek(week: Week): WeekTold {
  const visits = visitsOf(week);
  const left = leftOf(week);
  const withLeft = (table: string, ends: readonly number[]) =>
    toldOf({ left, ...picked(week, table, steps(ends)) }, { stays: ['left'] });
  const tables = {
    role: toldOf(picked(week, 'role', ROLES)),
    topic: toldOf(picked(week, 'topic', TOPICS)),
    wait: withLeft('wait', WAIT_MIN),
    talk: withLeft('talk', TALK_MIN),
  };
  return { week: weekName(week.week), visits: isFew(visits) ? 'few' : visits, tables, madeUp: week.madeUp };
}

/** @param weeks of one block: those without enough visits are in none of its tables, and the others' totals are known */
function toldOfBlock(weeks: readonly Week[]): Omit<BlockTold, 'from' | 'to'> {
  const counted = weeks.filter((week) => visitsOf(week) >= limits.figuresTableMin);
  const tableOf = (name: string, names: readonly string[], of = counted) =>
    together(
      of.map((week) => picked(week, name, names)),
      names,
    );
  const closed = HOURS_OF_WEEK.filter((hour) => !weeks.some(({ counts }) => counts[`open.${hour}`]));
  // of a week where how many left is hidden, it stays so
  const open = counted.filter((week) => typeof toldOfWeek(week).tables.wait?.['left'] === 'number');
  return {
    tables: {
      at: toldOf(tableOf('at', HOURS_OF_WEEK), { closed }),
      lang: toldOf(tableOf('lang', LANGUAGES)),
      left: toldOf(tableOf('left', steps(LEFT_MIN), open)),
    },
    madeUp: weeks.some(({ madeUp }) => madeUp),
  };
}

/** The last week of which every hour is in the records. */
export function lastWeekThrough(hour: number, timezone: string): number {
  const nextMs = (hour + 1) * HOUR_MS;
  return weekOfDay(wallTimeAt(nextMs, timezone).day) - 1;
}

/** Of all that is counted what may be told: weeks that are over, from the first that counted somebody on. */
export function published(all: readonly Week[], throughHour: number, timezone: string): Told {
  const last = lastWeekThrough(throughHour, timezone);
  const first = all[0]?.week ?? last + 1;
  const known = new Map(all.map((week) => [week.week, week]));
  const weeks: Week[] = [];
  for (let week = first; week <= last; week += 1) weeks.push(known.get(week) ?? { week, counts: {}, madeUp: false });
  const blocks = new Map<number, Week[]>();
  for (const week of weeks) blocks.set(blockOf(week.week), [...(blocks.get(blockOf(week.week)) ?? []), week]);
  const whole = [...blocks].filter(([block]) => (block + 1) * BLOCK_WEEKS - 1 <= last);
  return {
    weeks: weeks.map(toldOfWeek),
    blocks: whole.map(([block, of]) => ({
      from: weekName(block * BLOCK_WEEKS),
      to: weekName((block + 1) * BLOCK_WEEKS - 1),
      ...toldOfBlock(of),
    })),
  };
}
