import type { Effect as DeskEffect, State as DeskState } from '@clbchat/shared/client/desk/agreement';
import { step as deskStep } from '@clbchat/shared/client/desk/agreement';
import type { Agreed, Effect as VisitorEffect, State as VisitorState } from '@clbchat/shared/client/visitor/agreement';
import { step as visitorStep } from '@clbchat/shared/client/visitor/agreement';

/**
 * One visit and everybody around it, as one plain value: both machines, what they have under way, both disks, the
 * store, and what is on its way between them. A draft of it may be changed in its first two levels; arrays and records
 * below that are replaced, never changed, so that worlds can share them.
 */

/** A counsellor at a computer: A at one or at another, and B. */
export type Place = 'A1' | 'A2' | 'B1';
export const PLACES: readonly Place[] = ['A1', 'A2', 'B1'];
export const subOf = (place: string) => place.slice(0, 1);

/** A frame in the log. A key is a name here: only who has the same name can read it. */
export interface Frame {
  readonly id: string;
  readonly side: 'v' | 'c';
  readonly epoch: number;
  readonly key: string;
  readonly k: 'confirm' | 'keys' | 'text';
  /** of a text */
  readonly mid: string;
  /** of a text: for whom it was written; of keys: whose they are */
  readonly person: string;
  /** of keys: epoch and key */
  readonly keys: readonly (readonly [number, string])[];
}

export interface Letter extends Pick<Frame, 'k' | 'mid' | 'person'> {
  /** of a confirm: the epoch that it confirms */
  readonly of: number;
  readonly storedIn: number;
}
export type Ring = Readonly<Record<number, string>>;

/** What stands for one side's conversation: frames that came in, and letters that go out. */
export interface Talk {
  gate: 'closed' | 'control' | 'open';
  epoch: number;
  /** frames of this page in this epoch */
  n: number;
  letters: readonly Letter[];
  /** in flight, and whether it waits for an answer or for the next occasion */
  flight: Frame | null;
  flying: boolean;
  taken: readonly string[];
  own: readonly Frame[];
  /** frames that came before what was kept was unlocked */
  early: readonly Frame[];
  /** the newest frame that the store is known to have */
  newest: string;
  /** the store lacks what it had: own frames are to be given back */
  diverged: boolean;
  shown: readonly string[];
}

export interface VisitorContents {
  readonly agreed: Agreed;
  readonly readsFrom: number;
  readonly mayReadFrom: number;
  readonly owes: boolean;
  readonly written: readonly Letter[];
}
interface VisitorDisk {
  readonly rid: string;
  readonly sealedMax: number;
  readonly contents: VisitorContents;
  readonly ring: Ring;
}
/** How far a look at the store is: its word first, then its frames. */
type Look = 'no' | 'word' | 'frames';

export interface VisitorPage {
  /** how many pages there were before it */
  readonly page: number;
  s: VisitorState;
  touched: boolean;
  unlocked: boolean;
  ring: Ring;
  contents: VisitorContents;
  share: string;
  given: string;
  /** on this device, and not ended; of a seal: whether the key is in hand and only to be written down */
  work: readonly { readonly effect: VisitorEffect; readonly held: boolean }[];
  /** requests without an answer, by effect id */
  asked: readonly string[];
  look: Look;
  again: boolean;
  greeted: readonly number[];
  talk: Talk;
}

interface Row {
  readonly rid: string;
  readonly ring: Ring;
  readonly written: readonly Letter[];
}
export interface DeskPage {
  readonly page: number;
  readonly place: Place;
  s: DeskState;
  unlocked: boolean;
  ring: Ring;
  share: string;
  given: string;
  oneTime: string;
  work: readonly DeskEffect[];
  asked: readonly string[];
  look: Look;
  again: boolean;
  talk: Talk;
}

export interface Store {
  stage: 'waiting' | 'opening' | 'talking' | 'ended';
  holder: Place | '';
  was: Place | '';
  unanswered: boolean;
  epoch: number;
  epochNext: number;
  keyOffer: string;
  sealed: string;
  wanted: number;
  shareV: string;
  shareC: string;
  refusals: number;
  log: readonly Frame[];
  /** a frame that went with time, or that a relay withholds */
  withheld: string;
  /** what a replica that is one epoch behind would say, with the same counsellor */
  before: Omit<Store, 'before' | 'shareV'> | null;
}

