import { signal, type ReadonlySignal } from '@preact/signals';
import { browserClock as clock, browserTimers as timers } from './device/browser.ts';
import { part } from './device/part.ts';
import { createUnsaved, type Go, type Place, type Unsaved } from './model/places.ts';
import type { Me } from './model/session.ts';
import type { ShowsAgain } from './model/stepUp.ts';
import { askWhile } from './ui/loses.ts';

/** A session at which nobody is for half an hour is over, and a page without a socket is somebody only when it asks [A14]. */
export const LOOK_EVERY_MS = 300_000;

interface Around {
  /** runs each second */
  readonly nowMs: ReadonlySignal<number>;
  /** for a page with a door that needs it: such a page makes its own `createStepUp` of it, and mounts its window */
  readonly shows: ShowsAgain;
  readonly go: Go;
  readonly unsaved: Unsaved;
}

/** The pages of a coordinator, however she got in: each comes over the network when it is first wanted. */
export const coordinatorPages = ({ nowMs, shows, go, unsaved }: Around) => ({
  hours: () =>
    part('hoursPage', () => import('./hoursPage.tsx')).then(({ hoursPage }) => hoursPage(go, unsaved, nowMs, shows)),
  figures: () => part('figuresPage', () => import('./figuresPage.tsx')).then(({ figuresPage }) => figuresPage(go)),
  audit: () => part('auditPage', () => import('./auditPage.tsx')).then(({ auditPage }) => auditPage(go, clock.nowMs)),
  sites: () =>
    part('sitesPage', () => import('./sitesPage.tsx')).then(({ sitesPage }) => sitesPage(go, clock.nowMs, shows)),
  team: () => part('teamPage', () => import('./teamPage.tsx')).then(({ teamPage }) => teamPage(go, shows)),
  devices: () =>
    part('devicesPage', () => import('./devicesPage.tsx')).then(({ devicesPage }) =>
      devicesPage(go, clock.nowMs, shows),
    ),
});

/** Which pages hold what is not saved. While one does, a reload, Back out of the console and *Meld af* ask first, from wherever that is. */
export function unsavedPages(): Unsaved {
  const unsaved = createUnsaved();
  askWhile(() => unsaved.at.value.length > 0);
  return unsaved;
}

/** Where others did something that a coordinator did not see yet: asked when she comes, and now and then [T12]. */
export function freshPlaces(me: ReadonlySignal<Me | null>): ReadonlySignal<readonly Place[]> {
  const fresh = signal<readonly Place[]>([]);
  let follows = false;
  async function look(): Promise<void> {
    if (!me.peek()?.roles.includes('coordinator')) return;
    const { news } = await part('teamNews', () => import('./teamNews.ts'));
    if (!follows) news.unseen.subscribe(({ length }) => (fresh.value = length > 0 ? ['team'] : []));
    follows = true;
    await news.look();
  }
  const quietly = () => void look().catch(() => undefined); // without the network nothing is new
  me.subscribe(quietly);
  timers.every(LOOK_EVERY_MS, quietly);
  return fresh;
}
