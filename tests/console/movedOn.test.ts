import { expect, test, vi } from 'vitest';

vi.mock('../../console/src/device/enrolled.ts', async (original) => ({
  ...(await original<object>()),
  enrolled: async () => ({
    ...{ who: 'a', account: 'a', binding: 'b', roles: ['counsellor'], name: 'Lien', site: 'Noord', chain: '' },
    endsMs: null,
  }),
}));
const { realDesk } = await import('../../console/src/realDesk.tsx');

const roles = ['counsellor'];
test.each([
  ['goes on under another cookie', { account: 'a', binding: 'c', roles }, 200, true],
  ['is signed in as before: it is her computer', { account: 'a', binding: 'b', roles }, 200, false],
  ['is somebody else by now', { account: 'z', binding: 'c', roles }, 200, false],
  ['is signed in no more', { code: 'no_cert' }, 401, false],
  ['hears nothing', null, 0, false],
])('[G91 O67] where a desk is refused it looks whether she %s', async (_what, body, status, moved) => {
  const fetchFrom = (async () => {
    if (body === null) throw new TypeError('no network');
    return new Response(JSON.stringify(body), { status });
  }) as typeof fetch;
  const desk = await realDesk({} as IDBDatabase, fetchFrom);
  expect(await desk?.movedOn()).toBe(moved);
});
