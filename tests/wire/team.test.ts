import { teamHttp } from '@clbchat/server/accounts/team.http';
import { teamOf } from '@clbchat/server/accounts/team.store';
import { act } from '@clbchat/server/records/acts.store';
import { readEntry } from '@clbchat/server/records/audit.rules';
import type { Digest } from '@clbchat/shared/ids';
import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { demoProof, signIn } from '../support/clients.ts';
import { begins, cookieOf, makesFirst, post, said } from '../support/gettingIn.ts';
import { fromOurPage, request, type Answer } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService({ passkeys: 'too' });
});
afterEach(() => service.stop());

interface Listed {
  readonly me: string;
  readonly people: readonly {
    readonly id: string;
    readonly rev: number;
    readonly roles: string[];
    readonly lastIn: string;
  }[];
  readonly invitations: readonly { readonly id: string; readonly name: string }[];
  readonly news: readonly { readonly id: string; readonly by: string; readonly act: string; readonly about: string }[];
  readonly newsCount: number;
  readonly names: Readonly<Record<string, string>>;
}
interface Made {
  readonly token: string;
  readonly endMs: number;
  readonly team: Listed;
}

const read = (cookie: string, query = ''): Promise<Answer> =>
  request(service, 'GET', `/api/team${query}`, { headers: { ...fromOurPage(service), cookie } });
const listed = async (cookie: string, query = '') => said<Listed>(await read(cookie, query));
const noor = async () => (await signIn(service, 'noor')).cookie;
const revOf = ({ people }: Listed, id: string) => people.find((one) => one.id === id)!.rev;
const invites = async (cookie: string, wish: object = { roles: ['counsellor'] }) =>
  said<Made>(await post(service, '/api/team/invite', wish, cookie));
const kept = async () => JSON.stringify((await service.records.dump()).rows.filter(({ kind }) => kind !== 'session'));

/** Somebody who makes her account at an invitation. */
async function accepts(token: string, name: string, cookie?: string): Promise<Answer> {
  const made = await makesFirst(service, createAuthenticator(service.origin), { token, name });
  return post(service, '/api/begin/finish', { token, name, passkeys: [made], codes: true }, cookie);
}

