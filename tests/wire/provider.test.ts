import { generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { openIdOf } from '@clbchat/server/edge/openId';
import { identitiesOf, type IdentitiesStore, type Identity } from '@clbchat/server/accounts/identities.store';
import { readEntry } from '@clbchat/server/records/audit.rules';
import type { AccountId } from '@clbchat/shared/ids';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { begins, cookieOf, post, said, signsIn, type Begun, type Request } from '../support/gettingIn.ts';
import { startOpenIdProvider, type TestProvider } from '../support/openIdProvider.ts';
import { fromOurPage, request, type Answer } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

const ORIGIN = 'http://localhost:8080';
let provider: TestProvider;
let service: TestService;
let noor: Begun;
let identities: IdentitiesStore;
beforeAll(async () => {
  provider = await startOpenIdProvider([`${ORIGIN}/console/`]);
});
afterAll(() => provider.stop());
beforeEach(async () => {
  provider.instead = () => false;
  provider.asked.length = 0;
  service = await startService({
    passkeys: true,
    publicOrigin: ORIGIN,
    openId: (nowMs) => openIdOf(provider.settings, { nowMs, fetchFrom: provider.fetch }),
  });
  identities = identitiesOf(service.records, service.clock.nowMs);
  noor = await begins(service);
});
afterEach(() => service.stop());

const get = (path: string, cookie?: string) =>
  request(service, 'GET', path, { headers: { ...fromOurPage(service), cookie } });
interface Sent {
  readonly to: string;
  readonly cookie: string;
}
async function begin(cookie?: string): Promise<Sent> {
  const path = cookie === undefined ? '/api/provider/begin' : '/api/provider/link';
  const answer = await post(service, path, {}, cookie);
  return { to: said<{ to: string }>(answer).to, cookie: cookieOf(answer) };
}
/** What the provider sends a browser back with, behind the `#`. */
async function back({ to }: Sent, as: { name: string; severalFactors?: boolean }) {
  const url = await provider.signIn(to, as);
  expect([url.origin + url.pathname, url.search]).toEqual([`${ORIGIN}/console/`, '']);
  return Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
}
const finish = (brought: object, ...cookies: string[]) =>
  post(service, '/api/provider/finish', brought, cookies.join('; '));
async function signIn(as: { name: string; severalFactors?: boolean }, ...cookies: string[]): Promise<Answer> {
  const sent = await begin();
  return finish(await back(sent, as), sent.cookie, ...cookies);
}
async function links(name = 'lien', by = noor.cookie): Promise<Answer> {
  const sent = await begin(by);
  return finish(await back(sent, { name }), sent.cookie, by);
}
async function linked(): Promise<void> {
  expect(said(await links())).toEqual({ is: 'linked' });
  await identities.confirm((await identities.list())[0]!, noor.account as AccountId);
}
const looksOf = ({ status, body }: Answer) => [status, body];
const UNIFORM = [403, '{"code":"not_yours"}'];
const NOT_NOW = [503, '{"code":"unavailable"}'];
const bindingOf = (cookie: string) => service.sessions.bindingOf(cookie)!;
const sessions = async () => (await service.records.list('session')).length;
const LIEN = { name: 'lien', severalFactors: true };

describe('[G30] who is sent to the provider', () => {
  test('goes with a challenge, a state and a nonce, is asked who she is anew, and comes back behind a #', async () => {
    const { to } = await begin();
    const asked = Object.fromEntries(new URL(to).searchParams);
    expect(asked).toMatchObject({
      ...{ response_type: 'code', scope: 'openid', code_challenge_method: 'S256', response_mode: 'fragment' },
      ...{ prompt: 'login', max_age: '300', redirect_uri: `${ORIGIN}/console/`, client_id: 'clbchat' },
    });
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked[name]?.length, name).toBeGreaterThan(40);
    const again = Object.fromEntries(new URL((await begin()).to).searchParams);
    for (const name of ['code_challenge', 'state', 'nonce']) expect(again[name], name).not.toBe(asked[name]);
  });

  test('nothing is asked of it before somebody wants to, and what it says of itself only once', async () => {
    expect(provider.asked).toEqual([]);
    expect(said(await get('/api/provider'))).toEqual({ name: 'de school', link: null });
    expect(provider.asked).toEqual([]);
    await Promise.all([begin(), begin(), begin()]);
    expect(provider.asked).toEqual(['/.well-known/openid-configuration']);
    service.clock.advance(600_000);
    await begin();
    expect(provider.asked).toHaveLength(2);
  });
});

