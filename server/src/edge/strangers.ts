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
  readonly timers: Timers;
}

/** A session from its first request on, for as long as it is nobody. */
export class Stranger {
  readonly #who: Newcomer;
  readonly #around: Around;
  #place: Place | null = null;
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
  /** It is somebody now. */
  settle(): void {
    this.#stop?.();
    this.#place?.leave();
    this.#stop = this.#place = null;
  }
  isSettled(): boolean {
    return this.#place === null;
  }
  /** Its connection is closed: nothing counts or times it any more. */
  gone(): void {
    this.#isGone = true;
    this.settle();
  }
}

/** Sessions that are nobody yet, or no more: how many there are, and for how long each may stay so. */
export interface Strangers {
  meet(who: Newcomer): Stranger;
  /** @returns false when all who are here are somebody */
  makeRoom(): boolean;
}

/** The oldest stranger of the fullest network goes when there are too many; who became somebody never does. */
export function createStrangers(limits: Limits, timers: Timers): Strangers {
  const crowd = createCrowd({ max: limits.unauthenticatedMax, shareMax: limits.strangersPerTagMax });
  const around = { crowd, timers };
  return { makeRoom: crowd.makeRoom, meet: (who) => new Stranger(who, around) };
}
