/** The five words that cross between the page and the frame. */
type Word = 'ready' | 'open' | 'minimise' | 'attention' | 'exit';
type Heard = Readonly<Record<Word, () => void>>;

/** Only the frame itself, and only from the chat's own origin, is heard or spoken to. */
export function talkTo(frame: HTMLIFrameElement, origin: string, heard: Heard, signal: AbortSignal) {
  addEventListener(
    'message',
    ({ source, origin: from, data }) => {
      if (source !== frame.contentWindow || from !== origin || typeof data !== 'string') return;
      // not every browser that gets this far has Object.hasOwn
      if (Object.keys(heard).includes(data)) heard[data as Word]();
    },
    { signal },
  );
  return (word: Word) => {
    if (frame.contentWindow) frame.contentWindow.postMessage(word, origin);
  };
}
