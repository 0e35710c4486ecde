import type { Visitor } from '@clbchat/shared/client/views';
import { ta } from '../../words/nlAside.ts';
import type { BarWords } from '../parts.ts';

/** What the small bar says while a visit lives. It stands inside the frame: the page around cannot read it. */
export function barWords({ view, talk, connection }: Visitor): BarWords {
  const now = view.value;
  const resume = (sub: string, mark = '') => ({ title: ta('bar.resume'), sub, mark });
  if (connection.value.is === 'lost') return resume(ta('bar.offline'), '!');
  if (now.is === 'waiting') return resume(now.ahead === 0 ? ta('bar.next') : ta('bar.waiting', { n: now.ahead + 1 }));
  if (now.is === 'opening' || now.is === 'choosing') {
    const naam = now.peer?.name;
    return { title: ta('bar.turn'), sub: naam ? ta('bar.here', { naam }) : '', mark: '!' };
  }
  if (now.is === 'talking') {
    const n = talk.unread.value;
    if (n === 0) return resume(ta('bar.lock', { naam: now.peer.name }));
    return resume(ta(n === 1 ? 'bar.unread.one' : 'bar.unread.other', { n }), String(n));
  }
  return resume(now.is === 'ended' ? ta('bar.ended') : '');
}