describe('[G31] what comes back', () => {
  beforeEach(linked);

  test('is taken once, in its time, from the browser that was sent, with its own state; of two at once one is', async () => {
    const sent = await begin();
    const brought = await back(sent, LIEN);
    expect(looksOf(await finish(brought))).toEqual(UNIFORM);
    const both = await Promise.all([finish(brought, sent.cookie), finish(brought, sent.cookie)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403]);
    expect(looksOf(await finish(brought, sent.cookie))).toEqual(UNIFORM);

    const [one, other] = [await begin(), await begin()];
    const hers = await back(one, LIEN);
    expect(looksOf(await finish(hers, other.cookie))).toEqual(UNIFORM);
    const late = await begin();
    const tooLate = await back(late, LIEN);
    await service.advance(service.limits.pendingMs);
    expect(looksOf(await finish(tooLate, late.cookie))).toEqual(UNIFORM);
    for (const body of [{}, { code: 'a' }, { ...brought, more: 1 }, { ...brought, code: 'x'.repeat(2_049) }])
      expect((await finish(body, sent.cookie)).status).toBe(400);
  });

  test('counts for no other code than its own: it belongs to the challenge', async () => {
    const [one, other] = [await begin(), await begin()];
    const [first, second] = [await back(one, LIEN), await back(other, LIEN)];
    expect(looksOf(await finish({ ...first, code: second['code'] }, one.cookie))).toEqual(UNIFORM);
    expect(await sessions()).toBe(1);
  });

  test('is nothing in a browser that began to sign in otherwise', async () => {
    const { headers } = await post(service, '/api/sign-in/begin', {});
    const begun = /__Host-clb-begun=([^;]+)/.exec(String(headers['set-cookie']))![1]!;
    const answer = await finish({ code: 'x', state: 'x'.repeat(43) }, `__Host-clb-sent=${begun}`);
    expect(looksOf(answer)).toEqual(UNIFORM);
    expect(service.said()).not.toContain('a route failed');
  });
});

test('[G91] an invented answer, and another tab, spoil no sign-in that is under way', async () => {
  await linked();
  const one = await begin();
  const brought = await back(one, LIEN);
  expect(looksOf(await finish({ code: 'x', state: 'y'.repeat(43) }, one.cookie))).toEqual(UNIFORM);
  expect(looksOf(await finish({ ...brought, iss: 'https://evil.example' }, one.cookie))).toEqual(UNIFORM);
  const second = await post(service, '/api/provider/begin', {}, one.cookie);
  expect(cookieOf(second)).toBe(one.cookie);
  const other = await back({ to: said<{ to: string }>(second).to, cookie: one.cookie }, LIEN);
  expect((await finish(brought, one.cookie)).status).toBe(200);
  expect((await finish(other, one.cookie)).status).toBe(200);
});

test('[G91] what was begun to sign in links nothing, and what was begun to link signs nobody in', async () => {
  await linked();
  const toLink = await begin(noor.cookie);
  expect(looksOf(await finish(await back(toLink, LIEN), toLink.cookie))).toEqual(UNIFORM);
  const toSignIn = await begin();
  expect(said(await finish(await back(toSignIn, LIEN), toSignIn.cookie, noor.cookie))).toMatchObject({ is: 'in' });
});

