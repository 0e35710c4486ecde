import { page } from './page.ts';

/** Shift, alone, three times within five seconds each: the page around leaves with the chat. */
export function onThreeShifts(leave: () => void, listening: () => boolean, signal: AbortSignal): void {
  let count = 0;
  let alone = false;
  let last = 0;
  const first = { signal, capture: true };
  page.addEventListener(
    'keydown',
    ({ key }) => {
      alone = key === 'Shift';
      if (!alone) count = 0;
    },
    first,
  );
  page.addEventListener(
    'keyup',
    ({ key, timeStamp }) => {
      if (key !== 'Shift' || !alone || !listening()) return;
      alone = false;
      count = timeStamp - last > 5_000 ? 1 : count + 1;
      last = timeStamp;
      if (count === 3) leave();
    },
    first,
  );
}
