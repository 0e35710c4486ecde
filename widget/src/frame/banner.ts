import { effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Connection, Item, Talk } from '@clbchat/shared/client/views';

const LONG_MS = 60_000;
const BACK_MS = 6_000;

/** The bar under the header. `sent`: something waited, and has gone. */
export type Banner = { is: 'none' } | { is: 'lost' } | { is: 'long' } | { is: 'back'; sent: boolean };

const pending = (items: readonly Item[]) =>
  items.filter((item) => item.is === 'text' && item.state === 'pending').length;

export function createBanner(connection: ReadonlySignal<Connection>, talk: Talk) {
  const banner = signal<Banner>({ is: 'none' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasLost = false;
  let waited = false;

  const later = (ms: number, next: Banner) => {
    clearTimeout(timer);
    timer = setTimeout(() => (banner.value = next), ms);
  };

  const stop = effect(() => {
    const { is } = connection.value;
    if (is === 'lost' && !wasLost) {
      wasLost = true;
      waited = false;
      banner.value = { is: 'lost' };
      later(LONG_MS, { is: 'long' });
    }
    if (is === 'online' && wasLost) {
      wasLost = false;
      banner.value = { is: 'back', sent: waited && pending(talk.items.peek()) === 0 };
      later(BACK_MS, { is: 'none' });
    }
  });
  const watch = effect(() => {
    const left = pending(talk.items.value);
    if (wasLost && left > 0) waited = true;
    const now = banner.peek();
    if (now.is === 'back' && waited && left === 0 && !now.sent) banner.value = { is: 'back', sent: true };
  });

  return {
    banner,
    stop() {
      stop();
      watch();
      clearTimeout(timer);
    },
  };
}
