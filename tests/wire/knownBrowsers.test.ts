import { hostCookies } from '@clbchat/server/accounts/cookie.rules';
import { knownBrowsers } from '@clbchat/server/accounts/known.rules';
import { KEY_BYTES, secretsOf } from '@clbchat/server/accounts/secrets.rules';
import { TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { begins, post, said, type Begun } from '../support/gettingIn.ts';
import type { Answer } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

const NOOR = 'noor@clb.test';
const ELS = 'els@clb.test';
const PASSWORD = 'een zin die niemand raadt';
const OTHER = 'nog een andere avondzin';
const WRONG = 'een andere zin die niemand raadt';
const STEP_MS = 30_000;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

let service: TestService;
const starts = async (over: Parameters<typeof startService>[0] = {}) => {
  service = await startService({ passkeys: true, ...over });
};
beforeEach(() => starts());
afterEach(() => service.stop());

const code = (of: TOTP) => of.generate({ timestamp: service.clock.nowMs() });
async function makes({ cookie }: Begun, login: string, password = PASSWORD): Promise<TOTP> {
  const asked = await post(service, '/api/password/begin', { login, password }, cookie);
  const made = new TOTP({ secret: said<{ secret: string }>(asked).secret, digits: 6, period: 30 });
  const kept = await post(service, '/api/password/confirm', { code: code(made) }, cookie);
  expect(said(kept)).toEqual({ login });
  await service.advance(STEP_MS);
  return made;
}
/** A browser: keeps each cookie under its name. */
function browser() {
  const jar = new Map<string, string>();
  const sent = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const take = (answer: Answer) => {
    for (const set of answer.headers['set-cookie'] ?? []) {
      const [name = '', value = ''] = set.split(';')[0]!.split('=');
      if (set.includes('Max-Age=0')) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  const types = async (login: string, password: string) =>
    take(await post(service, '/api/sign-in/password', { login, password }, sent()));
  return {
    jar,
    types,
    async signsIn(login: string, of: TOTP, password = PASSWORD) {
      await types(login, password);
      expect(take(await post(service, '/api/sign-in/totp', { code: code(of) }, sent())).status).toBe(200);
      take(await post(service, '/api/sign-out', {}, sent()));
    },
    /** what it is known by, as it is sent */
    known: () => [...jar].filter(([name]) => name.includes('clb-known')).map(([name, value]) => `${name}=${value}`),
  };
}
const tries = async (login: string, cookie?: string) =>
  (await post(service, '/api/sign-in/password', { login, password: WRONG }, cookie)).status;
const strangers = async (login: string) => {
  for (let times = 0; times < 4; times += 1) await tries(login);
  expect(await tries(login)).toBe(429);
};

describe('[G70] what a browser is known by', () => {
  test('has one spelling: who has it has the tries of one', async () => {
    const shared = browser();
    await shared.signsIn(NOOR, await makes(await begins(service), NOOR));
    const [hers] = shared.known();
    const last = LETTERS.indexOf(hers!.at(-1)!);
    const ends = [0, 1, 2, 3].map((low) => hers!.slice(0, -1) + LETTERS[(last & ~3) | low]);
    const plus = (one: string) =>
      `${one.slice(0, one.indexOf('=') + 1)}${one
        .slice(one.indexOf('=') + 1)
        .replaceAll('-', '+')
        .replaceAll('_', '/')}`;
    const spelled = ends.flatMap((one) => [one, plus(one)]);
    await strangers(NOOR); // for what is not hers waits as anybody
    let looked = 0;
    for (const one of new Set(spelled))
      for (let times = 0; times < 3; times += 1) if ((await tries(NOOR, one)) === 403) looked += 1;
    expect(looked).toBe(2); // two, and then it waits
  });

  test('ends with its 90 days, also as a copy, and no sooner', async () => {
    const shared = browser();
    await shared.signsIn(NOOR, await makes(await begins(service), NOOR));
    const [hers] = shared.known();
    service.clock.set(service.clock.nowMs() + service.limits.knownBrowserMs - 60_000);
    await strangers(NOOR);
    expect(await tries(NOOR, hers)).toBe(403);
    service.clock.set(service.clock.nowMs() + 60_000);
    await strangers(NOOR);
    expect(await tries(NOOR, hers)).toBe(429);
    const later = service.clock.nowMs() + service.limits.knownBrowserMs;
    const bytes = Buffer.from(hers!.split('=')[1]!, 'base64url');
    bytes.writeUInt32BE(Math.floor(later / 1_000)); // and nobody gives it another one
    expect(await tries(NOOR, `__Host-clb-known=${bytes.toString('base64url')}`)).toBe(429);
  });

  test('ends where the password is another, or none', async () => {
    const shared = browser();
    const noor = await begins(service);
    await shared.signsIn(NOOR, await makes(noor, NOOR));
    const [before] = shared.known();
    await shared.signsIn(NOOR, await makes(noor, NOOR, OTHER), OTHER);
    const [after] = shared.known();
    await strangers(NOOR);
    expect([await tries(NOOR, before), await tries(NOOR, after)]).toEqual([429, 403]);
    expect((await post(service, '/api/password/remove', {}, noor.cookie)).status).toBe(200);
    await service.advance(service.limits.wrongPasswordWaitMsMax);
    await strangers(NOOR);
    expect(await tries(NOOR, after)).toBe(429);
  });
});

for (const plainCookies of [false, true])
  test(`[G70] each of two who share a computer is known in it, and signing in again takes no place more, ${plainCookies ? 'plain' : 'host'} cookies`, async () => {
    if (plainCookies) {
      await service.stop();
      await starts({ passkeys: 'too', plainCookies: true });
    }
    const noor = await makes(await begins(service, plainCookies ? { purpose: 'recover' } : {}), NOOR);
    const els = await makes(await begins(service, { purpose: 'recover', name: 'Els' }), ELS);
    const shared = browser();
    for (const [login, of] of [
      [NOOR, noor],
      [ELS, els],
      [NOOR, noor],
    ] as const) {
      await shared.signsIn(login, of);
      await service.advance(STEP_MS);
    }
    expect(shared.known()).toHaveLength(2);
    await strangers(NOOR);
    await strangers(ELS);
    const all = shared.known().join('; ');
    expect([await tries(NOOR, all), await tries(ELS, all)]).toEqual([403, 403]);
  });

test('[G70] the ninth at a computer gets the place of who signed in there least lately', () => {
  let nowMs = Date.UTC(2026, 10, 1);
  const known = knownBrowsers(hostCookies, secretsOf(new Uint8Array(KEY_BYTES)), () => nowMs);
  const jar = new Map<string, string>();
  const sent = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((letter) => `naam.${letter}`);
  for (const login of [...names, 'naam.a', 'naam.i']) {
    const set = known.make(sent(), { login, hash: `hash of ${login}` }, 3_600_000);
    jar.set(...(set.split(';')[0]!.split('=') as [string, string]));
    nowMs += 1_000;
  }
  expect(jar.size).toBe(8);
  expect([...names, 'naam.i'].filter((login) => known.find(sent(), login) === null)).toEqual(['naam.b']);
});
