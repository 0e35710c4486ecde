import type { Ack } from '../../protocol/wire.ts';
import type { Timers } from '../ports.ts';
import * as timing from '../timing.ts';

const TRIES = 3;

/**
 * Asks to join until the service has said yes or no, and three times at most while it says nothing. Where many come at once
 * (`too_fast`) it has kept this page's place: that is asked for as long as the page wants it [N28].
 */
export async function askForPlace<Value>(ask: () => Promise<Ack<Value>>, timers: Timers): Promise<Ack<Value>> {
  for (let left = TRIES; ;) {
    const ack = await ask();
    const slowed = !ack.ok && ack.code === 'too_fast';
    if (ack.ok || !(slowed || (ack.code === 'unavailable' && --left))) return ack;
    if (slowed) await new Promise<void>((again) => timers.after(timing.resendAfterMs, again));
  }
}
