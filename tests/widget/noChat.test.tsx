import { describe, expect, test } from 'vitest';
import { fakeVisitor, waiting } from './fakeVisitor.ts';
import { closed, open } from './fakeWidget.tsx';
import { heading, now, onScreen, page, press, show, showIntro } from './screen.tsx';

const numbers = () =>
  [...document.querySelectorAll('a[href^="tel:"]')].map((link) => link.getAttribute('href')?.slice(4));
const all = ['112', '1813', '102', '1712', '106'];

describe('when there is no chat', () => {
  onScreen();

  test('[W17] closed: when it opens next, the week, the holiday, and who helps now', () => {
    const { facts } = showIntro();
    now(() => (facts.value = { is: 'known', centre: closed }));
    expect(heading()).toBe('We zijn nu dicht.');
    expect(page()).toContain('We zijn er weer maandag om 17 uur.');
    expect([...document.querySelectorAll('tr')].map((row) => row.textContent)).toEqual([
      'Maandag17 – 21 uur',
      'Dinsdag17 – 21 uur',
      'Woensdag14 – 21 uur',
      'Donderdag17 – 21 uur',
    ]);
    expect(page()).toContain('In de kerstvakantie (21 dec. – 3 jan.) zijn we dicht.');
    expect(numbers()).toEqual(['102', '106', '112']);
  });

  test('[W17] an opening more than a week away is named with its date, and a half hour as one', () => {
    const { facts } = showIntro();
    const opens = { inMs: 12 * 86_400_000, day: 1, time: '17:30', date: '2027-01-04' };
    now(() => (facts.value = { is: 'known', centre: { ...closed, hours: { is: 'closed', opens } } }));
    expect(page()).toContain('We zijn er weer maandag 4 jan. om 17.30 uur.');
  });

  test('[U20] closed before its time: why, in one of two sentences', () => {
    const { facts } = showIntro();
    for (const [why, says] of [
      ['technical', 'Vandaag zijn we vroeger dicht: er is een technisch probleem.'],
      ['force-majeure', 'Vandaag zijn we vroeger dicht, door overmacht.'],
    ] as const) {
      now(() => (facts.value = { is: 'known', centre: { ...closed, why } }));
      expect(page()).toContain(says);
    }
    now(() => (facts.value = { is: 'known', centre: closed }));
    expect(page()).not.toContain('vroeger dicht');
  });

  test('[W17] no service: it can be tried again, and the numbers are there', () => {
    const { facts, left } = showIntro();
    now(() => (facts.value = { is: 'down' }));
    expect(page()).toContain('CLBCh@t werkt even niet.');
    expect(numbers()).toEqual(all);
    press('Probeer opnieuw');
    expect(left).toEqual(['retry']);
  });

  test('[W17] a browser that cannot encrypt gets numbers, not a chat', () => {
    showIntro(fakeVisitor(), { capable: false });
    expect(page()).toContain('Je browser is te oud voor een veilige chat.');
    expect(numbers()).toEqual(expect.arrayContaining(all));
    expect(page()).not.toContain('Ik ben leerling');
  });

  test('[W23] nobody to trust: no chat, and the numbers', () => {
    const { pins } = showIntro();
    now(() => (pins.value = []));
    expect(page()).toContain('We kunnen deze chat niet veilig openen.');
    expect(numbers()).toEqual(all);
  });

  test.each([
    ['before joining', () => showIntro()],
    ['while waiting', () => show(fakeVisitor(waiting()))],
    ['in the conversation', () => show(fakeVisitor({ is: 'talking', peer: { name: 'Lien', site: '' } }))],
    ['at the choice', () => show(fakeVisitor({ is: 'choosing', peer: { name: 'Samir', site: '' }, before: null }))],
    ['after the end', () => show(fakeVisitor({ is: 'ended', reason: 'closed', talked: false }))],
    ['in a second tab', () => show(fakeVisitor({ is: 'elsewhere' }))],
  ] as const)('[W18] %s the five numbers are one tap away, and Escape brings back what was there', (_where, open) => {
    const { widget } = open();
    press('Nu hulp nodig? Bel een nummer');
    const sheet = document.querySelector('[role=dialog]');
    expect([...(sheet?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href'))).toEqual(
      all.map((number) => `tel:${number}`),
    );
    expect(sheet?.contains(document.activeElement)).toBe(true);
    expect(document.querySelector('.exit')?.closest('[inert]'), 'Snel weg stays usable').toBeNull();
    now(() => sheet?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
    expect(widget.help.value).toBe(false);
    expect(document.querySelector('[role=dialog]')).toBeNull();
  });

  test('[W19] the line under the name says until when, or that it is busy', () => {
    const { facts } = showIntro();
    const line = () => document.querySelector('.brand small')?.textContent;
    expect(line()).toBe('Open tot 21 uur');
    now(() => (facts.value = { is: 'known', centre: { ...open, state: 'busy' } }));
    expect(line()).toBe('Druk · sluit om 21 uur');
    now(() => (facts.value = { is: 'known', centre: { ...open, closesAt: null } }));
    expect(line()).toBe('Nu open');
  });
});
