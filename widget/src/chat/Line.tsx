import type { Item } from '@clbchat/shared/client/views';
import type { KnownCentre } from '../frame/facts.ts';
import { lengthToldMin } from '../waiting/lengthTold.ts';
import { Bubble } from './Bubble.tsx';
import type { Row } from './rows.ts';
import { tc } from './words.ts';

/** What happened between two messages; null: nothing for this side. */
function noticeWords(item: Exclude<Item, { is: 'text' }>, peer: string, centre: KnownCentre | null): string | null {
  if (item.is !== 'system') return tc(`line.${item.is}`);
  if (item.code === 'unlinked') return null;
  const naam = item.name || peer;
  if (item.code !== 'joined') return tc(`line.${item.code}`, { naam });
  return `${tc('chat.joined', { naam })}\n${tc('chat.max', { n: lengthToldMin(centre) })}`;
}

interface Props {
  row: Row;
  peer: string;
  centre: KnownCentre | null;
  fresh: boolean;
}

/** One line of the conversation: a message, or what happened between two of them. */
export function Line({ row, peer, centre, fresh }: Props) {
  const { item } = row;
  if (item.is === 'text') return <Bubble item={item} row={row} peer={peer} fresh={fresh} />;
  const words = noticeWords(item, peer, centre);
  return words ? <li class="sys xs muted">{words}</li> : null;
}