test('[G91] who showed in another tab that it is she links the account with which she comes back, and nobody else does', async () => {
  const els = await begins(service, { purpose: 'recover', name: 'Els' });
  const sent = await begin(noor.cookie);
  const brought = await back(sent, { name: 'lien' });
  const asked = said<Request>(await post(service, '/api/step-up/begin', {}, noor.cookie));
  const shown = await post(service, '/api/step-up/passkey', noor.authenticator.show(asked), noor.cookie);
  expect(looksOf(await finish(brought, sent.cookie, els.cookie))).toEqual(UNIFORM);
  expect(said(await finish(brought, sent.cookie, cookieOf(shown)))).toEqual({ is: 'linked' });
  expect(await identities.list()).toMatchObject([{ account: noor.account }]);
});

test('[G33 G45 G9] a link is made by who showed a moment ago that it is she and not by a code, as it was begun', async () => {
  await service.advance(service.limits.stepUpMs - 1_000);
  const sent = await begin(noor.cookie);
  const brought = await back(sent, { name: 'lien' });
  await service.advance(2_000);
  const byCode = cookieOf(await post(service, '/api/sign-in/code', { code: noor.codes[0] }));
  expect((await finish(brought, sent.cookie, byCode)).status).toBe(409);
  expect((await finish(brought, sent.cookie, noor.cookie)).body).toBe('{"code":"step_up"}');
  expect(await identities.list()).toEqual([]);
  const asked = said<Request>(await post(service, '/api/step-up/begin', {}, noor.cookie));
  const shown = await post(service, '/api/step-up/passkey', noor.authenticator.show(asked), noor.cookie);
  expect(said(await finish(brought, sent.cookie, cookieOf(shown))), 'and nothing was used up').toEqual({
    is: 'linked',
  });
});

test('[A13 G43] a copy of an older cookie takes no link away, and ends nothing that it opened', async () => {
  await linked();
  const stolen = noor.cookie;
  await service.advance(service.limits.stepUpMs + 1_000);
  const hers = (await signIn(LIEN)).headers['set-cookie']![0]!.split(';')[0]!;
  expect((await post(service, '/api/provider/unlink', {}, stolen)).body).toBe('{"code":"step_up"}');
  expect([(await get('/api/session', hers)).status, (await identities.list()).length]).toEqual([200, 1]);
});

describe('[G32] who comes back', () => {
  beforeEach(linked);

  test('with several factors is in, by a session of its own kind, in the place of the browser’s earlier one', async () => {
    const answer = await signIn(LIEN, noor.cookie);
    expect(said(answer)).toMatchObject({
      ...{ is: 'in', account: noor.account, name: 'Noor', method: 'oidc' },
      ...{ roles: ['coordinator'], leftMs: 36_000_000 },
    });
    const set = answer.headers['set-cookie']!;
    expect(set.map((one) => one.split('=')[0])).toEqual(['__Host-clb', '__Host-clb-came']);
    const cookie = set[0]!.split(';')[0]!;
    expect(said(await get('/api/session', cookie))).toMatchObject({ method: 'oidc' });
    expect((await get('/api/session', noor.cookie)).status).toBe(401);
    expect((await get('/api/centre/settings', cookie)).status).toBe(200);
    expect(said<{ sessions: object[] }>(await get('/api/sessions', cookie)).sessions).toMatchObject([
      { method: 'oidc' },
    ]);
    expect((await post(service, '/api/session/renew', {}, cookie)).status).toBe(401);
  });

  test('[A11] and in the place of what her browser has not heard of: one session, and nothing renews', async () => {
    await linked();
    const [has] = (
      await service.sessions.open(noor.account as AccountId, 'demo', bindingOf(noor.cookie))
    ).setCookie.split(';');
    const unheard = cookieOf(await post(service, '/api/session/renew', {}, has));
    const answer = await signIn(LIEN, has!);
    expect([answer.status, await service.sessions.find(bindingOf(unheard))]).toEqual([200, null]);
    expect((await post(service, '/api/session/renew', {}, has)).status).toBe(401);
  });

  test('with a password alone opens nothing at all before her passkey', async () => {
    const before = await sessions();
    const answer = await signIn({ name: 'lien' });
    expect([said(answer), answer.headers['set-cookie']]).toEqual([{ is: 'passkey' }, undefined]);
    expect(await sessions()).toBe(before);
    expect((await get('/api/session', cookieOf(answer))).status).toBe(401);
    const shown = await signsIn(service, (o) => noor.authenticator.show(o));
    expect(said(shown)).toMatchObject({ method: 'passkey', account: noor.account });
  });
});

