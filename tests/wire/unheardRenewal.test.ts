import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deskOpens, signIn, visitorWaits } from '../support/clients.ts';
import type { AccountId } from '@clbchat/shared/ids';
import { cookieOf, post } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

/** A renewal of which nobody heard: her browser has the cookie of before. */
let service: TestService;
beforeEach(async () => {
  service = await startService({ passkeys: 'too' });
});
afterEach(() => service.stop());

const is = async (cookie: string) =>
  (await request(service, 'GET', '/api/session', { headers: { ...fromOurPage(service), cookie } })).status;
const bindingOf = (cookie: string) => service.sessions.bindingOf(cookie)!;
const rows = async () => (await service.records.list('session')).length;

test.each([
  [30_000, 'here'],
  [120_000, 'at another computer'], // here her console is gone by then
])(
  '[G49 G74 A30] *Meld af* on the page of her keys takes nobody away whom she chats with, %i ms after a renewal that nobody heard of, %s',
  async (ms, where) => {
    const lien = await signIn(service);
    const desk = await deskOpens(service, where === 'here' ? lien : await signIn(service));
    const visitor = await visitorWaits(service);
    await talks(desk, visitor);
    expect((await post(service, '/api/session/renew', {}, lien.cookie)).status).toBe(200); // nobody hears that
    await service.advance(ms);
    const leaves = async (body: object) => (await post(service, '/api/sign-out', body, lien.cookie)).status;
    expect(await leaves({ unlessHolding: true })).toBe(409);
    expect((await good(visitor.ask('visit:state', {}))).stage).toBe('talking');
    // at her desk she was asked already
    expect(await leaves({})).toBe(204);
    expect((await good(visitor.ask('visit:state', {}))).stage).toBe(where === 'here' ? 'waiting' : 'talking');
  },
);

describe('[A30] a session of which nobody heard', () => {
  const minute = () => service.limits.sessionRenewAgainMs;
  const last = () => service.limits.sessionIdleMs - 1;

  test.each([
    ['half a minute', () => minute() / 2],
    ['two minutes', () => 2 * minute()],
    ['nearly half an hour', last],
  ])('ends when she signs out with the cookie that she has, %s later', async (_later, ms) => {
    const lien = await signIn(service);
    const unheard = cookieOf(await post(service, '/api/session/renew', {}, lien.cookie));
    await service.advance(ms());
    expect((await post(service, '/api/sign-out', {}, lien.cookie)).status).toBe(204);
    expect([await is(unheard), await rows()]).toEqual([401, 0]);
  });

  test.each(['lien', 'samir'])('[A11] ends when %s signs in in that browser, also minutes later', async (who) => {
    const lien = await signIn(service);
    const unheard = cookieOf(await post(service, '/api/session/renew', {}, lien.cookie));
    await service.advance(2 * minute());
    await service.sessions.open(who as AccountId, 'passkey', bindingOf(lien.cookie));
    expect([await is(unheard), await rows()]).toEqual([401, who === 'lien' ? 3 : 1]);
    await service.advance(service.limits.sessionIdleMs + 2 * minute());
    expect(await rows()).toBe(0);
  });

  test('is over like any other at which nobody was, and nothing is left of the one before', async () => {
    const lien = await signIn(service);
    await post(service, '/api/session/renew', {}, lien.cookie);
    await service.advance(last());
    expect(await rows()).toBe(2);
    await service.advance(3 * minute());
    expect(await rows()).toBe(0);
  });

  test('[A12] lets the cookie before go on for its minute and no longer: after that it only finds it', async () => {
    const lien = await signIn(service);
    const unheard = cookieOf(await post(service, '/api/session/renew', {}, lien.cookie));
    await service.advance(minute());
    expect((await post(service, '/api/session/renew', {}, lien.cookie)).status).toBe(401);
    expect([await is(lien.cookie), await is(unheard)]).toEqual([401, 200]);
  });

  test('[A12 A13 A16] is brought back by nothing once it ended, is none of her others, and nobody goes on at its seat, also where an earlier release ended it and left what led to it', async () => {
    const lien = await signIn(service);
    const unheard = bindingOf(cookieOf(await post(service, '/api/session/renew', {}, lien.cookie)));
    const { rev } = (await service.records.get({ kind: 'session', id: unheard }))!;
    await service.records.write([{ kind: 'session', id: unheard, rev, text: null }], null);
    expect(await service.sessions.isGone({ account: lien.account, binding: bindingOf(lien.cookie) })).toBe(true);
    expect((await post(service, '/api/session/renew', {}, lien.cookie)).status).toBe(401);
    await service.advance(2 * minute());
    const { session } = await service.sessions.open(lien.account, 'demo');
    expect(await service.sessions.named(session, 'others')).toEqual([]);
  });

  test('leaves few rows, however often she goes on', async () => {
    let { cookie } = await signIn(service);
    for (let times = 0; times < 5; times += 1) {
      cookie = cookieOf(await post(service, '/api/session/renew', {}, cookie));
      await service.advance(1_000);
    }
    await service.advance(minute());
    expect(await rows()).toBe(2);
    expect(await is(cookie)).toBe(200); // it is used: no other leads to it any more
    expect(await rows()).toBe(1);
  });

  test('leaves no row that leads to nothing, however often she signs in and out', async () => {
    const account = (await signIn(service)).account;
    for (let times = 0; times < 5; times += 1) {
      const { session } = await service.sessions.open(account, 'demo');
      await service.advance(1);
      const renewed = (await service.sessions.renew(session.binding))!;
      await service.advance(2 * minute());
      await service.sessions.close(renewed.session);
    }
    await service.sessions.open(account, 'demo');
    expect(await rows()).toBe(2);
  });

  test('[A13 A16] that was ended elsewhere is none of her others, and the one before has nobody’s seat', async () => {
    const mine = await signIn(service);
    const before = (await service.sessions.open(mine.account, 'demo')).session;
    const unheard = (await service.sessions.renew(before.binding))!.session;
    const [me] = [(await service.sessions.find(mine.binding))!];
    expect((await service.sessions.named(me, 'others')).map(({ binding }) => binding)).toEqual([unheard.binding]);
    await service.advance(2 * minute());
    await service.sessions.close(unheard);
    expect(await service.sessions.named(me, 'others')).toEqual([]);
    await service.sessions.close(me);
    expect(await service.sessions.isGone(before)).toBe(true);
  });
});
