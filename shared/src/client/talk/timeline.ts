import { batch, signal } from '@preact/signals-core';
import type { Item, SystemLine } from '../views.ts';

/** An item without its key: the timeline gives one to what has no message id. */
type Line = { from: 'me' | 'them'; atMs: number } & (
  | { is: 'newer' | 'unreadable' | 'gap' | 'trimmed' | 'sealed_off' }
  | { is: 'system'; code: SystemLine; name?: string }
);
export type TextItem = Extract<Item, { is: 'text' }>;

/** history: before what is still closed · read: at the end, and an earlier page had it read [D44] */
export type Place = 'end' | 'history' | 'read';

const CLOSED = 'closed';
const MERGED = new Set(['gap', 'trimmed', 'unreadable', 'newer', 'sealed_off']);

/**
 * What a person sees of a conversation. Items are added, never moved [C6]: new ones at the end, opened history in
 * the place where it stood closed.
 */
export function createTimeline() {
  const items = signal<readonly Item[]>([]);
  const unread = signal(0);
  let lines = 0;
  let ended = false;

  const add = (item: Item, place: Place) => {
    if (ended) return;
    const now = items.value;
    const closedAt = place === 'history' ? now.findIndex(({ key }) => key === CLOSED) : -1;
    const at = closedAt < 0 ? now.length : closedAt;
    const before = now[at - 1];
    if (MERGED.has(item.is) && before?.is === item.is && before.from === item.from) return;
    batch(() => {
      items.value = [...now.slice(0, at), item, ...now.slice(at)];
      if (item.is === 'text' && item.from === 'them' && place === 'end') unread.value += 1;
    });
  };

  return {
    items,
    unread,
    text: (item: TextItem, place: Place = 'end') => add(item, place),
    line(line: Line, place: Place = 'end') {
      lines += 1;
      add({ ...line, key: `line-${lines}` }, place);
    },
    /** one item for all that is closed to this side; goes when all of it was opened */
    closed(left: number, atMs: number) {
      const there = items.value.some(({ key }) => key === CLOSED);
      if (left > 0 && !there) add({ key: CLOSED, from: 'them', atMs, is: 'sealed_off' }, 'end');
      if (left === 0 && there) items.value = items.value.filter(({ key }) => key !== CLOSED);
    },
    state(key: string, state: TextItem['state']) {
      items.value = items.value.map((item) => (item.key === key && item.is === 'text' ? { ...item, state } : item));
    },
    remove(keys: ReadonlySet<string>) {
      if (keys.size > 0) items.value = items.value.filter(({ key }) => !keys.has(key));
    },
    seen() {
      unread.value = 0;
    },
    /** what is still being opened is not shown any more [E23] */
    end() {
      ended = true;
    },
    clear() {
      batch(() => {
        items.value = [];
        unread.value = 0;
      });
    },
  };
}
export type Timeline = ReturnType<typeof createTimeline>;
