import { grownClock, measuredClock } from '@clbchat/server/kernel/clock';
import { Bug } from '@clbchat/server/kernel/failure';
import { describe, expect, test } from 'vitest';

/** A source and a stopwatch, both moved by hand. */
function bench() {
  const state = { sourceMs: 1_000_000, elapsedMs: 50, roundTripMs: 0 };
  const ask = async () => {
    state.elapsedMs += state.roundTripMs / 2;
    const said = state.sourceMs;
    state.elapsedMs += state.roundTripMs / 2;
    return said;
  };
  return { state, clock: measuredClock(ask, { elapsedMs: () => state.elapsedMs }) };
}

test('[N33 R5] the clock of a process that is alone grows with what passes, whoever sets the time of day', () => {
  let ofDayMs = 5_000_000;
  let elapsedMs = 30.5;
  const clock = grownClock(
    () => ofDayMs,
    () => elapsedMs,
  );
  expect(clock.nowMs()).toBe(5_000_000);
  ofDayMs += 5 * 3_600_000;
  elapsedMs += 1_000;
  expect(clock.nowMs()).toBe(5_001_000);
  ofDayMs = 0;
  elapsedMs += 1_000;
  expect(clock.nowMs()).toBe(5_002_000);
});

describe('the clock that all nodes share', () => {
  test('[H14] nobody reads it before it was measured', async () => {
    const { clock } = bench();
    expect(clock.isMeasured()).toBe(false);
    expect(() => clock.nowMs()).toThrow(Bug);
    await clock.measure();
    expect(clock.isMeasured()).toBe(true);
  });

  test('[H14] it is the source plus what passed here; half of the round trip is taken off', async () => {
    const { state, clock } = bench();
    state.roundTripMs = 100;
    await clock.measure();
    expect(clock.nowMs()).toBe(1_000_050);
    state.elapsedMs += 7_000;
    expect(clock.nowMs()).toBe(1_007_050);
  });

  test('[H14] a slow or failed answer changes nothing', async () => {
    const { state, clock } = bench();
    state.roundTripMs = 2_001;
    expect(await clock.measure()).toBe(false);
    expect(clock.isMeasured()).toBe(false);

    state.roundTripMs = 0;
    await clock.measure();
    const broken = measuredClock(async () => Promise.reject(new Error('gone')));
    await expect(broken.measure()).rejects.toThrow('gone');
    state.sourceMs = 5_000_000;
    state.roundTripMs = 2_001;
    expect(await clock.measure()).toBe(false);
    expect(clock.nowMs()).toBe(1_000_000 + 2_001);
  });

  test('[H14] a small correction backward is slept through, a large one is followed', async () => {
    const { state, clock } = bench();
    await clock.measure();
    expect(clock.nowMs()).toBe(1_000_000);
    state.sourceMs -= 500;
    await clock.measure();
    expect(clock.nowMs()).toBe(1_000_000);
    state.elapsedMs += 600;
    expect(clock.nowMs()).toBe(1_000_100);
    state.sourceMs -= 60_000;
    await clock.measure();
    expect(clock.nowMs()).toBe(939_500);
  });
});
