import type { VisitId } from '@clbchat/shared/ids';

/** One visit of the line, as the store has it. */
interface Place {
  readonly visitId: VisitId;
  readonly conn: number;
  readonly present: boolean;
  /** 0 = it holds up nobody */
  readonly turns: number;
}

/** Who waits in the line, by the tag of the address: of this process, in memory, and for as long as the visit waits. */
export interface LineShares {
  /** A visit has come into the line. */
  enter(visitId: VisitId, tag: string): void;
  /** The line as it is now; whoever is not in it any more is forgotten. @param tagOf of a socket that is here */
  look(places: readonly Place[], tagOf: (place: Place) => string | undefined): void;
  /** Visits that tags have in the line beyond their share; a tag's own are no reason to let it pass by the bound. */
  beyond(butOf?: string): number;
}

export function createLineShares(shareMax: number): LineShares {
  let waiting = new Map<VisitId, { readonly tag: string; readonly counts: boolean; readonly isNew: boolean }>();

  return {
    enter: (visitId, tag) => void waiting.set(visitId, { tag, counts: true, isNew: true }),
    look(places, tagOf) {
      const before = waiting;
      waiting = new Map();
      for (const place of places) {
        const { visitId, present, turns } = place;
        const tag = tagOf(place) ?? before.get(visitId)?.tag; // its socket may be gone for a moment
        if (tag !== undefined) waiting.set(visitId, { tag, counts: present && turns > 0, isNew: false });
      }
      // who came while the store was asked stands in its next answer
      for (const [visitId, one] of before)
        if (one.isNew && !waiting.has(visitId)) waiting.set(visitId, { ...one, isNew: false });
    },
    beyond(butOf) {
      const counts = new Map<string, number>();
      for (const { tag, counts: does } of waiting.values())
        if (does && tag !== butOf) counts.set(tag, (counts.get(tag) ?? 0) + 1);
      return [...counts.values()].reduce((all, count) => all + Math.max(0, count - shareMax), 0);
    },
  };
}
