import { describe, expect, test, vi } from 'vitest';
import { fakeVisitor, lien, text, waiting } from './fakeVisitor.ts';
import { now, onScreen, press, show } from './screen.tsx';

const region = () => document.getElementById('announce')?.textContent;
const pass = (ms: number) => now(() => vi.advanceTimersByTime(ms));

function heard() {
  vi.useFakeTimers();
  const shown = show(fakeVisitor({ is: 'talking', peer: lien }));
  now(() => (shown.fake.talk.items.value = [text('them', 'wat niemand mag zien')]));
  return shown;
}

describe('what was said aloud', () => {
  onScreen();

  test('[W100] is gone after five seconds, and what comes then is said all the same', () => {
    const { fake } = heard();
    pass(150);
    expect(region()).toBe('Lien: wat niemand mag zien');
    pass(4_900);
    const first = fake.talk.items.value;
    now(() => (fake.talk.items.value = [...first, text('them', 'nog iets')]));
    pass(100);
    expect(region()).toBe('');
    pass(50);
    expect(region()).toBe('Lien: nog iets');
    pass(5_000);
    expect(region()).toBe('');
  });

  test('[W100] twice within five seconds: the later one has its whole time', () => {
    const { fake } = heard();
    pass(3_000);
    now(() => (fake.talk.items.value = [...fake.talk.items.value, text('them', 'nog iets')]));
    pass(4_000);
    expect(region()).toBe('Lien: nog iets');
  });

  test.each([
    ['said', 1_000],
    ['about to be said', 0],
  ])('[W100] goes with the end of the chat, %s or not', (_, ms) => {
    const { fake } = heard();
    pass(ms);
    now(() => (fake.view.value = { is: 'ended', reason: 'counsellor_ended', talked: true }));
    expect(region()).toBe('');
    pass(300);
    expect(region()).toBe('');
  });

  test('[W100] goes where the chat goes on in another tab', () => {
    const { fake } = heard();
    pass(1_000);
    now(() => (fake.view.value = { is: 'elsewhere' }));
    expect(region()).toBe('');
  });

  test('[W100] is nothing that the next person at this computer meets', () => {
    const { fake } = heard();
    now(() => (fake.view.value = { is: 'ended', reason: 'visitor_left', talked: true }));
    press('Sluit');
    now(() => (fake.view.value = waiting({ ahead: 3 })));
    now(() => (fake.view.value = waiting({ ahead: 2 })));
    now(() => (fake.view.value = { is: 'none' }));
    pass(300);
    expect(region()).toBe('');
    expect(document.documentElement.outerHTML).not.toContain('niemand mag zien');
  });
});
