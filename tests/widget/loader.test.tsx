import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { settingsOf } from '../../widget/src/loader/settings.ts';
import { buttons, CHAT, clearPage, hear, load, make, PIN } from './schoolPage.ts';

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
    clearPage();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test.each([
    [{}, ''],
    [{ site: 's_1' }, ''],
    [{ key: PIN }, `#k=${PIN}`],
    [{ site: '../x', key: PIN }, `#k=${PIN}`],
    [{ site: 's_1', key: 'a b' }, ''],
  ])(
    '[W22 W51] a tag that is not complete (%o) draws a link, never a dead button, and says why',
    async (data, pins) => {
      const said = vi.spyOn(console, 'warn').mockReturnValue();
      const { launcher, link } = await load(data as Record<string, string>);
      expect(launcher()).toBeNull();
      expect(link()?.getAttribute('href')).toBe(`${CHAT}/w/${pins}`);
      expect(said.mock.calls.map(([why]: unknown[]) => why)).toEqual(['CLBCh@t: data-site of data-key ontbreekt']);
      expect(asked).toEqual([]);
      expect(settingsOf(null)).toBeNull();
      vi.restoreAllMocks();
      const whole = await load(); // makes room for a tag that is
      expect(buttons()).toHaveLength(1);
      expect(whole.launcher()?.isConnected).toBe(true);
    },
  );

  test.each([
    [{ state: 'open', nextOpen: null }, 'Anoniem · nu open'],
    [{ state: 'busy', nextOpen: null }, 'Anoniem · nu erg druk'],
    [{ state: 'closed', nextOpen: { day: 1, time: '17:00', date: '2026-11-23' } }, 'Nu dicht · open maandag 17 uur'],
    [{ state: 'closed', nextOpen: { day: 1, time: '17:00' } }, 'Nu dicht'],
    [{ state: 'closed', nextOpen: { day: 1, time: '09:05', date: '2026-11-23' } }, 'Nu dicht · open maandag 9.05 uur'],
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

  test.each([
    ['the first Monday of the Christmas holiday', '2026-12-21T10:00', 1, '2027-01-04', 'maandag 4 jan 17 uur'],
    ['a whole summer', '2026-07-07T10:00', 2, '2026-09-01', 'dinsdag 1 sep 17 uur'],
    ['tomorrow in a week', '2026-11-16T20:00', 2, '2026-11-24', 'dinsdag 24 nov 17 uur'],
    ['the night before', '2026-11-16T21:30', 2, '2026-11-17', 'dinsdag 17 uur'],
    ['the same day', '2026-11-16T10:00', 1, '2026-11-16', 'maandag 17 uur'],
    ['over the weekend', '2026-11-18T21:30', 1, '2026-11-23', 'maandag 17 uur'],
  ])('[W42] the next opening, %s', async (_what, now, day, date, words) => {
    vi.useFakeTimers({ now: new Date(now), toFake: ['Date'] });
    answer({ state: 'closed', nextOpen: { day, time: '17:00', date } });
    const { launcher } = await load();
    await vi.waitFor(() => expect(launcher()?.querySelector('small')?.textContent).toBe(`Nu dicht · open ${words}`));
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
    expect(buttons()).toHaveLength(0);
    expect(document.title).toBe('Atheneum');
    expect(shadow?.host.isConnected).toBe(false);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(document.querySelectorAll('[inert]')).toHaveLength(0);
  });

  test('[W24] three times Shift in the page around: out of sight at once, and gone', async () => {
    vi.useFakeTimers();
    const { launcher, root, stage } = await load();
    launcher()?.click();
    for (let n = 0; n < 3; n += 1) {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }));
      document.dispatchEvent(new KeyboardEvent('keyup', { key: 'Shift' }));
    }
    const host = root()?.host;
    expect(host instanceof HTMLElement && host.style.display).toBe('none');
    expect(stage()?.hidden).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(buttons()).toHaveLength(0);
  });

  test('[W22] Escape in the page makes the chat small', async () => {
    const { launcher, box, told } = await load();
    launcher()?.click();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(box()?.classList.contains('small')).toBe(true);
    expect(told).toEqual([`minimise to ${CHAT}`]);
  });

  test('[W22] beside a frame that stays silent a link opens the chat in a window of its own; the frame stays', async () => {
    vi.useFakeTimers();
    const said = vi.spyOn(console, 'warn').mockReturnValue();
    const { launcher, root, frame, box } = await load();
    launcher()?.click();
    const silent = frame();
    vi.advanceTimersByTime(5_999);
    expect(root()?.querySelector('a')).toBeNull();
    // a browser that shows its own refusal in a frame counts that as loaded
    silent?.dispatchEvent(new Event('load'));
    vi.advanceTimersByTime(1);
    const link = root()?.querySelector('a');
    expect(said).toHaveBeenCalledTimes(1);
    expect(link?.getAttribute('href')).toBe(`${CHAT}/w/#k=${PIN}`);
    expect(link?.getAttribute('rel')).toBe('noreferrer');
    expect(link?.getAttribute('target')).toBe('_blank');
    expect(frame()).toBe(silent);
    expect(silent?.isConnected && box()?.contains(silent)).toBe(true);

    hear(silent, 'ready'); // only slow, after all
    expect(root()?.querySelector('a')).toBeNull();
    expect(frame()).toBe(silent);
  });

  test('[W22] who fills a phone with a silent frame can close it, and has page and button again', async () => {
    vi.useFakeTimers();
    vi.spyOn(console, 'warn').mockReturnValue();
    const main = document.body.appendChild(make('main'));
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));
    const { launcher, root, frame } = await load();
    launcher()?.click();
    expect(main.closest('[inert]')).not.toBeNull();
    vi.advanceTimersByTime(6_000);
    root()?.querySelector<HTMLButtonElement>('.beside button')?.click();
    expect(frame()).toBeNull();
    expect(main.closest('[inert]')).toBeNull();
    expect(launcher()?.hidden).toBe(false);
    launcher()?.click();
    expect(frame()?.isConnected).toBe(true);
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
    vi.spyOn(console, 'warn').mockReturnValue();
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
    const said = vi.spyOn(console, 'warn').mockReturnValue();
    const { launcher, frame, link } = await load();
    launcher()?.click();
    const told = { blockedURI: `${CHAT}/w/s_1/`, effectiveDirective: 'frame-src', disposition };
    document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), told));
    expect(frame() === null).toBe(taken);
    expect(link()?.getAttribute('href')).toBe(taken ? `${CHAT}/w/#k=${PIN}` : undefined);
    expect(said).toHaveBeenCalledTimes(taken ? 1 : 0);
  });

  test('[W22] where it fills the window the rest is out of reach, until it is small again', async () => {
    const other = document.createElement('main');
    document.body.append(other);
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));
    const { launcher, frame, box } = await load();
    launcher()?.click();
    expect(box()?.getAttribute('aria-modal')).toBe('true');
    expect(other.closest('[inert]')).not.toBeNull();
    hear(frame(), 'minimise');
    expect(other.closest('[inert]')).toBeNull();
    expect(box()?.hasAttribute('aria-modal')).toBe(false);
  });
});
