import { readFileSync } from 'node:fs';
import { digestOf } from '@clbchat/server/accounts/cookie.rules';
import { Problem } from '@clbchat/server/kernel/failure';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import { TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { begins, beginsSignIn, cookieOf, post, said, type Begun, type Request } from '../support/gettingIn.ts';
import { fromOurPage, request, type Answer } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

const LOGIN = 'noor@clb.test';
const PASSWORD = 'een zin die niemand raadt';
const STEP_MS = 30_000;

let service: TestService;
let noor: Begun;
let totp: TOTP;
beforeEach(async () => {
  service = await startService({ passkeys: true });
  noor = await begins(service);
  totp = await makes(noor.cookie);
});
afterEach(() => service.stop());

const secretIn = (answer: Answer) => said<{ secret: string; uri: string }>(answer).secret;
const code = (steps = 0, of = totp) => of.generate({ timestamp: service.clock.nowMs() + steps * STEP_MS });
const asks = (cookie: string, login = LOGIN, password = PASSWORD) =>
  post(service, '/api/password/begin', { login, password }, cookie);
async function makes(cookie: string, login = LOGIN): Promise<TOTP> {
  const made = new TOTP({ secret: secretIn(await asks(cookie, login)), digits: 6, period: 30 });
  const confirmed = await post(service, '/api/password/confirm', { code: code(0, made) }, cookie);
  expect(said(confirmed)).toEqual({ login });
  return made;
}
const types = (login = LOGIN, password = PASSWORD) => post(service, '/api/sign-in/password', { login, password });
const shows = (half: Answer, typed: string) => post(service, '/api/sign-in/totp', { code: typed }, cookieOf(half));
async function signsIn(typed = code()): Promise<Answer> {
  return shows(await types(), typed);
}
const next = () => service.advance(STEP_MS);
const looksOf = ({ status, body, headers }: Answer) => [status, body, headers['set-cookie']];
const UNIFORM = [403, '{"code":"not_yours"}', undefined];
const stored = async () => JSON.stringify(await service.records.dump());

describe('[G16] a password with a code', () => {
  test('[A11] signs in anew in the place of what her browser has not heard of: one session, and nothing renews', async () => {
    const open = (cookie: string) => service.sessions.find(service.sessions.bindingOf(cookie)!);
    const has = (await service.sessions.open(noor.account as AccountId, 'demo')).setCookie.split(';')[0]!;
    const unheard = cookieOf(await post(service, '/api/session/renew', {}, has));
    await next();
    const half = await types();
    const answer = await post(service, '/api/sign-in/totp', { code: code() }, `${cookieOf(half)}; ${has}`);
    expect([answer.status, await open(unheard)]).toEqual([200, null]);
    expect((await post(service, '/api/session/renew', {}, has)).status).toBe(401);
  });

  test('signs in after both, in a session like a passkey’s, and the name may be typed in any letters', async () => {
    await next();
    const half = await types(` ${LOGIN.toUpperCase()} `);
    expect([half.status, half.body]).toEqual([200, '{}']);
    const answer = await shows(half, code());
    expect(said(answer)).toMatchObject({
      account: noor.account,
      name: 'Noor',
      method: 'password',
      roles: ['coordinator'],
    });
    const staff = await service.sessions.find(service.sessions.bindingOf(cookieOf(answer))!);
    expect([staff!.roles, service.sessions.steppedUp(staff!)]).toEqual([['coordinator'], true]);
  });

  test('a code counts once, also where two show it at the same moment, and one step before and after', async () => {
    await next();
    const half = [await types(), await types()];
    const both = await Promise.all(half.map((one) => shows(one, code())));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403]);
    expect((await signsIn(code(-1))).status).toBe(403); // before one that counted
    await service.advance(2 * service.limits.wrongWaitMs); // after two that were wrong
    expect((await signsIn(code(1))).status).toBe(200);
    await service.advance(10 * STEP_MS);
    expect((await signsIn(code(-2))).status).toBe(403);
    expect((await signsIn(code(2))).status).toBe(403);
    await service.advance(2 ** 3 * service.limits.wrongWaitMs); // at a browser that is not known each of hers counts as well
    expect((await signsIn(code(-1))).status).toBe(200);
  });

  test('the code is asked of this browser, five times at most, within five minutes', async () => {
    await next();
    const half = await types();
    for (let times = 0; times < service.limits.totpTriesMax; times += 1)
      expect(looksOf(await shows(half, '000000'))).toEqual(UNIFORM);
    expect(looksOf(await shows(half, code()))).toEqual(UNIFORM);
    const late = await types();
    await service.advance(service.limits.pendingMs);
    expect(looksOf(await shows(late, code()))).toEqual(UNIFORM);
    const { cookie } = await beginsSignIn(service); // what a passkey's sign-in began opens nothing here
    expect(looksOf(await post(service, '/api/sign-in/totp', { code: code() }, cookie))).toEqual(UNIFORM);
  });

  test('[G91] a password typed in one tab and a passkey asked for in another spoil each other in no order', async () => {
    for (const passkeyFirst of [true, false]) {
      await next();
      const jar = new Map<string, string>();
      const asBrowser = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const sends = async (path: string, body: object) => {
        const answer = await post(service, path, body, asBrowser());
        for (const set of answer.headers['set-cookie'] ?? []) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
          jar.set(name, value);
        }
        return answer;
      };
      const typed = async () => (await sends('/api/sign-in/password', { login: LOGIN, password: PASSWORD })).status;
      const asked = async () => said<Request>(await sends('/api/sign-in/begin', {}));
      if (!passkeyFirst) await typed();
      const options = await asked();
      if (passkeyFirst) await typed();
      expect((await sends('/api/sign-in/passkey', noor.authenticator.show(options))).status).toBe(200);
      expect((await sends('/api/sign-in/totp', { code: code() })).status).toBe(200);
    }
  });

  test('is kept so that the records alone tell no password and make no code', async () => {
    const kept = await stored();
    for (const open of [
      PASSWORD,
      totp.secret.base32,
      totp.secret.hex,
      Buffer.from(totp.secret.buffer).toString('base64url'),
    ])
      expect(kept).not.toContain(open);
    expect(kept).toContain('$argon2id$v=19$m=65536,t=3,p=1$');
    expect(service.said()).not.toContain(LOGIN);
  });
});

