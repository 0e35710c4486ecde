import { expect, test } from 'vitest';
import { doorAt, hoursAt } from '@clbchat/shared/hours/hours';
import { alwaysOpen, defaultSchedule } from '@clbchat/shared/hours/schedule';
import { doorShutAt } from '@clbchat/shared/hours/shutDoor';

const rules = { lastEntryMs: 900_000, drainAfterMs: 1_800_000 };
const at = (text: string) => Date.parse(`2026-11-${text}+01:00`);
const THURSDAY = { shutMs: at('26T18:00:00') };

test('[H31] a shut door is one until the opening ends in which it was shut, and no longer', () => {
  const schedule = defaultSchedule();
  const is = (text: string) => doorShutAt(at(text), schedule, THURSDAY) !== null;
  expect(['26T17:59:59', '26T18:00:00', '26T20:59:59', '26T21:00:00', '30T18:00:00'].map(is)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(doorShutAt(at('26T18:00:00'), schedule, undefined)).toBeNull();
  // shut while it was closed: it says nothing of the next evening
  expect(doorShutAt(at('26T18:00:00'), schedule, { shutMs: at('26T16:00:00') })).toBeNull();
});

test('[H31] open day and night, it ends at the next midnight', () => {
  const schedule = alwaysOpen();
  const is = (text: string) => doorShutAt(at(text), schedule, THURSDAY) !== null;
  expect(['26T23:59:59', '27T00:00:00'].map(is)).toEqual([true, false]);
  expect(hoursAt(at('26T20:00:00'), { schedule, rules, door: THURSDAY })).toMatchObject({
    is: 'draining',
    opens: { date: '2026-11-27', time: '00:00', inMs: 4 * 3_600_000 },
  });
});

test('[H31] the same schedule that is replaced moves its end', () => {
  const schedule = defaultSchedule();
  const longer = { ...schedule, week: { ...schedule.week, thursday: [{ from: '17:00', to: '22:00' }] } };
  expect(doorShutAt(at('26T21:30:00'), schedule, THURSDAY)).toBeNull();
  expect(doorShutAt(at('26T21:30:00'), longer, THURSDAY)).not.toBeNull();
});

test('[H31] a door that was shut on a wrong date is none on the right one; the clock that goes back by less opens none', () => {
  const schedule = alwaysOpen();
  const on = (nowMs: number) => doorShutAt(nowMs, schedule, THURSDAY) !== null;
  const DAY_MS = 86_400_000;
  expect([THURSDAY.shutMs - DAY_MS, THURSDAY.shutMs - DAY_MS - 1, THURSDAY.shutMs - 21 * DAY_MS].map(on)).toEqual([
    true,
    false,
    false,
  ]);
});

test('[H30] who comes finds it closed, with the next opening after this one', () => {
  const schedule = defaultSchedule();
  expect(doorAt(at('26T18:30:00'), { schedule, rules, door: THURSDAY })).toMatchObject({ is: 'closed' });
  expect(hoursAt(at('26T18:30:00'), { schedule, rules, door: THURSDAY })).toMatchObject({
    is: 'draining',
    opens: { day: 1, time: '17:00', date: '2026-11-30' },
  });
  expect(hoursAt(at('26T18:30:00'), { schedule, rules })).toMatchObject({ is: 'open' });
});
