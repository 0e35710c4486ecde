import type { Cell, Told } from '@clbchat/shared/figures/told';
import { cellName, figures as words } from '../../words/figures.ts';

/** A sheet of a spreadsheet reads a text that begins so as a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/; // ours: names of the dictionary, and numbers

/** One field: it stays text, whatever it says [U112]. */
export function field(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}

const ENDS = '\r\n';
const BYTE_ORDER = '\u{feff}'; // by which a spreadsheet knows its letters

const shownIn = (cell: Cell): string => (typeof cell === 'number' ? String(cell) : words.cells[cell]);

/** All that is told of a period, one number on each line: nothing that the page does not show. */
export function csvOf({ weeks, blocks }: Told): string {
  const lines: string[][] = [[...words.csv]];
  const add = (
    when: string,
    tables: Readonly<Record<string, Readonly<Record<string, Cell>> | null>>,
    madeUp: boolean,
  ) => {
    for (const [table, cells] of Object.entries(tables))
      for (const [name, cell] of Object.entries(cells ?? {})) {
        const title = words.tables[table] ?? table;
        lines.push([when, title, cellName(table, name), shownIn(cell), madeUp ? words.madeUpShort : '']);
      }
  };
  for (const { week, visits, tables, madeUp } of weeks) {
    add(week, { visits: { all: visits } }, madeUp);
    add(week, tables, madeUp);
  }
  for (const { from, to, tables, madeUp } of blocks) add(`${from} – ${to}`, tables, madeUp);
  return BYTE_ORDER + lines.map((line) => line.map(field).join(';')).join(ENDS) + ENDS;
}
