import { effect } from '@preact/signals-core';

/**
 * Paints the page, and once more whenever a signal that was read on the way has changed: in one microtask, however
 * much changed. The whole page each time: it is small, and what stayed the same costs a comparison. Who leaves a part
 * out of a paint (`useMemo`) names the signals that it reads: what is not read is not heard.
 *
 * @returns how to stop
 */
export function keepPainted(paint: () => void, soon: (run: () => void) => void = queueMicrotask): () => void {
  let stop: () => void;
  let stopped = false;
  const again = () => {
    if (stopped) return;
    stop?.();
    let fresh = true;
    stop = effect(() => {
      if (!fresh) return soon(again); // reads nothing, so it hears of no further change
      fresh = false;
      try {
        paint();
      } catch (error) {
        reportError(error); // the next change may paint again
      }
    });
  };
  again();
  return () => {
    stopped = true;
    stop();
  };
}