describe('the team', () => {
  test('[T1 T2] is listed for a coordinator, and a counsellor gets no name of it', async () => {
    const cookie = await noor();
    const lien = await signIn(service, 'lien');
    const answer = await read(cookie);
    expect(answer.headers['cache-control']).toBe('no-store');
    const { me, people, invitations } = said<Listed>(answer);
    expect(me).toBe('noor');
    expect(people.map(({ rev: _rev, ...shown }) => shown)).toEqual([
      { id: 'lien', name: 'Lien', roles: ['counsellor'], disabled: false, lastIn: 'today' },
      { id: 'noor', name: 'Noor', roles: ['coordinator'], disabled: false, lastIn: 'today' },
      { id: 'samir', name: 'Samir', roles: ['counsellor'], disabled: false, lastIn: 'longer' },
    ]);
    expect(invitations).toEqual([]);
    const refused = await read(lien.cookie);
    expect([refused.status, refused.body]).toEqual([403, '{"code":"not_yours"}']);
  });

  test('[T5 T11] who is invited makes her account with these roles, in the name of who invited, and stands where a passkey stands', async () => {
    const cookie = await noor();
    const { token, endMs, team } = await invites(cookie, { roles: ['counsellor', 'coordinator'], name: ' Tom ' });
    expect(endMs).toBe(service.clock.nowMs() + service.limits.invitationMs);
    expect(team.invitations).toMatchObject([{ name: 'Tom' }]);
    expect(JSON.stringify(team)).not.toContain(token);
    expect(said(await post(service, '/api/begin/look', { token }))).toEqual({ purpose: 'invite' });

    const answer = await accepts(token, 'Tom Vermeulen');
    const tom = said<{ account: string; roles: string[]; method: string }>(answer);
    expect(tom).toMatchObject({ name: 'Tom Vermeulen', roles: ['counsellor', 'coordinator'], method: 'passkey' });
    const now = await listed(cookie);
    expect(now.invitations).toEqual([]);
    expect(now.people.find(({ id }) => id === tom.account)).toMatchObject({ name: 'Tom Vermeulen', lastIn: 'today' });
    expect(readEntry((await service.records.audit()).entries.at(-1)!)).toMatchObject({
      ...{ by: 'noor', act: 'account_made', about: tom.account },
    });
    expect(said(await read(cookieOf(answer)))).toMatchObject({ me: tom.account });
    expect((await post(service, '/api/begin/look', { token })).status).toBe(404);
  });

  test('[T5] used, withdrawn, past its end, or used at the same moment by another: one answer, and nothing is kept', async () => {
    const cookie = await noor();
    const withdrawn = await invites(cookie);
    const { id } = withdrawn.team.invitations[0]!;
    expect(said<{ team: Listed }>(await post(service, '/api/team/withdraw', { id }, cookie)).team.invitations).toEqual(
      [],
    );
    const again = await post(service, '/api/team/withdraw', { id }, cookie);
    expect([again.status, JSON.parse(again.body)]).toMatchObject([404, { code: 'gone', team: { invitations: [] } }]);

    const parallel = await invites(cookie);
    const both = await Promise.all([accepts(parallel.token, 'Tom'), accepts(parallel.token, 'Tim')]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);

    const late = await invites(cookie);
    service.clock.advance(service.limits.invitationMs);
    const before = await kept();
    const answers = [];
    for (const { token } of [withdrawn, parallel, late])
      answers.push(await post(service, '/api/begin/look', { token }));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(new Set(['404 {"code":"gone"}']));
    expect(await kept()).toBe(before);
  });

  test('[T5] opened where somebody else is signed in, hers ends in the same step', async () => {
    const cookie = await noor();
    const { token } = await invites(cookie);
    const answer = await accepts(token, 'Tom', cookie);
    expect(answer.status).toBe(200);
    expect((await read(cookie)).status).toBe(401);
    expect((await read(cookieOf(answer))).status).toBe(403);
  });

  test('[T7 T8 T17] roles and access change by what was seen; the second is told with what stands, and who is out is out', async () => {
    const cookie = await noor();
    const lien = await signIn(service, 'lien');
    const rev = revOf(await listed(cookie), 'lien');
    const roles = ['counsellor', 'coordinator'];
    const { team } = said<{ team: Listed }>(
      await post(service, '/api/team/roles', { account: 'lien', rev, roles }, cookie),
    );
    expect(revOf(team, 'lien')).toBeGreaterThan(rev);
    const stale = await post(service, '/api/team/disable', { account: 'lien', rev, disabled: true }, cookie);
    expect([stale.status, JSON.parse(stale.body)]).toMatchObject([409, { code: 'stale', team: { me: 'noor' } }]);
    expect((await read(lien.cookie)).status).toBe(200); // a coordinator by now
    const clicked = await post(service, '/api/demo/sign-in', { who: 'lien', ...(await demoProof(lien.device)) });
    expect(said(clicked)).toMatchObject({ name: 'Lien', roles });
    const off = { account: 'lien', rev: revOf(team, 'lien'), disabled: true };
    expect((await post(service, '/api/team/disable', off, cookie)).status).toBe(200);
    expect((await read(lien.cookie)).status).toBe(401);
    const click = { who: 'lien', ...(await demoProof(lien.device)) };
    expect((await post(service, '/api/demo/sign-in', click)).status).toBe(403);
  });

  test('[T6] one’s own role of coordinator and one’s own account are refused by a word, and no roles at all by none', async () => {
    const cookie = await noor();
    const rev = revOf(await listed(cookie), 'noor');
    const own = [
      await post(service, '/api/team/roles', { account: 'noor', rev, roles: ['counsellor'] }, cookie),
      await post(service, '/api/team/disable', { account: 'noor', rev, disabled: true }, cookie),
    ];
    for (const { status, body } of own) expect([status, JSON.parse(body)]).toMatchObject([409, { code: 'own' }]);
    for (const roles of [[], ['counsellor', 'counsellor'], ['auditor'], ['counsellor', 'coordinator', 'counsellor']])
      for (const [path, more] of [
        ['roles', { account: 'lien', rev: 1 }],
        ['invite', {}],
      ] as const)
        expect((await post(service, `/api/team/${path}`, { ...more, roles }, cookie)).status).toBe(400);
    for (const name of ['', ' ', 'x'.repeat(61), 'a\u202eb'])
      expect((await post(service, '/api/team/invite', { roles: ['counsellor'], name }, cookie)).status).toBe(400);
  });

  test('[T3] what gives or takes a right has done nothing where she did not show who she is; withdrawing asks nothing', async () => {
    const { records, sessions, clock, limits } = service;
    const team = teamOf({ records, accounts: service.accounts, nowMs: clock.nowMs, limits });
    const app = Fastify();
    const needs = { sessions, origins: () => [service.origin], mayPost: () => true, nameOf: async () => null };
    await app.register(teamHttp, { ...needs, team, records, limits, steppedUp: () => false });
    const headers = { ...fromOurPage(service), cookie: await noor() };
    const ask = async (path: string, payload: object) => {
      const { statusCode, body } = await app.inject({ method: 'POST', url: `/api/team/${path}`, headers, payload });
      return [statusCode, (JSON.parse(body) as { code: string }).code];
    };
    const before = await kept();
    const rev = revOf(await listed(headers.cookie), 'lien');
    expect(await ask('invite', { roles: ['counsellor'] })).toEqual([403, 'step_up']);
    expect(await ask('roles', { account: 'lien', rev, roles: ['coordinator'] })).toEqual([403, 'step_up']);
    for (const disabled of [true, false])
      expect(await ask('disable', { account: 'lien', rev, disabled })).toEqual([403, 'step_up']);
    expect(await kept()).toBe(before);
    expect(await ask('withdraw', { id: 'x'.repeat(43) })).toEqual([404, 'gone']);
    await app.close();
  });

  test('[T3 G13] five minutes after she signed in she is asked to show again that it is she, and then it is done', async () => {
    const cookie = await noor();
    service.clock.advance(service.limits.stepUpMs);
    const asked = await post(service, '/api/team/invite', { roles: ['counsellor'] }, cookie);
    expect([asked.status, JSON.parse(asked.body)]).toEqual([403, { code: 'step_up' }]);
    const renewed = cookieOf(await post(service, '/api/session/renew', {}, cookie));
    expect((await invites(renewed)).team.invitations).toHaveLength(1);
  });

  test('[T1] the twenty-first invitation is refused, with the list beside it', async () => {
    const cookie = await noor();
    for (let made = 0; made < service.limits.invitationsMax; made += 1) await invites(cookie);
    const full = await post(service, '/api/team/invite', { roles: ['counsellor'] }, cookie);
    expect([full.status, JSON.parse(full.body)]).toMatchObject([409, { code: 'full', team: { me: 'noor' } }]);
  });
});

