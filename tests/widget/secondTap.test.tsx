import { screen } from '@testing-library/preact';
import { describe, expect, test, vi } from 'vitest';
import * as timing from '@clbchat/shared/client/timing';
import type { VisitView } from '@clbchat/shared/client/views';
import { fakeVisitor, lien, samir, waiting } from './fakeVisitor.ts';
import { button, now, onScreen, page, press, settle, show, type } from './screen.tsx';

const asked = ({ asked: all }: { asked: string[] }) => all.filter((what) => what !== 'touched');
const talking = { is: 'talking', peer: lien } as const;

describe('a second tap', () => {
  onScreen();

  test.each<[string, VisitView, (() => void) | null, string, string[]]>([
    ['leaves the line', waiting(), () => press('Stop met wachten'), 'Ja, stop met wachten', ['end']],
    ['ends the chat', talking, () => press('Stop de chat'), 'Ja, stop de chat', ['end']],
    ['accepts', { is: 'choosing', peer: samir, before: lien }, null, 'Ja, en Samir mag alles lezen', ['choose:all']],
    [
      'refuses',
      { is: 'choosing', peer: samir, before: lien },
      null,
      'Ja, maar Samir leest niets terug',
      ['choose:none'],
    ],
    ['stops', { is: 'choosing', peer: samir, before: lien }, null, 'Nee, stop de chat', ['choose:stop']],
    ['accepts there, too', { ...talking, asksHistory: true }, null, 'Ja, Lien mag alles lezen', ['choose:all']],
    ['refuses there, too', { ...talking, asksHistory: true }, null, 'Nee, Lien leest niets terug', ['choose:none']],
    ['wipes the end', { is: 'ended', reason: 'visitor_left', talked: true }, null, 'Sluit', ['reset']],
    ['starts anew', { is: 'ended', reason: 'visitor_left', talked: false }, null, 'Start een nieuwe chat', ['reset']],
    ['takes up what may be another’s', { is: 'unclaimed' }, null, 'Ga hier verder', ['resumeHere']],
    ['wipes what may be another’s', { is: 'unclaimed' }, null, 'Nee, wis die chat', ['end']],
  ])('[W75] %s only 400 ms after its button came', (_, view, first, name, does) => {
    vi.useFakeTimers();
    const { fake } = show(fakeVisitor(view));
    first?.();
    press(name);
    now(() => vi.advanceTimersByTime(timing.secondTapMs - 1));
    press(name);
    expect(asked(fake)).toEqual([]);
    now(() => vi.advanceTimersByTime(1));
    press(name);
    expect(asked(fake)).toEqual(does);
  });

  test('[W75] another counsellor in the place of the first is another question, and its answers are deaf as long', () => {
    vi.useFakeTimers();
    const { fake } = show(fakeVisitor({ is: 'choosing', peer: samir, before: lien }));
    settle();
    const fatima = { name: 'Fatima', site: 'CLB Antwerpen' };
    now(() => (fake.view.value = { is: 'choosing', peer: fatima, before: lien }));
    press('Ja, en Fatima mag alles lezen');
    expect(asked(fake)).toEqual([]);
    settle();
    press('Ja, en Fatima mag alles lezen');
    expect(asked(fake)).toEqual(['choose:all']);
  });

  test('[W75] a button that comes later than its screen counts from then: a new chat wipes what was kept to be read', () => {
    vi.useFakeTimers();
    const { fake } = show(fakeVisitor({ is: 'ended', reason: 'lost', talked: true }));
    settle();
    now(() => vi.advanceTimersByTime(60_000 - timing.secondTapMs));
    press('Start een nieuwe chat');
    expect(asked(fake)).toEqual([]);
    settle();
    press('Start een nieuwe chat');
    expect(asked(fake)).toEqual(['reset']);
  });

  test('[W75] counts from when the panel came into sight again', () => {
    vi.useFakeTimers();
    const { fake, minimised } = show(fakeVisitor({ is: 'ended', reason: 'visitor_left', talked: true }));
    settle();
    now(() => (minimised.value = true));
    settle();
    now(() => (minimised.value = false));
    press('Sluit');
    expect(asked(fake)).toEqual([]);
    settle();
    press('Sluit');
    expect(asked(fake)).toEqual(['reset']);
  });

  test('[W75] of a person: Snel weg, the numbers, closing without loss, being there and typing act at once', () => {
    vi.useFakeTimers();
    const { fake, widget, left } = show(fakeVisitor(talking));
    type('Jouw bericht', 'hallo');
    press('Verstuur');
    expect(fake.talk.sent).toEqual(['hallo']);
    press('Stop de chat');
    press('Nee, ik chat verder');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    press('Nu hulp nodig? Bel een nummer');
    const number = screen.getByRole('link', { name: /^112/ });
    expect(number.getAttribute('aria-disabled')).toBeNull();
    press('Sluit');
    expect(widget.help.value).toBe(false);
    now(() => (fake.idleLeftMs.value = 120_000));
    press('Ja, ik ben er');
    expect(asked(fake)).toEqual(['here']);
    press(/^Snel weg/);
    expect(left).toEqual(['exit']);
  });

  test('[W75] a button that waits says so, and is one that the keyboard still finds', () => {
    vi.useFakeTimers();
    show(fakeVisitor(talking));
    press('Stop de chat');
    expect(button('Ja, stop de chat').getAttribute('aria-disabled')).toBe('true');
    expect(button('Ja, stop de chat').hasAttribute('disabled')).toBe(false);
    settle();
    expect(button('Ja, stop de chat').getAttribute('aria-disabled')).toBe('false');
  });

  test.each<[string, VisitView, (() => void) | null, string]>([
    ['leaving the line', waiting(), () => press('Stop met wachten'), 'Nee, ik wacht'],
    ['stopping the chat', talking, () => press('Stop de chat'), 'Nee, ik chat verder'],
    ['another counsellor', { is: 'choosing', peer: samir, before: lien }, null, 'Ja, maar Samir leest niets terug'],
    ['another computer', { ...talking, asksHistory: true }, null, 'Nee, Lien leest niets terug'],
  ])('[W76] the safe answer to %s stands lowest', (_, view, first, safe) => {
    show(fakeVisitor(view));
    first?.();
    const buttons = [...document.querySelectorAll('.sheet button, .consent button, .ask button')];
    expect(buttons.at(-1)?.textContent).toBe(safe);
  });

  test('[W76] the safe answer to what looks like a number stands last, and a new chat stands above what closes', () => {
    vi.useFakeTimers();
    const { fake } = show(fakeVisitor(talking));
    type('Jouw bericht', 'bel 0470 12 34 56');
    press('Verstuur');
    expect([...document.querySelectorAll('.ask button')].map((one) => one.textContent)).toEqual([
      'Ja, verstuur',
      'Nee, ik pas het aan',
    ]);
    now(() => (fake.view.value = { is: 'ended', reason: 'visitor_left', talked: true }));
    now(() => vi.advanceTimersByTime(60_000));
    expect(page()).toContain('Start een nieuwe chat');
    expect([...document.querySelectorAll('.ft button')].at(-1)?.textContent).toBe('Sluit');
  });
});
