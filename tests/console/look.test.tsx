import { fireEvent, waitFor, within } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import type { Desk } from '@clbchat/shared/client/views';
import { fakeDesk, fakeTalk, type FakeTalk } from './fakeDesk.ts';
import { pressFirm, showConsole, textOf, tidyUp } from './screen.tsx';

afterEach(tidyUp);

const says = (text: string, atMs: number, from: 'me' | 'them' = 'them') => ({
  ...{ key: `${text}${atMs}`, from, atMs, is: 'text' as const, text, state: 'sent' as const },
});
const queued = (more: Partial<Desk['queue']['value'][number]> = {}): Desk['queue']['value'][number] => ({
  ...{ ticket: 1, role: 'pupil', topic: 'learning', lang: 'nl', waitedMs: 20_000 },
  ...{ away: false, unanswered: false, ringing: false, receivedMs: 1_000 },
  ...more,
});

async function holding(...talks: FakeTalk[]) {
  const desk = fakeDesk();
  desk.talks.value = talks;
  desk.slots.value = 3;
  return showConsole(desk);
}
const rowsOf = (container: Element) => [...container.querySelectorAll('.talk-row')];

test('[D25] what is over says who it was, when it ended and after how long, and no clock runs on', async () => {
  const fox = fakeTalk('fox', { nick: 'Vos' });
  const { view, desk, time, open, workspace } = await holding(fox);
  open('fox');
  time.pass(19 * 60_000);
  const endedMs = time.clock.nowMs();
  Object.assign(fox, { startedMs: endedMs - 19 * 60_000 });
  fox.nick.value = '';
  fox.stage.value = { is: 'ended', reason: 'quick_exit' };
  const over = await view.findByRole('group', { name: 'De leerling koos Snel weg.' });
  const at = new Date(endedMs).toTimeString().slice(0, 5);
  time.pass(5 * 60_000);
  desk.talks.value = [...desk.talks.value];
  expect(workspace.overMs.value.get(fox.visitId)).toBe(endedMs);
  expect(textOf(over)).toContain(`Om ${at}, na 19 min.De tekst is gewist.`);
  expect(textOf(rowsOf(view.container)[0]!)).toContain('Leerling · Welzijn');
  expect(textOf(rowsOf(view.container)[0]!)).toContain(`${at} · 19 min`);
  expect(view.container.querySelector('.chat-title')?.textContent).toContain('19 min');
});

test('[D25] "Ik ben klaar" is one errand: it takes away all that is over, but no text that stands nowhere else', async () => {
  const [fox, owl, bear] = [fakeTalk('fox'), fakeTalk('owl'), fakeTalk('bear', { items: [says('nog te lezen', 5)] })];
  const { view, desk, open } = await holding(fox, owl, bear);
  desk.status.value = 'wrap-up';
  fox.stage.value = { is: 'ended', reason: 'visitor_left' };
  owl.stage.value = { is: 'ended', reason: 'silence' };
  bear.stage.value = { is: 'ended', reason: 'lost' };
  open('fox');
  const over = await view.findByRole('group', { name: 'De leerling stopte de chat.' });
  expect(within(over).getByRole('button', { name: 'Even weg' })).not.toBeNull();
  await pressFirm(within(over).getByRole('button', { name: 'Ik ben klaar' }));
  await waitFor(() => expect(desk.status.value).toBe('available'));
  expect(desk.calls).toEqual([
    ['dismiss', 'fox'],
    ['dismiss', 'owl'],
    ['setStatus', 'available'],
  ]);
});

test('[D25] while others still talk it is said that nobody new comes, and that they go on', async () => {
  const [fox, owl, bear] = [fakeTalk('fox'), fakeTalk('owl'), fakeTalk('bear')];
  const { view, desk, open } = await holding(fox, owl, bear);
  desk.status.value = 'wrap-up';
  fox.stage.value = { is: 'ended', reason: 'visitor_left' };
  open('fox');
  await view.findByText('Nazorg: je krijgt niemand nieuw, je 2 gesprekken gaan door.');
});

test('[D26] who is full reads it before pressing, and nothing calls out to take one more', async () => {
  const { view, desk } = await holding(fakeTalk('a'), fakeTalk('b'), fakeTalk('c'));
  desk.queue.value = [queued()];
  await view.findByText('Je zit vol (3 van 3).');
  expect(view.getByRole('button', { name: /^Neem de volgende/ }).className).not.toContain('button-primary');
  expect(view.getByRole('button', { name: /^Neem leerling/ }).className).not.toContain('button-secondary');
  await view.findByRole('button', { name: 'Jouw status: Beschikbaar · vol' });
  desk.talks.value = desk.talks.value.slice(1);
  await waitFor(() => expect(view.queryByText(/Je zit vol/)).toBeNull());
});

