import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { madeUpWeeks } from '@clbchat/server/demo/weeks.rules';
import { published } from '@clbchat/server/figures/published.rules';
import { surelyWithin, totalOf, type Told } from '@clbchat/shared/figures/told';
import { afterEach, describe, expect, test } from 'vitest';
import { csvOf, field } from '../../console/src/model/figures/csv.ts';
import { createFigures } from '../../console/src/model/figures/figures.ts';
import { periodOf } from '../../console/src/model/figures/period.ts';
import { viewOf } from '../../console/src/model/figures/view.ts';
import { FiguresScreen } from '../../console/src/ui/figures/FiguresScreen.tsx';
import { totalText } from '../../console/src/words/figures.ts';

afterEach(cleanup);

const LAST = 2_969; // 2026-W48
const through = (LAST + 1) * 7 * 24 - 3 * 24 - 2;
const told: Told = published(
  madeUpWeeks(LAST).map((week) => ({ ...week, madeUp: true })),
  through,
  'Europe/Brussels',
);
const few: Told = {
  weeks: [
    { week: '2026-W48', visits: 'few', tables: { role: null, topic: null, wait: null, talk: null }, madeUp: false },
  ],
  blocks: [],
};

async function shown(answers: (Told | null)[]) {
  const saved: [string, string][] = [];
  const figures = createFigures({
    read: async () => answers.shift() ?? null,
    save: (...file) => void saved.push(file),
    print: () => undefined,
  });
  render(<FiguresScreen figures={figures} />);
  await screen.findByRole('heading', { name: 'Cijfers' });
  return { saved, figures };
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('[F12] the page of how many came', () => {
  test('shows the last four weeks that are told together, each drawing with a sentence and a table, and says that they are made up', async () => {
    await shown([told]);
    await screen.findByText(/verzonnen cijfers/);
    screen.getByText('week 43 (19 okt. – 25 okt.) – week 46 (9 nov. – 15 nov.)');
    const drawn = ['Wanneer komen chats binnen?', 'Waarover?', 'Wie chat er?', 'In welke taal?'];
    for (const name of [...drawn, 'Hoelang duurt een gesprek?']) {
      const part = screen.getByRole('region', { name });
      within(part).getByText(/^Het (drukst was|meest)/);
      expect(within(part).getByRole('table').querySelectorAll('td').length).toBeGreaterThan(1);
    }
    const wait = screen.getByRole('region', { name: 'Hoelang wachten bezoekers?' });
    const says = within(wait).getByText(/^In week 46 was de helft binnen \d+ min aan de beurt, en 9 op de 10/);
    within(wait).getByRole('img', { name: says.textContent });
    expect(wait.querySelectorAll('tbody tr')).toHaveLength(4);
  });

  test('adds up what is told, and says where that is the least', () => {
    const sums = [totalOf([7, 5]), totalOf([7, 'hidden']), totalOf(['few']), totalOf(['few', 'few'])];
    expect(sums.map(totalText)).toEqual(['12', '12+', '<5', 'weinig']);
    expect(totalText(totalOf(['closed', 'closed']))).toBe('·');
    expect(totalText(totalOf(['closed', 6]))).toBe('6');
    const view = viewOf({ ...told, weeks: told.weeks.slice(0, 1), blocks: [] });
    expect(view.chats.least).toBe(told.weeks[0]!.visits);
    expect(view.heat).toBeNull();
  });

  test('says within how many minutes so many surely were, whatever the hidden ones are', () => {
    const of = (cells: (number | 'few' | 'hidden')[], total: number, percent: number) =>
      surelyWithin([{ table: Object.fromEntries(cells.map((cell, at) => [at, cell])), total }], [2, 5], percent);
    expect(of([10, 5, 5], 20, 50)).toBe(2);
    expect(of([10, 'hidden', 'few'], 20, 50), 'ten of twenty').toBe(2);
    expect(of([9, 'hidden', 'few'], 20, 50), 'nine, and five or more').toBe(5);
    expect(of([9, 'hidden', 'few'], 20, 90), 'fourteen, if four were few').toBe('longer');
    expect(surelyWithin([{ table: null, total: 9 }], [2], 50)).toBeNull();
  });

  test('a school year begins in September, and the last week is the last', () => {
    const all = { from: 2_940, to: LAST };
    expect(periodOf('week', all)).toEqual({ from: LAST, to: LAST });
    expect(periodOf('year', all)).toEqual({ from: 2_957, to: LAST }); // 2026-W36, whose Thursday is 3 September
    expect(periodOf('block', all)).toEqual({ from: 2_964, to: 2_967 });
  });
});

test('[F13] what cannot be shown is one sentence', async () => {
  const { figures } = await shown([told]);
  await screen.findByText(/verzonnen cijfers/);
  press('Kies periode');
  const [from, to] = screen.getAllByRole('combobox');
  expect(within(to!).getByRole('option', { name: /loopt nog/ })).toBeTruthy();
  fireEvent.change(to!, { target: { value: String(LAST + 1) } });
  await screen.findByText('Die week loopt nog. Cijfers tonen we pas als een week voorbij is.');
  expect(screen.queryByRole('table')).toBeNull();
  expect(figures.shown.value).toBeNull();
  fireEvent.change(to!, { target: { value: '2964' } });
  fireEvent.change(from!, { target: { value: '2966' } });
  await screen.findByText('De laatste week komt vóór de eerste. Kies een latere.');
  cleanup();

  await shown([few]);
  await screen.findByRole('button', { name: 'Laatste week' });
  press('Laatste week');
  await screen.findByText('In deze periode kwamen te weinig chats. Cijfers over één bezoeker tonen we nooit.');
  expect(screen.queryByRole('table')).toBeNull();
});

test('[F13] no answer is a sentence with a way on', async () => {
  await shown([null, told]);
  await screen.findByText('De cijfers konden niet geladen worden.');
  press('Probeer opnieuw');
  await screen.findByText(/verzonnen cijfers/);
});

test('[F14] the file has what is told of the period, and no field of it is a formula', async () => {
  const { saved } = await shown([told]);
  await screen.findByText(/verzonnen cijfers/);
  press('Laatste week');
  press('Bewaar als CSV');
  const [[name, text] = ['', '']] = saved;
  expect(name).toBe('cijfers-2026-W48-2026-W48.csv');
  const lines = text.trim().split('\r\n');
  expect(lines[0]).toContain('"periode";"tabel";"wat";"aantal";"opmerking"');
  expect(lines[1]).toBe(`"2026-W48";"chats";"alle";"${String(told.weeks.at(-1)!.visits)}";"verzonnen"`);
  expect(lines.slice(1).filter((line) => !line.startsWith('"2026-W48";'))).toEqual([]);
  expect(text).toContain('"<5"');
  for (const start of ['=', '+', '-', '@', '\t', '\r']) expect(field(`${start}1+1`)).toBe(`"'${start}1+1"`);
  expect(field('a "b"')).toBe('"a ""b"""');
  expect(csvOf({ weeks: [], blocks: told.blocks })).toContain('"2026-W43 – 2026-W46";"uur"');
});