describe('[G17] whatever is wrong', () => {
  test('is one answer: another password, another name, nobody’s, what can be no name, and an account that is disabled', async () => {
    expect(looksOf(await types(LOGIN, 'een andere zin die niemand raadt'))).toEqual(UNIFORM);
    expect(looksOf(await types('els@clb.test'))).toEqual(UNIFORM);
    expect(looksOf(await types('!'))).toEqual(UNIFORM);
    await next();
    const half = await types();
    const row = (await service.records.get({ kind: 'account', id: noor.account }))!;
    const text = JSON.stringify({ ...(JSON.parse(row.text) as object), disabled: true });
    await service.records.write([{ kind: 'account', id: noor.account, rev: row.rev, text }], null);
    expect(looksOf(await shows(half, code()))).toEqual(UNIFORM);
  });
});

describe('[G18] wrong tries', () => {
  const wrong = () => types(LOGIN, 'een andere zin die niemand raadt');
  const waitMs = (answer: Answer) => (JSON.parse(answer.body) as { waitMs: number }).waitMs;

  test('of one name wait twice as long each time, up to a quarter of an hour, never for good; a passkey waits for none', async () => {
    const waits: number[] = [];
    expect((await wrong()).status).toBe(403);
    for (let times = 0; times < 12; times += 1) {
      expect((await wrong()).status).toBe(403);
      const answer = await wrong();
      waits.push(waitMs(answer) / 1_000);
      await service.advance(waitMs(answer));
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]); // those of an address end at 60
    await wrong();
    expect((await types()).status).toBe(429);
    await service.advance(service.limits.wrongWaitMsMax); // more than its address has to wait
    expect((await types()).status).toBe(429);
    const { options, cookie } = await beginsSignIn(service);
    const byKey = await post(service, '/api/sign-in/passkey', noor.authenticator.show(options), cookie);
    expect(byKey.status).toBe(200);
    await service.advance(service.limits.wrongPasswordWaitMsMax);
    expect((await types()).status).toBe(200);
  });

  test('from one address wait, whatever names they are of', async () => {
    const answers = [];
    for (const at of [1, 2, 3]) answers.push((await types(`name${at}`)).status);
    expect(answers).toEqual([403, 403, 429]);
  });
});

