import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import {
  createEnrolment,
  standing,
  stateOf,
  type EnrolmentPorts,
  type Found,
  type Opens,
} from '../../console/src/model/enrolment.ts';
import { Enrolling, OwnComputers, type EnrollingProps } from '../../console/src/ui/signin/Enrolling.tsx';
import { afterEach, expect, test, vi } from 'vitest';
import { pressFirm } from './screen.tsx';

afterEach(cleanup);

const DAY_MS = 86_400_000;
const GROUPS = ['00001', '00002', '00003', '00004', '00005', '00006', '00007', '00008'];
const found = (more: Partial<Found> = {}): Found => ({
  ...{ is: 'none', id: null, fingerprint: null, others: [], nowMs: 0 },
  ...more,
});
const asking = found({ is: 'asks', id: 'd', fingerprint: GROUPS });

function opened(given: Partial<EnrolmentPorts> = {}, opens: Opens = 'at_once') {
  let tick: () => void = () => undefined;
  const open = vi.fn();
  const wipe = vi.fn<EnrollingProps['wipe']>(async () => 'failed');
  const enrolment = createEnrolment({
    ...{ nowMs: () => 0, isVisible: () => true, open },
    timers: { every: (_ms, run) => ((tick = run), () => (tick = () => undefined)) },
    look: async () => found(),
    ask: async () => asking,
    giveUp: async () => found(),
    ...given,
  });
  render(
    <main>
      <Enrolling enrolment={enrolment} />
      <OwnComputers enrolment={enrolment} wipe={wipe} />
    </main>,
  );
  return { enrolment, open, wipe, tick: () => tick(), start: () => enrolment.start(opens) };
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const alert = (text: string) => waitFor(() => expect(screen.getByRole('alert').textContent).toContain(text));

test('[O24] asks, shows what to read out in eight groups, looks while it is seen, and the desk opens once it is signed', async () => {
  let visible = true;
  const look = vi.fn<EnrolmentPorts['look']>(async () => found());
  const { enrolment, start, tick, open } = opened({ look, isVisible: () => visible });
  await start();
  tick();
  expect(look).toHaveBeenCalledTimes(1); // nothing is waited for
  press('Vraag deze computer aan');
  await screen.findByRole('heading', { name: 'Je aanvraag wacht' });
  const groups = screen.getByRole('list', { name: 'Vingerafdruk van deze computer' }).querySelectorAll('li');
  expect([...groups].map((one) => one.textContent)).toEqual(GROUPS);
  look.mockResolvedValue(asking);
  tick();
  expect(look).toHaveBeenCalledTimes(2);
  await waitFor(() => expect(enrolment.busy.peek()).toBe(false));
  visible = false;
  tick();
  expect(look).toHaveBeenCalledTimes(2);
  visible = true;
  look.mockResolvedValue(found({ ...asking, is: 'signed' }));
  expect(open).not.toHaveBeenCalled();
  await waitFor(() => {
    tick();
    expect(open).toHaveBeenCalledTimes(1);
  });
});

test('[O26] who looks at what is her own stays there, goes to her desk by a press, and gives up another computer', async () => {
  const others = [{ id: 'other', made: '2026-11-20', chain: 'c' }];
  const giveUp = vi.fn<EnrolmentPorts['giveUp']>(async () => found({ ...asking, is: 'signed' }));
  const { start, open } = opened(
    { look: async () => found({ ...asking, is: 'signed', others }), giveUp },
    'once_signed',
  );
  await start();
  expect(open).not.toHaveBeenCalled();
  press('Schrap de computer van 20 november');
  expect(document.activeElement?.textContent).toBe(
    'Schrap je other, ingeschreven op 20 november? Wie er werkt, is meteen weg.',
  );
  press('Nee, terug');
  expect(document.activeElement?.textContent).toBe('Schrap');
  press('Schrap de computer van 20 november');
  expect(giveUp).not.toHaveBeenCalled();
  await pressFirm(screen.getByRole('button', { name: 'Ja, schrap' }));
  await waitFor(() => expect(screen.queryByText('Je computers')).toBeNull());
  expect(giveUp).toHaveBeenCalledWith('other');
  press('Naar de gesprekken');
  expect(open).toHaveBeenCalledTimes(1);
});

test('[O18 O67] a clock that is more than a day wrong asks nothing, and says so; once it is right it asks', async () => {
  let nowMs = DAY_MS + 1;
  const ask = vi.fn<EnrolmentPorts['ask']>(async () => asking);
  const { start, enrolment } = opened({ nowMs: () => nowMs, ask });
  await start();
  await alert('De klok van deze computer staat meer dan een dag verkeerd.');
  expect(screen.queryByRole('button', { name: /^Vraag/ })).toBeNull(); // it may be enrolled already
  press('Kijk opnieuw');
  await waitFor(() => expect(enrolment.busy.peek()).toBe(false));
  await alert('De klok');
  expect(ask).not.toHaveBeenCalled();
  nowMs = DAY_MS;
  press('Kijk opnieuw');
  await waitFor(() => expect(screen.queryByText(/De klok/)).toBeNull());
  press('Vraag deze computer aan');
  await screen.findByRole('heading', { name: 'Je aanvraag wacht' });
});

test.each([
  ['unkept', 'Deze browser kan niets bewaren.'],
  ['asked_too_often', 'Er is te vaak een computer aangevraagd in jouw naam.'],
  ['too_fast', 'Er is net te veel tegelijk gevraagd.'],
  ['taken', 'Deze computer is van een collega.'],
  ['unreachable', 'De server antwoordt niet.'],
] as const)('[O30] %s is one sentence, and she may try again', async (why, says) => {
  const { start } = opened({ ask: async () => why });
  await start();
  press('Vraag deze computer aan');
  await alert(says);
  expect(screen.getByRole('button', { name: 'Vraag deze computer aan' })).toBeTruthy();
});

test('[O26 G49 I19] what this browser keeps goes after a second press, and says where that failed', async () => {
  const { start, wipe } = opened({ look: async () => asking });
  await start();
  press('Verwijder deze computer');
  expect(wipe).not.toHaveBeenCalled();
  await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
  await screen.findByText(/^Dat lukte niet\. Sluit de andere vensters/);
  wipe.mockResolvedValueOnce('holding');
  await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
  await screen.findByText(/^Rond eerst je gesprekken af\./);
  wipe.mockResolvedValueOnce('away');
  await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
  await screen.findByText(/je bent hier nog aangemeld/);
  expect(document.activeElement?.textContent).toBe('Wat deze browser bewaarde, is weg.');
  expect(screen.queryByRole('button', { name: 'Nee, terug' })).toBeNull();
});

test('[O45] the desk of a computer whose certificate ended opens for whom it holds, and for nobody else', () => {
  const here = { id: 'here', endsMs: 10 };
  const stands = (holding: string | null, nowMs: number) => standing(here, { said: { holding }, nowMs });
  expect(stands(null, 9)).toBe('signed');
  expect(stands(null, 10)).toBe('ended');
  expect(stands('another', 10)).toBe('ended');
  expect(stands('here', 10)).toBe('signed');
});

test('[O67] a computer whose signature counts no more opens nothing, whatever time is left: it waits, or is asked for anew', async () => {
  const here = { id: 'here', endsMs: 10 };
  const said = { holding: 'here', waits: ['here'], otherPins: [] };
  expect(standing(here, { said, nowMs: 9 })).toBe('waits');
  expect(standing(here, { said: { ...said, waits: ['another'] }, nowMs: 9 })).toBe('signed');
  expect(standing(here, { said: { ...said, waits: [], otherPins: ['here'] }, nowMs: 9 })).toBe('ended');
  expect(standing(here, { said: null, nowMs: 9 })).toBe('signed'); // nobody said: the seat will
  expect([stateOf('waits', false), stateOf('waits', true)]).toEqual(['waits', 'asks']);
});

test.each(['at_once', 'once_signed', 'never'] as const)(
  '[O67] whose computer waits reads her numbers out, and goes on once it is signed anew: %s',
  async (opens) => {
    const look = vi.fn<EnrolmentPorts['look']>(async () => found({ ...asking, is: 'waits' }));
    const { start, tick, open } = opened({ look }, opens);
    await start();
    await screen.findByRole('heading', { name: 'Deze computer wacht op een nieuwe handtekening' });
    const groups = screen.getByRole('list', { name: 'Vingerafdruk van deze computer' }).querySelectorAll('li');
    expect([...groups].map((one) => one.textContent)).toEqual(GROUPS);
    // and where none may sign it anew, as the centre changed its name, she asks
    expect(screen.getByRole('button', { name: 'Vraag opnieuw aan' })).toBeTruthy();
    expect(document.body.textContent).toContain(
      opens !== 'never' ? 'gaat dan vanzelf verder' : 'Dan kan je hier naar de gesprekken',
    );
    look.mockResolvedValue(found({ ...asking, is: 'signed' }));
    tick();
    await screen.findByRole('button', { name: 'Naar de gesprekken' });
    expect(open).toHaveBeenCalledTimes(opens === 'never' ? 0 : 1);
  },
);

test('[O67] while nobody said how her computer stands nothing is claimed of it, it is asked again, and it can be given up', async () => {
  const look = vi.fn<EnrolmentPorts['look']>(async () => 'unreachable');
  const { start, tick, wipe, enrolment } = opened({ look });
  await start();
  await alert('De server antwoordt niet.');
  expect(screen.queryByRole('button', { name: /^Vraag/ })).toBeNull();
  press('Verwijder deze computer');
  await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
  expect(wipe).toHaveBeenCalledTimes(1);
  press('Kijk opnieuw');
  expect(look).toHaveBeenCalledTimes(2);
  await waitFor(() => expect(enrolment.busy.peek()).toBe(false));
  look.mockResolvedValue(asking);
  tick();
  await screen.findByRole('heading', { name: 'Je aanvraag wacht' });
});

test('[O26 D38] the question has the focus, comes once, and gives it back', async () => {
  const { start, wipe } = opened({ look: async () => asking });
  await start();
  press('Verwijder deze computer');
  expect(document.activeElement?.textContent).toMatch(/^Je kan hier dan niet meer chatten\./);
  press('Nee, terug');
  expect(document.activeElement?.textContent).toBe('Verwijder deze computer');
  let answer: (is: 'failed') => void = () => undefined;
  wipe.mockReturnValueOnce(new Promise((is) => (answer = is)));
  press('Verwijder deze computer');
  const yes = screen.getByRole('button', { name: 'Ja, verwijder' });
  fireEvent.click(yes);
  expect([wipe.mock.calls.length, yes.className]).toEqual([0, 'button button-danger']); // it has only just come
  await pressFirm(yes);
  press('Even wachten…');
  expect(wipe).toHaveBeenCalledTimes(1);
  answer('failed');
  await screen.findByText(/^Dat lukte niet\./);
});

test('[O45] a computer that asks anew waits with its numbers, whatever ended before', () => {
  expect(stateOf('ended', true)).toBe('asks');
  expect(stateOf('ended', false)).toBe('ended');
  expect(stateOf('signed', true)).toBe('signed');
  expect([stateOf(null, true), stateOf(null, false)]).toEqual(['asks', 'none']);
});

test('[O45] who reads that her computer has to be signed again asks for that by one press, and is promised nothing that may not come', async () => {
  const { start } = opened({ look: async () => found({ is: 'ended', id: 'd' }) });
  await start();
  await screen.findByText(
    'De inschrijving van deze computer is afgelopen. Vraag hem opnieuw aan, dan tekent je coördinator hem.',
  );
  press('Vraag opnieuw aan');
  await screen.findByRole('heading', { name: 'Je aanvraag wacht' });
});

test('[O26] a press counts also while the page looks by itself, and what it was answered stays until the next', async () => {
  const others = [{ id: 'old', made: '2026-11-20', chain: 'c' }];
  let answers: () => void = () => undefined;
  const look = vi.fn<EnrolmentPorts['look']>(async () => found({ ...asking, others }));
  const giveUp = vi.fn<EnrolmentPorts['giveUp']>(async () => 'unreachable');
  const { enrolment, start, tick } = opened({ look, giveUp, ask: async () => 'asked_too_often' });
  await start();
  look.mockImplementation(() => new Promise((resolve) => (answers = () => resolve(found({ ...asking, others })))));
  tick(); // on a slow line
  const pressed = enrolment.giveUp('old');
  expect(giveUp).not.toHaveBeenCalled();
  answers();
  expect(await pressed).toBe('unreachable');
  expect([giveUp.mock.calls, enrolment.problem.peek()]).toEqual([[['old']], null]);
  await enrolment.ask();
  expect(enrolment.problem.peek()).toBe('asked_too_often');
  tick();
  answers();
  await waitFor(() => expect(enrolment.busy.peek()).toBe(false));
  expect(enrolment.problem.peek()).toBe('asked_too_often');
  const looks = enrolment.look();
  answers();
  await looks;
  expect(enrolment.problem.peek()).toBeNull();
});

test('[O26 U91 D38] of which computer nobody heard whether it went is said beside its name, and the focus stays near', async () => {
  const others = ['old', 'new'].map((id) => ({ id, made: '2026-11-20', chain: 'c' }));
  const giveUp = vi.fn<EnrolmentPorts['giveUp']>(async () => 'unreachable');
  const { start } = opened({ look: async () => found({ ...asking, is: 'signed', others }), giveUp }, 'never');
  await start();
  const [first] = screen.getAllByRole('button', { name: 'Schrap de computer van 20 november' });
  const [row, other] = screen.getAllByRole('listitem').slice(-2);
  const lost = 'De server antwoordt niet. Misschien kan die computer nog chatten. Probeer opnieuw.';
  fireEvent.click(first!);
  await pressFirm(screen.getByRole('button', { name: 'Ja, schrap' }));
  await waitFor(() => expect(row!.textContent).toContain(lost));
  expect(row!.textContent).toContain('Schrap je old');
  expect([other!.textContent?.includes(lost), screen.getAllByText(lost)]).toEqual([false, [expect.anything()]]);
  press('Nee, terug');
  expect(row!.textContent).toContain(lost); // it is known no better by that
  fireEvent.click(screen.getAllByRole('button', { name: 'Schrap de computer van 20 november' })[0]!);
  expect(row!.textContent).not.toContain(lost);
  giveUp.mockResolvedValueOnce(found({ ...asking, is: 'signed', others: others.slice(1) }));
  screen.getByRole('button', { name: 'Ja, schrap' }).focus();
  await pressFirm(screen.getByRole('button', { name: 'Ja, schrap' }));
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Je computers'));
});

test('[U91] a press while another runs takes nothing away of what was said of its computer', async () => {
  const others = ['old', 'new'].map((id) => ({ id, made: '2026-11-20', chain: 'c' }));
  let fails: () => void = () => undefined;
  const giveUp = vi.fn<EnrolmentPorts['giveUp']>(
    () => new Promise((resolve) => (fails = () => resolve('unreachable'))),
  );
  const { start, enrolment } = opened(
    { look: async () => found({ ...asking, is: 'signed', others }), giveUp },
    'never',
  );
  await start();
  const run = enrolment.giveUp('old');
  expect(await enrolment.giveUp('new')).toBe('busy');
  fails();
  expect([await run, giveUp.mock.calls]).toEqual(['unreachable', [['old']]]);
});
