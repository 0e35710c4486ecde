import { createHash } from 'node:crypto';
import { emptyLive, type LiveState } from '@clbchat/server/live/record';
import { memoryStore, type LiveStore } from '@clbchat/server/store.memory';
import { NOW_MS, SAMIRA } from '../crypto/authority.ts';
import { browserLocks, LIEN } from '../support/pages.ts';
import { alone, type Alone } from './alone.ts';
import { deskPerson } from './desk.ts';
import { drawsOf } from './draws.ts';
import { recorder, type Event } from './history.ts';
import { simulatedService } from './service.ts';
import { createSockets } from './sockets.ts';
import { storeWithFaults } from './storeFaults.ts';
import { simulatedTime } from './time.ts';
import { visitorPerson } from './visitor.ts';
import type { Weather } from './wire.ts';
import { look, namesOf, texts, type Person, type World } from './world.ts';

const PEOPLE = [SAMIRA, LIEN, { sub: 'samir', name: 'Samir', site: 'CLB Oost' }];
const VISITORS = 12;
const MINUTE_MS = 60_000;
/** Until everything that may wait for something has had its time, and the last who came have met somebody. */
const CALM_MS = 3 * MINUTE_MS;
const ARRIVES_MS = 10_000;
const GOODBYE_MS = 11 * MINUTE_MS;

export interface Evening {
  readonly history: readonly Event[];
  /** the same for the same run */
  readonly digest: string;
  /** what happened at least once */
  readonly saw: ReadonlyMap<string, number>;
  /** timers that ran: packets, thoughts of people, jobs */
  readonly events: number;
}
interface Options {
  readonly seed: number;
  readonly minutes?: number;
  /** something that is planted: stands between the service and its store */
  readonly planted?: (store: LiveStore, live: LiveState) => LiveStore;
  /** WebCrypto as it is */
  readonly platform?: boolean;
}

/** Half an hour of twelve visitors and three counsellors, by its seed. */
// over 80 lines because it is one evening from its beginning to its end
export async function evening({ seed, minutes = 30, planted = (same) => same, platform }: Options): Promise<Evening> {
  const draws = drawsOf(seed);
  const saw = new Map<string, number>();
  let nowMs = () => NOW_MS;
  const history = recorder(() => nowMs());
  const wrong = (rule: string) => (what: string) => history.add({ is: 'wrong', rule, what });
  const house: Alone = alone(draws, wrong('crypto'), platform);
  try {
    const { clock, timers, runUntil, ran } = simulatedTime(NOW_MS, house.settled);
    nowMs = clock.nowMs;
    const weather: Weather = {
      began: false,
      calm: false,
      saw: (what) => void saw.set(what, (saw.get(what) ?? 0) + 1),
    };
    const live = emptyLive();
    const sockets = createSockets(timers);
    const faults = { clock, timers, dice: draws('the store'), weather, history };
    const service = await simulatedService({
      ...{ clock, timers, sockets },
      store: (needs) => storeWithFaults(planted(memoryStore(needs, live), live), faults),
      failed: (line) => {
        if (!line.includes('"at":"Problem')) wrong('log')(line); // the store did not answer
      },
    });
    const lastMs = NOW_MS + (minutes * MINUTE_MS - CALM_MS);
    let pages = 0;
    const world: World = {
      ...{ clock, timers, draws, weather, sockets, service, history, locks: browserLocks(), crypto: house.crypto },
      ...{ nameOf: namesOf(), newText: texts(), nextPage: () => (pages += 1) },
      lastWordMs: lastMs + CALM_MS - ARRIVES_MS,
    };
    const people: Person[] = [];
    for (const who of PEOPLE) people.push(deskPerson(world, await service.counsellor(who)));
    for (let n = 1; n <= VISITORS; n += 1) people.push(visitorPerson(world, `pupil${n}`, lastMs));
    timers.every(1_000, () => look(live, world));

    weather.began = true;
    await runUntil(lastMs);
    weather.calm = true;
    history.add({ is: 'calm' });
    people.forEach((one) => one.calms());
    await runUntil(lastMs + CALM_MS);
    look(live, world);
    history.add({ is: 'screens', screens: people.flatMap((one) => one.screens()) });
    people.forEach((one) => one.leaves());
    await runUntil(lastMs + CALM_MS + GOODBYE_MS);
    if (live.visits.size + live.rings.size > 0)
      wrong('V6')(
        `${[...live.visits.values()].map(({ visitId, stage, away }) => `${world.nameOf(visitId)} ${stage} ${away}`).join(', ')}: there when everybody is gone`,
      );
    lookBack(history.events, weather);
    const closing = service.close();
    await house.settled();
    void closing;
    const text = history.events.map((event) => JSON.stringify(event)).join('\n');
    return {
      history: history.events,
      digest: createHash('sha256').update(text).digest('base64url'),
      saw,
      events: ran(),
    };
  } finally {
    house.leave();
  }
}

/** Lines that only the whole history shows. */
function lookBack(history: readonly Event[], { saw }: Weather): void {
  const asked = new Map<string, Event & { is: 'got' }>();
  for (const event of history) {
    if (event.is === 'returned') saw('a text that came back to its composer');
    if (event.is === 'missing') saw('a page that says that something is missing');
    if (event.is === 'got') {
      if (event.hold > 1) saw('a visit that had to go on with somebody else, or again');
      asked.set(event.visit, event);
    }
  }
}
