import { alwaysOpen, defaultSchedule, type Schedule } from '@clbchat/shared/hours/schedule';
import { jumpOver, missingIn, wishClashes } from '@clbchat/shared/hours/wishes';
import { dayOf } from '@clbchat/shared/hours/calendar';
import { describe, expect, test } from 'vitest';
import {
  confirmed,
  holidaysFrom,
  ownDays,
  stateOf,
  toConfirm,
  withDays,
  withoutDays,
  withWeek,
} from '../../console/src/model/hours/days.ts';
import { daysWished, type DaysWish } from '../../console/src/model/hours/daysForm.ts';

const TODAY = '2026-11-26';
const christmas = { name: 'christmas', from: '2026-12-21', to: '2027-01-03' } as const;
const evening = [{ from: '18:00', to: '20:00' }];
const shut = (schedule: Schedule, from: string, to: string) => withDays(schedule, from, to, { is: 'closed' });

describe('[U3] days with a plan of their own', () => {
  test('a choice takes the place of what was said of those days, and of no other day', () => {
    const long = shut(defaultSchedule(), '2026-12-07', '2026-12-13');
    const made = withDays(long, '2026-12-09', '2026-12-10', { is: 'limited', days: [3, 4], open: evening });
    expect(made.exceptions).toEqual([
      { from: '2026-12-07', to: '2026-12-08', open: [] },
      { from: '2026-12-09', to: '2026-12-10', open: evening },
      { from: '2026-12-11', to: '2026-12-13', open: [] },
    ]);
    expect(withoutDays(made, '2026-12-08', '2026-12-12').exceptions).toEqual([
      { from: '2026-12-07', to: '2026-12-07', open: [] },
      { from: '2026-12-13', to: '2026-12-13', open: [] },
    ]);
    expect(withoutDays(made, '2026-12-01', '2026-12-31').exceptions).toEqual([]);
    expect(wishClashes(made)).toEqual([]);
  });

  test('hours on some days of the week: the others are closed, neighbours that are the same are one', () => {
    const made = withDays(defaultSchedule(), christmas.from, christmas.to, {
      is: 'limited',
      days: [1, 2, 3, 4, 5],
      open: evening,
    });
    expect(made.exceptions).toEqual([
      { from: '2026-12-21', to: '2026-12-25', open: evening },
      { from: '2026-12-26', to: '2026-12-27', open: [] },
      { from: '2026-12-28', to: '2027-01-01', open: evening },
      { from: '2027-01-02', to: '2027-01-03', open: [] },
    ]);
  });
});

test('[U42] a night that runs into the plan of the next day is refused in the window, also where that day is the new one', () => {
  const limited = (first: string, begins: string, ends: string): DaysWish => ({
    ...{ is: 'limited', first, last: first, on: [0, 1, 2, 3, 4, 5, 6] },
    spans: [{ begins, ends, overNight: true }],
  });
  const day = { is: 'limited', days: [0, 1, 2, 3, 4, 5, 6] } as const;
  const early = withDays(defaultSchedule(), '2026-12-02', '2026-12-02', {
    ...day,
    open: [{ from: '01:00', to: '03:00' }],
  });
  const night = withDays(defaultSchedule(), '2026-12-01', '2026-12-01', {
    ...day,
    open: [{ from: '20:00', to: '02:00' }],
  });
  const refused = { ok: false, why: 'overlap' };
  expect(daysWished(limited('2026-12-01', '20:00', '02:00'), early)).toEqual(refused);
  expect(daysWished(limited('2026-12-02', '01:00', '03:00'), night)).toEqual(refused);
  expect(daysWished(limited('2026-12-02', '02:00', '03:00'), night).ok, 'they touch').toBe(true);
  expect(daysWished(limited('2026-12-03', '01:00', '03:00'), night).ok).toBe(true);
  // the plan that gets another day is not in its own way
  expect(daysWished(limited('2026-12-02', '01:00', '03:00'), night, night.exceptions[0]).ok).toBe(true);
});

