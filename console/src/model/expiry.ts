import { effect } from '@preact/signals';
import type { Clock, Timers } from '@clbchat/shared/client/ports';
import type { Desk } from '@clbchat/shared/client/views';

const LOOK_EVERY_MS = 60_000;
/** Two looks so far apart: the computer slept between them, and a connection that seems open says nothing yet. */
const SLEPT_MS = 300_000;

/**
 * The engine shows `signed_out` for two things: she left, or the service no longer knows her session. Only the
 * second one is reported, with how long this computer was away by then: asleep, or without the service. `refused`
 * is no end of her session [O67].
 *
 * @returns the same desk, to be used in its place
 */
export function watchExpiry(
  desk: Desk,
  { clock, timers }: { clock: Clock; timers: Timers },
  { expired, refused }: { expired(awayMs: number): void; refused(): void },
): Desk {
  let hereMs = clock.nowMs();
  let lookedMs = hereMs;
  const stop = timers.every(LOOK_EVERY_MS, () => {
    const nowMs = clock.nowMs();
    if (desk.connection.value.is === 'online' && nowMs - lookedMs < SLEPT_MS) hereMs = nowMs;
    lookedMs = nowMs;
  });
  let entered = false;
  let left = false;
  effect(() => {
    const { is } = desk.view.value;
    if (is === 'refused') refused();
    else if (is !== 'signed_out') entered = true;
    else if (entered && !left) {
      entered = false;
      stop();
      expired(clock.nowMs() - hereMs);
    }
  });
  return {
    ...desk,
    async enter(options) {
      // a new seat begins with an instant without any
      left = true;
      const done = desk.enter(options);
      left = false;
      await done;
    },
    async leave() {
      left = true;
      const ack = await desk.leave();
      left = ack.ok;
      return ack;
    },
  };
}
