import { afterEach, beforeEach, expect, test } from 'vitest';
import { begins, cookieOf, post } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let cookies: { readonly passkey: string; readonly code: string };
beforeEach(async () => {
  service = await startService({ passkeys: true });
  const { cookie, codes } = await begins(service);
  cookies = { passkey: cookie, code: cookieOf(await post(service, '/api/sign-in/code', { code: codes[0] })) };
});
afterEach(() => service.stop());

const made = { id: 'AAAA', clientData: 'AAAA', attestation: 'AAAA', transports: [] };

/** What is answered to a coordinator with a passkey, and to one who came by a recovery code. */
test.each<[string, object | undefined, number, number]>([
  ['GET /api/session', undefined, 200, 200],
  ['GET /api/sessions', undefined, 200, 200],
  ['POST /api/sessions/end', { id: 'A'.repeat(43) }, 200, 409],
  ['GET /api/passkeys', undefined, 200, 200],
  ['POST /api/passkeys/begin', {}, 200, 200],
  ['POST /api/passkeys/add', made, 403, 403],
  ['POST /api/passkeys/remove', { id: 'AAAA' }, 200, 409],
  ['POST /api/passkeys/codes', {}, 200, 409],
  ['POST /api/session/renew', {}, 401, 401],
  ['POST /api/step-up/begin', {}, 200, 401],
  ['POST /api/step-up/passkey', {}, 400, 400],
  ['GET /api/centre/settings', undefined, 200, 403],
  ['PUT /api/centre/settings', {}, 400, 403],
])(
  '[G7 G45] %s is no door for who came by a code but where it is on the way to a passkey',
  async (route, body, ...answers) => {
    const [method = '', path = ''] = route.split(' ');
    const found = [];
    // by the code first: new ones end what an earlier one opened
    for (const cookie of [cookies.code, cookies.passkey]) {
      const sent = { headers: { ...fromOurPage(service), cookie }, ...(body && { body: JSON.stringify(body) }) };
      found.push((await request(service, method, path, sent)).status);
    }
    expect(found.toReversed()).toEqual(answers);
  },
);

test('[G45] who found a recovery code signs nobody out and takes no passkey away with it', async () => {
  const ask = (method: string, path: string, cookie: string, body?: object) =>
    request(service, method, path, {
      headers: { ...fromOurPage(service), cookie },
      ...(body && { body: JSON.stringify(body) }),
    });
  const { passkeys } = JSON.parse((await ask('GET', '/api/passkeys', cookies.passkey)).body) as {
    passkeys: { id: string }[];
  };
  const { sessions } = JSON.parse((await ask('GET', '/api/sessions', cookies.passkey)).body) as {
    sessions: { id: string; here: boolean }[];
  };
  const hers = sessions.find(({ here }) => here)!.id;
  for (const which of [{ others: true }, { id: hers }])
    expect((await ask('POST', '/api/sessions/end', cookies.code, which)).status).toBe(409);
  expect((await ask('POST', '/api/passkeys/remove', cookies.code, { id: passkeys[0]!.id })).status).toBe(409);
  expect((await ask('GET', '/api/session', cookies.passkey)).status).toBe(200);
  expect(
    (JSON.parse((await ask('GET', '/api/passkeys', cookies.passkey)).body) as { passkeys: object[] }).passkeys,
  ).toEqual(passkeys);
});
