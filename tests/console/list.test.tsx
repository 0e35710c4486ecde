import { fireEvent, waitFor, within } from '@testing-library/preact';
import * as timing from '@clbchat/shared/client/timing';
import { afterEach, expect, test } from 'vitest';
import { fakeDesk, fakeTalk } from './fakeDesk.ts';
import { pressFirm, showConsole, textOf, tidyUp } from './screen.tsx';

afterEach(tidyUp);

const waiting = (ticket: number, waitedMs: number, receivedMs: number) => ({
  ticket,
  role: 'pupil' as const,
  topic: 'learning' as const,
  lang: 'tr' as const,
  waitedMs,
  away: false,
  unanswered: false,
  ringing: false,
  receivedMs,
});
const says = (text: string, atMs: number, from: 'me' | 'them' = 'them') => ({
  key: `${atMs}`,
  from,
  atMs,
  is: 'text' as const,
  text,
  state: 'sent' as const,
});

test('[D6] waits run on by themselves and say in a word when they are long', async () => {
  const { view, desk, time } = await showConsole();
  const nowMs = time.clock.nowMs();
  desk.queue.value = [waiting(1, 290_000, nowMs), waiting(2, 5_000, nowMs)];
  const first = (await view.findAllByRole('listitem'))[0]!;
  expect(textOf(first)).toMatch(/Leerling.*TR.*4:50/);
  expect(textOf(first)).not.toContain('lang');
  time.pass(12_000);
  await waitFor(() => expect(textOf(first)).toMatch(/5:02 lang/));
  expect(textOf(view.getByRole('banner'))).toMatch(/Wachtrij 2.*Langste 5 min/);
});

test('[Q7 D6] who owes an answer is not called away', async () => {
  const { view, desk, time } = await showConsole();
  desk.queue.value = [{ ...waiting(1, 0, time.clock.nowMs()), unanswered: true }];
  const row = (await view.findAllByRole('listitem'))[0]!;
  expect(textOf(row)).toContain('moet nog antwoorden');
  expect(textOf(row)).not.toContain('even weg');
});

test('[D6] taking from the queue always can be tried, and a refusal is a sentence', async () => {
  const { view, desk, time } = await showConsole();
  desk.queue.value = [waiting(9, 0, time.clock.nowMs())];
  desk.refuse = 'no_slot';
  await pressFirm(await view.findByRole('button', { name: /^Neem de volgende/ }));
  await view.findByText(/Je zit vol/);
  desk.refuse = 'taken';
  time.pass(timing.secondTapMs);
  await pressFirm(view.getByRole('button', { name: 'Neem leerling, Leren en studeren, wacht 0:00' }));
  await view.findByText('Een collega was net sneller.');
  expect(desk.calls).toEqual([
    ['take', 'next'],
    ['take', 9],
  ]);
});

test('[D7] own conversations stand in the order of acceptance, whatever happens in them', async () => {
  const desk = fakeDesk();
  const [a, b] = [fakeTalk('a', { nick: 'Appel' }), fakeTalk('b', { nick: 'Beer' })];
  desk.talks.value = [a, b];
  const { view } = await showConsole(desk);
  const names = () => [...view.container.querySelectorAll('.talk-name')].map((one) => one.textContent);
  b.items.value = [says('hallo', 5)];
  b.unread.value = 3;
  await view.findByText('hallo');
  expect(names()).toEqual(['Appel', 'Beer']);
});

test('[D7] an unanswered message says how long somebody waits for an answer', async () => {
  const desk = fakeDesk();
  const fox = fakeTalk('fox', { nick: 'Vos', startedMs: 1_000_000 });
  desk.talks.value = [fox];
  const { view, time } = await showConsole(desk);
  fox.items.value = [says('ben je daar', time.clock.nowMs())];
  time.pass(130_000);
  await view.findByRole('button', { name: 'Vos, leerling, wacht al 2 minuten op jou' });
  await view.findByText('wacht al 2:10 op jou');
  expect(view.container.querySelector('.talk-state.late')).not.toBeNull();
  fox.items.value = [...fox.items.value, says('ja', time.clock.nowMs(), 'me')];
  await view.findByText('2 min bezig');
  fox.typing.value = true;
  await view.findByText('typt… · 2 min bezig');
});

