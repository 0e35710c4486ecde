import type { Item } from '@clbchat/shared/client/views';
import { ta } from '../../words/nlAside.ts';

type Notice = Exclude<Item, { is: 'text' }>;

/** What happened between two messages, after the first line that says who has come; null: nothing for this side. */
export function noticeWords(item: Notice, naam: string): string | null {
  if (item.is !== 'system') return ta(`line.${item.is}`);
  switch (item.code) {
    case 'same_other_device':
    case 'peer_back':
      return ta(`line.${item.code}`, { naam });
    case 'resumed':
    case 'history_shared':
    case 'history_kept':
      return ta(`line.${item.code}`);
    case 'joined':
    case 'unlinked':
      return null;
  }
}
