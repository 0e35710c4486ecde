import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { settingsOf } from '../../widget/src/loader/settings.ts';

const CHAT = 'https://chat.example';
const PIN = 'p'.repeat(43);

/** Before anybody listens in on it. */
const make = document.createElement.bind(document);

/** The loader runs when it is imported, as a script does when it is read. */
async function load(data: Record<string, string> = { site: 's_1', key: PIN }) {
  const script = document.createElement('script');
  Object.defineProperty(script, 'src', { value: `${CHAT}/v1/loader.js` });
  Object.assign(script.dataset, data);
  vi.spyOn(document, 'currentScript', 'get').mockReturnValue(script);
  // this document would go and fetch the page of a frame: here a frame has its attributes, and hears
  const told: string[] = [];
  const contentWindow = { postMessage: (word: string, to: string) => told.push(`${word} to ${to}`) };
  vi.spyOn(document, 'createElement').mockImplementation((name: string) =>
    name === 'iframe' ? Object.assign(make('x-frame'), { contentWindow }) : make(name),
  );
  let root: ShadowRoot | undefined;
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(function (this: Element, init) {
    root = attach.call(this, init);
    return root;
  });
  vi.resetModules();
  await import('../../widget/src/loader/main.ts');
  return {
    root: () => root,
    launcher: () => root?.querySelector<HTMLButtonElement>('button.launch'),
    told,
    frame: () => root?.querySelector<HTMLElement & { contentWindow: Window }>('x-frame') ?? null,
    box: () => root?.querySelector('.panel'),
  };
}

type Framed = (HTMLElement & { contentWindow: Window }) | null;
const hear = (frame: Framed, data: unknown, origin = CHAT, source = frame?.contentWindow) =>
  window.dispatchEvent(new MessageEvent('message', { data, origin, source: source as Window }));

let asked: { url: string; options: RequestInit | undefined }[] = [];
const answer = (status: object | Error) =>
  vi.stubGlobal('fetch', (url: string, options?: RequestInit) => {
    asked.push({ url, options });
    return status instanceof Error ? Promise.reject(status) : Promise.resolve(new Response(JSON.stringify(status)));
  });

