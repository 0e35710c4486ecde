import { identitiesOf, type IdentitiesStore, type Identity } from '@clbchat/server/accounts/identities.store';
import { openIdOf } from '@clbchat/server/edge/openId';
import type { AccountId } from '@clbchat/shared/ids';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { begins, cookieOf, post, said, signsIn, type Begun } from '../support/gettingIn.ts';
import { startOpenIdProvider, type TestProvider } from '../support/openIdProvider.ts';
import { fromOurPage, request, type Answer } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

const ORIGIN = 'http://localhost:8080';
let provider: TestProvider;
let service: TestService;
let noor: Begun;
let identities: IdentitiesStore;
beforeAll(async () => void (provider = await startOpenIdProvider([`${ORIGIN}/console/`])));
afterAll(() => provider.stop());
beforeEach(async () => {
  provider.called = (account) => `${account}@school.test`;
  service = await startService({
    passkeys: true,
    publicOrigin: ORIGIN,
    openId: (nowMs) => openIdOf(provider.settings, { nowMs, fetchFrom: provider.fetch }),
  });
  identities = identitiesOf(service.records, service.clock.nowMs);
  noor = await begins(service);
});
afterEach(() => service.stop());

/** Goes to the provider and back. The last cookie is that of a session that it opened. */
async function goes(path: 'begin' | 'link', name: string, cookie?: string): Promise<Answer> {
  const sent = await post(service, `/api/provider/${path}`, {}, cookie);
  if (sent.status !== 200) return sent;
  const url = await provider.signIn(said<{ to: string }>(sent).to, { name, severalFactors: true });
  const brought = Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
  return post(service, '/api/provider/finish', brought, [cookieOf(sent), ...(cookie ? [cookie] : [])].join('; '));
}
const again = async () => cookieOf(await signsIn(service, (o) => noor.authenticator.show(o)));
const get = (path: string, cookie: string) =>
  request(service, 'GET', path, { headers: { ...fromOurPage(service), cookie } });
const confirms = async () => identities.confirm((await identities.list())[0]!, noor.account as AccountId);
const shown = async (cookie: string) =>
  said<{ links: (Omit<Identity, 'called'> & { called: string | null })[] }>(await get('/api/provider/links', cookie))
    .links;

test('[G71] an open console links no account of whoever passes by, and hers goes on letting in', async () => {
  expect((await goes('link', 'lien', noor.cookie)).status).toBe(200);
  await confirms();
  await service.advance(service.limits.stepUpMs);
  const passer = await goes('link', 'samir', noor.cookie);
  expect([passer.status, passer.body]).toEqual([403, '{"code":"step_up"}']);
  expect((await goes('begin', 'samir')).status).toBe(403);
  expect((await goes('begin', 'lien')).status).toBe(200);
});

test('[G33] whoever shows that it is she links her account, by passkey or by password, and not who came by a code', async () => {
  for (const method of ['password', 'passkey'] as const) {
    const { setCookie } = await service.sessions.open(noor.account as AccountId, method);
    expect(said(await goes('link', 'lien', setCookie.split(';')[0]!)), method).toEqual({ is: 'linked' });
  }
  for (const [method, is] of [
    ['code', [409, '{"code":"stage"}']],
    ['oidc', [403, '{"code":"step_up"}']],
  ] as const) {
    const { setCookie } = await service.sessions.open(noor.account as AccountId, method);
    const answer = await goes('link', 'lien', setCookie.split(';')[0]!);
    expect([answer.status, answer.body], method).toEqual(is);
  }
});

test('[G71] what is confirmed lets in until the new one is, which then takes its place and ends its sessions', async () => {
  await goes('link', 'lien', noor.cookie);
  await confirms();
  const byFirst = (await goes('begin', 'lien')).headers['set-cookie']![0]!.split(';')[0]!;
  expect((await goes('link', 'samir', noor.cookie)).status).toBe(200);
  expect((await identities.list()).map(({ confirmed }) => confirmed)).toEqual([false, true]);
  expect([(await goes('begin', 'samir')).status, (await goes('begin', 'lien')).status]).toEqual([403, 200]);
  expect((await get('/api/session', byFirst)).status).toBe(200);
  // taken away while it waits, it takes nothing with it
  await identities.remove((await identities.list())[0]!, noor.account as AccountId);
  expect((await get('/api/session', byFirst)).status).toBe(200);

  await goes('link', 'samir', noor.cookie);
  await confirms();
  expect((await identities.list()).map(({ confirmed }) => confirmed)).toEqual([true]);
  expect((await get('/api/session', byFirst)).status).toBe(401);
  expect([(await goes('begin', 'samir')).status, (await goes('begin', 'lien')).status]).toEqual([200, 403]);
});

