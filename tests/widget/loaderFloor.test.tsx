import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { buttons, CHAT, clearPage, hear, load, make, PIN, tag } from './schoolPage.ts';

let said: string[] = [];
let thrown: unknown[] = [];
const catchAll = (event: ErrorEvent) => thrown.push(event.error);
const links = () => [...document.querySelectorAll<HTMLAnchorElement>('html > a')];
const broken = () => {
  throw new TypeError('Illegal constructor');
};

describe('under the loader', () => {
  beforeEach(() => {
    said = [];
    thrown = [];
    vi.spyOn(console, 'warn').mockImplementation((why: unknown) => void said.push(String(why)));
    window.addEventListener('error', catchAll);
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"state":"open"}')));
    vi.stubGlobal('requestIdleCallback', (run: () => void) => run());
  });
  afterEach(() => {
    clearPage();
    document.head.replaceChildren();
    window.removeEventListener('error', catchAll);
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  test.each([
    ['style sheets of its own (Safari before 16.4)', 'CSSStyleSheet'],
    ['a way to end listening', 'AbortController'],
    ['a way to watch the page', 'MutationObserver'],
  ])(
    '[W50] a browser without %s gets a link that looks the same on every page, and the webmaster one word',
    async (_what, name) => {
      vi.stubGlobal(name, broken);
      await load();
      expect(buttons()).toHaveLength(0);
      const [link, ...more] = links();
      expect(more).toEqual([]);
      expect(link?.getAttribute('href')).toBe(`${CHAT}/w/#k=${PIN}`);
      expect([link?.target, link?.rel]).toEqual(['_blank', 'noreferrer']);
      for (const property of ['all', 'position', 'bottom', 'right', 'z-index'])
        expect(link?.style.getPropertyPriority(property), property).toBe('important');
      expect(said).toEqual(['CLBCh@t: enkel een link lukt']);
      expect(thrown).toEqual([]);
    },
  );

  test('[W50] what throws when the button is pressed leaves a link in its place, and the page as it was', async () => {
    const { launcher } = await load();
    vi.stubGlobal('matchMedia', broken);
    launcher()?.click();
    expect(buttons()).toHaveLength(0);
    expect(links()).toHaveLength(1);
    expect(document.querySelectorAll('[inert]')).toHaveLength(0);
    expect([said.length, thrown]).toEqual([1, []]);
    await Promise.resolve();
    expect(buttons()).toHaveLength(0);
  });

  const address = `${CHAT}/v1/loader.js`;
  const stand = (script: HTMLScriptElement) => document.head.append(script);
  test.each<[string, () => HTMLScriptElement | null]>([
    ['made a module of the tag', () => (stand(tag()), null)],
    [
      'put the loader into a file of its own and kept the tag for later',
      () => {
        const late = make('script');
        Object.assign(late.dataset, { src: address, site: 's_1', key: PIN });
        late.type = 'text/plain';
        stand(late);
        return tag({}, 'https://school.example/all.js');
      },
    ],
    ['dropped the data of a tag that says the same in its address', () => tag({}, `${address}?site=s_1#${PIN}`)],
    ['dropped it, of one that names the pins as a link does', () => tag({}, `${address}?site=s_1#k=${PIN}`)],
    ['wrote the tag a second time, without its data', () => (stand(tag()), tag({}))],
  ])('[W51] a tool that %s leaves the button', async (_what, prepare) => {
    const { launcher, frame } = await load(undefined, prepare());
    launcher()?.click();
    expect(frame()?.getAttribute('src')).toBe(`${CHAT}/w/s_1/#k=${PIN}`);
    expect(said).toEqual([]);
  });

  test('[W51] with no tag at all nothing says where the chat is: one word to the webmaster', async () => {
    const { root } = await load(undefined, null);
    expect([root(), links(), said.length]).toEqual([undefined, [], 1]);
  });

  test('[W52] a site that the service does not know gets a link to a chat that is there, and takes an open frame away', async () => {
    let answer: (response: Response) => void = () => undefined;
    vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (answer = resolve)));
    const { launcher, link, frame } = await load();
    launcher()?.click();
    expect(frame()).not.toBeNull();
    answer(new Response('{"code":"gone"}', { status: 404 }));
    await vi.waitFor(() => expect(link()?.getAttribute('href')).toBe(`${CHAT}/w/#k=${PIN}`));
    expect(frame()).toBeNull();
    expect(said).toEqual(['CLBCh@t: onbekende data-site']);
  });

  test.each(['not json', 'null', '7'])(
    '[W50] a service that answers %s costs one line and nothing else',
    async (body) => {
      vi.stubGlobal('fetch', () => Promise.resolve(new Response(body)));
      const { launcher } = await load();
      await new Promise((done) => setTimeout(done));
      expect(launcher()?.querySelector('small')?.textContent).toBe('');
      launcher()?.click();
      expect([said, thrown]).toEqual([[], []]);
    },
  );

  test('[W56] a page in a sandbox gets the link and, under it, the address as text', async () => {
    vi.stubGlobal('origin', 'null');
    const { root, launcher, stage } = await load();
    expect(launcher()).toBeNull();
    expect(root()?.querySelector('a')?.getAttribute('href')).toBe(`${CHAT}/w/#k=${PIN}`);
    expect(stage()?.querySelector('small')?.textContent).toBe(`${CHAT}/w/#k=${PIN}`);
    expect(said).toEqual(['CLBCh@t: de pagina staat in een sandbox']);
  });

  test('[W50] a word of the page’s own that looks like one of ours changes nothing', async () => {
    const { launcher, frame } = await load();
    launcher()?.click();
    hear(frame(), 'constructor');
    hear(frame(), '__proto__');
    expect(thrown).toEqual([]);
  });
});
