import { computed, effect, signal } from '@preact/signals';
import type { Item, Visitor } from '@clbchat/shared/client/views';

const SLOW_MS = 90_000;

const waitsForAnswer = (last: Item | undefined) =>
  last?.is === 'text' && last.from === 'me' && last.state !== 'pending';

/** One patient line when an answer is long in coming, and only one in a chat. */
export function createSlow({ talk, view, connection }: Pick<Visitor, 'talk' | 'view' | 'connection'>) {
  const slow = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = false;
  /** the message that had none when that was told */
  let slowFor: string | undefined;

  // a word from the service that changes nothing of this begins no patience anew
  const waitsFor = computed(() => {
    const last = talk.items.value.at(-1);
    const isThere = view.value.is === 'talking' && !talk.peerSilent.value && connection.value.is === 'online';
    return isThere && waitsForAnswer(last) ? last?.key : undefined;
  });
  const stop = effect(() => {
    clearTimeout(timer);
    const key = waitsFor.value;
    if (key !== slowFor) slow.value = false;
    if (told || !key || talk.peerTyping.value) return;
    timer = setTimeout(() => {
      told = true;
      slowFor = key;
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
