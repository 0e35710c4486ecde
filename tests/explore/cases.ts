import { begun } from './begun.ts';
import { hearing } from './branches.ts';
import { after, deviations, usual, type Move } from './moves.ts';
import { SOUND, type World } from './world.ts';

/**
 * Something from outside: what a person does, or a fault. It comes right after the n-th time that `after` happened since
 * the one before it, or `at once`.
 */
export interface Outside {
  readonly do: string;
  readonly after: string;
  readonly nth: number;
}
/** A run of the key agreement by what happens from outside; all else follows its usual course. */
export interface Case {
  readonly name: string;
  readonly outside: readonly Outside[];
}

const AT_ONCE = 'at once';
/** What people do, and what is out of the ordinary; the rest the programs do. */
const OURS = /^(the (store hears|visitor hears|counsellor hears|visitor's page ends|console ends))|^what was slow/;

/** @param trace names of moves from the beginning */
export function caseOf(name: string, trace: readonly string[]): Case {
  const outside: Outside[] = [];
  let since: string[] = [];
  for (const each of trace) {
    if (OURS.test(each)) {
      since.push(each);
      continue;
    }
    const before = since.at(-1) ?? AT_ONCE;
    outside.push({ do: each, after: before, nth: since.filter((other) => other === before).length });
    since = [];
  }
  return { name, outside };
}

const STEPS_MAX = 300;

/**
 * Plays a case in the explored world, to the rest after it.
 *
 * @returns the branches of both machines that it took
 * @throws when something of it cannot happen
 */
export function play({ name, outside }: Case): Set<string> {
  const branches = new Set<string>();
  const kind = hearing(SOUND, (branch) => branches.add(branch));
  let w: World = begun();
  const left = [...outside];
  let count = 0;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const [next] = left;
    const course: Move | null = usual(w, kind);
    let move = course;
    if (next && count === next.nth) {
      move = course?.name === next.do ? course : (deviations(w, kind).find((each) => each.name === next.do) ?? null);
      if (!move) throw new Error(`${name}: '${next.do}' cannot happen`);
      left.shift();
      count = 0;
    }
    if (!move) {
      if (left.length > 0) throw new Error(`${name}: '${left[0]!.do}' does not come`);
      break;
    }
    w = after(w, move);
    if (move.name === left[0]?.after) count += 1;
  }
  return branches;
}
