import type { SystemLine } from '@clbchat/shared/client/views';
import type { Facts } from '../../model/facts.ts';
import type { Row } from '../../model/rows.ts';
import { tc } from '../../words/nlChat.ts';
import { Bubble } from './Bubble.tsx';
import { lengthToldMin } from './lengthTold.ts';

function systemWords(code: SystemLine, naam: string, facts: Facts): string | null {
  switch (code) {
    case 'joined':
      return `${tc('chat.joined', { naam })}\n${tc('chat.max', { n: lengthToldMin(facts) })}`;
    case 'same_other_device':
      return tc('chat.same', { naam });
    case 'resumed':
      return tc('chat.resumed');
    case 'peer_back':
      return tc('chat.peerback', { naam });
    case 'history_shared':
      return tc('chat.shared');
    case 'history_kept':
      return tc('chat.kept');
    case 'unlinked':
      return null; // the counsellor's side only
  }
}

const notices = {
  newer: 'chat.newer',
  unreadable: 'chat.unreadable',
  gap: 'chat.gap',
  sealed_off: 'chat.sealed',
} as const;

/** One line of the conversation: a message, or what happened between two of them. */
export function Line({ row, peer, facts }: { row: Row; peer: string; facts: Facts }) {
  const { item } = row;
  if (item.is === 'text') return <Bubble item={item} row={row} peer={peer} />;
  const words = item.is === 'system' ? systemWords(item.code, item.name ?? peer, facts) : tc(notices[item.is]);
  return words === null ? null : <li class="sys">{words}</li>;
}
