import { afterEach, expect, test, vi } from 'vitest';
import type { VisitId } from '@clbchat/shared/ids';
import { lock } from '../../widget/src/lock.ts';

type Granted = (lock: object | null) => unknown;

/** As browsers do it, for one origin. */
function browser() {
  const held = new Map<string, (error: Error) => void>();
  const request = (name: string, { steal = false, ifAvailable = false }: LockOptions, granted: Granted) => {
    if (held.has(name) && ifAvailable) return Promise.resolve(granted(null));
    if (steal) held.get(name)?.(new DOMException('stolen', 'AbortError'));
    const work = Promise.resolve(granted({ name }));
    return new Promise((resolve, reject) => {
      held.set(name, reject);
      void work.then((value) => {
        held.delete(name);
        resolve(value);
      });
    });
  };
  vi.stubGlobal('navigator', { locks: { request } });
  return held;
}
const visit = (name: string) => name as VisitId;

afterEach(() => vi.unstubAllGlobals());

test('[W29] one tab has a visit, until it lets go; another visit is another lock', async () => {
  const held = browser();
  const first = await lock(visit('a'), 'ask');
  expect(first?.mine()).toBe(true);
  expect(await lock(visit('a'), 'ask')).toBeNull();
  expect((await lock(visit('b'), 'ask'))?.mine()).toBe(true);
  first?.release();
  expect(first?.mine()).toBe(false);
  await vi.waitFor(() => expect(held.size).toBe(1));
  expect(await lock(visit('a'), 'ask')).not.toBeNull();
});

test('[W29] the tab where the person went on takes it, and the first one knows', async () => {
  browser();
  const first = await lock(visit('a'), 'ask');
  const second = await lock(visit('a'), 'take');
  await vi.waitFor(() => expect(first?.mine()).toBe(false));
  expect(second?.mine()).toBe(true);
});

test('[W29] where the browser knows no locks, or forbids them, the service decides', async () => {
  vi.stubGlobal('navigator', {});
  expect((await lock(visit('a'), 'ask'))?.mine()).toBe(false);
  vi.stubGlobal('navigator', { locks: { request: () => Promise.reject(new DOMException('no', 'SecurityError')) } });
  expect((await lock(visit('a'), 'ask'))?.mine()).toBe(false);
});
