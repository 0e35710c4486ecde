import { afterEach, describe, expect, test, vi } from 'vitest';
import { clearPage, load } from './schoolPage.ts';

describe('the loader', () => {
  afterEach(() => {
    clearPage();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  const says = async (type: string | undefined) => {
    vi.spyOn(performance, 'getEntriesByType').mockReturnValue((type ? [{ type }] : []) as never);
    vi.stubGlobal('fetch', () => Promise.reject(new Error('offline')));
    const { launcher, frame, root } = await load();
    launcher()?.click();
    const said = (name: string) => new URLSearchParams(frame()?.getAttribute('src')?.split('#')[1]).get(name);
    return { by: () => said('by'), at: () => said('at'), launcher, root };
  };

  test.each(['reload', 'back_forward', 'navigate'])('[W70] tells the frame that its page came by %s', async (type) => {
    expect((await says(type)).by()).toBe(type);
  });

  test('[W70] tells the frame when its page began, rather too soon than too late', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(1_800_000_000_000);
    vi.spyOn(performance, 'now').mockReturnValue(60_000);
    expect(Number((await says('reload')).at())).toBe(1_800_000_000_000 - 60_000 - 100);
  });

  test('[W70 W72] opened again, tells when it was opened before: a frame that never loaded asked nobody', async () => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1_800_000_000_000);
    const { at, launcher, root } = await says('navigate');
    now.mockReturnValue(1_800_000_030_000);
    root()?.host.remove();
    await vi.waitFor(() => expect(root()?.host.isConnected).toBe(true));
    launcher()?.click();
    expect(Number(at())).toBe(1_800_000_000_000);
  });

  test('[W70] says nothing where the browser does not', async () => {
    expect((await says(undefined)).by()).toBeNull();
  });

  test('[W70 W40] within one page a chat that is opened again goes on', async () => {
    const { by, launcher, root } = await says('navigate');
    expect(by()).toBe('navigate');
    // a page that takes it away: the button is back, and the frame is a new one
    root()?.host.remove();
    await vi.waitFor(() => expect(root()?.host.isConnected).toBe(true));
    launcher()?.click();
    expect(by()).toBe('reload');
  });
});
