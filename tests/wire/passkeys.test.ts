import { kindOf, type Passkey } from '@clbchat/server/accounts/passkeys.rules';
import { generateKeyPairSync } from 'node:crypto';
import { brokenAt, readEntry } from '@clbchat/server/records/audit.rules';
import type { AccountId } from '@clbchat/shared/ids';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAuthenticator, type Shown } from '../support/authenticator.ts';
import { connectCounsellor } from '../support/clients.ts';
import {
  begins,
  beginsSignIn,
  cookieOf,
  post,
  said,
  signsIn,
  type Begun,
  type Creation,
} from '../support/gettingIn.ts';
import { fromOurPage, request, type Answer } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let noor: Begun;
beforeEach(async () => {
  service = await startService({ passkeys: true });
  noor = await begins(service, { counts: true });
});
afterEach(() => service.stop());

const UNIFORM = [403, '{"code":"not_yours"}', undefined];
const looksOf = ({ status, body, headers }: Answer) => [status, body, headers['set-cookie']];
const get = (path: string, cookie?: string) =>
  request(service, 'GET', path, { headers: { ...fromOurPage(service), cookie } });
const byCode = (code: string, cookie?: string) => post(service, '/api/sign-in/code', { code }, cookie);
const session = async (cookie: string) => (await get('/api/session', cookie)).status;
/** As whom every door takes her. */
const staff = async (cookie: string) => service.sessions.find(service.sessions.bindingOf(cookie)!);
/** What is stored of her ways in. */
const stored = async () => {
  const row = await service.records.get({ kind: 'credential', id: noor.account });
  return JSON.parse(row!.text) as { passkeys: { id: string; counter: number }[]; codes: string[] };
};
async function adds(cookie: string, authenticator = createAuthenticator(service.origin)): Promise<Answer> {
  const options = said<Creation>(await post(service, '/api/passkeys/begin', {}, cookie));
  return post(service, '/api/passkeys/add', authenticator.make(options), cookie);
}
/** Disables her account behind everybody's back. */
async function disable(): Promise<void> {
  const name = { kind: 'account' as const, id: noor.account };
  const row = await service.records.get(name);
  const text = JSON.stringify({ ...(JSON.parse(row!.text) as object), disabled: true });
  await service.records.write([{ ...name, rev: row!.rev, text }], null);
}

describe('[G5] signing in with a passkey', () => {
  test('asks for no name, opens a session in the place of the earlier one, and writes down no moment', async () => {
    const { options, cookie } = await beginsSignIn(service);
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect(options.allowCredentials ?? []).toEqual([]);
    const answer = await post(
      service,
      '/api/sign-in/passkey',
      noor.authenticator.show(options),
      `${cookie}; ${noor.cookie}`,
    );
    expect(said(answer)).toMatchObject({ account: noor.account, name: 'Noor', method: 'passkey', leftMs: 36_000_000 });
    expect([await session(cookieOf(answer)), await session(noor.cookie)]).toEqual([200, 401]);
    expect((await stored()).passkeys).toMatchObject([{ counter: 2 }]);
    expect(JSON.stringify(await stored())).not.toContain(String(service.clock.nowMs()).slice(0, 6));
    expect((await service.records.audit()).entries.map((entry) => readEntry(entry)?.act)).not.toContain('signed_in');
    expect((await post(service, '/api/sign-out', {}, cookieOf(answer))).status).toBe(204);
    expect(await session(cookieOf(answer))).toBe(401);
  });

  test('whatever is wrong with it is one answer, and opens nothing', async () => {
    const { authenticator } = noor;
    const stranger = createAuthenticator(service.origin);
    stranger.make({
      ...({} as Creation),
      rp: { name: '', id: 'localhost' },
      user: { id: 'bm9ib2R5' } as never,
      challenge: '',
    });
    const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const lies: [string, (options: Parameters<typeof authenticator.show>[0]) => Shown][] = [
      ['of another site', (o) => authenticator.show(o, { origin: 'https://evil.example' })],
      ['of another host', (o) => authenticator.show(o, { host: 'evil.example' })],
      ['in a frame', (o) => authenticator.show(o, { crossOrigin: true })],
      ['making one', (o) => authenticator.show(o, { type: 'webauthn.create' })],
      ['without a look at her', (o) => authenticator.show(o, { flags: 0b001 })],
      ['to another question', (o) => authenticator.show(o, { challenge: Buffer.alloc(32).toString('base64url') })],
      ['by another key', (o) => authenticator.show(o, { key })],
      ['of nobody here', (o) => stranger.show(o)],
      ['of a passkey that she has not', (o) => authenticator.show(o, { id: Buffer.alloc(32).toString('base64url') })],
      ['for nobody', (o) => authenticator.show(o, { user: 'bm9ib2R5' })],
      ['for an id that is none', (o) => authenticator.show(o, { user: 'A'.repeat(1_000) })],
      ['of bytes', (o) => ({ ...authenticator.show(o), clientData: 'AAAA' })],
    ];
    for (const [what, lie] of lies) expect([what, looksOf(await signsIn(service, lie))]).toEqual([what, UNIFORM]);
    await disable();
    expect(looksOf(await signsIn(service, (o) => authenticator.show(o)))).toEqual(UNIFORM);
  });

  test('each question is answered once, in its time, by the browser that asked; two at once let one in', async () => {
    const { authenticator } = noor;
    const first = await beginsSignIn(service);
    const shown = authenticator.show(first.options, { counter: 50 });
    const both = await Promise.all([0, 1].map(() => post(service, '/api/sign-in/passkey', shown, first.cookie)));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403]);
    expect(looksOf(await post(service, '/api/sign-in/passkey', shown, first.cookie))).toEqual(UNIFORM);

    const elsewhere = await beginsSignIn(service);
    const stolen = authenticator.show(elsewhere.options, { counter: 51 });
    expect(looksOf(await post(service, '/api/sign-in/passkey', stolen))).toEqual(UNIFORM);
    expect(looksOf(await post(service, '/api/sign-in/passkey', stolen, first.cookie))).toEqual(UNIFORM);
    await service.advance(service.limits.pendingMs);
    expect(looksOf(await post(service, '/api/sign-in/passkey', stolen, elsewhere.cookie))).toEqual(UNIFORM);
  });

  test('[G6] a counter that does not go on is a copy, and is not let in; one that does not count is', async () => {
    const { authenticator } = noor;
    expect((await signsIn(service, (o) => authenticator.show(o, { counter: 9 }))).status).toBe(200);
    for (const counter of [9, 3, 0])
      expect(looksOf(await signsIn(service, (o) => authenticator.show(o, { counter })))).toEqual(UNIFORM);
    expect((await signsIn(service, (o) => authenticator.show(o, { counter: 10 }))).status).toBe(200);
    const plain = createAuthenticator(service.origin);
    await adds(noor.cookie, plain);
    for (const _ of [1, 2]) expect((await signsIn(service, (o) => plain.show(o))).status).toBe(200);
  });
});

