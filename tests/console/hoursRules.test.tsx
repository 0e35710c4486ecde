import { fireEvent, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { schoolHolidays } from '@clbchat/shared/hours/holidays';
import { holidayNames as visitorHolidays } from '@clbchat/shared/words/calendar';
import { exitUrlProblem } from '../../console/src/model/hours/exitUrl.ts';
import { hours as words } from '../../console/src/words/hours.ts';
import { words as visitorWords } from '../../widget/src/ending/closedWords.ts';
import { textOf, tidyUp } from './screen.tsx';
import { settings, show } from './hoursScene.tsx';

afterEach(tidyUp);

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
    await view.findByText(words.rules.exitProblems.none);
    press(words.save.undo);
    expect([page.changed.value, (view.getByLabelText(/^Waar Snel weg/) as HTMLInputElement).value]).toEqual([
      false,
      settings.exitUrl,
    ]);
    expect((view.getByLabelText(/^Wachtrij sluit vroeger/) as HTMLInputElement).value).toBe('15');
  });
});

test.each([
  ['none', 'http://www.meteo.be'],
  ['none', 'https://'],
  ['too_long', `https://www.vrt.be/zoeken?q=${'a'.repeat(230)}`],
  ['elsewhere', 'https://www.meteo.be@evil.example/'],
  ['elsewhere', 'https://user:pw@www.vrt.be'],
  ['elsewhere', 'https://:pw@www.vrt.be'],
  ['elsewhere', 'https:\t/a@b.be/'],
  ['elsewhere', 'https:\\\\a@b.be/'],
  [null, 'HTTPS://www.vrt.be/'],
  ['elsewhere', 'https:///www.meteo.be@evil.example'],
  [null, 'https://école.be'],
  [null, 'https://www.vrt.be/nieuws?van=ik@school.be#a@b'],
  [null, `https://www.vrt.be/zoeken?q=${'a'.repeat(227)}`],
])('[U10] what is wrong with a place for Snel weg has a sentence of its own: %s, %s', (problem, address) => {
  expect(exitUrlProblem(address)).toBe(problem);
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

  test.each(schoolHolidays(2026))('names $name as the chat does', async ({ name, from, to }) => {
    const { view, press } = await show();
    press(words.preview.button);
    const dialog = view.getByRole('dialog');
    fireEvent.input(within(dialog).getByLabelText(words.preview.date), { target: { value: from } });
    const sentence = from === to ? 'closed.holiday.day' : 'closed.holiday';
    expect(textOf(dialog)).toContain(
      visitorWords[sentence].replace('{vakantie}', visitorHolidays[name]).split(' (')[0],
    );
  });

  test('asks for the day and the hour where one of them is not there', async () => {
    const { view, press } = await show();
    press(words.preview.button);
    const dialog = view.getByRole('dialog');
    for (const label of [words.preview.time, words.preview.date]) {
      fireEvent.input(within(dialog).getByLabelText(label), { target: { value: '' } });
      expect(textOf(dialog)).toContain('Vul een dag en een uur in.');
    }
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
