/** How durations and moments are written for a counsellor. All input in milliseconds. */

const pad = (n: number) => String(n).padStart(2, '0');

/** 372000 → "6:12" */
export function asClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
}

/** 10000 → "10 s", 245000 → "4 min" */
export function asDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}

/** Whole minutes that have passed. */
export const wholeMinutes = (ms: number): number => Math.max(0, Math.floor(ms / 60_000));

const dayAndMonth = new Intl.DateTimeFormat('nl-BE', { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** "2026-11-26" → "26 november" */
export const asDay = (date: string): string => dayAndMonth.format(Date.parse(date));

/** The wall clock of this computer: "18:44". */
export function asTimeOfDay(atMs: number): string {
  const at = new Date(atMs);
  return `${pad(at.getHours())}:${pad(at.getMinutes())}`;
}
