import { parseCentre } from '@clbchat/server/centre/centre.rules';
import { demoCentre } from '@clbchat/server/demo/centre';
import { factsOf, quiet } from '@clbchat/server/hours/status.rules';
import { alwaysOpen, defaultSchedule, type Schedule } from '@clbchat/shared/hours/schedule';
import { describe, expect, test } from 'vitest';
import { confirmed, withDays } from '../../console/src/model/hours/days.ts';
import { isOpenFrom, longerOn, openedOn, shutOn, shutStill } from '../../console/src/model/hours/today.ts';

const THURSDAY = '2026-11-26';
const FRIDAY = '2026-11-27';
const at = (time: string, day = FRIDAY) => Date.parse(`${day}T${time}:00+01:00`);
const night = [{ from: '20:00', to: '02:00' }];
const standard = defaultSchedule();
/** Thursday's evening goes on until two; Friday has one of its own. */
const nights: Schedule = {
  ...standard,
  week: { ...standard.week, thursday: night, friday: [{ from: '20:00', to: '21:00' }] },
};
const datedNight: Schedule = { ...nights, exceptions: [{ from: THURSDAY, to: THURSDAY, open: night }] };
const closedFriday: Schedule = { ...nights, exceptions: [{ from: FRIDAY, to: FRIDAY, open: [] }] };

function facts(ms: number, schedule: Schedule) {
  const parsed = parseCentre({ ...demoCentre({ open: 'real', schoolOrigins: [] }), schedule });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return factsOf(ms, parsed.centre, quiet);
}

