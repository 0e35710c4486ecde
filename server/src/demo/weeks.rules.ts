import { BLOCK_WEEKS, blockOf } from '@clbchat/shared/figures/weeks';

type Counts = Readonly<Record<string, number>>;

/** Figures that nobody's visits made, marked so: plausible, and the same each time. */

/** How often of a hundred, in words of counting.rules.ts. */
const SHARES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  role: { pupil: 78, parent: 22 },
  topic: { wellbeing: 42, 'school-career': 24, learning: 17, health: 9, 'about-clb': 5, other: 3 },
  lang: { nl: 84, fr: 6, en: 5, tr: 3, ar: 2 },
  wait: { 0: 38, 1: 30, 2: 18, 3: 8, 4: 5, 5: 1 },
  talk: { 0: 7, 1: 15, 2: 31, 3: 24, 4: 16, 5: 6, 6: 1 },
  left: { 0: 25, 1: 31, 2: 26, 3: 18 },
};
const LEFT_OF_100 = 11;
const VISITS = { least: 62, more: 24 };
/** `<weekday>.<hour>`, as the default hours are, and how many of a hundred come then. */
const OPEN: Readonly<Record<string, number>> = {
  ...{ '1.17': 8, '1.18': 11, '1.19': 9, '1.20': 5 },
  ...{ '2.17': 7, '2.18': 9, '2.19': 8, '2.20': 4 },
  ...{ '3.14': 3, '3.15': 4, '3.16': 5, '3.17': 4, '3.18': 5, '3.19': 4, '3.20': 1 },
  ...{ '4.17': 4, '4.18': 5, '4.19': 3, '4.20': 1 },
};

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function chances(seed: number): () => number {
  let at = seed;
  return () => {
    at = (at + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function drawn(shares: Readonly<Record<string, number>>, chance: number): string {
  const all = Object.entries(shares);
  let left = chance * all.reduce((sum, [, share]) => sum + share, 0);
  return (all.find(([, share]) => (left -= share) < 0) ?? all.at(-1)!)[0];
}

function countsOf(week: number): Counts {
  const chance = chances(week);
  const counts = new Map(Object.keys(OPEN).map((cell) => [`open.${cell}`, 1]));
  const count = (table: string, shares = SHARES[table]!) => {
    const name = `${table}.${drawn(shares, chance())}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  const visits = VISITS.least + Math.floor(chance() * VISITS.more);
  for (let visit = 0; visit < visits; visit += 1) {
    for (const table of ['role', 'topic', 'lang']) count(table);
    count('at', OPEN);
    if (chance() * 100 < LEFT_OF_100) count('left');
    else ['wait', 'talk'].forEach((table) => count(table));
  }
  return Object.fromEntries(counts);
}

/** The last four weeks that are told together, and those after them that are over. */
export function madeUpWeeks(last: number): { readonly week: number; readonly counts: Counts }[] {
  const first = (blockOf(last + 1) - 1) * BLOCK_WEEKS;
  return Array.from({ length: last - first + 1 }, (_, at) => ({ week: first + at, counts: countsOf(first + at) }));
}
