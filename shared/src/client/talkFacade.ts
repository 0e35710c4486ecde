import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Talk } from './views.ts';

const SILENCE = { items: [], typing: false, returned: '', unread: 0 } as const;

/** One talk for a page that outlives its conversations: empty while there is none. */
export const talkOf = (current: ReadonlySignal<Talk | null>): Talk => ({
  items: computed(() => current.value?.items.value ?? SILENCE.items),
  peerTyping: computed(() => current.value?.peerTyping.value ?? SILENCE.typing),
  peerSilent: computed(() => current.value?.peerSilent.value ?? false),
  returned: computed(() => current.value?.returned.value ?? SILENCE.returned),
  unread: computed(() => current.value?.unread.value ?? SILENCE.unread),
  secure: computed(() => current.value?.secure.value ?? false),
  // without a conversation the text stays where it was written
  send: (text) => current.value?.send(text) ?? { ok: false, why: 'empty' },
  typed: () => current.value?.typed(),
  markRead: () => current.value?.markRead(),
  clearReturned: () => current.value?.clearReturned(),
});
