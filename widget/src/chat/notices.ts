import type { Item } from '@clbchat/shared/client/views';
import { tc } from './words.ts';

type Notice = Exclude<Item, { is: 'text' }>;

/** What happened between two messages, after the first line that says who has come; null: nothing for this side. */
export function noticeWords(item: Notice, naam: string): string | null {
  if (item.is !== 'system') return tc(`line.${item.is}`);
  switch (item.code) {
    case 'same_other_device':
    case 'peer_back':
      return tc(`line.${item.code}`, { naam });
    case 'resumed':
    case 'history_shared':
    case 'history_kept':
      return tc(`line.${item.code}`);
    case 'joined':
    case 'unlinked':
      return null;
  }
}
