export type Stop = () => void;

/** What runs later. Injected like the clock, so that a test lets minutes pass without waiting. */
export interface Timers {
  after(ms: number, run: () => void): Stop;
  every(ms: number, run: () => void): Stop;
}

export const systemTimers: Timers = {
  after(ms, run) {
    const id = setTimeout(run, ms);
    return () => clearTimeout(id);
  },
  every(ms, run) {
    const id = setInterval(run, ms);
    return () => clearInterval(id);
  },
};
