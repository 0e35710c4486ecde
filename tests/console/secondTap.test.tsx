import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as timing from '@clbchat/shared/client/timing';
import { Firm } from '../../console/src/ui/Firm.tsx';
import { fakeDesk, fakeTalk } from './fakeDesk.ts';
import { pressFirm, showConsole, tidyUp } from './screen.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  tidyUp();
  cleanup();
});
const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

test('[D20] a button that cannot be taken back is deaf for 400 ms, says so, and keeps the focus', async () => {
  const pressed = vi.fn();
  render(<Firm onClick={pressed}>Rond af</Firm>);
  const button = screen.getByRole('button');
  button.focus();
  fireEvent.click(button);
  await pass(timing.secondTapMs - 1);
  fireEvent.click(button);
  expect(pressed).not.toHaveBeenCalled();
  expect(button.getAttribute('aria-disabled')).toBe('true');
  await pass(1);
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute('aria-disabled')).toBe('false');
  fireEvent.click(button);
  expect(pressed).toHaveBeenCalledOnce();
});

test('[D20] such are accepting and refusing, ending, wiping and signing out; and not what goes back', async () => {
  vi.useRealTimers();
  const fox = fakeTalk('fox', { nick: 'Vos' });
  const { view, desk, open } = await showConsole(fakeDesk());
  const isDeaf = async (name: string | RegExp) => {
    const button = await view.findByRole('button', { name });
    fireEvent.click(button);
    return button.getAttribute('aria-disabled') === 'true';
  };
  desk.rings.value = [
    { offerNo: 4, role: 'parent', topic: 'health', lang: 'nl', waitedMs: 0, leftMs: 30_000, receivedMs: 1_000_000 },
  ];
  expect([await isDeaf('Neem aan'), await isDeaf('Nu niet')]).toEqual([true, true]);
  const row = { ticket: 7, role: 'pupil', topic: 'health', lang: 'nl', waitedMs: 0, away: false } as const;
  desk.queue.value = [{ ...row, unanswered: false, ringing: false, receivedMs: 1_000_000 }];
  expect(await isDeaf(/^Neem leerling/)).toBe(true);
  const hidden = () => view.container.querySelector('.next')?.getAttribute('aria-disabled');
  await vi.waitFor(() => expect(hidden()).toBe('false'));
  desk.rings.value = [];
  expect(await isDeaf(/^Neem de volgende/), 'where the ring was').toBe(true);
  expect(desk.calls).toEqual([]);
  desk.talks.value = [fox];
  open('fox');
  fireEvent.click(await view.findByRole('button', { name: 'Afronden' }));
  expect(await isDeaf('Rond af')).toBe(true);
  const answers = [...document.querySelectorAll('.dialog-actions button')].map(({ textContent }) => textContent);
  expect(answers).toEqual(['Rond af', 'Terug naar het gesprek']);
  expect(await isDeaf('Terug naar het gesprek')).toBe(false);
  expect(fox.stage.value.is).toBe('talking');
  fireEvent.click(await view.findByRole('button', { name: 'Afronden' }));
  await pressFirm(await view.findByRole('button', { name: 'Rond af' }));
  expect(await isDeaf('Haal uit mijn lijst')).toBe(true);
  fireEvent.click(view.getByRole('button', { name: /^Jouw profiel/ }));
  expect(await isDeaf('Meld af')).toBe(true);
  expect(desk.calls.map(([what]) => what)).not.toContain('signOut');
});

test('[D20] "Ik ben klaar" is deaf where "Even weg" stood a moment ago', async () => {
  vi.useRealTimers();
  const { view, desk } = await showConsole(fakeDesk());
  const fox = fakeTalk('fox', { nick: 'Vos' });
  desk.talks.value = [fox];
  await view.findByText('Kies een gesprek');
  const last = () => [...view.container.querySelectorAll('.quiet-actions button')].at(-1)!;
  expect(last().textContent).toContain('Even weg');
  void act(() => {
    fox.stage.value = { is: 'ended', reason: 'visitor_left' };
    desk.status.value = 'wrap-up';
  });
  expect(last().textContent).toContain('Ik ben klaar');
  fireEvent.click(last());
  expect(desk.calls).toEqual([]);
});

test('[D20] two taps at one place take one child, though the list moved up between them', async () => {
  vi.useRealTimers();
  const { desk, time, workspace } = await showConsole(fakeDesk());
  await Promise.all([workspace.take(1), workspace.take(2), workspace.takeNext()]);
  expect(desk.calls).toEqual([['take', 1]]);
  time.pass(timing.secondTapMs);
  await workspace.take(2);
  expect(desk.calls).toEqual([
    ['take', 1],
    ['take', 2],
  ]);
});
