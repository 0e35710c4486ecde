import { useEffect } from 'preact/hooks';

/** While what stands here would be lost with its page, a reload and Back ask first. */
export function useAskBeforeLosing(loses = true): void {
  useEffect(() => {
    if (!loses) return undefined;
    const asks = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', asks);
    return () => window.removeEventListener('beforeunload', asks);
  }, [loses]);
}

/** Whether something on this page would be lost with it: whoever asks before a reload says so here, too, and nothing is asked yet. */
export const losesSomething = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
