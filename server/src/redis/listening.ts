import { again, type Line } from './client.ts';

/** Runs it later, once. @returns ends the wait */
export type After = (ms: number, run: () => void) => () => void;

const later: After = (ms, run) => {
  const id = setTimeout(run, ms).unref();
  return () => clearTimeout(id);
};

export interface Listening {
  /** on this line. Its promise rejects when that was refused, or nobody answered in time. Never asked where the line is gone */
  readonly subscribe: () => Promise<unknown>;
  /** It hears from here on; what came before, since it last heard, it may have missed. */
  readonly hears: () => void;
  readonly after?: After | undefined;
}

/**
 * From now on subscribes each time that the line is back, and again after a wait while that is refused or not answered: a line
 * that stands says nothing by itself, however long it is deaf. Who subscribed already loses nothing by doing so again.
 *
 * @returns `now` subscribes at once; `stop` ends it
 */
export function keepListening(line: Line, { subscribe, hears, after = later }: Listening) {
  let turn = 0;
  let stopWait = () => undefined as void;
  /** @param times that it was refused in a row on this very line */
  function listen(times: number): void {
    const mine = (turn += 1);
    stopWait();
    subscribe().then(hears, () => {
      // where the line is gone it begins anew once it is back
      if (mine === turn && line.status === 'ready')
        stopWait = after(again(times), () => line.status === 'ready' && listen(times + 1));
    });
  }
  const now = () => listen(0);
  line.on('ready', now);
  line.on('subscribersReady' as 'ready', now); // of a cluster: the library subscribed anew, and does not say whether it may
  return {
    now,
    stop(): void {
      turn += 1;
      stopWait();
      line.off('ready', now).off('subscribersReady' as 'ready', now);
    },
  };
}