describe('[G33] who is linked', () => {
  test('is whom a coordinator confirmed, and nobody else: one answer for all others', async () => {
    expect(looksOf(await signIn(LIEN))).toEqual(UNIFORM);
    expect(said(await links())).toEqual({ is: 'linked' });
    expect(looksOf(await signIn(LIEN))).toEqual(UNIFORM);
    expect(looksOf(await signIn({ name: 'lien' }))).toEqual(UNIFORM);
    expect(said(await get('/api/provider', noor.cookie))).toEqual({ name: 'de school', link: 'waits' });

    const { links: waiting } = said<{ links: Pick<Identity, 'id' | 'account' | 'rev'>[] }>(
      await get('/api/provider/links', noor.cookie),
    );
    expect(waiting).toMatchObject([{ name: 'Noor', confirmed: false, made: '2026-11-23' }]);
    const { id, account, rev } = waiting[0]!;
    const judge = (confirmed: boolean, saw = rev) =>
      post(service, '/api/provider/links/judge', { id, account, rev: saw, confirmed }, noor.cookie);
    expect(said(await judge(true))).toMatchObject({ links: [{ confirmed: true }] });
    expect(said(await get('/api/provider', noor.cookie))).toMatchObject({ link: 'confirmed' });
    expect((await signIn(LIEN)).status).toBe(200);
    expect(looksOf(await signIn({ ...LIEN, name: 'samir' }))).toEqual(UNIFORM);

    const looked = async () => said<{ links: object[] }>(await get('/api/provider/links', noor.cookie)).links;
    await service.advance(service.limits.stepUpMs);
    expect(looksOf(await judge(false))).toEqual([403, '{"code":"step_up"}']);
    expect(await looked()).toHaveLength(1);
    noor = { ...noor, cookie: (await again()).cookie };

    await change({ disabled: true });
    expect(looksOf(await signIn(LIEN))).toEqual(UNIFORM);
    await change({ disabled: false });
    expect(said(await judge(false, (await identities.list())[0]!.rev))).toEqual({ links: [] });
    expect(looksOf(await signIn(LIEN))).toEqual(UNIFORM);
    const acts = (await service.records.audit()).entries.map((entry) => readEntry(entry)?.act);
    expect(acts.slice(-3)).toEqual(['identity_linked', 'identity_confirmed', 'identity_removed']);
  });

  test('linked it herself, having shown that it is she, in the browser that was sent; a new one waits for its own word beside it', async () => {
    await linked();
    const byCode = cookieOf(await post(service, '/api/sign-in/code', { code: noor.codes[0] }));
    const byProvider = (await signIn(LIEN)).headers['set-cookie']![0]!.split(';')[0]!;
    const link = async (cookie: string) => looksOf(await post(service, '/api/provider/link', {}, cookie));
    expect(await link(byCode)).toEqual([409, '{"code":"stage"}']);
    expect(await link(byProvider), 'a provider shows nothing here').toEqual([403, '{"code":"step_up"}']);

    const { cookie: mine } = await again();
    const sent = await begin(mine);
    const brought = await back(sent, { name: 'samir' });
    expect(looksOf(await finish(brought, (await again()).cookie)), 'in another browser').toEqual(UNIFORM);
    expect(said(await links('samir', mine))).toEqual({ is: 'linked' });
    expect((await identities.list()).map(({ confirmed }) => confirmed)).toEqual([false, true]);
    expect(looksOf(await signIn({ ...LIEN, name: 'samir' }))).toEqual(UNIFORM);
    expect((await signIn(LIEN)).status).toBe(200);
    expect(said(await post(service, '/api/provider/unlink', {}, mine))).toEqual({ link: null });
    expect(await identities.list()).toEqual([]);
  });

  test('has it alone: what is somebody’s is not linked to another account', async () => {
    await linked();
    const els = await begins(service, { purpose: 'recover', name: 'Els' });
    expect(looksOf(await links('lien', els.cookie))).toEqual(UNIFORM);
    expect((await identities.list()).map(({ account }) => account)).toEqual([noor.account]);
  });

  test('is not let in by a link that was taken away while she was', async () => {
    await linked();
    const link = (await identities.list())[0]!;
    const shown = await identities.shown({ issuer: provider.settings.issuer, subject: 'subject-1' });
    await identities.remove(link, noor.account as AccountId);
    expect(await service.sessions.openWith(shown!.account, 'oidc', shown!.step)).toBeNull();
  });
});

