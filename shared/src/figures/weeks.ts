import { dateOf, dayOfYearDate, yearOf } from '../hours/calendar.ts';

/** Weeks of ISO 8601 as whole numbers: they begin on Monday, and number 0 is that of 1 January 1970. */
export const weekOfDay = (day: number): number => Math.floor((day + 3) / 7);

/** Its Monday, in days since 1970. */
export const mondayOf = (week: number): number => week * 7 - 3;

/** `2026-W48`: a week is of the year in which its Thursday is. */
export function weekName(week: number): string {
  const thursday = week * 7;
  const year = yearOf(thursday);
  const number = Math.floor((thursday - dayOfYearDate(year, 1, 1)) / 7) + 1;
  return `${String(year)}-W${String(number).padStart(2, '0')}`;
}

/** @param name matches `WEEK_NAME`. @returns null where that year has no such week */
export function weekOfName(name: string): number | null {
  const first = weekOfDay(dayOfYearDate(Number(name.slice(0, 4)), 1, 4)); // 4 January is always in week 1
  const week = first + Number(name.slice(6)) - 1;
  return weekName(week) === name ? week : null;
}
export const WEEK_NAME_CHARS = 8;
export const WEEK_NAME = /^\d{4}-W\d{2}$/; // at most WEEK_NAME_CHARS

/** Four weeks of which some figures are told together, fixed for ever. */
export const BLOCK_WEEKS = 4;
export const blockOf = (week: number): number => Math.floor(week / BLOCK_WEEKS);

/** The school year of a week, by the year in which it begins: that of its Thursday, from 1 September on. */
export function schoolYearOf(week: number): number {
  const [year, month] = dateOf(week * 7)
    .split('-')
    .map(Number) as [number, number];
  return month >= 9 ? year : year - 1;
}
