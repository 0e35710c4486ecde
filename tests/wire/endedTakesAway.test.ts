import { Problem } from '@clbchat/server/kernel/failure';
import { identitiesOf, type Identity } from '@clbchat/server/accounts/identities.store';
import { passwordsOf } from '@clbchat/server/accounts/passwords.store';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import { signSites } from '@clbchat/shared/statement/sites';
import { afterEach, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { asks, chainOf, codeOf, computer, issuerBy, makeCentreKeys, posts, send } from '../support/centreKeys.ts';
import { deskOpens, signIn, visitorWaits } from '../support/clients.ts';
import { begins, cookieOf, post, said, type Creation, type Request } from '../support/gettingIn.ts';
import { justBefore } from '../support/justBefore.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

let service: TestService;
afterEach(() => service.stop());
type Hook = Parameters<typeof justBefore>[1];
async function hooked(act: string, more: object = {}): Promise<Hook> {
  const hook: Hook = { act, run: null };
  const records = async (clock: Parameters<typeof memoryRecords>[0]) => justBefore(memoryRecords(clock), hook);
  service = await startService({ passkeys: 'too', records, ...more });
  return hook;
}
const signsOut = (cookie: string) => () => post(service, '/api/sign-out', {}, cookie);
const headersOf = (cookie: string) => ({ ...fromOurPage(service), cookie });
const get = async <Said>(path: string, cookie: string) =>
  said<Said>(await request(service, 'GET', path, { headers: headersOf(cookie) }));
const put = (path: string, cookie: string, body: object) =>
  request(service, 'PUT', path, { headers: headersOf(cookie), body: JSON.stringify(body) });
const acts = async () => (await service.records.audit()).entries.join();

test.each([
  ['settings_changed', '/api/centre/settings'],
  ['exit_changed', '/api/centre/settings'],
  ['door_shut', '/api/centre/door'],
])('[G81] who was signed out meanwhile changes nothing that visitors meet (%s)', async (act, path) => {
  const hook = await hooked(act);
  const { cookie } = await signIn(service, 'noor');
  const { rev, settings } = await get<{ rev: number; settings: { rules: object } }>('/api/centre/settings', cookie);
  const changed =
    act === 'exit_changed' ? { exitUrl: 'https://evil.example' } : { rules: { ...settings.rules, lengthToldMin: 31 } };
  const body = act === 'door_shut' ? { shut: true } : { rev, settings: { ...settings, ...changed } };
  hook.run = signsOut(cookie);
  const before = await acts();
  const answer = await put(path, cookie, body);
  expect([answer.status, await acts()]).toEqual([401, before]);
});

test('[G81] and where her session only went on under another cookie, what she saves is saved', async () => {
  const hook = await hooked('settings_changed', { passkeys: true });
  const noor = await begins(service);
  const { rev, settings } = await get<{ rev: number; settings: object }>('/api/centre/settings', noor.cookie);
  hook.run = async () => {
    const options = said<Request>(await post(service, '/api/step-up/begin', {}, noor.cookie));
    await post(service, '/api/step-up/passkey', noor.authenticator.show(options), noor.cookie);
  };
  const answer = await put('/api/centre/settings', noor.cookie, { rev, settings });
  expect(answer.status).toBe(200);
});

test('[G81 U35] nor is a list of sites signed by a session that ended', async () => {
  const centre = await makeCentreKeys();
  const hook = await hooked('sites_changed', { demo: false, pins: [...centre.pins] });
  const noor = { ...(await signIn(service, 'noor')), service };
  const issuer = await issuerBy(centre, service.clock.nowMs());
  expect(codeOf(await posts(noor, issuer))).toBe('200 ok');
  const { rev } = await get<{ rev: number }>('/api/centre/sites', noor.cookie);
  const sites = { s_evil: { origins: ['https://evil.example'] } };
  const signed = await signSites(issuer, { rev: 5, sites, nowMs: service.clock.nowMs() });
  hook.run = signsOut(noor.cookie);
  const answer = await put('/api/centre/sites', noor.cookie, { rev, sites, signed });
  const told = await request(service, 'GET', '/api/sites/signed', {});
  expect([answer.status, told.status]).toEqual([401, 404]);
});

test.each([
  'device_removed_of_another',
  'device_renewed',
  'issuer_removed',
  'invitation_withdrawn',
  'account_enabled',
] as const)('[G81] nor takes away or gives back what others have (%s)', async (act) => {
  const centre = await makeCentreKeys();
  const hook = await hooked(act, { demo: false, pins: [...centre.pins] });
  const noor = { ...(await signIn(service, 'noor')), service };
  const samir = { ...(await signIn(service, 'samir')), service };
  const issuer = await issuerBy(centre, service.clock.nowMs());
  await posts(noor, issuer);
  const [mine, waits] = [await computer(), await computer()];
  const signs = (daysAgo: number) =>
    chainOf(issuer, { sub: 'samir', pub: mine.pub }, service.clock.nowMs() - daysAgo * 86_400_000);
  await asks(samir, mine);
  expect(codeOf(await send(noor, '/api/devices/sign', { chain: await signs(8) }))).toBe('200 ok');
  await asks(samir, waits);
  await post(service, '/api/team/invite', { roles: ['counsellor'], name: 'Els' }, noor.cookie);
  const team = () =>
    get<{ people: { id: string; rev: number }[]; invitations: { id: string }[] }>('/api/team', noor.cookie);
  const samirs = async () => (await team()).people.find(({ id }) => id === 'samir')!.rev;
  if (act === 'account_enabled')
    await post(service, '/api/team/disable', { account: 'samir', rev: await samirs(), disabled: true }, noor.cookie);
  const [path, body] = {
    device_removed_of_another: ['/api/devices/remove', { id: mine.id }],
    device_renewed: ['/api/devices/renew', { chain: await signs(0) }],
    issuer_removed: ['/api/issuers/remove', { id: await pinOf(await exportPublic(issuer.keys.publicKey)) }],
    invitation_withdrawn: ['/api/team/withdraw', { id: (await team()).invitations[0]!.id }],
    account_enabled: ['/api/team/disable', { account: 'samir', rev: 0, disabled: false }],
  }[act] as [string, Record<string, unknown>];
  if (act === 'account_enabled') body['rev'] = await samirs();
  hook.run = signsOut(noor.cookie);
  expect(codeOf(await send(noor, path, body))).toBe('401 no_cert');
  expect(hook.run, 'it was written, or would have been').toBeNull();
  expect(await acts()).not.toContain(act);
});

test.each(['before', 'while'] as const)('[G83] none asks by a session that ended %s', async (when) => {
  const hook = await hooked('');
  const lien = { ...(await signIn(service, 'lien')), service };
  const [one, two] = [await computer(), await computer()];
  expect(codeOf(await asks(lien, one))).toBe('200 ok');
  if (when === 'before') await signsOut(lien.cookie)();
  else hook.ask = signsOut(lien.cookie);
  expect(codeOf(await asks(lien, two))).toBe('401 no_cert');
  expect((await service.asks.list()).map(({ id }) => id)).toEqual([one.id]);
});

test('[G83 G81] nor is what asks taken back by a session that ended while that was under way', async () => {
  const hook = await hooked('');
  const lien = { ...(await signIn(service, 'lien')), service };
  const one = await computer();
  await asks(lien, one);
  hook.ask = signsOut(lien.cookie);
  expect(codeOf(await send(lien, '/api/devices/remove', { id: one.id }))).toBe('401 no_cert');
  expect((await service.asks.list()).map(({ id }) => id)).toEqual([one.id]);
});

test('[G81 G82] nor is a passkey, by which its owner gets in', async () => {
  const hook = await hooked('passkey_removed');
  const lien = await signIn(service, 'lien');
  const made: { id: string }[][] = [];
  for (const _each of [1, 2]) {
    const begun = said<Creation>(await post(service, '/api/passkeys/begin', {}, lien.cookie));
    const authenticator = createAuthenticator(service.origin, {});
    const added = await post(service, '/api/passkeys/add', authenticator.make(begun), lien.cookie);
    made.push(said<{ passkeys: { id: string }[] }>(added).passkeys);
  }
  hook.run = signsOut(lien.cookie);
  expect((await post(service, '/api/passkeys/remove', { id: made[1]!.at(-1)!.id }, lien.cookie)).status).toBe(401);
  expect([hook.run, await acts()]).toEqual([null, expect.not.stringContaining('passkey_removed')]);
});

test('[G81 G82] nor is a password, by which she gets in', async () => {
  const hook = await hooked('password_removed');
  const lien = await signIn(service, 'lien');
  const begun = said<Creation>(await post(service, '/api/passkeys/begin', {}, lien.cookie));
  await post(service, '/api/passkeys/add', createAuthenticator(service.origin, {}).make(begun), lien.cookie);
  const { records, clock } = service;
  const passwords = passwordsOf({ records, nowMs: clock.nowMs });
  const password = { login: 'lien@clb.test', hash: 'x', seed: 'y', step: 0 };
  expect(await passwords.set('lien' as never, password)).toBe('set');
  hook.run = signsOut(lien.cookie);
  expect((await post(service, '/api/password/remove', {}, lien.cookie)).status).toBe(401);
  expect([hook.run, (await passwords.of('lien' as never))?.password]).toEqual([null, password]);
});

test.each(['identity_removed by its owner', 'identity_removed', 'identity_confirmed'])(
  '[G81] nor is an account elsewhere confirmed or taken away (%s)',
  async (what) => {
    const [act = '', byOwner] = what.split(' ');
    const openId = () => ({ name: 'de school', secret: 'hers', begin: async () => null, end: async () => null });
    const hook = await hooked(act, { openId });
    const who = await signIn(service, byOwner ? 'lien' : 'noor');
    const identities = identitiesOf(service.records, service.clock.nowMs);
    await identities.link('lien' as never, { issuer: 'https://school', subject: 'lien' });
    const [{ id, account, rev }] = (await identities.list()) as [Identity];
    hook.run = signsOut(who.cookie);
    const confirmed = act === 'identity_confirmed';
    const answer = byOwner
      ? await post(service, '/api/provider/unlink', {}, who.cookie)
      : await post(service, '/api/provider/links/judge', { id, account, rev, confirmed }, who.cookie);
    expect([answer.status, hook.run]).toEqual([401, null]);
    expect((await identities.list()).map((one) => [one.account, one.confirmed])).toEqual([['lien', false]]);
  },
);

test('[G83 O45] a computer that is taken away, or renewed, asks for nothing any more', async () => {
  const centre = await makeCentreKeys();
  await hooked('', { demo: false, pins: [...centre.pins] });
  const [noor, samir] = [await signIn(service, 'noor'), await signIn(service, 'samir')].map((one) => ({
    ...one,
    service,
  }));
  const issuer = await issuerBy(centre, service.clock.nowMs());
  await posts(noor!, issuer);
  const mine = await computer();
  const asksAnew = async () => {
    expect(codeOf(await asks(samir!, mine))).toBe('200 ok');
    expect((await service.asks.list()).map(({ id }) => id)).toEqual([mine.id]);
  };
  await asksAnew();
  const chain = await chainOf(issuer, { sub: 'samir', pub: mine.pub }, service.clock.nowMs());
  expect(codeOf(await send(noor!, '/api/devices/sign', { chain }))).toBe('200 ok');
  await asksAnew();
  expect(codeOf(await send(noor!, '/api/devices/remove', { id: mine.id }))).toBe('200 ok');
  expect(await service.asks.list()).toEqual([]);

  const again = await computer();
  const signed = (daysAgo: number) =>
    chainOf(issuer, { sub: 'samir', pub: again.pub }, service.clock.nowMs() - daysAgo * 86_400_000);
  await asks(samir!, again);
  expect(codeOf(await send(noor!, '/api/devices/sign', { chain: await signed(8) }))).toBe('200 ok');
  expect(codeOf(await asks(samir!, again))).toBe('200 ok');
  expect(codeOf(await send(noor!, '/api/devices/renew', { chain: await signed(0) }))).toBe('200 ok');
  expect(await service.asks.list()).toEqual([]);
});

test('[G83] with a computer goes what its own account asks for it, and nothing that another does', async () => {
  await hooked('');
  const { id, pub } = await computer();
  await service.asks.ask(id, 'samir' as never, pub);
  await service.devices.signed(id, 'lien' as never, service.clock.nowMs() + 60_000, 'noor');
  expect(await service.devices.remove(id, 'noor')).toBe(true);
  expect((await service.asks.list()).map((one) => one.account)).toEqual(['samir']);
});

test('[G83] of one session so many an hour ask and no more, and what is opened anew asks', async () => {
  await hooked('');
  const lien = { ...(await signIn(service, 'lien')), service };
  for (let n = 0; n < service.limits.asksPerHour; n += 1)
    expect(codeOf(await asks(lien, await computer()))).toBe('200 ok');
  const late = await computer();
  expect(codeOf(await asks(lien, late))).toBe('429 asked_too_often');
  expect((await service.asks.list()).some(({ id }) => id === late.id)).toBe(false);
  const again = { ...(await signIn(service, 'lien')), service };
  expect(codeOf(await asks(again, late))).toBe('200 ok');
});

test.each(['passkey', 'none'] as const)(
  '[G82] who shows once more that it is she and then takes away a way in (%s) keeps whom she talks with',
  async (removed) => {
    await hooked('');
    const lien = await signIn(service);
    const makes = async (authenticator: ReturnType<typeof createAuthenticator>) => {
      const begun = said<Creation>(await post(service, '/api/passkeys/begin', {}, lien.cookie));
      const added = await post(service, '/api/passkeys/add', authenticator.make(begun), lien.cookie);
      return said<{ passkeys: { id: string }[] }>(added).passkeys;
    };
    const hers = createAuthenticator(service.origin, {});
    await makes(hers);
    const lost = (await makes(createAuthenticator(service.origin, {}))).at(-1)!.id;
    const opened = await service.sessions.open('lien' as never, 'passkey');
    const first = { ...lien, cookie: opened.setCookie.split(';')[0]!, binding: opened.session.binding };
    const elsewhere = await service.sessions.open('lien' as never, 'passkey');
    const visitor = await visitorWaits(service);
    const { on } = await talks(await deskOpens(service, first), visitor);
    const options = said<Request>(await post(service, '/api/step-up/begin', {}, first.cookie));
    const shown = await post(service, '/api/step-up/passkey', hers.show(options), first.cookie);
    const next = { ...first, cookie: cookieOf(shown), binding: said<{ binding: string }>(shown).binding };
    if (removed === 'passkey')
      expect((await post(service, '/api/passkeys/remove', { id: lost }, next.cookie)).status).toBe(200);
    const desk = await deskOpens(service, next); // the page that sat there goes on by the cookie that took its place
    expect(desk.state.held.map(({ visitId }) => visitId)).toEqual([on.visitId]);
    expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'talking' });
    const isOpen = (await service.sessions.find(elsewhere.session.binding)) !== null;
    expect(isOpen, 'another that a passkey opened').toBe(removed === 'none');
  },
);

