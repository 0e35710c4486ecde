import { signal, type ReadonlySignal } from '@preact/signals';
import type { Clock, Timers } from '@clbchat/shared/client/ports';

const TICK_MS = 1_000;

/** The clock, once a second, for as long as the page lives. */
export function createTicker(clock: Clock, timers: Timers): ReadonlySignal<number> {
  const nowMs = signal(clock.nowMs());
  timers.every(TICK_MS, () => (nowMs.value = clock.nowMs()));
  return nowMs;
}