/** The cookie of the session: behind it comes what the browser is known by. */
const inBy = ({ headers }: Answer) => headers['set-cookie']![0]!.split(';')[0]!;

describe('[G43] whose link is taken away', () => {
  test('is signed in by it no more, wherever she was; her passkey’s session goes on, and so does who is somebody else', async () => {
    await linked();
    const byProvider = inBy(await signIn(LIEN));
    const els = await begins(service, { purpose: 'recover', name: 'Els' });
    const elsToo = (await service.sessions.open(els.account as AccountId, 'oidc')).setCookie.split(';')[0]!;
    const status = async (cookie: string) => (await get('/api/session', cookie)).status;
    expect([await status(byProvider), await status(noor.cookie)]).toEqual([200, 200]);
    expect((await post(service, '/api/provider/unlink', {}, noor.cookie)).status).toBe(200);
    expect([await status(byProvider), await status(noor.cookie), await status(elsToo)]).toEqual([401, 200, 200]);
  });

  test('goes on where she showed her own passkey since: that is no provider’s word', async () => {
    await linked();
    const cookie = inBy(await signIn(LIEN));
    const asked = said<Request>(await post(service, '/api/step-up/begin', {}, cookie));
    const mine = cookieOf(await post(service, '/api/step-up/passkey', noor.authenticator.show(asked), cookie));
    await identities.remove((await identities.list())[0]!, noor.account as AccountId);
    expect((await get('/api/session', mine)).status).toBe(200);
  });
});

/** Signs in by passkey once more. */
async function again() {
  return { cookie: cookieOf(await signsIn(service, (o) => noor.authenticator.show(o))) };
}
async function change(to: object): Promise<void> {
  const name = { kind: 'account' as const, id: noor.account };
  const row = (await service.records.get(name))!;
  const text = JSON.stringify({ ...(JSON.parse(row.text) as object), ...to });
  await service.records.write([{ ...name, rev: row.rev, text }], null);
}

