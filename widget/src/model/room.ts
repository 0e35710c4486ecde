import { effect, signal } from '@preact/signals-core';
import type { Item, VisitView, Visitor } from '@clbchat/shared/client/views';
import { tc } from '../words/nlChat.ts';
import { createBanner } from './banner.ts';
import { createComposer } from './composer.ts';
import type { Widget } from './widget.ts';

const SLOW_MS = 90_000;

export type Aside = 'queue' | 'first' | 'breathe' | 'how';
type Wanted = Pick<Widget, 'announcer' | 'around'>;

const peerOf = (view: VisitView): string => ('peer' in view && view.peer ? view.peer.name : '');

/** What the screens from the waiting room on remember, and what they tell somebody who is not looking. */
export function createRoom(visitor: Visitor, { announcer, around }: Wanted, chime: () => void) {
  const { talk, view } = visitor;
  const aside = signal<Aside>('queue');
  const sheet = signal<'none' | 'leave' | 'stop'>('none');
  const sound = signal(false);
  /** somebody who was told that today may be too late, and waits */
  const patient = signal(false);
  const slow = signal(false);
  /** the moment of the last "ja, ik ben er", as the minutes that were left then */
  const answeredMs = signal<number | null>(null);
  const composer = createComposer(talk);
  const bar = createBanner(visitor.connection, talk);

  const unseen = () => around.minimised.peek() || document.visibilityState === 'hidden';
  const call = () => {
    if (unseen()) around.attention();
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
      sheet.value = 'none';
      before = now.is;
    }
    if (now.is !== 'waiting') return;
    if (ahead !== -1 && now.ahead !== ahead)
      announcer.say(now.ahead === 0 ? tc('wait.pos1') : tc('wait.pos', { n: now.ahead + 1 }));
    ahead = now.ahead;
  });

  const known = new Set(talk.items.peek().map(({ key }) => key));
  const onItems = effect(() => {
    for (const item of talk.items.value) {
      if (known.has(item.key)) continue;
      known.add(item.key);
      if (item.from !== 'them' || item.is !== 'text') continue;
      announcer.say(`${peerOf(view.peek())}: ${item.text}`);
      if (unseen()) call();
    }
  });

  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = false;
  /** the message that has no answer */
  let slowFor: string | undefined;
  const waitsForAnswer = (last: Item | undefined) =>
    last?.is === 'text' && last.from === 'me' && last.state !== 'pending';
  const onSlow = effect(() => {
    clearTimeout(timer);
    const last = talk.items.value.at(-1);
    if (last?.key !== slowFor) slow.value = false;
    if (told || !waitsForAnswer(last) || talk.peerTyping.value || talk.peerSilent.value) return;
    timer = setTimeout(() => {
      told = true;
      slowFor = last?.key;
      slow.value = true;
    }, SLOW_MS);
  });

  return {
    aside,
    sheet,
    sound,
    patient,
    slow,
    answeredMs,
    composer,
    banner: bar.banner,
    stop() {
      for (const end of [onView, onItems, onSlow, composer.stop, bar.stop]) end();
      clearTimeout(timer);
    },
  };
}
export type RoomModel = ReturnType<typeof createRoom>;
