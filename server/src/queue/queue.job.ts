import type { Limits } from '@clbchat/shared/limits';
import type { VisitId } from '@clbchat/shared/ids';
import type { DeskHours, QueueRow } from '@clbchat/shared/protocol/counsellor';
import type { Range } from '@clbchat/shared/protocol/wire';
import type { Hub, VisitorHere } from '../edge/hub.ts';
import type { LineShares } from '../edge/lineShares.ts';
import { repeat } from '../edge/repeat.ts';
import type { Stop, Timers } from '../edge/timers.ts';
import type { Log } from '../kernel/log.ts';
import type { VisitorFence } from '../live/fences.ts';
import type { VisitStore } from '../visit/visit.store.ts';
import { countingSince, estimate, isNews, turnsWithout, type Wait } from './queue.rules.ts';
import type { Places, QueueFacts, QueueStore } from './queue.store.ts';

interface Needs {
  readonly queue: QueueStore;
  readonly visit: VisitStore;
  readonly hub: Hub;
  readonly shares: LineShares;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Limits;
  /** when this stretch of the opening hours began, or the last one where none is */
  readonly openedMs: () => number;
  /** what desks are told of the hours: they ask anew when it changes */
  readonly deskHours: () => DeskHours;
}

export const ROWS_MAX = 200;

export interface QueueJob {
  /** @returns what stops it */
  start(): Stop;
  /** A visit has just come into the line, or back to it: from then on what is beyond a share keeps nobody else out [N44]. */
  stands(visitId: VisitId, tag: string): void;
  /** how busy it is, from memory: what a visitor who came now would be told, but for what one address has beyond its share */
  rangeNow(): Range;
  /** what this visitor is told now; null also when it is in no line any more */
  rangeOf(visitId: VisitId): Promise<Range>;
}

/**
 * Once a second: who stands at the front hears its place when it changed, who stands behind when it moved much, and desks hear
 * that the line changed. Every half minute: who is here. However many wait, nobody asks about or tells all of them in one turn [Q13].
 */
