import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Me, Role } from './session.ts';

/** What the rail leads to. */
export type Place = 'chat' | 'hours' | 'sites' | 'team' | 'devices' | 'figures' | 'audit';
/** Leads there. */
export type Go = (place: Place) => void;
/** How each is named in the address, behind the `#`: who comes by it stands there, where her roles open it. */
export const addressOf: Readonly<Record<Place, string>> = {
  chat: '#gesprekken',
  hours: '#uren',
  sites: '#scholen',
  team: '#team',
  devices: '#toestellen',
  figures: '#cijfers',
  audit: '#logboek',
};

/** The browser's steps back and forward over the pages of the rail [U94]. */
export interface Steps {
  /** the page that the address names */
  named(): Place | null;
  /** A step further: to a page, or with null to what stands there without one. */
  push(place: Place | null): void;
  /** Each step back or forward among them. */
  onStep(run: (place: Place | null) => void): void;
  /** Loads the console anew, where it stands. @returns whether there is one to load */
  anew(): Promise<boolean>;
}
const noSteps: Steps = {
  named: () => null,
  push: () => undefined,
  onStep: () => undefined,
  anew: () => Promise.resolve(false),
};

/** What is fetched is of another build than this console: the service was renewed since, and asking again brings nothing. */
export class OtherBuild extends Error {}

type PageName = Exclude<Place, 'chat'>;

const forRole: Record<Place, Role> = {
  chat: 'counsellor',
  hours: 'coordinator',
  sites: 'coordinator',
  team: 'coordinator',
  devices: 'coordinator',
  figures: 'coordinator',
  audit: 'coordinator',
};
const all: readonly Place[] = ['chat', 'hours', 'sites', 'team', 'devices', 'figures', 'audit'];

/** Which pages hold what is not saved: a page that is not looked at keeps it, too [U13]. */
export interface Unsaved {
  readonly at: ReadonlySignal<readonly Place[]>;
  set(place: Place, is: boolean): void;
}
export function createUnsaved(): Unsaved {
  const at = signal<readonly Place[]>([]);
  return {
    at,
    set(place, is) {
      const others = at.peek().filter((one) => one !== place);
      at.value = is ? [...others, place] : others;
    },
  };
}

/** A page of the coordinator: it comes over the network when it is first wanted. */
type Shown<View> =
  | { readonly is: 'loading' }
  | { readonly is: 'failed' | 'renewed' }
  | { readonly is: 'here'; readonly View: View };

export interface Places<View> {
  /** those that she may open, in the order of the rail [U15] */
  readonly offered: ReadonlySignal<readonly Place[]>;
  readonly at: ReadonlySignal<Place>;
  /** what stands there; null where the conversations are */
  readonly shown: ReadonlySignal<Shown<View> | null>;
  /** those where something is new to her [T12] */
  readonly fresh: ReadonlySignal<readonly Place[]>;
  /** those with something on them that is not saved */
  readonly unsaved: ReadonlySignal<readonly Place[]>;
  go(place: Place): void;
  /** Asks anew for a page that did not come, or for the console that it is of. */
  again(): void;
}

/** @param load each rejects when its page could not be had */
export function createPlaces<View>(
  me: ReadonlySignal<Me | null>,
  load: Readonly<Record<PageName, () => Promise<View>>>,
  fresh: ReadonlySignal<readonly Place[]> = signal([]),
  unsaved: ReadonlySignal<readonly Place[]> = signal([]),
  steps: Steps = noSteps,
): Places<View> {
  const wanted = signal<Place>(steps.named() ?? 'chat');
  const loaded = signal<ReadonlyMap<PageName, Shown<View>>>(new Map());
  const offered = computed(() => all.filter((place) => me.value?.roles.includes(forRole[place])));
  const at = computed(() => (offered.value.includes(wanted.value) ? wanted.value : (offered.value[0] ?? 'chat')));
  const keep = (name: PageName, shown: Shown<View>) => {
    loaded.value = new Map([...loaded.peek(), [name, shown]]);
  };
  const fetchPage = (name: PageName) => {
    keep(name, { is: 'loading' });
    load[name]().then(
      (View) => keep(name, { is: 'here', View }),
      (why) => keep(name, { is: why instanceof OtherBuild ? 'renewed' : 'failed' }),
    );
  };
  const open = () => {
    const name = at.peek();
    if (name !== 'chat' && !loaded.peek().has(name)) fetchPage(name);
  };
  // who may open nothing else stands on her page without a press
  at.subscribe(open);
  steps.onStep((place) => (wanted.value = place ?? 'chat'));
  return {
    offered,
    at,
    ...{ fresh, unsaved },
    shown: computed(() => (at.value === 'chat' ? null : (loaded.value.get(at.value) ?? { is: 'loading' }))),
    go(place) {
      if (place !== at.peek() && offered.peek().includes(place)) steps.push(place);
      wanted.value = place;
    },
    again() {
      const name = at.peek();
      if (name === 'chat') return;
      const is = loaded.peek().get(name)?.is;
      if (is === 'failed') fetchPage(name);
      if (is === 'renewed') void steps.anew().then((goes) => goes || keep(name, { is: 'failed' }));
    },
  };
}
