import { BEGUN, HALF, hostCookies, KNOWN, SENT, SESSION } from '@clbchat/server/accounts/cookie.rules';
import { plainCookies } from '@clbchat/server/demo/cookies.rules';
import { afterEach, expect, test } from 'vitest';
import { post } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { signIn } from '../support/clients.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

const value = (setCookie: string) => setCookie.split(';')[0]!;

test('[O34] over plain http a cookie is without `Secure` and `__Host-`, and neither kind is read for the other', async () => {
  service = await startService({ plainCookies: true, passkeys: 'too' });
  for (const name of [SESSION, BEGUN, SENT, HALF, ...KNOWN] as const) {
    const [plain, host] = [plainCookies.make(name, 60_000), hostCookies.make(name, 60_000)];
    expect(plain.setCookie).toMatch(new RegExp(`^${name}=[\\w-]{43}; Max-Age=60; Path=/; HttpOnly; SameSite=Strict$`));
    expect(host.setCookie).toMatch(
      new RegExp(`^__Host-${name}=[\\w-]{43}; Max-Age=60; Path=/; Secure; HttpOnly; SameSite=Strict$`),
    );
    expect(plainCookies.find(name, value(plain.setCookie))).toBe(plain.digest);
    expect(hostCookies.find(name, value(host.setCookie))).toBe(host.digest);
    expect(hostCookies.find(name, value(plain.setCookie))).toBeNull();
    expect(plainCookies.find(name, value(host.setCookie))).toBeNull();
    expect(plainCookies.find(name, `${value(plain.setCookie)}; ${value(plain.setCookie)}`)).toBeNull();
    expect(plainCookies.taken(name)).toBe(`${name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict`);
  }
  const { cookie } = await signIn(service);
  expect(cookie).toMatch(/^clb=[\w-]{43}$/);
  const begins = await post(service, '/api/sign-in/begin');
  expect(begins.headers['set-cookie']).toMatchObject([expect.stringMatching(/^clb-begun=/) as string]);
  const knows = async (sent: string) =>
    (await request(service, 'GET', '/api/session', { headers: { ...fromOurPage(service), cookie: sent } })).status;
  expect([await knows(cookie), await knows(`__Host-${cookie}`)]).toEqual([200, 401]);
});

test('[O34 I3] wherever nobody says otherwise the plain one is never set and never read', async () => {
  service = await startService({ passkeys: 'too' });
  const { cookie } = await signIn(service);
  expect(cookie).toMatch(/^__Host-clb=/);
  const asks = (path: string, sent: string) =>
    request(service, 'GET', path, { headers: { ...fromOurPage(service), cookie: sent } });
  const plain = cookie.replace('__Host-', '');
  for (const path of ['/api/session', '/api/sessions', '/api/devices', '/api/demo/session'])
    expect([(await asks(path, cookie)).status, (await asks(path, plain)).status], path).toEqual([200, 401]);
  const set = (await post(service, '/api/sign-in/begin')).headers['set-cookie'] ?? [];
  expect(set.every((one) => one.startsWith('__Host-'))).toBe(true);
});
