import type { Ack } from '../../protocol/wire.ts';
import type { Timers } from '../ports.ts';
import * as timing from '../timing.ts';

const TRIES = 3;

/**
 * Asks to join until the service has said yes or no, and three times at most while it says nothing. Where many come at once
 * (`too_fast`) it has kept this page's place: that is asked for as long as the page wants it [N28].
 */
export async function askForPlace<Value>(
  ask: () => Promise<Ack<Value>>,
  timers: Timers,
  isOver: () => boolean,
): Promise<Ack<Value>> {
  for (let tried = 1; ;) {
    const ack = await ask();
    if (ack.ok || isOver()) return ack;
    if (ack.code === 'too_fast') await new Promise<void>((again) => timers.after(timing.resendAfterMs, again));
    else if (ack.code !== 'unavailable' || tried === TRIES) return ack;
    else tried += 1;
  }
}
