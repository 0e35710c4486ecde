import { openIdOf } from '@clbchat/server/edge/openId';
import { TOTP } from 'otpauth';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { begins, cookieOf, makesFirst, post, said, type Begun, type Creation } from '../support/gettingIn.ts';
import { startOpenIdProvider, type TestProvider } from '../support/openIdProvider.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

const ORIGIN = 'http://localhost:8080';

let provider: TestProvider;
let service: TestService;
let noor: Begun;
let els: Begun;
beforeAll(async () => void (provider = await startOpenIdProvider([`${ORIGIN}/console/`])));
afterAll(() => provider.stop());
beforeEach(async () => {
  service = await startService({
    ...{ passkeys: true, publicOrigin: ORIGIN },
    openId: (nowMs) => openIdOf(provider.settings, { nowMs, fetchFrom: provider.fetch }),
  });
  noor = await begins(service);
  els = await begins(service, { purpose: 'recover', name: 'Els' });
});
afterEach(() => service.stop());

type Person = Pick<Begun, 'account' | 'cookie'>;
interface Listed {
  readonly people: readonly { readonly id: string; readonly rev: number }[];
  readonly news: readonly { readonly by: string; readonly act: string; readonly about: string }[];
}
const get = async <What>(path: string, { cookie }: Person) =>
  said<What>(await request(service, 'GET', path, { headers: { ...fromOurPage(service), cookie } }));
/** What this coordinator is shown of what these people did, the newest first. */
const newsTo = async (who: Person, ...of: readonly Person[]) =>
  (await get<Listed>('/api/team', who)).news
    .filter(({ by }) => of.some(({ account }) => account === by))
    .map(({ act, about }) => [act, about]);

async function addsPasskey({ cookie }: Person): Promise<void> {
  const options = said<Creation>(await post(service, '/api/passkeys/begin', {}, cookie));
  said(await post(service, '/api/passkeys/add', createAuthenticator(service.origin).make(options), cookie));
}
async function setsPassword({ cookie }: Person, login: string): Promise<void> {
  const asked = await post(service, '/api/password/begin', { login, password: 'een zin die niemand raadt' }, cookie);
  const made = new TOTP({ secret: said<{ secret: string }>(asked).secret, digits: 6, period: 30 });
  const code = made.generate({ timestamp: service.clock.nowMs() });
  said(await post(service, '/api/password/confirm', { code }, cookie));
}
const makesCodes = async ({ cookie }: Person) => void said(await post(service, '/api/passkeys/codes', {}, cookie));
async function links({ cookie }: Person, name: string): Promise<void> {
  const sent = await post(service, '/api/provider/link', {}, cookie);
  const back = await provider.signIn(said<{ to: string }>(sent).to, { name, severalFactors: true });
  const brought = Object.fromEntries(new URLSearchParams(back.hash.slice(1)));
  said(await post(service, '/api/provider/finish', brought, `${cookieOf(sent)}; ${cookie}`));
}
async function confirms(by: Person, whose: Person): Promise<void> {
  const { links: all } = await get<{ links: { id: string; account: string; rev: number }[] }>(
    '/api/provider/links',
    by,
  );
  const { id, account, rev } = all.find((one) => one.account === whose.account)!;
  said(await post(service, '/api/provider/links/judge', { id, account, rev, confirmed: true }, by.cookie));
}
/** Somebody whom a coordinator invited as a counsellor. */
async function joins(name: string): Promise<Person> {
  const { token } = said<{ token: string }>(
    await post(service, '/api/team/invite', { roles: ['counsellor'] }, noor.cookie),
  );
  const made = await makesFirst(service, createAuthenticator(service.origin), { token, name });
  const answer = await post(service, '/api/begin/finish', { token, name, passkeys: [made], codes: true });
  return { account: said<{ account: string }>(answer).account, cookie: cookieOf(answer) };
}
async function gives(by: Person, whom: Person, roles: readonly string[]): Promise<void> {
  const { rev } = (await get<Listed>('/api/team', by)).people.find(({ id }) => id === whom.account)!;
  said(await post(service, '/api/team/roles', { account: whom.account, rev, roles }, by.cookie));
}

