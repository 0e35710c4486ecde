import { agreed } from '../../agreed.ts';
import type { VisitEnd } from '../../ids.ts';
import type { Clock } from '../ports.ts';
import type { Vault } from './vault.ts';

/** When this page was last known to the service, for an end that nobody here could hear. */
export function createAlive(vault: Vault, clock: Clock) {
  let online = false;
  let known = false;
  /** a page that nobody looks at asks nothing, and is connected all the same */
  const still = () => {
    if (online && known) vault.note({ alive: { ...vault.kept.alive, atMs: clock.nowMs() } });
  };
  return {
    still,
    /** The page goes, and from here on none has the visit. */
    gone() {
      still();
      vault.note({ goneMs: clock.nowMs() });
    },
    connected(is: boolean) {
      if (!is) still();
      online = is;
    },
    /** the service has spoken of the visit, in this life of its store */
    heard(talking: boolean, life: string) {
      known = true;
      vault.note({ life, alive: { atMs: clock.nowMs(), talking } });
    },
    /** What is likely after so long. */
    unseen(): VisitEnd {
      const { atMs, talking } = vault.kept.alive;
      const awayMs = clock.nowMs() - atMs;
      return awayMs >= (talking ? agreed.talkKeptMs : agreed.waitKeptMs) ? 'visitor_gone' : 'while_away';
    },
  };
}
