import type { Item } from '@clbchat/shared/client/views';
import type { VNode } from 'preact';
import { Line } from './Line.tsx';

interface Look {
  nick: string;
  /** first and last of a run of messages of one writer: the one says who, the other when */
  first: boolean;
  last: boolean;
}

/** A run has one writer, and what of it is her own is as far. */
function isRun(one: Item | undefined, other: Item | undefined): boolean {
  return one?.is === 'text' && other?.is === 'text' && one.from === other.from && one.colleague === other.colleague;
}
const isAsFar = (one: Item, other: Item | undefined) =>
  one.is === 'text' && one.from === 'me' && other?.is === 'text' ? one.state === other.state : true;

const lookOf = (item: Item, before: Item | undefined, after: Item | undefined, nick: string): Look => ({
  nick,
  first: !isRun(before, item),
  last: !(isRun(item, after) && isAsFar(item, after)),
});

/** Lines as they are drawn. One that looks as before is the very same one, and is not drawn again [D43]. */
export function createLines() {
  const drawn = new WeakMap<Item, { look: Look; line: VNode }>();
  return (items: readonly Item[], at: number, nick: string, fresh: boolean): VNode | null => {
    const item = items[at];
    if (!item) return null;
    const was = drawn.get(item);
    const look = lookOf(item, items[at - 1], items[at + 1], nick);
    if (was && was.look.first === look.first && was.look.last === look.last && was.look.nick === nick) return was.line;
    const line = <Line key={item.key} item={item} {...look} fresh={fresh} />;
    drawn.set(item, { look, line });
    return line;
  };
}
