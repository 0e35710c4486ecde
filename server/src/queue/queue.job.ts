import type { Limits } from '@clbchat/shared/limits';
import type { VisitId } from '@clbchat/shared/ids';
import type { DeskHours, QueueRow } from '@clbchat/shared/protocol/counsellor';
import type { Range } from '@clbchat/shared/protocol/wire';
import type { Hub, VisitorHere } from '../edge/hub.ts';
import type { LineShares } from '../edge/lineShares.ts';
import { repeat } from '../edge/repeat.ts';
import type { Stop, Timers } from '../edge/timers.ts';
import type { Log } from '../kernel/log.ts';
import type { VisitStore } from '../visit/visit.store.ts';
import { countingSince, estimate, turnsWithout } from './queue.rules.ts';
import type { QueueFacts, QueueStore } from './queue.store.ts';

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
  /** how busy it is, from memory: what a visitor who came now would be told, but for what one address has beyond its share */
  rangeNow(): Range;
  /** what this visitor is told now; null also when it is in no line any more */
  rangeOf(visitId: VisitId): Promise<Range>;
}

/** Once a second: who waits hears its place when it changed, desks hear that the line changed. Every half minute: who is here. */
export function queueJob({ queue, visit, hub, shares, timers, log, limits, openedMs, deskHours }: Needs): QueueJob {
  const toldVisitors = new WeakMap<VisitorHere, string>();
  let toldDesks = '';
  let rangeNow: Range = null;
  /** of this second; one look at the whole queue answers everybody who asks, or one socket could keep the store busy */
  let latest: QueueFacts | null = null;
  let looking: Promise<QueueFacts> | null = null;

  const look = () =>
    (looking ??= queue.facts().finally(() => {
      looking = null;
    }));

  const rangeFor = (turns: number, { handouts, staffed }: QueueFacts) =>
    estimate(turns, countingSince(handouts, openedMs()), limits.handoutsMin, staffed);

  function tellVisitors(facts: QueueFacts): void {
    const here = new Map(hub.visitors().map((each) => [`${each.visitId} ${each.conn}`, each]));
    shares.look(facts.places, ({ visitId, conn }) => here.get(`${visitId} ${conn}`)?.tag);
    for (const { visitId, conn, ahead, turns } of facts.places) {
      const visitor = here.get(`${visitId} ${conn}`);
      if (!visitor) continue;
      const hint = { ahead, range: rangeFor(turns, facts), staffed: facts.staffed };
      const told = JSON.stringify(hint);
      if (toldVisitors.get(visitor) === told) continue;
      toldVisitors.set(visitor, told);
      hub.deliver([{ to: 'visitor', visitId, conn, event: 'queue:moved', hint }]);
    }
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

  const start = (): Stop[] => [
    repeat({ timers, log, name: 'queue:moved', everyMs: limits.tickEveryMs }, async () => {
      latest = null; // when it fails, nothing older is told
      const facts = (latest = await queue.facts());
      tellVisitors(facts);
      rangeNow = rangeFor(turnsWithout(shares.beyond(), facts.turnsNow), facts);
      if (hub.desks().length > 0) tellDesks(facts, await queue.rows(ROWS_MAX));
    }),
    repeat({ timers, log, name: 'visit:seen', everyMs: limits.seenEveryMs }, async () => {
      const here = hub.visitors();
      if (here.length === 0) return;
      const { atDesk } = await visit.seen(here.map(({ visitId, conn }) => ({ visitId, conn })));
      hub.learn(here, atDesk);
    }),
  ];
  return {
    rangeNow: () => rangeNow,
    async rangeOf(visitId) {
      const of = ({ places }: QueueFacts) => places.find((each) => each.visitId === visitId);
      let facts = latest;
      let place = facts && of(facts);
      // who has just come stands in none yet: a look that began earlier does not know it either
      for (let looks = 0; !place && looks < 2; looks += 1) place = of((facts = await look()));
      return place && facts ? rangeFor(place.turns, facts) : null;
    },
    start() {
      const stops = start();
      return () => stops.forEach((stop) => stop());
    },
  };
}
