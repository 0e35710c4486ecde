import { effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Connection, Item, Talk } from '@clbchat/shared/client/views';

const LONG_MS = 60_000;
const BACK_MS = 6_000;

/** The bar under the header. `sent`: something waited, and has gone. */
export type Banner = { is: 'none' } | { is: 'lost' } | { is: 'long' } | { is: 'back'; sent: boolean };

const keysOf = (items: readonly Item[], is: (state: 'pending' | 'sent' | 'read') => boolean) =>
  items.filter((item) => item.is === 'text' && is(item.state)).map(({ key }) => key);

export function createBanner(connection: ReadonlySignal<Connection>, talk: Talk) {
  const banner = signal<Banner>({ is: 'none' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasLost = false;
  /** what could not leave; a text that came back to its field has not gone */
  let waited = new Set<string>();

  const later = (ms: number, next: Banner) => {
    clearTimeout(timer);
    timer = setTimeout(() => (banner.value = next), ms);
  };

  const sent = () => {
    const gone = new Set(keysOf(talk.items.peek(), (state) => state !== 'pending'));
    return waited.size > 0 && [...waited].every((key) => gone.has(key));
  };

  const stop = effect(() => {
    const { is } = connection.value;
    if (is === 'lost' && !wasLost) {
      wasLost = true;
      waited = new Set();
      banner.value = { is: 'lost' };
      later(LONG_MS, { is: 'long' });
    }
    if (is === 'online' && wasLost) {
      wasLost = false;
      banner.value = { is: 'back', sent: sent() };
      later(BACK_MS, { is: 'none' });
    }
  });
  const watch = effect(() => {
    if (wasLost) for (const key of keysOf(talk.items.value, (state) => state === 'pending')) waited.add(key);
    const now = banner.peek();
    if (talk.items.value && now.is === 'back' && !now.sent && sent()) banner.value = { is: 'back', sent: true };
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