describe('[U4] school holidays', () => {
  test('are suggested, from the one that runs to the end of the school year after this one, and none is confirmed by itself', () => {
    const found = holidaysFrom(defaultSchedule(), TODAY);
    expect(found[0]).toEqual({ holiday: christmas, confirmed: false, is: 'closed' });
    expect(found.every((one) => !one.confirmed)).toBe(true);
    expect(found.map(({ holiday }) => holiday.name)).toContain('summer');
    expect(holidaysFrom(defaultSchedule(), '2027-01-03')[0]?.holiday).toEqual(christmas);
    expect(holidaysFrom(defaultSchedule(), '2027-01-04')[0]?.holiday.name).toBe('spring');
    expect(stateOf(alwaysOpen(), christmas)).toMatchObject({ confirmed: false, is: 'open' });
  });

  test('each choice is confirmed and read back as it was made', () => {
    const schedule = defaultSchedule();
    expect(stateOf(shut(schedule, christmas.from, christmas.to), christmas)).toMatchObject({
      confirmed: true,
      is: 'closed',
    });
    const ordinary = withDays(schedule, christmas.from, christmas.to, { is: 'open' });
    expect(stateOf(ordinary, christmas)).toMatchObject({ confirmed: true, is: 'open' });
    expect(ordinary.exceptions.find(({ from }) => from === '2026-12-23')?.open).toEqual([
      { from: '14:00', to: '21:00' },
    ]);
    const limited = withDays(schedule, christmas.from, christmas.to, { is: 'limited', days: [1], open: evening });
    expect(stateOf(limited, christmas)).toMatchObject({ confirmed: true, is: 'limited' });
  });

  test('a yes confirms what holds and leaves days that somebody chose for', () => {
    const opened = withDays(defaultSchedule(), '2026-12-22', '2026-12-22', { is: 'limited', days: [2], open: evening });
    expect(stateOf(opened, christmas)).toMatchObject({ confirmed: false, is: 'limited' });
    const made = confirmed(opened, christmas);
    expect(made.exceptions).toEqual([
      { from: '2026-12-21', to: '2026-12-21', open: [] },
      { from: '2026-12-22', to: '2026-12-22', open: evening },
      { from: '2026-12-23', to: '2027-01-03', open: [] },
    ]);
    expect(stateOf(confirmed(alwaysOpen(), christmas), christmas)).toMatchObject({ confirmed: true, is: 'open' });
    const beside = shut(defaultSchedule(), '2027-01-04', '2027-01-05');
    expect(confirmed(beside, christmas).exceptions.at(-1)).toEqual({ from: '2027-01-04', to: '2027-01-05', open: [] });
  });

  test('one that is to be as any week is as the new week; a closed one and past days stay', () => {
    const ordinary = withDays(defaultSchedule(), christmas.from, christmas.to, { is: 'open' });
    const spring = { name: 'spring', from: '2027-02-08', to: '2027-02-14' } as const;
    const both = shut(ordinary, spring.from, spring.to);
    const week = { ...defaultSchedule().week, friday: evening };
    const made = withWeek(both, week, TODAY);
    expect(stateOf(made, christmas)).toMatchObject({ confirmed: true, is: 'open' });
    expect(made.exceptions.find(({ from }) => from <= '2026-12-25' && from > '2026-12-24')?.open).toEqual(evening);
    expect(stateOf(made, spring)).toMatchObject({ confirmed: true, is: 'closed' });
    const during = withWeek(both, week, '2026-12-28');
    expect(during.exceptions.find(({ from, to }) => from <= '2026-12-25' && '2026-12-25' <= to)?.open).toEqual([]);
    expect(during.exceptions.find(({ from }) => from === '2027-01-01')?.open).toEqual(evening);
  });

  test('days of a holiday that is confirmed are listed once, under the holiday', () => {
    const made = shut(shut(defaultSchedule(), christmas.from, christmas.to), '2026-12-07', '2026-12-08');
    expect(ownDays(made, TODAY)).toEqual([{ from: '2026-12-07', to: '2026-12-08', open: [] }]);
    const opened = withDays(defaultSchedule(), '2026-12-22', '2026-12-22', { is: 'limited', days: [2], open: evening });
    expect(ownDays(opened, TODAY)).toHaveLength(1);
  });
});

