/**
 * Everything that is ever told of how many came: of weeks, and of blocks of four weeks, that are over. What is told of a longer
 * time is added up here, from this alone, so it tells nothing more [F7].
 */

/** `few`: 0 to 4 · `hidden`: 5 or more, not told because it would give away what is few · `closed`: 0, and nobody could come */
export type Cell = number | 'few' | 'hidden' | 'closed';
/** Null: not told at all. */
export type Table = Readonly<Record<string, Cell>> | null;

export interface WeekTold {
  /** `2026-W48` */
  readonly week: string;
  readonly visits: Cell;
  /** by role and topic; by step of time that they waited and talked, each with `left`: those who left while waiting */
  readonly tables: { readonly [name in 'role' | 'topic' | 'wait' | 'talk']: Table };
  /** by the demonstration: nobody came */
  readonly madeUp: boolean;
}
export interface BlockTold {
  readonly from: string;
  readonly to: string;
  /** by hour of the week (`<weekday>.<hour>`, 0 is Sunday), language, and step of time after which they left */
  readonly tables: { readonly [name in 'at' | 'lang' | 'left']: Table };
  readonly madeUp: boolean;
}
export interface Told {
  readonly weeks: readonly WeekTold[];
  readonly blocks: readonly BlockTold[];
}

/** Upper ends of the steps of time, in minutes; what lasted longer is one step more. */
export const WAIT_MIN = [2, 5, 10, 15, 30] as const;
export const TALK_MIN = [5, 10, 20, 30, 45, 60] as const;
export const LEFT_MIN = [2, 5, 10] as const;

/** What several cells are together. */
export interface Total {
  readonly least: number;
  /** false: it may be more */
  readonly exact: boolean;
  /** all of them are few or nothing, and at least one is few */
  readonly few: boolean;
  readonly closed: boolean;
}

const FIVE = 5;
const leastOf = (cell: Cell): number => (typeof cell === 'number' ? cell : cell === 'hidden' ? FIVE : 0);

export function totalOf(cells: readonly Cell[]): Total {
  return {
    least: cells.reduce<number>((sum, cell) => sum + leastOf(cell), 0),
    exact: cells.every((cell) => typeof cell === 'number' || cell === 'closed'),
    few: cells.length === 1 && cells[0] === 'few',
    closed: cells.length > 0 && cells.every((cell) => cell === 'closed'),
  };
}

/** Of a table that is not told every cell may be anything. */
export function totalsOf(tables: readonly Table[], names: readonly string[]): ReadonlyMap<string, Total> {
  const told = tables.filter((table) => table !== null);
  return new Map(
    names.map((name) => {
      const total = totalOf(told.map((table) => table[name] ?? 0));
      return [name, told.length === tables.length ? total : { ...total, exact: false, few: false }] as const;
    }),
  );
}

/** A table of steps of time, and how many all its cells are together. */
export interface Timed {
  readonly table: Table;
  readonly total: number;
}

/** How many, at the least and at the most, were in these steps: what is not shown is together what the total leaves. */
function boundsOf(
  { table, total }: Timed,
  steps: readonly number[],
): { readonly least: number; readonly most: number } {
  const inside = new Set(steps.map(String));
  const cells = Object.entries(table ?? {});
  const leastIn = (all: typeof cells) => all.reduce((sum, [, cell]) => sum + leastOf(cell), 0);
  const [here, others] = [cells.filter(([name]) => inside.has(name)), cells.filter(([name]) => !inside.has(name))];
  const mostOf = (cell: Cell) => (cell === 'few' ? FIVE - 1 : cell === 'hidden' ? total : leastOf(cell));
  const mostHere = here.reduce((sum, [, cell]) => sum + mostOf(cell), 0);
  return { least: leastIn(here), most: Math.min(mostHere, total - leastIn(others)) };
}

/**
 * Within which step of time surely so many of a hundred were: the first of which that is true, whatever the hidden ones are.
 *
 * @returns in minutes; `longer` where it is the open step at the end, or where nobody can say; null where nothing is told
 */
export function surelyWithin(
  all: readonly Timed[],
  ends: readonly number[],
  percent: number,
): number | 'longer' | null {
  const told = all.filter(({ table }) => table !== null);
  if (told.length === 0) return null;
  const steps = [...ends.keys(), ends.length];
  const sumOf = (of: readonly number[], which: 'least' | 'most') =>
    told.reduce((sum, one) => sum + boundsOf(one, of)[which], 0);
  for (const [step, end] of ends.entries()) {
    const within = sumOf(steps.slice(0, step + 1), 'least');
    if (within > 0 && within * 100 >= percent * (within + sumOf(steps.slice(step + 1), 'most'))) return end;
  }
  return 'longer';
}
