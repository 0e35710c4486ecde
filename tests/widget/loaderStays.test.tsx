import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CHAT, hear, load, make } from './schoolPage.ts';

/** Who watches the page hears of it when this turn is over. */
const turn = () => Promise.resolve();
const buttons = () => document.querySelectorAll('clb-chat');
const phone = () => vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));

describe('a page that is not ours', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    document.title = 'Atheneum';
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"state":"open"}')));
    vi.stubGlobal('requestIdleCallback', (run: () => void) => run());
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test('[W40] that takes the open chat away has its keys, its title and its parts again, and the button', async () => {
    phone();
    const main = document.body.appendChild(make('main'));
    const mine = document.body.appendChild(make('aside'));
    mine.setAttribute('inert', '');
    const { launcher, frame, told } = await load();
    launcher()?.click();
    hear(frame(), 'minimise');
    hear(frame(), 'attention');
    hear(frame(), 'ready');
    hear(frame(), 'open');
    hear(frame(), 'attention');
    expect([document.title, main.hasAttribute('inert')]).toEqual(['● Atheneum', true]);
    const former = frame();

    document.body.replaceChildren(main, mine);
    await turn();
    expect([document.title, main.hasAttribute('inert')]).toEqual(['Atheneum', false]);
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

  test('[W40] that swaps its whole body, with copies of ours in it, has the button in the new one, once', async () => {
    const { launcher, root } = await load();
    for (let visit = 0; visit < 3; visit += 1) {
      const body = make('body');
      body.append(make('main'), root()!.host.cloneNode(true));
      document.documentElement.replaceChild(body, document.body);
      await turn();
      expect(document.body).toBe(body);
      expect([...buttons()]).toEqual([root()?.host]);
      expect(body.contains(root()!.host)).toBe(true);
    }
    expect(launcher()?.hidden).toBe(false);
  });

  test('[W40] that is drawn anew while it is read has the button as soon as there is a body', async () => {
    const { root } = await load();
    const { documentElement } = document;
    const body = make('body');
    document.documentElement.replaceChild(make('p'), document.body);
    await turn();
    expect(root()?.host.isConnected).toBe(false);
    documentElement.append(body);
    await turn();
    expect(body.contains(root()!.host)).toBe(true);
  });

  test('[W40] that draws itself anew from its root has the button', async () => {
    const { root } = await load();
    const former = document.documentElement;
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

  test('[W40] that wants no button is asked six times a minute, and no more', async () => {
    const { root } = await load();
    let taken = 0;
    const takeAway = async () => {
      while (root()?.host.isConnected && taken < 100) {
        root()?.host.remove();
        taken += 1;
        await turn();
      }
    };
    await takeAway();
    expect(taken).toBe(6);
    vi.advanceTimersByTime(59_999);
    expect(buttons()).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(buttons()).toHaveLength(1);
    await takeAway();
    expect(taken).toBe(12);
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

  test('[W40] where the chat fills a phone, what is drawn meanwhile is out of reach as well, and free afterwards', async () => {
    phone();
    const { launcher, frame } = await load();
    launcher()?.click();
    const banner = document.body.appendChild(make('p'));
    await turn();
    expect(banner.hasAttribute('inert')).toBe(true);
    hear(frame(), 'minimise');
    expect(banner.hasAttribute('inert')).toBe(false);
    banner.setAttribute('inert', ''); // by the page itself, this time
    hear(frame(), 'open');
    hear(frame(), 'minimise');
    expect(banner.hasAttribute('inert')).toBe(true);
  });

  test('[W41] that has the tag twice has one button, and after Snel weg none', async () => {
    await load();
    const { launcher, frame } = await load();
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

  test('[W41] that swapped its body and runs the tag in it has one button, which opens', async () => {
    const first = await load();
    first.launcher()?.click();
    document.body.replaceChildren();
    const second = await load();
    await turn();
    expect(buttons()).toHaveLength(1);
    second.launcher()?.click();
    expect(second.frame()?.isConnected).toBe(true);
    expect(first.frame()).toBeNull();
  });
});
