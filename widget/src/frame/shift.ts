import { signal } from '@preact/signals';

/** Shift, alone, three times: leaves at once. The way of GOV.UK's exit component. */
const PRESSES = 3;
const WINDOW_MS = 5_000;

export type Key = Pick<KeyboardEvent, 'type' | 'key'>;

/**
 * `pressed` is what the three small lights show. A Shift that served another key does not count; any other key
 * begins anew; each press gives five seconds for the next.
 */
export function createShift(leave: () => void) {
  const pressed = signal(0);
  const stayed = signal(false);
  let alone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const reset = (afterTime: boolean) => {
    clearTimeout(timer);
    stayed.value = afterTime && pressed.value > 0;
    pressed.value = 0;
  };

  return {
    pressed,
    /** true when the time went by and nothing happened */
    stayed,
    handle({ type, key }: Key) {
      if (type === 'keydown') {
        alone = key === 'Shift';
        if (!alone) reset(false);
        return;
      }
      if (key !== 'Shift' || !alone) return;
      alone = false;
      clearTimeout(timer);
      stayed.value = false;
      pressed.value++;
      if (pressed.value >= PRESSES) {
        pressed.value = 0;
        leave();
      } else timer = setTimeout(() => reset(true), WINDOW_MS);
    },
  };
}
export type Shift = ReturnType<typeof createShift>;
