import { readFileSync } from 'node:fs';
import { screen } from '@testing-library/preact';
import { describe, expect, test, vi } from 'vitest';
import type { CentreFacts } from '@clbchat/shared/protocol/status';
import { nextDay } from '../../widget/src/ending/calendar.ts';
import { closed, open } from './fakeWidget.tsx';
import { fakeVisitor, lien, samir, text, waiting } from './fakeVisitor.ts';
import { heading, now, onScreen, page, press, settle, show, showIntro, type } from './screen.tsx';

const chatting = () => fakeVisitor({ is: 'talking', peer: lien });
const bubbles = () => [...document.querySelectorAll('.m')];

describe('what a conversation looks like', () => {
  onScreen();

  test('[W90] a name stands only where another person writes than before', () => {
    const fake = chatting();
    const later = { atMs: new Date(2026, 10, 23, 19, 30).getTime() };
    fake.talk.items.value = [
      text('them', 'dag'),
      text('them', 'een uur later', later),
      text('me', 'ja', later),
      text('them', 'nog iets', later),
      text('them', 'van Samir', { ...later, by: 'Samir' }),
    ];
    show(fake);
    expect(bubbles().map((one) => one.querySelector('.who')?.textContent ?? '')).toEqual([
      'Lien',
      '',
      '',
      'Lien',
      'Samir',
    ]);
  });

  test('[W11] the state stands under the last of what is as far, however long ago the others were', () => {
    const fake = chatting();
    fake.talk.items.value = [
      text('me', 'een', { state: 'read', atMs: new Date(2026, 10, 23, 17, 0).getTime() }),
      text('them', 'ja'),
      text('me', 'twee', { state: 'read' }),
      text('them', 'en?'),
      text('me', 'drie', { state: 'sent' }),
    ];
    show(fake);
    const told = bubbles().map((one) => one.querySelector('.meta')?.textContent ?? '');
    expect(told).toEqual(['17:00', '18:42', '18:42 · Gelezen', '18:42', '18:42 · Verstuurd']);
  });

  test('[W91] one’s own connection is told in the bar, the counsellor’s in the header and in a bar that stays', () => {
    const { fake } = show(chatting());
    const under = () => document.querySelector('.brand small')?.textContent;
    now(() => (fake.connection.value = { is: 'lost', sinceMs: 0 }));
    expect(under()).toBe('CLB-medewerker');
    now(() => (fake.connection.value = { is: 'online' }));
    now(() => (fake.talk.peerSilent.value = true));
    expect(under()).toBe('Even weg…');
    const bars = [...document.querySelectorAll('.ban[role=status]')].map((one) => one.textContent);
    expect(bars).toContain('Lien heeft even geen verbinding. Blijf gerust hier.');
    expect(screen.queryByText('Je bent weer verbonden.')).not.toBeNull();
  });

  test('[W96] both ways of going on look the same, and none is filled', () => {
    show(fakeVisitor({ is: 'choosing', peer: samir, before: lien }));
    const [all, none] = screen.getAllByRole('button', { name: /^Ja, / });
    expect(all?.className).toBe(none?.className);
    expect(document.querySelector('.consent .btn.p')).toBeNull();
  });

  test('[W97] what was there before does not move, what comes does', () => {
    const fake = chatting();
    fake.talk.items.value = [text('them', 'van vroeger')];
    show(fake);
    now(() => (fake.talk.items.value = [...fake.talk.items.value, text('them', 'nu')]));
    expect(bubbles().map((one) => one.classList.contains('fresh'))).toEqual([false, true]);
  });

  test('[W97] whatever moves is for who wants motion, and none of it is on the way out', () => {
    const sheets = import.meta.glob<string>('../../widget/src/**/*.css', {
      query: '?raw',
      import: 'default',
      eager: true,
    });
    const moving = /^\s*(animation|transition)(-property)?:/m;
    for (const [path, sheet] of Object.entries(sheets)) {
      for (const [, selector = '', body = ''] of sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g))
        if (/\.exit\b/.test(selector)) expect(body, `${path}: ${selector}`).not.toMatch(moving);
    }
    const base = readFileSync('widget/src/frame/base.css', 'utf8');
    expect(base).toMatch(/prefers-reduced-motion: reduce\)[^}]*animation-duration: 0\.01ms !important/);
  });
});