test('[G71] who confirms reads which account it is, as its provider says, short and as plain text; a sign-in asks for none of it', async () => {
  await goes('link', 'lien', noor.cookie);
  const [first] = await shown(noor.cookie);
  expect(first).toMatchObject({
    ...{ called: 'subject-1@school.test', subject: 'subject-1', issuer: provider.settings.issuer },
  });
  const turned = `\u202e\u0007 a${'b'.repeat(200)}`;
  provider.called = () => turned;
  await goes('link', 'samir', await again());
  expect((await shown(noor.cookie))[0]!.called).toBe(`a${'b'.repeat(76)}`);
  // each time it is linked to another account: a link that is there stays as it is
  let who: 'lien' | 'samir' = 'samir';
  const links = async () => {
    who = who === 'lien' ? 'samir' : 'lien';
    expect(said(await goes('link', who, await again()))).toEqual({ is: 'linked' });
  };
  for (const verified of [false, undefined]) {
    Object.assign(provider, { called: () => 'noor@school.test', verified, username: 'samir.b' });
    await links();
    expect((await shown(noor.cookie))[0]!.called).toBe('samir.b');
  }
  // an address in the field of a name is one that nobody looked at either
  for (const username of ['els@clb.be', 'els\uff20clb.be', 'els\ufe6bclb.be']) {
    Object.assign(provider, { called: () => 'els@clb.be', verified: false, username });
    await links();
    expect((await shown(noor.cookie))[0]!.called, 'also with another sign that looks like it').toBeNull();
  }
  Object.assign(provider, { called: () => undefined, username: undefined });
  await links();
  expect((await shown(noor.cookie))[0]).toMatchObject({ called: null, subject: 'subject-2' });
  Object.assign(provider, { called: () => '\u2800', verified: true, username: 'samir.b' }); // what is no name [G93]
  await links();
  expect((await shown(noor.cookie))[0]!.called).toBe('samir.b');
  Object.assign(provider, { called: () => undefined, username: 'Samir\u2003 Bakker\tde\nWit' }); // in one spelling [G93]
  await links();
  expect((await shown(noor.cookie))[0]!.called).toBe('Samir Bakker de Wit');
  const to = new URL(said<{ to: string }>(await post(service, '/api/provider/begin')).to);
  expect(to.searchParams.get('scope')).toBe('openid');
});

test('[G43 G81] who confirms another account of her own while she is in by the one before is out with it', async () => {
  await goes('link', 'lien', noor.cookie);
  await confirms();
  const session = await service.sessions.open(noor.account as never, 'oidc');
  await goes('link', 'samir', await again());
  const waits = (await identities.list()).find(({ confirmed }) => !confirmed)!;
  expect(await identities.confirm(waits, noor.account as never, session.session.binding)).toBe('done');
  expect(await service.sessions.find(session.session.binding)).toBeNull();
});

test('[G33] a coordinator who confirms what she reads as one person’s lets in nobody as another', async () => {
  const [mallory, els] = [
    await begins(service, { purpose: 'recover', name: 'Mallory' }),
    await begins(service, { purpose: 'recover', name: 'Els' }),
  ];
  await goes('link', 'samir', mallory.cookie);
  const [read] = await shown(noor.cookie);
  // she takes it away before Noor presses, and links it where Els showed a moment ago that it is she
  await post(service, '/api/provider/unlink', {}, mallory.cookie);
  expect(said(await goes('link', 'samir', els.cookie))).toEqual({ is: 'linked' });
  const judge = (one: typeof read, confirmed: boolean) => {
    const { id, account, rev } = one!;
    return post(service, '/api/provider/links/judge', { id, account, rev, confirmed }, noor.cookie);
  };
  const [now] = await shown(noor.cookie);
  expect(now).toMatchObject({ id: read!.id, name: 'Els', confirmed: false });
  for (const confirmed of [true, false]) {
    const answer = await judge(read, confirmed);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([409, { code: 'stale', links: [now] }]);
  }
  expect((await goes('begin', 'samir')).status).toBe(403);
  await post(service, '/api/provider/unlink', {}, els.cookie);
  const gone = await judge(now, true);
  expect([gone.status, JSON.parse(gone.body)]).toEqual([404, { code: 'gone', links: [] }]);
  expect(said(await judge(now, false))).toEqual({ links: [] });
});

test('[G33] who takes her own link away while a coordinator confirms it has none', async () => {
  await goes('link', 'samir', noor.cookie);
  const get = service.records.get;
  const confirmed = vi.fn(() => confirms());
  // between the list that her request read and what it does
  vi.spyOn(service.records, 'get').mockImplementation(async (key) => {
    if (key.kind === 'identity' && confirmed.mock.calls.length === 0) expect(await confirmed()).toBe('done');
    return get(key);
  });
  expect(said(await post(service, '/api/provider/unlink', {}, noor.cookie))).toEqual({ link: null });
  expect([confirmed.mock.calls.length, await identities.list()]).toEqual([1, []]);
});
