import { effect } from '@preact/signals';
import type { Desk } from '@clbchat/shared/client/views';

/**
 * The engine shows `signed_out` for two things: she left, or the service no longer knows her session. Only the
 * second one is reported.
 *
 * @returns the same desk, to be used in its place
 */
export function watchExpiry(desk: Desk, expired: () => void): Desk {
  let entered = false;
  let left = false;
  effect(() => {
    if (desk.view.value.is !== 'signed_out') entered = true;
    else if (entered && !left) {
      entered = false;
      expired();
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
