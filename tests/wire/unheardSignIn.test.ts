import { endsOf } from '@clbchat/server/accounts/sessionsEnded.store';
import type { AccountId } from '@clbchat/shared/ids';
import { afterEach, describe, expect, test } from 'vitest';
import { deskOpens, signIn, visitorWaits, type SignedIn } from '../support/clients.ts';
import { begins, cookieOf, post, said, type Request } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

type Beginning = Awaited<ReturnType<typeof begins>>;

let service: TestService;
afterEach(() => service.stop());

const is = async (cookie: string) =>
  (await request(service, 'GET', '/api/session', { headers: { ...fromOurPage(service), cookie } })).status;
const rows = async () => (await service.records.list('session')).length;
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

  test.each([0, 10, 20, 29])(
    'is found by the cookie before it for as long as it lasts, where she had been away for %i minutes',
    async (minutes) => {
      service = await startService({ passkeys: true });
      const noor = await begins(service);
      await service.advance(minutes * 60_000);
      const unheard = await signsInAnew(noor);
      await service.advance(service.limits.sessionIdleMs - 60_000); // a minute before it is over itself
      const { status } = await post(service, '/api/sign-out', {}, noor.cookie);
      expect([status, await is(unheard), await rows()]).toEqual([204, 401, 0]);
    },
  );

  test('is found by the cookie before it where nobody heard of an earlier one either', async () => {
    service = await startService({ passkeys: true });
    const noor = await begins(service);
    await signsInAnew(noor);
    await service.advance(20 * 60_000);
    const unheard = await signsInAnew(noor);
    await service.advance(service.limits.sessionIdleMs - 60_000);
    const { status } = await post(service, '/api/sign-out', {}, noor.cookie);
    expect([status, await is(unheard), await rows()]).toEqual([204, 401, 0]);
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

/** What comes in the place of hers: the cookie of it. */
const next: readonly [string, (lien: SignedIn) => Promise<string>][] = [
  ['renewal', async ({ cookie }) => cookieOf(await post(service, '/api/session/renew', {}, cookie))],
  [
    'sign-in anew',
    async ({ account, cookie }) => {
      const { setCookie } = await service.sessions.open(account, 'demo', service.sessions.bindingOf(cookie));
      return setCookie.split(';')[0]!;
    },
  ],
];

describe.each(next)('[A30] a session that took the place of hers by a %s', (what, comes) => {
  test('and was used within the minute stands when that is over, also where she asked nothing since and a copy of the cookie before signs out', async () => {
    service = await startService({ passkeys: 'too' });
    const lien = await signIn(service);
    const cookie = await comes(lien);
    await service.advance(service.limits.sessionRenewAgainMs / 2);
    expect(await is(cookie)).toBe(200);
    await service.advance(service.limits.sessionRenewAgainMs / 2);
    await post(service, '/api/sign-out', {}, lien.cookie);
    expect([await is(cookie), await rows()]).toEqual([200, 1]);
  });

  test('[A12] and was used ends within the minute, where she signs out by the cookie before; that one goes on by itself after a renewal alone', async () => {
    service = await startService({ passkeys: 'too' });
    const lien = await signIn(service);
    const cookie = await comes(lien);
    expect(await is(cookie)).toBe(200);
    await service.advance(service.limits.sessionRenewAgainMs - 1_000);
    const again = await post(service, '/api/session/renew', {}, lien.cookie);
    expect([again.status, await is(cookie)]).toEqual(what === 'renewal' ? [200, 401] : [401, 200]);
    // of what came by that nobody heard: it is found for as long as it lasts
    if (what === 'renewal') await service.advance(service.limits.sessionIdleMs - 60_000);
    expect((await post(service, '/api/sign-out', {}, lien.cookie)).status).toBe(204);
    const last = what === 'renewal' ? cookieOf(again) : cookie;
    expect([await is(last), await rows()]).toEqual([401, 0]);
  });

  test.each([0, 30_000, 59_000])('leaves nothing on record once she signs out by it, %i ms later', async (ms) => {
    service = await startService({ passkeys: 'too' });
    const lien = await signIn(service);
    const cookie = await comes(lien);
    await service.advance(ms);
    expect((await post(service, '/api/sign-out', {}, cookie)).status).toBe(204);
    expect(await rows()).toBe(0);
  });

  test.each([
    ['she ends it elsewhere', 1],
    ['nobody was at it for half an hour', 0],
    ['more than fifty came', 50],
    ['somebody else signs in where it is', 1],
  ] as const)('leaves nothing that leads to it on record once %s', async (why, left) => {
    service = await startService({ passkeys: 'too' });
    const { sessions, limits } = service;
    const lien = await signIn(service);
    const binding = sessions.bindingOf(await comes(lien))!;
    if (why.startsWith('she')) {
      const mine = (await sessions.open(lien.account, 'demo')).session;
      await sessions.closeBy(mine.binding, await sessions.named(mine, 'others'));
    }
    if (why.startsWith('nobody')) await service.advance(limits.sessionIdleMs + limits.sessionCheckEveryMs - 1_000);
    await service.advance(1); // it is the oldest
    if (why.startsWith('more'))
      for (let more = 0; more < limits.sessionsMax; more += 1) await sessions.open(lien.account, 'demo');
    if (why.startsWith('somebody')) await sessions.open('samir' as AccountId, 'demo', binding);
    expect([(await sessions.find(binding)) === null, await rows()]).toEqual([true, left]);
  });
});

test('[A30 G82] nothing leads on record to a session that ended with the way in that opened it', async () => {
  service = await startService({ passkeys: 'too' });
  const lien = await signIn(service);
  await service.sessions.open(lien.account, 'oidc', service.sessions.bindingOf(lien.cookie));
  const ended = await endsOf(service.records, lien.account, 'oidc');
  expect((await service.records.write(ended, null)).is).toBe('written');
  expect(await rows()).toBe(0);
});
