import type { AccountId } from '@clbchat/shared/ids';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectCounsellor, deskOpens, signIn, visitorWaits, type SignedIn } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

const sessionMs = 600_000;
const sessionHeldMsMax = 300_000;
let service: TestService;
beforeEach(async () => {
  service = await startService({ limits: { sessionMs, sessionHeldMsMax } });
});
afterEach(() => service.stop());

const post = (
  path: string,
  cookie: string | undefined,
  headers: Record<string, string | undefined> = {},
  body = '{}',
) => request(service, 'POST', path, { headers: { ...fromOurPage(service), cookie, ...headers }, body });
const statusOf = async (cookie: string) =>
  (await request(service, 'GET', '/api/demo/session', { headers: { ...fromOurPage(service), cookie } })).status;

/** The same person by the session that took the place of hers; null when there is none. */
async function renewed(from: SignedIn): Promise<SignedIn | null> {
  const answer = await post('/api/session/renew', from.cookie);
  if (answer.status !== 200) return null;
  const cookie = (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
  return { ...from, cookie, binding: (JSON.parse(answer.body) as { binding: string }).binding };
}

describe('[A12] a renewal', () => {
  test('puts a new session in the place of the old one: another cookie, as long again, and the old one opens nothing', async () => {
    const lien = await signIn(service);
    await service.advance(sessionMs - 200_000);
    const answer = await post('/api/session/renew', lien.cookie);
    expect(answer.status).toBe(200);
    const [setCookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(setCookie).toMatch(/^__Host-clb=\S{43}; Max-Age=900; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    const { binding, leftMs } = JSON.parse(answer.body) as { binding: string; leftMs: number };
    expect(leftMs).toBe(sessionMs);
    const cookie = setCookie.split(';')[0] ?? '';
    expect(cookie).not.toBe(lien.cookie);
    expect([await statusOf(lien.cookie), await statusOf(cookie)]).toEqual([401, 200]);
    await expect(connectCounsellor(service, lien)).rejects.toThrow('no_cert');
    await service.advance(sessionMs - 1);
    await deskOpens(service, { ...lien, cookie, binding });
    expect(service.said()).not.toContain(binding);
  });

  test('keeps the seat: who is held stays held, nobody is told anything, and nobody rings anew', async () => {
    const lien = await signIn(service);
    const desk = await deskOpens(service, lien, { slots: 2 });
    const visitor = await visitorWaits(service);
    const { on } = await talks(desk, visitor);
    await visitorWaits(service);
    const { offerNo } = await desk.hears('offer:ring', (ring) => ring.offerNo > 1);
    const again = await deskOpens(service, (await renewed(lien))!, { slots: 1, status: 'paused' });
    expect(again.state).toMatchObject({ status: 'available', slots: 2, held: [on], rings: [{ offerNo }] });
    expect(again.heard('offer:ring')).toEqual([]);
    await desk.closed;
    await service.advance(service.limits.sessionCheckEveryMs);
    expect(visitor.heard('peer:silent')).toEqual([]);
    expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'talking' });
  });

  test('whoever is still there by the old one is let go within a minute', async () => {
    const lien = await signIn(service);
    const old = await connectCounsellor(service, lien);
    const desk = await deskOpens(service, lien);
    await renewed(lien);
    expect(await desk.ask('desk:state', {})).toMatchObject({ ok: true });
    await service.advance(service.limits.sessionCheckEveryMs + 1_000);
    expect(await Promise.all([old.closed, desk.closed])).toEqual(Array(2).fill('io server disconnect'));
  });

  test('is asked for again by who heard no answer, within a minute, and what nobody heard of ends', async () => {
    const lien = await signIn(service);
    const unheard = (await renewed(lien))!;
    await service.advance(service.limits.sessionRenewAgainMs - 1);
    const heard = (await renewed(lien))!;
    expect([await statusOf(unheard.cookie), await statusOf(heard.cookie)]).toEqual([401, 200]);
    await service.advance(1);
    expect(await renewed(lien)).toBeNull();
    expect(await statusOf(heard.cookie)).toBe(200);
  });

  test('asked for twice keeps the seat as well, also where a console went on by the first answer already', async () => {
    const lien = await signIn(service);
    const visitor = await visitorWaits(service);
    const { on } = await talks(await deskOpens(service, lien, { slots: 1 }), visitor);
    const first = await deskOpens(service, (await renewed(lien))!);
    const second = await deskOpens(service, (await renewed(lien))!);
    expect(second.state).toMatchObject({ held: [on] });
    await first.closed;
    await service.advance(service.limits.sessionCheckEveryMs + 1_000);
    expect(await second.ask('desk:state', {})).toMatchObject({ ok: true });
    expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'talking' });
  });

  test('is nobody’s once the new session was signed out or renewed itself, by whom soever', async () => {
    const lien = await signIn(service);
    const second = (await renewed(lien))!;
    const third = (await renewed(second))!;
    expect(await renewed(lien)).toBeNull();
    expect((await post('/api/demo/sign-out', third.cookie)).status).toBe(204);
    expect(await renewed(second)).toBeNull();
    expect(await renewed(third)).toBeNull();
  });

  test('two at the same time leave one session', async () => {
    const lien = await signIn(service);
    const both = await Promise.all([renewed(lien), renewed(lien)]);
    const open = await Promise.all(both.map(async (one) => (one ? statusOf(one.cookie) : 401)));
    expect(open.filter((status) => status === 200)).toHaveLength(1);
  });

  test('comes from a page of ours, with a session, and is small', async () => {
    const { cookie } = await signIn(service);
    const path = '/api/session/renew';
    expect((await post(path, undefined)).status).toBe(401);
    expect((await post(path, `__Host-clb=${'x'.repeat(43)}`)).status).toBe(401);
    expect((await post(path, cookie, { origin: 'https://school.example' })).status).toBe(403);
    expect((await post(path, cookie, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post(path, cookie, { 'x-clb': undefined })).status).toBe(403);
    expect((await post(path, cookie, {}, JSON.stringify('x'.repeat(2_000)))).status).toBe(413);
    expect((await request(service, 'GET', path, { headers: { cookie } })).status).toBe(404);
    expect(await statusOf(cookie)).toBe(200);
  });
});

