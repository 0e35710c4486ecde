import { signal } from '@preact/signals';
import { act, fireEvent, render, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { bounds, orders } from '@clbchat/server/centre/bounds.rules';
import { unsavedPages } from '../../console/src/coordinatorPages.ts';
import { createSettingsApi } from '../../console/src/device/settingsApi.ts';
import { hoursPage } from '../../console/src/hoursPage.tsx';
import type { Saved, Settings } from '../../console/src/model/hours/settings.ts';
import type { ShowsAgain } from '../../console/src/model/stepUp.ts';
import { stepUp as showing } from '../../console/src/words/stepUp.ts';
import { hours as words } from '../../console/src/words/hours.ts';
import { pressFirm, textOf, tidyUp } from './screen.tsx';
import { settings, show, focused } from './hoursScene.tsx';

afterEach(tidyUp);

const shows: ShowsAgain = {
  ways: async () => ({ ok: true, ways: ['passkey'] }),
  show: async () => ({ ok: true }),
};

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

test('[D38 D39] what says that all is saved goes by itself, and the bar not from under the focus', async () => {
  const clock = signal(Date.parse('2026-11-26T12:00:00+01:00'));
  const { view, page, button } = await show({ clock });
  await act(() => page.change({ exitUrl: 'https://www.vrt.be/' }));
  const save = button(words.save.save);
  save.focus();
  fireEvent.click(save);
  await view.findByText(words.save.saved);
  await act(() => void (clock.value += 9_000));
  expect(view.queryByText(words.save.saved)).toBeNull();
  expect([document.activeElement, save.closest('.save-bar-idle')]).toEqual([save, null]);
  await act(() => button(words.week.add).focus());
  expect(save.closest('.save-bar-idle')).not.toBeNull();
});

describe('saving', () => {
  test('[U13] who may not save any more, or hears no answer, reads so until the service answers her again', async () => {
    for (const is of ['not_yours', 'unreachable'] as const) {
      const { view, page, press } = await show({ answers: [{ is }] });
      await act(() => page.change({ exitUrl: 'https://www.vrt.be/' }));
      press(words.save.save);
      await view.findByText(words.save[is]);
      await act(() => page.open());
      expect(view.queryByText(words.save[is])).toBeNull();
      view.getByText(words.save.changed);
      expect(page.draft.value.exitUrl).toBe('https://www.vrt.be/');
      tidyUp();
    }
  });

  test('[U13] what is not saved is told until it is, and who leaves is asked first, from whatever page', async () => {
    const leaves = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    const stands = { rev: 1, settings, bounds, orders, nowMs: Date.parse('2026-11-26T12:00:00+01:00') };
    const answers = async (path: string, init?: RequestInit) => {
      if (path.endsWith('/site.json')) return Response.json({});
      if (!path.endsWith('/settings')) return new Response('{}', { status: 404 });
      const asked: unknown = JSON.parse(typeof init?.body === 'string' ? init.body : '{}');
      return Response.json({ ...stands, ...Object(asked) });
    };
    vi.stubGlobal('fetch', answers);
    const unsaved = unsavedPages();
    const Page = hoursPage(() => undefined, unsaved, signal(stands.nowMs), shows);
    const view = render(<Page />);
    const others = () => view.findByLabelText(words.days.others);
    fireEvent.change(await others(), { target: { value: 'open' } });
    await view.findByText(words.save.changed);
    expect([leaves(), unsaved.at.value]).toEqual([true, ['hours']]);
    view.rerender(<p>another page</p>);
    expect(leaves()).toBe(true);
    view.rerender(<Page />);
    fireEvent.click(await view.findByRole('button', { name: words.save.save }));
    await view.findByText(words.save.saved);
    expect([leaves(), unsaved.at.value]).toEqual([false, []]);
    vi.unstubAllGlobals();
  });

  test('[U95 G15] another place for Snel weg asks in a window that it is she; who closes that has lost nothing, and it is saved once after', async () => {
    const stands = { rev: 1, settings, bounds, orders, nowMs: Date.parse('2026-11-26T12:00:00+01:00') };
    const sent: unknown[] = [];
    let shown = false;
    vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
      if (path.endsWith('/site.json')) return Response.json({});
      if (!path.endsWith('/settings')) return new Response('{}', { status: 404 });
      if (init?.method !== 'PUT') return Response.json(stands);
      const asked = JSON.parse(init.body as string) as { settings: Settings };
      sent.push(asked.settings.exitUrl);
      if (!shown) return Response.json({ code: 'step_up' }, { status: 403 });
      return Response.json({ rev: 2, settings: asked.settings });
    });
    const unsaved = unsavedPages();
    const show = async () => ((shown = true), { ok: true as const });
    const Page = hoursPage(() => undefined, unsaved, signal(stands.nowMs), { ...shows, show });
    const view = render(<Page />);
    const press = async (name: string) => fireEvent.click(await view.findByRole('button', { name }));
    const field = (await view.findByLabelText(words.rules.exitUrl, { exact: false })) as HTMLInputElement;
    fireEvent.input(field, { target: { value: 'https://www.vrt.be/' } });
    await press(words.save.save);
    await view.findByRole('heading', { name: showing.title });
    await press(showing.cancel);
    await view.findByText(words.save.given_up);
    expect([sent.length, field.value, unsaved.at.value]).toEqual([1, 'https://www.vrt.be/', ['hours']]);
    await press(words.save.save);
    await press(showing.show.passkey);
    await view.findByText(words.save.saved);
    expect([sent, unsaved.at.value]).toEqual([Array(3).fill('https://www.vrt.be/'), []]);
    vi.unstubAllGlobals();
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
    expect([await wrote(401, {}), await wrote(403, {})]).toEqual([{ is: 'not_yours' }, { is: 'not_yours' }]);
    expect(await wrote(403, { code: 'step_up' })).toBe('step_up');
    for (const [status, body] of [
      [200, {}],
      [409, {}],
      [422, {}],
      [500, standing],
    ] as const)
      expect(await wrote(status, body)).toEqual({ is: 'unreachable' });
    const cut = createSettingsApi(() => Promise.reject(new TypeError('no network')));
    expect([await cut.read(), await cut.write(1, settings)]).toEqual([null, { is: 'unreachable' }]);
  });
});
