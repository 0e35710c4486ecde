import { act, fireEvent, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hours as words } from '../../console/src/words/hours.ts';
import { pressFirm, textOf, tidyUp } from './screen.tsx';
import { show, key, focused } from './hoursScene.tsx';

afterEach(() => {
  vi.restoreAllMocks();
  tidyUp();
});

describe('[U17] the grid by keys', () => {
  test('arrows move and resize, the focus goes with the block, and its new time is said', async () => {
    const { button, view } = await show();
    const block = button('Woensdag 14 tot 21 uur');
    block.focus();
    key(block, 'ArrowDown');
    expect(focused()).toBe('Woensdag 14.15 tot 21.15 uur');
    key(document.activeElement!, 'ArrowUp', true);
    expect(focused()).toBe('Woensdag 14.15 tot 21 uur');
    key(document.activeElement!, 'ArrowRight');
    expect(focused()).toBe('Woensdag 14.15 tot 21 uur'); // Thursday has one
    expect((await view.findByText('Dit blok overlapt met 17–21 uur.')).getAttribute('role')).toBe('alert');
    key(button('Donderdag 17 tot 21 uur'), 'ArrowRight');
    expect(focused()).toBe('Vrijdag 17 tot 21 uur');
    expect(view.queryByText('Dit blok overlapt met 17–21 uur.')).toBeNull();
    expect(view.getAllByRole('status').some((one) => textOf(one) === 'Vrijdag 17 tot 21 uur')).toBe(true);
  });

  test('[U1] what stood in the way of a block is not said any more once she does something else', async () => {
    const overlaps = 'Dit blok overlapt met 17–21 uur.';
    const { button, press, view, page } = await show();
    for (const next of [
      () => void key(button('Woensdag 14 tot 21 uur'), 'Delete'),
      () => page.change({ exitUrl: 'https://www.vrt.be/' }),
      () => page.save(),
      () => page.setGrid(page.grid.value.filter(({ day }) => day !== 2)),
      () => void press(words.save.undo),
    ]) {
      key(button('Woensdag 14 tot 21 uur'), 'ArrowRight');
      await view.findByText(overlaps);
      await act(next);
      expect(view.queryByText(overlaps), String(next)).toBeNull();
      if (view.queryByRole('dialog')) press(words.block.keep);
    }
  });

  test('a block that was changed in the list takes no focus where the grid comes again', async () => {
    const { view, button, press } = await show();
    press(words.week.asList);
    press('Wijzig: Maandag 17 tot 21 uur');
    fireEvent.input(view.getByLabelText(words.block.to), { target: { value: '20:30' } });
    press(words.block.ok);
    const grid = button(words.week.asGrid);
    grid.focus();
    fireEvent.click(grid);
    view.getByRole('button', { name: 'Maandag 17 tot 20.30 uur' });
    expect(document.activeElement).toBe(button(words.week.asList));
  });

  test('a block that its window moves has the focus, also where a browser gives none in the turn in which a window closes', async () => {
    const { view, press } = await show();
    const { focus } = HTMLElement.prototype;
    const { close } = HTMLDialogElement.prototype;
    let isInert = false;
    vi.spyOn(HTMLElement.prototype, 'focus').mockImplementation(function (this: HTMLElement) {
      if (!isInert) focus.call(this);
    });
    vi.spyOn(HTMLDialogElement.prototype, 'close').mockImplementation(function (this: HTMLDialogElement) {
      close.call(this);
      isInert = true;
      requestAnimationFrame(() => (isInert = false));
    });
    press('Maandag 17 tot 21 uur');
    fireEvent.change(view.getByLabelText(words.block.day), { target: { value: '0' } });
    press(words.block.ok);
    await waitFor(() => expect([isInert, focused()]).toEqual([false, 'Zondag 17 tot 21 uur']));
  });

  test('a window that closed takes no other with it, however late the browser says that it did', async () => {
    const { view, press } = await show();
    press(words.week.add);
    const first = view.getByRole('dialog');
    fireEvent(first, new Event('cancel'));
    await waitFor(() => expect(view.queryByRole('dialog')).toBeNull());
    press(words.days.add);
    fireEvent(first, new Event('close'));
    await Promise.resolve();
    expect(view.getByRole('dialog', { name: words.days.addTitle })).toBeTruthy();
  });

  test('Delete asks, no keeps it, yes takes it away and the focus goes on', async () => {
    const { button, view, page } = await show();
    const block = button('Maandag 17 tot 21 uur');
    block.focus();
    key(block, 'Delete');
    const dialog = view.getByRole('dialog', { name: 'Maandag 17 tot 21 uur verwijderen?' });
    fireEvent.click(within(dialog).getByRole('button', { name: words.block.keep }));
    expect([focused(), page.grid.value.length]).toEqual(['Maandag 17 tot 21 uur', 4]);
    key(block, 'Delete');
    await pressFirm(view.getByRole('button', { name: words.block.removeYes }));
    expect(page.grid.value).toHaveLength(3);
    await waitFor(() => expect(focused()).toBe('add-block'));
  });
});

