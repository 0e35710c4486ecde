import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { createStepUpApi } from '../../console/src/device/stepUpApi.ts';
import { createStepUp, type ShowsAgain, type Way } from '../../console/src/model/stepUp.ts';
import { StepUpDialog } from '../../console/src/ui/StepUpDialog.tsx';
import { stepUp as words } from '../../console/src/words/stepUp.ts';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(cleanup);

function shownOver(show: ShowsAgain['show'] = async () => ({ ok: true }), ...has: Way[]) {
  const ways = has.length > 0 ? has : (['passkey'] as const);
  const stepUp = createStepUp({ ways: async () => ({ ok: true, ways }), show });
  return { stepUp, view: render(<StepUpDialog stepUp={stepUp} />) };
}
const opened = (...how: Parameters<typeof shownOver>) => shownOver(...how).stepUp;
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));
const field = (label: string) => screen.findByLabelText<HTMLInputElement>(label);
async function types(password: string, code: string) {
  fireEvent.input(await field(words.password), { target: { value: password } });
  fireEvent.input(await field(words.code), { target: { value: code } });
  await press(words.show.password);
}
/** A door that needs it once. */
const door = () =>
  vi.fn<() => Promise<'done' | 'step_up'>>().mockResolvedValueOnce('step_up').mockResolvedValue('done');

test('[G15] what needs nothing asks nothing', async () => {
  const stepUp = opened();
  expect(await stepUp.with(async () => 'done')).toBe('done');
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('[G15] asks in a window, and does what was asked once more after it', async () => {
  const ask = door();
  const done = opened().with(ask);
  await screen.findByRole('heading', { name: words.title });
  await press(words.show.passkey);
  expect(await done).toBe('done');
  expect(ask).toHaveBeenCalledTimes(2);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('[G15] says why it did not count, and stays; who goes away has done nothing', async () => {
  const ask = door();
  const show = vi.fn<ShowsAgain['show']>(async () => ({ ok: false, why: 'refused' }));
  const done = opened(show).with(ask);
  await press(words.show.passkey);
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain(words.problems.refused));
  await press(words.cancel);
  expect(await done).toBe('given_up');
  expect([ask.mock.calls.length, show.mock.calls.length]).toEqual([1, 1]);
});

test('[G15] two at once are asked for once, and two presses are one', async () => {
  let answer: (shown: { ok: true }) => void = () => undefined;
  const show = vi.fn<ShowsAgain['show']>(() => new Promise((resolve) => (answer = resolve)));
  const stepUp = opened(show, 'click');
  const both = [stepUp.with(door()), stepUp.ask()];
  await press(words.show.click);
  await press(words.busy);
  answer({ ok: true });
  expect(await Promise.all(both)).toEqual(['done', true]);
  expect(show).toHaveBeenCalledTimes(1);
});

test('[G15] who gives up while it is under way stays where she was', async () => {
  let answer: (shown: { ok: true }) => void = () => undefined;
  const ask = door();
  const stepUp = opened(() => new Promise((resolve) => (answer = resolve)));
  const done = stepUp.with(ask);
  await press(words.show.passkey);
  await press(words.cancel);
  answer({ ok: true });
  expect(await done).toBe('given_up');
  expect(stepUp.asked.peek()).toBeNull();
});

test('[G38] who came by a password types it with a code, each as a browser fills it in; nothing else is asked of her', async () => {
  const show = vi.fn<ShowsAgain['show']>(async () => ({ ok: true }));
  const done = opened(show, 'password').with(door());
  const [password, code] = [await field(words.password), await field(words.code)];
  expect([password.type, password.autocomplete, code.autocomplete, code.inputMode]).toEqual([
    ...['password', 'current-password'],
    ...['one-time-code', 'numeric'],
  ]);
  expect(document.activeElement).toBe(password);
  expect(screen.queryByRole('button', { name: words.other.passkey })).toBeNull();
  await types('een zin die niemand raadt', '123 456');
  expect(await done).toBe('done');
  expect(show.mock.calls).toEqual([[{ by: 'password', password: 'een zin die niemand raadt', code: '123 456' }]]);
});

test('[G38] a wrong one says so, takes the code away, and leads back to the password; a wait is told in time', async () => {
  const show = vi
    .fn<ShowsAgain['show']>()
    .mockResolvedValueOnce({ ok: false, why: 'wrong' })
    .mockResolvedValue({ ok: false, why: { waitMs: 290_000 } });
  void opened(show, 'password').ask();
  await types('iets anders', '000000');
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain(words.problems.wrong));
  await waitFor(async () => expect((await field(words.code)).value).toBe(''));
  expect((await field(words.password)).value).toBe('iets anders');
  expect(document.activeElement).toBe(await field(words.password));
  await types('nog iets', '000000');
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('over 5 minuten'));
});

test('[G38] of two ways one is there at a time, the other a press away, and the focus stays in the window', async () => {
  const show = vi.fn<ShowsAgain['show']>(async () => ({ ok: false, why: 'stopped' }));
  void opened(show, 'passkey', 'password').ask();
  await press(words.show.passkey);
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain(words.problems.stopped));
  await press(words.other.password);
  await waitFor(async () => expect(document.activeElement).toBe(await field(words.password)));
  expect(screen.getByRole('alert').textContent).toBe('');
  await press(words.other.passkey);
  await screen.findByRole('button', { name: words.show.passkey });
  expect(screen.queryByLabelText(words.password)).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: words.title }));
});

