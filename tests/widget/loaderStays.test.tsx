import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { buttons, CHAT, clearPage, hear, load, make } from './schoolPage.ts';

/** Who watches the page hears of it when this turn is over. */
const turn = () => Promise.resolve();
const phone = () => vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));

describe('a page that is not ours', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    document.title = 'Atheneum';
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"state":"open"}')));
    vi.stubGlobal('requestIdleCallback', (run: () => void) => run());
  });
  afterEach(() => {
    clearPage();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test('[W40] that takes the open chat away has its keys, its title and its parts again, and the button', async () => {
    phone();
    const { body } = document;
    const mine = body.appendChild(make('aside'));
    mine.setAttribute('inert', '');
    const { launcher, frame, root, told } = await load();
    launcher()?.click();
    hear(frame(), 'minimise');
    hear(frame(), 'attention');
    hear(frame(), 'ready');
    hear(frame(), 'open');
    hear(frame(), 'attention');
    expect([document.title, body.hasAttribute('inert')]).toEqual(['● Atheneum', true]);
    const former = frame();

    root()?.host.remove();
    await turn();
    expect([document.title, body.hasAttribute('inert')]).toEqual(['Atheneum', false]);
    expect(mine.hasAttribute('inert')).toBe(true); // the page's own choice
    expect(buttons()).toHaveLength(1);
    expect([frame(), launcher()?.hidden]).toEqual([null, false]);

    const before = told.length;
    hear(former, 'attention');
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect([document.title, told.length]).toEqual(['Atheneum', before]);

    launcher()?.click();
    expect(frame()).not.toBe(former);
    expect(frame()?.getAttribute('src')).toBe(former?.getAttribute('src'));
  });

  test('[W40] that swaps its whole body, with copies of ours in it, keeps button and open chat, once', async () => {
    phone();
    const { launcher, frame, root } = await load();
    launcher()?.click();
    const open = frame();
    for (let visit = 0; visit < 8; visit += 1) {
      const body = make('body');
      body.append(make('main'));
      document.documentElement.replaceChild(body, document.body);
      await turn();
      expect(document.body).toBe(body);
      expect([...buttons()]).toEqual([root()?.host]);
      expect(frame()).toBe(open);
      expect(body.hasAttribute('inert')).toBe(true); // out of reach as the former one was
    }
    hear(open, 'minimise');
    expect(document.body.hasAttribute('inert')).toBe(false);
    // a page that copies itself whole has copies of ours, with nothing in them
    document.body.append(root()!.host.cloneNode(true));
    root()?.host.remove();
    await turn();
    expect([...buttons()]).toEqual([root()?.host]);
  });

  test('[W40] that has no body for a while, or another root, has the button', async () => {
    const { root } = await load();
    const former = document.documentElement;
    document.body.remove();
    await turn();
    expect(buttons()).toHaveLength(1);
    former.append(make('body'));
    const fresh = make('html');
    fresh.append(make('head'), make('body'));
    former.remove();
    document.append(fresh);
    await turn();
    expect(fresh.contains(root()!.host)).toBe(true);
    fresh.remove();
    document.append(former);
    await turn();
    expect(former.contains(root()!.host)).toBe(true);
  });

  test('[W40] that puts the button elsewhere and takes it away from there has it back', async () => {
    const { root } = await load();
    const box = document.body.appendChild(make('div'));
    box.append(root()!.host);
    await turn();
    root()?.host.remove();
    await turn();
    expect(buttons()).toHaveLength(1);
  });

  test('[W40] that wants no button is asked five times a minute, then never again, and told once', async () => {
    const said = vi.spyOn(console, 'warn').mockReturnValue();
    const { root } = await load();
    let taken = 0;
    const takeAway = async (most: number) => {
      for (taken = 0; root()?.host.isConnected && taken < most; taken += 1) {
        root()?.host.remove();
        await turn();
      }
    };
    await takeAway(5);
    expect([taken, buttons().length]).toEqual([5, 1]);
    vi.advanceTimersByTime(60_000);
    expect(said).not.toHaveBeenCalled();
    await takeAway(100);
    expect([taken, buttons().length]).toEqual([6, 0]);
    expect(said.mock.calls.map(([why]: unknown[]) => why)).toEqual([
      'CLBCh@t: de knop blijft weg: haal ook de tag weg',
    ]);
    vi.advanceTimersByTime(3_600_000);
    document.body.append(make('p'));
    await turn();
    expect(buttons()).toHaveLength(0);
    expect(Object.getOwnPropertySymbols(document).map(String)).not.toContain('Symbol(clbchat)');
  });

  test('[W22 W40] does not get it back after Snel weg, and keeps no mark of it', async () => {
    const { launcher, frame } = await load();
    launcher()?.click();
    hear(frame(), 'exit');
    document.body.append(make('p'));
    await turn();
    vi.advanceTimersByTime(120_000);
    expect(buttons()).toHaveLength(0);
    expect(Object.getOwnPropertySymbols(document).map(String)).not.toContain('Symbol(clbchat)');
  });

  test('[W57] that opens a dialog over a chat that fills the phone can be used, and afterwards the chat', async () => {
    phone();
    const dialog = document.body.appendChild(make('dialog'));
    const { launcher } = await load();
    launcher()?.click();
    expect(document.body.hasAttribute('inert')).toBe(true);
    dialog.setAttribute('open', '');
    await turn();
    expect(document.body.hasAttribute('inert')).toBe(false);
    dialog.removeAttribute('open');
    await turn();
    expect(document.body.hasAttribute('inert')).toBe(true);
  });

  test('[W41] that has the tag twice has one button, and after Snel weg none', async () => {
    const { launcher, frame } = await load();
    const second = await load();
    expect(second.root()).toBeUndefined();
    expect(buttons()).toHaveLength(1);
    launcher()?.click();
    hear(frame(), 'exit');
    expect(buttons()).toHaveLength(0);
    await turn();
    expect(buttons()).toHaveLength(0);
  });

  test('[W41] that runs the tag again beside an open chat leaves it alone', async () => {
    const first = await load();
    first.launcher()?.click();
    const open = first.frame();
    const second = await load();
    expect(second.root()).toBeUndefined();
    expect(buttons()).toHaveLength(1);
    expect(open?.isConnected).toBe(true);
    hear(open, 'minimise', CHAT);
    expect(first.box()?.classList.contains('small')).toBe(true);
  });
});