describe('[G34] a provider that is down, slow or talks nonsense', () => {
  const json = (response: ServerResponse, body: unknown, status = 200) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return true;
  };
  const on = (path: string, answer: (response: ServerResponse) => boolean) => {
    provider.instead = ({ url = '' }, response) => url.startsWith(path) && answer(response);
  };
  const DISCOVERY = '/.well-known/';
  const huge = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = () => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
    return true;
  };

  test.each<[string, (response: ServerResponse) => boolean]>([
    ['an error', (response) => json(response, { error: 'server_error' }, 500)],
    ['a page', (response) => Boolean(response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hallo'))],
    ['another issuer', (response) => json(response, { issuer: 'https://evil.example' })],
    ['a way elsewhere', (response) => Boolean(response.writeHead(302, { location: 'https://evil.example' }).end())],
    ['without end', huge],
    ['nothing', (response) => Boolean(response.destroy())],
  ])(
    'at the beginning: %s; and it is asked again some seconds later, by no number of strangers before',
    async (_what, answer) => {
      on(DISCOVERY, answer);
      expect(looksOf(await post(service, '/api/provider/begin'))).toEqual(NOT_NOW);
      provider.instead = () => false;
      for (let press = 0; press < 5; press += 1) {
        expect(looksOf(await post(service, '/api/provider/begin'))).toEqual(NOT_NOW);
        await service.advance(999);
      }
      expect(provider.asked.length).toBe(1);
      await service.advance(5);
      expect((await post(service, '/api/provider/begin')).status).toBe(200);
    },
  );

  test('one that takes its time to fail is asked again as long after it did', async () => {
    on(DISCOVERY, (response) => {
      service.clock.advance(4_000);
      return json(response, {}, 500);
    });
    expect(looksOf(await post(service, '/api/provider/begin'))).toEqual(NOT_NOW);
    provider.instead = () => false;
    await service.advance(4_999);
    expect(looksOf(await post(service, '/api/provider/begin'))).toEqual(NOT_NOW);
    await service.advance(1);
    expect((await post(service, '/api/provider/begin')).status).toBe(200);
  });

  test('whose answer is right and longer than one of theirs ever is says nothing, and is not waited for', async () => {
    const of = await provider.fetch(`${provider.settings.issuer}${DISCOVERY}openid-configuration`);
    const genuine = (await of.json()) as object;
    const padded = (chars: number) =>
      on(DISCOVERY, (response) => json(response, { ...genuine, more: ' '.repeat(chars) }));
    padded(65_536);
    expect(looksOf(await post(service, '/api/provider/begin'))).toEqual(NOT_NOW);
    padded(32_768);
    await service.advance(5_000);
    expect((await post(service, '/api/provider/begin')).status).toBe(200);
  });

  test('that says nothing is given up, holds up no passkey, and is asked once, however many ask', async () => {
    on(DISCOVERY, () => true);
    const waiting = Array.from({ length: 20 }, () => post(service, '/api/provider/begin'));
    const passkey = signsIn(service, (o) => noor.authenticator.show(o));
    const first = await Promise.race([passkey.then(() => 'passkey'), Promise.all(waiting).then(() => 'provider')]);
    expect([first, (await passkey).status]).toEqual(['passkey', 200]);
    expect((await Promise.all(waiting)).map(looksOf)).toEqual(Array.from({ length: 20 }, () => NOT_NOW));
    expect(provider.asked.length).toBe(1);
  });

  const claimsOf = (sent: Sent) => {
    const nowS = Math.floor(Date.now() / 1_000);
    const nonce = new URL(sent.to).searchParams.get('nonce');
    const { issuer: iss, clientId: aud } = provider.settings;
    const times = { iat: nowS, auth_time: nowS, exp: nowS + 600 };
    return { nowS, claims: { iss, aud, sub: 'subject-1', nonce, amr: ['mfa'], ...times } };
  };
  const strange = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  type Lie = (claims: ReturnType<typeof claimsOf>['claims'], nowS: number) => string;
  const lies: [string, Lie][] = [
    ['of another issuer', (claims) => provider.token({ ...claims, iss: 'https://evil.example' })],
    ['for another service', (claims) => provider.token({ ...claims, aud: 'another' })],
    ['with another nonce', (claims) => provider.token({ ...claims, nonce: 'x'.repeat(43) })],
    ['without a nonce', (claims) => provider.token({ ...claims, nonce: undefined })],
    ['that is over', (claims, nowS) => provider.token({ ...claims, iat: nowS - 900, exp: nowS - 60 })],
    [
      'of a clock that is behind',
      (claims, nowS) => provider.token({ ...claims, auth_time: nowS - 900, iat: nowS - 900, exp: nowS - 300 }),
    ],
    ['of somebody who signed in long ago', (claims, nowS) => provider.token({ ...claims, auth_time: nowS - 900 })],
    ['that does not say when she signed in', (claims) => provider.token({ ...claims, auth_time: undefined })],
    ['by no key', (claims) => provider.token(claims, { alg: 'none' })],
    ['by another key', (claims) => provider.token(claims, { key: strange })],
    [
      'by another key under its name',
      (claims) =>
        provider.token(claims, { key: strange, kid: (provider.keys() as { keys: { kid: string }[] }).keys[0]!.kid }),
    ],
    ['of nobody', (claims) => provider.token({ ...claims, sub: '' })],
    ['of nobody that can be kept', (claims) => provider.token({ ...claims, sub: 'x'.repeat(256) })],
    ['that is none', () => 'x.y.z'],
  ];
  async function believes(lie: Lie): Promise<Answer> {
    const sent = await begin();
    const { claims, nowS } = claimsOf(sent);
    const state = new URL(sent.to).searchParams.get('state');
    on('/token', (response) =>
      json(response, { access_token: 'a', token_type: 'Bearer', id_token: lie(claims, nowS) }),
    );
    return finish({ code: 'a code', state, iss: provider.settings.issuer }, sent.cookie);
  }

  test('at the end: no word of its that does not fit is believed, and one that fits is', async () => {
    await linked();
    const before = await sessions();
    for (const [what, lie] of lies) expect([what, looksOf(await believes(lie))]).toEqual([what, NOT_NOW]);
    expect(await sessions()).toBe(before);
    expect((await believes((claims) => provider.token(claims))).status).toBe(200);
    for (const path of ['/token', '/jwks'])
      for (const answer of [huge, (response: ServerResponse) => json(response, {}, 500)]) {
        const sent = await begin();
        const brought = await back(sent, LIEN);
        on(path, answer);
        service.clock.advance(60_000); // after which it is asked anew who it is
        expect([path, looksOf(await finish(brought, sent.cookie))]).toEqual([path, NOT_NOW]);
        provider.instead = () => false;
      }
    expect((await signIn(LIEN)).status).toBe(200);
  });

  test('that changed its key is believed by the new one within a minute, after one try at the most', async () => {
    await linked();
    expect((await signIn(LIEN)).status).toBe(200);
    const statuses = [];
    for (let tries = 0; tries < 2; tries += 1) {
      const sent = await begin();
      const { claims } = claimsOf(sent);
      const state = new URL(sent.to).searchParams.get('state');
      service.clock.advance(60_000);
      provider.instead = ({ url = '' }, response) =>
        (url.startsWith('/jwks') && json(response, provider.keys(strange))) ||
        (url.startsWith('/token') &&
          json(response, {
            access_token: 'a',
            token_type: 'Bearer',
            id_token: provider.token(claims, { key: strange }),
          }));
      statuses.push((await finish({ code: 'a', state, iss: provider.settings.issuer }, sent.cookie)).status);
    }
    expect(statuses.at(-1)).toBe(200);
  });

  test('a provider that answers over no TLS is none', async () => {
    const plain = openIdOf(
      { ...provider.settings, issuer: provider.settings.issuer.replace('https', 'http') },
      { nowMs: service.clock.nowMs, fetchFrom: async () => Response.json({}) },
    );
    expect(await plain.begin(`${ORIGIN}/console/`, 1_000, 'in', { state: 'a', nonce: 'b', verifier: 'c' })).toBeNull();
  });
});

test('[G36 G37] without a provider none of its routes is there; signing out ends what is ours and asks the provider nothing', async () => {
  await linked();
  const cookie = (await signIn(LIEN)).headers['set-cookie']![0]!.split(';')[0]!;
  provider.asked.length = 0;
  expect((await post(service, '/api/sign-out', {}, cookie)).status).toBe(204);
  expect([(await get('/api/session', cookie)).status, provider.asked]).toEqual([401, []]);
  const without = await startService({ passkeys: true });
  try {
    expect(without.routes()).not.toContain('provider');
  } finally {
    await without.stop();
  }
});