describe('[G7] a recovery code', () => {
  test('lets in once, however it is typed, also when two use it at once', async () => {
    const [first = '', second = '', third = ''] = noor.codes;
    expect(said(await byCode(first))).toMatchObject({ account: noor.account, method: 'code' });
    expect(looksOf(await byCode(first))).toEqual(UNIFORM);
    expect(
      (await byCode(` ${second.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `)).status,
    ).toBe(200);
    const both = await Promise.all([byCode(third), byCode(third)]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await stored()).codes).toHaveLength(7);
    for (const none of ['', 'x', '00000-00000-00000-00000', `${noor.codes[4]}0`]) {
      await service.advance(service.limits.wrongWaitMsMax);
      expect(looksOf(await byCode(none))).toEqual(UNIFORM);
    }
    await disable();
    await service.advance(service.limits.wrongWaitMsMax);
    expect(looksOf(await byCode(noor.codes[5]!))).toEqual(UNIFORM);
    expect((await stored()).codes).toHaveLength(7);
  });

  test('opens nothing but the way to a new passkey, with which she is signed in by that', async () => {
    const cookie = cookieOf(await byCode(noor.codes[0]!));
    await expect(connectCounsellor(service, { cookie })).rejects.toThrow('no_cert');
    expect((await staff(cookie))?.roles).toEqual([]);
    expect((await post(service, '/api/passkeys/codes', {}, cookie)).status).toBe(409);
    const { passkeys } = said<{ passkeys: { id: string }[] }>(await get('/api/passkeys', cookie));
    expect((await post(service, '/api/passkeys/remove', { id: passkeys[0]!.id }, cookie)).status).toBe(409);
    const answer = await adds(cookie);
    expect(said(answer)).toMatchObject({ passkeys: [{}, {}], codesLeft: 9, session: { method: 'passkey' } });
    expect([await session(cookieOf(answer)), await session(cookie)]).toEqual([200, 401]);
    expect((await staff(cookieOf(answer)))?.roles).toEqual(['coordinator']);
    (await connectCounsellor(service, { cookie: cookieOf(answer) })).leave();
  });

  test('[G8] wrong ones make a tag wait longer each time, never for good, and nobody with a passkey', async () => {
    const wrong = '00000-00000-00000-00000';
    expect((await byCode(wrong)).status).toBe(403);
    expect((await byCode(wrong)).status).toBe(403);
    const told = [];
    for (let at = 0; at < 9; at += 1) {
      const { waitMs } = JSON.parse((await byCode(wrong)).body) as { waitMs: number };
      told.push(waitMs);
      expect((await signsIn(service, (o) => noor.authenticator.show(o))).status).toBe(200);
      await service.advance(waitMs);
      expect((await byCode(wrong)).status).toBe(403);
    }
    expect(told).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect((await byCode(noor.codes[1]!)).status).toBe(429);
    await service.advance(60_000);
    expect((await byCode(noor.codes[1]!)).status).toBe(200);
    expect((await byCode(noor.codes[2]!)).status).toBe(200);
  });

  test('[G8] many at once are not one try', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => byCode('00000-00000-00000-00000')));
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(2);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(8);
  });
});

