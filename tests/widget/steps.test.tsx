import { screen } from '@testing-library/preact';
import { describe, expect, test, vi } from 'vitest';
import { fakeVisitor } from './fakeVisitor.ts';
import { closed } from './fakeWidget.tsx';
import { button, field, heading, now, onScreen, page, press, showIntro, stops, type } from './screen.tsx';

const toName = (role: 'leerling' | 'ouder' = 'leerling') => {
  press(`Ik ben ${role}`);
  press(role === 'leerling' ? /Hoe ik me voel/ : /Hoe mijn kind zich voelt/);
};

describe('the steps before the queue', () => {
  onScreen();

  test('[W2] three taps lead into the queue, and nothing is asked of the engine before the last', async () => {
    const { fake } = showIntro();
    toName();
    expect(fake.joins).toEqual([]);
    press('Ga naar de wachtrij');
    await screen.findByText('Je staat in de wachtrij.');
    expect(fake.joins).toHaveLength(1);
    expect(fake.joins[0]).toMatchObject({ role: 'pupil', topic: 'wellbeing', lang: 'nl', first: '' });
  });

  test('[W2] name and first question are optional, and go along when they are written', async () => {
    const { fake } = showIntro();
    toName();
    type(/Schuilnaam/, '');
    type(/Je eerste vraag/, 'ik slaap slecht');
    press('Ga naar de wachtrij');
    await screen.findByText('Je staat in de wachtrij.');
    expect(fake.joins[0]).toMatchObject({ nick: '', first: 'ik slaap slecht' });
  });

  test('[W3] a parent reads the words for parents, and that nobody sees the file of the child', () => {
    showIntro();
    press('Ik ben ouder');
    expect(heading()).toBe('Waarover gaat je vraag?');
    press(/Schoolkeuze/);
    expect(heading()).toBe('Bijna klaar.');
    expect(page()).toContain('kan het dossier van je kind niet inkijken');
    expect(page()).toContain('Gebruik niet je echte naam of die van je kind.');
  });

  test('[W3] Terug goes one step back and keeps the role', () => {
    showIntro();
    toName('ouder');
    press('Terug');
    expect(heading()).toBe('Waarover gaat je vraag?');
    press('Terug');
    expect(heading()).toBe('Dag! Fijn dat je er bent.');
  });

  test.each([
    ['jan@school.be', 'Dit lijkt een e-mailadres. Kies een schuilnaam.'],
    ['bel 0470 12 34 56', 'Dit lijkt een telefoonnummer. Kies een schuilnaam.'],
    ['een veel te lange schuilnaam', 'Die naam is te lang. Gebruik hoogstens 20 tekens.'],
  ])('[W4] "%s" is no name to be called by: it says why, and nobody joins', (nick, why) => {
    const { fake } = showIntro();
    toName();
    type(/Schuilnaam/, nick);
    now(() => field(/Schuilnaam/).focus());
    now(() => field(/Schuilnaam/).blur());
    expect(page()).toContain(why);
    expect(field(/Schuilnaam/).getAttribute('aria-invalid')).toBe('true');
    press('Ga naar de wachtrij');
    expect(fake.joins).toEqual([]);
    expect(document.activeElement).toBe(field(/Schuilnaam/));
  });

  test('[W4] another nickname is another one, short enough, made on this device', () => {
    showIntro();
    toName();
    const seen = new Set<string>();
    for (let n = 0; n < 20; n += 1) {
      seen.add(field(/Schuilnaam/).value);
      press('Geef mij een andere schuilnaam');
    }
    expect(seen.size).toBeGreaterThan(10);
    expect([...seen].every((nick) => nick.length <= 20 && nick.includes(' '))).toBe(true);
  });

  test.each([
    ['full', 'De wachtrij is vol. Probeer het straks opnieuw.'],
    ['closing', 'We sluiten zo. Nieuwe chats starten niet meer.'],
    ['closed', 'We zijn net dicht. Nieuwe chats starten niet meer.'],
    ['too_fast', 'Dat gaat even niet. Probeer het over een minuut opnieuw.'],
    ['unavailable', 'Dat lukte niet. Controleer je internet en probeer opnieuw.'],
  ] as const)(
    '[W5] refused with "%s": a sentence says so and all that was written is still there',
    async (code, sentence) => {
      const fake = fakeVisitor();
      fake.refusal = code;
      showIntro(fake);
      toName();
      type(/Schuilnaam/, 'Stille Uil');
      type(/Je eerste vraag/, 'ik slaap slecht');
      press('Ga naar de wachtrij');
      expect((await screen.findByRole('alert')).textContent).toBe(sentence);
      expect(field(/Schuilnaam/).value).toBe('Stille Uil');
      expect(field(/Je eerste vraag/).value).toBe('ik slaap slecht');
      expect(button('Ga naar de wachtrij').getAttribute('aria-disabled')).toBe('false');
    },
  );

  test('[W125 H30] who pressed too late reads why, when it opens next and whom to call, above all that was written', async () => {
    const fake = fakeVisitor();
    fake.refusal = 'closed';
    const { facts, left } = showIntro(fake);
    toName();
    type(/Je eerste vraag/, 'ik slaap slecht');
    press('Ga naar de wachtrij');
    await screen.findByRole('alert');
    await vi.waitFor(() => expect(left).toEqual(['facts']));
    const reads = (why: 'technical' | 'force-majeure' | 'line') => {
      now(() => (facts.value = { is: 'known', centre: { ...closed, why } }));
      return page();
    };
    expect(reads('technical')).toContain('Vandaag zijn we vroeger dicht: er is een technisch probleem.');
    expect(reads('force-majeure')).toContain('Vandaag zijn we vroeger dicht, door overmacht.');
    expect(reads('line')).toContain('Er komt nu niemand meer bij. Wie al wachtte, wordt nog geholpen.');
    expect(page()).toContain('We zijn er weer maandag om 17 uur.');
    expect(page()).not.toContain('Nu is het rustig.');
    expect([...document.querySelectorAll('a[href^="tel:"]')].map((one) => one.textContent)).toEqual([
      '102',
      '106',
      '112',
    ]);
    expect(field(/Je eerste vraag/).value).toBe('ik slaap slecht');
  });

  test('[W5] a first question over the limit stays in its field and says by how much', () => {
    const { fake } = showIntro();
    toName();
    type(/Je eerste vraag/, 'a'.repeat(2_003));
    expect(page()).toContain('Je vraag is 3 tekens te lang.');
    press('Ga naar de wachtrij');
    expect(fake.joins).toEqual([]);
  });

  test('[W16] where nothing can be kept, the last step says that a reload stops the chat; elsewhere it does not', () => {
    showIntro(fakeVisitor(), { kept: 'memory' });
    toName();
    expect(page()).toContain('Herladen of sluiten stopt de chat.');
  });

  test('[W16] where it can be kept, nobody is frightened', () => {
    showIntro();
    toName();
    expect(page()).not.toContain('Herladen');
  });

  test('[W1 W25] on every step Snel weg is the first stop, and a new step has the focus on its heading', () => {
    const { left } = showIntro();
    const look = () =>
      expect(stops().slice(0, 3)).toEqual([
        'Snel weg: sluit deze chat meteen',
        'Nu hulp nodig? Bel een nummer',
        'Maak klein',
      ]);
    look();
    press('Wat betekent anoniem precies?');
    look();
    expect(document.activeElement?.textContent).toBe('Wat betekent anoniem?');
    press('Terug');
    expect(document.activeElement?.textContent).toBe('Wat betekent anoniem precies?');
    press('Ik ben leerling');
    look();
    expect(document.activeElement?.textContent).toBe('Waarover wil je praten?');
    press(/Iets anders/);
    look();
    press('Snel weg: sluit deze chat meteen');
    expect(left).toEqual(['exit']);
  });
});
