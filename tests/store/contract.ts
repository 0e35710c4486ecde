import { describe } from 'vitest';
import { crowdContract } from './contract/crowd.ts';
import { hintsContract } from './contract/hints.ts';
import { lifeContract } from './contract/life.ts';
import { estimateContract } from './contract/estimate.ts';
import { queueContract } from './contract/queue.ts';
import { racesContract } from './contract/races.ts';
import { missedContract } from './contract/missed.ts';
import { putBackContract } from './contract/putBack.ts';
import { releaseContract } from './contract/release.ts';
import { agreeingContract } from './contract/agreeing.ts';
import { servingContract } from './contract/serving.ts';
import { takingContract } from './contract/taking.ts';
import { routingContract } from './contract/routing.ts';
import { talkContract } from './contract/talk.ts';
import { timeContract } from './contract/time.ts';
import type { MakeStore } from './scene.ts';

/**
 * What every live store does, whichever it is: the transitions of the protocol, one test for a row and for a pair of
 * things that happen at once. Each test asks for an empty store of its own, with the clock that it is given.
 */
export function contract(name: string, make: MakeStore): void {
  describe(`the live store ${name}`, () => {
    queueContract(make);
    estimateContract(make);
    crowdContract(make);
    routingContract(make);
    takingContract(make);
    servingContract(make);
    agreeingContract(make);
    talkContract(make);
    timeContract(make);
    racesContract(make);
    releaseContract(make);
    missedContract(make);
    putBackContract(make);
    hintsContract(make);
    lifeContract(make);
  });
}
