import { brokenAt, readEntry } from '@clbchat/server/records/audit.rules';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { addressOf, begins, cookieOf, makesFirst, post, said, type Creation } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService({ passkeys: true });
});
afterEach(() => service.stop());

const look = (token: string) => post(service, '/api/begin/look', { token });
const finish = (body: object) => post(service, '/api/begin/finish', body);
const kept = async () => (await service.records.dump()).rows.map(({ kind, id }) => `${kind} ${id}`);
/** Whatever was asked, nothing was kept by it. */
async function keepsNothing(ask: () => Promise<unknown>): Promise<void> {
  const before = await kept();
  await ask();
  expect(await kept()).toEqual(before);
}

describe('[G4] at a one-time address', () => {
  test('one passkey and ten codes make an account, a way in and a session, and spend the address, in one step', async () => {
    const token = await addressOf(service);
    expect(said(await look(token))).toEqual({ purpose: 'setup' });
    const authenticator = createAuthenticator(service.origin);
    const options = said<Creation>(await post(service, '/api/begin/passkey', { token, name: ' Noor ' }));
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: 'Noor' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const made = authenticator.make(options);
    await keepsNothing(() => look(token));

    const answer = await finish({ token, name: ' Noor ', passkeys: [made], codes: true });
    const begun = said<{ account: string; name: string; method: string; codes: string[] }>(answer);
    expect(begun).toMatchObject({ name: 'Noor', method: 'passkey' });
    expect(new Set(begun.codes).size).toBe(10);
    for (const code of begun.codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/);
    expect(Buffer.from(options.user.id, 'base64url').toString()).toBe(begun.account);

    const { rows, log } = await service.records.dump();
    const account = rows.find(({ kind, id }) => kind === 'account' && id === begun.account)!;
    expect(JSON.parse(account.text)).toEqual({ name: 'Noor', roles: ['coordinator'], disabled: false });
    const [credential] = rows.filter(({ kind }) => kind === 'credential');
    expect(credential).toMatchObject({ id: begun.account, rev: account.rev });
    expect(JSON.parse(credential!.text)).toMatchObject({ passkeys: [{ id: made.id, made: '2026-11-23' }] });
    for (const code of begun.codes) expect(credential!.text).not.toContain(code.replaceAll('-', ''));
    expect(rows.some(({ kind }) => kind === 'token')).toBe(false);
    expect(rows.filter(({ kind }) => kind === 'session').map(({ rev }) => rev)).toEqual([account.rev]);
    expect(readEntry(log.entries.at(-1)!)).toMatchObject({ by: '@shell', act: 'account_made', about: begun.account });
    expect(brokenAt(log)).toBeNull();

    const session = await request(service, 'GET', '/api/session', {
      headers: { ...fromOurPage(service), cookie: cookieOf(answer) },
    });
    expect(said(session)).toMatchObject({ account: begun.account, name: 'Noor', method: 'passkey' });
  });

  test('two passkeys do without codes; one without codes, three, or the same twice do not', async () => {
    const token = await addressOf(service);
    const [one, other] = [createAuthenticator(service.origin), createAuthenticator(service.origin)];
    const first = await makesFirst(service, one, { token });
    const asked = { token, name: 'Noor', has: { id: first.id, transports: first.transports } };
    const options = said<Creation>(await post(service, '/api/begin/passkey', asked));
    expect(options.excludeCredentials).toMatchObject([{ id: first.id }]);
    const second = other.make(options);
    const again = one.make(options);
    await keepsNothing(async () => {
      const body = { token, name: 'Noor', codes: false };
      expect((await finish({ ...body, passkeys: [first] })).status).toBe(400);
      expect((await finish({ ...body, passkeys: [first, second, second] })).status).toBe(400);
      expect((await finish({ ...body, passkeys: [first, again] })).status).toBe(403);
      expect((await finish({ ...body, passkeys: [second, first] })).status).toBe(403);
    });
    const { codes } = said<{ codes: string[] }>(
      await finish({ token, name: 'Noor', passkeys: [first, second], codes: false }),
    );
    expect(codes).toEqual([]);
  });

  test('[G5] a passkey that is none keeps nothing, and the address stands', async () => {
    const token = await addressOf(service);
    const authenticator = createAuthenticator(service.origin);
    const options = said<Creation>(await post(service, '/api/begin/passkey', { token, name: 'Noor' }));
    const good = authenticator.make(options);
    const bad = [
      authenticator.make(options, { origin: 'https://evil.example' }),
      authenticator.make(options, { host: 'evil.example' }),
      authenticator.make(options, { crossOrigin: true }),
      authenticator.make(options, { type: 'webauthn.get' }),
      authenticator.make(options, { challenge: Buffer.alloc(32).toString('base64url') }),
      authenticator.make(options, { flags: 0b001 }), // nobody looked who is there
      authenticator.make(options, { statement: 'certificate' }),
      authenticator.make(options, { id: Buffer.alloc(32).toString('base64url') }),
      { ...good, attestation: 'AAAA' },
      { ...good, clientData: 'AAAA' },
    ];
    await keepsNothing(async () => {
      for (const [at, made] of bad.entries()) {
        const answer = await finish({ token, name: 'Noor', passkeys: [made], codes: true });
        expect([at, answer.status, answer.body]).toEqual([at, 403, '{"code":"not_yours"}']);
      }
    });
    const own = authenticator.make(options, { statement: 'self' });
    expect((await finish({ token, name: 'Noor', passkeys: [own], codes: true })).status).toBe(200);
  });

  test('[G1 G3] it opens once, also for two at the same moment; afterwards, replaced, late and unknown are one answer', async () => {
    const token = await addressOf(service);
    const [one, other] = [createAuthenticator(service.origin), createAuthenticator(service.origin)];
    const [first, second] = [await makesFirst(service, one, { token }), await makesFirst(service, other, { token })];
    const both = await Promise.all(
      [first, second].map((made) => finish({ token, name: 'Noor', passkeys: [made], codes: true })),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);
    expect((await kept()).filter((name) => name.startsWith('credential'))).toHaveLength(1);

    const replaced = await addressOf(service, 'recover');
    const late = await addressOf(service, 'recover');
    await service.advance(service.limits.addressMs);
    for (const gone of [token, replaced, late, 'A'.repeat(43)]) {
      const answers = [
        await look(gone),
        await post(service, '/api/begin/passkey', { token: gone, name: 'Noor' }),
        await finish({ token: gone, name: 'Noor', passkeys: [first], codes: true }),
      ];
      for (const { status, body, headers } of answers)
        expect([status, body, headers['set-cookie']]).toEqual([404, '{"code":"gone"}', undefined]);
    }
  });

  test('[G2] one more coordinator comes by an address of the shell, beside the first', async () => {
    const first = await begins(service);
    const second = await begins(service, { purpose: 'recover', name: 'Els' });
    expect(second.account).not.toBe(first.account);
    expect((await service.accounts.get(second.account as never))?.roles).toEqual(['coordinator']);
  });

  test.each([
    ['no name', ' '],
    ['a line break', 'No\nor'],
    ['a mark that turns the text around', 'No\u202Eor'],
    ['half a character', 'No\uD800or'],
    ['too long', 'N'.repeat(61)],
    ['no text', 7],
  ])('a name has to be one: %s', async (_, name) => {
    const token = await addressOf(service);
    const made = await makesFirst(service, createAuthenticator(service.origin), { token });
    await keepsNothing(async () => {
      expect((await post(service, '/api/begin/passkey', { token, name })).status).toBe(400);
      expect((await finish({ token, name, passkeys: [made], codes: true })).status).toBe(400);
    });
  });
});

