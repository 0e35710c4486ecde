import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { certEnded } from '../../console/src/model/certEnd.ts';
import { asTimeOfDay } from '../../console/src/model/times.ts';
import { createSession, type Person, type SessionPorts } from '../../console/src/model/session.ts';
import { CertificateNotice } from '../../console/src/ui/CertificateNotice.tsx';
import { fakeDesk, fakeTalk } from './fakeDesk.ts';
import { showConsole } from './screen.tsx';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(cleanup);
const DAY_MS = 86_400_000;

test('[O28 O45] says from five days before that the certificate ends, and that nobody new comes once it has', async () => {
  const certEndsMs = signal<number | null>(null);
  const clock = signal(0);
  const isEnded = certEnded({ certEndsMs }, clock);
  const onAgain = vi.fn(async () => false);
  const notice = (holds: boolean) => (
    <CertificateNotice session={{ certEndsMs }} isEnded={isEnded} clock={clock} holds={holds} onAgain={onAgain} />
  );
  const { container, rerender, queryByRole, getByRole } = render(notice(true));
  expect(container.textContent).toBe('');
  certEndsMs.value = 5 * DAY_MS + 1;
  expect(container.textContent).toBe('');
  clock.value = 1;
  await waitFor(() => expect(container.textContent).toContain('loopt nog 5 dagen'));
  clock.value = 4 * DAY_MS;
  await waitFor(() => expect(container.textContent).toContain('loopt nog 2 dagen'));
  // the last day is told by its hour: who reads it at noon goes home after it
  const ends = asTimeOfDay(5 * DAY_MS + 1);
  clock.value = 4 * DAY_MS + 1;
  await waitFor(() => expect(container.textContent).toContain(`loopt morgen af, om ${ends}.`));
  clock.value = 5 * DAY_MS - 50_000;
  certEndsMs.value = clock.value + 1_000; // the same day, wherever this runs
  await waitFor(() =>
    expect(container.textContent).toContain(`loopt vandaag af, om ${asTimeOfDay(certEndsMs.value!)}.`),
  );
  certEndsMs.value = 5 * DAY_MS + 1;
  clock.value = 5 * DAY_MS + 1;
  await waitFor(() => expect(container.textContent).toContain('Je gesprek gaat door, er komt niemand bij.'));
  expect(queryByRole('button')).toBeNull();
  rerender(notice(false));
  expect(container.textContent).not.toContain('Je gesprek gaat door');
  expect(container.textContent).toContain('Je krijgt hier niemand meer.');
  fireEvent.click(getByRole('button', { name: 'Naar de aanvraag van deze computer' }));
  expect(onAgain).toHaveBeenCalledTimes(1);
  await waitFor(() => expect(container.textContent).toContain('De server antwoordt niet.'));
  onAgain.mockResolvedValueOnce(true);
  fireEvent.click(getByRole('button', { name: 'Naar de aanvraag van deze computer' }));
  await waitFor(() => expect(container.textContent).not.toContain('De server antwoordt niet.'));
});

test('[O68] once she holds nobody where the certificate ended she is on a break, takes nobody, and reads what helps', async () => {
  const desk = fakeDesk();
  desk.queue.value = [
    {
      ...{ ticket: 1, role: 'pupil', topic: 'learning', lang: 'nl' },
      waitedMs: 0,
      away: false,
      unanswered: false,
      ringing: false,
      receivedMs: 0,
    },
  ];
  desk.talks.value = [fakeTalk('a', { nick: 'Robin' })];
  const shown = await showConsole(desk);
  const { certEndsMs, time } = shown;
  const take = () => screen.queryAllByRole('button', { name: /^Neem/ });
  expect(take().length).toBeGreaterThan(0);
  certEndsMs.value = time.clock.nowMs() + 1_000;
  time.pass(1_000);
  await waitFor(() => expect(take()).toEqual([]));
  expect(desk.calls).toEqual([]); // her conversation goes on
  await screen.findByText(/Je gesprek gaat door, er komt niemand bij\./);
  desk.talks.value = [];
  await waitFor(() => expect(desk.calls).toEqual([['setStatus', 'paused']]));
  await screen.findByText(/Je krijgt hier niemand meer\./);
  await screen.findByText('Hier komt niemand meer bij. Vraag deze computer bovenaan opnieuw aan.');
  expect(document.body.textContent).not.toContain('De volgende bezoeker verschijnt hier');
  desk.status.value = 'paused';
  fireEvent.click(screen.getByRole('button', { name: /^Jouw status/ }));
  const available = await screen.findByRole('menuitemradio', { name: /^Beschikbaar/ });
  expect([available.getAttribute('aria-disabled'), available.textContent]).toEqual([
    'true',
    'Beschikbaarvraag deze computer eerst opnieuw aan',
  ]);
  desk.status.value = 'available'; // she was ready after her last conversation
  await waitFor(() => expect(desk.calls).toHaveLength(2));
});