test('[G38] where nobody says which ways there are it can be asked again', async () => {
  const ways = vi
    .fn<ShowsAgain['ways']>()
    .mockResolvedValueOnce({ ok: false, why: 'unreachable' })
    .mockResolvedValue({ ok: true, ways: ['password'] });
  const stepUp = createStepUp({ ways, show: async () => ({ ok: true }) });
  render(<StepUpDialog stepUp={stepUp} />);
  void stepUp.ask();
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain(words.problems.unreachable));
  await press(words.again);
  await field(words.password);
});

test('[G40] who has nothing here that counts reads what to do', async () => {
  const stepUp = createStepUp({ ways: async () => ({ ok: true, ways: [] }), show: async () => ({ ok: true }) });
  render(<StepUpDialog stepUp={stepUp} />);
  const done = stepUp.ask();
  for (const sentence of words.none) await screen.findByText(sentence);
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([words.cancel]);
  await press(words.cancel);
  expect(await done).toBe(false);
});

test('[G38] the service is asked for what is hers, and each answer is what it is', async () => {
  const answers: (readonly [number, object])[] = [
    [200, { ways: ['password', 'passkey'] }],
    [403, { code: 'not_yours' }],
    [429, { code: 'too_fast', waitMs: 4_000 }],
    [401, { code: 'no_cert' }],
    [500, {}],
    [200, { binding: 'b2', leftMs: 9 }],
  ];
  const asked: unknown[] = [];
  const told: unknown[] = [];
  const api = createStepUpApi(
    async (path, how) => {
      asked.push([path, how?.method ?? 'GET', how?.body]);
      const [status, body] = answers.shift()!;
      return Response.json(body, { status });
    },
    async (goes) => told.push(await goes),
  );
  const typed = { by: 'password', password: 'p', code: '1' } as const;
  expect(await api.ways()).toEqual({ ok: true, ways: ['password', 'passkey'] });
  expect(await api.show(typed)).toEqual({ ok: false, why: 'wrong' });
  expect(await api.show(typed)).toEqual({ ok: false, why: { waitMs: 4_000 } });
  expect(await api.show(typed)).toEqual({ ok: false, why: 'over' });
  expect(await api.show(typed)).toEqual({ ok: false, why: 'unreachable' });
  expect(told).toEqual([null, null, null, null]);
  expect(await api.show(typed)).toEqual({ ok: true });
  expect(told.at(-1)).toEqual({ binding: 'b2', leftMs: 9 });
  expect(asked.slice(0, 2)).toEqual([
    ['/api/step-up', 'GET', undefined],
    ['/api/step-up/password', 'POST', '{"password":"p","code":"1"}'],
  ]);
});

test('[G15] what needs it once she left where she pressed asks nothing and is not done; what she asks for from there is', async () => {
  const { view, stepUp } = shownOver();
  let answers: (what: 'step_up') => void = () => undefined;
  const ask = vi.fn<() => Promise<'done' | 'step_up'>>(() => new Promise((resolve) => (answers = resolve)));
  const late = stepUp.with(ask);
  stepUp.leave();
  const ours = stepUp.with(door());
  await screen.findByRole('dialog');
  answers('step_up');
  expect([await late, ask.mock.calls.length]).toEqual(['given_up', 1]);
  await press(words.show.passkey);
  expect(await ours).toBe('done');

  // and what was asked when its page went waits unseen for nobody
  const [asked, coming] = [stepUp.with(door()), stepUp.with(ask)];
  await screen.findByRole('dialog');
  view.unmount();
  expect([await asked, stepUp.asked.peek()]).toEqual(['given_up', null]);
  answers('step_up');
  expect([await coming, stepUp.asked.peek()]).toEqual(['given_up', null]);
});