/** Records as they are, but for what happens once, just before sessions are listed, or one is taken away. */
async function beforeOnesEnd(when: 'listed' | 'taken') {
  const hook: { run: (() => Promise<unknown>) | null } = { run: null };
  const once = async (is: boolean) => {
    const run = is ? hook.run : null;
    if (run) hook.run = null;
    await run?.();
  };
  const records = async (clock: Parameters<typeof memoryRecords>[0]) => {
    const under = memoryRecords(clock);
    const list: typeof under.list = async (kind) => {
      await once(when === 'listed' && kind === 'session');
      return under.list(kind);
    };
    const write: typeof under.write = async (changes, entry) => {
      const takes = changes.some((one) => one.kind === 'session' && 'text' in one && one.text === null);
      await once(when === 'taken' && takes);
      return under.write(changes, entry);
    };
    return { ...under, list, write };
  };
  service = await startService({ passkeys: 'too', records });
  return hook;
}
const stands = async ({ cookie }: { cookie: string }) => (await service.sessions.find(bindingOf(cookie))) !== null;
const bindingOf = (cookie: string) => service.sessions.bindingOf(cookie)!;
/** Its row goes, as by another process that this one has not heard of yet. */
async function goesElsewhere(cookie: string) {
  const { rev } = (await service.records.get({ kind: 'session', id: bindingOf(cookie) }))!;
  await service.records.write([{ kind: 'session', id: bindingOf(cookie), rev, text: null }], null);
}