describe('[G9] her own passkeys', () => {
  test('are listed with their day, added and removed, up to ten, each act in the log', async () => {
    await service.advance(24 * 3_600_000);
    const back = cookieOf(await signsIn(service, (o) => noor.authenticator.show(o)));
    const other = createAuthenticator(service.origin);
    const added = said<{ passkeys: { id: string; made: string }[] }>(await adds(back, other));
    expect(added.passkeys.map(({ made }) => made)).toEqual(['2026-11-23', '2026-11-24']);
    expect(said(await get('/api/passkeys', back))).toEqual({ passkeys: added.passkeys, codesLeft: 10 });
    expect(looksOf(await adds(back, other))).toEqual(UNIFORM);
    const [first] = added.passkeys;
    const left = said<{ passkeys: { id: string }[] }>(
      await post(service, '/api/passkeys/remove', { id: first!.id }, back),
    );
    expect(left.passkeys).toEqual(added.passkeys.slice(1));
    expect(looksOf(await signsIn(service, (o) => noor.authenticator.show(o)))).toEqual(UNIFORM);
    expect((await signsIn(service, (o) => other.show(o))).status).toBe(200);
    for (let at = left.passkeys.length; at < 10; at += 1) expect((await adds(back)).status).toBe(200);
    expect([(await adds(back)).status, (await stored()).passkeys.length]).toEqual([409, 10]);
    const log = await service.records.audit();
    expect(
      log.entries
        .map((entry) => readEntry(entry)!)
        .filter(({ by }) => by === noor.account)
        .slice(0, 2),
    ).toMatchObject([
      { act: 'passkey_added', about: noor.account },
      { act: 'passkey_removed', about: noor.account },
    ]);
    expect(brokenAt(log)).toBeNull();
  });

  test('the last one stays while there is no code, also when two are removed at once', async () => {
    const [id] = (await stored()).passkeys.map((one) => one.id);
    for (const code of noor.codes) expect((await byCode(code)).status).toBe(200);
    expect((await post(service, '/api/passkeys/remove', { id }, noor.cookie)).status).toBe(409);
    await adds(noor.cookie);
    const ids = (await stored()).passkeys.map((one) => one.id);
    const both = await Promise.all(ids.map((one) => post(service, '/api/passkeys/remove', { id: one }, noor.cookie)));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const { codes } = said<{ codes: string[] }>(await post(service, '/api/passkeys/codes', {}, noor.cookie));
    const [last] = (await stored()).passkeys;
    expect((await post(service, '/api/passkeys/remove', { id: last!.id }, noor.cookie)).status).toBe(200);
    expect((await byCode(codes[0]!)).status).toBe(200);
  });

  test('[G91] of two tabs each makes its own; what was answered is no answer once more, and what is wrong uses nothing up', async () => {
    const [one, other] = [createAuthenticator(service.origin), createAuthenticator(service.origin)];
    const begin = async () => said<Creation>(await post(service, '/api/passkeys/begin', {}, noor.cookie));
    const add = (made: object) => post(service, '/api/passkeys/add', made, noor.cookie);
    const made = [one.make(await begin()), other.make(await begin())];
    const late = createAuthenticator(service.origin).make(await begin());
    expect(looksOf(await add({ ...made[0], clientData: 'AAAA' }))).toEqual(UNIFORM);
    for (const each of made) expect((await add(each)).status).toBe(200);
    expect((await post(service, '/api/passkeys/remove', { id: made[0]!.id }, noor.cookie)).status).toBe(200);
    expect(looksOf(await add(made[0]!))).toEqual(UNIFORM);
    expect(looksOf(await signsIn(service, (o) => one.show(o)))).toEqual(UNIFORM);
    // a question counts for minutes, and nothing lasting is made by who did not show lately that it is she
    await service.advance(service.limits.stepUpMs - 1);
    const asked = createAuthenticator(service.origin).make(await begin());
    await service.advance(1);
    for (const each of [late, asked]) expect((await add(each)).body).toBe('{"code":"step_up"}');
  });

  test('new codes take the place of all earlier ones, and are shown once', async () => {
    const { codes } = said<{ codes: string[] }>(await post(service, '/api/passkeys/codes', {}, noor.cookie));
    expect(new Set([...codes, ...noor.codes]).size).toBe(20);
    expect((await byCode(noor.codes[0]!)).status).toBe(403);
    expect((await byCode(codes[0]!)).status).toBe(200);
    expect((await get('/api/passkeys', noor.cookie)).body).not.toContain(codes[1]);
  });

  test('are nobody else’s, and a question of one session is not another’s', async () => {
    const els = await begins(service, { purpose: 'recover', name: 'Els' });
    const [id] = (await stored()).passkeys.map((one) => one.id);
    said(await post(service, '/api/passkeys/remove', { id }, els.cookie));
    expect((await stored()).passkeys).toHaveLength(1);
    const options = said<Creation>(await post(service, '/api/passkeys/begin', {}, noor.cookie));
    const made = createAuthenticator(service.origin).make(options);
    expect(looksOf(await post(service, '/api/passkeys/add', made, els.cookie))).toEqual(UNIFORM);
    expect((await post(service, '/api/passkeys/add', made, noor.cookie)).status).toBe(200);
    expect(looksOf(await post(service, '/api/passkeys/add', made, noor.cookie))).toEqual(UNIFORM);
  });
});

