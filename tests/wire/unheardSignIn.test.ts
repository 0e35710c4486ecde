import { afterEach, describe, expect, test } from 'vitest';
import { deskOpens, signIn, visitorWaits } from '../support/clients.ts';
import { begins, cookieOf, post, said, type Request } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

type Beginning = Awaited<ReturnType<typeof begins>>;

let service: TestService;
afterEach(() => service.stop());

const is = async (cookie: string) =>
  (await request(service, 'GET', '/api/session', { headers: { ...fromOurPage(service), cookie } })).status;
/** By a passkey, in a browser that has this cookie. @returns what the answer sets */
async function signsInAnew({ authenticator, cookie }: Pick<Beginning, 'authenticator' | 'cookie'>): Promise<string> {
  const begun = await post(service, '/api/sign-in/begin', {}, cookie);
  const shown = authenticator.show(said<Request>(begun));
  return cookieOf(await post(service, '/api/sign-in/passkey', shown, `${cookie}; ${cookieOf(begun)}`));
}

describe('[A30] a session by a sign-in anew of which nobody heard', () => {
  test('ends when she signs out with the cookie that her browser has', async () => {
    service = await startService({ passkeys: true });
    const noor = await begins(service);
    const unheard = await signsInAnew(noor);
    expect(await is(unheard)).toBe(200);
    const { status } = await post(service, '/api/sign-out', {}, noor.cookie);
    expect([status, await is(unheard)]).toEqual([204, 401]);
  });

  test('[A11] ends when she signs in once more', async () => {
    service = await startService({ passkeys: true });
    const noor = await begins(service);
    const unheard = await signsInAnew(noor);
    const heard = await signsInAnew(noor);
    expect([await is(unheard), await is(heard)]).toEqual([401, 200]);
  });

  test('renews nothing by the cookie in whose place it came', async () => {
    service = await startService({ passkeys: 'too' });
    const lien = await signIn(service);
    await service.sessions.open(lien.account, 'passkey', service.sessions.bindingOf(lien.cookie));
    expect((await post(service, '/api/session/renew', {}, lien.cookie)).status).toBe(401);
    expect(await is(lien.cookie)).toBe(401);
  });

  test.each(['renewal', 'sign-in anew'])(
    '[G49 G74] lets *Meld af* take nobody away whom she chats with: a %s',
    async (what) => {
      service = await startService({ passkeys: 'too' });
      const lien = await signIn(service);
      const desk = await deskOpens(service, lien);
      const visitor = await visitorWaits(service);
      await talks(desk, visitor);
      if (what === 'renewal') await post(service, '/api/session/renew', {}, lien.cookie);
      else await service.sessions.open(lien.account, 'passkey', service.sessions.bindingOf(lien.cookie));
      const { status } = await post(service, '/api/sign-out', { unlessHolding: true }, lien.cookie);
      expect([status, (await good(visitor.ask('visit:state', {}))).stage]).toEqual([409, 'talking']);
    },
  );
});