describe('[G19] her own password', () => {
  const own = async (cookie = noor.cookie) =>
    said(await request(service, 'GET', '/api/password', { headers: { ...fromOurPage(service), cookie } }));

  test('is made, replaced with another name, and removed, each in the audit log', async () => {
    expect(await own()).toEqual({ login: LOGIN });
    await next();
    totp = await makes(noor.cookie, 'noor.peeters');
    await next();
    expect([(await types()).status, (await types('noor.peeters')).status]).toEqual([403, 200]);
    expect(said(await post(service, '/api/password/remove', {}, noor.cookie))).toEqual({ login: null });
    expect(await stored()).not.toContain('argon2id');
    const acts = (await service.records.audit()).entries.join('\n');
    expect(acts.match(/password_set/g)?.length).toBe(2);
    expect(acts).toContain('password_removed');
  });

  test.each([
    [LOGIN, 'kort', 'short'],
    [LOGIN, 'aaaaaaaaaaaaaaaa', 'easy'],
    ['noor', 'noor en nog wat', 'name'],
    ['a b', PASSWORD, 'login'],
    ['ab', PASSWORD, 'login'],
    [LOGIN, 'x'.repeat(129), 'login'],
    [LOGIN, 'Password1234', 'common'],
    [LOGIN, 'wachtwoord2026', 'common'],
    [LOGIN, 'qwerty123456', 'common'],
  ])('[G42] of %s, %s is refused: %s', async (login, password, why) => {
    const answer = await asks(noor.cookie, login, password);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([422, { code: 'refused', why }]);
  });

  test.each(['Noor2026!!!!', 'CLBCh@t2026!', 'clb-chat-2026', 'Nóór.Peeters1', 'noor@clb 2026', 'clbchatclbchat'])(
    '[G42] %s is her name and ours, and nothing more',
    async (password) => {
      const row = (await service.records.get({ kind: 'account', id: noor.account }))!;
      const text = JSON.stringify({ ...(JSON.parse(row.text) as object), name: 'Noor Peeters' });
      await service.records.write([{ kind: 'account', id: noor.account, rev: row.rev, text }], null);
      const answer = await asks(noor.cookie, 'n.peeters@clb.test', password);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([422, { code: 'refused', why: 'name' }]);
    },
  );

  test.each([
    '836472919283',
    'noor ziet de zee graag',
    'clbchat tussen de regels',
    'Tr0ub4dor&3xyz',
    'een zin van niemand',
  ])('[G42] %s is taken', async (password) => {
    expect((await asks(noor.cookie, LOGIN, password)).status).toBe(200);
  });

  test('[G44] who heard no answer to her first code types that or the next one, and reads that it is kept, once in the audit log', async () => {
    await next();
    const made = new TOTP({ secret: secretIn(await asks(noor.cookie, 'noor.peeters')), digits: 6, period: 30 });
    const confirms = (typed: string) => post(service, '/api/password/confirm', { code: typed }, noor.cookie);
    expect((await confirms('000000')).status).toBe(403);
    for (const steps of [0, 0, 1]) expect(said(await confirms(code(steps, made)))).toEqual({ login: 'noor.peeters' });
    expect((await confirms('000000')).status).toBe(403);
    await next();
    expect(said(await confirms(code(0, made)))).toEqual({ login: 'noor.peeters' });
    const acts = (await service.records.audit()).entries.join('\n');
    expect(acts.match(/password_set/g)?.length).toBe(2); // this one, and the one before
    await service.advance(service.limits.pendingMs);
    expect((await confirms(code(0, made))).status).toBe(404);
  });

  test('[G72] no try makes later when a new password ends that waits for its first code, nor who types it once more', async () => {
    await next();
    const made = new TOTP({ secret: secretIn(await asks(noor.cookie, 'noor.peeters')), digits: 6, period: 30 });
    const confirms = async (typed: string) =>
      (await post(service, '/api/password/confirm', { code: typed }, noor.cookie)).status;
    await service.advance(service.limits.pendingMs - 1);
    expect(await confirms('000000')).toBe(403);
    await service.advance(1);
    expect(await confirms(code(0, made))).toBe(404);

    const cookie = cookieOf(await signsIn());
    const again = new TOTP({ secret: secretIn(await asks(cookie, 'noor.peeters')), digits: 6, period: 30 });
    const types = async (typed: string) =>
      (await post(service, '/api/password/confirm', { code: typed }, cookie)).status;
    expect(await types(code(0, again))).toBe(200);
    await service.advance(service.limits.pendingMs - STEP_MS);
    expect([await types('000000'), await types(code(0, again))]).toEqual([403, 200]);
    await service.advance(STEP_MS);
    expect(await types(code(0, again))).toBe(404);
  });

  test('[G72 A10] docs/privacy.md says what waits of who typed her password and not yet her code', async () => {
    await next();
    const sid = cookieOf(await types()).split('=')[1]!;
    const kept = await service.live.pending.take(digestOf(sid) as Digest);
    expect(Object.keys(JSON.parse(kept!) as object).toSorted()).toEqual(['account', 'left', 'login', 'untilMs']);
    const row = readFileSync('docs/privacy.md', 'utf8')
      .split('\n')
      .find((line) => line.startsWith('| `pending:'));
    for (const what of ['id of her account', 'name that she typed', 'how many codes', 'until when'])
      expect(row).toContain(what);
  });

  test('[G44] what was removed since does not come back by it', async () => {
    await post(service, '/api/password/remove', {}, noor.cookie);
    const answer = await post(service, '/api/password/confirm', { code: code() }, noor.cookie);
    expect([answer.status, answer.body]).toEqual([404, '{"code":"gone"}']);
    expect(await own()).toEqual({ login: null });
  });

  test('[G44] who got no answer because the records said nothing may type it once more', async () => {
    await next();
    const made = new TOTP({ secret: secretIn(await asks(noor.cookie, 'noor.peeters')), digits: 6, period: 30 });
    const write = vi.spyOn(service.records, 'write').mockRejectedValueOnce(new Problem('unavailable'));
    const confirms = () => post(service, '/api/password/confirm', { code: code(0, made) }, noor.cookie);
    expect((await confirms()).status).toBe(500);
    write.mockRestore();
    expect(said(await confirms())).toEqual({ login: 'noor.peeters' });
  });

  test('asks that she shows again that it is she, and a first code before anything is kept', async () => {
    const els = await begins(service, { purpose: 'recover', name: 'Els' });
    expect(said(await asks(els.cookie, 'els'))).toMatchObject({ uri: expect.stringContaining('otpauth://totp/') });
    expect((await post(service, '/api/password/confirm', { code: '000000' }, els.cookie)).status).toBe(403);
    expect(await own(els.cookie)).toEqual({ login: null });
    expect((await asks(els.cookie, LOGIN)).status).toBe(409);
    await service.advance(service.limits.stepUpMs);
    expect((await post(service, '/api/password/confirm', { code: '000000' }, els.cookie)).status).toBe(404);
    const late = [await asks(els.cookie, 'els'), await post(service, '/api/password/remove', {}, noor.cookie)];
    expect(late.map(({ status, body }) => [status, body])).toEqual(Array(2).fill([403, '{"code":"step_up"}']));
  });
});

