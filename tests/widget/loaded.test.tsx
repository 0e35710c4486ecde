import { afterEach, describe, expect, test, vi } from 'vitest';
import { howLoaded } from '../../widget/src/frame/loaded.ts';
import { askBeforeLeaving } from '../../widget/src/frame/askBeforeLeaving.ts';
import { fakeVisitor, lien, waiting } from './fakeVisitor.ts';
import { heading, now, onScreen, page, press, show, settle } from './screen.tsx';

interface Came {
  type?: string;
  /** the fragment of the address */
  hash?: string;
  framed?: boolean;
  wasDiscarded?: boolean;
}
const pageThat = ({ type, hash = '#k=pin', framed = false, ...document }: Came) => {
  const performance = { getEntriesByType: () => (type === undefined ? [] : [{ type }]) };
  const made = { performance, document, location: { hash } } as unknown as { parent: unknown };
  made.parent = framed ? {} : made;
  return made as Window;
};

describe('how a page came to be', () => {
  test.each([
    ['loaded again', { type: 'reload' }, 'reload'],
    ['discarded by the browser, and back', { type: 'navigate', wasDiscarded: true }, 'reload'],
    ['gone back to, or restored', { type: 'back_forward' }, 'back'],
    ['followed a link, or was copied', { type: 'navigate' }, 'other'],
    ['made before anybody asked for it', { type: 'prerender' }, 'other'],
    ['the browser does not say', {}, 'other'],
    ['an address that says so alone', { type: 'navigate', hash: '#k=pin&by=reload' }, 'other'],
  ])('[W70 W71 W72] in a window of its own: %s', (_, came: Came, is) => {
    expect(howLoaded(pageThat(came))).toBe(is);
  });

  test.each([
    ['the page around was loaded again', { type: 'navigate', hash: '#k=pin&by=reload' }, 'reload'],
    ['the page around was gone back to', { type: 'navigate', hash: '#k=pin&by=back_forward' }, 'back'],
    ['the page around is another one', { type: 'navigate', hash: '#k=pin&by=navigate' }, 'other'],
    ['nobody says of the page around', { type: 'navigate' }, 'other'],
    ['no loader, loaded again', { type: 'reload' }, 'reload'],
    ['no loader, restored', { type: 'back_forward' }, 'back'],
    ['loaded again alone, after Back', { type: 'reload', hash: '#k=pin&by=back_forward' }, 'reload'],
  ])('[W70 W71 W72] in a frame: %s', (_, came: Came, is) => {
    expect(howLoaded(pageThat({ framed: true, ...came }))).toBe(is);
  });

  const by = (type: string) => ({ framed: true, type: 'navigate', hash: `#k=pin&by=${type}&at=5000` });
  test.each([
    ['and began before the one of the chat had gone', by('reload'), 5_001, 'reload'],
    ['and that of the chat could not say when it went', by('reload'), undefined, 'reload'],
    ['and began when that of the chat was gone: it was another one', by('reload'), 4_999, 'other'],
    ['and somebody was asked whose chat it is', by('reload'), 0, 'other'],
    ['but only the frame of it, which keeps its address', { ...by('reload'), type: 'reload' }, 4_999, 'reload'],
  ])('[W70 W72] the page around was loaded again, %s', (_, came: Came, goneMs, is) => {
    expect(howLoaded(pageThat(came), goneMs)).toBe(is);
  });

  test.each([{ type: 'reload' }, { type: 'reload', framed: true }])(
    '[W72 W112] loaded again while somebody is asked whose chat it is: no reload, without a loader neither (%o)',
    (came) => {
      expect(howLoaded(pageThat(came), 0)).toBe('other');
      expect(howLoaded(pageThat(came), 1)).toBe('reload');
    },
  );

  test('[W71] gone back to after another page: still Back', () => {
    expect(howLoaded(pageThat(by('back_forward')), 4_999)).toBe('back');
  });
});

describe('the question', () => {
  onScreen();

  test('[W72] names nobody and nothing; one button goes on, another wipes', () => {
    vi.useFakeTimers();
    const { fake } = show(fakeVisitor({ is: 'unclaimed' }));
    settle();
    expect(heading()).toBe('Was jij hier aan het chatten?');
    expect(page()).not.toMatch(/Blauwe Vos|wachtrij|Terug naar je chat/);
    press('Nee, wis die chat');
    press('Ga hier verder');
    expect(fake.asked.filter((what) => what !== 'touched')).toEqual(['end', 'resumeHere']);
  });

  test('[W72 W20] the small bar does not say either that there is a chat', () => {
    const { minimised } = show(fakeVisitor({ is: 'unclaimed' }));
    now(() => (minimised.value = true));
    expect(document.querySelector('.bar')?.textContent).toBe('Chat met het CLB');
  });

  test('[W72 W29] a copy is told where the chat is, and nothing can be wiped from there', () => {
    show(fakeVisitor({ is: 'elsewhere' }));
    expect(heading()).toBe('Je chat staat open in een ander tabblad.');
    expect(page()).not.toContain('wis die chat');
  });
});

describe('a page that goes', () => {
  const leaves = () => {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented ? 'asks' : 'goes';
  };
  afterEach(() => {
    document.documentElement.hidden = false;
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  test('[W74] asks while somebody waits, chooses or talks, and at no other time', () => {
    const { view } = fakeVisitor();
    askBeforeLeaving(view);
    const answers = [
      waiting(),
      { is: 'opening', peer: null, ask: false },
      { is: 'choosing', peer: lien, before: null },
      { is: 'talking', peer: lien },
      { is: 'ended', reason: 'visitor_left', talked: true },
      { is: 'elsewhere' },
      { is: 'unclaimed' },
      { is: 'joining' },
      { is: 'none' },
    ] as const;
    const said = answers.map((next) => ((view.value = next), leaves()));
    expect(said).toEqual(['asks', 'asks', 'asks', 'asks', 'goes', 'goes', 'goes', 'goes', 'goes']);
  });

  test('[W74 W70] asks nothing once it is blank, by Snel weg or because it loads itself again', () => {
    const { view } = fakeVisitor({ is: 'talking', peer: lien });
    askBeforeLeaving(view);
    document.documentElement.hidden = true;
    expect(leaves()).toBe('goes');
    view.value = { is: 'none' };
  });

  test('[W74] asks nothing because of a number that is called, and does afterwards', () => {
    vi.useFakeTimers();
    const { view } = fakeVisitor({ is: 'talking', peer: lien });
    askBeforeLeaving(view);
    const number = document.body.appendChild(document.createElement('a'));
    number.href = 'tel:112';
    const inside = number.appendChild(document.createElement('b'));
    let while_ = '';
    number.addEventListener('click', (event) => ((while_ = leaves()), event.preventDefault()));
    inside.click();
    expect(while_).toBe('goes');
    vi.runAllTimers();
    expect(leaves()).toBe('asks');
    view.value = { is: 'none' };
  });
});
