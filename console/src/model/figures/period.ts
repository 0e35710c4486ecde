import { BLOCK_WEEKS, blockOf, schoolYearOf, weekName, weekOfName } from '@clbchat/shared/figures/weeks';
import type { Told } from '@clbchat/shared/figures/told';

/** Weeks by their numbers (shared/figures/weeks.ts), the last one included. */
export interface Period {
  readonly from: number;
  readonly to: number;
}
/** `block`: the last four weeks that are told together · `own`: whichever she chose */
export type Choice = 'week' | 'block' | 'year' | 'own';

/** The weeks that are told. Null where there is none. */
export function toldWeeks({ weeks }: Told): Period | null {
  const [first, last] = [weeks[0], weeks.at(-1)].map((one) => (one ? weekOfName(one.week) : null));
  return typeof first === 'number' && typeof last === 'number' ? { from: first, to: last } : null;
}

export function periodOf(choice: Exclude<Choice, 'own'>, all: Period): Period {
  if (choice === 'week') return { from: all.to, to: all.to };
  if (choice === 'block') {
    const from = (blockOf(all.to + 1) - 1) * BLOCK_WEEKS;
    return { from, to: from + BLOCK_WEEKS - 1 };
  }
  let from = all.to;
  while (from > all.from && schoolYearOf(from - 1) === schoolYearOf(all.to)) from -= 1;
  return { from, to: all.to };
}

/** What is told of these weeks, and of the blocks that lie among them. */
export function within({ weeks, blocks }: Told, { from, to }: Period): Told {
  const [first, last] = [weekName(from), weekName(to)];
  return {
    weeks: weeks.filter(({ week }) => week >= first && week <= last),
    blocks: blocks.filter((block) => block.from >= first && block.to <= last),
  };
}
