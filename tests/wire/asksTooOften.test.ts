import { afterEach, expect, test, vi } from 'vitest';
import { signIn } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

// a browser profile that keeps nothing from one ask to the next
vi.mock('../../console/src/device/database.ts', () => ({ openDatabase: async () => ({}) }));
vi.mock('../../console/src/device/people.ts', () => ({
  readPerson: async () => null,
  writePerson: async () => undefined,
}));
const { createDevicesApi } = await import('../../console/src/device/devicesApi.ts');
const { enrolmentPorts } = await import('../../console/src/device/enrolment.ts');
vi.stubGlobal('navigator', {});

let service: TestService;
afterEach(() => service.stop());

/** Her page at this computer. @param beforeAsk what others of her address do just before it asks */
async function page(beforeAsk: (cookie: string) => Promise<unknown> = async () => undefined) {
  const { cookie } = await signIn(service, 'lien');
  const fetchFrom = async (path: string, init: RequestInit = {}) => {
    if (path === '/api/devices/ask') await beforeAsk(cookie);
    const { body, method = 'GET' } = init;
    const headers = { ...fromOurPage(service), cookie };
    const answer = await request(service, method, path, { headers, ...(typeof body === 'string' && { body }) });
    return new Response(answer.body, { status: answer.status });
  };
  return enrolmentPorts({} as IDBFactory, createDevicesApi(fetchFrom as typeof fetch), service.clock.nowMs);
}

test('[G83] who asked too often for her computer reads that, and what helps', async () => {
  service = await startService({ limits: { asksPerHour: 2 } });
  const { ask } = await page();
  const said = [await ask(), await ask(), await ask()].map((is) => (typeof is === 'string' ? is : 'asked'));
  expect(said).toEqual(['asked', 'asked', 'asked_too_often']);
});

test('[G83 N41] who asks where too much comes from her address reads that, and neither that she asked too often nor that the service is silent', async () => {
  service = await startService({
    limits: { postsBurst: 5, postsPerSecond: 0.001, postsHouseBurst: 4, postsHousePerSecond: 0.001 },
  });
  const { ask } = await page(async (cookie) => {
    for (let each = 0; each < 20; each += 1)
      await request(service, 'GET', '/api/centre/door', { headers: { ...fromOurPage(service), cookie } });
  });
  expect(await ask()).toBe('too_fast');
});
