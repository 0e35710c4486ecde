import { afterAll, vi } from 'vitest';

/*
 * Files share a process, and none may meet what another left behind. Its modules are read anew, with their state and what
 * `vi.mock` put in their place; what `vi` replaced is put back; no timer of before rings; and what a file does as its process
 * goes, it does as the file goes: else the process would hold all modules of all files until then.
 */

/** As vitest itself begins each file where it is told to isolate them in one process. */
declare const __vitest_mocker__: { reset(): void };

const atExit = process.rawListeners('exit');
const { setTimeout, setInterval } = globalThis;
const timers: WeakRef<NodeJS.Timeout>[] = []; // those that rang may be forgotten

type Start = (...all: Parameters<typeof setTimeout>) => NodeJS.Timeout;
const noted = (start: Start) =>
  Object.assign((...all: Parameters<Start>) => {
    const timer = start(...all);
    timers.push(new WeakRef(timer));
    return timer;
  }, start);
Object.assign(globalThis, { setTimeout: noted(setTimeout), setInterval: noted(setInterval) });

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  Object.assign(globalThis, { setTimeout, setInterval });
  for (const timer of timers) clearTimeout(timer.deref());
  for (const goes of process.rawListeners('exit').filter((one) => !atExit.includes(one))) {
    process.off('exit', goes as () => void);
    goes.call(process, 0);
  }
  __vitest_mocker__.reset();
  vi.resetModules();
});
