import { dateOf, yearOf } from './calendar.ts';
import { schoolHolidays } from './holidays.ts';
import { LOOK_BACK_DAYS } from './stretch.ts';

/**
 * The first date that may still count on this day (since 1970): an opening of the days before may run or drain, and a
 * school holiday that runs is confirmed by the plans of all its days. What ended before it says nothing of now.
 */
export function firstDateKept(today: number): string {
  const date = dateOf(today);
  const recent = dateOf(today - LOOK_BACK_DAYS);
  const running = [yearOf(today) - 1, yearOf(today)]
    .flatMap(schoolHolidays)
    .find(({ from, to }) => from <= date && date <= to);
  return running && running.from < recent ? running.from : recent;
}