// over 80 lines because what is told, and what it was told from, belong together
export function queueJob({ queue, visit, hub, shares, timers, log, limits, openedMs, deskHours }: Needs): QueueJob {
  const toldVisitors = new WeakMap<VisitorHere, Wait>();
  let toldDesks = '';
  let rangeNow: Range = null;
  /** of this process, whose place is still to be looked up in this round */
  let round: VisitId[] = [];
  /** what other processes know that addresses have here beyond their share; null while nobody can say */
  let toldOthers: number | null = 0;
  let isTelling = false;

  const rangeFor = (turns: number, { handouts, staffed }: Omit<Places, 'places'>) =>
    estimate(turns, countingSince(handouts, openedMs()), limits.handoutsMin, staffed);
  const hereAt = ({ visitId, conn }: VisitorFence) => hub.visitor(visitId, conn);

  function tellVisitors(asked: readonly VisitId[], from: Places): void {
    shares.look(asked, from.places, (place) => hereAt(place)?.tag);
    for (const place of from.places) {
      const visitor = hereAt(place);
      const hint = { ahead: place.ahead, range: rangeFor(place.turns, from), staffed: from.staffed };
      if (!visitor || !isNews(toldVisitors.get(visitor), hint, limits.exactPlaces)) continue;
      toldVisitors.set(visitor, hint);
      const { visitId, conn } = place;
      hub.deliver([{ to: 'visitor', visitId, conn, event: 'queue:moved', hint }]);
    }
  }

  /** Everybody of this process has a turn, also who has no socket for a moment, before anybody has another one. */
  async function lookRound(): Promise<void> {
    if (round.length === 0) round = [...new Set([...hub.visitors().map(({ visitId }) => visitId), ...shares.known()])];
    for (let asked = 0; round.length > 0 && asked < limits.placesPerSecondMax; asked += limits.placesAtOnceMax) {
      const slice = round.splice(-limits.placesAtOnceMax);
      tellVisitors(slice, await queue.places(slice));
      await nextTurn();
    }
    tellIfItGrew();
  }

  function tellDesks({ waiting, longestMs }: QueueFacts, rows: readonly QueueRow[]): void {
    const now = JSON.stringify([
      waiting,
      deskHours(),
      rows.map(({ ticket, away, unanswered, ringing }) => [ticket, away, unanswered, ringing]),
    ]);
    if (now === toldDesks) return;
    toldDesks = now;
    const hint = { waiting, longestMs };
    hub.deliver(
      hub.desks().map(({ account, seat }) => ({ to: 'desk' as const, account, seat, event: 'queue:changed', hint })),
    );
  }

  /** One telling at a time: what grew meanwhile is told right behind it. */
  async function tellOthers(): Promise<void> {
    if (isTelling) return;
    isTelling = true;
    try {
      do {
        const beyond = shares.beyond();
        toldOthers = null;
        await queue.tell(beyond);
        toldOthers = beyond;
      } while (grew());
    } finally {
      isTelling = false;
    }
  }
  const grew = () => toldOthers !== null && shares.beyond() > toldOthers;
  /** What grew makes the line full at the others until they know; what shrank may wait for its second. */
  const tellIfItGrew = () => {
    if (grew()) tellOthers().catch(() => undefined); // told again within a second
  };

  async function lookWhoIsHere(): Promise<void> {
    for (const here = hub.visitors(); here.length > 0; await nextTurn()) {
      const some = here.splice(-limits.placesAtOnceMax);
      const { atDesk } = await visit.seen(some.map(({ visitId, conn }) => ({ visitId, conn })));
      hub.learn(some, atDesk);
    }
  }

  const start = (): Stop[] => [
    repeat({ timers, log, name: 'queue:moved', everyMs: limits.tickEveryMs }, async () => {
      const facts = await queue.facts();
      tellVisitors([], facts);
      rangeNow = rangeFor(turnsWithout(shares.beyond() + facts.beyondElsewhere, facts.turnsNow), facts);
      if (hub.desks().length > 0) tellDesks(facts, await queue.rows(ROWS_MAX));
    }),
    repeat({ timers, log, name: 'queue:moved behind', everyMs: limits.tickEveryMs }, lookRound),
    repeat({ timers, log, name: 'queue:beyond', everyMs: limits.tickEveryMs }, async () => {
      if (toldOthers !== shares.beyond()) await tellOthers();
    }),
    repeat({ timers, log, name: 'queue:beyond still', everyMs: limits.seenEveryMs }, async () => {
      if (toldOthers !== 0) await tellOthers();
    }),
    repeat({ timers, log, name: 'visit:seen', everyMs: limits.seenEveryMs }, lookWhoIsHere),
  ];
  const placesOf = inOneTurn((visitIds) => queue.places(visitIds));
  return {
    rangeNow: () => rangeNow,
    stands(visitId, tag) {
      shares.enter(visitId, tag);
      tellIfItGrew();
    },
    async rangeOf(visitId) {
      const from = await placesOf(visitId);
      const place = from.places.find((each) => each.visitId === visitId);
      return place ? rangeFor(place.turns, from) : null;
    },
    start() {
      const stops = start();
      return () => {
        for (const stop of stops) stop();
        // as long as its visits stand in the line, when no socket of theirs comes back; where nobody hears that, as after a crash
        if (toldOthers !== 0)
          queue.tell(shares.beyond(), limits.awayAfterMs + limits.tickEveryMs).catch(() => undefined);
      };
    },
  };
}

const nextTurn = () => new Promise(setImmediate);

/** One question to the store for all who ask in the same turn of the loop. */
function inOneTurn(ask: (visitIds: readonly VisitId[]) => Promise<Places>) {
  let visitIds: VisitId[] = [];
  let answer: Promise<Places> | null = null;
  async function askAll(): Promise<Places> {
    await nextTurn();
    const asked = visitIds;
    visitIds = [];
    answer = null;
    return ask(asked);
  }
  return (visitId: VisitId): Promise<Places> => {
    visitIds.push(visitId);
    return (answer ??= askAll());
  };
}
