import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { createStepUp, type ShowsAgain } from '../../console/src/model/stepUp.ts';
import { StepUpDialog } from '../../console/src/ui/StepUpDialog.tsx';
import { stepUp as words } from '../../console/src/words/stepUp.ts';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(cleanup);

function opened(show: ShowsAgain['show'] = async () => ({ ok: true }), by: ShowsAgain['by'] = 'passkey') {
  const stepUp = createStepUp({ by, show });
  render(<StepUpDialog stepUp={stepUp} />);
  return stepUp;
}
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));
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
