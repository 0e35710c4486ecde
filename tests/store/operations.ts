import fc from 'fast-check';
import { accountName, DESKS, deviceName, requestName, VISITS, visitName, type Who, type World } from './world.ts';

/** One step of a history. It asks with what this store answered before, so that both twins are asked the same. */
export interface Operation {
  says: string;
  run(world: World): Promise<unknown>;
}

export const operation = (says: string, run: Operation['run']): Operation => ({
  says,
  run,
});

/** fast-check prints a counterexample with this. */
export const told = (step: Operation): Operation => Object.assign(step, { [fc.toStringMethod]: () => step.says });

export const visitNo = fc.constantFrom(...VISITS);
export const deskNo = fc.constantFrom(...DESKS);
export const visit = visitNo.map(visitName);
export const account = deskNo.map(accountName);
export const requestId = fc.integer({ min: 1, max: 6 }).map(requestName);
/** 0 = what is current; now and then what was current before. */
export const late = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 }) },
);
/** Mostly a visit that is or was at a desk: elsewhere there is little to say. */
export const who = fc.oneof<[fc.WeightedArbitrary<Who>, fc.WeightedArbitrary<Who>, fc.WeightedArbitrary<Who>]>(
  { weight: 8, arbitrary: fc.constant({ served: 0 }) },
  { weight: 3, arbitrary: fc.constant({ served: 1 }) },
  { weight: 1, arbitrary: visitNo.map((number) => ({ number })) },
);
export const label = (of: Who): string => ('number' in of ? String(of.number) : `served -${of.served}`);
/** Away from the right number; mostly not at all. */
export const off = fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(-1, 1) });
/** mostly the device that a counsellor always uses */
export const device = fc
  .oneof({ weight: 5, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(2) })
  .map(deviceName);
