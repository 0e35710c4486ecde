import { describe, expect, test, vi } from 'vitest';
import { createShift } from '../../widget/src/frame/shift.ts';
import { now, onScreen, said, show } from './screen.tsx';

const down = (key: string) => ({ type: 'keydown', key });
const up = (key: string) => ({ type: 'keyup', key });

describe('Shift, three times', () => {
  onScreen();

  const keyboard = () => {
    const left: number[] = [];
    const shift = createShift(() => left.push(1));
    const tap = () => [down('Shift'), up('Shift')].forEach(shift.handle);
    return { left, shift, tap };
  };

  test('[W24] three alone leave; two do not', () => {
    const { left, tap } = keyboard();
    tap();
    tap();
    expect(left).toEqual([]);
    tap();
    expect(left).toEqual([1]);
  });

  test('[W24] a Shift that makes a capital does not count, and any other key begins anew', () => {
    const { left, shift, tap } = keyboard();
    for (let n = 0; n < 5; n += 1) [down('Shift'), down('A'), up('A'), up('Shift')].forEach(shift.handle);
    expect(shift.pressed.value).toBe(0);
    tap();
    tap();
    shift.handle(down('a'));
    tap();
    expect(left).toEqual([]);
    expect(shift.pressed.value).toBe(1);
  });

  test('[W24] each press gives five seconds for the next; then it is as if nothing was pressed', () => {
    vi.useFakeTimers();
    const { left, shift, tap } = keyboard();
    tap();
    vi.advanceTimersByTime(4_900);
    tap();
    vi.advanceTimersByTime(4_900);
    expect(shift.pressed.value).toBe(2);
    vi.advanceTimersByTime(200);
    expect(shift.pressed.value).toBe(0);
    expect(shift.stayed.value).toBe(true);
    tap();
    expect(left).toEqual([]);
  });

  test('[W24] the button shows it in lights, and it is said how many are left', async () => {
    const { widget } = show();
    const tap = () => now(() => [down('Shift'), up('Shift')].forEach(widget.shift.handle));
    tap();
    expect(document.querySelectorAll('.lights .on')).toHaveLength(1);
    expect(await said()).toBe('Druk nog 2 keer op Shift om weg te gaan.');
  });
});
