import { begun } from './begun.ts';
import { well, wrong } from './claims.ts';
import type { Violation } from './explore.ts';
import { after, deviations, round, usual } from './moves.ts';
import { SOUND, type Kind, type World } from './world.ts';

/** Far from the usual course, where `explore` does not come: one way each, drawn by a seed, and looked at as closely. */
interface Options {
  kind?: Kind;
  seed: number;
  see?: (now: World) => void;
}
const STEPS_MAX = 160;
const ROUNDS_MAX = 40;
/** without faults everybody must be well again from one step of so many */
const EVERY = 8;
/** of a hundred steps, those that are no part of the usual course */
const ASIDE = [10, 20, 30, 45];

/** Numbers from 0 to 1, the same for the same seed (Numerical Recipes). */
function drawn(seed: number): () => number {
  let now = seed >>> 0;
  return () => {
    now = (Math.imul(now, 1_664_525) + 1_013_904_223) >>> 0;
    return now / 2 ** 32;
  };
}

/** @returns the first thing that is wrong on this way */
export function stroll({ kind = SOUND, seed, see }: Options): Violation | null {
  const draw = drawn(seed * 7_919);
  const aside = ASIDE[seed % ASIDE.length]! / 100;
  const trace: string[] = [];
  let w = begun();
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const next = usual(w, kind);
    const others = deviations(w, kind);
    const move = next && draw() > aside ? next : (others[Math.floor(draw() * others.length)] ?? next);
    if (!move) break;
    const now = after(w, move);
    see?.(now);
    trace.push(move.name);
    const [what] = wrong(w, now);
    if (what) return { what, trace };
    w = now;
    if (step % EVERY === 0 && !recovers(w, kind)) return { what: '[K8] somebody waits for ever', trace };
  }
  return null;
}

function recovers(start: World, kind: Kind): boolean {
  let w = start;
  for (let n = 0; n <= ROUNDS_MAX; n += 1) {
    if (well(w)) return true;
    w = round(w, kind);
  }
  return false;
}
