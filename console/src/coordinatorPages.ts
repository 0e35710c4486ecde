import type { ReadonlySignal } from '@preact/signals';
import { browserClock as clock } from './device/browser.ts';

/** A session at which nobody is for half an hour is over, and a page without a socket is somebody only when it asks [A14]. */
export const LOOK_EVERY_MS = 300_000;

/**
 * The pages of a coordinator, however she got in: each comes over the network when it is first wanted.
 *
 * @param nowMs runs each second
 */
export const coordinatorPages = (nowMs: ReadonlySignal<number>) => ({
  hours: () => import('./hoursPage.tsx').then(({ hoursPage }) => hoursPage(nowMs)),
  audit: () => import('./auditPage.tsx').then(({ auditPage }) => auditPage(clock.nowMs)),
});