test('[U50] a block over midnight is drawn to its end, opens from either part, and is one for keys and screen readers', async () => {
  const { view, button, page } = await show();
  await act(() => page.setGrid([...page.grid.value, { id: 9, day: 0, from: 22 * 60, to: 26 * 60 }]));
  const on = (day: number) => [...view.container.querySelectorAll<HTMLElement>(`[data-day="${day}"] .block`)];
  const at = (one: HTMLElement) => ['--from', '--length'].map((name) => Number(one.style.getPropertyValue(name)));
  const [evening] = on(0);
  const rest = on(1).find((one) => one.dataset['block'] === '9')!;
  expect([at(evening!), at(rest), textOf(rest)]).toEqual([[22, 2], [0, 2], 'tot 2 u']);
  expect(view.getAllByRole('button', { name: /22 tot 2 uur/ })).toEqual([button('Zondag 22 tot 2 uur, de dag erna')]);
  expect(rest.matches('[aria-hidden="true"]:not([tabindex])')).toBe(true);

  await act(() => evening!.focus());
  expect(rest.classList.contains('block-held')).toBe(true);
  await act(() => evening!.blur());
  expect(rest.classList.contains('block-held')).toBe(false);
  fireEvent.click(rest, { detail: 1 });
  view.getByRole('dialog', { name: words.block.change });
  expect(view.getByLabelText(words.block.to)).toHaveProperty('value', '02:00');
  fireEvent(view.getByRole('dialog'), new Event('cancel'));
  await waitFor(() => expect(view.queryByRole('dialog')).toBeNull());
  expect(focused()).toBe('Zondag 22 tot 2 uur, de dag erna');
  key(evening!, 'ArrowDown');
  expect(focused()).toBe('Zondag 22.15 tot 2.15 uur, de dag erna');
});

describe('[U18] the window of a block, and the list', () => {
  const type = (view: Awaited<ReturnType<typeof show>>['view'], label: string, value: string) =>
    fireEvent.input(view.getByLabelText(label), { target: { value } });

  const wrongOnes = () => [...document.querySelectorAll('dialog [aria-invalid="true"]')];
  test('[U92] two fields make a block; what cannot be is said there and nothing changes', async () => {
    const { view, press, page, button } = await show();
    press(words.week.add);
    fireEvent.change(view.getByLabelText(words.block.day), { target: { value: '3' } });
    for (const [from, to, says, at] of [
      ['20:00', '22:00', 'Dit blok overlapt met 14–21 uur.', words.block.from],
      ['12:00', '10:00', 'Het einde moet na het begin komen.', words.block.to],
      ['', '10:00', words.block.times, words.block.from],
      ['10:00', '', words.block.times, words.block.to],
    ] as const) {
      type(view, words.block.from, from);
      type(view, words.block.to, to);
      press(words.block.ok);
      expect(textOf(within(view.getByRole('dialog')).getByRole('alert'))).toBe(says);
      const field = view.getByLabelText(at);
      expect([document.activeElement, wrongOnes()]).toEqual([field, [field]]);
      expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe(says);
      expect(page.changed.value).toBe(false);
    }
    type(view, words.block.from, '21:30');
    type(view, words.block.to, '01:00');
    fireEvent.click(view.getByLabelText(words.block.overNight));
    press(words.block.ok);
    expect(page.draft.value.schedule.week.wednesday.at(-1)).toEqual({ from: '21:30', to: '01:00' });
    expect(button('Woensdag 21.30 tot 1 uur, de dag erna')).toBe(document.activeElement);
  });

  test('as a list everything can be done, too', async () => {
    const { view, press, page } = await show();
    press(words.week.asList);
    expect(view.queryByRole('group', { name: 'Woensdag' })).toBeNull();
    press('Wijzig: Woensdag 14 tot 21 uur');
    type(view, words.block.to, '20:30');
    press(words.block.ok);
    expect(page.draft.value.schedule.week.wednesday).toEqual([{ from: '14:00', to: '20:30' }]);
    press('Verwijder: Maandag 17 tot 21 uur');
    await pressFirm(view.getByRole('button', { name: words.block.removeYes }));
    expect(page.draft.value.schedule.week.monday).toEqual([]);
    press(words.week.asGrid);
    expect(view.getByRole('group', { name: 'Woensdag' })).toBeTruthy();
  });
});
