import { effect } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

/** @returns stops it */
function asking(): () => void {
  const asks = (event: BeforeUnloadEvent) => event.preventDefault();
  window.addEventListener('beforeunload', asks);
  return () => window.removeEventListener('beforeunload', asks);
}

/** While what stands here would be lost with its page, a reload and Back ask first. */
export function useAskBeforeLosing(loses = true): void {
  // not after the next frame: of a screen that is gone by then it would be begun and never stopped
  useLayoutEffect(() => (loses ? asking() : undefined), [loses]);
}

/** The same of what outlives its screen: whoever holds it asks, whatever is shown [U13]. */
export function askWhile(loses: () => boolean): void {
  effect(() => (loses() ? asking() : undefined));
}

/** Whether something on this page would be lost with it: whoever asks before a reload says so here, too, and nothing is asked yet. */
export const losesSomething = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
