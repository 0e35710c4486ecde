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

describe('the page around', () => {
  onScreen();
  afterEach(() => void vi.restoreAllMocks());

  function small() {
    const shown = show(fakeVisitor(waiting()));
    const { fake, minimised } = shown;
    const says = (m: string) => now(() => (fake.talk.items.value = [...fake.talk.items.value, text('them', m)]));
    now(() => (fake.view.value = talking));
    now(() => (minimised.value = true));
    return { ...shown, says };
  }

  test('[W128] hears that there is news once, however often it has the chat drawn large and small again', () => {
    const { left, says, minimised } = small();
    for (const m of ['dag', 'ben je er?', 'hallo?']) {
      says(m);
      now(() => (minimised.value = false));
      now(() => (minimised.value = true));
    }
    expect(left).toEqual(['attention']);
  });

  test('[W128] and again once the visitor has opened the chat', () => {
    const { left, says, minimised } = small();
    says('dag');
    press(/Terug naar je chat/);
    expect(minimised.value).toBe(false);
    now(() => (minimised.value = true));
    says('ben je er?');
    says('hallo?');
    expect(left).toEqual(['attention', 'attention']);
  });

  test('[W128] or has come back to the tab, where the chat can be seen in it', () => {
    const { left, says, minimised } = small();
    now(() => (minimised.value = false));
    look('hidden');
    says('dag');
    now(() => (minimised.value = true));
    look('visible');
    says('ben je er?');
    expect(left).toEqual(['attention']);
    now(() => (minimised.value = false));
    look('hidden');
    says('hallo?');
    expect(left).toEqual(['attention']);
    look('visible');
    look('hidden');
    says('dag!');
    expect(left).toEqual(['attention', 'attention']);
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
