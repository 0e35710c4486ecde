import type { VisitId } from '@clbchat/shared/ids';
import { networksOf } from './networks.ts';

/** One visit of the line, as the store has it. */
interface Place {
  readonly visitId: VisitId;
  readonly conn: number;
  /** its socket is, or was last, one of this process */
  readonly here: boolean;
  readonly present: boolean;
  /** 0 = it holds up nobody */
  readonly turns: number;
}

/** Who waits in the line, by the tag of the address: of this process, in memory, and for as long as the visit waits. */
export interface LineShares {
  /** A visit has come into the line. */
  enter(visitId: VisitId, tag: string): void;
  /**
   * The places of some visits as they are now; who was asked about and has none is forgotten, and who is at another process.
   *
   * @param tagOf of a socket that is here
   */
  look(asked: readonly VisitId[], places: readonly Place[], tagOf: (place: Place) => string | undefined): void;
  /** Of whom it knows: also who has no socket for a moment has to be asked about. */
  known(): Iterable<VisitId>;
  /** Visits that networks have in the line beyond their share; a tag's own are no reason to let it pass by the bound. */
  beyond(butOf?: string): number;
}

export function createLineShares(shareMax: number): LineShares {
  const waiting = new Map<VisitId, { readonly tag: string; readonly counts: boolean }>();
  /** Of each network what those in it have within their shares, kept with each change, because every join asks. */
  const sums = new Map<string, number>();
  let allBeyond = 0;

  // a wider network has no more than an address here: its neighbours are kept from nothing by that, since they see all of their own
  const beyond = (sum: number) => Math.max(0, sum - shareMax);
  /** What is beyond a narrower network's share counts in no wider one: nothing is beyond twice. */
  function count(tag: string, by: 1 | -1): void {
    let change: number = by;
    for (const network of networksOf(tag)) {
      const before = sums.get(network) ?? 0;
      const sum = before + change;
      if (sum > 0) sums.set(network, sum);
      else sums.delete(network);
      const more = beyond(sum) - beyond(before);
      allBeyond += more;
      change -= more;
    }
  }
  /** What a tag's own networks have beyond their shares, one in the other; of its neighbours' only what they have within theirs. */
  const beyondOf = (tag: string) => networksOf(tag).reduce((all, network) => all + beyond(sums.get(network) ?? 0), 0);
  function forget(visitId: VisitId): void {
    const known = waiting.get(visitId);
    if (known?.counts) count(known.tag, -1);
    waiting.delete(visitId);
  }
  function note(visitId: VisitId, tag: string, does: boolean): void {
    forget(visitId);
    if (does) count(tag, 1);
    waiting.set(visitId, { tag, counts: does });
  }

  return {
    enter: (visitId, tag) => note(visitId, tag, true),
    look(asked, places, tagOf) {
      const gone = new Set(asked);
      for (const place of places) {
        const { visitId, here, present, turns } = place;
        gone.delete(visitId);
        const tag = tagOf(place) ?? (here ? waiting.get(visitId)?.tag : undefined); // its socket may be gone for a moment
        if (tag !== undefined) note(visitId, tag, present && turns > 0);
        else forget(visitId); // it went on at another process, which counts it: counted by both, it would make room for two
      }
      gone.forEach(forget);
    },
    known: () => waiting.keys(),
    beyond: (butOf) => allBeyond - (butOf === undefined ? 0 : beyondOf(butOf)),
  };
}
