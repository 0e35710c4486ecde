import { act, screen } from '@testing-library/preact';
import { expect, test, vi } from 'vitest';
import { parts } from '../../widget/src/aside.ts';
import { aside, asideFrom } from '../../widget/src/ui/fromAside.tsx';
import { fakeVisitor, lien, text, waiting } from './fakeVisitor.ts';
import { button, heading, now, onScreen, page, press, show, stops } from './screen.tsx';

onScreen();

test('[W30] it is fetched once a conversation runs, again until it comes, and the way out never waits for it', async () => {
  vi.useFakeTimers();
  const { fake, minimised } = show(fakeVisitor(waiting()));
  let tries = 0;
  asideFrom(() => (tries++ === 0 ? Promise.reject(new Error('offline')) : Promise.resolve({ parts })));
  now(() => (aside.value = null));
  expect(tries).toBe(0);

  now(() => (fake.view.value = { is: 'talking', peer: lien }));
  expect(tries).toBe(1);
  now(() => (fake.talk.items.value = [text('them', 'kijk op https://www.clbchat.be')]));
  expect(page()).toContain('kijk op https://www.clbchat.be');
  expect(screen.queryByRole('link')).toBeNull();
  press('Stop de chat');
  expect(button('Ja, stop de chat')).toBeDefined();
  now(() => (minimised.value = true));
  expect(button(/Chat met het CLB/)).toBeDefined();
  now(() => (minimised.value = false));
  now(() => (fake.view.value = { is: 'ended', reason: 'counsellor_ended', talked: true }));
  expect(page()).toContain('De chat is gestopt');
  expect(stops()[0]).toMatch(/^Snel weg/);

  await act(async () => void (await vi.advanceTimersByTimeAsync(5_000)));
  expect(tries).toBe(2);
  expect(heading()).toBe('Bedankt om te chatten.');
  now(() => (fake.view.value = { is: 'talking', peer: lien }));
  expect(screen.getByRole('link').getAttribute('href')).toBe('https://www.clbchat.be');
});

test('[W33] who has come back at another computer reads back there after one tap, and a "nee" is as near', () => {
  const asks = { is: 'talking', peer: lien, asksHistory: true } as const;
  const { fake } = show(fakeVisitor(asks));
  expect(page()).toContain('Lien zit op een ander toestel. Mag Lien ook daar alles lezen?');
  press('Nee, Lien leest niets terug');
  press('Ja, Lien mag alles lezen');
  expect(fake.asked.slice(-2)).toEqual(['choose:none', 'choose:all']);
  now(() => (fake.view.value = { is: 'talking', peer: lien }));
  expect(page()).not.toContain('ander toestel');
});
