import { memoryRecords } from '@clbchat/server/records/records.model';
import { TOTP } from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { begins, cookieOf, post, said, type Begun, type Request } from '../support/gettingIn.ts';
import { justBefore } from '../support/justBefore.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let noor: Begun;
const hook: Parameters<typeof justBefore>[1] = { act: 'password_set', run: null };
beforeEach(async () => {
  service = await startService({
    passkeys: true,
    records: async (clock) => justBefore(memoryRecords(clock), hook),
  });
  noor = await begins(service, { counts: true });
});
afterEach(() => service.stop());

/** *Blijf aangemeld*, or what another page needed: the same person at the same page goes on under another cookie. */
async function renews({ authenticator, cookie }: Begun): Promise<string> {
  const asked = said<Request>(await post(service, '/api/step-up/begin', {}, cookie));
  return cookieOf(await post(service, '/api/step-up/passkey', authenticator.show(asked), cookie));
}
/** @returns the code of her app at this moment */
async function beginsPassword(cookie: string, login: string): Promise<string> {
  const asked = await post(service, '/api/password/begin', { login, password: 'een zin die niemand raadt' }, cookie);
  const totp = new TOTP({ secret: said<{ secret: string }>(asked).secret, digits: 6, period: 30 });
  return totp.generate({ timestamp: service.clock.nowMs() });
}
const confirms = async (cookie: string, code: string) => {
  const { status, body } = await post(service, '/api/password/confirm', { code }, cookie);
  return [status, body];
};

test('[A31] a renewal in the middle of making a password loses nothing of it', async () => {
  const code = await beginsPassword(noor.cookie, 'noor@clb.test');
  const cookie = await renews(noor);
  expect((await confirms(noor.cookie, code))[0]).toBe(401); // the cookie before opens nothing
  expect(await confirms(cookie, code)).toEqual([200, '{"login":"noor@clb.test"}']);
});

test('[A31] beginning again takes the place of what waited, and only the code of that seed keeps it', async () => {
  const before = await beginsPassword(noor.cookie, 'noor@clb.test');
  const code = await beginsPassword(noor.cookie, 'noor@clb.test');
  if (before !== code) expect((await confirms(noor.cookie, before))[0]).toBe(403);
  expect((await confirms(noor.cookie, code))[0]).toBe(200);
});

test('[A31] what she began again stays what waits, though the code of the one before was under way', async () => {
  const before = await beginsPassword(noor.cookie, 'noor@clb.test');
  let code = '';
  hook.run = async () => (code = await beginsPassword(noor.cookie, 'noor.k@clb.test'));
  expect((await confirms(noor.cookie, before))[0]).toBe(200);
  expect(await confirms(noor.cookie, code)).toEqual([200, '{"login":"noor.k@clb.test"}']);
});

test('[A31] what one person makes is nobody else’s', async () => {
  const els = await begins(service, { purpose: 'recover', name: 'Els' });
  const code = await beginsPassword(noor.cookie, 'noor@clb.test');
  const other = await beginsPassword(els.cookie, 'els@clb.test');
  expect(await confirms(noor.cookie, code)).toEqual([200, '{"login":"noor@clb.test"}']);
  expect(await confirms(els.cookie, other)).toEqual([200, '{"login":"els@clb.test"}']);
});

test('[G9] who left her desk makes no password: its code is asked of who showed a moment ago that it is she, and stays good for her', async () => {
  await service.advance(service.limits.stepUpMs - 1_000);
  const code = await beginsPassword(noor.cookie, 'noor@clb.test');
  await service.advance(2_000);
  expect(await confirms(noor.cookie, code)).toEqual([403, '{"code":"step_up"}']);
  expect(await confirms(await renews(noor), code)).toEqual([200, '{"login":"noor@clb.test"}']);
});
