import { effect, type ReadonlySignal } from '@preact/signals';
import type { Cancel, Timers } from '@clbchat/shared/client/ports';
import { useLayoutEffect, useState } from 'preact/hooks';
import { useConsole } from './console.ts';

/** Where nothing is painted, in a window that nobody sees. */
const HIDDEN_MS = 100;

function nextFrame(timers: Timers, run: () => void): Cancel {
  const stop = () => {
    cancelAnimationFrame(frame);
    late();
  };
  const go = () => {
    stop();
    run();
  };
  const frame = requestAnimationFrame(go);
  const late = timers.after(HIDDEN_MS, go);
  return stop;
}

/**
 * What a signal has now, for a component that is drawn again once a frame at most, however often it changes: after a
 * reload messages come by the thousand [D43].
 */
export function useOnceAFrame<T>(source: ReadonlySignal<T>): T {
  const { timers } = useConsole();
  const [, draw] = useState(source.peek());
  useLayoutEffect(() => {
    let due: Cancel | null = null;
    const stop = effect(() => {
      void source.value;
      due ??= nextFrame(timers, () => {
        due = null;
        draw(() => source.peek());
      });
    });
    return () => {
      stop();
      due?.();
    };
  }, [source]);
  return source.peek();
}
