import { TOTP } from 'otpauth';
import { afterEach, expect, test } from 'vitest';
import { begins, cookieOf, post, said } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

const NOOR = { login: 'noor@clb.test', password: 'een zin die niemand raadt' };
const MANY = 40; // more than wait at once

/** Noor with a password, and a code of her app so many steps from now. */
async function noorWithPassword(limits: object = {}) {
  service = await startService({ passkeys: true, trustedHops: 1, limits });
  const { cookie } = await begins(service);
  const made = await post(service, '/api/password/begin', NOOR, cookie);
  const totp = new TOTP({ secret: said<{ secret: string }>(made).secret, digits: 6, period: 30 });
  const at = (steps: number) => totp.generate({ timestamp: service.clock.nowMs() + steps * 30_000 });
  expect((await post(service, '/api/password/confirm', { code: at(-1) }, cookie)).status).toBe(200);
  return { cookie, at };
}

test('[G80] a colleague who makes passwords without end keeps nobody with a right one out', async () => {
  const { at } = await noorWithPassword();
  const half = cookieOf(await post(service, '/api/sign-in/password', NOOR));
  const signedIn = await post(service, '/api/sign-in/totp', { code: at(0) }, half);
  const known = signedIn.headers['set-cookie']?.[1]?.split(';')[0] ?? '';
  const lien = await begins(service, { purpose: 'recover', name: 'Lien' });
  const many = Array.from({ length: MANY }, (_, n) =>
    post(service, '/api/password/begin', { login: 'lien@clb.test', password: `een heel andere zin ${n}` }, lien.cookie),
  );
  await Promise.race(many);
  const both = Promise.all([known, undefined].map((from) => post(service, '/api/sign-in/password', NOOR, from)));
  const statuses = (await Promise.all(many)).map(({ status }) => status);
  expect((await both).map(({ status }) => status)).toEqual([200, 200]);
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  // on a busy machine they do not all come within one; as many as there is room for would be 22
  expect(statuses.filter((one) => one === 200).length).toBeLessThan(MANY / 4);
});

test('[G80] of many showings at once one is looked at, and the others count as no try', async () => {
  const { cookie, at } = await noorWithPassword();
  const shows = (code: string) => post(service, '/api/step-up/password', { password: NOOR.password, code }, cookie);
  const all = await Promise.all(Array.from({ length: 5 }, () => shows('000000')));
  expect(all.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([403, 429, 429, 429, 429]);
  expect((await shows(at(1))).status).toBe(200);
});

test('[G18] who is not looked at, as too many are before her, reads that and not that her password is wrong', async () => {
  await noorWithPassword({ hashesWaitingMax: 0 });
  const types = (n: number, body: object) => {
    const headers = { ...fromOurPage(service), 'x-forwarded-for': `2001:db8:${n.toString(16)}::1` };
    return request(service, 'POST', '/api/sign-in/password', { headers, body: JSON.stringify(body) });
  };
  let isOver = false;
  const many = Promise.all(
    Array.from({ length: MANY }, (_, n) => types(n, { login: `invented${n}`, password: NOOR.password })),
  ).finally(() => (isOver = true));
  while (!isOver) {
    await service.advance(1_000);
    await new Promise(setImmediate);
  }
  const unlooked = (await many).filter(({ status }) => status === 429);
  expect(unlooked.length, 'of first tries, each of a name and an address of its own').toBeGreaterThan(0);
  for (const { body } of unlooked) expect(JSON.parse(body)).toEqual({ code: 'too_fast', waitMs: 1_000 });
  expect((await types(MANY, NOOR)).status).toBe(200);
});
