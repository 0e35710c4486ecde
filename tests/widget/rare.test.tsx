import { act, screen } from '@testing-library/preact';
import { expect, test, vi } from 'vitest';
import { pages } from '../../widget/src/rare.ts';
import { fakeVisitor, lien, samir, text, waiting } from './fakeVisitor.ts';
import { button, heading, now, onScreen, page, press, show, showIntro, stops, settle } from './screen.tsx';

onScreen();

/** The first try fails. */
function network() {
  let tries = 0;
  return {
    fetchRare: () => (tries++ === 0 ? Promise.reject(new Error('offline')) : Promise.resolve(pages)),
    tries: () => tries,
  };
}
const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

test('[W30] what anonymous means comes when asked for; until then there is a way back, and it is asked for again', async () => {
  vi.useFakeTimers();
  const { fetchRare, tries } = network();
  showIntro(fakeVisitor(), { fetchRare });
  expect(tries()).toBe(0);
  press('Wat betekent anoniem precies?');
  await pass(100);
  expect(heading()).toBe('Wat betekent anoniem?');
  expect(page()).not.toContain('Wat wij niet weten');
  expect(button('Terug')).toBeDefined();
  await pass(5_000);
  expect(tries()).toBe(2);
  expect(page()).toContain('Wat wij niet weten');
});

test('[W30] what one may do while waiting, too: the way out and the way back never wait for it', async () => {
  vi.useFakeTimers();
  const { fetchRare, tries } = network();
  show(fakeVisitor(waiting()), { fetchRare });
  press(/Adem rustig/);
  await pass(100);
  expect(page()).toContain('Even geduld');
  expect(stops()[0]).toMatch(/^Snel weg/);
  press('Terug naar de wachtrij');
  expect(heading()).toBe('Je staat in de wachtrij.');
  press(/Adem rustig/);
  await pass(5_000);
  expect(tries()).toBe(2);
  expect(heading()).toBe('Adem rustig mee.');
});

test('[W30] all that may follow on the start of a visit came with it: nothing is fetched in the middle of one', () => {
  const fetchRare = vi.fn(() => Promise.resolve(pages));
  const { fake, minimised } = show(fakeVisitor(waiting({ ahead: 0, front: 'visitor_away' })), { fetchRare });
  expect(page()).toContain('Je was even weg.');
  press(/Schrijf je vraag al op/);
  expect(heading()).toBe('Schrijf je vraag al op.');
  now(() => (fake.view.value = { is: 'talking', peer: lien }));
  now(() => (fake.talk.items.value = [text('them', 'kijk op https://www.clbchat.be')]));
  expect(screen.getByRole('link').getAttribute('href')).toBe('https://www.clbchat.be');
  now(() => (fake.idleLeftMs.value = 120_000));
  expect(page()).toContain('De chat stopt over 2 minuten.');
  now(() => (minimised.value = true));
  expect(button(/Terug naar je chat/)).toBeDefined();
  now(() => (minimised.value = false));
  now(() => (fake.view.value = { is: 'choosing', peer: samir, before: lien }));
  expect(heading()).toBe('Wil je verder met Samir?');
  now(() => (fake.view.value = { is: 'elsewhere' }));
  expect(heading()).toBe('Je chat staat open in een ander tabblad.');
  now(() => (fake.view.value = { is: 'ended', reason: 'counsellor_ended', talked: true }));
  expect(heading()).toBe('Bedankt om te chatten.');
  expect(fetchRare).not.toHaveBeenCalled();
});

test('[W33] who has come back at another computer reads back there after one tap, and a "nee" is as near', () => {
  const asks = { is: 'talking', peer: lien, asksHistory: true } as const;
  vi.useFakeTimers();
  const { fake } = show(fakeVisitor(asks));
  settle();
  expect(page()).toContain('Lien zit op een ander toestel. Mag Lien ook daar alles lezen?');
  press('Nee, Lien leest niets terug');
  press('Ja, Lien mag alles lezen');
  expect(fake.asked.slice(-2)).toEqual(['choose:none', 'choose:all']);
  now(() => (fake.view.value = { is: 'talking', peer: lien }));
  expect(page()).not.toContain('ander toestel');
});
