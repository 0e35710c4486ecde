import type { AccountId } from '@clbchat/shared/ids';
import { TOTP } from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { begins, cookieOf, post, said, type Begun } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let noor: Begun;
let code: () => string;
/** Noor has passkey, codes and a password. */
beforeEach(async () => {
  service = await startService({ passkeys: true });
  noor = await begins(service);
  const { secret } = said<{ secret: string }>(
    await post(service, '/api/password/begin', { login: LOGIN, password: PASSWORD }, noor.cookie),
  );
  const totp = new TOTP({ secret, digits: 6, period: 30 });
  code = () => totp.generate({ timestamp: service.clock.nowMs() });
  await post(service, '/api/password/confirm', { code: code() }, noor.cookie);
  service.clock.advance(60_000); // a code counts once
});
afterEach(() => service.stop());
const LOGIN = 'noor@clb.test';
const PASSWORD = 'een zin die niemand raadt';

const shows = (cookie: string) => post(service, '/api/step-up/password', { password: PASSWORD, code: code() }, cookie);
const ways = async (cookie: string) => {
  const { status, body } = await request(service, 'GET', '/api/step-up', {
    headers: { ...fromOurPage(service), cookie },
  });
  return status === 200 ? (JSON.parse(body) as { ways: string[] }).ways : status;
};
const opens = async (method: 'passkey' | 'password' | 'oidc' | 'code') =>
  (await service.sessions.open(noor.account as AccountId, method)).setCookie.split(';')[0]!;

test('[G18] a stranger who types her name wrongly keeps nobody from going on who is signed in', async () => {
  for (let times = 0; times < 10;) {
    const answer = await post(service, '/api/sign-in/password', { login: LOGIN, password: 'wat een vreemde typt' });
    if (answer.status === 403) times += 1;
    else service.clock.advance((JSON.parse(answer.body) as { waitMs: number }).waitMs);
  }
  service.clock.advance(service.limits.wrongWaitMsMax + 1); // what the stranger's address waits is over
  const mine = await shows(noor.cookie);
  expect([mine.status, mine.body.slice(0, 40)]).toEqual([200, expect.stringContaining('binding')]);
});

test('[G18] whoever has a cookie of hers keeps her from nothing in the session that she opened since', async () => {
  const thief = await opens('password');
  for (let times = 0; times < 10;) {
    const lie = { password: 'fout fout fout', code: '000000' };
    const answer = await post(service, '/api/step-up/password', lie, thief);
    if (answer.status === 403) times += 1;
    else service.clock.advance((JSON.parse(answer.body) as { waitMs: number }).waitMs);
  }
  expect((await shows(thief)).status).toBe(429);
  expect((await shows(await opens('password'))).status).toBe(200);
});

test('[G38] what she may show it by is what her account has, first what she came by', async () => {
  expect(await ways(noor.cookie)).toEqual(['passkey', 'password']);
  expect(await ways(await opens('password'))).toEqual(['password', 'passkey']);
  expect(await ways(await opens('oidc'))).toEqual(['passkey', 'password']);
  expect([await ways(await opens('code')), await ways('')]).toEqual([401, 401]);
  const went = cookieOf(await shows(noor.cookie));
  expect(await ways(went)).toEqual(['password', 'passkey']); // what she has at hand now
  expect(await ways(noor.cookie)).toEqual(['passkey', 'password']); // whose answer was lost shows it again
  await post(service, '/api/password/remove', {}, went);
  expect(await ways(went)).toEqual(['passkey']);
});

test('[G39] who has no passkey goes on by password and code beyond the end of her session, which is as long as a new one', async () => {
  const cookie = await opens('password');
  await service.advance(service.limits.stepUpMs);
  const answer = await shows(cookie);
  expect(said(answer)).toEqual({ binding: expect.any(String), leftMs: service.limits.sessionMs });
  expect(await service.sessions.find(service.sessions.bindingOf(cookie)!)).toBeNull();
  const mine = (await service.sessions.find(service.sessions.bindingOf(cookieOf(answer))!))!;
  expect([mine.method, service.sessions.steppedUp(mine)]).toEqual(['password', true]);
  expect((await shows(cookieOf(answer))).status).toBe(403); // the same code once more
});

test('[G40] who came by a provider and has neither passkey nor password here is told so, and by a recovery code she comes to a passkey', async () => {
  const passkeys = said<{ passkeys: { id: string }[] }>(
    await request(service, 'GET', '/api/passkeys', { headers: { ...fromOurPage(service), cookie: noor.cookie } }),
  ).passkeys;
  await post(service, '/api/password/remove', {}, noor.cookie);
  await post(service, '/api/passkeys/remove', { id: passkeys[0]!.id }, noor.cookie);
  const cookie = await opens('oidc');
  expect(await ways(cookie)).toEqual([]);
  expect((await post(service, '/api/passkeys/begin', {}, cookie)).status).toBe(403);
  const byCode = cookieOf(await post(service, '/api/sign-in/code', { code: noor.codes[0] }));
  expect((await post(service, '/api/passkeys/begin', {}, byCode)).status).toBe(200);
});
