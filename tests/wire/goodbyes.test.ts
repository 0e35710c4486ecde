import { randomToken } from '@clbchat/shared/digest';
import { afterEach, expect, test } from 'vitest';
import { signIn, visitorWaits, type Visitor } from '../support/clients.ts';
import { begins, cookieOf, post, said, type Request } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

/** @returns what the service looked for in its store, and a way to say goodbye */
async function begin(limits: object) {
  service = await startService({ limits: { postsBurst: 2, postsHouseBurst: 4, ...limits } });
  const { visit } = service.live;
  const end = visit.end.bind(visit);
  const looked: string[] = [];
  visit.end = (input) => {
    looked.push(input.visitId);
    return end(input);
  };
  const headers = { origin: service.origin, 'content-type': 'text/plain' };
  const says = async (body: object) => {
    const answer = await request(service, 'POST', '/api/visit/leave', { headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(204);
  };
  return {
    looked,
    says,
    bye: ({ secrets: { visitId, token } }: Visitor) => says({ visitId, token, why: 'quick_exit' }),
  };
}
const waiting = async () => (await service.live.queue.facts()).places.length;

test('[N41] a goodbye with a valid token counts, however many goodbyes of nobody its address has sent', async () => {
  const { says, bye } = await begin({});
  const visitor = await visitorWaits(service);
  const { visitId } = visitor.secrets;
  for (let each = 0; each < 50; each += 1) {
    await says({});
    await says({ visitId, token: randomToken(32), why: 'left' });
  }
  expect(await waiting()).toBe(1);
  await bye(visitor);
  expect(await waiting()).toBe(0);
});

test('[N41] what has not the shape of a goodbye takes nothing of any rate', async () => {
  const { says, bye } = await begin({ goodbyesBurst: 1 });
  const visitor = await visitorWaits(service);
  for (let each = 0; each < 50; each += 1) await says({ visitId: visitor.secrets.visitId, why: 'left' });
  await bye(visitor);
  expect(await waiting()).toBe(0);
});

test('[N41] looking is bounded, for all of the house together', async () => {
  const { says, looked } = await begin({ goodbyesBurst: 3 });
  const { secrets } = await visitorWaits(service);
  for (let each = 0; each < 50; each += 1)
    await says({ visitId: secrets.visitId, token: randomToken(32), why: 'left' });
  expect(looked.length).toBeGreaterThan(3);
  expect(looked.length).toBeLessThanOrEqual(4 + 2 + 3); // of the house while it is quiet, of the tag, and of all that are past it
});

test('[N41 G74] whatever somebody else of her address sends, who works here signs out', async () => {
  service = await startService({
    limits: { postsBurst: 20, postsPerSecond: 0.001, postsHouseBurst: 4, postsHousePerSecond: 0.001 },
  });
  const { cookie } = await signIn(service, 'lien');
  const headers = { ...fromOurPage(service), cookie };
  const statuses: number[] = [];
  // as much as her address and she herself may
  for (let each = 0; each < 60; each += 1)
    statuses.push((await request(service, 'GET', '/api/centre/door', { headers })).status);
  expect(statuses.at(-1)).toBe(429);
  const out = await request(service, 'POST', '/api/demo/sign-out', { headers, body: '{}' });
  expect(out.status).toBe(204);
  expect(await service.sessions.find(service.sessions.bindingOf(cookie)!)).toBeNull();
});

test.each([
  ...['/api/sign-out', '/api/demo/sign-out', '/api/sessions/end', '/api/team/disable', '/api/devices/remove'],
  ...['/api/issuers/remove', '/api/step-up/begin', '/api/step-up/passkey', '/api/step-up/password'],
])('[N41] nor does anybody keep her from %s; what is no goodbye takes nothing of them', async (path) => {
  service = await startService({
    passkeys: 'too',
    limits: {
      ...{ postsBurst: 20, postsPerSecond: 0.001, postsHouseBurst: 4, postsHousePerSecond: 0.001 },
      ...{ goodbyesBurst: 3, goodbyesPerSecond: 0.001 },
    },
  });
  const { cookie } = await signIn(service, 'noor');
  const headers = { ...fromOurPage(service), cookie };
  for (let each = 0; each < 40; each += 1) await request(service, 'GET', '/api/centre/door', { headers });
  const nobodys = fromOurPage(service);
  for (let each = 0; each < 20; each += 1) {
    await request(service, 'POST', '/api/team/disable', { headers: nobodys, body: 'x' });
    await request(service, 'GET', '/api/sessions/end', { headers });
  }
  expect((await request(service, 'POST', path, { headers, body: '{}' })).status).not.toBe(429);
  const door = await request(service, 'PUT', '/api/centre/door', { headers, body: '{"shut":true}' });
  expect(door.status, 'which is none').toBe(429);
});

/** @returns the cookie of who signed in at another process of the same records */
async function inElsewhere(): Promise<string> {
  const { records } = service;
  const other = await startService({ passkeys: 'too', records: async () => records });
  const { cookie } = await signIn(other, 'noor');
  await other.stop();
  return cookie;
}

test('[N41] whatever cookie strangers bring, they take nothing of a visitor’s goodbye, nor of who was never let in here', async () => {
  service = await startService({
    passkeys: 'too',
    limits: {
      ...{ postsBurst: 5, postsPerSecond: 0.001, postsHouseBurst: 4, postsHousePerSecond: 0.001 },
      ...{ goodbyesBurst: 10, goodbyesPerSecond: 0.001 },
    },
  });
  const visitor = await visitorWaits(service);
  const cookie = await inElsewhere(); // this process has not met her
  const ends = async (by: string, path = '/api/team/disable') =>
    (await request(service, 'POST', path, { headers: { ...fromOurPage(service), cookie: by }, body: '{}' })).status;
  for (let each = 0; each < 60; each += 1) await ends('a=b');
  expect(await ends('a=b')).toBe(429);
  const invented = `__Host-clb=${'x'.repeat(43)}`;
  for (let each = 0; each < 60; each += 1) await ends(invented);
  expect(await ends(invented), 'which has its share').toBe(429);
  expect(await ends(cookie, '/api/sign-out')).toBe(204);
  for (let each = 0; each < 60; each += 1) await ends(`__Host-clb=${String(each).padStart(43, 'y')}`);
  expect(await ends(`__Host-clb=${'z'.repeat(43)}`), 'all of them have theirs').toBe(429);
  const { visitId, token } = visitor.secrets;
  const headers = { origin: service.origin, 'content-type': 'text/plain' };
  const body = JSON.stringify({ visitId, token, why: 'quick_exit' });
  await request(service, 'POST', '/api/visit/leave', { headers, body });
  expect(await waiting()).toBe(0);
});

test('[N41] who was let in here reads and does what she may by a share of her own, whatever else her address sends', async () => {
  service = await startService({
    passkeys: 'too',
    limits: { postsBurst: 5, postsPerSecond: 0.001, postsHouseBurst: 4, postsHousePerSecond: 0.001, goodbyesBurst: 0 },
  });
  const { cookie } = await signIn(service, 'noor');
  const get = async (path: string, by: string) =>
    (await request(service, 'GET', path, { headers: { ...fromOurPage(service), cookie: by } })).status;
  for (let each = 0; each < 40; each += 1) await get('/api/team', 'a=b');
  const unmet = await inElsewhere(); // for which this process would have to ask
  expect([await get('/api/team', 'a=b'), await get('/api/team', unmet)]).toEqual([429, 429]);
  const asked = ['/api/session', '/api/team', '/api/devices/all', '/api/sessions', '/api/team', '/api/team'];
  const answers = [];
  for (const path of asked) answers.push(await get(path, cookie));
  expect(answers).toEqual([200, 200, 200, 200, 200, 429]); // and that has a bound
});

test('[N41 G13] who shows again that it is she has her own share under the session that comes, at once', async () => {
  service = await startService({
    passkeys: true,
    limits: { postsBurst: 20, postsPerSecond: 0.001, postsHouseBurst: 4, postsHousePerSecond: 0.001 },
  });
  const noor = await begins(service);
  const get = async (cookie?: string) =>
    (await request(service, 'GET', '/api/centre/door', { headers: { ...fromOurPage(service), cookie } })).status;
  for (let each = 0; each < 60; each += 1) await get();
  expect([await get(), await get(noor.cookie)]).toEqual([429, 200]);
  const asked = said<Request>(await post(service, '/api/step-up/begin', {}, noor.cookie));
  const shown = await post(service, '/api/step-up/passkey', noor.authenticator.show(asked), noor.cookie);
  expect(await get(cookieOf(shown))).toBe(200);
});
