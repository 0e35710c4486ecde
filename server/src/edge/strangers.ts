import type { Limits } from '@clbchat/shared/limits';
import { createCrowd, type Place } from './crowd.ts';
import type { Stop, Timers } from './timers.ts';

/** A session from its first request on, for as long as it is nobody. */
export interface Stranger {
  /** It is nobody, from now on for so long at most; then `late` runs. */
  within(ms: number, late: () => void): void;
  /** It is somebody now. */
  settle(): void;
  isSettled(): boolean;
  /** Its connection is closed: nothing counts or times it any more. */
  gone(): void;
}

/** Sessions that are nobody yet, or no more: how many there are, and for how long each may stay so. */
export interface Strangers {
  /** @param cut ends the session when others need its place */
  meet(tag: string, cut: () => void): Stranger;
  /** @returns false when all who are here are somebody */
  makeRoom(): boolean;
}

/** The oldest stranger of the fullest tag goes when there are too many; who became somebody never does. */
export function createStrangers(limits: Limits, timers: Timers): Strangers {
  const crowd = createCrowd({ max: limits.unauthenticatedMax, shareMax: limits.strangersPerTagMax });
  return {
    makeRoom: crowd.makeRoom,
    meet(tag, cut) {
      let place: Place | null = null;
      let stop: Stop = () => undefined;
      let isGone = false;
      const settle = () => {
        stop();
        place?.leave();
        place = null;
      };
      return {
        settle,
        isSettled: () => place === null,
        within(ms, late) {
          if (isGone) return;
          stop();
          stop = timers.after(ms, late);
          place ??= crowd.enter(tag, cut);
        },
        gone() {
          isGone = true;
          settle();
        },
      };
    },
  };
}