describe('[T12] what is new to a coordinator', () => {
  test('is what others did to accounts and devices since she has an account, the newest first, by ids and names', async () => {
    const cookie = await noor();
    expect((await listed(cookie)).news).toEqual([]); // the demonstration's own people are no news
    const { token } = await invites(cookie, { roles: ['coordinator'] });
    const joke = said<{ account: string }>(await accepts(token, 'Joke'));
    const other = await begins(service, { purpose: 'recover', name: 'Tom' });
    const { news, names } = await listed(cookie);
    expect(news.map(({ by, act, about }) => [by, act, about])).toEqual([
      ['@shell', 'account_made', other.account],
      ['@shell', 'address_made', 'recover'],
    ]);
    expect(names[other.account]).toBe('Tom');
    await service.devices.signed(
      'd'.repeat(43) as Digest,
      joke.account as never,
      service.clock.nowMs() + 1,
      other.account,
    );
    expect((await listed(cookie)).news[0]).toMatchObject({ by: other.account, act: 'device_signed' });
    // who came last sees nothing of before
    expect((await listed(other.cookie)).news).toEqual([]);
    expect(new Set((await listed(cookie)).news.map(({ id }) => id)).size).toBe(3);
  });

  test('an account, a computer and what signs computers are news to each coordinator but who did it', async () => {
    const cookie = await noor();
    const [tom, els] = [
      await begins(service, { purpose: 'recover', name: 'Tom' }),
      await begins(service, { purpose: 'recover', name: 'Els' }),
    ];
    const [issuer, device] = ['i'.repeat(43) as Digest, 'd'.repeat(43) as Digest];
    const endMs = service.clock.nowMs() + 1;
    await service.issuers.make(issuer, els.account as never, 'a.b.c', endMs, els.account);
    await service.devices.signed(device, tom.account as never, endMs, els.account);
    const hers = [
      ['device_signed', device],
      ['issuer_made', issuer],
    ];
    const newTo = async (who: string) => (await listed(who)).news.map(({ act, about }) => [act, about]);
    expect((await newTo(cookie)).slice(0, 3)).toEqual([...hers, ['account_made', els.account]]);
    expect((await newTo(tom.cookie)).slice(0, 3)).toEqual([...hers, ['account_made', els.account]]);
    expect(await newTo(els.cookie)).toEqual([]);
  });

  test('is at most fifty', async () => {
    const cookie = await noor();
    for (let at = 0; at < service.limits.teamNewsMax + 5; at += 1)
      await service.devices.signed(
        `${at}`.padStart(43, 'd') as Digest,
        'lien' as never,
        service.clock.nowMs() + 1,
        'joke',
      );
    const { news, newsCount } = await listed(cookie);
    expect(news).toHaveLength(service.limits.teamNewsMax);
    expect(news[0]?.about).toBe('54'.padStart(43, 'd'));
    // of the others she is told how many there are
    expect(newsCount).toBe(service.limits.teamNewsMax + 5);
  });

  test('up to fifty all are told, also what another came over', async () => {
    const cookie = await noor();
    for (const which of ['account_disabled', 'account_enabled', 'account_disabled'] as const)
      await act(service.records, service.clock.nowMs(), [], { by: 'joke', act: which, about: 'lien' });
    expect(await listed(cookie)).toMatchObject({ news: { length: 3 }, newsCount: 3 });
  });

  test('is what was done since the one that she says that she saw, all of it; of an act that nobody knows, all', async () => {
    const cookie = await noor();
    const signs = async (many: number) => {
      for (let at = 0; at < many; at += 1)
        await act(service.records, service.clock.nowMs(), [], {
          by: 'joke',
          act: 'device_signed',
          about: `${many} ${at}`,
        });
    };
    await signs(60);
    const [{ id } = { id: '' }] = (await listed(cookie)).news;
    await signs(20);
    expect((await listed(cookie, `?since=${id}`)).news).toHaveLength(20);
    expect((await listed(cookie, '?since=none')).news).toHaveLength(service.limits.teamNewsMax);
    const wrong = await request(service, 'GET', '/api/team?since=a&since=b', {
      headers: { ...fromOurPage(service), cookie },
    });
    expect(wrong.status).toBe(400);
  });

  test('nor do any number of acts hide who was given a role before', async () => {
    const cookie = await noor();
    const does = (which: 'made_both' | 'account_disabled', about: string) =>
      act(service.records, service.clock.nowMs(), [], { by: 'joke', act: which, about });
    await does('made_both', 'lien');
    for (let at = 0; at < 300; at += 1) await does('account_disabled', `account ${at}`);
    expect((await listed(cookie)).news.at(-1)).toMatchObject({ act: 'made_both', about: 'lien' });
  });

  test('nor do fifty of any other act hide who was given a role before', async () => {
    const cookie = await noor();
    const acts = ['device_signed', 'issuer_made', 'account_made', 'account_disabled', 'account_enabled'] as const;
    const does = (which: (typeof acts)[number] | 'made_both', about: string) =>
      act(service.records, service.clock.nowMs(), [], { by: 'joke', act: which, about });
    await does('made_both', 'lien');
    for (const which of acts)
      for (let at = 0; at < service.limits.teamNewsMax; at += 1) await does(which, `${which} ${at}`);
    const { news } = await listed(cookie);
    expect(news).toHaveLength(service.limits.teamNewsMax);
    expect(news.at(-1)).toMatchObject({ act: 'made_both', about: 'lien' });
    const newest = news.filter(({ act: is }) => is === 'account_disabled').map(({ about }) => about);
    expect(newest).toEqual(
      Array.from({ length: newest.length }, (_, at) => `account_disabled ${service.limits.teamNewsMax - 1 - at}`),
    );
    for (const which of acts) expect(news.some(({ act: is }) => is === which)).toBe(true);
  });

  test('an act that is repeated hides no other, however often', async () => {
    const cookie = await noor();
    const els = await begins(service, { purpose: 'recover', name: 'Els' });
    for (let at = 0; at < service.limits.teamNewsMax; at += 1)
      for (const which of ['made_both', 'made_counsellor'] as const)
        await act(service.records, service.clock.nowMs(), [], { by: 'joke', act: which, about: 'lien' });
    const { news } = await listed(cookie);
    expect(news.map(({ act: is, about }) => [is, about])).toEqual([
      ['made_counsellor', 'lien'],
      ['made_both', 'lien'],
      ['account_made', els.account],
      ['address_made', 'recover'],
    ]);
  });
});
