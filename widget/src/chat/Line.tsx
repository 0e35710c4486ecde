import type { Facts } from '../frame/facts.ts';
import { lengthToldMin } from '../waiting/lengthTold.ts';
import { Bubble } from './Bubble.tsx';
import { noticeWords } from './notices.ts';
import type { Row } from './rows.ts';
import { tc } from './words.ts';

/** One line of the conversation: a message, or what happened between two of them. */
export function Line({ row, peer, facts }: { row: Row; peer: string; facts: Facts }) {
  const { item } = row;
  if (item.is === 'text') return <Bubble item={item} row={row} peer={peer} />;
  const naam = (item.is === 'system' && item.name) || peer;
  const words =
    item.is === 'system' && item.code === 'joined'
      ? `${tc('chat.joined', { naam })}\n${tc('chat.max', { n: lengthToldMin(facts) })}`
      : noticeWords(item, naam);
  return words ? <li class="sys">{words}</li> : null;
}
