import { browserTimers as timers } from './device/browser.ts';
import { part } from './device/part.ts';

const AGAIN_MS = 60_000;

/** Whatever is due is signed anew as long as this page stands: where what does it did not come, it is asked for again [O23 U16]. */
export function beginRenewing(): void {
  part('renewing', () => import('./renewing.ts')).then(
    ({ keepRenewing }) => keepRenewing(),
    () => timers.after(AGAIN_MS, beginRenewing),
  );
}
