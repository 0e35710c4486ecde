import type { Limits } from '@clbchat/shared/limits';
import { Bucket, type Pace } from './rate.ts';

/** How much any socket of the house may ask: one record for all of them. */
export interface Rates {
  readonly requests: Pace;
  readonly passing: Pace;
  readonly turnsMax: number;
  readonly nowMs: () => number;
}
/** @param talks conversations that one socket may hold: what is not stored is let through for each of them */
export const ratesOf = (limits: Limits, nowMs: () => number, talks = 1): Rates => ({
  requests: { perSecond: limits.eventsPerSecond, burst: limits.eventsBurst },
  passing: { perSecond: limits.passingPerSecond * talks, burst: limits.passingBurst * talks },
  turnsMax: limits.turnsMax,
  nowMs,
});

/** What one socket may still do: its rates of requests and of frames that are not stored, and its turn. */
export class Gate {
  readonly #rates: Rates;
  readonly #requests: Bucket;
  #passing: Bucket | null = null; // who only waits sends none
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(rates: Rates) {
    this.#rates = rates;
    this.#requests = new Bucket(rates.requests, rates.nowMs);
  }

  /** @returns false when it asked too much lately */
  spend(event: string): boolean {
    const { passing, turnsMax, nowMs } = this.#rates;
    if (this.#waiting >= turnsMax) return false;
    return (event === 'talk:passing' ? (this.#passing ??= new Bucket(passing, nowMs)) : this.#requests).spend();
  }

  /** One after the other: a join that is under way is over before the next event of the same socket begins. */
  turn<T>(run: () => Promise<T>): Promise<T> {
    const over = () => void (this.#waiting -= 1);
    this.#waiting += 1;
    const mine = this.#last.then(run);
    this.#last = mine.then(over, over);
    return mine;
  }
}
