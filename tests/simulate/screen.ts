import type { Item, Talk } from '@clbchat/shared/client/views';
import type { Side } from './history.ts';
import { textIn, textsIn, type World } from './world.ts';

interface Whose {
  readonly side: Side;
  readonly by: string;
  readonly page: number;
  /** the visit whose conversation stands there; '' = none yet */
  readonly visit: () => string;
}

const MISSING: ReadonlySet<Item['is']> = new Set(['gap', 'unreadable', 'sealed_off', 'trimmed', 'newer']);

/** Writes down what stands on a page, as it comes there. @returns how to stop */
export function watchTalk(
  { history }: Pick<World, 'history'>,
  talk: Talk,
  { side, by, page, visit }: Whose,
): () => void {
  let before: readonly Item[] = [];
  const shown = new Set<string>();
  const received = new Set<string>();
  let missing = false;

  function see(item: Item): void {
    if (MISSING.has(item.is) && !missing) {
      missing = true;
      history.add({ is: 'missing', visit: visit(), side, page });
    }
    if (item.is !== 'text' || item.colleague) return;
    const text = textIn(item.text) ?? item.text;
    if (item.from === 'them' && !shown.has(item.key)) {
      shown.add(item.key);
      history.add({ is: 'shown', visit: visit(), to: by, side, page, text });
    }
    if (item.from === 'me' && item.state !== 'pending' && !received.has(item.key)) {
      received.add(item.key);
      history.add({ is: 'received', visit: visit(), by, text });
    }
  }
  const stops = [
    talk.items.subscribe((items) => {
      if (items === before) return;
      const places = new Map(before.map(({ key }, at) => [key, at]));
      const kept = items.flatMap(({ key }) => places.get(key) ?? []);
      if (kept.some((place, at) => at > 0 && place < kept[at - 1]!)) history.add({ is: 'moved', visit: visit(), page });
      before = items;
      for (const item of items) see(item);
      if (items.length === 0) [shown, received].forEach((known) => known.clear());
    }),
    talk.returned.subscribe((returned) => {
      for (const text of textsIn(returned)) history.add({ is: 'returned', visit: visit(), by, text });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

export const pendingOf = (talk: Talk): string[] =>
  talk.items.value.flatMap((item) =>
    item.is === 'text' && item.from === 'me' && item.state === 'pending' ? [textIn(item.text) ?? item.text] : [],
  );
