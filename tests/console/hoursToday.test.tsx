import { fireEvent, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { bounds, orders } from '@clbchat/server/centre/bounds.rules';
import type { Saved, Settings } from '../../console/src/model/hours/settings.ts';
import { hours as words } from '../../console/src/words/hours.ts';
import { pressFirm, textOf, tidyUp } from './screen.tsx';
import { settings, show, focused } from './hoursScene.tsx';

afterEach(tidyUp);

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

  test('[U21 D38] longer until midnight: the button goes, and the title has the focus', async () => {
    const { view, button, press } = await show();
    button(words.today.longer).focus();
    press(words.today.longer);
    fireEvent.input(view.getByLabelText(words.today.until), { target: { value: '00:00' } });
    press(words.today.longerYes);
    await waitFor(() => expect(view.queryByRole('button', { name: words.today.longer })).toBeNull());
    await waitFor(() => expect([view.queryByRole('dialog'), focused()]).toEqual([null, 'page-title']));
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

describe('[U90] what acts at once and does not go', () => {
  const bar = (view: { container: Element }) => textOf(view.container.querySelector('.save-words')!);

  test('stays as it was chosen, says at its button what may be, and goes when it is pressed again', async () => {
    const { view, press, sent } = await show({ answers: [{ is: 'unreachable' }, { is: 'not_yours' }] });
    press(words.today.shut);
    const dialog = within(view.getByRole('dialog'));
    const reason = dialog.getByLabelText(words.today.reasons['force-majeure']) as HTMLInputElement;
    fireEvent.click(reason);
    await pressFirm(dialog.getByRole('button', { name: words.today.shut }));
    await waitFor(() => expect(textOf(dialog.getByRole('alert'))).toBe(words.today.unsure.shut));
    expect([reason.checked, bar(view)]).toEqual([true, words.save.today_unsure]);
    await pressFirm(dialog.getByRole('button', { name: words.today.shut }));
    await waitFor(() => expect(textOf(dialog.getByRole('alert'))).toBe(words.today.not_yours));
    await pressFirm(dialog.getByRole('button', { name: words.today.shut }));
    await view.findByRole('region', { name: words.today.isShut['force-majeure'] });
    expect([sent.length, view.queryByRole('dialog')]).toEqual([3, null]);
  });

  test('longer keeps its time, refused or not heard of; what is opened again says so where it was pressed', async () => {
    const refused: Saved = { is: 'refused', problems: [{ path: 'schedule.exceptions.0', code: 'overlap' }] };
    const { view, press, sent } = await show({ answers: [{ is: 'unreachable' }, refused] });
    press(words.today.longer);
    const dialog = within(view.getByRole('dialog'));
    const field = dialog.getByLabelText(words.today.until) as HTMLInputElement;
    fireEvent.input(field, { target: { value: '22:30' } });
    press(words.today.longerYes);
    await waitFor(() => expect(textOf(dialog.getByRole('alert'))).toBe(words.today.unsure.longer));
    press(words.today.longerYes);
    await waitFor(() => expect(textOf(dialog.getByRole('alert'))).toContain('het overlapt met een ander blok.'));
    expect(field.value).toBe('22:30');
    press(words.today.longerYes);
    await waitFor(() => expect([sent.length, view.queryByRole('dialog')]).toEqual([3, null]));
    tidyUp();

    const exceptions = [{ from: '2026-11-26', to: '2026-11-26', open: [], why: 'technical' as const }];
    const shut = await show({ exceptions, answers: [{ is: 'unreachable' }] });
    const note = shut.view.getByRole('region', { name: words.today.isShut.technical });
    await pressFirm(within(note).getByRole('button', { name: words.today.again }));
    await waitFor(() => expect(textOf(within(note).getByRole('alert'))).toBe(words.today.unsure.again));
    await pressFirm(within(note).getByRole('button', { name: words.today.again }));
    await waitFor(() => expect([shut.sent.length, focused()]).toEqual([2, 'page-title']));
  });

  test('a window that was left before the answer closes no other', async () => {
    let answer: (is: Saved) => void = () => undefined;
    const write = () => new Promise<Saved>((resolve) => (answer = resolve));
    const { view, press, page } = await show({ over: { write } });
    press(words.today.longer);
    press(words.today.longerYes);
    await within(view.getByRole('dialog')).findByRole('button', { name: words.today.busy });
    press(words.block.cancel);
    press(words.preview.button);
    answer({ is: 'written', rev: 2, settings: page.draft.value });
    await waitFor(() => expect(page.saving.value).toBe(false));
    expect(view.getByRole('dialog', { name: words.preview.title })).toBeTruthy();
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
    expect(await page.atOnce((schedule) => schedule)).toBe('same');
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
