import { putHours } from '@clbchat/server/figures/figures.job';
import { figuresOf, type FiguresStore } from '@clbchat/server/figures/figures.store';
import { memorySums } from '@clbchat/server/figures/sums.model';
import { emptyLive, type LiveState } from '@clbchat/server/live/record';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { limits } from '@clbchat/shared/limits';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';

const HOUR_MS = 3_600_000;
const zone = { timezone: 'Europe/Brussels', wasOpenIn: () => true };

function made() {
  const clock = fakeClock();
  const records = memoryRecords(clock);
  const live = emptyLive();
  return { clock, records, live, figures: figuresOf(records, () => clock.nowMs(), limits) };
}
/** Somebody's visit ends now. */
function ends({ sums }: LiveState, hour: number): void {
  const at = Math.max(hour, sums.closed + 1);
  const counts = sums.hours.get(at) ?? new Map<string, number>();
  sums.hours.set(at, counts.set('role.pupil', (counts.get('role.pupil') ?? 0) + 1));
}
async function kept(figures: FiguresStore): Promise<number> {
  const { weeks } = await figures.weeks();
  return weeks.reduce((sum, { counts }) => sum + (counts['role.pupil'] ?? 0), 0);
}
class Killed extends Error {}

test('[F3] whatever is killed at whichever step, however many write at once: each is counted once', async () => {
  const act = fc.oneof(
    fc.constant('ends' as const),
    fc.constant('hour' as const),
    fc.record({
      killedAt: fc.integer({ min: 0, max: 5 }),
      late: fc.integer({ min: 0, max: 2 }),
      others: fc.nat({ max: 2 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), fc.scheduler(), async (acts, scheduler) => {
      const { clock, live, records } = made();
      let ended = 0;
      const now = () => Math.floor(clock.nowMs() / HOUR_MS);
      /** One process, of which each step waits for its turn, and that dies before or after one of them. */
      const flushes = async (killedAt: number, hour: number) => {
        let at = 0;
        const step = async <T>(run: () => Promise<T>): Promise<T> => {
          if (at++ === killedAt) throw new Killed();
          await scheduler.schedule(Promise.resolve());
          const value = await run();
          if (at++ === killedAt) throw new Killed(); // it was done, and nobody heard so
          return value;
        };
        const sums = memorySums(live);
        const slow = {
          ...records,
          get: (name: Parameters<typeof records.get>[0]) => step(() => records.get(name)),
          write: (...all: Parameters<typeof records.write>) => step(() => records.write(...all)),
        };
        await putHours(
          {
            sums: { close: (one) => step(() => sums.close(one)), forget: (one) => step(() => sums.forget(one)) },
            figures: figuresOf(slow, () => clock.nowMs(), limits),
            zone,
          },
          hour,
        ).catch((error: unknown) => {
          if (!(error instanceof Killed)) throw error;
        });
      };
      const running: Promise<void>[] = [];
      for (const one of acts) {
        if (one === 'ends') ends(live, now());
        if (one === 'ends') ended += 1;
        if (one === 'hour') clock.advance(HOUR_MS);
        if (typeof one === 'object')
          for (let process = 0; process <= one.others; process += 1)
            running.push(flushes(process === 0 ? one.killedAt * 2 : 99, now() - 1 - one.late));
        if (scheduler.count() > 0) await scheduler.waitOne();
      }
      await scheduler.waitFor(Promise.all(running));
      clock.advance(2 * HOUR_MS);
      const figures = figuresOf(records, () => clock.nowMs(), limits);
      await putHours({ sums: memorySums(live), figures, zone }, now());
      expect(await kept(figures)).toBe(ended);
      expect(live.sums.hours.size, 'and what is there is dropped').toBe(0);
    }),
    { numRuns: 150 },
  );
});

test('[F3] a live store that comes back as it was before counts nothing twice, and an empty one nothing', async () => {
  const { clock, live, figures } = made();
  const hour = Math.floor(clock.nowMs() / HOUR_MS);
  ends(live, hour);
  const before = structuredClone(live.sums);
  await putHours({ sums: memorySums(live), figures, zone }, hour);
  live.sums = structuredClone(before);
  await putHours({ sums: memorySums(live), figures, zone }, hour);
  live.sums = before;
  await putHours({ sums: memorySums(live), figures, zone }, hour + 1);
  live.sums = emptyLive().sums;
  await putHours({ sums: memorySums(live), figures, zone }, hour + 2);
  expect(await kept(figures)).toBe(1);
});

test('[F3] an hour in which nobody came is written as every other', async () => {
  const { clock, live, figures, records } = made();
  const hour = Math.floor(clock.nowMs() / HOUR_MS);
  const shut = { ...zone, wasOpenIn: () => false };
  await putHours({ sums: memorySums(live), figures, zone: shut }, hour);
  const { rev } = await figures.through();
  await putHours({ sums: memorySums(live), figures, zone: shut }, hour + 1);
  expect((await figures.through()).rev).toBeGreaterThan(rev);
  expect(await records.list('figures')).toHaveLength(1);
});

test('[F3] hours go to the week and the hour on the wall in which they are, also where the clock is put back', async () => {
  const { live, figures } = made();
  const at = (iso: string) => Date.parse(iso) / HOUR_MS;
  const came = at('2026-10-25T22:00:00Z'); // Sunday, 23:00, of 25 hours
  live.sums.hours.set(came, new Map([[`came.${came}`, 1]]));
  live.sums.hours.set(came + 1, new Map([[`came.${came}`, 1]]));
  await putHours({ sums: memorySums(live), figures, zone }, came + 1);
  const { weeks } = await figures.weeks();
  expect(weeks.map(({ counts }) => counts['at.0.23'])).toEqual([1, 1]);
  expect(weeks.map(({ counts }) => counts['open.1.0'] ?? 0)).toEqual([0, 1]);
});
