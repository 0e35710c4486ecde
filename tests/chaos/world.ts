import type { Clock, Timers } from '@clbchat/shared/client/ports';
import type { Dice, Draws } from '../simulate/draws.ts';
import type { Recorder, SeenScreen } from '../simulate/history.ts';
import type { Seals } from './seals.ts';

/** What everybody of one run lives in. */
export interface World {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly draws: Draws;
  readonly history: Recorder;
  readonly seals: Seals;
  /** where pages connect, and what they call it */
  readonly address: () => string;
  readonly origin: () => string;
  readonly pins: readonly string[];
  readonly nameOf: (visitId: string) => string;
  readonly nextPage: () => number;
  readonly newText: (dice: Dice) => string;
  /** nothing is begun any more that others would have to wait for */
  calm: boolean;
}

/** Somebody at a screen. */
export interface Person {
  readonly name: string;
  screens(): SeenScreen[];
  /** one line for whoever looks for what is wrong */
  tells(): string;
  /** there is something for which the service is wanted */
  isHere(): boolean;
  /** the socket is there, and the service has answered since */
  isOnline(): boolean;
  leaves(): void;
}

export const realTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  every(ms, run) {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
};
