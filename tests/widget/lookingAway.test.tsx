import { screen } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { open } from './fakeWidget.tsx';
import { fakeVisitor, lien, samir, text, waiting } from './fakeVisitor.ts';
import { now, onScreen, page, press, show } from './screen.tsx';

const talking = { is: 'talking', peer: lien } as const;
const opening = { is: 'opening', peer: lien, ask: false } as const;

/** Another tab in front, or this one again. */
const look = (state: 'hidden' | 'visible') => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
};

describe('who made the chat small', () => {
  onScreen();
  const bar = () => document.querySelector('.bar')?.textContent;

  test('[W77] reads whose turn it is until the panel was opened, however soon the key is agreed', () => {
    const { fake, minimised } = show(fakeVisitor(waiting()));
    now(() => (minimised.value = true));
    now(() => (fake.view.value = opening));
    now(() => (fake.view.value = talking));
    expect(bar()).toBe('!Jij bent aan de beurt!Lien is er');
    now(() => (minimised.value = false));
    now(() => (minimised.value = true));
    expect(bar()).toBe('Terug naar je chatAlleen jij en Lien lezen dit');
  });

  test('[W77] and not who saw it come, nor after it is over', () => {
    const { fake, minimised } = show(fakeVisitor(opening));
    now(() => (minimised.value = true));
    now(() => (fake.view.value = talking));
    expect(bar()).toContain('Terug naar je chat');
    now(() => (fake.view.value = waiting({ ahead: 0, front: 'counsellor_gone' })));
    expect(bar()).toContain('Jij bent de volgende');
    now(() => (fake.view.value = { is: 'choosing', peer: samir, before: lien }));
    now(() => (fake.view.value = { is: 'talking', peer: samir }));
    expect(bar()).toBe('!Jij bent aan de beurt!Samir is er');
    now(() => (fake.view.value = { is: 'ended', reason: 'visitor_left', talked: true }));
    expect(bar()).toContain('De chat is gestopt');
  });
});

describe('who looks at another tab', () => {
  onScreen();
  afterEach(() => {
    vi.restoreAllMocks();
    document.title = '';
  });

  test('[W78] is called by a neutral dot in the title for a turn and for a message, until the page is looked at', () => {
    document.title = 'CLBCh@t';
    const { fake } = show(fakeVisitor(waiting()), { hasLoader: false });
    look('hidden');
    now(() => (fake.view.value = opening));
    expect(document.title).toBe('● CLBCh@t');
    look('hidden');
    expect(document.title).toBe('● CLBCh@t');
    look('visible');
    expect(document.title).toBe('CLBCh@t');
    now(() => (fake.view.value = talking));
    now(() => (fake.talk.items.value = [text('them', 'dag')]));
    expect(document.title).toBe('CLBCh@t');
    look('hidden');
    now(() => (fake.talk.items.value = [...fake.talk.items.value, text('them', 'ben je er?')]));
    now(() => (fake.talk.items.value = [...fake.talk.items.value, text('them', 'hallo?')]));
    expect(document.title).toBe('● CLBCh@t');
    look('visible');
    expect(document.title).toBe('CLBCh@t');
  });
});

describe('a sound', () => {
  onScreen();

  test('[W79] is offered as the waiting begins, with what it is good for, and only that until it is on', () => {
    const resume = vi.fn(() => Promise.resolve());
    vi.stubGlobal(
      'AudioContext',
      class {
        resume = resume;
      },
    );
    const { fake } = show(fakeVisitor({ is: 'joining' }));
    now(() => (fake.view.value = waiting()));
    expect(page()).toContain('Doe je iets anders? Zet een geluidje aan.');
    now(() => screen.getByRole('switch', { name: 'Geluidje bij jouw beurt' }).click());
    expect(page()).not.toContain('Doe je iets anders?');
    expect(resume).toHaveBeenCalled();
  });

  test('[W79] also where today may be too late', () => {
    const { facts } = show(fakeVisitor(waiting({ range: { fromMin: 200, toMin: 240 } })));
    now(() => (facts.value = { is: 'known', centre: { ...open, hours: { is: 'open', closesInMs: 600_000 } } }));
    expect(page()).toContain('Misschien kom je vandaag niet meer aan de beurt.');
    expect(screen.getByRole('switch', { name: 'Geluidje bij jouw beurt' })).toBeDefined();
    press('Ik wacht verder');
    expect(screen.getByRole('switch', { name: 'Geluidje bij jouw beurt' })).toBeDefined();
  });
});
