import type { ReadonlySignal } from '@preact/signals';
import { browserClock as clock } from './device/browser.ts';
import type { ShowsAgain } from './model/stepUp.ts';

/** A session at which nobody is for half an hour is over, and a page without a socket is somebody only when it asks [A14]. */
export const LOOK_EVERY_MS = 300_000;

interface Around {
  /** runs each second */
  readonly nowMs: ReadonlySignal<number>;
  /** for a page with a door that needs it: such a page makes its own `createStepUp` of it, and mounts its window */
  readonly shows: ShowsAgain;
}

/** The pages of a coordinator, however she got in: each comes over the network when it is first wanted. */
export const coordinatorPages = ({ nowMs, shows }: Around) => ({
  hours: () => import('./hoursPage.tsx').then(({ hoursPage }) => hoursPage(nowMs)),
  audit: () => import('./auditPage.tsx').then(({ auditPage }) => auditPage(clock.nowMs)),
  devices: () => import('./devicesPage.tsx').then(({ devicesPage }) => devicesPage(clock.nowMs, shows)),
});
