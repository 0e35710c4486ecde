/** The five words that cross between the page and the frame. */
type Word = 'ready' | 'open' | 'minimise' | 'attention' | 'exit';
type Heard = { readonly [Name in Word]?: () => void };

/** Only the frame itself, and only from the chat's own origin, is heard or spoken to. */
export function talkTo(frame: HTMLIFrameElement, origin: string, heard: Heard, signal: AbortSignal) {
  window.addEventListener(
    'message',
    ({ source, origin: from, data }) => {
      if (source !== frame.contentWindow || from !== origin || typeof data !== 'string') return;
      if (Object.hasOwn(heard, data)) heard[data as Word]?.();
    },
    { signal },
  );
  return (word: Word) => frame.contentWindow?.postMessage(word, origin);
}
