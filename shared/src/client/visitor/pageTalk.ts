import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Talk } from '../views.ts';

/** One talk for a page that outlives its visits: screens hold on to it while the conversation behind it changes. */
export const pageTalk = (current: ReadonlySignal<Talk>): Talk => ({
  items: computed(() => current.value.items.value),
  peerTyping: computed(() => current.value.peerTyping.value),
  peerSilent: computed(() => current.value.peerSilent.value),
  returned: computed(() => current.value.returned.value),
  unread: computed(() => current.value.unread.value),
  secure: computed(() => current.value.secure.value),
  send: (text) => current.value.send(text),
  typed: () => current.value.typed(),
  markRead: () => current.value.markRead(),
  clearReturned: () => current.value.clearReturned(),
});
