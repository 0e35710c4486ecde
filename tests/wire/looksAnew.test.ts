import { memoryRecords } from '@clbchat/server/records/records.model';
import { identitiesOf } from '@clbchat/server/accounts/identities.store';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import { TOTP } from 'otpauth';
import { afterEach, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { asks, chainOf, codeOf, computer, issuerBy, makeCentreKeys, posts, send } from '../support/centreKeys.ts';
import { signIn } from '../support/clients.ts';
import { fakeClock } from '../support/clock.ts';
import { begins, cookieOf, post, said, signsIn, type Creation } from '../support/gettingIn.ts';
import { justBefore } from '../support/justBefore.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());
type Hook = Parameters<typeof justBefore>[1];
const opens = async (hook: Hook) =>
  (service = await startService({
    passkeys: true,
    records: async (clock) => justBefore(memoryRecords(clock), hook),
  }));

test.each(['renew', 'sign'])(
  '[O60] a computer of a thief does not come in by a request (%s) that is under way while his issuer is revoked',
  async (path) => {
    const centre = await makeCentreKeys();
    const hook: Hook = { act: path === 'renew' ? 'device_renewed' : 'device_signed', run: null };
    service = await startService({
      ...{ demo: false, pins: [...centre.pins], passkeys: 'too' },
      records: async (clock) => justBefore(memoryRecords(clock), hook),
    });
    const noor = { ...(await signIn(service, 'noor')), service };
    const samir = { ...(await signIn(service, 'samir')), service };
    const nowMs = service.clock.nowMs();
    const [stolen, fresh] = [await issuerBy(centre, nowMs), await issuerBy(centre, nowMs)];
    expect(codeOf(await posts(noor, stolen))).toBe('200 ok');
    expect(codeOf(await posts(noor, fresh))).toBe('200 ok');
    const evil = await computer();
    await asks(samir, evil);
    const says = { sub: 'samir', pub: evil.pub };
    const chain = await chainOf(stolen, says, nowMs - 8 * 86_400_000); // soon due
    const id = await pinOf(await exportPublic(stolen.keys.publicKey));
    const revokes = () => send(noor, '/api/issuers/remove', { id });
    if (path === 'sign') {
      hook.run = revokes;
      expect(codeOf(await send(noor, '/api/devices/sign', { chain }))).toBe('409 issuer');
      expect((await service.devices.list()).map(({ id }) => id)).not.toContain(evil.id);
      return;
    }
    expect(codeOf(await send(noor, '/api/devices/sign', { chain }))).toBe('200 ok');
    await service.advance(service.limits.stepUpMs + 1); // what follows is no press of hers
    hook.run = revokes;
    const next = await chainOf(fresh, says, service.clock.nowMs());
    expect(codeOf(await send(noor, '/api/devices/renew', { chain: next }))).toBe('403 step_up');
    expect((await service.issuers.get(id as never))?.revoked).toBe(true);
    expect(await service.devices.isOf(evil.id, 'samir' as never, next)).toBe(false);
  },
);

test('[O60] nothing is renewed by an issuer that is revoked while that is under way', async () => {
  const centre = await makeCentreKeys();
  const hook: Hook = { act: 'device_renewed', run: null };
  service = await startService({
    ...{ demo: false, pins: [...centre.pins], passkeys: 'too' },
    records: async (clock) => justBefore(memoryRecords(clock), hook),
  });
  const noor = { ...(await signIn(service, 'noor')), service };
  const nowMs = service.clock.nowMs();
  const [first, stolen] = [await issuerBy(centre, nowMs), await issuerBy(centre, nowMs)];
  await posts(noor, first);
  await posts(noor, stolen);
  const hers = await computer();
  await asks(noor, hers);
  const says = { sub: 'noor', pub: hers.pub };
  const chain = await chainOf(first, says, nowMs - 8 * 86_400_000);
  expect(codeOf(await send(noor, '/api/devices/sign', { chain }))).toBe('200 ok');
  hook.run = async () =>
    send(noor, '/api/issuers/remove', { id: await pinOf(await exportPublic(stolen.keys.publicKey)) });
  const next = await chainOf(stolen, says, nowMs);
  expect(codeOf(await send(noor, '/api/devices/renew', { chain: next }))).toBe('409 issuer');
  expect(await service.devices.isOf(hers.id, 'noor' as never, chain)).toBe(true);
});

test('[G81] who found the paper makes no passkey by a request that is under way while new codes are made', async () => {
  const hook: Hook = { act: 'passkey_added', run: null };
  await opens(hook);
  const noor = await begins(service);
  const thief = cookieOf(await post(service, '/api/sign-in/code', { code: noor.codes[0] }));
  const his = createAuthenticator(service.origin, {});
  const begun = said<Creation>(await post(service, '/api/passkeys/begin', {}, thief));
  let made = 0;
  hook.run = async () => (made = (await post(service, '/api/passkeys/codes', {}, noor.cookie)).status);
  const added = await post(service, '/api/passkeys/add', his.make(begun), thief);
  const inAs = await signsIn(service, (options) => his.show(options));
  expect([made, added.status, inAs.status]).toEqual([200, 401, 403]);
});

test('[G81] nobody makes a passkey or a password by a request that is under way while that session is ended', async () => {
  const hook: Hook = { act: 'passkey_added', run: null };
  await opens(hook);
  const noor = await begins(service);
  const his = createAuthenticator(service.origin, {});
  const begun = said<Creation>(await post(service, '/api/passkeys/begin', {}, noor.cookie));
  hook.run = () => post(service, '/api/sign-out', {}, noor.cookie);
  expect((await post(service, '/api/passkeys/add', his.make(begun), noor.cookie)).status).toBe(401);
  expect((await signsIn(service, (options) => his.show(options))).status).toBe(403);

  const els = await begins(service, { purpose: 'recover', name: 'Els' });
  const named = { login: 'els@clb.test', password: 'een zin die niemand raadt' };
  const { secret } = said<{ secret: string }>(await post(service, '/api/password/begin', named, els.cookie));
  const code = new TOTP({ secret, digits: 6, period: 30 }).generate({ timestamp: service.clock.nowMs() });
  Object.assign(hook, { act: 'password_set', run: () => post(service, '/api/sign-out', {}, els.cookie) });
  expect((await post(service, '/api/password/confirm', { code }, els.cookie)).status).toBe(401);
  expect((await service.records.list('login')).length).toBe(0);
});

test('[G81] nobody links an account elsewhere by a request that is under way while that session is ended', async () => {
  const hook: Hook = { act: 'identity_linked', run: null };
  await opens(hook);
  const noor = await begins(service);
  const records = justBefore(service.records, hook);
  const identities = identitiesOf(records, fakeClock().nowMs);
  const named = { issuer: 'https://school', subject: 'a thief' };
  const binding = service.sessions.bindingOf(noor.cookie) ?? '';
  hook.run = () => post(service, '/api/sign-out', {}, noor.cookie);
  await expect(identities.link(noor.account as never, named, undefined, binding)).rejects.toMatchObject({
    code: 'no_cert',
  });
  expect(await identities.list()).toEqual([]);
});
