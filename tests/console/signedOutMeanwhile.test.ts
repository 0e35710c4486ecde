import { afterEach, expect, test, vi } from 'vitest';
import { fetchRelay, onNobody } from '../../console/src/device/relay.ts';

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['GET', '/api/team', 401, 1],
  ['GET', '/api/session', 401, 0],
  ['GET', '/api/team', 503, 0],
  ['PUT', '/api/centre/settings', 401, 0],
])(
  '[A14] a page that cannot be loaded because she was signed out has her looked for at once (%s %s %d)',
  async (method, path, status, times) => {
    vi.stubGlobal('fetch', async (asked: string) =>
      asked === '/console/site.json' ? Response.json({}) : new Response('{}', { status }),
    );
    const looks = vi.fn();
    onNobody(looks);
    expect((await fetchRelay(path, { method })).status).toBe(status);
    expect(looks).toHaveBeenCalledTimes(times);
  },
);
