import { Problem } from '@clbchat/server/kernel/failure';
import { emptyLive } from '@clbchat/server/live/record';
import { memoryStore } from '@clbchat/server/store.memory';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectCounsellor, deskOpens, signIn } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const ask = async (cookie: string) =>
  (await request(service, 'GET', '/api/demo/session', { headers: { ...fromOurPage(service), cookie } })).status;
const renew = (cookie: string) =>
  request(service, 'POST', '/api/session/renew', { headers: { ...fromOurPage(service), cookie }, body: '{}' });
const rows = async () => (await service.records.list('session')).map(({ id }) => id);

describe('[A14] a session at which nobody is', () => {
  test('is over half an hour after the last request, wherever it is asked for, and gone from the records within a minute', async () => {
    const { sessionIdleMs, sessionCheckEveryMs } = service.limits;
    await service.advance(sessionCheckEveryMs / 2); // between two looks: each way in says so by itself
    const [lien, samir, noor] = [await signIn(service), await signIn(service, 'samir'), await signIn(service, 'noor')];
    await service.advance(sessionIdleMs - 1);
    expect(await rows()).toHaveLength(3);
    expect(await ask(lien.cookie)).toBe(200);
    await service.advance(1);
    expect([await ask(lien.cookie), await ask(samir.cookie), (await renew(noor.cookie)).status]).toEqual([
      200, 401, 401,
    ]);
    await expect(connectCounsellor(service, noor)).rejects.toThrow('no_cert');
    await service.advance(sessionCheckEveryMs);
    expect(await rows()).toEqual([lien.binding]);
    await service.advance(sessionIdleMs);
    expect(await rows()).toEqual([]);
    expect(await ask(lien.cookie)).toBe(401);
  });

  test('stays while a console of it is open, and is counted from when that went', async () => {
    const { sessionIdleMs, sessionCheckEveryMs } = service.limits;
    const desk = await deskOpens(service);
    const { cookie } = desk.signedIn;
    await service.advance(3 * sessionIdleMs);
    expect(desk.socket.connected).toBe(true);
    desk.socket.disconnect();
    await service.advance(sessionIdleMs - 2 * sessionCheckEveryMs);
    expect(await rows()).toHaveLength(1);
    await service.advance(3 * sessionCheckEveryMs);
    expect(await ask(cookie)).toBe(401);
    expect(await rows()).toEqual([]);
  });

  test('that was renewed is counted anew, and whoever never came with the new cookie is out as well', async () => {
    const { sessionIdleMs } = service.limits;
    const lien = await signIn(service);
    await service.advance(sessionIdleMs - 1);
    const cookie = ((await renew(lien.cookie)).headers['set-cookie']?.[0] ?? '').split(';')[0]!;
    await service.advance(sessionIdleMs);
    expect(await ask(cookie)).toBe(401);
  });

  test('is over half an hour after the live store was lost, when nobody comes back after that either', async () => {
    await service.stop();
    const live = emptyLive();
    service = await startService({ store: (needs) => memoryStore(needs, live) });
    const { sessionIdleMs, sessionCheckEveryMs } = service.limits;
    const lien = await signIn(service);
    await service.advance(sessionIdleMs - 1);
    live.awake.clear(); // its Redis was restarted
    await service.advance(sessionIdleMs);
    expect(await rows()).toEqual([lien.binding]);
    await service.advance(2 * sessionCheckEveryMs);
    expect(await rows()).toEqual([]);
    expect(await ask(lien.cookie)).toBe(401);
  });

  test('puts nobody out while the live store does not say', async () => {
    await service.stop();
    let silent = false;
    service = await startService({
      store: (needs) => {
        const store = memoryStore(needs);
        const { presence } = store;
        const unless = async <Value>(answer: Promise<Value>) => {
          if (silent) throw new Problem('unavailable');
          return answer;
        };
        return {
          ...store,
          presence: {
            ...presence,
            awake: (session) => unless(presence.awake(session)),
            idle: (input) => unless(presence.idle(input)),
          },
        };
      },
    });
    const lien = await signIn(service);
    silent = true;
    await service.advance(2 * service.limits.sessionIdleMs);
    expect(await ask(lien.cookie)).toBe(200);
    expect(service.said()).not.toContain('a job failed');
  });
});
