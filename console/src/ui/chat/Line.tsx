import type { Item } from '@clbchat/shared/client/views';
import { asTimeOfDay } from '../../model/times.ts';
import { nl } from '../../words/nl.ts';
import { Icon } from '../Icon.tsx';

interface Props {
  item: Item;
  nick: string;
  /** says who writes */
  first: boolean;
  /** says when, and how far it is */
  last: boolean;
  /** came while somebody looked on */
  fresh: boolean;
}

function systemText(item: Item & { is: 'system' }, nick: string): string {
  const line = nl.chat.system[item.code];
  return typeof line === 'string' ? line : line(item.name ?? nick);
}

const stateWord = { pending: nl.chat.pending, sent: nl.chat.sent, read: nl.chat.read };

/** One line of a conversation. Text is only ever text: no link, no markup, its own direction. */
export function Line({ item, nick, first, last, fresh }: Props) {
  if (item.is === 'system') return <li class="system-line">{systemText(item, nick)}</li>;
  if (item.is !== 'text') {
    return (
      <li class="system-line">
        <Icon name="circle-alert" size={16} />
        {nl.chat.items[item.is]}
      </li>
    );
  }
  const writer = item.from === 'them' ? nick : item.colleague ? nl.chat.colleague : nl.chat.you;
  const pending = item.from === 'me' && item.state === 'pending';
  return (
    <li
      class={['message', item.from, first ? 'first' : '', pending ? 'pending' : '', fresh ? 'came' : '']
        .filter(Boolean)
        .join(' ')}
    >
      {first && (item.from === 'them' || item.colleague) ? (
        <bdi class="sender">{writer}</bdi>
      ) : (
        <span class="hidden-text">{writer}: </span>
      )}
      <div class="bubble" dir="auto">
        {item.text}
      </div>
      {last && (
        <span class="meta">
          {asTimeOfDay(item.atMs)}
          {item.from === 'me' && ` · ${stateWord[item.state]}`}
        </span>
      )}
    </li>
  );
}
