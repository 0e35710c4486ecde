import type { Clock, Page, Timers } from '@clbchat/shared/client/ports';

/** The engine's ports that any browser tab has. */
let leaves = false;

/** Before anybody else listens: browsers ask who came first. */
export function listenToLeaving(): void {
  addEventListener('beforeunload', (event) => leaves && event.stopImmediatePropagation(), { capture: true });
}

/** Loads the page anew, and no browser asks: she was asked before, and is out by now. */
export function loadAnew(): void {
  leaves = true;
  location.reload();
}

/**
 * Opens the console anew where the service answers, whatever that is: else the browser's own page of an error would stand in its place.
 *
 * @returns whether it goes
 */
export const opensAnew = (fetchFrom: typeof fetch): Promise<boolean> =>
  fetchFrom('/api/session', { headers: { 'x-clb': '1' } }).then(
    () => (location.reload(), true),
    () => false,
  );

export const browserClock: Clock = { nowMs: () => Date.now() };

export const browserTimers: Timers = {
  after(ms, run) {
    const id = setTimeout(run, ms);
    return () => clearTimeout(id);
  },
  every(ms, run) {
    const id = setInterval(run, ms);
    return () => clearInterval(id);
  },
};

export const browserPage: Page = {
  visible: () => document.visibilityState === 'visible',
  onVisible(run) {
    const listen = () => {
      if (document.visibilityState === 'visible') run();
    };
    document.addEventListener('visibilitychange', listen);
    return () => document.removeEventListener('visibilitychange', listen);
  },
};
