import type { Clock, Page, Timers } from '@clbchat/shared/client/ports';

/** A clock that a test turns by hand, with its timers and a page that it shows or hides. */
export interface FakeTime {
  clock: Clock;
  timers: Timers;
  page: Page;
  /** lets time pass; due timers run in order */
  pass(ms: number): void;
  /** time passes while no timer runs; one that was due runs once, when it is over */
  sleep(ms: number): void;
  show(visible: boolean): void;
}

export function fakeTime(startMs = 1_000_000): FakeTime {
  let nowMs = startMs;
  let visible = true;
  const watchers = new Set<() => void>();
  const due = new Set<{ atMs: number; everyMs: number | null; run: () => void }>();
  const add = (ms: number, everyMs: number | null, run: () => void) => {
    const one = { atMs: nowMs + ms, everyMs, run };
    due.add(one);
    return () => void due.delete(one);
  };
  return {
    clock: { nowMs: () => nowMs },
    timers: { after: (ms, run) => add(ms, null, run), every: (ms, run) => add(ms, ms, run) },
    page: {
      visible: () => visible,
      onVisible(run) {
        watchers.add(run);
        return () => void watchers.delete(run);
      },
    },
    pass(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const next = [...due].filter((one) => one.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (!next) break;
        nowMs = next.atMs;
        if (next.everyMs === null) due.delete(next);
        else next.atMs += next.everyMs;
        next.run();
      }
      nowMs = endMs;
    },
    sleep(ms) {
      nowMs += ms;
      for (const one of due) one.atMs = Math.max(one.atMs, nowMs);
    },
    show(next) {
      visible = next;
      if (next) for (const run of watchers) run();
    },
  };
}
