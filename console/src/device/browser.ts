import type { Clock, Page, Timers } from '@clbchat/shared/client/ports';

/** The engine's ports that any browser tab has. */
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
