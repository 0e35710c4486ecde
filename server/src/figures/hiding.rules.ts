import type { Cell, Table } from '@clbchat/shared/figures/told';
import { limits } from '@clbchat/shared/limits';

/** What may be told of a table whose total is known, so that nobody can work out what is hidden [F5 F6]. */

const { figuresFewMax: FEW_MAX, figuresValuesMin: VALUES_MIN } = limits;

export const isFew = (count: number): boolean => count <= FEW_MAX;

/**
 * Whoever knows the total and what is shown knows what the hidden ones are together, `rest`, and that each of `beside` that are
 * hidden beside the few is 5 or more. So a few may be any number up to `rest - 5 * beside`, when that leaves room enough, for one
 * of `beside` can take up all the rest; and so may each of them be what that leaves.
 */
const isSafe = (rest: number, beside: number): boolean => beside > 0 && rest - beside * (FEW_MAX + 1) >= VALUES_MIN - 1;

/**
 * Hides each few, and beside them others, one after the other in an order that the counts do not change: which one is hidden
 * says nothing. When that is decided depends on nothing that is not told either.
 *
 * @param counts of every cell, in order; what they are together is known to everybody
 * @param stays cells that are shown unless they are few, because another table shows them, too
 * @returns null where the table cannot be told at all
 */
export function toldOf(
  counts: Readonly<Record<string, number>>,
  { stays = [], closed = [] }: { readonly stays?: readonly string[]; readonly closed?: readonly string[] } = {},
): Table {
  const cells = Object.entries(counts);
  const total = cells.reduce((sum, [, count]) => sum + count, 0);
  if (total < limits.figuresTableMin) return null;
  const shut = new Set(closed.filter((name) => counts[name] === 0));
  const few = new Set(cells.filter(([name, count]) => isFew(count) && !shut.has(name)).map(([name]) => name));
  const beside = new Set<string>();
  if (few.size > 0) {
    let rest = [...few].reduce((sum, name) => sum + counts[name]!, 0);
    const others = cells.filter(([name]) => !few.has(name) && !shut.has(name) && !stays.includes(name)).toReversed();
    for (const [name, count] of others) {
      if (isSafe(rest, beside.size)) break;
      beside.add(name);
      rest += count;
    }
    if (!isSafe(rest, beside.size)) return null;
  }
  const told = (name: string, count: number): Cell =>
    shut.has(name) ? 'closed' : few.has(name) ? 'few' : beside.has(name) ? 'hidden' : count;
  return Object.fromEntries(cells.map(([name, count]) => [name, told(name, count)]));
}
