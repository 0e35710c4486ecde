import { well, wrong } from './claims.ts';
import { after, deviations, round, usual, type Move } from './moves.ts';
import { hearing } from './branches.ts';
import { walk, type Reached } from './walk.ts';
import { SOUND, type Kind, type World } from './world.ts';

/** Rounds until everybody is well again, at most. */
const ROUNDS_MAX = 40;

export interface Violation {
  readonly what: string;
  /** the names of what happened, from the beginning */
  readonly trace: readonly string[];
}
export interface Explored {
  states: number;
  transitions: number;
  /** the longest way that was walked */
  depth: number;
  /** deviations from the usual course that are wholly covered */
  deviations: number;
  violations: Violation[];
}
interface Options {
  kind?: Kind;
  statesMax: number;
  start?: Reached;
  /** stops at the first violation that begins with this */
  until?: string;
  /** hears each new state */
  see?: (now: World) => void;
  /** hears each branch of the machines that is taken, and what led to it */
  branch?: (branch: string, trace: () => readonly string[]) => void;
}

/** Equal values have one number; what is never changed is looked at once. */
const numbers = new Map<string, number>();
const seen = new WeakMap<object, number>();
function numberOf(text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size);
  return numbers.size - 1;
}
function shared(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  let number = seen.get(value);
  if (number === undefined) seen.set(value, (number = numberOf(JSON.stringify(value))));
  return number;
}
const draft = (value: object | null, ...deeper: object[]): number => {
  let text = '';
  for (const field in value) {
    const each = value[field as keyof typeof value] as object;
    text += deeper.includes(each) ? `${draft(each)};` : `${String(shared(each))};`;
  }
  return numberOf(text);
};

/** The same for the same world, however it came about. */
function keyOf({ v, vDisk, c, rows, broken, store, fromV, fromC, toV, toC, held, left, truth, pages }: World): string {
  const parts = [vDisk, rows, fromV, fromC, toV, toC, held].map(shared);
  const drafts = [draft(v, v.talk), c ? draft(c, c.talk) : '', draft(store), draft(left), draft(truth)];
  return `${parts.join()},${drafts.join()},${pages}${broken}`;
}

/**
 * Walks through everything that may happen, in order of how far it is from the usual course: first that course, then
 * whatever differs from it in one thing, in two, and so on, each wholly before the next, until there are so many states.
 */
// over 80 lines because its steps share what is known
export function explore({ kind: given = SOUND, statesMax, start = walk([]), until, see, branch }: Options): Explored {
  const result: Explored = { states: 0, transitions: 0, depth: 0, deviations: -1, violations: [] };
  const found = new Set<string>();
  const from = new Map<string, { key: string; name: string; depth: number } | null>();
  const ends = createEnds(given);
  let taken: string[] = [];
  const kind = branch ? hearing(given, (each) => taken.push(each)) : given;
  let level: [string, World][] = [[keyOf(start.w), start.w]];
  from.set(level[0]![0], null);

  const traceOf = (key: string): string[] => {
    const names: string[] = [];
    const { trace } = start;
    for (let at = from.get(key); at; at = from.get(at.key)) names.unshift(at.name);
    return [...trace, ...names];
  };
  const report = (what: string, trace: string[]) => {
    if (found.has(what)) return;
    found.add(what);
    result.violations.push({ what, trace });
  };
  /** @returns the key of a state that was not known yet */
  const go = (key: string, w: World, move: Move): [string, World] | null => {
    taken = [];
    const now = after(w, move);
    result.transitions += 1;
    for (const each of taken) branch?.(each, () => [...traceOf(key), move.name]);
    for (const what of wrong(w, now)) report(what, [...traceOf(key), move.name]);
    const next = keyOf(now);
    if (from.has(next)) return null;
    see?.(now);
    const depth = (from.get(key)?.depth ?? 0) + 1;
    from.set(next, { key, name: move.name, depth });
    result.depth = Math.max(result.depth, depth);
    return [next, now];
  };

  while (level.length > 0) {
    const deviated: [string, World][] = [];
    for (let at = 0; at < level.length; at += 1) {
      const [key, w] = level[at]!;
      result.states += 1;
      const left = ends(key, w);
      if (left > ROUNDS_MAX) report('[K8] somebody waits for ever', traceOf(key));
      if (
        result.states >= statesMax ||
        (until !== undefined && result.violations.some(({ what }) => what.startsWith(until)))
      )
        return result;
      const next = usual(w, kind);
      // the usual course goes on within this level, right behind
      const reached = next && go(key, w, next);
      if (reached) level.push(reached);
      for (const move of deviations(w, kind)) {
        const aside = go(key, w, move);
        if (aside) deviated.push(aside);
      }
    }
    result.deviations += 1;
    level = deviated;
  }
  return result;
}

/** @returns how many rounds it takes, without faults, until all is well; more than `ROUNDS_MAX`: never */
function createEnds(kind: Kind): (key: string, w: World) => number {
  const known = new Map<string, number>();
  return (key, start) => {
    const path: string[] = [];
    let w = start;
    let at = key;
    let rest: number | undefined;
    for (;;) {
      rest = known.get(at) ?? (well(w) ? 0 : undefined);
      if (rest !== undefined || path.length > ROUNDS_MAX) break;
      path.push(at);
      w = round(w, kind);
      at = keyOf(w);
    }
    let left = rest ?? ROUNDS_MAX + 1;
    if (rest !== undefined) known.set(at, rest);
    for (const each of path.toReversed()) known.set(each, (left += 1));
    return left;
  };
}
