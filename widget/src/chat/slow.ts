import { effect, signal } from '@preact/signals';
import type { Item, Talk } from '@clbchat/shared/client/views';

const SLOW_MS = 90_000;

const waitsForAnswer = (last: Item | undefined) =>
  last?.is === 'text' && last.from === 'me' && last.state !== 'pending';

/** One patient line when an answer is long in coming, and only one in a chat. */
export function createSlow(talk: Talk) {
  const slow = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = false;
  /** the message that has no answer */
  let slowFor: string | undefined;

  const stop = effect(() => {
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
    slow,
    stop() {
      stop();
      clearTimeout(timer);
    },
  };
}
