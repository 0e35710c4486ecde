import { Problem } from '@clbchat/server/kernel/failure';
import { memoryStore } from '@clbchat/server/store.memory';
import { frameId } from '@clbchat/shared/protocol/frame';
import { refused } from '@clbchat/shared/protocol/wire';
import { afterEach, describe, expect, test } from 'vitest';
import { deskOpens, joinInput, newSecrets, visitorWaits } from '../support/clients.ts';
import { request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { talks } from '../support/talk.ts';

let service: TestService;
afterEach(() => service.stop());

describe('what reaches the store', () => {
  test('[N31] the goodbye of a page is answered 204 when the store does not answer, and once more when it is broken', async () => {
    let failure: Error = new Problem('unavailable');
    service = await startService({
      store: (needs) => {
        const live = memoryStore(needs);
        const fails = async () => Promise.reject(failure);
        return { ...live, visit: { ...live.visit, end: fails, unload: fails } };
      },
    });
    const { visitId, token } = await newSecrets();
    const headers = { origin: service.origin, 'content-type': 'text/plain' };
    const says = (why: string) =>
      request(service, 'POST', '/api/visit/leave', { headers, body: JSON.stringify({ visitId, token, why }) });
    for (const why of ['left', 'unload', 'quick_exit', 'nonsense']) expect((await says(why)).status).toBe(204);
    const sends = (body: string, type: string) =>
      request(service, 'POST', '/api/visit/leave', { headers: { ...headers, 'content-type': type }, body });
    expect((await sends('x'.repeat(2_000), 'text/plain')).status, 'too long').toBe(204);
    expect((await sends('{}', 'application/xml')).status, 'of another kind').toBe(204);
    expect((await sends('{', 'application/json')).status, 'half').toBe(204);
    expect(service.said()).toBe(''); // that was said once when the store went
    failure = new Error('broken');
    expect((await says('left')).status).toBe(204);
    expect(service.said()).toContain('"event":"/api/visit/leave"');
  });

  test.each(['\ud800', 'v1:AAAAAAAAAAA:1 ', 'v1:AAAAAAAAAA\ud800:1', 'x', `v1:AAAAAAAAAAA:${'1'.repeat(30)}`])(
    '[N32] %j is no id of a frame, on either side',
    async (id) => {
      service = await startService();
      const visitor = await visitorWaits(service);
      const desk = await deskOpens(service, 'lien', { status: 'paused' });
      expect(await visitor.send('talk:since', { seq: 0, id })).toEqual(refused('malformed'));
      const on = { visitId: visitor.visitId, hold: 1 };
      expect(await desk.send('talk:since', { ...on, seq: 0, id })).toEqual(refused('malformed'));
    },
  );

  test('[N32] the longest id of a frame is one', async () => {
    service = await startService();
    const visitor = await visitorWaits(service);
    const id = frameId({ side: 'v', epoch: 65_535, stream: 'A'.repeat(11), n: 4_294_967_295 });
    expect(await visitor.ask('talk:since', { seq: 0, id })).toMatchObject({ ok: true });
  });

  test('[N20 V10] who joins again while it talks stays at its desk, and is asked for signs of life', async () => {
    service = await startService();
    const visitor = await visitorWaits(service);
    const desk = await deskOpens(service);
    await talks(desk, visitor);
    expect(await visitor.ask('visit:join', await joinInput(visitor.secrets))).toMatchObject({ ok: true });
    visitor.pulses = false;
    let asked = 0;
    visitor.socket.on('presence:pulse', () => (asked += 1));
    await service.advance(2 * service.limits.pulseEveryMs);
    await expect.poll(() => asked).toBeGreaterThan(0);
  });
});
