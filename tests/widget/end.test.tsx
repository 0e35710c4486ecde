import { screen } from '@testing-library/preact';
import { describe, expect, test, vi } from 'vitest';
import { END_REASONS, type EndReason } from '@clbchat/shared/ids';
import { fakeVisitor, text, waiting } from './fakeVisitor.ts';
import { closed, open } from './fakeWidget.tsx';
import { heading, now, onScreen, page, press, settle, show } from './screen.tsx';

/** What nobody is told: who ended it. */
const unsaid = new Set<EndReason>(['visitor_left', 'quick_exit', 'counsellor_ended', 'blocked', 'replaced']);

/** What nobody wanted: no thanks stand above an apology. */
const brokeOff = new Set<EndReason>(['lost', 'refused', 'closed']);

describe('the end', () => {
  onScreen();

  test.each([
    ['counsellor_ended', 'Het gesprek is gewist. Ook wij kunnen het niet meer lezen.'],
    ['visitor_left', 'Het gesprek is gewist. Ook wij kunnen het niet meer lezen.'],
    ['visitor_gone', 'Je was te lang weg. De chat is gestopt.'],
    ['silence', 'Het was lang stil. Daarom is de chat gestopt.'],
    ['too_long', 'De chat duurde zo lang als het kan. Daarom is hij gestopt.'],
    ['expired', 'Je was hier vier uur. Langer kan een chat niet duren.'],
    ['refused', 'De chat kon niet veilig starten. Daarom is hij gestopt.'],
    ['closed', 'We zijn nu dicht. Er is niemand meer om verder te chatten. Dat spijt ons.'],
    ['lost', 'Er ging iets mis bij ons. De chat is gestopt. Dat spijt ons.'],
  ] as const)(
    '[W26 W102] the end (%s) thanks where that fits, says what became of the text, and a new chat waits a minute',
    (reason, sentence) => {
      vi.useFakeTimers();
      const { fake, widget } = show(fakeVisitor({ is: 'ended', reason, talked: true }));
      expect(heading()).toBe(brokeOff.has(reason) ? 'De chat is afgebroken.' : 'Bedankt om te chatten.');
      expect(page()).toContain(sentence);
      expect(page()).not.toMatch(/weggegaan|jij stopte/i);
      expect(screen.queryByRole('button', { name: 'Start een nieuwe chat' })).toBeNull();
      now(() => vi.advanceTimersByTime(60_000));
      settle();
      press('Start een nieuwe chat');
      expect(fake.asked).toEqual(['reset']);
      expect(widget.intro.step.value).toBe('welcome');
    },
  );

  test.each([true, false])('[V11 W26] each cause of an end has a sentence of its own (talked: %s)', (talked) => {
    const { fake } = show(fakeVisitor({ is: 'ended', reason: 'visitor_left', talked }));
    const read = (reason: EndReason) => {
      now(() => (fake.view.value = { is: 'ended', reason, talked }));
      return document.querySelector('h1 + p')?.textContent;
    };
    const said = END_REASONS.map((reason) => ({ reason, sentence: read(reason) }));
    for (const { reason, sentence } of said) expect(sentence, reason).toMatch(/^[A-Z].*\.$/);
    const own = said.filter(({ reason }) => !unsaid.has(reason)).map(({ sentence }) => sentence);
    expect(new Set(own).size).toBe(own.length);
    const hidden = said.filter(({ reason }) => unsaid.has(reason)).map(({ sentence }) => sentence);
    expect(new Set(hidden).size).toBe(1);
  });

  test.each([
    ['closed', 'We zijn nu dicht. Je was nog niet aan de beurt. Dat spijt ons.'],
    ['while_away', 'De chat is gestopt terwijl je even weg was.'],
  ] as const)(
    '[W125 U20] whose wait ended at "Sluit nu" (%s) reads why and when it opens next, asked for then',
    (reason, sentence) => {
      const { fake, facts, left } = show(fakeVisitor(waiting()));
      now(() => (fake.view.value = { is: 'ended', reason, talked: false }));
      expect(heading()).toBe('Je wacht niet meer.');
      expect(page()).toContain(sentence);
      expect(left).toEqual(['facts']);
      for (const [why, says] of [
        ['technical', 'Vandaag zijn we vroeger dicht: er is een technisch probleem.'],
        ['force-majeure', 'Vandaag zijn we vroeger dicht, door overmacht.'],
      ] as const) {
        now(() => (facts.value = { is: 'known', centre: { ...closed, why } }));
        expect(page()).toContain(says);
        expect(page()).toContain('We zijn er weer maandag om 17 uur.');
      }
      expect(left).toEqual(['facts']);
      now(() => (facts.value = { is: 'known', centre: { ...closed, why: 'line' } }));
      expect(page()).not.toContain('Wie al wachtte');
      now(() => (facts.value = { is: 'known', centre: closed }));
      expect(page()).toContain(`${sentence}We zijn er weer`);
      expect(document.querySelectorAll('a[href^="tel:"]')).toHaveLength(5);
    },
  );

  test('[W125] who was helped, and is thanked, reads nothing of hours', () => {
    const { facts, left } = show(fakeVisitor({ is: 'ended', reason: 'counsellor_ended', talked: true }));
    now(() => (facts.value = { is: 'known', centre: { ...closed, why: 'technical' } }));
    expect(page()).not.toMatch(/dicht|weer/);
    expect(left).toEqual([]);
  });

  test('[W126] no new chat is offered while the centre is closed', () => {
    const { facts } = show(fakeVisitor({ is: 'ended', reason: 'closed', talked: false }));
    const again = () => screen.queryByRole('button', { name: 'Start een nieuwe chat' });
    now(() => (facts.value = { is: 'known', centre: closed }));
    expect(again()).toBeNull();
    now(() => (facts.value = { is: 'known', centre: open }));
    expect(again()).not.toBeNull();
    expect(page()).not.toContain('We zijn er weer');
  });

  test('[V11 E53] a key that was once not believed is not the reason of an end that had another', () => {
    show(fakeVisitor({ is: 'ended', reason: 'closed', talked: false, trust: 'clock' }));
    expect(page()).toContain('We zijn nu dicht.');
    expect(page()).not.toContain('klok');
  });

  test('[W102] after the service lost a conversation both stand there: what was said, and the numbers', () => {
    const fake = fakeVisitor({ is: 'ended', reason: 'lost', talked: true });
    fake.talk.items.value = [text('me', 'mijn vraag'), text('them', 'het antwoord')];
    show(fake);
    expect(page()).toContain('mijn vraag');
    expect(page()).toContain('het antwoord');
    expect([...document.querySelectorAll('a[href^="tel:"]')].map((one) => one.getAttribute('href'))).toEqual(
      ['112', '1813', '102', '1712', '106'].map((number) => `tel:${number}`),
    );
    expect(page()).not.toContain('Bedankt');
  });

  test('[W26] after Sluit the first screen is there at once, for the next person at this computer', () => {
    vi.useFakeTimers();
    const fake = fakeVisitor({ is: 'ended', reason: 'counsellor_ended', talked: true });
    const { widget, minimised } = show(fake);
    settle();
    press('Sluit');
    now(() => (minimised.value = false));
    expect(widget.intro.step.value).toBe('welcome');
    expect(heading()).toBe('Dag! Fijn dat je er bent.');
  });

  test('[W26] Sluit forgets all and makes the chat small', () => {
    vi.useFakeTimers();
    const { fake, minimised } = show(fakeVisitor({ is: 'ended', reason: 'counsellor_ended', talked: true }));
    settle();
    press('Sluit');
    expect(fake.asked).toEqual(['reset']);
    expect(minimised.value).toBe(true);
  });
});
