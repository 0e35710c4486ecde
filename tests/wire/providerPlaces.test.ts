import { openIdOf } from '@clbchat/server/edge/openId';
import { identitiesOf } from '@clbchat/server/accounts/identities.store';
import type { AccountId } from '@clbchat/shared/ids';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { begins, cookieOf, said } from '../support/gettingIn.ts';
import { startOpenIdProvider, type TestProvider } from '../support/openIdProvider.ts';
import { fromOurPage, request, type Answer } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

const ORIGIN = 'http://localhost:8080';
const [HER, STRANGER] = ['192.0.2.1', '203.0.113.9'];
let provider: TestProvider;
let service: TestService;
beforeAll(async () => {
  provider = await startOpenIdProvider([`${ORIGIN}/console/`]);
});
afterAll(() => provider.stop());
beforeEach(async () => {
  provider.instead = () => false;
  provider.asked.length = 0;
  service = await startService({
    ...{ passkeys: true, publicOrigin: ORIGIN, trustedHops: 1 },
    openId: (nowMs) => openIdOf(provider.settings, { nowMs, fetchFrom: provider.fetch }),
  });
});
afterEach(() => service.stop());

const post = (path: string, from: string, body: object, cookie?: string): Promise<Answer> =>
  request(service, 'POST', path, {
    headers: { ...fromOurPage(service), 'x-forwarded-for': from, cookie },
    body: JSON.stringify(body),
  });
async function begin(from: string) {
  const answer = await post('/api/provider/begin', from, {});
  const { to } = said<{ to: string }>(answer);
  return { to, cookie: cookieOf(answer), state: new URL(to).searchParams.get('state') };
}
/** Linked and confirmed, so that she is let in. */
async function linked(): Promise<void> {
  const { account } = await begins(service);
  const identities = identitiesOf(service.records, service.clock.nowMs);
  await identities.link(account as AccountId, { issuer: provider.settings.issuer, subject: 'subject-1' });
  await identities.confirm((await identities.list())[0]!, account as AccountId);
}
const asked = (path: string) => provider.asked.filter((one) => one === path).length;

test.each([
  ['a stranger', () => STRANGER],
  ['a stranger with all of a /48', (nth: number) => `2a02:1810:4f2a:${(nth * 257).toString(16)}::1`],
])(
  '[G94 N76] %s whose invented codes the provider is slow with keeps nobody from beginning, nor from coming back',
  async (_who, at) => {
    await linked();
    const hers = await begin(HER);
    const brought = Object.fromEntries(
      new URLSearchParams((await provider.signIn(hers.to, { name: 'lien', severalFactors: true })).hash.slice(1)),
    );
    const theirs = await Promise.all(Array.from({ length: 60 }, (_, nth) => begin(at(nth))));
    const held: (() => void)[] = [];
    let heard = () => {};
    const isHeld = new Promise<void>((resolve) => (heard = resolve));
    provider.instead = ({ url = '' }, response) => {
      if (!url.startsWith('/token')) return false;
      held.push(() => response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}'));
      heard();
      return true;
    };
    const answers = theirs.map(({ cookie, state }, nth) =>
      post('/api/provider/finish', at(nth), { code: 'x', state, iss: provider.settings.issuer }, cookie),
    );
    // those that it was not asked about are told so, and the last of them means that all came
    await isHeld;
    const refused = (await Promise.race(answers)).status;
    provider.instead = () => false;
    expect(refused).toBe(429);
    expect((await post('/api/provider/begin', HER, {})).status).toBe(200);
    expect((await post('/api/provider/finish', HER, brought, hers.cookie)).status).toBe(200);
    for (const answer of held) answer();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([403, 429]));
  },
);

test('[G94] who came back here before goes before any stranger, at however many addresses; a full house says so, and keeps what was brought', async () => {
  await linked();
  const back = async ({ to }: { to: string }) =>
    Object.fromEntries(
      new URLSearchParams((await provider.signIn(to, { name: 'lien', severalFactors: true })).hash.slice(1)),
    );
  const first = await begin(HER);
  const came = await post('/api/provider/finish', HER, await back(first), first.cookie);
  const known = came.headers['set-cookie']!.map((set) => set.split(';')[0]!).find((set) => set.includes('clb-came'))!;
  const [hers, elsewhere] = [await begin(HER), await begin(HER)];
  const [brought, another] = [await back(hers), await back(elsewhere)];
  const theirs = await Promise.all(
    Array.from({ length: 60 }, (_, nth) => begin(`2001:db8:${nth.toString(16)}::1`).then((one) => ({ ...one, nth }))),
  );
  const held: (() => void)[] = [];
  provider.instead = ({ url = '' }, response) => {
    if (!url.startsWith('/token')) return false;
    held.push(() => response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}'));
    if (held.length === 16) provider.instead = () => false;
    return true;
  };
  const answers = theirs.map(({ cookie, state, nth }) =>
    post(
      '/api/provider/finish',
      `2001:db8:${nth.toString(16)}::1`,
      { code: 'x', state, iss: provider.settings.issuer },
      cookie,
    ),
  );
  let refused = 0;
  for (const answer of answers) void answer.then(({ status }) => (refused += Number(status === 429)));
  const full = await Promise.race(answers);
  expect([full.status, full.body]).toEqual([429, '{"code":"too_fast","waitMs":2000}']);
  // a stranger, or what somebody made of the cookie, is one of them
  const [name = '', value = ''] = known.split('=');
  const forged = `${name}=${value.slice(0, 12)}${value[12] === 'A' ? 'B' : 'A'}${value.slice(13)}`;
  const late = await post('/api/provider/finish', HER, another, `${elsewhere.cookie}; ${forged}`);
  expect(late.status).toBe(429);
  const isIn = post('/api/provider/finish', HER, brought, `${hers.cookie}; ${known}`);
  // it stands in the queue when another stranger has lost a place to it: of 60, 16 are asked about and 32 wait
  await expect.poll(() => refused).toBe(13);
  for (const answer of held) answer();
  expect((await isIn).status).toBe(200);
  await Promise.all(answers);
  expect((await post('/api/provider/finish', HER, another, elsewhere.cookie)).status).toBe(200);
});

test('[G34] what a browser brings makes nobody ask the provider anew who it is', async () => {
  for (const iss of ['https://evil.example', undefined, provider.settings.issuer]) {
    const { cookie, state } = await begin(STRANGER);
    const answer = await post('/api/provider/finish', STRANGER, { code: 'x', state, iss }, cookie);
    expect([iss, answer.status, answer.body]).toEqual([iss, 403, '{"code":"not_yours"}']);
    service.clock.advance(60_000);
  }
  expect([asked('/.well-known/openid-configuration'), asked('/token')]).toEqual([1, 1]);
});

test('[G34] what it says that cannot be believed makes it be asked anew once a minute, however often it says that', async () => {
  provider.instead = ({ url = '' }, response) =>
    url.startsWith('/token') && Boolean(response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hallo'));
  const fails = async () => {
    const { cookie, state } = await begin(STRANGER);
    const answer = await post(
      '/api/provider/finish',
      STRANGER,
      { code: 'x', state, iss: provider.settings.issuer },
      cookie,
    );
    expect(answer.status).toBe(503);
  };
  for (let times = 0; times < 5; times += 1) await fails();
  expect(asked('/.well-known/openid-configuration')).toBe(1);
  service.clock.advance(60_000);
  for (let times = 0; times < 5; times += 1) await fails();
  expect(asked('/.well-known/openid-configuration')).toBe(2);
});