describe('[U20] closed after midnight', () => {
  test.each<[string, Schedule]>([
    ['an evening of the week', nights],
    ['an evening with hours of its own', datedNight],
    [
      'a range of evenings with hours of their own',
      { ...nights, exceptions: [{ from: '2026-11-23', to: FRIDAY, open: night }] },
    ],
    ['day and night', alwaysOpen()],
  ])('[H6] ends %s at once, whenever it is asked, and visitors read why', (_, schedule) => {
    const shut = shutOn(schedule, FRIDAY, 'technical');
    for (const time of ['00:00', '00:10', '00:30', '01:59']) {
      expect(facts(at(time), schedule).state, time).toBe('open');
      expect(facts(at(time), shut), time).toMatchObject({ state: 'closed', hours: { is: 'closed' }, why: 'technical' });
    }
    expect(facts(at('23:59', THURSDAY), shut).state, 'until midnight it was open').toBe('open');
  });

  test('[H5] nobody drains on that day, who waits since an ordinary end neither; every other midnight drains as ever', () => {
    const late: Schedule = { ...nights, week: { ...nights.week, thursday: [{ from: '17:00', to: '24:00' }] } };
    expect(facts(at('00:10'), late).hours.is).toBe('draining');
    expect(facts(at('00:10'), shutOn(late, FRIDAY, 'technical')).hours.is).toBe('closed');
    expect(facts(at('00:10'), closedFriday).hours.is).toBe('draining');
  });

  test('opened again it is as it was, to the last date, and so is what it was after a second reason', () => {
    const week = withDays(nights, '2026-11-23', FRIDAY, { is: 'limited', days: [1, 2, 3, 4, 5], open: night });
    const twice = { ...nights, exceptions: [THURSDAY, FRIDAY].map((date) => ({ from: date, to: date, open: night })) };
    for (const schedule of [nights, datedNight, closedFriday, week, twice, alwaysOpen(), standard])
      for (const date of [THURSDAY, FRIDAY]) {
        const shut = shutOn(schedule, date, 'technical');
        expect(openedOn(shut, date)).toEqual(schedule);
        expect(openedOn(shutOn(shut, date, 'force-majeure'), date)).toEqual(schedule);
        expect(openedOn(schedule, date), 'a day that nobody closed').toEqual(schedule);
      }
    expect(facts(at('00:31'), openedOn(shutOn(nights, FRIDAY, 'technical'), FRIDAY)).state).toBe('open');
    const again = openedOn(shutOn(closedFriday, THURSDAY, 'technical'), THURSDAY);
    expect(facts(at('00:30'), again).state, 'no hour more than it had').toBe('closed');
  });

  test('two days of one plan, closed one after the other, are one plan again', () => {
    const week = withDays(nights, '2026-11-23', FRIDAY, { is: 'limited', days: [1, 2, 3, 4, 5], open: night });
    const both = shutOn(shutOn(week, THURSDAY, 'technical'), FRIDAY, 'technical');
    expect(openedOn(both, FRIDAY).exceptions).toHaveLength(3);
    const { exceptions } = openedOn(openedOn(both, FRIDAY), THURSDAY);
    expect(exceptions.map(({ from, to, open }) => [from, to, open])).toEqual([['2026-11-23', FRIDAY, night]]);
  });

  test('what was closed before this was kept gets its own day back', () => {
    const old = { ...nights, exceptions: [{ from: FRIDAY, to: FRIDAY, open: night, why: 'technical' as const }] };
    expect(openedOn(old, FRIDAY).exceptions).toEqual([{ from: FRIDAY, to: FRIDAY, open: night }]);
  });

  test('an evening closed before midnight reads so until it would have ended, and can be opened again until then', () => {
    for (const schedule of [nights, datedNight]) {
      const shut = shutOn(schedule, THURSDAY, 'technical');
      expect(facts(at('01:59'), shut)).toMatchObject({ state: 'closed', why: 'technical' });
      expect(facts(at('02:00'), shut)).not.toHaveProperty('why');
      expect(shutStill(shut, FRIDAY, 119)).toEqual({ date: THURSDAY, why: 'technical' });
      expect([shutStill(shut, FRIDAY, 120), shutStill(schedule, FRIDAY, 30)]).toEqual([null, null]);
      expect(shutStill(shutOn(shut, FRIDAY, 'force-majeure'), FRIDAY, 30)?.date).toBe(FRIDAY);
      expect(facts(at('01:59'), openedOn(shut, THURSDAY)).state).toBe('open');
    }
    expect(shutStill(shutOn(closedFriday, THURSDAY, 'technical'), FRIDAY, 30), 'it ended at midnight').toBeNull();
  });

  test('can be had while it is open, or will be today: in an evening over midnight, and in what the one before left', () => {
    const friday = { ...nights, week: { ...nights.week, friday: [] } };
    const offered = (date: string, minute: number) => isOpenFrom(friday, date, minute);
    expect([offered(THURSDAY, 0), offered(THURSDAY, 1_439)]).toEqual([true, true]);
    expect([offered(FRIDAY, 0), offered(FRIDAY, 119), offered(FRIDAY, 120)]).toEqual([true, true, false]);
    expect(isOpenFrom(shutOn(friday, FRIDAY, 'technical'), FRIDAY, 30)).toBe(false);
  });
});

test('[U21] longer tonight ends nothing of the evening before, and gives the day no hour beside', () => {
  const longer = longerOn(nights, FRIDAY, 22 * 60);
  for (const [time, state] of [
    ['00:30', 'open'],
    ['01:59', 'open'],
    ['02:00', 'closed'],
    ['21:30', 'open'],
  ] as const)
    expect(facts(at(time), longer).state, time).toBe(state);
  expect(longerOn(datedNight, FRIDAY, 22 * 60).exceptions.at(-1)?.open).toEqual([{ from: '20:00', to: '22:00' }]);
  expect(facts(at('00:30'), longerOn(datedNight, FRIDAY, 22 * 60)).state).toBe('open');
  expect(facts(at('00:30'), longerOn(shutOn(nights, THURSDAY, 'technical'), FRIDAY, 22 * 60)).state).toBe('closed');
});

test('[U4 U20] a yes to a holiday in which today is closed closes no other day for that reason', () => {
  const christmas = { name: 'christmas', from: '2026-12-21', to: '2027-01-03' } as const;
  const shut = shutOn(standard, '2026-12-22', 'technical');
  const said = confirmed(shut, christmas);
  expect(said.exceptions.map(({ from, to, why }) => [from, to, why])).toEqual([
    ['2026-12-21', '2026-12-21', undefined],
    ['2026-12-22', '2026-12-22', 'technical'],
    ['2026-12-23', '2027-01-03', undefined],
  ]);
});
