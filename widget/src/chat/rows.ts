import type { Item } from '@clbchat/shared/client/views';

/** One line of the conversation with its place in a group: name above the first, time and state under the last. */
export interface Row {
  readonly item: Item;
  readonly first: boolean;
  readonly last: boolean;
}

const GROUP_MS = 120_000;

const isBubble = (item: Item) => item.is === 'text' || item.is === 'newer' || item.is === 'unreadable';
const isPending = (item: Item) => item.is === 'text' && item.state === 'pending';

const together = (one: Item | undefined, other: Item | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  isBubble(one) &&
  isBubble(other) &&
  one.from === other.from &&
  one.by === other.by &&
  isPending(one) === isPending(other) &&
  Math.abs(other.atMs - one.atMs) <= GROUP_MS;

export const rowsOf = (items: readonly Item[]): Row[] =>
  items.map((item, at) => ({
    item,
    first: !together(items[at - 1], item),
    last: !together(item, items[at + 1]),
  }));

/** `18:42`, as this device's owner reads a clock. */
export const timeOf = (atMs: number): string =>
  new Date(atMs).toLocaleTimeString('nl-BE', { hour: '2-digit', minute: '2-digit' });
