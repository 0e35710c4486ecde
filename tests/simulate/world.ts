import type { LiveState } from '@clbchat/server/live/record';
import { inLine } from '@clbchat/server/visit/visit.rules';
import type { Clock, Timers } from '@clbchat/shared/client/ports';
import { limits } from '@clbchat/shared/limits';
import type { browserLocks } from '../support/pages.ts';
import type { Alone } from './alone.ts';
import type { Draws } from './draws.ts';
import type { Recorder, SeenScreen } from './history.ts';
import type { SimulatedService } from './service.ts';
import type { Sockets } from './sockets.ts';
import type { Weather } from './wire.ts';

/** What everybody of one run lives in. */
export interface World {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly draws: Draws;
  readonly weather: Weather;
  readonly sockets: Sockets;
  readonly service: SimulatedService;
  readonly history: Recorder;
  readonly locks: ReturnType<typeof browserLocks>;
  readonly crypto: Alone['crypto'];
  /** what stands for the id of a visit */
  readonly nameOf: (visitId: string) => string;
  /** the number of the next page, of whomever */
  readonly nextPage: () => number;
  /** nobody begins a text after it: what is on its way when the screens are looked at has had time to arrive */
  readonly lastWordMs: number;
  /** a text that nobody else writes */
  readonly newText: (dice: { between(least: number, most: number): number }) => string;
}

/** Somebody at a screen. */
export interface Person {
  /** what their page shows; several for several conversations */
  screens(): SeenScreen[];
  /** from now on nothing goes wrong by their doing, and nobody leaves */
  calms(): void;
  /** goes away for good */
  leaves(): void;
}

/** The word by which a text of ours is known. */
export const textIn = (text: string): string | null => /\bt\d+\b/.exec(text)?.[0] ?? null; // our own text
export const textsIn = (text: string): string[] => text.match(/\bt\d+\b/g) ?? []; // our own text

const FILLER = 'hoe gaat het met je en wat is er vandaag op school gebeurd dat je zo bezighoudt ';
export function texts(): World['newText'] {
  let count = 0;
  return (dice) => `t${(count += 1)} ${FILLER.repeat(dice.between(0, 5))}`.trim();
}

export function namesOf(): World['nameOf'] {
  const known = new Map<string, string>();
  return (visitId) => {
    const name = known.get(visitId) ?? `v${known.size + 1}`;
    known.set(visitId, name);
    return name;
  };
}

/** One look into the store: where everybody is, and which ids stand anywhere. */
export function look(live: LiveState, { history, clock, nameOf }: Pick<World, 'history' | 'clock' | 'nameOf'>): void {
  const visits = [...live.visits.values()].map((visit) => ({
    visit: nameOf(visit.visitId),
    ...{ stage: visit.stage, inLine: inLine(visit), ticket: visit.ticket, passed: visit.firstTicket > 0 },
    ...{ hold: visit.hold, epoch: visit.epoch, desk: visit.holder || visit.offerTo },
  }));
  const desks = [...live.desks.values()].map((desk) => ({
    ...{ desk: desk.account, slots: desk.slots, held: [...desk.held].map(nameOf), rings: [...desk.rings].map(nameOf) },
    answers: desk.status === 'available' && clock.nowMs() - desk.beatMs <= limits.pulseLateMs,
  }));
  const ids = new Set<string>([...live.visits.keys(), ...live.rings.values()]);
  for (const { visitId } of live.takes.values()) ids.add(visitId);
  for (const desk of live.desks.values()) for (const visitId of [...desk.held, ...desk.rings]) ids.add(visitId);
  history.add({ is: 'look', visits, desks, known: [...ids].map(nameOf) });
}
