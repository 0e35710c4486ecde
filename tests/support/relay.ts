import type { Trust } from '@clbchat/shared/statement/certificate';
import { createRelayBook } from './relayBook.ts';
import { relayDesks } from './relayDesk.ts';
import { relayVisitors } from './relayVisitor.ts';

/** An honest relay, as small as the wire allows: SPEC's rows 1 to 34 without lines, rings and deadlines. */
export function createRelay(nowMs: () => number, trust: Trust, binding: string, origin: string) {
  const book = createRelayBook(nowMs);
  const { visits, release, end, toVisitor, toHolder } = book;
  return {
    ...{ visits, release, end, toVisitor, toHolder },
    visitorService: relayVisitors(book, nowMs),
    deskService: relayDesks(book, nowMs, { trust, binding, origin }),
  };
}
