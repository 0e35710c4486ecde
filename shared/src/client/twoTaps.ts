import * as timing from './timing.ts';

/** Two taps of one finger are no further apart. */
const ONE_PLACE_PX = 40;
/** what always acts, whatever stood there before */
const ALWAYS = '.exit, [href^="tel:"]';

interface Tap {
  readonly atMs: number;
  readonly x: number;
  readonly y: number;
  readonly on: string;
}

/**
 * The second of two taps at one place means what stood there before: what has come there meanwhile, sheet or step, does not
 * act [W123 D40]. By the screen, as the frame itself grows under the finger; by the words, as one button may become another.
 * A browser counts the clicks of a mouse; not all of them count those of a finger, and nobody means two things with it so fast.
 */
export function heedSecondTaps(): void {
  let last: Tap | null = null;
  let finger = false;
  // a click does not say everywhere what it was made with
  addEventListener('pointerdown', ({ pointerType }) => (finger = pointerType === 'touch'), true);
  addEventListener(
    'click',
    (event) => {
      const { target, timeStamp: atMs, screenX: x, screenY: y, detail } = event;
      const pressed = target instanceof Element ? target.closest('button, a, label') : null;
      if (detail === 0 || !pressed) return; // a key goes where the focus is
      const on = pressed.getAttribute('aria-label') ?? pressed.textContent;
      const again = detail > 1 || finger;
      const near = last && atMs - last.atMs < timing.secondTapMs && Math.hypot(x - last.x, y - last.y) < ONE_PLACE_PX;
      if (!again || !near || on === last?.on || pressed.matches(ALWAYS)) last = { atMs, x, y, on };
      else {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true,
  );
}