test('[D16] the status is told by shape and word; offline waits until nobody is held', async () => {
  const desk = fakeDesk();
  desk.talks.value = [fakeTalk('fox')];
  desk.slots.value = 3;
  const { view } = await showConsole(desk);
  fireEvent.click(await view.findByRole('button', { name: 'Jouw status: Beschikbaar' }));
  const offline = await view.findByRole('menuitemradio', { name: /Offline Rond eerst je gesprek af/ });
  fireEvent.click(offline);
  expect(desk.calls).toEqual([]);
  fireEvent.click(view.getByRole('menuitemradio', { name: '2' }));
  fireEvent.click(await view.findByRole('button', { name: 'Jouw status: Beschikbaar' }));
  fireEvent.click(await view.findByRole('menuitemradio', { name: /Even weg/ }));
  const button = await view.findByRole('button', { name: 'Jouw status: Even weg' });
  expect(button.querySelector('.shape')?.className).toBe('shape shape-paused');
  expect(desk.calls).toEqual([
    ['setSlots', 2],
    ['setStatus', 'paused'],
  ]);
});

test('[D16] after a conversation the counsellor says when she is ready', async () => {
  const desk = fakeDesk();
  desk.status.value = 'wrap-up';
  const { view } = await showConsole(desk);
  await view.findByRole('button', { name: 'Jouw status: Nazorg' });
  const bar = within(view.getByRole('banner'));
  await pressFirm(bar.getByRole('button', { name: 'Ik ben klaar' }));
  await view.findByRole('button', { name: 'Jouw status: Beschikbaar' });
});

test('[D3] at another device, or replaced here, one takes over knowingly', async () => {
  const desk = fakeDesk();
  desk.view.value = { is: 'elsewhere' };
  const { view } = await showConsole(desk);
  await view.findByText('Je bent aangemeld op een ander toestel.');
  expect(desk.calls).toEqual([]);
  fireEvent.click(view.getByRole('button', { name: 'Ga hier verder' }));
  expect(desk.calls).toEqual([['enter', { takeOver: true }]]);
  desk.view.value = { is: 'replaced' };
  await view.findByText('Je werkt verder in een ander venster');
});

test('[D1] every screen of the demonstration says demo', async () => {
  const { view, desk, time } = await showConsole();
  for (const state of ['here', 'lost', 'replaced', 'entering'] as const) {
    if (state === 'lost') desk.connection.value = { is: 'lost', sinceMs: time.clock.nowMs() };
    else desk.view.value = { is: state };
    await waitFor(() => expect(view.container.querySelectorAll('.chip-demo')).toHaveLength(1));
  }
});

test.each(['paused', 'wrap-up', 'offline', 'full'] as const)(
  '[D19] who is %s is not promised a sound: nobody can ring there',
  async (what) => {
    const { view, desk } = await showConsole(fakeDesk());
    await view.findByText(/Je hoort een geluidje/);
    if (what === 'full') desk.talks.value = [fakeTalk('fox', { nick: 'Vos' })];
    else desk.status.value = what;
    await waitFor(() => expect(textOf(view.container)).not.toContain('Je hoort een geluidje'));
    expect(textOf(view.container)).toContain('Niemand wacht.');
  },
);

test('[D28] the same visitor, handed out again, keeps its number', async () => {
  const { view, desk } = await showConsole(fakeDesk());
  const names = () => [...view.container.querySelectorAll('.talk-name')].map(textOf);
  desk.talks.value = [fakeTalk('fox'), fakeTalk('bear')];
  await waitFor(() => expect(names()).toHaveLength(2));
  const before = names();
  desk.talks.value = [fakeTalk('bear'), fakeTalk('fox')];
  await waitFor(() => expect(names()).toEqual(before.toReversed()));
});
