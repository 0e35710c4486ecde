import type { Item } from '@clbchat/shared/client/views';
import { Icon } from '../frame/Icon.tsx';
import { clock } from './icons.ts';
import { partsOf } from './links.ts';
import { timeOf, type Row } from './rows.ts';
import { tc } from './words.ts';

type TextItem = Extract<Item, { is: 'text' }>;

/** A text with its addresses as links, shown in full. */
const linked = (text: string) =>
  partsOf(text).map((part) =>
    part.is === 'text' ? (
      part.text
    ) : (
      <a href={part.url} target="_blank" rel="noreferrer noopener">
        {part.url}
        <span class="vh"> {tc('link.newtab')}</span>
      </a>
    ),
  );

/** A counsellor's addresses can be followed; a visitor's own text is text. Only text nodes, ever. */
function Words({ item: { from, text } }: { item: TextItem }) {
  return (
    <span class="bubble" dir="auto">
      {from === 'them' ? linked(text) : text}
    </span>
  );
}

function Meta({ item, told }: { item: TextItem; told: boolean }) {
  const pending = item.from === 'me' && item.state === 'pending';
  return (
    <span class="meta xs muted">
      {pending ? <Icon d={clock} size="s" /> : timeOf(item.atMs)}
      {told && item.from === 'me' && `${pending ? '' : ' · '}${tc(`chat.${item.state}`)}`}
    </span>
  );
}

interface Props {
  item: TextItem;
  row: Row;
  peer: string;
  /** came while somebody looked on */
  fresh: boolean;
}

export function Bubble({ item, row, peer, fresh }: Props) {
  const writer = item.by ?? peer;
  const mine = item.from === 'me';
  const pending = mine && item.state === 'pending';
  const looks = ['m', mine ? 'me' : 'them', row.first && 'first', pending && 'pend', fresh && 'fresh']
    .filter(Boolean)
    .join(' ');
  return (
    <li class={looks}>
      {!mine && row.named && (
        <span class="who xs muted" aria-hidden="true">
          {writer}
        </span>
      )}
      <div class="b">
        <span class="vh">{mine ? tc('chat.you') : writer}: </span>
        <Words item={item} />
      </div>
      {row.last && <Meta item={item} told={row.told} />}
    </li>
  );
}
