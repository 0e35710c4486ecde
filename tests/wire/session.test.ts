import { Problem } from '@clbchat/server/kernel/failure';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectCounsellor, demoProof, deskOpens, signIn, visitorWaits } from '../support/clients.ts';
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
    let isIn = false;
    let answers: (() => void) | null = null;
    const there = new Promise<void>((resolve) => (asked = resolve));
    service = await startService({
      async records(clock) {
        const records = memoryRecords(clock);
        return {
          ...records,
          async get(name) {
            const found = await records.get(name);
            if (name.kind !== 'session' || !isIn || answers) return found;
            const held = new Promise<void>((resolve) => (answers = resolve));
            asked();
            await held; // the answer was on its way when she signed out
            return found;
          },
        };
      },
    });
    const { cookie } = await signIn(service);
    isIn = true;
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

  test('one that was let in while she signed out is closed, too', async () => {
    await service.stop();
    const held: (() => void)[] = [];
    let holds = false;
    service = await startService({
      async records(clock) {
        const records = memoryRecords(clock);
        return {
          ...records,
          async get(name) {
            const found = await records.get(name);
            if (holds && name.kind === 'account') await new Promise<void>((turn) => held.push(turn));
            return found;
          },
        };
      },
    });
    const lien = await signIn(service);
    holds = true;
    const coming = connectCounsellor(service, lien);
    await expect.poll(() => held.length).toBe(1);
    const headers = { ...fromOurPage(service), cookie: lien.cookie };
    const out = request(service, 'POST', '/api/demo/sign-out', { headers, body: '{}' });
    await expect.poll(() => held.length).toBe(2);
    holds = false;
    for (const turn of held) turn(); // both answers of the records in one packet
    expect((await out).status).toBe(204);
    const line = await coming.catch(String);
    if (typeof line === 'string') expect(line).toContain('no_cert');
    else expect(await line.closed).toBe('io server disconnect');
  });

  test('what cannot be read of one account keeps nobody else’s socket open', async () => {
    await service.stop();
    let records = memoryRecords(service.clock);
    service = await startService({ records: async (clock) => (records = memoryRecords(clock)) });
    const [lien, samir] = [await deskOpens(service, 'lien'), await deskOpens(service, 'samir')];
    const write = async (kind: 'account' | 'session', id: string, text: string | null) => {
      const row = await records.get({ kind, id });
      await records.write([{ kind, id, rev: row!.rev, text }], null);
    };
    await write('account', 'lien', '{"name":"Lien","of":"a later release"}');
    await write('session', samir.signedIn.binding, null); // signed out at another process
    await service.advance(service.limits.sessionCheckEveryMs);
    expect(await samir.closed).toBe('io server disconnect');
    expect(await lien.ask('desk:state', {})).toMatchObject({ ok: true });
  });

  test('sessions that end by themselves end while the records are silent, too', async () => {
    await service.stop();
    let silent = false;
    let asked = 0;
    service = await startService({
      limits: { sessionMs, sessionHeldMsMax: 0 },
      async records(clock) {
        const records = memoryRecords(clock);
        const get: typeof records.get = async (name) => {
          if (!silent) return records.get(name);
          asked += 1;
          for (let turn = 0; turn < 20 * asked; turn += 1) await Promise.resolve(); // one refusal after the other
          throw new Problem('unavailable');
        };
        return { ...records, get };
      },
    });
    const desks = [await deskOpens(service, 'lien'), await deskOpens(service, 'samir')];
    silent = true;
    await service.advance(sessionMs + service.limits.sessionCheckEveryMs);
    expect(await Promise.all(desks.map(({ closed }) => closed))).toEqual(Array(2).fill('io server disconnect'));
  });

  test('[A11] signing in anew ends the session that the browser had', async () => {
    const lien = await signIn(service);
    const body = JSON.stringify({ who: 'lien', ...(await demoProof(lien.device)) });
    const headers = { ...fromOurPage(service), cookie: lien.cookie };
    expect((await request(service, 'POST', '/api/demo/sign-in', { headers, body })).status).toBe(200);
    await expect(connectCounsellor(service, lien)).rejects.toThrow('no_cert');
  });

  test('[N13] invented cookies keep the records no busier than a tag may', async () => {
    await service.stop();
    let asked = 0;
    service = await startService({
      limits: { postsBurst: 60, postsHouseBurst: 20 },
      async records(clock) {
        const records = memoryRecords(clock);
        return { ...records, get: (name) => ((asked += 1), records.get(name)) };
      },
    });
    asked = 0;
    const look = (n: number) =>
      request(service, 'GET', '/api/demo/session', {
        headers: { ...fromOurPage(service), cookie: `__Host-clb=${String(n).padStart(43, 'x')}` },
      });
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => look(n)));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(100);
    expect(asked).toBeLessThan(100);
  });
});