test.each(['others', 'one'])(
  '[G81] whose session ended before hers are taken away ends none of them (%s)',
  async (which) => {
    const hook = await beforeOnesEnd('taken');
    const [thief, hers] = [await signIn(service, 'lien'), await signIn(service, 'lien')];
    const desk = await deskOpens(service, hers);
    const { sessions } = await get<{ sessions: { id: string; here: boolean }[] }>('/api/sessions', thief.cookie);
    const { id } = sessions.find(({ here }) => !here)!;
    hook.run = () => goesElsewhere(thief.cookie);
    const answer = await post(service, '/api/sessions/end', which === 'one' ? { id } : { others: true }, thief.cookie);
    expect([answer.status, hook.run, await stands(hers)]).toEqual([401, null, true]);
    expect(await good(desk.ask('desk:state', {}))).toMatchObject({ status: 'available' });
  },
);

test.each(['listed', 'taken'] as const)(
  '[G81] one that goes on under another cookie before others are %s ends these, and not itself',
  async (when) => {
    const hook = await beforeOnesEnd(when);
    const [here, other] = [await signIn(service, 'lien'), await signIn(service, 'lien')];
    let next = '';
    const goesOn = async () => (next = cookieOf(await post(service, '/api/session/renew', {}, here.cookie)));
    hook.run = goesOn;
    expect((await post(service, '/api/sessions/end', { others: true }, here.cookie)).status).toBe(200);
    expect([await stands({ cookie: next }), await stands(other)]).toEqual([true, false]);
  },
);

