import { fireEvent, screen } from '@testing-library/preact';
import { describe, expect, test, vi } from 'vitest';
import type { Item } from '@clbchat/shared/client/views';
import { fakeVisitor, lien, text } from './fakeVisitor.ts';
import { button, field, now, onScreen, page, press, said, show, stops, type, withFinger, settle } from './screen.tsx';

const chatting = () => fakeVisitor({ is: 'talking', peer: lien });
const composer = () => field('Jouw bericht');
const write = (words: string) => type('Jouw bericht', words);
const enter = (more: object = {}) => now(() => fireEvent.keyDown(composer(), { key: 'Enter', ...more }));
const lines = () => [...document.querySelectorAll('[role=log] li')];
const at = (minutes: number) => ({ atMs: new Date(2026, 10, 23, 18, 42 + minutes).getTime() });

describe('writing', () => {
  onScreen();

  test('[W7] Enter sends where there is a keyboard; Shift and Enter is a new line', () => {
    const { fake } = show(chatting());
    write('hallo');
    enter({ shiftKey: true });
    expect(fake.talk.sent).toEqual([]);
    enter();
    expect(fake.talk.sent).toEqual(['hallo']);
    expect(composer().value).toBe('');
  });

  test('[W7] while letters are being composed Enter only ends the composing', () => {
    const { fake } = show(chatting());
    write('にほ');
    enter({ isComposing: true });
    enter({ keyCode: 229 });
    expect(fake.talk.sent).toEqual([]);
  });

  test('[W7] under a finger Enter is a new line, and the button sends', () => {
    withFinger();
    const { fake } = show(chatting());
    write('hallo');
    enter();
    expect(fake.talk.sent).toEqual([]);
    press('Verstuur');
    expect(fake.talk.sent).toEqual(['hallo']);
  });

  test('[W7] an empty message is none, and nothing but the fact of writing is told', () => {
    const { fake } = show(chatting());
    write('   ');
    press('Verstuur');
    expect(fake.talk.sent).toEqual([]);
    expect(fake.talk.typed).toBe(1);
    expect(button('Verstuur').getAttribute('aria-disabled')).toBe('true');
  });

  test.each([
    ['too_long', 'a'.repeat(2_005), 'Je bericht is 5 tekens te lang.'],
    ['surrogate', 'x', 'Er staat een teken in dat niet bestaat. Typ het opnieuw.'],
  ] as const)('[W8] refused as %s: a sentence, and the text stays', (why, words, sentence) => {
    const fake = chatting();
    fake.talk.refuses = why;
    show(fake);
    write(words);
    press('Verstuur');
    expect(screen.getByRole('alert').textContent).toBe(sentence);
    expect(composer().value).toBe(words);
  });

  test('[W8] from 1,800 characters on it says how many are left, before that nothing', () => {
    show(chatting());
    write('a'.repeat(1_799));
    expect(screen.queryByText(/Nog \d+ tekens/)).toBeNull();
    write('a'.repeat(1_800));
    expect(page()).toContain('Nog 200 tekens.');
  });

  test.each([
    'bel mij op 0470 12 34 56',
    'mijn nummer is +32 470/12.34.56',
    'mail naar jan.peeters@school.be',
    'ik woon in de Kerkstraat 12',
    'rijksregister 85.07.30-033.28',
  ])('[W9] "%s": asked first, on this device, and both answers do what they say', (words) => {
    const { fake } = show(chatting());
    write(words);
    enter();
    expect(fake.talk.sent).toEqual([]);
    expect(page()).toContain('Dit lijkt een telefoonnummer of adres. Wil je dat echt sturen?');
    press('Nee, ik pas het aan');
    expect(composer().value).toBe(words);
    expect(document.activeElement).toBe(composer());
    enter();
    press('Ja, verstuur');
    expect(fake.talk.sent).toEqual([words]);
  });

  test.each(['ik had 12 op 20', 'sinds 2024 of 2025', 'om 17.30 uur', 'bel ik 112 of 1813?', 'er zijn 25 leerlingen'])(
    '[W9] "%s" is nobody’s address',
    (words) => {
      const { fake } = show(chatting());
      write(words);
      enter();
      expect(fake.talk.sent).toEqual([words]);
    },
  );

  test('[W10] text written for somebody else comes back into the field and waits for a press', () => {
    const { fake } = show(chatting());
    write('en nog iets');
    now(() => (fake.talk.returned.value = 'voor Lien'));
    expect(composer().value).toBe('voor Lien\nen nog iets');
    expect(page()).toContain('Dit bericht is niet verstuurd.');
    expect(fake.talk.sent).toEqual([]);
    expect(fake.talk.returned.value).toBe('');
  });

  test('[W10] what is half written outlives a counsellor who is lost', () => {
    const { fake } = show(chatting());
    write('half geschreven');
    now(() => (fake.view.value = { is: 'choosing', peer: { name: 'Samir', site: '' }, before: lien }));
    now(() => (fake.view.value = { is: 'talking', peer: { name: 'Samir', site: '' } }));
    expect(composer().value).toBe('half geschreven');
    expect(fake.talk.sent).toEqual([]);
  });
});

