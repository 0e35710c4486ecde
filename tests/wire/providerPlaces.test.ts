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
  await identities.confirm((await identities.list())[0]!.id, account as AccountId);
}
const asked = (path: string) => provider.asked.filter((one) => one === path).length;

test('[G94] a stranger whose invented codes the provider is slow with keeps nobody from beginning, nor from coming back', async () => {
  await linked();
  const hers = await begin(HER);
  const brought = Object.fromEntries(
    new URLSearchParams((await provider.signIn(hers.to, { name: 'lien', severalFactors: true })).hash.slice(1)),
  );
  const theirs = await Promise.all(Array.from({ length: 60 }, () => begin(STRANGER)));
  const held: (() => void)[] = [];
  let heard = () => {};
  const isHeld = new Promise<void>((resolve) => (heard = resolve));
  provider.instead = ({ url = '' }, response) => {
    if (!url.startsWith('/token')) return false;
    held.push(() => response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}'));
    heard();
    return true;
  };
  const answers = theirs.map(({ cookie, state }) =>
    post('/api/provider/finish', STRANGER, { code: 'x', state, iss: provider.settings.issuer }, cookie),
  );
  // those that it was not asked about are told so, and the last of them means that all came
  await isHeld;
  const refused = (await Promise.race(answers)).status;
  provider.instead = () => false;
  expect(refused).toBe(503);
  expect((await post('/api/provider/begin', HER, {})).status).toBe(200);
  expect((await post('/api/provider/finish', HER, brought, hers.cookie)).status).toBe(200);
  for (const answer of held) answer();
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([403, 503]));
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