test('[N17] where nobody can write, what she ends is out here at once, and everywhere once somebody can', async () => {
  const hook = await beforeOnesEnd('taken');
  const [here, other] = [await signIn(service, 'lien'), await signIn(service, 'lien')];
  const desk = await deskOpens(service, other);
  hook.run = () => Promise.reject(new Problem('unavailable'));
  expect((await post(service, '/api/sessions/end', { others: true }, here.cookie)).status).toBe(500);
  expect([await desk.closed, await stands(other), await stands(here)]).toEqual(['io server disconnect', false, true]);
  const row = () => service.records.get({ kind: 'session', id: bindingOf(other.cookie) });
  expect(await row()).not.toBeNull();
  await service.sessions.settle();
  expect(await row()).toBeNull();
});

test('[G81] whose session ended while her others were looked up ends none of them any more', async () => {
  const hook = await beforeOnesEnd('listed');
  const [thief, hers] = [await signIn(service, 'lien'), await signIn(service, 'lien')];
  const { sessions } = await get<{ sessions: { id: string; here: boolean }[] }>('/api/sessions', hers.cookie);
  const { id } = sessions.find(({ here }) => !here)!;
  hook.run = () => post(service, '/api/sessions/end', { id }, hers.cookie);
  expect((await post(service, '/api/sessions/end', { others: true }, thief.cookie)).status).toBe(401);
  expect(await stands(hers)).toBe(true);
});
