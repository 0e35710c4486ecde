import { act, screen } from '@testing-library/preact';
import { describe, expect, test, vi } from 'vitest';
import { barLine } from '../../widget/src/chat/barLine.ts';
import { Room } from '../../widget/src/Room.tsx';
import { fakeVisitor, lien, text, waiting } from './fakeVisitor.ts';
import { closed } from './fakeWidget.tsx';
import { field, heading, now, onScreen, page, press, show, showIntro, stops, type } from './screen.tsx';

const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const bar = () => document.querySelector('.ban')?.textContent;
const isLoading = () => {
  expect(page()).toContain('Even geduld…');
  expect(page()).not.toContain('Dag! Fijn dat je er bent.');
  expect(page()).not.toContain('We zijn nu dicht.');
  expect(stops()[0]).toMatch(/^Snel weg/);
};

describe('a page that takes up a visit', () => {
  onScreen();

  test('[W34] shows that it is loading until the service has said where the visit stands', () => {
    const { fake, facts } = show(fakeVisitor({ is: 'joining' }));
    isLoading();
    now(() => (facts.value = { is: 'known', centre: closed }));
    isLoading();
    now(() => (facts.value = { is: 'down' }));
    isLoading();
    now(() => (fake.view.value = waiting({ ahead: 1 })));
    expect(heading()).toBe('Je staat in de wachtrij.');
  });

  test('[W34] with the bar of the connection when there is none, and its button after a minute', () => {
    vi.useFakeTimers();
    const { fake } = show(fakeVisitor({ is: 'joining' }));
    expect(bar()).toBeUndefined();
    now(() => (fake.connection.value = { is: 'lost', sinceMs: 0 }));
    expect(bar()).toBe('Geen verbinding. We proberen opnieuw. Je chat is niet weg.');
    now(() => vi.advanceTimersByTime(60_000));
    press('Probeer nu');
    expect(fake.asked).toEqual(['tryNow']);
    isLoading();
    now(() => {
      fake.connection.value = { is: 'online' };
      fake.view.value = { is: 'talking', peer: lien };
    });
    expect(bar()).toBe('Je bent weer verbonden.');
  });

  test('[W34] also while the engine itself cannot be fetched: the bar says so, and it is asked for again', async () => {
    vi.useFakeTimers();
    const fake = fakeVisitor();
    const resume = () => ((fake.view.value = waiting({ range: null })), Promise.resolve(true));
    const visitor = { ...fake.visitor, resume };
    const fetchVisit = vi.fn(() => Promise.resolve({ visitor, Room, barLine }));
    fetchVisit.mockRejectedValueOnce(new Error('offline'));
    const { widget, facts } = showIntro(fake, { fetchVisit });
    now(() => void widget.start.resume());
    isLoading();
    expect(bar()).toBeUndefined();
    await pass(100);
    isLoading();
    expect(bar()).toBe('Geen verbinding. We proberen opnieuw. Je chat is niet weg.');
    now(() => (facts.value = { is: 'known', centre: closed }));
    isLoading();
    await pass(5_000);
    expect(fetchVisit).toHaveBeenCalledTimes(2);
    expect(heading()).toBe('Je staat in de wachtrij.');
  });

  test('[W34] finds nothing to take up: then it begins as any page does', async () => {
    const fake = fakeVisitor();
    const { widget } = showIntro(fake);
    await act(() => widget.start.resume());
    expect(heading()).toBe('Dag! Fijn dat je er bent.');
  });

  test('[W25 W34] what it finds again of the conversation is not said aloud as new; what comes then is', async () => {
    vi.useFakeTimers();
    const { fake } = show(fakeVisitor({ is: 'joining' }));
    const before = [text('me', 'vraag'), text('them', 'antwoord van daarnet')];
    now(() => (fake.talk.items.value = before));
    now(() => (fake.view.value = { is: 'talking', peer: lien }));
    now(() => (fake.talk.items.value = [...before, text('them', 'ben je er nog?')]));
    await pass(200);
    expect(document.getElementById('announce')?.textContent).toBe('Lien: ben je er nog?');
  });

  test('[W34] who joins by a press keeps the form until the answer', async () => {
    const fake = fakeVisitor();
    let answer: () => void = () => undefined;
    const joined = new Promise<void>((resolve) => (answer = resolve));
    const join = async () => {
      fake.view.value = { is: 'joining' };
      await joined;
      fake.view.value = waiting();
      return { ok: true as const, value: null };
    };
    const fetchVisit = () => Promise.resolve({ visitor: { ...fake.visitor, join }, Room, barLine });
    showIntro(fake, { fetchVisit });
    press('Ik ben leerling');
    press(/Iets anders/);
    type(/Je eerste vraag/, 'ik slaap slecht');
    press('Ga naar de wachtrij');
    await act(() => vi.waitFor(() => expect(fake.view.value.is).toBe('joining')));
    expect(field(/Je eerste vraag/).value).toBe('ik slaap slecht');
    expect(screen.getByRole('button', { name: 'Even geduld…' }).getAttribute('aria-disabled')).toBe('true');
    await act(async () => answer());
    expect(heading()).toBe('Je staat in de wachtrij.');
  });
});

describe('the life buoy', () => {
  onScreen();

  test('[W36] speaks to a parent who loaded the chat again as to a parent, from when the service gave the visit back', () => {
    const fake = fakeVisitor({ is: 'joining' });
    now(() => ((fake.visitor.role as { value: string }).value = 'parent'));
    const { widget } = show(fake);
    now(() => (widget.help.value = true));
    expect(page()).toContain('Is er nu iemand in gevaar?');
    now(() => (fake.view.value = waiting()));
    expect(page()).toContain('Is er nu iemand in gevaar?');
  });

  test('[W36] knows it from the steps before there is a visit', () => {
    const { widget } = showIntro();
    press('Ik ben ouder');
    now(() => (widget.help.value = true));
    expect(page()).toContain('Is er nu iemand in gevaar?');
  });
});

describe('the engine', () => {
  onScreen();

  test('[W35] is fetched from the choice of a role on, and once; nothing is asked of it before the last tap', async () => {
    const fake = fakeVisitor();
    const fetchVisit = vi.fn(() => Promise.resolve({ visitor: fake.visitor, Room, barLine }));
    showIntro(fake, { fetchVisit });
    press('Wat betekent anoniem precies?');
    press('Terug');
    expect(fetchVisit).not.toHaveBeenCalled();
    press('Ik ben leerling');
    expect(fetchVisit).toHaveBeenCalledOnce();
    press(/Iets anders/);
    expect(fake.joins).toEqual([]);
    press('Ga naar de wachtrij');
    await screen.findByText('Je staat in de wachtrij.');
    expect(fetchVisit).toHaveBeenCalledOnce();
  });

  test('[W35] that could not be fetched beforehand is asked for once more by who joins', async () => {
    const fake = fakeVisitor();
    const fetchVisit = vi.fn(() => Promise.resolve({ visitor: fake.visitor, Room, barLine }));
    fetchVisit.mockRejectedValueOnce(new Error('offline')).mockRejectedValueOnce(new Error('offline'));
    showIntro(fake, { fetchVisit });
    await act(async () => press('Ik ben leerling'));
    expect(page()).not.toContain('Controleer je internet');
    press(/Iets anders/);
    press('Ga naar de wachtrij');
    expect((await screen.findByRole('alert')).textContent).toContain('Controleer je internet');
    press('Ga naar de wachtrij');
    await screen.findByText('Je staat in de wachtrij.');
    expect(fetchVisit).toHaveBeenCalledTimes(3);
  });
});