describe('[U5] a holiday that nobody confirmed', () => {
  test('is asked about from 30 days before until its last day', () => {
    expect(toConfirm(defaultSchedule(), '2026-11-20')).toBeNull();
    expect(toConfirm(defaultSchedule(), '2026-11-21')).toMatchObject({ inDays: 30, state: { holiday: christmas } });
    expect(toConfirm(defaultSchedule(), '2027-01-03')).toMatchObject({ inDays: 0, state: { holiday: christmas } });
    expect(toConfirm(defaultSchedule(), '2027-01-04')).toBeNull();
    expect(toConfirm(confirmed(defaultSchedule(), christmas), TODAY)).toBeNull();
  });
});

describe('[U6] an hour that does not exist', () => {
  const BRUSSELS = 'Europe/Brussels';
  const night = (from: string, to: string) => missingIn('2027-03-27', '2027-03-29', { from, to }, BRUSSELS);
  const day = dayOf('2027-03-28');

  test('is found at either end of a dated opening, also where that ends on the next day', () => {
    expect(night('02:30', '04:00')).toBe(day);
    expect(night('01:00', '02:30')).toBe(day);
    expect(night('02:00', '10:00')).toBe(day);
    expect(night('22:00', '02:30')).toBe(dayOf('2027-03-27'));
    expect(night('01:00', '03:00')).toBeNull();
    expect(night('17:00', '21:00')).toBeNull();
    expect(night('00:00', '24:00')).toBeNull();
    expect(missingIn('2027-10-31', '2027-10-31', { from: '02:30', to: '04:00' }, BRUSSELS)).toBeNull(); // it exists twice
  });

  test('in the week it is kept, and the next night on which clocks jump over it is told', () => {
    const today = dayOf(TODAY);
    expect(jumpOver({ from: '02:30', to: '06:00' }, 0, today, BRUSSELS)).toBe(day);
    expect(jumpOver({ from: '22:00', to: '02:15' }, 6, today, BRUSSELS)).toBe(day - 1);
    expect(jumpOver({ from: '17:00', to: '21:00' }, 0, today, BRUSSELS)).toBeNull();
    expect(jumpOver({ from: '02:30', to: '06:00' }, 1, today, BRUSSELS)).toBeNull();
  });

  test('no wish of either kind passes, each told by its path; dates that nobody means neither', () => {
    const schedule: Schedule = {
      ...defaultSchedule(),
      week: {
        ...defaultSchedule().week,
        sunday: [{ from: '23:00', to: '02:30' }],
        monday: [{ from: '02:00', to: '03:00' }],
      },
      exceptions: [
        { from: '2027-03-28', to: '2027-03-28', open: [{ from: '02:30', to: '05:00' }] },
        { from: '1999-01-01', to: '1999-01-02', open: [] },
        { from: '2026-01-01', to: '2028-01-02', open: [] },
        { from: '2030-01-01', to: '9999-01-02', open: [] },
        { from: '2031-01-01', to: '2032-02-04', open: evening },
      ],
    };
    expect(wishClashes(schedule).map(({ path, code }) => [path, code])).toEqual([
      ['schedule.week.monday.0', 'overlap'],
      ['schedule.exceptions.0.open.0', 'no_such_hour'],
      ['schedule.exceptions.1.from', 'value'],
      ['schedule.exceptions.2.to', 'value'],
      ['schedule.exceptions.3.to', 'value'],
    ]);
    expect(wishClashes(alwaysOpen())).toEqual([]);
  });
});

test('[U6 U25] the night that began yesterday and runs still can be changed; what is over cannot', () => {
  const thursday = '2026-11-26';
  const night = withDays(defaultSchedule(), thursday, thursday, {
    is: 'limited',
    days: [0, 1, 2, 3, 4, 5, 6],
    open: [],
  });
  const wish: DaysWish = {
    ...{ is: 'limited', first: thursday, last: thursday, on: [0, 1, 2, 3, 4, 5, 6] },
    spans: [{ begins: '20:00', ends: '01:00', overNight: true }],
  };
  expect(daysWished(wish, night, null, '2026-11-27').ok).toBe(true);
  expect(daysWished(wish, night, null, '2026-12-10')).toEqual({ ok: false, why: 'past' });
});
