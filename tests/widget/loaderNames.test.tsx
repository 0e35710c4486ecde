import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { buttons, CHAT, clearPage, hear, load, make, PIN, tag } from './schoolPage.ts';

const EVIL = 'https://evil.example/v1/loader.js';
const MEANT = `${CHAT}/w/s_1/#k=${PIN}`;

/** What a browser makes of `<img name="…">`: the picture stands on the document under that name, whatever stood there. */
const bear = (name: string, element: unknown) =>
  Object.defineProperty(document, name, { value: element, configurable: true });

function picture(): HTMLElement {
  const img = make('img');
  img.dataset['site'] = 'demo';
  img.dataset['key'] = 'aaaa';
  img.setAttribute('data-src', EVIL);
  return img;
}

describe('markup of a reader in the page, by its name,', () => {
  const names: string[] = [];
  const place = (name: string, element: unknown = picture()) => {
    names.push(name);
    bear(name, element);
  };
  let thrown: unknown[] = [];
  const catchAll = ({ error }: ErrorEvent) => thrown.push(error);

  beforeEach(() => {
    thrown = [];
    window.addEventListener('error', catchAll);
    vi.spyOn(performance, 'getEntriesByType').mockReturnValue([{ type: 'navigate' }] as never);
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"state":"open"}')));
    vi.stubGlobal('requestIdleCallback', (run: () => void) => run());
  });
  afterEach(() => {
    for (const name of names.splice(0)) Reflect.deleteProperty(document, name);
    clearPage();
    window.removeEventListener('error', catchAll);
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  test('[W110] is no tag: the chat comes from where the script says', async () => {
    place('currentScript');
    const { launcher, frame } = await load();
    launcher()?.click();
    expect(frame()?.getAttribute('src')).toContain(`${MEANT}&by=navigate&at=`);
  });

  test('[W110] is not the scripts of the page', async () => {
    place('scripts', [picture()]);
    const script = document.head.appendChild(tag());
    const { launcher, frame } = await load(undefined, null);
    launcher()?.click();
    expect(frame()?.getAttribute('src')).toContain(`${MEANT}&by=navigate&at=`);
    script.remove();
  });

  test('[W110] does not make its page one that the browser had discarded', async () => {
    place('wasDiscarded');
    const { launcher, frame } = await load();
    launcher()?.click();
    expect(frame()?.getAttribute('src')).toMatch(/&by=navigate/);
  });

  test.each('body head title hidden baseURI createElement querySelector querySelectorAll addEventListener'.split(' '))(
    '[W110] %s takes neither the button away nor the chat, and all goes with Snel weg',
    async (name) => {
      document.title = 'Atheneum';
      place(name);
      const { launcher, frame } = await load();
      launcher()?.click();
      expect(frame()?.getAttribute('src')).toMatch(MEANT);
      hear(frame(), 'minimise');
      hear(frame(), 'attention');
      hear(frame(), 'open');
      hear(frame(), 'exit');
      expect(thrown).toEqual([]);
      Reflect.deleteProperty(document, name);
      expect(buttons()).toHaveLength(0);
      expect([document.title, document.querySelectorAll('html > a').length]).toEqual(['Atheneum', 0]);
    },
  );

  test('[W110 W55] and where a browser has no idle callback, one of that name is none', async () => {
    vi.stubGlobal('requestIdleCallback', picture()); // on the window markup stands only where there is nothing
    vi.useFakeTimers();
    const { launcher } = await load();
    await vi.runOnlyPendingTimersAsync();
    expect(launcher()?.querySelector('small')?.textContent).toBe('Anoniem · nu open');
    expect(document.querySelectorAll('html > a')).toHaveLength(0);
    vi.useRealTimers();
  });
});
