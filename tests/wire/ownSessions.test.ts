import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectCounsellor, deskOpens, signIn, visitorWaits } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService({ limits: { sessionIdleMs: 36_000_000 } }); // being away has its own tests [A14]
});
afterEach(() => service.stop());

interface Own {
  readonly id: string;
  readonly method: string;
  readonly made: string;
  readonly here: boolean;
}
const ownIn = (body: string) => (JSON.parse(body) as { sessions: Own[] }).sessions;
const list = (cookie: string | undefined) =>
  request(service, 'GET', '/api/sessions', { headers: { ...fromOurPage(service), cookie } });
const end = (cookie: string | undefined, which: unknown, headers: Record<string, string | undefined> = {}) =>
  request(service, 'POST', '/api/sessions/end', {
    headers: { ...fromOurPage(service), cookie, ...headers },
    body: JSON.stringify(which),
  });

describe('[A13] her own sessions', () => {
  test('are listed with method and day, this one first, and nobody else’s; the day is the one in Brussels', async () => {
    const first = await signIn(service);
    await service.advance(5 * 3_600_000 + 1_800_000); // 23:30 in Brussels
    const second = await signIn(service, 'lien', first.device);
    await service.advance(1_800_000); // midnight there, 23:00 by UTC
    const third = await signIn(service, 'lien', first.device);
    await signIn(service, 'samir');
    const answer = await list(second.cookie);
    const own = ownIn(answer.body);
    expect(own.map(({ method, made, here }) => ({ method, made, here }))).toEqual([
      { method: 'demo', made: '2026-11-23', here: true },
      { method: 'demo', made: '2026-11-24', here: false },
      { method: 'demo', made: '2026-11-23', here: false },
    ]);
    for (const { id } of own) {
      await expect(connectCounsellor(service, { cookie: `__Host-clb=${id}` })).rejects.toThrow('no_cert');
      expect([first, second, third].map(({ binding }) => binding)).not.toContain(id);
    }
    for (const { cookie } of [first, second, third]) expect(answer.body).not.toContain(cookie.split('=')[1]);
    expect((await list(undefined)).status).toBe(401);
    expect((await list(`__Host-clb=${'x'.repeat(43)}`)).status).toBe(401);
  });

  test('a renewal is the same place, since the same day', async () => {
    const lien = await signIn(service);
    await service.advance(8 * 3_600_000);
    const headers = { ...fromOurPage(service), cookie: lien.cookie };
    const renewed = await request(service, 'POST', '/api/session/renew', { headers, body: '{}' });
    const cookie = (renewed.headers['set-cookie']?.[0] ?? '').split(';')[0];
    expect(ownIn((await list(cookie)).body)).toMatchObject([{ made: '2026-11-23', here: true }]);
  });

  test('one is ended: its sockets at once, whom it held comes to the front; this one and others’ go on', async () => {
    const there = await signIn(service);
    const [desk, unproved] = [await deskOpens(service, there), await connectCounsellor(service, there)];
    const visitor = await visitorWaits(service);
    await talks(desk, visitor);
    const samir = await deskOpens(service, 'samir', { status: 'paused' });
    const here = await signIn(service, 'lien', there.device);
    const watching = await connectCounsellor(service, here);
    const third = await signIn(service, 'lien', there.device);
    const [, ...others] = ownIn((await list(here.cookie)).body);
    const [, ...seenThere] = ownIn((await list(there.cookie)).body);
    const thirdsId = seenThere.find(({ id }) => others.some((one) => one.id === id))!.id;
    const id = others.find((one) => one.id !== thirdsId)!.id;
    const answer = await end(here.cookie, { id });
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(ownIn(answer.body).map((one) => one.id)).not.toContain(id);
    expect(ownIn(answer.body)).toHaveLength(2);
    expect(await Promise.all([desk.closed, unproved.closed])).toEqual(Array(2).fill('io server disconnect'));
    await visitor.hears('visit:stage', ({ stage }) => stage === 'waiting');
    expect((await list(there.cookie)).status).toBe(401);
    expect((await list(third.cookie)).status).toBe(200);
    expect(watching.socket.connected).toBe(true);
    expect(await good(samir.ask('desk:state', {}))).toMatchObject({ status: 'paused' });
  });

  test('all others are ended, and this one by its own id, which takes the cookie away', async () => {
    const [one, here] = [await signIn(service), await signIn(service)];
    const samir = await signIn(service, 'samir');
    const left = ownIn((await end(here.cookie, { others: true })).body);
    expect(left).toMatchObject([{ here: true }]);
    expect((await list(one.cookie)).status).toBe(401);
    expect((await list(samir.cookie)).status).toBe(200);
    const last = await end(here.cookie, { id: left[0]!.id });
    expect(last.headers['set-cookie']?.[0]).toMatch(/^__Host-clb=; Max-Age=0;/);
    expect(ownIn(last.body)).toEqual([]);
    expect((await list(here.cookie)).status).toBe(401);
  });

  test('nobody ends another’s, and only a page of ours asks', async () => {
    const [lien, samir] = [await signIn(service), await signIn(service, 'samir')];
    const [his] = ownIn((await list(samir.cookie)).body);
    expect((await end(lien.cookie, { id: his!.id })).status).toBe(200);
    expect((await list(samir.cookie)).status).toBe(200);
    expect((await end(lien.cookie, { id: samir.binding })).status).toBe(200);
    expect((await list(samir.cookie)).status).toBe(200);
    expect((await end(undefined, { others: true })).status).toBe(401);
    for (const wrong of [{}, { others: false }, { id: 'x' }, { id: 7 }, { others: true, id: his!.id }, null])
      expect((await end(lien.cookie, wrong)).status, JSON.stringify(wrong)).toBe(400);
    expect((await end(lien.cookie, { others: true }, { 'x-clb': undefined })).status).toBe(403);
    expect((await end(lien.cookie, { others: true }, { origin: 'https://school.example' })).status).toBe(403);
    expect((await end(lien.cookie, { id: 'x'.repeat(2_000) })).status).toBe(413);
  });
});
