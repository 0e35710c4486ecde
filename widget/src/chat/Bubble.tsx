import type { Item } from '@clbchat/shared/client/views';
import { Icon } from '../frame/Icon.tsx';
import { clock } from './icons.ts';
import { Linked } from './Linked.tsx';
import { timeOf, type Row } from './rows.ts';
import { tc } from './words.ts';

type TextItem = Extract<Item, { is: 'text' }>;

const states = { pending: 'chat.pending', sent: 'chat.sent', read: 'chat.read' } as const;

/** A counsellor's addresses can be followed; a visitor's own text is text. Only text nodes, ever. */
function Words({ item: { from, text } }: { item: TextItem }) {
  return (
    <span class="bubble" dir="auto">
      {from === 'them' ? <Linked text={text} /> : text}
    </span>
  );
}

function Meta({ item }: { item: TextItem }) {
  if (item.from === 'them') return <span class="meta">{timeOf(item.atMs)}</span>;
  const words = tc(states[item.state]);
  return (
    <span class="meta">
      {item.state === 'pending' ? <Icon d={clock} size="s" /> : `${timeOf(item.atMs)} · `}
      {words}
    </span>
  );
}

export function Bubble({ item, row, peer }: { item: TextItem; row: Row; peer: string }) {
  const writer = item.by ?? peer;
  const mine = item.from === 'me';
  const pending = mine && item.state === 'pending';
  const looks = ['m', mine ? 'me' : 'them', row.first && 'first', pending && 'pend'].filter(Boolean).join(' ');
  return (
    <li class={looks}>
      {!mine && row.first && (
        <span class="who" aria-hidden="true">
          {writer}
        </span>
      )}
      <div class="b">
        <span class="vh">{mine ? tc('chat.you') : writer}: </span>
        <Words item={item} />
      </div>
      {row.last && <Meta item={item} />}
    </li>
  );
}
