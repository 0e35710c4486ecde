import type { Told } from '@clbchat/shared/figures/told';
import type { Sum, Unknown } from './bounds.ts';

/** All that anybody knows who has everything that was ever told, and these sources. */
export function knownOf({ weeks, blocks }: Told): { readonly unknowns: Unknown[]; readonly sums: Sum[] } {
  const unknowns = new Map<string, Unknown>();
  const sums: Sum[] = [];
  const MANY = 10_000;

  /** One table of which all cells together are `total`. */
  function table(cells: Readonly<Record<string, unknown>>, total: number, nameOf: (cell: string) => string): void {
    const names: string[] = [];
    let rest = total;
    for (const [cell, told] of Object.entries(cells)) {
      const name = nameOf(cell);
      if (typeof told === 'number') rest -= told;
      if (told !== 'few' && told !== 'hidden') continue;
      const [least, greatest] = told === 'few' ? [0, 4] : [5, MANY];
      unknowns.set(name, { name, least, greatest });
      names.push(name);
    }
    sums.push({ names, least: rest, greatest: rest });
  }

  for (const { week, visits, tables } of weeks) {
    for (const [name, cells] of Object.entries(tables)) {
      if (!cells) continue;
      if (typeof visits !== 'number') throw new Error('a table of few');
      table(cells, visits, (cell) => (cell === 'left' ? `${week} left` : `${week} ${name} ${cell}`));
    }
  }
  for (const { from, to, tables } of blocks) {
    const inside = weeks.filter(({ week }) => week >= from && week <= to);
    const visits = inside.map((one) => (typeof one.visits === 'number' && one.visits >= 10 ? one.visits : 0));
    const left = inside.map(({ tables: { wait } }) => (typeof wait?.['left'] === 'number' ? wait['left'] : 0));
    const totals = { at: visits, lang: visits, left };
    for (const [name, cells] of Object.entries(tables)) {
      const total = totals[name as keyof typeof totals].reduce((sum, one) => sum + one, 0);
      if (cells) table(cells, total, (cell) => `${from} ${name} ${cell}`);
    }
  }
  return { unknowns: [...unknowns.values()], sums };
}
