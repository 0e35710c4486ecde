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
