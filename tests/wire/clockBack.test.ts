import { afterEach, expect, test } from 'vitest';
import { begins, post, type Begun } from '../support/gettingIn.ts';
import { signIn, connectVisitor, joinInput, newSecrets } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

const HOUR = 3_600_000;

test('[G13] the clock that was ahead by 12 h is set right: who showed before does not count as having shown for 12 h', async () => {
  service = await startService({ passkeys: true });
  const noor: Begun = await begins(service);
  service.clock.set(service.clock.nowMs() - 12 * HOUR); // Redis's clock is corrected
  await service.advance(5 * HOUR + 1); // hours after she showed it
  const invited = await post(service, '/api/team/invite', { roles: ['coordinator'] }, noor.cookie);
  expect([invited.status, invited.body.slice(0, 60)]).toEqual([403, '{"code":"step_up"}']);
});
test('[A12] nor does her session last for 12 h more, whoever is at it', async () => {
  service = await startService({ passkeys: true });
  const noor: Begun = await begins(service);
  service.clock.set(service.clock.nowMs() - 12 * HOUR);
  for (let n = 0; n < 66; n += 1) {
    await service.advance(600_000);
    await request(service, 'GET', '/api/session', { headers: { ...fromOurPage(service), cookie: noor.cookie } });
  }
  const inn = await request(service, 'GET', '/api/session', {
    headers: { ...fromOurPage(service), cookie: noor.cookie },
  });
  const invited = await post(service, '/api/team/invite', { roles: ['coordinator'] }, noor.cookie);
  expect([inn.status, invited.status, invited.body.slice(0, 30)]).toEqual([401, 401, '{"code":"no_cert"}']);
});
test('[H31] a door that was shut stays shut when the clock is set back by 10 minutes', async () => {
  service = await startService();
  const { cookie } = await signIn(service, 'samir');
  const headers = { ...fromOurPage(service), cookie };
  expect((await request(service, 'PUT', '/api/centre/door', { headers, body: '{"shut":true}' })).status).toBe(200);
  service.clock.set(service.clock.nowMs() - 600_000);
  await service.advance(2_000);
  const seen = JSON.parse((await request(service, 'GET', '/status/demo')).body) as { state: string };
  const late = await connectVisitor(service);
  const join = await late.ask('visit:join', await joinInput(await newSecrets()));
  const asked = await request(service, 'GET', '/api/centre/door', { headers });
  expect([seen.state, join, asked.body]).toMatchObject([
    'closed',
    { ok: false, code: 'closed' },
    expect.stringContaining('shut'),
  ]);
});
