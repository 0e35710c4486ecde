/**
 * Days as whole numbers since 1 January 1970, without any time zone: a calendar on the wall.
 * Dates are `2026-11-23`, times `17:00`, both checked by their schemas before they come here.
 */
const DAY_MS = 86_400_000;

export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

export const dayOfYearDate = (year: number, month: number, date: number): number =>
  Date.UTC(year, month - 1, date) / DAY_MS;

export const yearOf = (day: number): number => new Date(day * DAY_MS).getUTCFullYear();

/** 0 is Sunday. The first of January 1970 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** Minutes since midnight; `24:00` is 1440. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
