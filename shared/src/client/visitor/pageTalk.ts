import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Talk } from '../views.ts';

/**
 * One talk for a page that outlives its visits: screens hold on to it while the conversation behind it changes. Where
 * there is none, a text stays where it was written.
 */
export const pageTalk = (current: ReadonlySignal<Talk | undefined>): Talk => ({
  items: computed(() => current.value?.items.value ?? []),
  peerTyping: computed(() => current.value?.peerTyping.value ?? false),
  peerSilent: computed(() => current.value?.peerSilent.value ?? false),
  returned: computed(() => current.value?.returned.value ?? ''),
  unread: computed(() => current.value?.unread.value ?? 0),
  secure: computed(() => current.value?.secure.value ?? false),
  send: (text) => current.value?.send(text) ?? { ok: false, why: 'empty' },
  typed: () => current.value?.typed(),
  markRead: () => current.value?.markRead(),
  clearReturned: () => current.value?.clearReturned(),
  emptied: () => current.value?.emptied(),
});