describe('the loader', () => {
  beforeEach(() => {
    asked = [];
    document.title = 'Atheneum';
    answer({ state: 'open', nextOpen: null });
    vi.stubGlobal('requestIdleCallback', (run: () => void) => run());
  });
  afterEach(() => {
    window.dispatchEvent(new Event('pagehide'));
    document.body.replaceChildren();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test('[W22] a tag that is not complete draws nothing, never a dead button', async () => {
    for (const data of [{}, { site: 's_1' }, { key: PIN }, { site: '../x', key: PIN }, { site: 's_1', key: 'a b' }]) {
      const { root } = await load(data as Record<string, string>);
      expect(root()).toBeUndefined();
    }
    expect(document.body.childElementCount).toBe(0);
    expect(settingsOf(null)).toBeNull();
  });

  test.each([
    [{ state: 'open', nextOpen: null }, 'Anoniem · nu open'],
    [{ state: 'busy', nextOpen: null }, 'Anoniem · nu erg druk'],
    [{ state: 'closed', nextOpen: { day: 1, time: '17:00', date: '2026-11-23' } }, 'Nu dicht · open maandag 17 uur'],
    [{ state: 'closed', nextOpen: null }, 'Nu dicht'],
    [new Error('blocked'), ''],
    [{ state: 7 }, ''],
  ])('[W22] what the service says (%o) is one line under the words: "%s"', async (status, line) => {
    answer(status);
    const { launcher } = await load();
    await vi.waitFor(() => expect(launcher()?.querySelector('small')?.textContent).toBe(line));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      url: `${CHAT}/status/s_1`,
      options: { credentials: 'omit', referrerPolicy: 'no-referrer' },
    });
  });

  test('[W22] no frame before a click; then one, fenced in, with the pins in the fragment', async () => {
    const { launcher, frame, box } = await load();
    expect(frame()).toBeNull();
    expect(launcher()?.getAttribute('aria-haspopup')).toBe('dialog');
    launcher()?.click();
    expect(frame()?.getAttribute('src')).toBe(`${CHAT}/w/s_1/#k=${PIN}`);
    expect(frame()?.getAttribute('allow')).toBe('');
    expect(frame()?.getAttribute('referrerpolicy')).toBe('no-referrer');
    expect(frame()?.getAttribute('sandbox')?.split(' ').sort()).toEqual([
      'allow-forms',
      'allow-modals',
      'allow-popups',
      'allow-popups-to-escape-sandbox',
      'allow-same-origin',
      'allow-scripts',
      'allow-top-navigation-by-user-activation',
    ]);
    expect(frame()?.getAttribute('title')).toBe('CLBCh@t: chat met het CLB');
    expect(box()?.getAttribute('role')).toBe('dialog');
    expect(launcher()?.hidden).toBe(true);
  });

  test('[W21 W22] it hears the frame alone, from the chat’s origin alone, and only the five words', async () => {
    const { launcher, frame, box } = await load();
    launcher()?.click();
    hear(frame(), 'minimise', 'https://evil.example');
    hear(frame(), 'minimise', CHAT, window);
    hear(frame(), 'toString');
    hear(frame(), { minimise: true });
    expect(box()?.classList.contains('small')).toBe(false);
    hear(frame(), 'minimise');
    expect(box()?.classList.contains('small')).toBe(true);
    hear(frame(), 'open');
    expect(box()?.classList.contains('small')).toBe(false);
  });

  test('[W22] a neutral dot in the title, gone when the chat is opened, and no other change', async () => {
    const { launcher, frame } = await load();
    launcher()?.click();
    hear(frame(), 'minimise');
    hear(frame(), 'attention');
    hear(frame(), 'attention');
    expect(document.title).toBe('● Atheneum');
    hear(frame(), 'open');
    expect(document.title).toBe('Atheneum');
  });

  test('[W22 W24] exit takes everything away, and what is pressed afterwards does nothing', async () => {
    const { launcher, frame, root } = await load();
    launcher()?.click();
    hear(frame(), 'attention');
    const shadow = root();
    hear(frame(), 'exit');
    expect(document.body.childElementCount).toBe(0);
    expect(document.title).toBe('Atheneum');
    expect(shadow?.host.isConnected).toBe(false);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(document.querySelectorAll('[inert]')).toHaveLength(0);
  });

  test('[W24] three times Shift in the page around: out of sight at once, and gone', async () => {
    vi.useFakeTimers();
    const { launcher, root } = await load();
    launcher()?.click();
    for (let n = 0; n < 3; n += 1) {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }));
      document.dispatchEvent(new KeyboardEvent('keyup', { key: 'Shift' }));
    }
    const host = root()?.host;
    expect(host instanceof HTMLElement && host.style.display).toBe('none');
    vi.advanceTimersByTime(1_000);
    expect(document.body.childElementCount).toBe(0);
  });

  test('[W22] Escape in the page makes the chat small', async () => {
    const { launcher, box, told } = await load();
    launcher()?.click();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(box()?.classList.contains('small')).toBe(true);
    expect(told).toEqual([`minimise to ${CHAT}`]);
  });

  test('[W22] a frame that stays silent was blocked: a link opens the chat in a window of its own', async () => {
    vi.useFakeTimers();
    const { launcher, root, frame } = await load();
    launcher()?.click();
    vi.advanceTimersByTime(6_000);
    expect(frame()).toBeNull();
    const link = root()?.querySelector('a');
    expect(link?.getAttribute('href')).toBe(`${CHAT}/w/s_1/#k=${PIN}`);
    expect(link?.getAttribute('rel')).toBe('noopener noreferrer');
    expect(link?.getAttribute('target')).toBe('_blank');
  });

  test('[W22] a frame that said ready stays', async () => {
    vi.useFakeTimers();
    const { launcher, frame, told } = await load();
    launcher()?.click();
    hear(frame(), 'ready');
    expect(told).toEqual([`open to ${CHAT}`]);
    vi.advanceTimersByTime(60_000);
    expect(frame()).not.toBeNull();
  });

  test('[W22] a frame that has loaded stays, also when it cannot speak to the page', async () => {
    vi.useFakeTimers();
    const { launcher, frame } = await load();
    launcher()?.click();
    frame()?.dispatchEvent(new Event('load'));
    vi.advanceTimersByTime(60_000);
    expect(frame()).not.toBeNull();
  });

  test.each([
    ['enforce', true],
    ['report', false],
  ])('[W22] a policy of the page that says so (%s) takes the frame away: %s', async (disposition, taken) => {
    const { launcher, frame } = await load();
    launcher()?.click();
    const told = { blockedURI: `${CHAT}/w/s_1/`, effectiveDirective: 'frame-src', disposition };
    document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), told));
    expect(frame() === null).toBe(taken);
  });

  test('[W22] where it fills the window the rest is out of reach, until it is small again', async () => {
    const other = document.createElement('main');
    document.body.append(other);
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));
    const { launcher, frame, box } = await load();
    launcher()?.click();
    expect(box()?.getAttribute('aria-modal')).toBe('true');
    expect(other.hasAttribute('inert')).toBe(true);
    hear(frame(), 'minimise');
    expect(other.hasAttribute('inert')).toBe(false);
    expect(box()?.hasAttribute('aria-modal')).toBe(false);
  });
});
