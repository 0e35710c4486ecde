import { memoryRecords } from '@clbchat/server/records/records.model';
import { signSites } from '@clbchat/shared/statement/sites';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import { afterEach, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { asks, chainOf, codeOf, computer, issuerBy, makeCentreKeys, posts, send } from '../support/centreKeys.ts';
import { signIn } from '../support/clients.ts';
import { begins, cookieOf, post, said, signsIn, type Creation, type Request } from '../support/gettingIn.ts';
import { justBefore } from '../support/justBefore.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());
type Hook = Parameters<typeof justBefore>[1];
const hooked = async (hook: Hook, more: object = { passkeys: true }) =>
  (service = await startService({ ...more, records: async (clock) => justBefore(memoryRecords(clock), hook) }));
const signsOut = (cookie: string) => () => post(service, '/api/sign-out', {}, cookie);

test('[G81] nobody makes recovery codes by a request that is under way while that session is ended', async () => {
  const hook: Hook = { act: 'codes_made', run: null };
  await hooked(hook);
  const noor = await begins(service);
  hook.run = signsOut(noor.cookie);
  expect((await post(service, '/api/passkeys/codes', {}, noor.cookie)).status).toBe(401);
  expect((await post(service, '/api/sign-in/code', { code: noor.codes[0] })).status).toBe(200); // those of before count
});

test.each([
  ['person_invited', '/api/team/invite', () => ({ roles: ['coordinator'], name: 'x' })],
  ['made_both', '/api/team/roles', (rev: number) => ({ account: 'lien', rev, roles: ['counsellor', 'coordinator'] })],
])('[G81] nor does who was signed out meanwhile give a right (%s)', async (act, path, says) => {
  const hook: Hook = { act, run: null };
  await hooked(hook, { passkeys: 'too' });
  const { cookie } = await signIn(service, 'noor');
  const { people } = said<{ people: { id: string; rev: number }[] }>(
    await request(service, 'GET', '/api/team', { headers: { ...fromOurPage(service), cookie } }),
  );
  hook.run = signsOut(cookie);
  const answer = await post(service, path, says(people.find(({ id }) => id === 'lien')?.rev ?? 0), cookie);
  const acts = (await service.records.audit()).entries.join();
  expect([answer.status, answer.body, acts.includes(act)]).toEqual([401, '{"code":"no_cert"}', false]);
});

test.each(['issuer_made', 'device_signed'])('[G81] nor sign anything (%s)', async (act) => {
  const centre = await makeCentreKeys();
  const hook: Hook = { act, run: null };
  await hooked(hook, { demo: false, pins: [...centre.pins], passkeys: 'too' });
  const noor = { ...(await signIn(service, 'noor')), service };
  const samir = { ...(await signIn(service, 'samir')), service };
  const issuer = await issuerBy(centre, service.clock.nowMs());
  const out = signsOut(noor.cookie);
  if (act === 'issuer_made') {
    hook.run = out;
    expect(codeOf(await posts(noor, issuer))).toBe('401 no_cert');
    expect(await service.issuers.list()).toEqual([]);
    return;
  }
  expect(codeOf(await posts(noor, issuer))).toBe('200 ok');
  const mine = await computer();
  await asks(samir, mine);
  const chain = await chainOf(issuer, { sub: 'samir', pub: mine.pub }, service.clock.nowMs());
  hook.run = out;
  expect(codeOf(await send(noor, '/api/devices/sign', { chain }))).toBe('401 no_cert');
  expect((await service.devices.list()).map(({ id }) => id)).not.toContain(mine.id);
});

test('[G81 A30] a request of before goes on under the cookie that took its place, and ends with that one', async () => {
  const hook: Hook = { act: 'passkey_added', run: null };
  await hooked(hook);
  const noor = await begins(service);
  const shows = async (at: string) => {
    const options = said<Request>(await post(service, '/api/step-up/begin', {}, at));
    return cookieOf(await post(service, '/api/step-up/passkey', noor.authenticator.show(options), at));
  };
  const adds = async (his: ReturnType<typeof createAuthenticator>, cookie: string) => {
    const begun = said<Creation>(await post(service, '/api/passkeys/begin', {}, cookie));
    return post(service, '/api/passkeys/add', his.make(begun), cookie);
  };
  const his = createAuthenticator(service.origin, {});
  hook.run = async () => signsOut(await shows(noor.cookie))();
  expect((await adds(his, noor.cookie)).status).toBe(401);
  expect((await signsIn(service, (options) => his.show(options))).status).toBe(403);
  const again = cookieOf(await signsIn(service, (options) => noor.authenticator.show(options)));
  hook.run = () => shows(again);
  expect((await adds(createAuthenticator(service.origin, {}), again)).status).toBe(200);
  // a process of an earlier release leaves what led to the one that it ends
  const last = cookieOf(await signsIn(service, (options) => noor.authenticator.show(options)));
  hook.run = async () => {
    const name = { kind: 'session', id: service.sessions.bindingOf(await shows(last))! } as const;
    await service.records.write([{ ...name, rev: (await service.records.get(name))!.rev, text: null }], null);
  };
  expect((await adds(createAuthenticator(service.origin, {}), last)).status).toBe(401);
});

test.each(['before', 'during'])(
  '[U35 O60] no list of sites stands by an issuer that was revoked %s the request',
  async (when) => {
    const centre = await makeCentreKeys();
    const hook: Hook = { act: 'sites_changed', run: null };
    await hooked(hook, { demo: false, pins: [...centre.pins], passkeys: 'too' });
    const noor = { ...(await signIn(service, 'noor')), service };
    const issuer = await issuerBy(centre, service.clock.nowMs());
    expect(codeOf(await posts(noor, issuer))).toBe('200 ok');
    const id = await pinOf(await exportPublic(issuer.keys.publicKey));
    const revokes = async () => expect(codeOf(await send(noor, '/api/issuers/remove', { id }))).toBe('200 ok');
    const headers = { ...fromOurPage(service), cookie: noor.cookie };
    const { rev } = said<{ rev: number }>(await request(service, 'GET', '/api/centre/sites', { headers }));
    const sites = { s_evil: { origins: ['https://evil.example'] } };
    const signed = await signSites(issuer, { rev: 5, sites, nowMs: service.clock.nowMs() });
    if (when === 'before') await revokes();
    else hook.run = revokes;
    const body = JSON.stringify({ rev, sites, signed });
    const answer = await request(service, 'PUT', '/api/centre/sites', { headers, body });
    const told = await request(service, 'GET', '/api/sites/signed', {});
    expect([answer.status, told.status]).toEqual([422, 404]);
  },
);

test('[G83] what asks in her name anybody takes away who may; her oldest makes room, and none asks by a session that ended', async () => {
  await hooked({ act: '', run: null }, { passkeys: 'too' });
  const [lien, samir] = [
    { ...(await signIn(service, 'lien')), service },
    { ...(await signIn(service, 'samir')), service },
  ];
  const made = [];
  for (let n = 0; n <= service.limits.asksMax; n += 1) {
    await service.advance(1);
    made.push(await computer());
    expect(codeOf(await asks(lien, made.at(-1)!))).toBe('200 ok');
  }
  const ids = async () => (await service.asks.list()).map(({ id }) => id).toSorted();
  expect(await ids()).toEqual(
    made
      .slice(1)
      .map(({ id }) => id)
      .toSorted(),
  );
  const { id } = made.at(-1)!;
  expect(codeOf(await send(samir, '/api/devices/remove', { id }))).toBe('404 gone');
  expect(codeOf(await send(lien, '/api/devices/remove', { id }))).toBe('200 ok');
  const noor = { ...(await signIn(service, 'noor')), service };
  expect(codeOf(await send(noor, '/api/devices/remove', { id: made.at(-2)!.id }))).toBe('200 ok');
  expect(await ids()).toEqual(
    made
      .slice(1, -2)
      .map((one) => one.id)
      .toSorted(),
  );
});

test('[A11] of more sessions than one account may have the oldest goes', async () => {
  await hooked({ act: '', run: null });
  const noor = await begins(service);
  const opened: { session: { binding: string } }[] = [];
  for (let n = 0; n < service.limits.sessionsMax; n += 1) {
    await service.advance(1);
    opened.push(await service.sessions.open(noor.account as never, 'passkey'));
  }
  const are = async () =>
    (await Promise.all(opened.map(({ session }) => service.sessions.find(session.binding)))).filter(Boolean).length;
  const first = await service.sessions.find(service.sessions.bindingOf(noor.cookie)!);
  expect([first, await are(), (await service.records.list('session')).length]).toEqual([
    null,
    service.limits.sessionsMax,
    service.limits.sessionsMax,
  ]);
});

test('[A11] and one in whose place another came takes up no room: of those that go on none goes for it', async () => {
  await hooked({ act: '', run: null });
  const noor = await begins(service);
  await service.advance(1);
  const options = said<Request>(await post(service, '/api/step-up/begin', {}, noor.cookie));
  const shown = await post(service, '/api/step-up/passkey', noor.authenticator.show(options), noor.cookie);
  for (let n = 1; n < service.limits.sessionsMax; n += 1) await service.sessions.open(noor.account as never, 'passkey');
  const [before, hers] = [noor.cookie, cookieOf(shown)].map((one) => service.sessions.bindingOf(one)!);
  // nor does it go itself: who lost the answer by which hers went on may ask once more
  expect([await service.sessions.find(hers!), await service.sessions.mayShow(before!)]).not.toContain(null);
});
