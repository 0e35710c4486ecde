import { LEFT_MIN, surelyWithin, TALK_MIN, totalOf, totalsOf, WAIT_MIN } from '@clbchat/shared/figures/told';
import type { Table, Told, Total, WeekTold } from '@clbchat/shared/figures/told';
import { LANGUAGES, ROLES, TOPICS } from '@clbchat/shared/ids';

/** One bar: what it counts, and how many. */
export interface Counted {
  readonly name: string;
  readonly total: Total;
}
type Within = number | 'longer' | null;
export interface WeekWait {
  readonly week: string;
  readonly half: Within;
  readonly nine: Within;
}
/** Rows of the week, Monday first, and the hours that any of them has. Null where no block is told. */
export interface Heat {
  readonly hours: readonly number[];
  readonly days: readonly { readonly day: number; readonly cells: readonly Total[] }[];
  readonly busiest: { readonly cell: string; readonly total: Total } | null;
}
export interface View {
  readonly chats: Total;
  readonly left: Total | null;
  readonly waitHalf: Within;
  readonly waitNine: Within;
  readonly talkHalf: Within;
  readonly talkNine: Within;
  readonly heat: Heat | null;
  readonly waits: readonly WeekWait[];
  readonly bars: Readonly<Record<'topic' | 'left' | 'talk' | 'role' | 'lang', readonly Counted[] | null>>;
  readonly madeUp: boolean;
}

const HALF = 50;
const NINE_OF_TEN = 90;
const MONDAY_FIRST = [1, 2, 3, 4, 5, 6, 0];
const steps = (ends: readonly number[]): string[] => [...ends.keys(), ends.length].map(String);

/** Null where nothing of it is told. */
function counted(tables: readonly Table[], names: readonly string[]): Counted[] | null {
  if (tables.every((table) => table === null)) return null;
  return [...totalsOf(tables, names)].map(([name, total]) => ({ name, total }));
}

const timed = (weeks: readonly WeekTold[], table: 'wait' | 'talk') =>
  weeks.map(({ visits, tables }) => ({ table: tables[table], total: typeof visits === 'number' ? visits : 0 }));

function heatOf(tables: readonly Table[]): Heat | null {
  if (tables.every((table) => table === null)) return null;
  const cells = MONDAY_FIRST.flatMap((day) => [...Array(24).keys()].map((hour) => `${day}.${hour}`));
  const totals = totalsOf(tables, cells);
  const at = (day: number, hour: number) => totals.get(`${day}.${hour}`)!;
  const all = [...Array(24).keys()];
  const used = all.filter((hour) => MONDAY_FIRST.some((day) => !at(day, hour).closed));
  const hours = all.filter((hour) => hour >= used[0]! && hour <= used.at(-1)!);
  const days = MONDAY_FIRST.filter((day) => hours.some((hour) => !at(day, hour).closed));
  const [busiest] = [...totals].toSorted(([, a], [, b]) => b.least - a.least);
  return {
    hours,
    days: days.map((day) => ({ day, cells: hours.map((hour) => at(day, hour)) })),
    busiest: busiest && busiest[1].least > 0 ? { cell: busiest[0], total: busiest[1] } : null,
  };
}

/** All that the page shows of a period, computed from what is told alone. */
export function viewOf({ weeks, blocks }: Told): View {
  const waits = timed(weeks, 'wait');
  const talks = timed(weeks, 'talk');
  const tablesOf = (name: 'role' | 'topic' | 'talk' | 'wait') => weeks.map(({ tables }) => tables[name]);
  const blockTables = (name: 'at' | 'lang' | 'left') => blocks.map(({ tables }) => tables[name]);
  return {
    chats: totalOf(weeks.map(({ visits }) => visits)),
    left: counted(tablesOf('wait'), ['left'])?.[0]?.total ?? null,
    waitHalf: surelyWithin(waits, WAIT_MIN, HALF),
    waitNine: surelyWithin(waits, WAIT_MIN, NINE_OF_TEN),
    talkHalf: surelyWithin(talks, TALK_MIN, HALF),
    talkNine: surelyWithin(talks, TALK_MIN, NINE_OF_TEN),
    heat: heatOf(blockTables('at')),
    waits: weeks
      .map((week) => ({
        week: week.week,
        half: surelyWithin(timed([week], 'wait'), WAIT_MIN, HALF),
        nine: surelyWithin(timed([week], 'wait'), WAIT_MIN, NINE_OF_TEN),
      }))
      .filter(({ half }) => half !== null),
    bars: {
      topic: counted(tablesOf('topic'), TOPICS),
      left: counted(blockTables('left'), steps(LEFT_MIN)),
      talk: counted(tablesOf('talk'), steps(TALK_MIN)),
      role: counted(tablesOf('role'), ROLES),
      lang: counted(blockTables('lang'), LANGUAGES),
    },
    madeUp: weeks.some(({ madeUp }) => madeUp),
  };
}