test('[A12 G5] who signed in with a passkey shows it again instead of renewing by a click', async () => {
  expect((await post(service, '/api/session/renew', {}, noor.cookie)).status).toBe(401);
  expect(await session(noor.cookie)).toBe(200);
  const other = cookieOf(await signsIn(service, (o) => noor.authenticator.show(o)));
  const { sessions } = said<{ sessions: { method: string }[] }>(await get('/api/sessions', other));
  expect(sessions.map(({ method }) => method)).toEqual(['passkey', 'passkey']);
  expect(await service.live.presence.holds({ account: noor.account as AccountId })).toBe(false);
});

describe('[G10] the doors of signing in', () => {
  const posts = ['sign-in/begin', 'sign-in/passkey', 'sign-in/code', 'sign-out'];
  const own = ['passkeys/begin', 'passkeys/add', 'passkeys/remove', 'passkeys/codes'];
  test.each([...posts, ...own])('POST /api/%s', async (path) => {
    const asked = (headers: Record<string, string | undefined>, body: unknown = {}) =>
      request(service, 'POST', `/api/${path}`, {
        headers: { ...fromOurPage(service), cookie: noor.cookie, ...headers },
        body: JSON.stringify(body),
      });
    for (const lie of [
      { origin: 'https://evil.example' },
      { origin: undefined },
      { 'x-clb': undefined },
      { 'sec-fetch-site': 'cross-site' },
    ])
      expect((await asked(lie)).status).toBe(403);
    expect((await asked({}, { more: 'x'.repeat(20_000) })).status).toBe(413);
    if (/passkey$|code$|add$|remove$/.test(path)) expect((await asked({}, { more: 1 })).status).toBe(400);
    expect(await session(noor.cookie)).toBe(200);
  });

  test('nothing of one’s own is anybody’s without a session', async () => {
    const made = { id: 'AAAA', clientData: 'AAAA', attestation: 'AAAA', transports: [] };
    const bodies: Record<string, unknown> = { 'passkeys/add': made, 'passkeys/remove': { id: 'AAAA' } };
    for (const cookie of [undefined, `__Host-clb=${'x'.repeat(43)}`, `${noor.cookie}; ${noor.cookie}`]) {
      for (const path of own)
        expect([path, (await post(service, `/api/${path}`, bodies[path], cookie)).status]).toEqual([path, 401]);
      for (const path of ['session', 'passkeys']) expect((await get(`/api/${path}`, cookie)).status).toBe(401);
    }
  });

  test('a GET is counted by tag as well', async () => {
    const few = await startService({ passkeys: true, limits: { postsBurst: 2, postsHouseBurst: 4 } });
    try {
      const statuses = [];
      for (let at = 0; at < 8; at += 1)
        statuses.push((await request(few, 'GET', '/api/session', { headers: fromOurPage(few) })).status);
      expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
    } finally {
      await few.stop();
    }
  });
});

test.each<[string, readonly Passkey['transports'][number][]]>([
  ['device', ['internal']],
  ['device', ['hybrid', 'internal']],
  ['device', []],
  ['phone', ['hybrid']],
  ['key', ['usb']],
  ['key', ['nfc', 'usb']],
])('[G46] a %s has a passkey that is reached by %s', (kind, transports) => {
  expect(kindOf({ transports: [...transports] })).toBe(kind);
});
