import { effect, signal } from '@preact/signals';
import type { Item, Visitor } from '@clbchat/shared/client/views';

const SLOW_MS = 90_000;

const waitsForAnswer = (last: Item | undefined) =>
  last?.is === 'text' && last.from === 'me' && last.state !== 'pending';

/** One patient line when an answer is long in coming, and only one in a chat. */
export function createSlow({ talk, view }: Pick<Visitor, 'talk' | 'view'>) {
  const slow = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = false;
  /** the message that has no answer */
  let slowFor: string | undefined;

  const stop = effect(() => {
    clearTimeout(timer);
    const last = talk.items.value.at(-1);
    const isThere = view.value.is === 'talking' && !talk.peerSilent.value;
    if (last?.key !== slowFor || !isThere) slow.value = false;
    if (told || !isThere || !waitsForAnswer(last) || talk.peerTyping.value) return;
    timer = setTimeout(() => {
      told = true;
      slowFor = last?.key;
      slow.value = true;
    }, SLOW_MS);
  });

  return {
    slow,
    stop() {
      stop();
      clearTimeout(timer);
    },
  };
}
