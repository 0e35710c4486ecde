import type { Item } from '@clbchat/shared/client/views';

/** One line of the conversation with its place in a group. */
export interface Row {
  readonly item: Item;
  readonly first: boolean;
  /** bears the time */
  readonly last: boolean;
  /** bears the name: somebody else than at the message before */
  readonly named: boolean;
  /** bears the state: no own message after it is as far */
  readonly told: boolean;
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

const stateOf = (item: Item | undefined) => (item?.is === 'text' && item.from === 'me' ? item.state : null);

export function rowsOf(items: readonly Item[]): Row[] {
  let writer: string | undefined;
  const rows = items.map((item, at) => {
    const before = writer;
    if (isBubble(item)) writer = `${item.from} ${item.by ?? ''}`;
    return {
      item,
      first: !together(items[at - 1], item),
      last: !together(item, items[at + 1]),
      named: writer !== before,
      told: false,
    };
  });
  let next: string | null = null;
  // `toReversed` is younger than some browsers that README names
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at];
    const state = stateOf(row?.item);
    if (row) row.told = row.last && state !== null && state !== next;
    next = state ?? next;
  }
  return rows;
}

/** `18:42`, as this device's owner reads a clock. */
export const timeOf = (atMs: number): string =>
  new Date(atMs).toLocaleTimeString('nl-BE', { hour: '2-digit', minute: '2-digit' });
