import { fireEvent, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { hours as words } from '../../console/src/words/hours.ts';
import { pressFirm, textOf, tidyUp } from './screen.tsx';
import { show, focused } from './hoursScene.tsx';

afterEach(tidyUp);

describe('holidays and other days', () => {
  test('[U4 U5] the banner asks, yes confirms, and another choice is made in a window', async () => {
    const { view, press, page } = await show();
    const banner = view.getByRole('region', { name: 'Kerstvakantie' });
    expect(textOf(banner)).toContain('Kerstvakantie over 25 dagen. CLBCh@t staat dan op dicht');
    await pressFirm(within(banner).getByRole('button', { name: words.days.confirm }));
    expect(view.queryByRole('region', { name: 'Kerstvakantie' })).toBeNull();
    expect(page.draft.value.schedule.exceptions).toEqual([{ from: '2026-12-21', to: '2027-01-03', open: [] }]);
    expect(focused()).toBe('days-title');
    press('Wijzig, Kerstvakantie');
    fireEvent.click(view.getByLabelText(words.choices.limited));
    press(words.block.ok);
    expect(page.draft.value.schedule.exceptions[0]).toEqual({
      from: '2026-12-21',
      to: '2026-12-25',
      open: [{ from: '17:00', to: '20:00' }],
    });
  });

  test('[U3 U6] any days: an hour that does not exist, days in the wrong order and no day are said in the window', async () => {
    const { view, press, page } = await show();
    press(words.days.add);
    const type = (label: string, value: string) => fireEvent.input(view.getByLabelText(label), { target: { value } });
    const says = (sentence: string) => {
      press(words.block.ok);
      expect(textOf(within(view.getByRole('dialog')).getByRole('alert'))).toBe(sentence);
    };
    type(words.days.first, '2027-03-28');
    type(words.days.last, '2027-03-27');
    says(words.days.order);
    type(words.days.first, '2026-01-04');
    type(words.days.last, '2026-01-08');
    says(words.days.past); // the year in which she lives, instead of the next
    type(words.days.first, '2027-03-28');
    type(words.days.last, '');
    says(words.days.dates);
    type(words.days.last, '2047-03-27');
    says(words.days.far);
    type(words.days.last, '2027-03-28');
    fireEvent.click(view.getByLabelText(words.choices.limited));
    type(words.block.from, '02:30');
    says(words.days.noHour('28 maart'));
    fireEvent.click(view.getByRole('checkbox', { name: 'Zondag' }));
    says(words.days.noDay); // the others are ticked, and none of them is in it
    fireEvent.click(view.getByRole('checkbox', { name: 'Zondag' }));
    expect(page.changed.value).toBe(false);
    type(words.block.from, '10:00');
    type(words.block.to, '09:00');
    says(words.days.span);
    type(words.block.to, '12:00');
    press(words.block.ok);
    expect(page.draft.value.schedule.exceptions).toEqual([
      { from: '2027-03-28', to: '2027-03-28', open: [{ from: '10:00', to: '12:00' }] },
    ]);
    await pressFirm(view.getByRole('button', { name: 'Verwijder, 28 maart 2027' }));
    expect(page.changed.value).toBe(false);
  });

  test('[U6] in the week such an hour stands with a note that says when', async () => {
    const { view, page } = await show();
    page.setGrid([{ id: 1, day: 0, from: 150, to: 360 }]);
    await view.findByText(/^Zondag 2.30 tot 6 uur: op 28 maart springt de klok/);
  });
});

describe('[U30] the window of some days shows what stands, and no change is no change', () => {
  const day = (date: string, open: readonly [string, string][] = []) => ({
    from: date,
    to: date,
    open: open.map(([from, to]) => ({ from, to })),
  });
  const today = '2026-11-26';

  test('a day closed before its time, one with two openings, one over midnight, a holiday open on one day of the week', async () => {
    const exceptions = [
      { ...day(today, [['17:00', '21:00']]), why: 'force-majeure' as const },
      day('2026-12-01', [
        ['09:00', '12:00'],
        ['17:00', '21:00'],
      ]),
      day('2026-12-03', [['21:00', '01:00']]),
      { ...day('2027-02-08'), to: '2027-02-09' },
      day('2027-02-10', [['10:00', '12:00']]),
      { ...day('2027-02-11'), to: '2027-02-14' },
    ];
    const { page, press, view } = await show({ exceptions });
    const checked = (name: string) =>
      (within(view.getByRole('dialog')).getByLabelText(name) as HTMLInputElement).checked;
    const times = () => view.getAllByLabelText(/^(Van|Tot)$/).map((one) => (one as HTMLInputElement).value);
    const looked: unknown[] = [];
    for (const row of [/^Wijzig, 26 nov/, /^Wijzig, 1 dec/, /^Wijzig, 3 dec/, 'Wijzig, Krokusvakantie']) {
      press(row);
      looked.push(checked(words.choices.limited) ? times() : checked(words.choices.closed));
      press(words.block.ok);
      expect(view.queryByRole('dialog')).toBeNull();
    }
    expect(looked).toEqual([true, ['09:00', '12:00', '17:00', '21:00'], ['21:00', '01:00'], ['10:00', '12:00']]);
    expect(page.changed.value).toBe(false);
    expect(textOf(view.getByText('Krokusvakantie').closest('li')!)).toContain('Woensdag: 10–12 uur');
    press('Wijzig, Krokusvakantie');
    expect([checked('Woensdag'), checked('Donderdag')]).toEqual([true, false]);
  });

  test('days are called what they are: closed, as the week, fewer hours than it, or others', async () => {
    const week: [string, string][] = [['17:00', '21:00']]; // of a Monday
    const kinds = [
      [day('2026-12-07', week), words.choices.open, words.choices.open],
      [day('2026-12-07', [['17:00', '19:00']]), words.choices.limited, words.choices.limited],
      [day('2026-12-07', [['17:00', '24:00']]), words.days.other, words.choices.limited],
      [day('2026-12-06', [['10:00', '12:00']]), words.days.other, words.choices.limited],
      [day('2026-12-06'), words.choices.closed, words.choices.closed],
      [{ ...day('2026-12-07', week), why: 'technical' as const }, words.choices.closed, words.choices.closed],
    ] as const;
    for (const [exception, says, chosen] of kinds) {
      const { page, press, view, button } = await show({ exceptions: [exception] });
      const row = button(/^Wijzig, \d/).closest('li')!;
      expect(textOf(row.querySelector('.chip')!)).toBe(says);
      press(/^Wijzig, \d/);
      expect(view.getByLabelText(chosen)).toHaveProperty('checked', true);
      press(words.block.ok);
      expect(page.changed.value).toBe(false);
      tidyUp();
    }
  });

  test('dated days that are made shorter leave nothing behind, and keep each of their openings', async () => {
    const open: [string, string][] = [
      ['09:00', '12:00'],
      ['17:00', '21:00'],
    ];
    for (const hours of [[], open]) {
      const { page, press, view } = await show({ exceptions: [{ ...day('2026-12-07', hours), to: '2026-12-11' }] });
      press(/^Wijzig, 7/);
      fireEvent.input(view.getByLabelText(words.days.last), { target: { value: '2026-12-08' } });
      press(words.block.ok);
      expect(page.draft.value.schedule.exceptions).toEqual([{ ...day('2026-12-07', hours), to: '2026-12-08' }]);
      tidyUp();
    }
  });

  test('[D38] who gives days other dates, or confirms a holiday in the window of the banner, has the focus at the title: the button went', async () => {
    const { view, button, press } = await show({ exceptions: [day('2026-12-07')] });
    for (const [opens, changes] of [
      [/^Wijzig, 7/, () => fireEvent.input(view.getByLabelText(words.days.first), { target: { value: '2026-12-06' } })],
      [words.days.change, () => undefined],
    ] as const) {
      const opener = button(opens);
      opener.focus();
      press(opens);
      changes();
      press(words.block.ok);
      await waitFor(() => expect([opener.isConnected, focused()]).toEqual([false, 'page-title']));
    }
  });

  test('openings of one day that overlap are refused in the window', async () => {
    const { press, view } = await show({
      exceptions: [
        day('2026-12-01', [
          ['09:00', '12:00'],
          ['17:00', '21:00'],
        ]),
      ],
    });
    press(/^Wijzig, 1 dec/);
    fireEvent.input(view.getAllByLabelText(words.block.to)[0]!, { target: { value: '18:00' } });
    press(words.block.ok);
    await view.findByText(words.days.overlap);
  });

  test('Klaar says yes to a holiday that nobody confirmed, and a holiday with many hours says that they are', async () => {
    const fresh = await show();
    fresh.press('Wijzig, Kerstvakantie');
    fresh.press(words.block.ok);
    expect(fresh.page.draft.value.schedule.exceptions).toEqual([{ from: '2026-12-21', to: '2027-01-03', open: [] }]);
    tidyUp();
    const { press, view } = await show({
      exceptions: [day('2026-12-22', [['10:00', '12:00']]), day('2026-12-23', [['14:00', '16:00']])],
    });
    expect(textOf(view.getByText('Kerstvakantie').closest('li')!)).toContain('22 dec.: 10–12 uur');
    press('Wijzig, Kerstvakantie');
    expect(view.getByText(words.days.many)).toBeTruthy();
  });
});
