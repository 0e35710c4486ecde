import { overlap, type Block } from '@clbchat/shared/hours/blocks';

/** An opening of the week grid, with a name that stays while it is moved. */
export interface GridBlock extends Block {
  readonly id: number;
}

export type Grid = readonly GridBlock[];

export type Placed =
  | { readonly is: 'placed'; readonly grid: Grid; readonly id: number }
  | { readonly is: 'overlap'; readonly other: GridBlock }
  /** the end does not come after the beginning */
  | { readonly is: 'order' }
  | { readonly is: 'full' };

export const STEP_MIN = 15;
export const DAY_MIN = 1_440;
/** as the schedule bounds one day */
const BLOCKS_PER_DAY_MAX = 8;

export const gridOf = (blocks: readonly Block[]): Grid => blocks.map((block, id) => ({ ...block, id }));

/** Monday first, as a week is read here; Sunday is 0 on the wire. */
export const inWeek = (a: Block, b: Block): number => ((a.day + 6) % 7) - ((b.day + 6) % 7) || a.from - b.from;

/** In the place of the block with this id, or beside all of them. */
export function place(grid: Grid, block: Block, id: number | null): Placed {
  if (block.to <= block.from) return { is: 'order' };
  const others = grid.filter((one) => one.id !== id);
  const other = others.find((one) => overlap(one, block));
  if (other) return { is: 'overlap', other };
  if (others.filter(({ day }) => day === block.day).length >= BLOCKS_PER_DAY_MAX) return { is: 'full' };
  const own = id ?? grid.reduce((highest, one) => Math.max(highest, one.id), -1) + 1;
  const { day, from, to } = block;
  return { is: 'placed', grid: [...others, { id: own, day, from, to }], id: own };
}

const USUAL = { from: 17 * 60, to: 21 * 60 };

/** Where a new block is proposed: the usual evening of the first day on which that is free, and of Monday where none is. */
export function proposed(grid: Grid): Block {
  const free = [1, 2, 3, 4, 5, 6, 0].find((day) => place(grid, { day, ...USUAL }, null).is === 'placed');
  return { day: free ?? 1, ...USUAL };
}

export const without = (grid: Grid, id: number): Grid => grid.filter((one) => one.id !== id);

/** By so many minutes, and days; it stays within its own day, or as far over midnight as it was, and within the week. */
export function moved(block: Block, byMin: number, byDays = 0): Block {
  const length = block.to - block.from;
  const latest = block.to > DAY_MIN ? DAY_MIN - STEP_MIN : DAY_MIN - length;
  const from = Math.min(Math.max(block.from + byMin, 0), latest);
  const monday = Math.min(Math.max(((block.day + 6) % 7) + byDays, 0), 6);
  return { day: (monday + 1) % 7, from, to: from + length };
}

/** Ends later or earlier: a quarter of an hour at least, and not beyond midnight unless it went there before. */
export function resized(block: Block, byMin: number): Block {
  const latest = block.to > DAY_MIN ? block.from + DAY_MIN - STEP_MIN : DAY_MIN;
  return { ...block, to: Math.min(Math.max(block.to + byMin, block.from + STEP_MIN), latest) };
}

/** What a form says: two times of the wall, `17:00`. An end at midnight is the end of that day. */
export function fromForm(day: number, begins: string, ends: string, overNight: boolean): Block | null {
  const [from, to] = [minuteIn(begins), minuteIn(ends)];
  if (from === null || to === null || from === DAY_MIN) return null;
  const end = to === 0 ? DAY_MIN : to;
  return { day, from, to: overNight && end <= from ? end + DAY_MIN : end };
}

const TIME_CHARS = 5;
function minuteIn(time: string): number | null {
  if (time.length !== TIME_CHARS) return null;
  const [hours, minutes] = time.split(':').map(Number);
  const whole = (hours ?? Number.NaN) * 60 + (minutes ?? Number.NaN);
  return Number.isInteger(whole) && whole >= 0 && whole <= DAY_MIN ? whole : null;
}

/** What of a block stands on which day, in minutes of that day. After midnight it is the next one, and Monday after Sunday. */
export function partsOf({ day, from, to }: Block): { readonly begins: Block; readonly rest: Block | null } {
  const begins = { day, from, to: Math.min(to, DAY_MIN) };
  return { begins, rest: to > DAY_MIN ? { day: (day + 1) % 7, from: 0, to: to - DAY_MIN } : null };
}

/** First and last hour that the grid shows: 7 to 23, no more than what is used and two hours around it. */
export function shownHours(grid: Grid): { first: number; last: number } {
  const parts = grid.map(partsOf).flatMap(({ begins, rest }) => (rest ? [begins, rest] : [begins]));
  const used = { from: Math.min(...parts.map(({ from }) => from)), to: Math.max(...parts.map(({ to }) => to)) };
  if (grid.length === 0) return { first: 12, last: 22 };
  const first = Math.max(0, Math.floor(used.from / 60) - 2);
  return { first, last: Math.min(24, Math.max(first + 8, Math.ceil(used.to / 60) + 1)) };
}

/** What was dragged over, whichever way, on whole quarters. @returns null for less than one */
export function dragged(day: number, atMin: number, toMin: number): Block | null {
  const snap = (minute: number) => Math.min(Math.max(Math.round(minute / STEP_MIN) * STEP_MIN, 0), DAY_MIN);
  const [from, to] = [snap(Math.min(atMin, toMin)), snap(Math.max(atMin, toMin))];
  return to - from < STEP_MIN ? null : { day, from, to };
}
