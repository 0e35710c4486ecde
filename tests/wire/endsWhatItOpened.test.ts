import { passwordsOf } from '@clbchat/server/accounts/passwords.store';
import { TOTP } from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { begins, cookieOf, post, said, signsIn, type Begun, type Creation } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

const LOGIN = 'noor@clb.test';
const OLD = 'een zin die niemand raadt';
const NEW = 'een heel andere regel dan eerst';
const STEP_MS = 30_000;

let service: TestService;
let noor: Begun;
beforeEach(async () => {
  service = await startService({ passkeys: true });
  noor = await begins(service);
});
afterEach(() => service.stop());

const isIn = async (cookie: string) =>
  (await request(service, 'GET', '/api/session', { headers: { ...fromOurPage(service), cookie } })).status === 200;
const areIn = (cookies: readonly string[]) => Promise.all(cookies.map(isIn));
const byPasskey = async (of = noor.authenticator) => cookieOf(await signsIn(service, (options) => of.show(options)));

async function makesPassword(cookie: string, password: string) {
  const begun = await post(service, '/api/password/begin', { login: LOGIN, password }, cookie);
  const totp = new TOTP({ secret: said<{ secret: string }>(begun).secret, digits: 6, period: STEP_MS / 1_000 });
  const code = () => totp.generate({ timestamp: service.clock.nowMs() });
  said(await post(service, '/api/password/confirm', { code: code() }, cookie));
  return async () => {
    await service.advance(STEP_MS); // a code counts once
    const half = await post(service, '/api/sign-in/password', { login: LOGIN, password });
    return cookieOf(await post(service, '/api/sign-in/totp', { code: code() }, cookieOf(half)));
  };
}

test('[G82] with a passkey that is taken away every other session ends that one opened, and no other', async () => {
  const lost = createAuthenticator(service.origin, {});
  const begun = said<Creation>(await post(service, '/api/passkeys/begin', {}, noor.cookie));
  const added = said<{ passkeys: { id: string }[] }>(
    await post(service, '/api/passkeys/add', lost.make(begun), noor.cookie),
  );
  const byPassword = await (await makesPassword(noor.cookie, OLD))();
  const finder = await byPasskey(lost);
  const byCode = cookieOf(await post(service, '/api/sign-in/code', { code: noor.codes[0] }));
  const mine = await byPasskey();
  expect(await areIn([noor.cookie, finder, byPassword, byCode, mine])).toEqual([true, true, true, true, true]);
  said(await post(service, '/api/passkeys/remove', { id: added.passkeys.at(-1)!.id }, mine));
  expect(await areIn([noor.cookie, finder, byPassword, byCode, mine])).toEqual([false, false, true, true, true]);
});

test('[G82] the passkey that makes room for a new one takes with it what it opened', async () => {
  const full = async (count: number): Promise<void> => {
    const another = createAuthenticator(service.origin, {});
    const begun = said<Creation>(await post(service, '/api/passkeys/begin', {}, noor.cookie));
    await post(service, '/api/passkeys/add', another.make(begun), noor.cookie);
    if (count > 1) await full(count - 1);
  };
  await full(service.limits.passkeysMax - 1);
  const byCode = cookieOf(await post(service, '/api/sign-in/code', { code: noor.codes[0] }));
  const begun = said<Creation>(await post(service, '/api/passkeys/begin', {}, byCode));
  const fresh = createAuthenticator(service.origin, {});
  const answer = await post(service, '/api/passkeys/add', fresh.make(begun), byCode);
  expect([answer.status, ...(await areIn([noor.cookie, cookieOf(answer)]))]).toEqual([200, false, true]);
});

test('[G82] with a password that is taken away, or is another, every other session ends that the earlier one opened', async () => {
  const byOld = await makesPassword(noor.cookie, OLD);
  const [thief, mine] = [await byOld(), await byOld()];
  const byNew = await makesPassword(mine, NEW);
  expect(await areIn([thief, mine, noor.cookie])).toEqual([false, true, true]);
  const another = await byNew();
  said(await post(service, '/api/password/remove', {}, mine));
  expect(await areIn([another, mine, noor.cookie])).toEqual([false, true, true]);
});

test('[G82] a session that was renewed while its password was taken away is still the one that goes on', async () => {
  const mine = await (await makesPassword(noor.cookie, OLD))();
  const { sessions, records, clock } = service;
  const { account, binding } = (await sessions.find(sessions.bindingOf(mine)!))!;
  const opened = await sessions.renewWith(binding, 'password', async () => ({ account, step: { changes: [] } }));
  expect(await passwordsOf({ records, nowMs: clock.nowMs }).remove(account, binding)).toBe('removed');
  expect(await sessions.find(opened!.session.binding)).not.toBeNull();
});