describe('[A12] the absolute end', () => {
  test('does not fall into a conversation: socket and cookie go on, and end within a minute after it', async () => {
    const lien = await signIn(service);
    const desk = await deskOpens(service, lien);
    await service.advance(sessionMs - 10_000); // after the last look before the end
    const visitor = await visitorWaits(service);
    await talks(desk, visitor);
    await service.advance(100_000);
    expect(await desk.ask('desk:state', {})).toMatchObject({ ok: true });
    const { body } = await request(service, 'GET', '/api/demo/session', {
      headers: { ...fromOurPage(service), cookie: lien.cookie },
    });
    expect(JSON.parse(body)).toMatchObject({ leftMs: 0 });
    const again = await deskOpens(service, lien);
    expect(again.state.held).toHaveLength(1);
    await visitor.ask('visit:end', { why: 'left' });
    await service.advance(service.limits.sessionCheckEveryMs + 1_000);
    expect(await again.closed).toBe('io server disconnect');
    expect(await statusOf(lien.cookie)).toBe(401);
  });

  test('comes in any case after the most that it is put off', async () => {
    const desk = await deskOpens(service);
    await talks(desk, await visitorWaits(service));
    await service.advance(sessionMs + sessionHeldMsMax - 1);
    expect(await desk.ask('desk:state', {})).toMatchObject({ ok: true });
    await service.advance(service.limits.sessionCheckEveryMs + 1_000);
    expect(await desk.closed).toBe('io server disconnect');
    await expect(connectCounsellor(service, desk.signedIn)).rejects.toThrow('no_cert');
  });

  test('is put off for nobody’s conversation but her own', async () => {
    const lien = await signIn(service);
    const samir = await deskOpens(service, 'samir');
    await talks(samir, await visitorWaits(service));
    expect(await service.live.presence.holds({ account: 'samir' as AccountId })).toBe(true);
    const unproved = await connectCounsellor(service, lien);
    await service.advance(5_000);
    unproved.leave();
    await service.advance(sessionMs - 10_000);
    expect(await statusOf(lien.cookie)).toBe(200); // looked at shortly before its end
    await service.advance(5_000);
    expect(await statusOf(lien.cookie)).toBe(401);
  });
});
