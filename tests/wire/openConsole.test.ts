import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { begins, cookieOf, post, said, signsIn, type Begun, type Creation } from '../support/gettingIn.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let noor: Begun;
beforeEach(async () => {
  service = await startService({ passkeys: true });
  noor = await begins(service);
  await service.advance(service.limits.stepUpMs + 1); // her console stands open, and she is away
});
afterEach(() => service.stop());

test('[G9 G13] an open console makes no lasting way in for whoever passes by, and so no door behind step-up', async () => {
  expect((await post(service, '/api/team/invite', { roles: ['coordinator'] }, noor.cookie)).status).toBe(403);
  const passerBy = createAuthenticator(service.origin, {});
  const begun = await post(service, '/api/passkeys/begin', {}, noor.cookie);
  const added =
    begun.status === 200
      ? await post(service, '/api/passkeys/add', passerBy.make(said<Creation>(begun)), noor.cookie)
      : begun;
  const cookie =
    added.status === 200 ? cookieOf(await signsIn(service, (options) => passerBy.show(options))) : noor.cookie;
  const invited = await post(service, '/api/team/invite', { roles: ['coordinator'] }, cookie);
  expect([begun.status, added.status, invited.status]).toEqual([403, 403, 403]);
});

test('[G9 G13] nor does it give new recovery codes, or take her passkey away', async () => {
  const codes = await post(service, '/api/passkeys/codes', {}, noor.cookie);
  expect([codes.status, codes.body.slice(0, 20)]).toEqual([403, '{"code":"step_up"}']);
});
