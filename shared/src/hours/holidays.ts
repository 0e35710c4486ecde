import type { Holiday, HolidayName } from '../protocol/status.ts';
import { dateOf, dayOf, dayOfYearDate, weekdayOf, yearOf } from './calendar.ts';

/**
 * Holidays of Flemish schools, computed: Besluit van de Vlaamse Regering of 17 April 1991.
 *
 * @param year In which the school year begins.
 * @returns In order of the calendar, both days included. 11 November falls in no other holiday; Easter Monday is
 *   listed only where the Easter holiday does not hold it already.
 */
export function schoolHolidays(year: number): Holiday[] {
  const easter = easterOf(year + 1);
  const [from, to] = easterHoliday(year + 1, easter);
  const days: [HolidayName, number, number][] = [
    weeks('autumn', autumnMonday(year), 1),
    single('armistice', dayOfYearDate(year, 11, 11)),
    weeks('christmas', christmasMonday(year), 2),
    weeks('spring', mondayOf(easter) - 6 * 7, 1),
    ['easter', from, to],
    ...(easter + 1 > to ? [single('easter-monday', easter + 1)] : []),
    single('labour-day', dayOfYearDate(year + 1, 5, 1)),
    ['ascension', easter + 39, easter + 40],
    single('whit-monday', easter + 50),
    ['summer', dayOfYearDate(year + 1, 7, 1), dayOfYearDate(year + 1, 8, 31)],
  ];
  return days
    .sort((a, b) => a[1] - b[1])
    .map(([name, first, last]) => ({ name, from: dateOf(first), to: dateOf(last) }));
}

const known = new Map<number, readonly [number, number][]>();
const YEARS_MAX = 64;

/** Whether schools are closed on this day (days since 1970). */
export function isSchoolHoliday(day: number): boolean {
  const year = yearOf(day);
  return [year - 1, year].some((begins) => rangesOf(begins).some(([from, to]) => from <= day && day <= to));
}

function rangesOf(year: number): readonly [number, number][] {
  const found = known.get(year);
  if (found) return found;
  const made = schoolHolidays(year).map(({ from, to }): [number, number] => [dayOf(from), dayOf(to)]);
  if (known.size >= YEARS_MAX) known.clear();
  known.set(year, made);
  return made;
}

const single = (name: HolidayName, day: number): [HolidayName, number, number] => [name, day, day];
const weeks = (name: HolidayName, monday: number, count: number): [HolidayName, number, number] => [
  name,
  monday,
  monday + 7 * count - 1,
];

const mondayOf = (day: number) => day - ((weekdayOf(day) + 6) % 7);

/** The week of 1 November, or of the 2nd when the 1st is a Sunday. */
function autumnMonday(year: number): number {
  const first = dayOfYearDate(year, 11, 1);
  return mondayOf(weekdayOf(first) === 0 ? first + 1 : first);
}

/** The week of 25 December, or the next when that day falls in a weekend. */
function christmasMonday(year: number): number {
  const day = dayOfYearDate(year, 12, 25);
  const inWeekend = weekdayOf(day) === 0 || weekdayOf(day) === 6;
  return mondayOf(day) + (inWeekend ? 7 : 0);
}

/**
 * Two weeks from the first Monday of April; from the day after Easter when that is in March; from the second Monday
 * before Easter, and Easter Monday too, when Easter is after 15 April.
 */
function easterHoliday(year: number, easter: number): [number, number] {
  const april = dayOfYearDate(year, 4, 1);
  if (easter < april) return [easter + 1, easter + 14];
  if (easter > april + 14) return [mondayOf(easter) - 7, easter + 1];
  const monday = mondayOf(april + 6);
  return [monday, monday + 13];
}

/** Easter Sunday of the Gregorian calendar: the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8). */
function easterOf(year: number): number {
  const golden = year % 19;
  const [century, ofCentury] = [Math.floor(year / 100), year % 100];
  const corrected = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - corrected + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const shift = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const sum = epact + weekday - 7 * shift + 114;
  return dayOfYearDate(year, Math.floor(sum / 31), (sum % 31) + 1);
}
