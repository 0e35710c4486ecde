import { blocksOf, overlap, weekOf } from '@clbchat/shared/hours/blocks';
import { defaultSchedule } from '@clbchat/shared/hours/schedule';
import { describe, expect, test } from 'vitest';
import {
  dragged,
  fromForm,
  gridOf,
  inWeek,
  moved,
  partsOf,
  place,
  proposed,
  resized,
  shownHours,
  without,
} from '../../console/src/model/hours/grid.ts';

const [SUNDAY, MONDAY, WEDNESDAY, SATURDAY] = [0, 1, 3, 6];
const HOUR = 60;
const block = (day: number, from: number, to: number) => ({ day, from: from * HOUR, to: to * HOUR });
const week = () => gridOf(blocksOf(defaultSchedule().week));

describe('[U1] the week grid', () => {
  test('is the week of the settings, Monday first, and goes back into it word by word', () => {
    const { week: stored } = defaultSchedule();
    expect(
      week()
        .toSorted(inWeek)
        .map(({ day }) => day),
    ).toEqual([1, 2, 3, 4]);
    expect(weekOf(week())).toEqual(stored);
    const odd = { ...stored, saturday: [{ from: '22:30', to: '02:15' }], sunday: [{ from: '00:00', to: '24:00' }] };
    expect(weekOf(gridOf(blocksOf(odd)))).toEqual(odd);
  });

  test('takes a block where there is room, and names the one in the way where there is none', () => {
    const placed = place(week(), block(WEDNESDAY, 9, 14), null);
    expect(placed.is).toBe('placed');
    expect(weekOf(placed.is === 'placed' ? placed.grid : []).wednesday).toEqual([
      { from: '09:00', to: '14:00' }, // it touches the next and is none of it
      { from: '14:00', to: '21:00' },
    ]);
    expect(place(week(), block(WEDNESDAY, 21, 22), null).is).toBe('placed');
    for (const [from, to] of [
      [13, 15],
      [15, 16],
      [20, 22],
      [9, 22],
      [14, 21],
    ] as const)
      expect(place(week(), block(WEDNESDAY, from, to), null)).toMatchObject({
        is: 'overlap',
        other: { day: 3, from: 840 },
      });
  });

  test('a block is not in its own way, keeps its name, and a new one has a name of its own', () => {
    const grid = week();
    const [monday] = grid;
    const placed = place(grid, block(MONDAY, 18, 22), monday!.id);
    expect(placed).toMatchObject({ is: 'placed', id: monday!.id });
    const added = place(grid, block(SUNDAY, 10, 12), null);
    expect(added.is === 'placed' && grid.some(({ id }) => id === added.id)).toBe(false);
    expect(without(grid, monday!.id).map(({ day }) => day)).toEqual([2, 3, 4]);
  });

  test('an end before the beginning is refused, and the ninth block of a day', () => {
    expect(place(week(), block(MONDAY, 12, 12), null)).toEqual({ is: 'order' });
    expect(place(week(), block(MONDAY, 12, 11), null)).toEqual({ is: 'order' });
    const eight = gridOf(Array.from({ length: 8 }, (_, at) => block(SUNDAY, at * 2, at * 2 + 1)));
    expect(place(eight, block(SUNDAY, 20, 21), null)).toEqual({ is: 'full' });
    expect(place(eight, block(SUNDAY, 20, 21), 3)).toMatchObject({ is: 'placed' });
  });

  test('moves by quarters and days, and stops at the ends of day and week', () => {
    const one = block(WEDNESDAY, 14, 21);
    expect(moved(one, 15)).toEqual({ day: 3, from: 855, to: 1_275 });
    expect(moved(one, -15, 1)).toEqual({ day: 4, from: 825, to: 1_245 });
    expect(moved(one, 10_000)).toEqual({ day: 3, from: 1_020, to: 1_440 });
    expect(moved(one, -10_000)).toEqual({ day: 3, from: 0, to: 420 });
    expect(moved(one, 0, 9).day).toBe(SUNDAY); // the last of the week
    expect(moved(one, 0, -9).day).toBe(MONDAY);
    expect(moved(block(SUNDAY, 10, 12), 0, 1).day).toBe(SUNDAY);
  });

  test('gets longer and shorter by quarters: never nothing, never beyond midnight', () => {
    const one = block(WEDNESDAY, 14, 21);
    expect(resized(one, 15).to).toBe(1_275);
    expect(resized(one, -10_000).to).toBe(855);
    expect(resized(one, 10_000).to).toBe(1_440);
  });

  test('what is dragged over is whole quarters, whichever way, and a click is nothing', () => {
    expect(dragged(SATURDAY, 601, 724)).toEqual({ day: 6, from: 600, to: 720 });
    expect(dragged(SATURDAY, 724, 601)).toEqual({ day: 6, from: 600, to: 720 });
    expect(dragged(SATURDAY, 600, 605)).toBeNull();
    expect(dragged(SATURDAY, -50, 2_000)).toEqual({ day: 6, from: 0, to: 1_440 });
  });

  test('a new one is proposed where the usual evening is free', () => {
    expect(proposed(week())).toEqual(block(5, 17, 21));
    expect(proposed([])).toEqual(block(MONDAY, 17, 21));
    const full = gridOf([0, 1, 2, 3, 4, 5, 6].map((day) => block(day, 0, 24)));
    expect(proposed(full)).toEqual(block(MONDAY, 17, 21));
  });

  test('shows the hours in use and some around them', () => {
    expect(shownHours(week())).toEqual({ first: 12, last: 22 });
    expect(shownHours([])).toEqual({ first: 12, last: 22 });
    expect(shownHours(gridOf([block(SUNDAY, 0, 24)]))).toEqual({ first: 0, last: 24 });
  });
});

