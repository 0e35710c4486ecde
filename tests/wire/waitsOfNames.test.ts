import { TOTP } from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { begins, cookieOf, said, type Begun } from '../support/gettingIn.ts';
import { fromOurPage, request, type Answer } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

const LOGIN = 'noor@clb.test';
const NOBODYS = 'niemand@clb.test';
const PASSWORD = 'een zin die niemand raadt';
const HER_ADDRESS = '192.0.2.1';
const STEP_MS = 30_000;

let service: TestService;
let noor: Begun;
let totp: TOTP;
let addresses: number;

const asks = (path: string, body: object, from: string, cookie = ''): Promise<Answer> =>
  request(service, 'POST', path, {
    headers: { ...fromOurPage(service), 'x-forwarded-for': from, cookie },
    body: JSON.stringify(body),
  });
/** From an address of its own each time, so that the name alone makes it wait. */
const tries = (login: string, password = 'een zin die iemand raadt') =>
  asks('/api/sign-in/password', { login, password }, `198.51.100.${(addresses += 1)}`);
const code = () => totp.generate({ timestamp: service.clock.nowMs() });
/** What her browser is known by after she signed in there. */
async function signsIn(known = ''): Promise<string> {
  await service.advance(STEP_MS);
  const half = await asks('/api/sign-in/password', { login: LOGIN, password: PASSWORD }, HER_ADDRESS, known);
  const whole = await asks('/api/sign-in/totp', { code: code() }, HER_ADDRESS, `${known}; ${cookieOf(half)}`);
  expect([half.status, whole.status]).toEqual([200, 200]);
  return whole.headers['set-cookie']![1]!.split(';')[0]!;
}

beforeEach(async () => {
  service = await startService({ passkeys: true, trustedHops: 1 });
  addresses = 0;
  noor = await begins(service);
  const begun = await asks('/api/password/begin', { login: LOGIN, password: PASSWORD }, HER_ADDRESS, noor.cookie);
  totp = new TOTP({ secret: said<{ secret: string }>(begun).secret });
  said(await asks('/api/password/confirm', { code: code() }, HER_ADDRESS, noor.cookie));
});
afterEach(() => service.stop());

test.each([
  ['at a browser that is known, as if nobody came', true],
  ['at one that is not, as if a stranger was wrong', false],
])(
  '[G17] who signs in leaves %s: strangers read from her name neither whose it is nor when she came',
  async (_where, isKnown) => {
    const known = isKnown ? await signsIn() : '';
    if (isKnown) await tries(NOBODYS); // as often as hers
    const both = async () => {
      const [hers, nobodys] = [await tries(LOGIN), await tries(NOBODYS)];
      expect([hers.status, hers.body]).toEqual([nobodys.status, nobodys.body]);
      return hers;
    };
    for (let times = 0; times < 3; times += 1) {
      expect((await both()).status).toBe(403);
      await service.advance(service.limits.wrongWaitMs * 2 ** (times + 1));
    }
    await signsIn(known);
    if (!isKnown) await tries(NOBODYS);
    const waits: number[] = [];
    while (waits.length < 4) {
      const answer = await both();
      if (answer.status === 403) continue;
      waits.push((JSON.parse(answer.body) as { waitMs: number }).waitMs);
      await service.advance(waits.at(-1)!);
    }
    expect(waits.at(-1)).toBeGreaterThan(waits[0]!);
  },
);
