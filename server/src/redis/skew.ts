import { Bug, Problem } from '../kernel/failure.ts';
import type { Scripting } from './script.ts';

/** This node's corrected clock and the store's differ by more than they may; the command wrote nothing [R5 A2]. */
export const clockOff = (): Bug => new Bug('the clock is too far from that of Redis; nothing was written');

type ClockOff = { is: 'clock_off' };

/**
 * Asks for what nothing but the right time may do [R5]. Its time is that of the asking: where this process or the store stood still
 * before the store read it, it came too late, and no clock is wrong [M2].
 *
 * @throws Problem `unavailable` when it came too late, Bug when the clock is off
 */
export async function onTime<Output extends { is: string }>(
  { clock, limits }: Pick<Scripting, 'clock' | 'limits'>,
  ask: () => Promise<Output>,
): Promise<Exclude<Output, ClockOff>> {
  const askedMs = clock.nowMs();
  const answer = await ask();
  if (answer.is !== 'clock_off') return answer as Exclude<Output, ClockOff>;
  // it was on its way for a part of that alone, and the clocks of two machines are never quite the same
  const wasLate = clock.nowMs() - askedMs > limits.clockSkewMsMax / 2;
  throw wasLate ? new Problem('unavailable') : clockOff();
}
