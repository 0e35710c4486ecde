import { defaultCentre, parseCentre } from '@clbchat/server/centre/centre.rules';
import { openFigures } from '@clbchat/server/demo/figures';
import { figuresJob } from '@clbchat/server/figures/figures.job';
import { figuresOf } from '@clbchat/server/figures/figures.store';
import { published } from '@clbchat/server/figures/published.rules';
import { memorySums } from '@clbchat/server/figures/sums.model';
import { wasOpenIn } from '@clbchat/server/hours/ticking.rules';
import { openLog } from '@clbchat/server/kernel/log';
import { emptyLive } from '@clbchat/server/live/record';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { limits } from '@clbchat/shared/limits';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { fakeClock, MONDAY_18H_MS } from '../support/clock.ts';
import { fakeTimers } from '../support/timers.ts';

const HOUR_MS = 3_600_000;
const zone = 'Europe/Brussels';

test('[F10] the demonstration begins with four weeks or more that say that they are made up, and writes over nothing', async () => {
  for (let week = 0; week < 4; week += 1) {
    const clock = fakeClock(MONDAY_18H_MS + week * 7 * 24 * HOUR_MS);
    const records = memoryRecords(clock);
    const nowMs = () => clock.nowMs();
    await openFigures(records, nowMs, limits, zone);
    const figures = figuresOf(records, nowMs, limits);
    const { weeks, throughHour } = await figures.weeks();
    const told = published(weeks, throughHour, zone);
    expect(told.weeks.length).toBe(4 + ((week + 1) % 4));
    expect([...told.weeks, ...told.blocks].map(({ madeUp }) => madeUp)).not.toContain(false);
    expect(told.blocks).toHaveLength(1);
    for (const table of [...Object.values(told.weeks[0]!.tables), told.blocks[0]!.tables.at])
      expect(table).not.toBeNull();
    const before = await records.dump();
    clock.advance(HOUR_MS);
    await openFigures(records, nowMs, limits, zone);
    expect(await records.dump()).toEqual(before);
  }
});

test('[F8] an hour is open where somebody might have come in at some quarter of it', () => {
  const parsed = parseCentre(defaultCentre());
  if (!parsed.ok) throw new Error('no centre');
  const monday = Math.floor(MONDAY_18H_MS / HOUR_MS) - 18; // its midnight
  const open = [...Array(24).keys()].filter((hour) => wasOpenIn(monday + hour, parsed.centre));
  expect(open).toEqual([17, 18, 19, 20]);
});

test('[F3] the job puts an hour into the records five minutes after it, once, and at no wrong clock', async () => {
  const clock = fakeClock(MONDAY_18H_MS + 40 * 60_000);
  const timers = fakeTimers(clock, () => new Promise(setImmediate));
  const records = memoryRecords(clock);
  const live = emptyLive();
  const hour = Math.floor(clock.nowMs() / HOUR_MS);
  live.sums.hours.set(hour, new Map([['role.pupil', 3]]));
  const figures = figuresOf(records, () => clock.nowMs(), limits);
  let [onTime, claimed] = [false, 0];
  const stop = figuresJob({
    ...{ sums: memorySums(live), figures, limits, timers, nowMs: () => clock.nowMs() },
    claim: async () => (claimed += 1) > 0,
    isOnTime: async () => onTime,
    zone: () => ({ timezone: zone, wasOpenIn: () => true }),
    log: openLog({ clock, level: 'info', to: new Writable({ write: (_chunk, _encoding, done) => done() }) }),
  });
  const counted = async () => (await figures.weeks()).weeks.map(({ counts }) => counts['role.pupil'] ?? 0);
  await timers.advance(HOUR_MS);
  expect(await counted()).toEqual([]);
  onTime = true;
  await timers.advance(limits.figuresEveryMs);
  expect(await counted()).toEqual([3]);
  const before = claimed;
  await timers.advance(20 * 60_000);
  expect(claimed, 'nobody is asked again in that hour').toBe(before);
  expect(await counted()).toEqual([3]);
  stop();
});
