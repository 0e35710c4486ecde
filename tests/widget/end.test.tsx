import { screen } from '@testing-library/preact';
import { describe, expect, test, vi } from 'vitest';
import { fakeVisitor } from './fakeVisitor.ts';
import { now, onScreen, page, press, show } from './screen.tsx';

describe('the end', () => {
  onScreen();

  test.each([
    ['counsellor_ended', 'Het gesprek is gewist. Ook wij kunnen het niet meer lezen.'],
    ['visitor_left', 'Het gesprek is gewist. Ook wij kunnen het niet meer lezen.'],
    ['visitor_gone', 'Je was te lang weg. De chat is gestopt.'],
    ['too_long', 'Het was lang stil. Daarom is de chat gestopt.'],
    ['lost', 'Er ging iets mis bij ons. De chat is gestopt. Dat spijt ons.'],
  ] as const)(
    '[W26] the end (%s) thanks, says what became of the text, and a new chat waits a minute',
    (reason, sentence) => {
      vi.useFakeTimers();
      const { fake, widget } = show(fakeVisitor({ is: 'ended', reason, talked: true }));
      expect(page()).toContain('Bedankt om te chatten.');
      expect(page()).toContain(sentence);
      expect(page()).not.toMatch(/weggegaan|jij stopte/i);
      expect(screen.queryByRole('button', { name: 'Start een nieuwe chat' })).toBeNull();
      now(() => vi.advanceTimersByTime(60_000));
      press('Start een nieuwe chat');
      expect(fake.asked).toEqual(['reset']);
      expect(widget.intro.step.value).toBe('welcome');
    },
  );

  test('[W26] Sluit forgets all and makes the chat small', () => {
    const { fake, minimised } = show(fakeVisitor({ is: 'ended', reason: 'counsellor_ended', talked: true }));
    press('Sluit');
    expect(fake.asked).toEqual(['reset']);
    expect(minimised.value).toBe(true);
  });
});
