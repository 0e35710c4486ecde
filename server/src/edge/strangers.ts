import type { Limits } from '@clbchat/shared/limits';
import { createCrowd, type Crowd, type Place } from './crowd.ts';
import type { Stop, Timers } from './timers.ts';

/** Whose session it is. */
interface Newcomer {
  readonly tag: string;
  /** ends the session when others need its place */
  cut(): void;
}

/** What all strangers share. */
interface Around {
  readonly crowd: Crowd;
  /** those of them that were let in as nobody */
  readonly guests: Crowd;
  readonly inside: Set<Stranger>;
  readonly claiming: Set<Stranger>;
  readonly timers: Timers;
}

/** A session from its first request on, for as long as it is nobody. */
export class Stranger {
  readonly #who: Newcomer;
  readonly #around: Around;
  #place: Place | null = null;
  #guest: Place | null = null;
  #stop: Stop | null = null;
  #isGone = false;

  constructor(who: Newcomer, around: Around) {
    this.#who = who;
    this.#around = around;
  }
  /** It is nobody, from now on for so long at most; then `late` runs. */
  within(ms: number, late: () => void): void {
    if (this.#isGone) return;
    const { crowd, timers } = this.#around;
    this.#stop?.();
    this.#stop = timers.after(ms, late);
    this.#place ??= crowd.enter(this.#who.tag, () => this.#who.cut());
  }
  /** It says that it is somebody, and that is looked at now. */
  claims(): void {
    if (!this.#isGone) this.#around.claiming.add(this);
  }
  /** It has the room of one. */
  comesIn(): void {
    this.#around.claiming.delete(this);
    if (!this.#isGone) this.#around.inside.add(this);
  }
  /** It was refused, and has no room until its connection is closed. */
  goesOut(): void {
    this.#around.claiming.delete(this);
    this.#around.inside.delete(this);
    this.#guest?.leave();
    this.#guest = null;
  }
  /** It was let in as nobody, and goes when the room is for others. */
  isGuest(): void {
    if (this.#isGone) return;
    this.comesIn();
    this.#guest ??= this.#around.guests.enter(this.#who.tag, () => this.#who.cut());
  }
  /** It is somebody now. */
  settle(): void {
    this.comesIn();
    this.#leaves();
  }
  isSettled(): boolean {
    return this.#place === null;
  }
  /** Its connection is closed: nothing counts or times it any more. */
  gone(): void {
    this.#isGone = true;
    this.goesOut();
    this.#leaves();
  }
  #leaves(): void {
    this.#stop?.();
    this.#place?.leave();
    this.#guest?.leave();
    this.#stop = this.#place = this.#guest = null;
  }
}

/** Sessions that are nobody yet, or no more: how many there are, and for how long each may stay so. */
export interface Strangers {
  meet(who: Newcomer): Stranger;
  /** @returns false when all who are here are somebody */
  makeRoom(): boolean;
  /**
   * How many have the room of one: who is somebody, and who was let in as nobody. Who knocks and says nothing, and who says what is
   * not so, takes no room from others [N25].
   */
  inside(): number;
  /** and those of whom it is looked at now whether they are somebody, so that many at once are counted */
  insideSoon(): number;
  /** A guest of a network of which more are here goes for somebody of this tag. @returns false when there is none */
  makeRoomFor(tag: string): boolean;
}

/** The oldest stranger of the fullest network goes when there are too many; who became somebody never does. */
export function createStrangers(limits: Limits, timers: Timers): Strangers {
  const crowd = createCrowd({ max: limits.unauthenticatedMax, shareMax: limits.strangersPerTagMax });
  const guests = createCrowd({ max: Infinity, shareMax: Infinity }); // counted above
  const around: Around = { crowd, guests, inside: new Set(), claiming: new Set(), timers };
  return {
    makeRoom: crowd.makeRoom,
    inside: () => around.inside.size,
    insideSoon: () => around.inside.size + around.claiming.size,
    makeRoomFor: guests.makeRoomFor,
    meet: (who) => new Stranger(who, around),
  };
}
