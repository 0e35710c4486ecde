import { afterEach, expect, test } from 'vitest';
import { begins, cookieOf, post, said, signsIn, type Begun, type Request } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

const isIn = async (cookie: string) =>
  (await request(service, 'GET', '/api/sessions', { headers: { ...fromOurPage(service), cookie } })).status === 200;
const ends = async (which: object, cookie: string) => {
  const { status, body } = await post(service, '/api/sessions/end', which, cookie);
  return status === 200 ? 200 : [status, body];
};
const STEP_UP = [403, '{"code":"step_up"}'];
const again = async ({ authenticator }: Begun) =>
  cookieOf(await signsIn(service, (options) => authenticator.show(options)));

test('[A13] a copy of an older cookie ends nothing that she opened since, by name or with all others, before it shows who it is', async () => {
  service = await startService({ passkeys: true });
  const noor = await begins(service);
  const stolen = noor.cookie;
  await service.advance(service.limits.stepUpMs + 1_000);
  const hers = await again(noor);
  const list = said<{ sessions: { id: string; here: boolean }[] }>(
    await request(service, 'GET', '/api/sessions', { headers: { ...fromOurPage(service), cookie: stolen } }),
  );
  const newer = list.sessions.find(({ here }) => !here)!.id;
  expect(await ends({ others: true }, stolen)).toEqual(STEP_UP);
  expect(await ends({ id: newer }, stolen)).toEqual(STEP_UP);
  expect(await isIn(hers)).toBe(true);

  // what is older she ends from there at once, also long after she came
  await service.advance(service.limits.stepUpMs + 1_000);
  expect(await ends({ others: true }, hers)).toBe(200);
  expect([await isIn(stolen), await isIn(hers)]).toEqual([false, true]);
});

test('[A13 G13] who shows again that it is she ends what is newer as well', async () => {
  service = await startService({ passkeys: true });
  const noor = await begins(service);
  await service.advance(service.limits.stepUpMs + 1_000);
  const newer = await again(noor);
  const asked = said<Request>(await post(service, '/api/step-up/begin', {}, noor.cookie));
  const shown = cookieOf(await post(service, '/api/step-up/passkey', noor.authenticator.show(asked), noor.cookie));
  expect(await ends({ others: true }, shown)).toBe(200);
  expect([await isIn(newer), await isIn(shown)]).toEqual([false, true]);
});

test('[A13] nor what she goes on under, by the name of the one before it', async () => {
  service = await startService({ passkeys: true });
  const noor = await begins(service);
  await service.advance(1_000);
  const stolen = await again(noor);
  const list = said<{ sessions: { id: string; here: boolean }[] }>(
    await request(service, 'GET', '/api/sessions', { headers: { ...fromOurPage(service), cookie: stolen } }),
  );
  const before = list.sessions.find(({ here }) => !here)!.id;
  await service.advance(service.limits.stepUpMs + 1_000);
  const asked = said<Request>(await post(service, '/api/step-up/begin', {}, noor.cookie));
  const shown = cookieOf(await post(service, '/api/step-up/passkey', noor.authenticator.show(asked), noor.cookie));
  expect(await ends({ id: before }, stolen)).toEqual(STEP_UP);
  expect(await isIn(shown)).toBe(true);
});
