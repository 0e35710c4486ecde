import type { Item } from '@clbchat/shared/client/views';

/** From here a wait in the queue is shown as long. */
export const LATE_IN_QUEUE_MS = 300_000;
/** From here an unanswered message is shown as long. */
export const LATE_ANSWER_MS = 120_000;

export interface Waited {
  waitedMs: number;
  receivedMs: number;
}

/** The server said how long, we know since when: the wait runs on by itself. */
export const waitedNow = (row: Waited, nowMs: number): number => row.waitedMs + Math.max(0, nowMs - row.receivedMs);

/** @returns null when nobody waits */
export const longestWait = (rows: readonly Waited[], nowMs: number): number | null =>
  rows.length === 0 ? null : Math.max(...rows.map((row) => waitedNow(row, nowMs)));

/** The last message, when it is theirs: since then they wait for an answer. */
export function unansweredSince(items: readonly Item[]): number | null {
  const last = items.findLast((item) => item.is === 'text');
  return last?.from === 'them' ? last.atMs : null;
}