test('[D27] while it rings here one button takes the visitor, the row says where it rings, and it is not quiet', async () => {
  const { view, desk, time } = await showConsole();
  const receivedMs = time.clock.nowMs();
  const asks = { role: 'pupil', topic: 'learning', lang: 'nl', waitedMs: 20_000, receivedMs } as const;
  desk.queue.value = [
    queued({ ...asks, ringing: true }),
    queued({ ...asks, ticket: 2, waitedMs: 90_000, ringing: true }),
  ];
  desk.rings.value = [{ ...asks, offerNo: 4, leftMs: 30_000, receivedMs: receivedMs + 400 }];
  await view.findByText('rinkelt bij jou');
  await view.findByText('rinkelt bij een collega');
  await view.findByRole('heading', { name: 'Er staat iemand klaar.' });
  await view.findByText('nog 30 s');
  expect(view.getAllByRole('button', { name: /^Neem leerling/ })).toHaveLength(1);
  expect(view.queryByRole('button', { name: /^Neem de volgende/ })).toBeNull();
});

test('[D28] two people without a name are two people, in the list, above the field and after a name came', async () => {
  const [one, two, owl] = [fakeTalk('one'), fakeTalk('two'), fakeTalk('owl', { nick: 'Uil' })];
  const mother = fakeTalk('mother', { role: 'parent' });
  const { view, open } = await holding(one, owl, two, mother);
  const names = () => [...view.container.querySelectorAll('.talk-name')].map((name) => name.textContent);
  await waitFor(() => expect(names()).toEqual(['Leerling 1', 'Uil', 'Leerling 2', 'Ouder 1']));
  open('two');
  await view.findByRole('textbox', { name: 'Bericht aan Leerling 2' });
});

test('[D29] whose turn it is shows at the edge of the row, who writes is told in colour, and a draft beside it', async () => {
  const [fox, owl] = [fakeTalk('fox', { nick: 'Vos' }), fakeTalk('owl', { nick: 'Uil' })];
  const { view, time, workspace } = await holding(fox, owl);
  fox.items.value = [says('ben je daar', time.clock.nowMs())];
  owl.items.value = [says('dag', time.clock.nowMs(), 'me')];
  workspace.drafts.write(fox.visitId, 'half');
  const [first, second] = rowsOf(view.container);
  await waitFor(() => expect(first?.classList.contains('waits')).toBe(true));
  expect(second?.classList.contains('waits')).toBe(false);
  expect(textOf(first!)).toMatch(/wacht al 0:00 op jou.*klad/);
  time.pass(130_000);
  await waitFor(() => expect(first?.classList.contains('late-row')).toBe(true));
  owl.typing.value = true;
  await waitFor(() => expect(second?.querySelector('.types')?.textContent).toContain('typt…'));
});

test('[D29] nobody is seen to write on a line that is dead', async () => {
  const fox = fakeTalk('fox', { nick: 'Vos' });
  const { view, desk, open, time } = await holding(fox);
  open('fox');
  fox.typing.value = true;
  await view.findByText('Vos typt…');
  desk.connection.value = { is: 'lost', sinceMs: time.clock.nowMs() };
  await waitFor(() => expect(view.container.textContent).not.toContain('typt…'));
});

test('[D10] words for whom was just accepted, or after one who is gone, are not held back', async () => {
  const [fox, tiger] = [fakeTalk('fox', { nick: 'Vos' }), fakeTalk('tiger', { nick: 'Tijger' })];
  const { view, desk, open, workspace } = await holding(fox);
  const enter = (text: string) => {
    const box = view.container.querySelector<HTMLTextAreaElement>('.composer-form textarea')!;
    fireEvent.input(box, { target: { value: text } });
    fireEvent.keyDown(box, { key: 'Enter' });
  };
  open('fox');
  desk.accept = () => {
    desk.talks.value = [...desk.talks.value, tiger];
    return Promise.resolve({ ok: true, value: tiger.visitId });
  };
  await workspace.accept(1);
  await view.findByRole('textbox', { name: 'Bericht aan Tijger' });
  enter('dag Tijger');
  expect(tiger.sent).toEqual(['dag Tijger']);

  open('fox');
  fox.stage.value = { is: 'ended', reason: 'visitor_left' };
  open('tiger');
  await view.findByRole('textbox', { name: 'Bericht aan Tijger' });
  enter('en verder');
  expect(tiger.sent).toEqual(['dag Tijger', 'en verder']);
});

test('[D30] the quiet screen tells how many conversations there were', async () => {
  const fox = fakeTalk('fox');
  const { view, desk } = await holding(fox);
  fox.stage.value = { is: 'ended', reason: 'visitor_left' };
  desk.talks.value = [];
  await view.findByText('1 gesprek vandaag.');
});
