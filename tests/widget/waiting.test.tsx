import { screen } from '@testing-library/preact';
import { describe, expect, test, vi } from 'vitest';
import { RELEASES } from '@clbchat/shared/ids';
import { mayBeTooLate } from '../../widget/src/waiting/wait.ts';
import { open } from './fakeWidget.tsx';
import { fakeVisitor, lien, samir, text, waiting } from './fakeVisitor.ts';
import { button, field, heading, now, onScreen, page, press, said, show, stops, type, settle } from './screen.tsx';

/** When everything that was waiting for the end of this task has run, and nothing that waits for a picture. */
const soon = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

describe('the waiting room', () => {
  onScreen();

  test.each([
    [{ ahead: 2, range: { fromMin: 5, toMin: 10 } }, ['Jij bent nummer 3.', 'Meestal nog 5 tot 10 minuten.']],
    [{ ahead: 0, range: { fromMin: 0, toMin: 5 } }, ['Jij bent de volgende.', 'Meestal minder dan 5 minuten.']],
    [{ ahead: 9, range: { fromMin: 35, toMin: 50 } }, ['Dat duurt langer dan een half uur.']],
    [{ ahead: 1, range: null }, ['We weten nog niet hoelang het duurt.']],
    [{ ahead: 1, staffed: false }, ['Er is nu even niemand vrij. Blijf gerust wachten.']],
    [{ waitedMs: 125_000 }, ['Gewacht: 2 min. Laat dit venster open.']],
  ])('[W19] %o is told in words: %o', (state, sentences) => {
    show(fakeVisitor(waiting(state)));
    for (const sentence of sentences) expect(page()).toContain(sentence);
  });

  test('[W19] a new place is said aloud, once; the same place is not', async () => {
    const { fake } = show(fakeVisitor(waiting({ ahead: 2 })));
    now(() => (fake.view.value = waiting({ ahead: 2, waitedMs: 200_000 })));
    now(() => (fake.view.value = waiting({ ahead: 1 })));
    expect(await said()).toBe('Jij bent nummer 2.');
  });

  test('[W19] who may not get a turn today is told so, with who helps now, and may wait all the same', () => {
    show(fakeVisitor(waiting({ ahead: 13, range: { fromMin: 35, toMin: 200 } })));
    expect(heading()).toBe('Het is nu heel druk.');
    expect(page()).toContain('Misschien kom je vandaag niet meer aan de beurt.');
    expect(page()).toContain('We sluiten om 21 uur.');
    press('Ik wacht verder');
    expect(heading()).toBe('Je staat in de wachtrij.');
  });

  test('[Q9] whom somebody is free for is not told that it may be too late, not in the last minute nor after closing', () => {
    const closing = { is: 'closing', closesInMs: 30_000 } as const;
    const draining = { is: 'draining', opens: null } as const;
    for (const hours of [closing, draining]) {
      expect(mayBeTooLate({ fromMin: 0, toMin: 0 }, { ...open, hours })).toBe(false);
      expect(mayBeTooLate({ fromMin: 0, toMin: 5 }, { ...open, hours })).toBe(true);
    }
  });

  test('[W6] leaving the line asks once; the safe answer stands lowest, has the focus and is what Escape means', () => {
    vi.useFakeTimers();
    const { fake } = show(fakeVisitor(waiting()));
    press('Stop met wachten');
    const sheet = screen.getByRole('alertdialog', { name: 'Wil je niet meer wachten?' });
    expect(document.activeElement?.textContent).toBe('Nee, ik wacht');
    now(() => sheet.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
    expect(fake.asked).toEqual([]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    press('Stop met wachten');
    const answers = [...document.querySelectorAll('.sheet button')].map(({ textContent }) => textContent);
    expect(answers).toEqual(['Ja, stop met wachten', 'Nee, ik wacht']);
    settle();
    press('Ja, stop met wachten');
    expect(fake.asked).toEqual(['end']);
  });

  test('[W6 W25] what is asked, and a new screen, have the focus before the next key can be pressed', async () => {
    const { fake } = show(fakeVisitor(waiting()));
    // without the testing library, which would wait until everything has come to rest
    button('Stop met wachten').click();
    await soon();
    expect(document.activeElement?.textContent).toBe('Nee, ik wacht');
    fake.view.value = { is: 'opening', peer: lien, ask: false };
    await soon();
    expect(document.activeElement?.tagName).toBe('H1');
  });

  test('[W2] the first question can be written while waiting, and is kept when the turn comes in the middle of it', () => {
    const { fake } = show(fakeVisitor(waiting()));
    press(/Schrijf je vraag al op/);
    type('Je eerste vraag', 'ik durf niet meer');
    now(() => (fake.view.value = { is: 'opening', peer: lien, ask: false }));
    expect(fake.visitor.first.value).toBe('ik durf niet meer');
  });

  test('[W2] one that is too long for a message is not lost either: it waits in the composer', () => {
    const { fake } = show(fakeVisitor(waiting()));
    press(/Schrijf je vraag al op/);
    type('Je eerste vraag', 'a'.repeat(2_001));
    now(() => (fake.view.value = { is: 'talking', peer: lien }));
    expect(fake.visitor.first.value).toBe('');
    expect(field('Jouw bericht').value).toHaveLength(2_001);
  });

  test('[W19] breathing and reading keep the place in sight', () => {
    vi.useFakeTimers();
    show(fakeVisitor(waiting({ ahead: 1 })));
    press(/Adem rustig/);
    expect(heading()).toBe('Adem rustig mee.');
    expect(document.querySelector('.brand small')?.textContent).toBe('Jij bent nummer 2');
    expect(document.querySelector('.breath')?.textContent).toBe('Adem in4');
    now(() => vi.advanceTimersByTime(4_000));
    expect(document.querySelector('.breath')?.textContent).toBe('Adem uit4');
    press('Terug naar de wachtrij');
    press(/Zo gaat een chat/);
    expect(page()).toContain('Een chat duurt hoogstens 45 minuten.');
  });

  test('[W14] after a counsellor was lost the visitor reads that the front is theirs', () => {
    show(fakeVisitor(waiting({ ahead: 0, front: 'counsellor_gone' })));
    expect(page()).toContain('De medewerker is weggevallen. Je plaats is bewaard.');
  });

  test('[Q12] whose place was not kept reads that, and not that it was', () => {
    show(fakeVisitor(waiting({ ahead: 2, front: 'unanswered', passed: true })));
    const note = screen.getByText(/gaat nu eerst/).textContent ?? '';
    expect(note).not.toContain('bewaard');
  });

  test.each(RELEASES)('[R11 V11 W14] why one is at the front again (%s) is a sentence', (front) => {
    show(fakeVisitor(waiting({ ahead: 0, front, unanswered: front === 'unanswered' })));
    const note = document.querySelector('.note.info p')?.textContent ?? '';
    expect(note).toMatch(/bewaard/);
    expect(note.includes('even weg'), 'only who was away reads it').toBe(front === 'visitor_away');
  });

  test('[Q7 W15] who answered reads nothing more about it', () => {
    show(fakeVisitor(waiting({ ahead: 0, front: 'unanswered', unanswered: false })));
    expect(page()).not.toContain('Ben je er nog?');
    expect(screen.queryByRole('button', { name: 'Ja, ik ben er' })).toBeNull();
  });

  test('[W15] who was away says so with one tap', () => {
    const { fake } = show(fakeVisitor(waiting({ ahead: 0, front: 'unanswered', unanswered: true })));
    press('Ja, ik ben er');
    expect(fake.asked).toEqual(['here']);
  });
});

describe('the turn', () => {
  onScreen();

  test('[W15] it is said at once, and who did not touch the page is asked first', () => {
    const { fake } = show(fakeVisitor({ is: 'opening', peer: lien, ask: false }));
    expect(screen.getByRole('alert').textContent).toContain('Jij bent aan de beurt! Lien is er.');
    now(() => (fake.view.value = { is: 'opening', peer: lien, ask: true }));
    expect(screen.getByRole('alert').textContent).toContain('Ben je er nog?Lien wacht op jou.');
    press('Ja, ik ben er');
    expect(fake.asked).toEqual(['here']);
  });

  test('[W20] who made the chat small gets a neutral mark, and reads in the small bar whose turn it is', () => {
    const { fake, minimised, left } = show(fakeVisitor(waiting()));
    now(() => (minimised.value = true));
    const bar = () => document.querySelector('.bar')?.textContent;
    expect(bar()).toBe('Terug naar je chatJe wacht · nummer 3');
    now(() => (fake.view.value = waiting({ ahead: 0 })));
    expect(bar()).toBe('Terug naar je chatJij bent de volgende');
    now(() => (fake.view.value = { is: 'opening', peer: lien, ask: false }));
    expect(left).toEqual(['attention']);
    expect(bar()).toBe('!Jij bent aan de beurt!Lien is er');
    now(() => (fake.view.value = { is: 'talking', peer: lien }));
    now(() => (fake.talk.unread.value = 2));
    expect(bar()).toBe('2Terug naar je chat2 nieuwe berichten');
    now(() => (fake.connection.value = { is: 'lost', sinceMs: 0 }));
    expect(bar()).toBe('!Terug naar je chatGeen verbinding');
    expect(document.activeElement?.className).toBe('bar');
    press(/Terug naar je chat/);
    expect(minimised.value).toBe(false);
  });
});

describe('another counsellor than before', () => {
  onScreen();

  test.each([
    ['Ja, en Samir mag alles lezen', 'all'],
    ['Ja, maar Samir leest niets terug', 'none'],
    ['Nee, stop de chat', 'stop'],
  ])('[W14] "%s" is one of three answers, by name and without a clock', (answer, choice) => {
    vi.useFakeTimers();
    const fake = fakeVisitor({ is: 'choosing', peer: samir, before: lien });
    fake.talk.items.value = [text('me', 'mijn geheim')];
    show(fake);
    expect(heading()).toBe('Wil je verder met Samir?');
    expect(page()).toContain('Lien komt niet terug.');
    now(() => vi.advanceTimersByTime(600_000));
    expect(fake.asked).toEqual([]);
    expect(page()).toContain('mijn geheim');
    expect(screen.queryByRole('textbox')).toBeNull();
    press(answer);
    expect(fake.asked).toEqual([`choose:${choice}`]);
  });

  test('[W29] a second tab says where the chat is, and one tap brings it here', () => {
    const { fake } = show(fakeVisitor({ is: 'elsewhere' }));
    expect(heading()).toBe('Je chat staat open in een ander tabblad.');
    press('Ga hier verder');
    expect(fake.asked).toEqual(['resumeHere']);
  });

  test.each([
    ['waiting', waiting()],
    ['opening', { is: 'opening', peer: lien, ask: true }],
    ['choosing', { is: 'choosing', peer: samir, before: lien }],
    ['talking', { is: 'talking', peer: lien }],
    ['ended', { is: 'ended', reason: 'counsellor_ended', talked: true }],
    ['elsewhere', { is: 'elsewhere' }],
  ] as const)('[W1] %s: Snel weg, the numbers and Maak klein come first, also with a question open', (_is, view) => {
    show(fakeVisitor(view));
    const look = () =>
      expect(stops().slice(0, 3)).toEqual([
        'Snel weg: sluit deze chat meteen',
        'Nu hulp nodig? Bel een nummer',
        'Maak klein',
      ]);
    look();
    press('Nu hulp nodig? Bel een nummer');
    look();
  });
});