export type Packet =
  | { readonly k: 'state' | 'since' | 'here' | 'release' }
  | { readonly k: 'restore'; readonly frames: readonly Frame[] }
  | { readonly k: 'append'; readonly frame: Frame }
  | { readonly k: 'seal'; readonly id: string; readonly epoch: number; readonly sealed: string }
  | { readonly k: 'ask' | 'refuse' | 'opened'; readonly id: string; readonly epoch: number }
  | { readonly k: 'share'; readonly id: string; readonly rid: string }
  | { readonly k: 'offer'; readonly id: string; readonly epoch: number; readonly keyOffer: string };
/** An answer names what it answers; `no`: none came in time. */
export type Answer =
  | { readonly re: Packet; readonly code: 'ok' | 'stale' | 'refused' | 'no'; readonly store?: Omit<Store, 'before'> }
  /** ask the store */
  | { readonly hint: 'look' }
  | { readonly hint: 'frame'; readonly frame: Frame }
  | { readonly hint: 'sealed'; readonly epoch: number; readonly sealed: string };

/** How many faults and strokes of fate are left. */
export interface Left {
  visitorReloads: number;
  deskReloads: number;
  lost: number;
  repeated: number;
  hints: number;
  writes: number;
  lags: number;
  shares: number;
  doubts: number;
  withheld: number;
  expiries: number;
  timeouts: number;
  releases: number;
  moves: number;
}
export const ALL: Left = {
  visitorReloads: 2,
  deskReloads: 2,
  lost: 1,
  repeated: 1,
  hints: 1,
  writes: 1,
  lags: 1,
  shares: 1,
  doubts: 2,
  withheld: 1,
  expiries: 1,
  timeouts: 2,
  releases: 2,
  moves: 1,
};
export const NONE = Object.fromEntries(Object.keys(ALL).map((name) => [name, 0])) as unknown as Left;

/** What is true whatever the programs remember of it. */
interface Truth {
  /** every key that left the visitor's page */
  sealed: readonly { readonly epoch: number; readonly key: string; readonly keyOffer: string }[];
  /** names that were made: of key offers, of keys */
  made: readonly string[];
  /** key offers that the store took, in this life of it */
  offers: readonly string[];
  /** keys whose confirm the store has had */
  confirms: readonly string[];
  /** a tap for a name, not used yet; `page`: given on this page while nobody was there, or -1 */
  tap: { readonly sub: string; readonly choice: 'all' | 'none'; readonly page: number } | null;
  /** who may read what was said to others: sub and device */
  allowed: readonly string[];
  /** confirmed epochs whose confirm a page of the visitor has opened */
  opened: readonly string[];
  /** shares that the service has answered to have */
  shares: readonly string[];
  /** keys that a counsellor's disk has had, with share and place */
  kept: readonly string[];
  wrote: { readonly v: boolean; readonly c: boolean };
}

/** What the default run leaves for later, until nothing else is left. */
export type Line = 'visitor' | 'desk' | 'fromV' | 'fromC' | 'toV' | 'toC';
export const LINES: readonly Line[] = ['visitor', 'desk', 'fromV', 'fromC', 'toV', 'toC'];

export interface World {
  v: VisitorPage;
  vDisk: VisitorDisk;
  c: DeskPage | null;
  rows: Readonly<Partial<Record<Place, Row>>>;
  /** whose disk refuses */
  broken: Place | '';
  pages: number;
  store: Store;
  fromV: readonly Packet[];
  fromC: readonly Packet[];
  toV: readonly Answer[];
  toC: readonly Answer[];
  held: readonly Line[];
  left: Left;
  truth: Truth;
}

/** What is explored: the two machines, or machines with a fault, in pages that may have one too. */
export interface Kind {
  visitor: typeof visitorStep;
  desk: typeof deskStep;
  /** the side that takes frames before what was kept is unlocked */
  impatient?: 'v' | 'c';
  /** which history a new reader may have is said later than who it is */
  lateHistory?: boolean;
}
export const SOUND: Kind = { visitor: visitorStep, desk: deskStep };

/** A draft. */
export const copy = (w: World): World => ({
  ...w,
  v: { ...w.v, talk: { ...w.v.talk } },
  c: w.c && { ...w.c, talk: { ...w.c.talk } },
  store: { ...w.store },
  left: { ...w.left },
  truth: { ...w.truth },
});

/** A new name: the first of its kind has number 0. */
export function name(w: World, start: string): string {
  const made = `${start}.${w.truth.made.filter((each) => each.startsWith(`${start}.`)).length}`;
  w.truth.made = [...w.truth.made, made];
  return made;
}

/** The service is known to have this share. */
export function stored({ truth }: World, share: string): void {
  truth.shares = [...new Set([...truth.shares, share])].sort();
}
