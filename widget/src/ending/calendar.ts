import type { CentreFacts, Interval } from '@clbchat/shared/protocol/status';

const DAY_MS = 86_400_000;
/** A summer holiday is longer than this; then nobody is told to come back. */
const LOOK_DAYS = 20;

export interface NextDay {
  readonly inDays: number;
  /** Sunday is 0 */
  readonly day: number;
  readonly date: string;
  readonly spans: readonly Interval[];
}

/** `2026-11-26`, as a calendar on the centre's wall has it. */
const dateInBrussels = (atMs: number) => new Date(atMs).toLocaleDateString('en-CA', { timeZone: 'Europe/Brussels' });

/** The first day after today on which the week has hours and no holiday is told; null when none is near. */
export function nextDay({ week, holiday }: CentreFacts, nowMs: number): NextDay | null {
  // at noon, so that a change to summer time moves no date
  const todayMs = Date.parse(`${dateInBrussels(nowMs)}T12:00:00Z`);
  for (let inDays = 1; inDays <= LOOK_DAYS; inDays++) {
    const at = new Date(todayMs + inDays * DAY_MS);
    const date = at.toISOString().slice(0, 10);
    const spans = week[at.getUTCDay()] ?? [];
    const shut = holiday !== null && holiday.from <= date && date <= holiday.to;
    if (spans.length > 0 && !shut) return { inDays, day: at.getUTCDay(), date, spans };
  }
  return null;
}
