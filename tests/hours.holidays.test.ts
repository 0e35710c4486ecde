import { schoolHolidays } from '@clbchat/shared/hours/holidays';
import { HOLIDAYS, type HolidayName } from '@clbchat/shared/protocol/status';
import { describe, expect, test } from 'vitest';

const ofYear = (year: number) => new Map(schoolHolidays(year).map(({ name, from, to }) => [name, [from, to]]));
const firstDay = (year: number, name: HolidayName) => ofYear(year).get(name)?.[0]?.slice(5);

// As schools published them; the year is the one in which the school year began.
const published: [number, string, string, string, string][] = [
  [2018, '10-29', '12-24', '03-04', '04-08'],
  [2019, '10-28', '12-23', '02-24', '04-06'],
  [2020, '11-02', '12-21', '02-15', '04-05'],
  [2021, '11-01', '12-27', '02-28', '04-04'],
  [2022, '10-31', '12-26', '02-20', '04-03'],
  [2023, '10-30', '12-25', '02-12', '04-01'],
  [2025, '10-27', '12-22', '02-16', '04-06'],
];

describe('Flemish school holidays', () => {
  test.each(published)('[H9] %d is as published', (year, autumn, christmas, spring, easter) => {
    const first = (['autumn', 'christmas', 'spring', 'easter'] as const).map((name) => firstDay(year, name));
    expect(first).toEqual([autumn, christmas, spring, easter]);
  });

  test('[H9] 2026-27 and 2027-28, to the last day', () => {
    expect(schoolHolidays(2026)).toEqual([
      { name: 'autumn', from: '2026-11-02', to: '2026-11-08' },
      { name: 'armistice', from: '2026-11-11', to: '2026-11-11' },
      { name: 'christmas', from: '2026-12-21', to: '2027-01-03' },
      { name: 'spring', from: '2027-02-08', to: '2027-02-14' },
      { name: 'easter', from: '2027-03-29', to: '2027-04-11' },
      { name: 'labour-day', from: '2027-05-01', to: '2027-05-01' },
      { name: 'ascension', from: '2027-05-06', to: '2027-05-07' },
      { name: 'whit-monday', from: '2027-05-17', to: '2027-05-17' },
      { name: 'summer', from: '2027-07-01', to: '2027-08-31' },
    ]);
    const next = ofYear(2027);
    expect(
      ['autumn', 'christmas', 'spring', 'easter', 'ascension', 'whit-monday'].map((name) =>
        next.get(name as HolidayName),
      ),
    ).toEqual([
      ['2027-11-01', '2027-11-07'],
      ['2027-12-27', '2028-01-09'],
      ['2028-02-28', '2028-03-05'],
      ['2028-04-03', '2028-04-17'],
      ['2028-05-25', '2028-05-26'],
      ['2028-06-05', '2028-06-05'],
    ]);
  });

  test('[H9] any year has each holiday once, in order, and Easter Monday is never a school day', () => {
    for (let year = 2000; year < 2100; year += 1) {
      const list = schoolHolidays(year);
      expect(list.map(({ from }) => from)).toEqual(list.map(({ from }) => from).toSorted());
      const names = list.map(({ name }) => name).filter((name) => name !== 'easter-monday');
      expect([...names].sort()).toEqual(HOLIDAYS.filter((name) => name !== 'easter-monday').toSorted());
      const ascension = ofYear(year).get('ascension')?.[0] ?? '';
      const easterMonday = new Date(Date.parse(ascension) - 38 * 86_400_000).toISOString().slice(0, 10);
      const free = list.some(
        ({ name, from, to }) => name.startsWith('easter') && from <= easterMonday && easterMonday <= to,
      );
      expect(free).toBe(true);
    }
  });

  test('[H9] Easter on 15 April leaves its Monday outside the two weeks', () => {
    expect(ofYear(2000).get('easter')).toEqual(['2001-04-02', '2001-04-15']);
    expect(ofYear(2000).get('easter-monday')).toEqual(['2001-04-16', '2001-04-16']);
  });
});
