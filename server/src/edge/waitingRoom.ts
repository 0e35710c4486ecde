import type { Limits } from '@clbchat/shared/limits';
import { widestOf } from './networks.ts';
import type { Stop, Timers } from './timers.ts';

/** Whose turn it is to be: a socket, for as long as its page is there. */
interface Guest {
  readonly tag: string;
  /** Runs when its connection goes. @returns what takes that back */
  whenGone(run: () => void): Stop;
}

export interface WaitingRoom {
  has(guest: Guest): boolean;
  /** @returns true when its turn has come; false when it has to ask again, and then it has kept its place */
  turn(guest: Guest): Promise<boolean>;
}

interface Place {
  /** answers the ask that is open; null between two of them */
  answer: ((isTurn: boolean) => void) | null;
  readonly forgotten: Stop;
}

/**
 * Those of the widest network of a tag who are past their rate, one after the other: slowed, and not refused. A page has one place however
 * often it asks; one that goes gives it back at once, and whoever stands behind it moves up. A turn is given to whoever asks
 * just then, so that nobody saves turns up. Nothing is kept of a network of which nobody waits.
 */
export function createWaitingRoom(limits: Limits, timers: Timers): WaitingRoom {
  const { newVisitsSlowedMs: everyMs, newVisitsHeldMs: heldMs, newVisitsWaitingMax: waitingMax } = limits;
  const lanes = new Map<string, { places: Map<Guest, Place>; stop: Stop }>();

  function laneOf(tag: string) {
    const { network, times } = widestOf(tag);
    const lane = lanes.get(network) ?? {
      places: new Map<Guest, Place>(),
      stop: timers.every(everyMs / times, () => next(network)),
    };
    lanes.set(network, lane);
    return lane;
  }
  const laneFor = ({ tag }: Guest) => lanes.get(widestOf(tag).network);
  function next(network: string): void {
    for (const [guest, { answer }] of lanes.get(network)?.places ?? []) if (answer) return leave(guest, true);
  }
  function leave(guest: Guest, isTurn: boolean): void {
    const lane = laneFor(guest);
    const place = lane?.places.get(guest);
    if (!lane || !place) return;
    lane.places.delete(guest);
    if (lane.places.size === 0) {
      lane.stop();
      lanes.delete(widestOf(guest.tag).network);
    }
    place.forgotten();
    place.answer?.(isTurn);
  }
  /** Whoever waits without asking makes room for who asks. */
  function makeRoom(places: Map<Guest, Place>): void {
    for (const [guest, { answer }] of places) if (!answer) return leave(guest, false);
  }

  return {
    has: (guest) => laneFor(guest)?.places.has(guest) ?? false,
    async turn(guest) {
      const { places } = laneOf(guest.tag);
      if (!places.has(guest) && places.size >= waitingMax) makeRoom(places);
      if (!places.has(guest) && places.size >= waitingMax) return false;
      const place = places.get(guest) ?? { answer: null, forgotten: guest.whenGone(() => leave(guest, false)) };
      places.set(guest, place);
      return new Promise<boolean>((resolve) => {
        const late = timers.after(heldMs, () => place.answer?.(false));
        place.answer = (isTurn) => {
          place.answer = null;
          late();
          resolve(isTurn);
        };
      });
    },
  };
}
