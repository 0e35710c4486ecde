import type { Visitor } from '@clbchat/shared/client/views';
import { tl } from '../frame/laterWords.ts';
import { turnUnseen } from './turn.ts';
import { tc } from './words.ts';

export interface BarLine {
  title: string;
  sub: string;
  /** something waits to be seen: a mark beside the words that say what */
  mark: string;
}

/** What the small bar says while a visit lives. It stands inside the frame: the page around cannot read it. */
export function barLine({ view, talk, connection }: Visitor): BarLine {
  const now = view.value;
  const resume = (sub: string, mark = '') => ({ title: tc('bar.resume'), sub, mark });
  // nothing of it is told before the person says that it is theirs
  if (now.is === 'unclaimed') return { title: tl('bar.open'), sub: '', mark: '' };
  if (connection.value.is === 'lost') return resume(tc('bar.offline'), '!');
  if (now.is === 'waiting') return resume(now.ahead === 0 ? tc('bar.next') : tc('bar.waiting', { n: now.ahead + 1 }));
  if (now.is === 'talking') {
    const n = talk.unread.value;
    if (n > 0) return resume(tc(n === 1 ? 'bar.unread.one' : 'bar.unread.other', { n }), String(n));
    if (!turnUnseen.value) return resume(tc('bar.lock', { naam: now.peer.name }));
  }
  if (now.is === 'opening' || now.is === 'choosing' || now.is === 'talking') {
    const naam = now.peer?.name;
    return { title: tc('bar.turn'), sub: naam ? tc('bar.here', { naam }) : '', mark: '!' };
  }
  return resume(now.is === 'ended' ? tc('bar.ended') : '');
}