describe('[G10] the doors of who begins', () => {
  test.each(['/api/begin/look', '/api/begin/passkey', '/api/begin/finish'])('%s', async (path) => {
    const token = await addressOf(service);
    const asked = (headers: Record<string, string | undefined>, body = JSON.stringify({ token })) =>
      request(service, 'POST', path, { headers: { ...fromOurPage(service), ...headers }, body });
    expect((await asked({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await asked({ origin: undefined })).status).toBe(403);
    expect((await asked({ 'x-clb': undefined })).status).toBe(403);
    expect((await asked({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await asked({ 'content-type': 'text/plain' })).status).toBe(415);
    expect((await asked({}, JSON.stringify({ token, more: 1 }))).status).toBe(400);
    expect((await asked({}, '{}')).status).toBe(400);
    expect((await asked({}, '[')).status).toBe(400);
    expect((await asked({}, JSON.stringify({ token: 'x'.repeat(20_000) }))).status).toBe(413);
    expect(service.said()).not.toContain(token);
  });

  test('are slowed by tag before anything is looked at, and are nowhere without real sign-in', async () => {
    const few = await startService({ passkeys: true, limits: { postsBurst: 2, postsHouseBurst: 4 } });
    const none = await startService();
    try {
      const statuses = [];
      for (let at = 0; at < 8; at += 1) statuses.push((await post(few, '/api/begin/look', { token: 'x' })).status);
      expect(statuses.at(-1)).toBe(429);
      for (const path of [
        'begin/look',
        'begin/passkey',
        'begin/finish',
        'sign-in/begin',
        'sign-in/code',
        'passkeys/add',
      ])
        expect([path, (await post(none, `/api/${path}`)).status]).toEqual([path, 404]);
    } finally {
      await few.stop();
      await none.stop();
    }
  });
});
