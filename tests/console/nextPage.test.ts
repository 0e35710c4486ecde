import { afterEach, expect, test, vi } from 'vitest';
import { goesOn, goesOnOnce } from '../../console/src/device/browser.ts';

afterEach(() => void vi.unstubAllGlobals());

/** The host of the console, which is another than the service's, and may be away while that one answers. */
function host() {
  const is = { there: true, answers: true };
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    if (!is.there) throw new TypeError('no network');
    return new Response('{}', { status: is.answers ? 200 : 502 });
  });
  return { is, asked };
}

test('[O28 I19] whether another page can come is asked of the host that it comes from', async () => {
  const { is, asked } = host();
  const go = vi.fn();
  expect(await goesOn(go)).toBe(true);
  expect(go).toHaveBeenCalledOnce();
  expect(asked).toEqual(['/console/site.json']);
  for (const wrong of [{ there: false }, { there: true, answers: false }]) {
    Object.assign(is, wrong);
    expect(await goesOn(go)).toBe(false);
  }
  expect(go).toHaveBeenCalledOnce();
});

test('[I19 O67] who did not press for it goes once it can, and once', async () => {
  const { is } = host();
  is.there = false;
  const due: (() => void)[] = [];
  const timers = { after: (_ms: number, run: () => void) => (due.push(run), () => undefined) };
  const go = vi.fn();
  await goesOnOnce(go, timers);
  due.shift()!();
  await vi.waitFor(() => expect(due).toHaveLength(1));
  expect(go).not.toHaveBeenCalled();
  is.there = true;
  due.shift()!();
  await vi.waitFor(() => expect(go).toHaveBeenCalledOnce());
  expect(due).toEqual([]);
});
