import { begun } from './begun.ts';
import { after, deviations, usual } from './moves.ts';
import { SOUND, type Kind, type World } from './world.ts';

/** A world, and what led to it from the beginning. */
export interface Reached {
  readonly w: World;
  readonly trace: readonly string[];
}

/** Moments that the usual course comes to by itself. */
const MOMENTS: Readonly<Record<string, (w: World) => boolean>> = {
  sealed: ({ v }) => v.s.phase.is === 'sealed',
  asking: ({ v }) => v.s.phase.is === 'asking',
  talking: ({ v, c, store, ...w }) =>
    v.s.phase.is === 'talking' &&
    c?.s.phase.is === 'talking' &&
    c.s.phase.epoch === v.s.phase.epoch &&
    store.keyOffer === '' &&
    [w.fromV, w.fromC, w.toV, w.toC, v.work, c.work].every(({ length }) => length === 0),
};
const STEPS_MAX = 200;

/**
 * Goes along the usual course, and does what is named as soon as it may happen: a moment is waited for, a deviation
 * is done.
 *
 * @throws when something named does not come
 */
export function walk(named: readonly string[], kind: Kind = SOUND): Reached {
  let w = begun();
  const trace: string[] = [];
  for (const name of named) {
    const moment = MOMENTS[name];
    for (;;) {
      if (moment?.(w)) break;
      const asked = moment ? undefined : deviations(w, kind).find((move) => move.name === name);
      const next = asked ?? usual(w, kind);
      if (!next || trace.length > STEPS_MAX) throw new Error(`'${name}' does not come`);
      const wanted = next === asked || next.name === name;
      w = after(w, next);
      trace.push(next.name);
      if (wanted) break;
    }
  }
  return { w, trace };
}