test('[O68] who was put on a break by that end is available again once it was renewed, and nobody else is', async () => {
  const desk = fakeDesk();
  const { certEndsMs, time } = await showConsole(desk);
  const ends = () => {
    certEndsMs.value = time.clock.nowMs() + 1_000;
    time.pass(1_000);
    return screen.findByText(/Je krijgt hier niemand meer\./);
  };
  const renewed = () => {
    certEndsMs.value = time.clock.nowMs() + 14 * DAY_MS;
    return waitFor(() => expect(screen.queryByText(/Je krijgt hier niemand meer\./)).toBeNull());
  };
  await ends();
  await waitFor(() => expect(desk.calls).toEqual([['setStatus', 'paused']]));
  await waitFor(() => expect(desk.status.value).toBe('paused'));
  await renewed();
  await waitFor(() => expect(desk.calls.at(-1)).toEqual(['setStatus', 'available']));
  desk.status.value = 'paused'; // by herself
  const before = desk.calls.length;
  await ends();
  await renewed();
  expect(desk.calls).toHaveLength(before);
});

test('[O68] it makes nobody available who went offline meanwhile, and whom another window took the seat from once she has it again', async () => {
  const desk = fakeDesk();
  const { certEndsMs, time } = await showConsole(desk);
  const ends = async () => {
    certEndsMs.value = time.clock.nowMs() + 1_000;
    time.pass(1_000);
    await waitFor(() => expect(desk.status.value).toBe('paused'));
  };
  const renewed = () => void (certEndsMs.value = time.clock.nowMs() + 14 * DAY_MS);
  await ends();
  desk.status.value = 'offline';
  renewed();
  expect(desk.calls).toEqual([['setStatus', 'paused']]);
  desk.status.value = 'available';
  await ends();
  desk.view.value = { is: 'replaced' };
  renewed();
  expect(desk.calls.at(-1)).toEqual(['setStatus', 'paused']);
  desk.view.value = { is: 'here' };
  await waitFor(() => expect(desk.calls.at(-1)).toEqual(['setStatus', 'available']));
});

test('[O68] nor does a key choose *Beschikbaar* where the certificate ended, or take somebody', async () => {
  const desk = fakeDesk();
  desk.talks.value = [fakeTalk('a', { nick: 'Robin' })];
  const { certEndsMs, time } = await showConsole(desk);
  const alt = (code: string) => {
    const press = new KeyboardEvent('keydown', { code, altKey: true, bubbles: true });
    Object.defineProperty(press, 'getModifierState', { value: () => false });
    document.body.dispatchEvent(press);
  };
  certEndsMs.value = time.clock.nowMs() + 1_000;
  time.pass(1_000);
  await screen.findByText(/Je gesprek gaat door/);
  alt('KeyM');
  await waitFor(() => expect(desk.status.value).toBe('paused')); // a break is hers to choose
  const before = [...desk.calls];
  alt('KeyM');
  alt('KeyN');
  expect(desk.calls).toEqual(before);
});

test('[O29] a renewed certificate is the one of the next proof, at the same seat; the same one changes nothing', async () => {
  const desk = fakeDesk();
  let chainOf: () => string = () => '';
  const person: Person = {
    ...{ who: 'a', account: 'a', name: 'Lien', site: 'CLB', chain: 'old', binding: 'b', roles: ['counsellor'] },
    ...{ deviceKey: {} as CryptoKey, endsMs: null, certEndsMs: 1 },
  };
  const bindings: (string | null)[] = [];
  const ports: SessionPorts = {
    remembered: async () => person,
    signIn: async () => ({ ok: false, why: 'refused' }),
    renew: async () => null,
    roles: async () => person.roles,
    signOut: async () => undefined,
    lock: async () => true,
    openDesk(_person, chain) {
      chainOf = chain;
      return { ...desk, renew: async (next) => void bindings.push(await next) };
    },
  };
  const session = createSession(ports);
  await session.start();
  expect([chainOf(), session.certEndsMs.value]).toEqual(['old', 1]);
  await session.certified('old', 1);
  expect(bindings).toEqual([]);
  await session.certified('new', 2);
  expect([chainOf(), session.certEndsMs.value, bindings]).toEqual(['new', 2, ['b']]);
});
