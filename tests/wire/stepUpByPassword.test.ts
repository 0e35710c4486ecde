import { TOTP } from 'otpauth';
import { afterEach, expect, test } from 'vitest';
import { begins, post, said } from '../support/gettingIn.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());
const LOGIN = 'noor@clb.test';
const PASSWORD = 'een zin die niemand raadt';

test('[G18] a stranger who types her name wrongly keeps nobody from going on who is signed in', async () => {
  service = await startService({ passkeys: true });
  const noor = await begins(service);
  const { secret } = said<{ secret: string }>(
    await post(service, '/api/password/begin', { login: LOGIN, password: PASSWORD }, noor.cookie),
  );
  const totp = new TOTP({ secret, digits: 6, period: 30 });
  const code = () => totp.generate({ timestamp: service.clock.nowMs() });
  expect((await post(service, '/api/password/confirm', { code: code() }, noor.cookie)).status).toBe(200);
  for (let times = 0; times < 10;) {
    const answer = await post(service, '/api/sign-in/password', { login: LOGIN, password: 'wat een vreemde typt' });
    if (answer.status === 403) times += 1;
    else service.clock.advance((JSON.parse(answer.body) as { waitMs: number }).waitMs);
  }
  service.clock.advance(service.limits.wrongWaitMsMax + 1); // what the stranger's address waits is over
  const mine = await post(service, '/api/step-up/password', { password: PASSWORD, code: code() }, noor.cookie);
  expect([mine.status, mine.body.slice(0, 40)]).toEqual([200, expect.stringContaining('binding')]);
});
