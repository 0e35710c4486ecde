import { memoryRecords } from '@clbchat/server/records/records.model';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectCounsellor, deskOpens, signIn, visitorWaits } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

const sessionMs = 150_000;
const sessionHeldMsMax = 300_000;
let service: TestService;
beforeEach(async () => {
  service = await startService({ limits: { sessionMs, sessionHeldMsMax } });
});
afterEach(() => service.stop());

describe('[N16] a socket does not outlive its session', () => {
  test('one that ended by itself is closed at the next look, not before, and opens nothing more', async () => {
    const desk = await deskOpens(service);
    await service.advance(sessionMs - 1);
    expect(await desk.ask('desk:state', {})).toMatchObject({ ok: true });
    await service.advance(service.limits.sessionCheckEveryMs + 1_000);
    expect(await desk.closed).toBe('io server disconnect');
    await expect(deskOpens(service, desk.signedIn)).rejects.toThrow('no_cert');
  });

  test('whom she held is told and comes to the front, as after any console that is gone', async () => {
    const visitor = await visitorWaits(service);
    const desk = await deskOpens(service);
    await talks(desk, visitor);
    await service.advance(sessionMs + sessionHeldMsMax + service.limits.sessionCheckEveryMs);
    await desk.closed;
    expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'talking' });
    await service.advance(70_000);
    await visitor.hears('peer:silent');
    expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'waiting', ahead: 0 });
  });

  test('one that is signed out while its socket is let in has none', async () => {
    await service.stop();
    let asked: () => void = () => undefined;
    let answers: (() => void) | null = null;
    const there = new Promise<void>((resolve) => (asked = resolve));
    service = await startService({
      async records(clock) {
        const records = memoryRecords(clock);
        return {
          ...records,
          async get(name) {
            const found = await records.get(name);
            if (name.kind !== 'session' || answers) return found;
            const held = new Promise<void>((resolve) => (answers = resolve));
            asked();
            await held; // the answer was on its way when she signed out
            return found;
          },
        };
      },
    });
    const { cookie } = await signIn(service);
    const coming = connectCounsellor(service, { cookie });
    coming.catch(() => undefined);
    await there;
    const headers = { ...fromOurPage(service), cookie };
    await request(service, 'POST', '/api/demo/sign-out', { headers, body: '{}' });
    (answers as (() => void) | null)?.();
    await expect(coming).rejects.toThrow('no_cert');
  });

  test('signing out closes every socket of that session at once, and of no other', async () => {
    const lien = await signIn(service, 'lien');
    const [desk, unproved] = [
      await deskOpens(service, lien),
      await connectCounsellor(service, { cookie: lien.cookie }),
    ];
    const samir = await deskOpens(service, 'samir');
    const atMs = service.clock.nowMs();
    const headers = { ...fromOurPage(service), cookie: lien.cookie };
    await request(service, 'POST', '/api/demo/sign-out', { headers, body: '{}' });
    expect(await Promise.all([desk.closed, unproved.closed])).toEqual(Array(2).fill('io server disconnect'));
    expect(service.clock.nowMs(), 'and no timer had to run').toBe(atMs);
    await service.advance(service.limits.sessionCheckEveryMs);
    expect(await samir.ask('desk:state', {})).toMatchObject({ ok: true });
  });
});
