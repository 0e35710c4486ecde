import type { AccountId } from '@clbchat/shared/ids';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { begins, cookieOf, post, said, type Begun, type Creation, type Request } from '../support/gettingIn.ts';
import { fromOurPage, request, type Answer } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let noor: Begun;
beforeEach(async () => {
  service = await startService({ passkeys: true });
  noor = await begins(service, { counts: true });
});
afterEach(() => service.stop());

const status = async (cookie: string) =>
  (await request(service, 'GET', '/api/session', { headers: { ...fromOurPage(service), cookie } })).status;
const staff = async (cookie: string) => (await service.sessions.find(service.sessions.bindingOf(cookie)!))!;
const stepped = async (cookie: string) => service.sessions.steppedUp(await staff(cookie));
const asks = async (cookie: string) => said<Request>(await post(service, '/api/step-up/begin', {}, cookie));
async function shows(cookie: string, by = noor.authenticator): Promise<Answer> {
  return post(service, '/api/step-up/passkey', by.show(await asks(cookie)), cookie);
}

describe('[G13] showing again that it is she', () => {
  test('counts for 5 minutes after a passkey opened the session, and after it was shown again', async () => {
    expect(await stepped(noor.cookie)).toBe(true);
    await service.advance(service.limits.stepUpMs - 1);
    expect(await stepped(noor.cookie)).toBe(true);
    await service.advance(1);
    expect(await stepped(noor.cookie)).toBe(false);
    const cookie = cookieOf(await shows(noor.cookie));
    expect(await stepped(cookie)).toBe(true);
    await service.advance(service.limits.stepUpMs);
    expect(await stepped(cookie)).toBe(false);
  });

  test('puts another cookie in the place of hers, which opens nothing from then on, and lasts as long as a new one', async () => {
    await service.advance(service.limits.sessionIdleMs - 1);
    const answer = await shows(noor.cookie);
    expect(said(answer)).toEqual({ binding: expect.any(String), leftMs: service.limits.sessionMs });
    expect([await status(noor.cookie), await status(cookieOf(answer))]).toEqual([401, 200]);
    expect((await staff(cookieOf(answer))).method).toBe('passkey');
    expect((await service.sessions.own(await staff(cookieOf(answer)))).length).toBe(1);
  });

  test('who heard no answer shows it again within the minute, and what nobody heard of ends', async () => {
    const unheard = cookieOf(await shows(noor.cookie));
    await service.advance(service.limits.sessionRenewAgainMs - 1);
    const heard = cookieOf(await shows(noor.cookie));
    expect([await status(unheard), await status(heard)]).toEqual([401, 200]);
    await service.advance(1);
    expect((await post(service, '/api/step-up/begin', {}, noor.cookie)).status).toBe(401);
  });

  test('a session by a recovery code never counts, and shows nothing', async () => {
    const byCode = cookieOf(await post(service, '/api/sign-in/code', { code: noor.codes[0] }));
    expect(service.sessions.steppedUp((await staff(byCode))!)).toBe(false);
    expect((await post(service, '/api/step-up/begin', {}, byCode)).status).toBe(401);
  });

  test('in the demonstration a click counts as long', async () => {
    const { session, setCookie } = await service.sessions.open(noor.account as AccountId, 'demo');
    expect(service.sessions.steppedUp(session)).toBe(true);
    await service.advance(service.limits.stepUpMs);
    expect(service.sessions.steppedUp(session)).toBe(false);
    const clicked = await post(service, '/api/session/renew', {}, setCookie.split(';')[0]);
    expect(await stepped(cookieOf(clicked))).toBe(true);
  });
});

