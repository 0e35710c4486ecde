import { Problem } from '@clbchat/server/kernel/failure';
import type { LiveStore } from '@clbchat/server/store.memory';
import type { Clock, Timers } from '@clbchat/shared/client/ports';
import type { Dice } from './draws.ts';
import type { Recorder } from './history.ts';
import type { Weather } from './wire.ts';

interface Needs {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly dice: Dice;
  readonly weather: Weather;
  readonly history: Recorder;
}

/** refuses: nobody answers, and some of what was asked is done · hangs: it is done when the store goes on, if at all · behind: each answer is a second old */
const MOODS = ['refuses', 'hangs', 'behind'] as const;
type Mood = (typeof MOODS)[number] | 'well';

const FAILS_EVERY_MS = 400_000;
const BEHIND_MS = 1_000;
/** As long as somebody waits for a command. */
const WAITS_MS = 5_000;
/** Commands that a store does not do any more when they come late: they bear the time at which they were asked. */
const OF_THEIR_TIME = new Set(['retention', 'presence', 'routing', 'rounds']);

/** The memory store as one that is another process: it answers later, in the order in which it was asked, and at times not at all. */
// over 80 lines because its moods share the order of the answers
export function storeWithFaults(store: LiveStore, needs: Needs): LiveStore {
  const { clock, timers, dice, weather, history } = needs;
  /** in some runs an answer needs a moment, in others none */
  const tripMs = dice.chance(0.5) ? dice.between(1, 4) : 0;
  let mood: Mood = 'well';
  let untilMs = 0;
  let answeredMs = 0;

  const at = (ms: number) => new Promise<void>((resolve) => void timers.after(ms - clock.nowMs(), resolve));
  /** Answers leave one after the other. */
  const answersAt = (ms: number) => at((answeredMs = Math.max(answeredMs, ms)));
  const unavailable = () => new Problem('unavailable');

  function turns(): void {
    if (weather.calm) return;
    mood = dice.pick(MOODS);
    const lasts = dice.pick([dice.between(300, 3_000), dice.between(5_000, 20_000), dice.between(300, 6_000)]);
    untilMs = clock.nowMs() + (dice.chance(0.1) ? 70_000 : lasts);
    weather.saw(`a store that ${mood === 'behind' ? 'is a second behind' : mood}`);
    history.add({ is: 'store_fails', how: mood, untilMs });
    timers.after(untilMs - clock.nowMs(), () => {
      mood = 'well';
      timers.after(dice.soonMs(FAILS_EVERY_MS), turns);
    });
  }
  timers.after(dice.soonMs(FAILS_EVERY_MS), turns);

  async function ask(slice: string, run: () => Promise<unknown>): Promise<unknown> {
    if (!weather.began) return run(); // no time passes yet that an answer could take
    switch (mood) {
      case 'well': {
        if (tripMs === 0 && clock.nowMs() >= answeredMs) return run();
        const said = run();
        await answersAt(clock.nowMs() + tripMs);
        return said;
      }
      case 'behind': {
        const said = run();
        await answersAt(clock.nowMs() + BEHIND_MS);
        return said;
      }
      case 'refuses':
        if (dice.chance(0.3)) await run();
        throw unavailable();
      case 'hangs': {
        const [goesOnMs, gaveUpMs] = [untilMs, clock.nowMs() + WAITS_MS];
        if (goesOnMs > gaveUpMs) {
          if (!OF_THEIR_TIME.has(slice)) void at(goesOnMs).then(run);
          await at(gaveUpMs);
          throw unavailable();
        }
        await answersAt(goesOnMs);
        return run();
      }
    }
  }

  const wrapped = (slice: keyof LiveStore) =>
    new Proxy(store[slice], {
      get(target, name) {
        const command = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
        return (...args: unknown[]) => ask(slice, () => Reflect.apply(command, target, args) as Promise<unknown>);
      },
    }) as never;
  return {
    ...{ visit: wrapped('visit'), queue: wrapped('queue'), presence: wrapped('presence') },
    ...{ routing: wrapped('routing'), conversation: wrapped('conversation'), retention: wrapped('retention') },
    ...{ rounds: wrapped('rounds'), sums: wrapped('sums') },
    pending: store.pending,
  };
}
