import { act, fireEvent, render, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { defaultCentre, parseCentre } from '@clbchat/server/centre/centre.rules';
import { bounds, orders } from '@clbchat/server/centre/bounds.rules';
import { createSettingsApi } from '../../console/src/device/settingsApi.ts';
import { createDoorSwitch, type DoorPort } from '../../console/src/model/door.ts';
import { createHoursPage } from '../../console/src/model/hours/page.ts';
import type { Saved, Settings, SettingsApi } from '../../console/src/model/hours/settings.ts';
import { HoursScreen } from '../../console/src/ui/hours/HoursScreen.tsx';
import { hours as words } from '../../console/src/words/hours.ts';
import { holidayNames as visitorHolidays } from '../../widget/src/ending/calendarWords.ts';
import { words as visitorWords } from '../../widget/src/ending/closedWords.ts';
import { pressFirm, textOf, tidyUp } from './screen.tsx';

afterEach(tidyUp);

const parsed = parseCentre(defaultCentre());
if (!parsed.ok) throw new Error('a new centre has settings');
const settings: Settings = {
  schedule: parsed.centre.schedule,
  rules: { ...parsed.centre.rules },
  exitUrl: parsed.centre.exitUrl,
};

async function show({
  answers = [],
  nowMs = Date.parse('2026-11-26T12:00:00+01:00'),
  over = {},
  exceptions = [],
}: {
  answers?: Saved[];
  nowMs?: number;
  over?: Partial<SettingsApi>;
  exceptions?: Settings['schedule']['exceptions'];
} = {}) {
  const stands = { ...settings, schedule: { ...settings.schedule, exceptions } };
  const sent: Settings[] = [];
  const page = createHoursPage(
    {
      read: async () => ({ rev: 1, settings: stands, bounds, orders, nowMs }),
      write: async (seen, asked) => {
        sent.push(asked);
        return answers.shift() ?? { is: 'written', rev: seen + 1, settings: asked };
      },
      ...over,
    },
    () => nowMs,
  );
  const view = render(<HoursScreen page={page} door={createDoorSwitch(doorPort)} />);
  const button = (name: string | RegExp) => view.getByRole('button', { name });
  const press = (name: string | RegExp) => fireEvent.click(button(name));
  if (!over.read) await view.findByRole('heading', { name: words.week.title });
  return { page, view, button, press, sent };
}
const doorPort: DoorPort = { read: async () => null, put: async () => null };
const key = (on: Element, name: string, shiftKey = false) => fireEvent.keyDown(on, { key: name, shiftKey });
const focused = () => document.activeElement?.querySelector('.hidden-text')?.textContent ?? document.activeElement?.id;

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

  test('two fields make a block; what cannot be is said there and nothing changes', async () => {
    const { view, press, page, button } = await show();
    press(words.week.add);
    fireEvent.change(view.getByLabelText(words.block.day), { target: { value: '3' } });
    for (const [from, to, says] of [
      ['20:00', '22:00', 'Dit blok overlapt met 14–21 uur.'],
      ['12:00', '10:00', 'Het einde moet na het begin komen.'],
      ['', '10:00', words.block.times],
    ] as const) {
      type(view, words.block.from, from);
      type(view, words.block.to, to);
      press(words.block.ok);
      expect(textOf(within(view.getByRole('dialog')).getByRole('alert'))).toBe(says);
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

describe('[U7] the rules', () => {
  test('say their range, and refuse at their own field what lies outside it; then nothing is saved', async () => {
    const { view, page, press, sent } = await show();
    const field = view.getByLabelText(/^Wachtrij sluit vroeger/);
    expect([(field as HTMLInputElement).value, textOf(field.closest('.rule')!)]).toEqual([
      '15',
      expect.stringContaining('Van 0 tot 120.'),
    ]);
    fireEvent.input(field, { target: { value: '121' } });
    await view.findByText('Kies een heel getal van 0 tot 120.');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    press(words.save.save);
    expect(sent).toEqual([]);
    fireEvent.input(field, { target: { value: '20' } });
    expect(page.draft.value.rules['lastEntryMs']).toBe(1_200_000);
    const most = view.getByLabelText(/^Meest chats tegelijk/);
    fireEvent.input(view.getByLabelText(/^Chats tegelijk per medewerker/), { target: { value: '3' } });
    fireEvent.input(most, { target: { value: '2' } });
    await view.findByText('Dit mag niet hoger zijn dan “Meest chats tegelijk”.');
    fireEvent.input(view.getByLabelText(/^Waar Snel weg/), { target: { value: 'www.meteo.be' } });
    await view.findByText(words.rules.exitWrong);
    press(words.save.undo);
    expect([page.changed.value, (view.getByLabelText(/^Waar Snel weg/) as HTMLInputElement).value]).toEqual([
      false,
      settings.exitUrl,
    ]);
    expect((view.getByLabelText(/^Wachtrij sluit vroeger/) as HTMLInputElement).value).toBe('15');
  });
});

describe('[U12] what the visitor sees', () => {
  test('is told in the words of the chat itself', () => {
    const { preview } = words;
    const plain = (text: string) => text.replaceAll('*', '');
    expect(preview.closed).toBe(visitorWords['closed.title']);
    expect(preview.unknown).toBe(visitorWords['closed.unknown']);
    expect(preview.hours).toBe(visitorWords['closed.hours']);
    expect(preview.why.technical).toBe(visitorWords['closed.technical']);
    expect(preview.why['force-majeure']).toBe(visitorWords['closed.force-majeure']);
    expect(preview.next('{dag}', '00:00')).toBe(plain(visitorWords['closed.next']).replace('{uur}', '0'));
    expect(preview.holiday('{vakantie}', '{van}', '{tot}')).toBe(visitorWords['closed.holiday']);
    expect(preview.holidayDay('{vakantie}', '{van}')).toBe(visitorWords['closed.holiday.day']);
    expect(Object.keys(visitorHolidays).length).toBeGreaterThan(8);
  });

  test('on any day, with what is not saved yet', async () => {
    const { view, press, page } = await show();
    press(words.preview.button);
    const dialog = view.getByRole('dialog');
    expect(textOf(dialog)).toContain('We zijn er weer donderdag om 17 uur.');
    const date = within(dialog).getByLabelText(words.preview.date);
    const time = within(dialog).getByLabelText(words.preview.time);
    fireEvent.input(time, { target: { value: '18:00' } });
    expect(textOf(dialog)).toContain('De chat is dan open, tot 21 uur.');
    fireEvent.input(date, { target: { value: '2026-12-22' } });
    expect(textOf(dialog)).toContain('In de kerstvakantie (21 dec. – 3 jan.) zijn we dicht.');
    page.setGrid([]);
    await waitFor(() => expect(textOf(dialog)).toContain(words.preview.unknown));
    expect(textOf(dialog)).toContain(words.preview.notSaved);
  });
});

describe('today', () => {
  test('[U20] closing asks why, acts at once, says so, and is taken back', async () => {
    const { view, press, page, sent } = await show();
    page.change({ exitUrl: 'https://www.vrt.be/' });
    press(words.today.shut);
    const dialog = view.getByRole('dialog', { name: words.today.shutTitle });
    fireEvent.click(within(dialog).getByLabelText(words.today.reasons['force-majeure']));
    await pressFirm(within(dialog).getByRole('button', { name: words.today.shut }));
    const bar = await view.findByRole('region', { name: words.today.isShut['force-majeure'] });
    expect(view.queryByRole('dialog')).toBeNull();
    await waitFor(() => expect(focused()).toBe('page-title'));
    expect(sent[0]).toMatchObject({ exitUrl: settings.exitUrl, schedule: { exceptions: [{ why: 'force-majeure' }] } });
    expect([page.changed.value, page.draft.value.exitUrl]).toEqual([true, 'https://www.vrt.be/']);
    expect(view.queryByRole('button', { name: words.today.longer })).toBeNull();
    await pressFirm(within(bar).getByRole('button', { name: words.today.again }));
    await waitFor(() => expect(view.queryByRole('region', { name: words.today.isShut['force-majeure'] })).toBeNull());
    expect(sent[1]?.schedule).toEqual(settings.schedule);
  });

  test('[U21] longer: a time after the end, or a sentence', async () => {
    const { view, press, sent } = await show();
    press(words.today.longer);
    const field = view.getByLabelText(words.today.until);
    expect((field as HTMLInputElement).value).toBe('22:00');
    fireEvent.input(field, { target: { value: '20:45' } });
    press(words.today.longerYes);
    await view.findByText('Kies een uur na 21 uur, ten laatste middernacht.');
    fireEvent.input(field, { target: { value: '22:30' } });
    press(words.today.longerYes);
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.schedule.exceptions[0]?.open).toEqual([{ from: '17:00', to: '22:30' }]);
  });

  test('[U20] an evening that goes on over midnight can be closed before it and after it, and opened again', async () => {
    const { schedule } = settings;
    const thursday = [{ from: '20:00', to: '02:00' }];
    const night: Settings = { ...settings, schedule: { ...schedule, week: { ...schedule.week, thursday } } };
    for (const time of ['2026-11-26T21:00:00+01:00', '2026-11-27T00:30:00+01:00']) {
      const read = async () => ({ rev: 1, settings: night, bounds, orders, nowMs: Date.parse(time) });
      const { view, press, page, sent } = await show({ nowMs: Date.parse(time), over: { read } });
      await waitFor(() => expect(view.getByRole('button', { name: words.today.shut })).toBeTruthy());
      press(words.today.shut);
      const dialog = view.getByRole('dialog', { name: words.today.shutTitle });
      await pressFirm(within(dialog).getByRole('button', { name: words.today.shut }));
      const bar = await view.findByRole('region', { name: words.today.isShut.technical });
      expect(view.queryByRole('button', { name: words.today.shut }), time).toBeNull();
      await pressFirm(within(bar).getByRole('button', { name: words.today.again }));
      await waitFor(() => expect(page.draft.value).toEqual(night));
      expect(sent).toHaveLength(2);
      view.unmount();
    }
  });

  test('[U20 U21] neither is offered where today is closed anyway, and closing not once it is over', async () => {
    const late = await show({ nowMs: Date.parse('2026-11-26T22:00:00+01:00') });
    expect(late.view.queryByRole('button', { name: words.today.shut })).toBeNull();
    expect(late.view.getByRole('button', { name: words.today.longer })).toBeTruthy();
    tidyUp();
    const friday = await show({ nowMs: Date.parse('2026-11-27T12:00:00+01:00') });
    expect(friday.view.queryByRole('button', { name: words.today.longer })).toBeNull();
  });
});

describe('[U31] saved is said of what is', () => {
  const bar = (view: { container: Element }) => textOf(view.container.querySelector('.save-words')!);

  test('what acts at once leaves the rest not saved, and says so', async () => {
    const { view, page, press, sent } = await show();
    fireEvent.input(view.getByLabelText(/^Wachtrij sluit vroeger/), { target: { value: '25' } });
    press(words.today.shut);
    await pressFirm(within(view.getByRole('dialog')).getByRole('button', { name: words.today.shut }));
    await waitFor(() => expect([sent.length, page.saving.value]).toEqual([1, false]));
    expect([page.changed.value, bar(view)]).toEqual([true, words.save.at_once]);
    await pressFirm(view.getByRole('button', { name: words.today.again }));
    await waitFor(() => expect([sent.length, page.saving.value]).toEqual([2, false]));
    expect(bar(view)).toBe(words.save.at_once);
    press(words.save.undo);
    press(words.today.shut);
    await pressFirm(within(view.getByRole('dialog')).getByRole('button', { name: words.today.shut }));
    await waitFor(() => expect(bar(view)).toBe(words.save.saved));
  });

  test('what was changed while the answer was on its way is not saved either', async () => {
    const { view, page } = await show({
      over: {
        write: async (seen, asked) => {
          page.change({ exitUrl: 'https://www.vrt.be/' });
          return { is: 'written', rev: seen + 1, settings: asked };
        },
      },
    });
    page.setGrid([]);
    await page.save();
    await waitFor(() => expect(bar(view)).toBe(words.save.changed));
  });

  test('longer looks at the hours that hold, and what changes nothing is not sent', async () => {
    const { view, page, press, sent } = await show();
    press('Donderdag 17 tot 21 uur');
    fireEvent.input(view.getByLabelText(words.block.to), { target: { value: '19:30' } });
    press(words.block.ok);
    press(words.today.longer);
    expect((view.getByLabelText(words.today.until) as HTMLInputElement).value).toBe('22:00');
    fireEvent.input(view.getByLabelText(words.today.until), { target: { value: '20:30' } });
    press(words.today.longerYes);
    await view.findByText('Kies een uur na 21 uur, ten laatste middernacht.');
    press(words.block.cancel);
    expect(await page.atOnce((schedule) => schedule)).toBe(false);
    expect([sent, bar(view)]).toEqual([[], words.save.changed]);
  });

  test('longer, once it is closed, is longer than now', async () => {
    const { view, press, sent } = await show({ nowMs: Date.parse('2026-11-26T22:35:00+01:00') });
    press(words.today.longer);
    const field = view.getByLabelText(words.today.until);
    expect((field as HTMLInputElement).value).toBe('23:45');
    fireEvent.input(field, { target: { value: '22:30' } });
    press(words.today.longerYes);
    await view.findByText('Kies een uur na 22.35 uur, ten laatste middernacht.');
    fireEvent.input(field, { target: { value: '00:00' } });
    press(words.today.longerYes);
    await waitFor(() => expect(sent[0]?.schedule.exceptions[0]?.open).toEqual([{ from: '17:00', to: '24:00' }]));
  });
});

describe('[U32] what is pressed', () => {
  test('twice on Verwijder takes one of the dated days away, twice on Ja, bevestig confirms one holiday', async () => {
    const exceptions = ['2026-12-01', '2026-12-03', '2026-12-08'].map((date) => ({ from: date, to: date, open: [] }));
    const { view, page } = await show({ exceptions });
    const own = () => view.queryAllByRole('button', { name: /^Verwijder, \d/ });
    await waitFor(() => expect(own().map((one) => one.getAttribute('aria-disabled'))).not.toContain('true'));
    await pressFirm(own()[0]!);
    await waitFor(() => expect(own()).toHaveLength(2));
    const dated = () => page.draft.value.schedule.exceptions.length;
    fireEvent.click(own()[0]!);
    expect(dated()).toBe(2);
    const toConfirm = () => view.queryAllByRole('button', { name: /^Ja, bevestig, / });
    fireEvent.click(toConfirm()[0]!); // a holiday is where the last of them may have been
    expect(dated()).toBe(2);
    const before = toConfirm().length;
    await pressFirm(toConfirm()[0]!);
    await waitFor(() => expect(toConfirm()).toHaveLength(before - 1));
    fireEvent.click(toConfirm()[0]!);
    expect(dated()).toBe(3);
  });

  test('Bewaar with a field in red says so and leads there, also where it is folded away', async () => {
    const { view, press, sent, page } = await show();
    const field = view.getByLabelText(/^Langste gesprek/);
    fireEvent.input(field, { target: { value: '9' } });
    press(words.save.save);
    await view.findByText(words.save.fields);
    expect([sent.length, document.activeElement, field.closest('details')?.open]).toEqual([0, field, true]);
    page.note('rules.lengthMaxMs', false);
    await waitFor(() => expect(view.queryByText(words.save.fields)).toBeNull());
  });
});

describe('saving', () => {
  test('[U13] what is not saved is told until it is, and a page that goes asks first', async () => {
    const { view, press, page, sent } = await show();
    const leaves = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(leaves()).toBe(false);
    page.setGrid([]);
    await view.findByText(words.save.changed);
    await waitFor(() => expect(leaves()).toBe(true));
    press(words.save.save);
    await view.findByText(words.save.saved);
    await waitFor(() => expect([sent.length, leaves()]).toEqual([1, false]));
  });

  test('[U9] what the service refuses is said in sentences', async () => {
    const { view, press, page } = await show({
      answers: [
        {
          is: 'refused',
          problems: [
            { path: 'schedule.week.monday.1', code: 'overlap' },
            { path: 'rules.lastEntryMs', code: 'value' },
            { path: 'schedule.exceptions.0.open.0', code: 'no_such_hour' },
            { path: 'exitUrl', code: 'strange' },
          ],
        },
      ],
    });
    page.setGrid([]);
    press(words.save.save);
    await view.findByText('Maandag: het overlapt met een ander blok.');
    await view.findByText('Wachtrij sluit vroeger: dat mag hier niet.');
    await view.findByText('Sluitingen: dat uur bestaat die dag niet.');
    await view.findByText('Waar Snel weg naartoe gaat: dat mag hier niet.');
  });

  test('[U14] both versions stand beside each other, and each can be chosen', async () => {
    const theirs: Settings = {
      ...settings,
      rules: { ...settings.rules, lastEntryMs: 0 },
      schedule: { ...settings.schedule, week: { ...settings.schedule.week, monday: [] } },
    };
    const stale: Saved = { is: 'stale', now: { rev: 5, settings: theirs }, by: 'Noor' };
    for (const [choice, expected] of [
      ['Neem die van Noor', 0],
      [words.clash.keep, 1_200_000],
    ] as const) {
      const { view, press, page, sent } = await show({ answers: [stale] });
      page.change({ rules: { ...settings.rules, lastEntryMs: 1_200_000 } });
      press(words.save.save);
      await view.findByRole('heading', { name: 'Noor bewaarde intussen iets anders.' });
      expect(focused()).toBe('clash-title');
      const rows = within(view.getByRole('table')).getAllByRole('row').slice(1);
      expect(rows.map((row) => [...row.children].map(textOf))).toEqual([
        ['Maandag', '17–21 uur', 'dicht'],
        ['Wachtrij sluit vroeger', '20 min', '0 min'],
      ]);
      await pressFirm(view.getByRole('button', { name: choice }));
      await waitFor(() => expect(view.queryByRole('table')).toBeNull());
      expect([page.draft.value.rules['lastEntryMs'], sent.length]).toEqual([expected, expected === 0 ? 1 : 2]);
      expect(focused()).toBe('page-title');
      tidyUp();
    }
  });

  test('[U16] hours that could not be had are said, and asked for again', async () => {
    let there = false;
    const { view, press } = await show({
      over: { read: async () => (there ? { rev: 1, settings, bounds, orders, nowMs: 0 } : null) },
    });
    await view.findByText(words.failed);
    there = true;
    press(words.again);
    await view.findByRole('heading', { name: words.week.title });
  });

  test('[U9] answers are read as they are meant, or as none', async () => {
    const saying = (status: number, body: unknown) =>
      createSettingsApi(async () => new Response(JSON.stringify(body), { status }));
    const standing = { rev: 3, settings };
    const whole = { ...standing, bounds, orders, nowMs: 7 };
    expect(await saying(200, whole).read()).toEqual(whole);
    for (const [status, body] of [
      [401, standing],
      [200, standing],
      [200, null],
      [200, { ...whole, rev: 'x' }],
      [200, { ...whole, nowMs: 'x' }],
    ] as const)
      expect(await saying(status, body).read()).toBeNull();
    const wrote = (status: number, body: unknown) => saying(status, body).write(1, settings);
    expect(await wrote(200, standing)).toEqual({ is: 'written', ...standing });
    expect(await wrote(409, { now: standing, by: 'Noor' })).toEqual({ is: 'stale', now: standing, by: 'Noor' });
    expect(await wrote(409, { now: standing, by: null })).toEqual({ is: 'stale', now: standing, by: null });
    expect(await wrote(422, { problems: [] })).toEqual({ is: 'refused', problems: [] });
    expect([(await wrote(401, {})).is, (await wrote(403, {})).is]).toEqual(['not_yours', 'not_yours']);
    for (const [status, body] of [
      [200, {}],
      [409, {}],
      [422, {}],
      [500, standing],
    ] as const)
      expect((await wrote(status, body)).is).toBe('unreachable');
    const cut = createSettingsApi(() => Promise.reject(new TypeError('no network')));
    expect([await cut.read(), (await cut.write(1, settings)).is]).toEqual([null, 'unreachable']);
  });
});