describe('[T12] a lasting way in that a coordinator’s cookie made', () => {
  test('is shown to every other coordinator, and not to her; what waits lets nobody in, and is not', async () => {
    const tim = await joins('Tim');
    await gives(noor, tim, ['coordinator']);
    const before = await newsTo(els, noor);
    await addsPasskey(noor);
    await setsPassword(noor, 'noor@clb.test');
    await makesCodes(noor);
    await links(noor, 'samir');
    const ways = [
      ['codes_made', noor.account],
      ['password_set', noor.account],
      ['passkey_added', noor.account],
    ];
    expect(await newsTo(els, noor)).toEqual([...ways, ...before]);
    await confirms(noor, noor);
    const all = [['identity_confirmed', noor.account], ...ways];
    expect(await newsTo(els, noor)).toEqual([...all, ...before]);
    expect((await newsTo(tim, noor)).slice(0, 4)).toEqual(all);
    expect(await newsTo(noor, noor)).toEqual([]);
  });

  test('stays shown when her role is taken after it, and given back', async () => {
    await addsPasskey(noor);
    await gives(els, noor, ['counsellor']);
    const { cookie, account } = await begins(service, { purpose: 'recover', name: 'Tom' });
    expect(await newsTo({ cookie, account }, noor)).toEqual([]); // was not there yet
    expect(await newsTo(els, noor)).toEqual([['passkey_added', noor.account]]);
    await gives(els, noor, ['counsellor', 'coordinator']);
    expect(await newsTo(els, noor)).toEqual([['passkey_added', noor.account]]);
  });
});

test('[T12] who becomes a coordinator and makes a way in while another one is answered is shown to her, then or the next time', async () => {
  const tim = await joins('Tim');
  const { records } = service;
  const { newest, list } = records;
  let first: 'log' | 'people' | null = null;
  let isOver = false;
  /** Between the two that her answer is read from, whichever comes first. */
  async function before(reads: 'log' | 'people'): Promise<void> {
    first ??= reads;
    if (isOver || reads === first) return;
    isOver = true;
    await gives(noor, tim, ['coordinator']);
    await addsPasskey(tim);
    await addsPasskey(noor);
  }
  Object.assign(records, {
    newest: async (...asked: Parameters<typeof newest>) => (await before('log'), newest(...asked)),
    list: async (kind: Parameters<typeof list>[0]) => (kind === 'account' && (await before('people')), list(kind)),
  });
  type Shown = { readonly news: readonly { readonly id: string; readonly by: string; readonly act: string }[] };
  const shown = await get<Shown>('/api/team', els);
  expect(isOver).toBe(true);
  const more = await get<Shown>(`/api/team?since=${shown.news[0]!.id}`, els);
  expect([...shown.news, ...more.news]).toContainEqual(
    expect.objectContaining({ by: tim.account, act: 'passkey_added' }),
  );
});

test('[T12] what a counsellor makes for herself is no news; her account elsewhere is, once it is confirmed', async () => {
  const tim = await joins('Tim');
  await addsPasskey(tim);
  await setsPassword(tim, 'tim@clb.test');
  await makesCodes(tim);
  await links(tim, 'samir');
  expect(await newsTo(els, tim)).toEqual([]);
  await confirms(noor, tim);
  expect(await newsTo(els, tim, noor)).toEqual([
    ['identity_confirmed', tim.account],
    ['account_made', tim.account],
  ]);
});

test('[T12] what somebody made with her account is told as that account, and not once more', async () => {
  const tom = await begins(service, { purpose: 'recover', name: 'Tom' });
  const { news } = await get<Listed>('/api/team', els);
  expect(news.filter(({ about }) => about === tom.account).map(({ act }) => act)).toEqual(['account_made']);
});
