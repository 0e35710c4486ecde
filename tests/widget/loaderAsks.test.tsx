import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clearPage, hear, load } from './schoolPage.ts';

let asked = 0;
let status: object | Error = {};
let hidden = false;
const MINUTE_MS = 60_000;

function show(now: boolean) {
  hidden = !now;
  document.dispatchEvent(new Event('visibilitychange'));
}
const subOf = (launcher: HTMLElement | null | undefined) => launcher?.querySelector('small')?.textContent;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('open, busy or closed', () => {
  beforeEach(() => {
    asked = 0;
    hidden = false;
    status = { state: 'open', nextOpen: null };
    vi.useFakeTimers({ now: new Date('2026-11-23T16:00') });
    vi.spyOn(Document.prototype, 'hidden', 'get').mockImplementation(() => hidden);
    vi.stubGlobal('requestIdleCallback', undefined); // as in Safari
    vi.stubGlobal('fetch', () => {
      asked += 1;
      return status instanceof Error ? Promise.reject(status) : Promise.resolve(new Response(JSON.stringify(status)));
    });
  });
  afterEach(() => {
    clearPage();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  test('[W55] is asked again when the page comes into view, not sooner than after a minute, and never while it is hidden', async () => {
    const { launcher } = await load();
    await pass(0);
    expect([asked, subOf(launcher())]).toEqual([1, 'Anoniem · nu open']);
    show(false);
    await pass(30_000);
    show(true);
    await pass(29_000);
    expect(asked).toBe(1);

    show(false);
    await pass(3 * 60 * MINUTE_MS);
    expect(asked).toBe(1);
    status = { state: 'closed', nextOpen: null };
    show(true);
    await pass(0);
    expect([asked, subOf(launcher())]).toEqual([2, 'Nu dicht']);

    await pass(2 * MINUTE_MS);
    window.dispatchEvent(new Event('pageshow')); // from the back/forward cache
    await pass(0);
    expect(asked).toBe(3);
  });

  test('[W55] is not told at all when the second answer does not come', async () => {
    const { launcher } = await load();
    await pass(0);
    show(false);
    await pass(2 * MINUTE_MS);
    status = new Error('offline');
    show(true);
    await pass(0);
    expect([asked, subOf(launcher())]).toEqual([2, '']);
  });

  test('[W55] is asked again at the next opening, and once a minute by a clock that is ahead', async () => {
    status = { state: 'closed', nextOpen: { day: 1, time: '17:00', date: '2026-11-23' } };
    const { launcher } = await load();
    await pass(60 * MINUTE_MS - 10);
    expect([asked, subOf(launcher())]).toEqual([1, 'Nu dicht · open maandag 17 uur']);
    await pass(20);
    expect(asked).toBe(2); // still closed over there
    await pass(MINUTE_MS - 40);
    expect(asked).toBe(2);
    status = { state: 'open', nextOpen: null };
    await pass(40);
    expect([asked, subOf(launcher())]).toEqual([3, 'Anoniem · nu open']);
    await pass(24 * 60 * MINUTE_MS);
    expect(asked).toBe(3);
  });

  test('[W55] is asked at that opening when the page comes into view, when it was hidden then', async () => {
    status = { state: 'closed', nextOpen: { day: 1, time: '17:00', date: '2026-11-23' } };
    await load();
    await pass(0);
    show(false);
    await pass(90 * MINUTE_MS);
    expect(asked).toBe(1);
    show(true);
    await pass(0);
    expect(asked).toBe(2);
  });

  test('[W55] an opening that is further off than a timer reaches is asked for in steps, and is not missed', async () => {
    status = { state: 'closed', nextOpen: { day: 2, time: '17:00', date: '2027-02-02' } };
    const { launcher } = await load();
    await pass(24 * 24 * 60 * MINUTE_MS);
    expect(asked).toBe(1);
    await pass(46 * 24 * 60 * MINUTE_MS);
    expect(asked).toBeLessThan(5);
    status = { state: 'open', nextOpen: null };
    await pass(2 * 24 * 60 * MINUTE_MS);
    expect(subOf(launcher())).toBe('Anoniem · nu open');
  });

  test('[W22 W55] is not asked for a page that somebody left by Snel weg', async () => {
    status = { state: 'closed', nextOpen: { day: 1, time: '17:00', date: '2026-11-23' } };
    const { launcher, frame } = await load();
    await pass(0);
    launcher()?.click();
    hear(frame(), 'exit');
    await pass(120 * MINUTE_MS);
    show(true);
    await pass(0);
    expect(asked).toBe(1);
  });
});