test('[G13] her password and a code show that it is she, and what is wrong leaves her session as it was', async () => {
  await service.advance(service.limits.stepUpMs);
  const show = (password: string, typed: string) =>
    post(service, '/api/step-up/password', { password, code: typed }, noor.cookie);
  expect(looksOf(await show('een andere zin die niemand raadt', code()))).toEqual(UNIFORM);
  expect(looksOf(await show(PASSWORD, '000000'))).toEqual(UNIFORM);
  await service.advance(service.limits.wrongWaitMs);
  const answer = await show(PASSWORD, code());
  expect(said(answer)).toMatchObject({ leftMs: service.limits.sessionMs });
  const staff = await service.sessions.find(service.sessions.bindingOf(cookieOf(answer))!);
  expect(service.sessions.steppedUp(staff!)).toBe(true);
});

describe('[G56] a browser in which she signed in by password', () => {
  const WRONG = 'een andere zin die niemand raadt';
  const from = (cookie: string, login = LOGIN, password = PASSWORD) =>
    post(service, '/api/sign-in/password', { login, password }, cookie);
  /** Her browser, as she left it; what it is known by. */
  async function known(): Promise<string> {
    await next();
    const set = (await signsIn()).headers['set-cookie'] ?? [];
    expect(set).toHaveLength(2);
    expect(set[1]).toMatch(/^__Host-clb-known=[\w-]{43}; Max-Age=7776000; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    return set[1]!.split(';')[0]!;
  }
  const strangers = async () => {
    for (let times = 0; times < 4; times += 1) await types(LOGIN, WRONG);
    expect((await types()).status).toBe(429);
  };

  test('waits for no strangers who try her name', async () => {
    const hers = await known();
    await strangers();
    expect((await from(hers)).status).toBe(200);
    expect((await from(hers, ` ${LOGIN.toUpperCase()}`)).status).toBe(200);
    expect((await types()).status).toBe(429); // nor does that help a stranger
  });

  test('counts by herself, and wrong ones make her wait as they make anybody', async () => {
    const hers = await known();
    const answers = [];
    for (let times = 0; times < 3; times += 1) answers.push((await from(hers, LOGIN, WRONG)).status);
    expect(answers).toEqual([403, 403, 429]);
    expect((await types()).status).toBe(200); // elsewhere she does not wait for that
  });

  test('is known for this name alone, and by nothing that somebody makes up, and none of it tells whose name it is', async () => {
    const hers = await known();
    for (const cookie of [
      hers.slice(0, -2) + (hers.endsWith('AA') ? 'BA' : 'AA'),
      `__Host-clb-known=${'x'.repeat(43)}`,
    ]) {
      await strangers();
      expect((await from(cookie)).status).toBe(429);
      await service.advance(service.limits.wrongPasswordWaitMsMax);
    }
    for (const at of [1, 2, 3]) await types(`name${at}`, WRONG);
    expect((await from(hers, 'name4', WRONG)).status).toBe(429);
    expect(Buffer.from(hers.split('=')[1]!, 'base64url').toString('latin1')).not.toContain(LOGIN.slice(0, 4));
  });
});
