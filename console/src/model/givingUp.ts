import type { Timers } from '@clbchat/shared/client/ports';

export interface GivingUpPorts {
  readonly timers: Pick<Timers, 'every'>;
  /** what this browser keeps. @returns whether it is gone */
  wipes(): Promise<boolean>;
  /** @returns whether the computer is on record no more */
  takesOff(): Promise<boolean>;
  /** @returns whether she is out */
  signsOut(): Promise<boolean>;
  /** whether the host of this page answers: another page comes from there */
  answers(): Promise<boolean>;
  /** to the page that empties the computer. isHeard: the service said that she and the computer are gone */
  toEnd(isHeard: boolean): void;
}

/** away: nothing is kept here any more, and no other page can come, so she is signed in still; it goes on by itself. */
export type GaveUp = 'done' | 'failed' | 'away';

const AGAIN_EVERY_MS = 3_000;

/** Leaves nothing of hers on this computer, whatever the service answers, and ends on a page that comes from the network [I19]. */
export function createGivingUp(ports: GivingUpPorts): () => Promise<GaveUp> {
  const isHeard = async () => {
    const isOff = await ports.takesOff();
    return (await ports.signsOut()) && isOff;
  };
  return async () => {
    const isOff = await ports.takesOff();
    if (!(await ports.wipes())) return 'failed';
    // before she is out: what stands here until then says that she is in
    if (await ports.answers()) {
      ports.toEnd((await ports.signsOut()) && isOff);
      return 'done';
    }
    let asks = false;
    const goesOn = async () => {
      if (asks) return;
      asks = true;
      const isThere = await ports.answers();
      asks = false;
      if (!isThere) return;
      stop();
      ports.toEnd(await isHeard());
    };
    const stop = ports.timers.every(AGAIN_EVERY_MS, () => void goesOn());
    return 'away';
  };
}
