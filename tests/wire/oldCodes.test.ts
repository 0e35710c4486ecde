import { afterEach, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { begins, cookieOf, post, said, signsIn, type Creation } from '../support/gettingIn.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

const inBy = async (code: string | undefined, from?: string) => post(service, '/api/sign-in/code', { code }, from);
const MINUTE_MS = 60_000;

test('[G81] with new codes in the place of the earlier ones, nobody goes on making a way in by an earlier one', async () => {
  service = await startService({ passkeys: true });
  const noor = await begins(service);
  const thief = cookieOf(await inBy(noor.codes[0]));
  const another = cookieOf(await inBy(noor.codes[1]));
  const his = createAuthenticator(service.origin, {});
  const begun = await post(service, '/api/passkeys/begin', {}, thief);
  expect((await post(service, '/api/passkeys/codes', {}, noor.cookie)).status).toBe(200);
  await service.advance(20 * MINUTE_MS);
  const added = await post(service, '/api/passkeys/add', his.make(said<Creation>(begun)), thief);
  const again = await post(service, '/api/passkeys/begin', {}, another);
  const inAs = await signsIn(service, (options) => his.show(options));
  expect([begun.status, added.status, again.status, inAs.status]).toEqual([200, 401, 401, 403]);
  // her own session goes on
  expect((await post(service, '/api/passkeys/codes', {}, noor.cookie)).status).toBe(403); // showed herself 20 minutes ago
});

test('[G81] her last code ends what an earlier one opened, in this browser and elsewhere, and lets in', async () => {
  service = await startService({ passkeys: true });
  const noor = await begins(service);
  const thief = cookieOf(await inBy(noor.codes[0]));
  let mine = '';
  for (const code of noor.codes.slice(1, -1)) {
    const one = await inBy(code, mine || undefined);
    expect(one.status).toBe(200);
    mine = cookieOf(one);
  }
  expect((await post(service, '/api/passkeys/begin', {}, thief)).status).toBe(200);
  const last = await inBy(noor.codes.at(-1), mine);
  expect(last.status).toBe(200);
  const froms = [thief, mine, cookieOf(last)];
  const begun = await Promise.all(froms.map((from) => post(service, '/api/passkeys/begin', {}, from)));
  expect(begun.map(({ status }) => status)).toEqual([401, 401, 200]);
});
