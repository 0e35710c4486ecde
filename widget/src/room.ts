import { effect, signal } from '@preact/signals';
import type { VisitView, Visitor } from '@clbchat/shared/client/views';
import { createComposer } from './chat/composer.ts';
import { createSlow } from './chat/slow.ts';
import { watchTurn } from './chat/turn.ts';
import type { Announcer } from './frame/announcer.ts';
import type { Surroundings } from './frame/around.ts';
import { createBanner } from './frame/banner.ts';
import { createMark } from './waiting/mark.ts';
import { placeWords } from './waiting/wait.ts';

export type Aside = 'queue' | 'first' | 'breathe' | 'how';

type Wanted = { readonly announcer: Announcer; readonly around: Surroundings };

const peerOf = (view: VisitView): string => ('peer' in view && view.peer ? view.peer.name : '');

/** What the screens of a visit remember, and what they tell somebody who is not looking. */
export function createRoom(visitor: Visitor, { announcer, around }: Wanted, chime: () => void) {
  const { talk, view } = visitor;
  const aside = signal<Aside>('queue');
  const sheet = signal<'none' | 'leave' | 'stop'>('none');
  const sound = signal(false);
  /** somebody who was told that today may be too late, and waits */
  const patient = signal(false);
  /** the moment of the last "ja, ik ben er", as the minutes that were left then */
  const answeredMs = signal<number | null>(null);
  const composer = createComposer(talk);
  const bar = createBanner(visitor.connection, talk);
  const patience = createSlow(visitor);

  const unseen = () => around.minimised.peek() || document.visibilityState === 'hidden';
  const mark = createMark(around, unseen);
  const call = () => {
    if (unseen()) mark();
    if (!sound.peek()) return;
    chime();
    if ('vibrate' in navigator) navigator.vibrate(120);
  };

  let before: VisitView['is'] = view.peek().is;
  let ahead = -1;
  const onView = effect(() => {
    const now = view.value;
    if (now.is !== before) {
      if (now.is === 'opening' || now.is === 'choosing') call();
      if (now.is !== 'waiting') aside.value = 'queue';
      if (now.is === 'ended' || now.is === 'elsewhere') announcer.clear();
      sheet.value = 'none';
      before = now.is;
    }
    if (now.is !== 'waiting') return;
    if (ahead !== -1 && now.ahead !== ahead) announcer.say(placeWords(now.ahead));
    ahead = now.ahead;
  });

  const known = new Set(talk.items.peek().map(({ key }) => key));
  const onItems = effect(() => {
    const now = view.peek();
    for (const item of talk.items.value) {
      if (known.has(item.key)) continue;
      known.add(item.key);
      // what a reload finds again is not new
      if (now.is === 'joining' || item.from !== 'them' || item.is !== 'text') continue;
      announcer.say(`${peerOf(now)}: ${item.text}`);
      if (unseen()) call();
    }
  });

  const stopTurn = watchTurn(view, around.minimised);

  return {
    aside,
    sheet,
    sound,
    patient,
    slow: patience.slow,
    answeredMs,
    composer,
    banner: bar.banner,
    stop() {
      for (const end of [stopTurn, onView, onItems, patience.stop, composer.stop, bar.stop, announcer.clear]) end();
    },
  };
}
export type RoomModel = ReturnType<typeof createRoom>;