describe('[U2] a block over midnight', () => {
  test('is one of its own day, is moved and resized as one, and ends before it began anew', () => {
    const late = block(SATURDAY, 22, 26);
    expect(weekOf([late]).saturday).toEqual([{ from: '22:00', to: '02:00' }]);
    expect(moved(late, 60)).toEqual(block(SATURDAY, 23, 27));
    expect(moved(late, 1_000)).toEqual({ day: 6, from: 1_425, to: 1_665 });
    expect(resized(late, 15).to).toBe(1_575);
    expect(resized(late, 10_000).to).toBe(late.from + 1_425);
  });

  test('[U50] stands on two days, from Sunday on Monday, too, and the hours that the grid shows begin at midnight', () => {
    expect(partsOf(block(SATURDAY, 22, 26))).toEqual({ begins: block(SATURDAY, 22, 24), rest: block(SUNDAY, 0, 2) });
    expect(partsOf(block(SUNDAY, 22, 26)).rest).toEqual(block(MONDAY, 0, 2));
    for (const to of [23, 24]) expect(partsOf(block(SUNDAY, 22, to)).rest).toBeNull();
    expect(shownHours(gridOf([block(WEDNESDAY, 17, 26)]))).toEqual({ first: 0, last: 24 });
  });

  test('reaches into the next day, and from Saturday into the next week', () => {
    const late = block(SATURDAY, 22, 26);
    expect(overlap(late, block(SUNDAY, 1, 3))).toBe(true);
    expect(overlap(block(SUNDAY, 1, 3), late)).toBe(true);
    expect(overlap(late, block(SUNDAY, 2, 3))).toBe(false);
    expect(overlap(block(SUNDAY, 2, 3), late)).toBe(false);
    expect(overlap(late, late)).toBe(true);
  });

  test('a form makes one only where it is said', () => {
    expect(fromForm(MONDAY, '17:00', '21:00', false)).toEqual(block(MONDAY, 17, 21));
    expect(fromForm(MONDAY, '21:00', '17:00', false)).toEqual({ day: 1, from: 1_260, to: 1_020 }); // which place() refuses
    expect(fromForm(MONDAY, '21:00', '01:30', true)).toEqual({ day: 1, from: 1_260, to: 1_530 });
    expect(fromForm(MONDAY, '17:00', '00:00', false)).toEqual(block(MONDAY, 17, 24));
    expect(fromForm(MONDAY, '17:00', '21:00', true)).toEqual(block(MONDAY, 17, 21));
    for (const [from, to] of [
      ['', '21:00'],
      ['17:00', ''],
      ['17:0x', '21:00'],
      ['24:00', '24:00'],
      ['17:00:00', '21:00'],
    ] as const)
      expect(fromForm(MONDAY, from, to, false)).toBeNull();
  });
});
