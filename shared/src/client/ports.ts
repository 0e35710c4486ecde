import type { VisitId } from '../ids.ts';
import type { CounsellorAnswers, CounsellorEvent, CounsellorHints, CounsellorInput } from '../protocol/counsellor.ts';
import type { VisitorAnswers, VisitorAuth, VisitorEvent, VisitorHints, VisitorInput } from '../protocol/visitor.ts';
import type { Life } from '../protocol/wire.ts';
import type { Link } from './link.ts';

/**
 * Everything that the engine asks of the application around it. The engine itself knows no storage, no timer,
 * no page and no socket; a test gives its own.
 */
export type Cancel = () => void;

/** Milliseconds since 1970 on this device's own clock. */
export interface Clock {
  nowMs(): number;
}

export interface Timers {
  after(ms: number, run: () => void): Cancel;
  every(ms: number, run: () => void): Cancel;
}

/** The page that a person looks at. */
export interface Page {
  visible(): boolean;
  /** called each time the page comes into view */
  onVisible(run: () => void): Cancel;
}

/** The page of a visitor, who may leave it at any moment. */
export interface VisitorPage extends Page {
  /** called as the page goes, or is put away for good: what is done then is synchronous */
  onLeave(run: () => void): Cancel;
}

/** A visit's Web Lock: one tab of a browser at a time. */
export interface TabLock {
  /** false once another tab took it, and where the browser cannot tell */
  mine(): boolean;
  release(): void;
}

export type VisitorLink = Link<{ [E in VisitorEvent]: VisitorInput<E> }, VisitorAnswers, VisitorHints>;
export type CounsellorLink = Link<{ [E in CounsellorEvent]: CounsellorInput<E> }, CounsellorAnswers, CounsellorHints>;

/**
 * What one tab keeps of a visit. Nothing in it opens anything alone: `vault` is sealed under a share that only
 * the server holds, and that goes when the visit ends.
 */
export interface KeptVisit {
  visitId: VisitId;
  /** base64url, 32 bytes each; `next` is the token that the next attach makes current */
  proof: string;
  token: string;
  next: string;
  vnonce: string;
  /** wrap(R, JSON of VaultContents), base64url; `rid` names the share that opens it */
  vault: { rid: string; w: string };
  /** the highest epoch that this visitor sealed a key for [K1] */
  sealedMax: number;
  /** when it joined, on this device's clock */
  sinceMs: number;
  /** the life of the store that knew the visit last; '' = none yet */
  life: Life;
  /** when the service was heard of it last, on this device's clock, and whether it was talking then */
  alive: { atMs: number; talking: boolean };
  /** when the page that had it went, on this device's clock; 0: a person was asked whose it is, and has not said; none: a page has it */
  goneMs?: number;
}

/** The visitor's storage of one tab: synchronous, because quick exit is. None of the three throws. */
export interface Keep {
  readonly kind: 'session' | 'memory';
  read(): KeptVisit | null;
  write(value: KeptVisit): void;
  clear(): void;
}

export interface VisitorPorts {
  /** `auth` is asked anew before each attempt to connect */
  openLink(auth: () => VisitorAuth): VisitorLink;
  keep: Keep;
  clock: Clock;
  timers: Timers;
  page: VisitorPage;
  /** fingerprints of the roots that may sign for this centre, as `openKeyOffer` takes them */
  pins: readonly string[];
  /**
   * The Web Lock of this one visit, without waiting: asked for, or taken from the tab that has it.
   *
   * @returns null when it was asked for and another tab has it
   */
  lock(visitId: VisitId, how: 'ask' | 'take'): Promise<TabLock | null>;
  /** `navigator.sendBeacon` to `/api/visit/leave`, text/plain */
  beacon(body: string): void;
}

/** One row of the console's storage per held visit; `wrap` opens only with the share that the server holds. */
export interface DeskRow {
  visitId: VisitId;
  rid: string;
  /** base64url */
  wrap: string;
  hold: number;
  epoch: number;
  /** both sides wrote under one of its keys: who comes without it may be another visitor [K6] */
  met?: boolean;
  /** what shows that the next key is the same visitor's: opens nothing, and cannot be read out of the browser */
  links?: readonly CryptoKey[];
  /** when this console got the visit first, on this device's clock */
  sinceMs: number;
}

/** IndexedDB in the console. A write that fails rejects; then the key counts as not kept. */
export interface DeskKeep {
  rows(): Promise<DeskRow[]>;
  /** replaces the row of the same visit */
  write(row: DeskRow): Promise<void>;
  remove(visitId: VisitId): Promise<void>;
}

/** This computer, as the centre's certificates know it. */
export interface DeskDevice {
  /** ECDSA P-256, signs only */
  deviceKey: CryptoKey;
  /** root, issuer and device certificate, as `makeKeyOffer` takes them */
  chain: string;
  /** what ties the proof to this signed-in session, as the sign-in answered it */
  binding: string;
  origin: string;
  name: string;
  site: string;
  demo: boolean;
}

export interface DeskPorts {
  openLink(): CounsellorLink;
  keep: DeskKeep;
  clock: Clock;
  timers: Timers;
  page: Page;
  device: DeskDevice;
  /** Asked where the service believes this computer no more: the binding under which the same session goes on by now [G91], or null. */
  movedOn(): Promise<string | null>;
}