describe('what the line looks like', () => {
  onScreen();

  test('[W92] before the first minute it has only begun, and who is next has a full ring', () => {
    show(fakeVisitor(waiting({ ahead: 0, waitedMs: 20_000 })));
    expect(page()).toContain('Je wacht nog maar net. Laat dit venster open.');
    expect(page()).not.toContain(': 0 min');
    const [shown, around] = (document.querySelector('.ring circle + circle')?.getAttribute('stroke-dasharray') ?? '')
      .split(' ')
      .map(Number);
    expect(shown).toBe(around);
  });

  test('[W92] a question that was written stands ready, and its page says that it is kept', () => {
    const { fake } = show(fakeVisitor(waiting()));
    press(/Schrijf je vraag al op/);
    expect(page()).toContain('Bewaard op dit scherm.');
    type(/Je eerste vraag/, 'ik durf niet meer');
    press('Terug naar de wachtrij');
    expect(fake.visitor.first.value).toBe('ik durf niet meer');
    expect(page()).toContain('Je vraag staat klaar');
    expect(page()).not.toContain('Schrijf je vraag al op');
  });

  test('[W93] how busy it is stands under the last button, in a sentence of its own for each state', () => {
    const { facts, widget } = showIntro();
    now(() => (widget.intro.step.value = 'name'));
    const said = (centre: CentreFacts) => {
      now(() => (facts.value = { is: 'known', centre }));
      return document.querySelector('.ft p')?.textContent ?? '';
    };
    const lines = [
      said(open),
      said({ ...open, state: 'busy' }),
      said({ ...open, hours: { is: 'closing', closesInMs: 600_000 } }),
    ];
    expect(lines[0]).toBe('Nu is het rustig. Meestal ben je snel aan de beurt.');
    expect(new Set(lines).size).toBe(3);
    for (const line of lines.slice(0, 2)) expect(line).not.toMatch(/\d/);
  });

  test('[W94] too late for today: when to come back, and nothing that looks like a door', () => {
    vi.useFakeTimers({ now: new Date('2026-11-23T19:30:00Z') });
    const { facts } = show(fakeVisitor(waiting({ range: { fromMin: 30, toMin: 45 } })));
    now(() => (facts.value = { is: 'known', centre: { ...open, hours: { is: 'open', closesInMs: 600_000 } } }));
    expect(heading()).toBe('Het is nu heel druk.');
    expect(page()).toContain('Kom morgen terugDinsdag, meestal van 17 tot 21 uur');
    expect(screen.queryByRole('button', { name: /Kom morgen terug/ })).toBeNull();
  });

  test('[W94] the next day skips a day without hours and a holiday, and is that of the centre’s wall', () => {
    const on = (moment: string, centre: CentreFacts = open) => nextDay(centre, Date.parse(moment));
    // a Thursday: no hours on Friday, Saturday and Sunday
    expect(on('2026-11-26T20:00:00Z')).toMatchObject({ inDays: 4, day: 1, date: '2026-11-30' });
    // Monday in Greenwich, Tuesday in Brussels
    expect(on('2026-11-23T23:30:00Z')).toMatchObject({ inDays: 1, day: 3 });
    expect(on('2026-12-17T20:00:00Z')).toMatchObject({ date: '2027-01-04' });
    expect(on('2026-11-23T12:00:00Z', { ...closed, week: [[], [], [], [], [], [], []] })).toBeNull();
  });
});

describe('what the end looks like', () => {
  onScreen();

  test('[W26] who was helped reads two numbers, who was not reads all', () => {
    const { fake } = show(fakeVisitor({ is: 'ended', reason: 'counsellor_ended', talked: true }));
    const numbers = () => [...document.querySelectorAll('a[href^="tel:"]')].map((one) => one.getAttribute('href'));
    expect(numbers()).toEqual(['tel:112', 'tel:102']);
    expect(document.querySelector('svg.art')).not.toBeNull();
    now(() => (fake.view.value = { is: 'ended', reason: 'closed', talked: false }));
    expect(numbers()).toEqual(['tel:112', 'tel:1813', 'tel:102', 'tel:1712', 'tel:106']);
  });

  test('[W95] closing in a window of its own ends on a quiet page, and only from there one begins again', () => {
    vi.useFakeTimers();
    const { fake, widget } = show(fakeVisitor({ is: 'ended', reason: 'visitor_left', talked: true }), {
      hasLoader: false,
    });
    settle();
    press('Sluit');
    expect(fake.asked).toEqual(['reset']);
    expect(heading()).toBe('Alles is weg.');
    expect(page()).toContain('Je mag dit venster sluiten.');
    expect(document.activeElement?.tagName).toBe('H1');
    press('Terug naar het begin');
    expect(widget.intro.step.value).toBe('welcome');
  });
});
