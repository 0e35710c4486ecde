import type { Timers } from '@clbchat/shared/client/ports';
import type { Item } from '@clbchat/shared/client/views';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Lines that are drawn in one go: more than a screen has, and few enough that a key pressed meanwhile is answered. */
export const LINES_AT_ONCE = 60;

/**
 * A long conversation is drawn from its end: its newest lines at once, the older ones above them, some each time the page
 * has painted, until all are there [D42].
 *
 * @param before runs just before more are drawn
 * @returns how many of the oldest are still to be drawn
 */
export function useOlder(items: readonly Item[], timers: Timers, before: () => void): number {
  const older = useRef(Math.max(0, items.length - LINES_AT_ONCE));
  const had = useRef(items.length);
  const [, redraw] = useState(0);
  // where some went, others come into sight rather than one less
  older.current = Math.max(0, older.current - Math.max(0, had.current - items.length));
  had.current = items.length;
  const left = older.current;
  useEffect(() => {
    if (left === 0) return;
    return timers.after(0, () => {
      before();
      older.current = Math.max(0, left - LINES_AT_ONCE);
      redraw(older.current);
    });
  }, [left]);
  return left;
}