describe('the conversation', () => {
  onScreen();

  test('[W11] each own message says in words how far it is, once for messages that belong together', () => {
    const fake = chatting();
    fake.talk.items.value = [
      text('me', 'een', { state: 'read', ...at(0) }),
      text('me', 'twee', { state: 'read', ...at(1) }),
      text('me', 'drie', { state: 'sent', ...at(9) }),
      text('me', 'vier', { state: 'pending', ...at(9) }),
    ];
    show(fake);
    expect(lines().map((line) => line.querySelector('.meta')?.textContent ?? '')).toEqual([
      '',
      '18:43 · Gelezen',
      '18:51 · Verstuurd',
      'Nog niet verstuurd',
    ]);
  });

  test('[W11] each message begins with who says it, and what happened between two is told', () => {
    const fake = chatting();
    const event = (more: object): Item => ({ key: JSON.stringify(more), from: 'them', atMs: 0, ...more }) as Item;
    fake.talk.items.value = [
      event({ is: 'system', code: 'joined', name: 'Lien' }),
      text('them', 'dag'),
      event({ is: 'gap' }),
      event({ is: 'newer' }),
      event({ is: 'unreadable' }),
      event({ is: 'system', code: 'resumed' }),
    ];
    show(fake);
    expect(lines().map((line) => line.textContent)).toEqual([
      'Lien is er. Niemand anders kan dit lezen.\nEen chat duurt hoogstens 45 minuten.',
      'LienLien: dag18:42',
      'Hier ontbreekt een bericht. Vraag gerust om het opnieuw te sturen.',
      'Dit is een nieuwer soort bericht. Je kan het hier niet zien.',
      'Dit bericht kunnen we niet openen.',
      'Je zit weer in je chat.',
    ]);
  });

  test('[W12] https addresses of the counsellor can be followed, nothing else; what the visitor wrote is text', () => {
    const fake = chatting();
    const tricky =
      '<b>vet</b> https://awel.be. javascript:alert(1) http://x.be https:// https://awel.be@x.be https://\u0430wel.be';
    fake.talk.items.value = [text('them', tricky), text('me', 'zie https://awel.be')];
    show(fake);
    const links = [...document.querySelectorAll<HTMLAnchorElement>('[role=log] a')];
    expect(links.map((link) => link.getAttribute('href'))).toEqual(['https://awel.be']);
    expect(links[0]?.rel).toBe('noreferrer noopener');
    expect(links[0]?.target).toBe('_blank');
    expect(document.querySelector('.bubble b')).toBeNull();
    expect(page()).toContain('<b>vet</b>');
  });

  test('[W25] a message of the other side is said aloud with its sender; one’s own is not', async () => {
    const { fake } = show(chatting());
    now(() => (fake.talk.items.value = [text('me', 'van mij'), text('them', 'van haar')]));
    expect(await said()).toBe('Lien: van haar');
    expect(document.querySelector('[role=log]')?.getAttribute('aria-live')).toBe('off');
  });

  test.each([
    ['gone', { is: 'lost', sinceMs: 0 }, 0],
    ['gone for a minute', { is: 'lost', sinceMs: 0 }, 60_000],
    ['back', { is: 'online' }, 0],
  ] as const)('[W101] the chat can be stopped while the connection is %s', (_, next, ms) => {
    vi.useFakeTimers();
    const { fake } = show(chatting());
    now(() => (fake.connection.value = { is: 'lost', sinceMs: 0 }));
    now(() => vi.advanceTimersByTime(ms));
    now(() => (fake.connection.value = next));
    expect(document.querySelector('.ban')).not.toBeNull();
    press('Stop de chat');
    settle();
    press('Ja, stop de chat');
    expect(fake.asked).toEqual(['end']);
  });

  test('[W13] lost: a bar says so and that nothing is gone; after a minute a button; back: six seconds', () => {
    vi.useFakeTimers();
    const { fake } = show(chatting());
    const bar = () => document.querySelector('.ban')?.textContent;
    now(() => (fake.connection.value = { is: 'lost', sinceMs: 0 }));
    expect(bar()).toBe('Geen verbinding. We proberen opnieuw. Je chat is niet weg.');
    now(() => (fake.talk.items.value = [text('me', 'wacht', { key: 'wacht', state: 'pending' })]));
    now(() => vi.advanceTimersByTime(60_000));
    press('Probeer nu');
    expect(fake.asked).toEqual(['tryNow']);
    now(() => {
      fake.connection.value = { is: 'online' };
      fake.talk.items.value = [text('me', 'wacht', { key: 'wacht', state: 'sent' })];
    });
    expect(bar()).toBe('Je bent weer verbonden. Je bericht is verstuurd.');
    now(() => vi.advanceTimersByTime(6_000));
    expect(bar()).toBeUndefined();
    expect(page()).toContain('Alleen jij en Lien kunnen dit lezen');
  });

  test('[W14] a silent counsellor is told as it is', () => {
    const { fake } = show(chatting());
    now(() => (fake.talk.peerSilent.value = true));
    expect(page()).toContain('Lien heeft even geen verbinding. Blijf gerust hier.');
  });

  test('[W13] a slow answer gets one patient line, and only one in a chat', () => {
    vi.useFakeTimers();
    const { fake } = show(chatting());
    now(() => (fake.talk.items.value = [text('me', 'moeilijk')]));
    now(() => vi.advanceTimersByTime(90_000));
    expect(page()).toContain('Lien denkt na over je bericht.');
    now(() => (fake.talk.items.value = [text('me', 'moeilijk'), text('them', 'ja'), text('me', 'en nu?')]));
    now(() => vi.advanceTimersByTime(200_000));
    expect(page()).not.toContain('denkt na');
  });

  test('[W13] what the service says meanwhile puts the patient line off no further', () => {
    vi.useFakeTimers();
    const { fake } = show(chatting());
    now(() => (fake.talk.items.value = [text('me', 'moeilijk')]));
    for (const _third of [1, 2, 3]) {
      expect(page()).not.toContain('denkt na');
      now(() => vi.advanceTimersByTime(30_000));
      now(() => (fake.view.value = { ...fake.view.value }));
      now(() => (fake.talk.items.value = fake.talk.items.value.map((item) => ({ ...item }))));
    }
    expect(page()).toContain('Lien denkt na over je bericht.');
  });

  test.each([
    [
      'one’s own connection is lost',
      (fake: ReturnType<typeof chatting>) => (fake.connection.value = { is: 'lost', sinceMs: 1 }),
    ],
    ['she fell away', (fake: ReturnType<typeof chatting>) => (fake.talk.peerSilent.value = true)],
    [
      'somebody else is asked about',
      (fake: ReturnType<typeof chatting>) =>
        (fake.view.value = { is: 'choosing', peer: { name: 'Samir', site: '' }, before: lien }),
    ],
    [
      'it is over',
      (fake: ReturnType<typeof chatting>) => (fake.view.value = { is: 'ended', reason: 'lost', talked: true }),
    ],
  ])('[W13] the patient line goes where nobody thinks about the message any more: %s', (_why, happens) => {
    vi.useFakeTimers();
    const { fake } = show(chatting());
    now(() => (fake.talk.items.value = [text('me', 'moeilijk')]));
    now(() => vi.advanceTimersByTime(90_000));
    expect(page()).toContain('Lien denkt na over je bericht.');
    now(() => happens(fake));
    expect(page()).not.toContain('denkt na');
  });

  test('[W15] after long silence one tap says "ik ben er", and nothing has to be written', () => {
    const { fake } = show(chatting());
    now(() => (fake.idleLeftMs.value = 120_000));
    expect(page()).toContain('Ben je er nog? De chat stopt over 2 minuten.');
    press('Ja, ik ben er');
    expect(fake.asked).toEqual(['here']);
    expect(page()).not.toContain('De chat stopt over');
  });

  test('[W6] stopping asks once, and the safe answer has the focus', () => {
    vi.useFakeTimers();
    const { fake } = show(chatting());
    press('Stop de chat');
    expect(document.activeElement?.textContent).toBe('Nee, ik chat verder');
    press('Nee, ik chat verder');
    expect(fake.asked).toEqual([]);
    press('Stop de chat');
    settle();
    press('Ja, stop de chat');
    expect(fake.asked).toEqual(['end']);
  });

  test('[W1 W25] the keyboard walks: leave, numbers, small, stop, messages, field, send; the field has the focus', () => {
    show(chatting());
    expect(document.activeElement).toBe(composer());
    expect(stops()).toEqual([
      'Snel weg: sluit deze chat meteen',
      'Nu hulp nodig? Bel een nummer',
      'Maak klein',
      '',
      'Gesprek',
      'msg',
      'Verstuur',
    ]);
  });

  test('[W25] under a finger the heading gets the focus, so that no keyboard jumps up', () => {
    withFinger();
    show(chatting());
    expect(document.activeElement?.tagName).toBe('H1');
  });

  test('[W11] what is on screen counts as read; what came while the chat was small does not', () => {
    const { fake, minimised } = show(chatting());
    const before = fake.talk.read;
    now(() => (minimised.value = true));
    now(() => (fake.talk.items.value = [text('them', 'dag')]));
    expect(fake.talk.read).toBe(before);
    now(() => (minimised.value = false));
    expect(fake.talk.read).toBeGreaterThan(before);
  });
});
