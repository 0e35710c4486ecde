import type { Facts } from '../../model/facts.ts';
import type { Row } from '../../model/rows.ts';
import { tc } from '../../words/nlChat.ts';
import { aside } from '../fromAside.tsx';
import { Bubble } from './Bubble.tsx';
import { lengthToldMin } from './lengthTold.ts';

/** One line of the conversation: a message, or what happened between two of them. */
export function Line({ row, peer, facts }: { row: Row; peer: string; facts: Facts }) {
  const { item } = row;
  if (item.is === 'text') return <Bubble item={item} row={row} peer={peer} />;
  const naam = (item.is === 'system' && item.name) || peer;
  const words =
    item.is === 'system' && item.code === 'joined'
      ? `${tc('chat.joined', { naam })}\n${tc('chat.max', { n: lengthToldMin(facts) })}`
      : aside.value?.noticeWords(item, naam);
  return words ? <li class="sys">{words}</li> : null;
}