describe('[G14] what counts there', () => {
  const REFUSED = [403, '{"code":"not_yours"}', undefined];
  const looksOf = ({ status: code, body, headers }: Answer) => [code, body, headers['set-cookie']];

  test('asks for a passkey of hers, with a look at her', async () => {
    const options = await asks(noor.cookie);
    expect(options).toMatchObject({ userVerification: 'required', allowCredentials: [{ type: 'public-key' }] });
  });

  test('is no other account’s passkey, however right it is: her session goes on as it was', async () => {
    const els = await begins(service, { purpose: 'recover', name: 'Els' });
    await service.advance(service.limits.stepUpMs);
    expect(looksOf(await shows(noor.cookie, els.authenticator))).toEqual(REFUSED);
    expect([await status(noor.cookie), await stepped(noor.cookie), await status(els.cookie)]).toEqual([
      200,
      false,
      200,
    ]);
  });

  test('is no answer to another question, to one that was answered, of another account, or too late', async () => {
    noor = await begins(service, { purpose: 'recover', name: 'Tine' }); // whose passkey does not count
    const send = (shown: object, cookie: string) => post(service, '/api/step-up/passkey', shown, cookie);
    const asked = [await asks(noor.cookie), await asks(noor.cookie)];
    const [first, later] = asked.map((one) => noor.authenticator.show(one));
    const byAdding = said<Creation>(await post(service, '/api/passkeys/begin', {}, noor.cookie)).challenge;
    const toAnother = noor.authenticator.show({ ...(await asks(noor.cookie)), challenge: byAdding });
    expect(looksOf(await send(toAnother, noor.cookie))).toEqual(REFUSED);
    const els = await begins(service, { purpose: 'recover', name: 'Els' });
    const ofElse = await asks(els.cookie);
    // a colleague's passkey at her computer uses nothing up
    for (const by of [
      els.authenticator.show(asked[0]!),
      els.authenticator.show(ofElse),
      noor.authenticator.show(ofElse),
    ])
      expect(looksOf(await send(by, noor.cookie))).toEqual(REFUSED);
    const shown = await send(first!, noor.cookie); // what is asked beside it, in another tab, takes nothing from it
    expect([shown.status, looksOf(await send(first!, cookieOf(shown)))]).toEqual([200, REFUSED]);
    expect((await send(later!, cookieOf(shown))).status).toBe(200); // the tabs have one cookie, which is another by now
    noor = await begins(service, { purpose: 'recover', name: 'Tine' });
    const old = noor.authenticator.show(await asks(noor.cookie));
    await service.advance(service.limits.pendingMs);
    expect(looksOf(await send(old, noor.cookie))).toEqual(REFUSED);
    const hers = noor.authenticator.show(await asks(noor.cookie));
    expect(looksOf(await send(hers, els.cookie))).toEqual(REFUSED);
    expect((await send(hers, noor.cookie)).status).toBe(200); // which used nothing up
  });

  test('is no copy of a passkey, and none that is hers no more', async () => {
    const cookie = cookieOf(await shows(noor.cookie));
    const copied = noor.authenticator.show(await asks(cookie), { counter: 2 });
    expect(looksOf(await post(service, '/api/step-up/passkey', copied, cookie))).toEqual(REFUSED);
    const second = createAuthenticator(service.origin);
    const made = second.make(said<Creation>(await post(service, '/api/passkeys/begin', {}, cookie)));
    expect((await post(service, '/api/passkeys/add', made, cookie)).status).toBe(200);
    const options = await asks(cookie);
    await post(service, '/api/passkeys/remove', { id: made.id }, cookie);
    expect(looksOf(await post(service, '/api/step-up/passkey', second.show(options), cookie))).toEqual(REFUSED);
  });
});

test('[G14] whoever looks at what is shown, a session goes on by what is of its own account alone', async () => {
  const renews = (account: string) =>
    service.sessions.renewWith(service.sessions.bindingOf(noor.cookie)!, 'passkey', async () => ({
      ...{ account: account as never, step: { changes: [] } },
    }));
  expect(await renews('lien')).toBeNull();
  expect(await renews(noor.account)).not.toBeNull();
});
