import { afterEach, describe, expect, test } from 'vitest';
import { connectVisitor, joinInput, newSecrets, visitorWaits } from '../support/clients.ts';
import { request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

describe('many new visits of one address', () => {
  const limits = { newVisitsPerTagMax: 2, newVisitsWindowMs: 600_000 };

  test('[N28] past the number they begin one a second, and none is refused', async () => {
    service = await startService({ limits });
    await visitorWaits(service);
    await visitorWaits(service);
    const joins = [];
    for (let each = 0; each < 3; each += 1) {
      const client = await connectVisitor(service);
      joins.push(client.ask('visit:join', await joinInput(await newSecrets())));
    }
    const places = async () => (await service.live.queue.facts()).places.length;
    await service.advance(0);
    let have = await places();
    expect(have).toBe(2);
    for (let second = 0; have < 5 && second < 20; second += 1) {
      await service.advance(service.limits.newVisitsSlowedMs);
      const next = await places();
      expect(next - have).toBeLessThanOrEqual(1);
      have = next;
    }
    expect(await Promise.all(joins)).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
  });

  test('[N28] a page that went while it waited for its turn does not join', async () => {
    service = await startService({ limits: { ...limits, newVisitsPerTagMax: 1 } });
    await visitorWaits(service);
    const client = await connectVisitor(service);
    client.socket.emit('visit:join', await joinInput(await newSecrets()), () => undefined);
    await service.advance(0);
    client.leave();
    await service.advance(0);
    await service.advance(service.limits.newVisitsSlowedMs);
    expect((await service.live.queue.facts()).places).toHaveLength(1);
  });
});

describe('behind proxies of our own', () => {
  const limits = { socketsMax: 4, socketsPerTagMax: 1 };
  const comes = (forwarded: string) => visitorWaits(service, { headers: { 'x-forwarded-for': forwarded } });

  test('[N29] people are counted by the address that the outermost of them saw, and nobody by what she wrote herself', async () => {
    service = await startService({ limits, trustedHops: 2 });
    await comes('192.0.2.1, 10.0.0.1');
    await comes('192.0.2.2, 10.0.0.1');
    await expect(comes('192.0.2.2:4711, 10.0.0.1')).rejects.toThrow('full_house');
    await expect(comes('192.0.2.9, 192.0.2.2, 10.0.0.1')).rejects.toThrow('full_house');
    await expect(comes('evil, [::ffff:c000:202]:80, 10.0.0.1')).rejects.toThrow('full_house');
    await comes('192.0.2.2, 192.0.2.3, 10.0.0.1');
    expect(service.said()).toBe('');
  });

  test('[N29] no address is looked for in more than the end of the header', async () => {
    service = await startService({ limits, trustedHops: 1 });
    for (const mark of ['a', 'b', 'c']) await comes(`${mark.repeat(2_000)}, 192.0.2.1`).catch(() => undefined);
    await expect(comes('192.0.2.1')).rejects.toThrow('full_house');
  });

  test.each([
    ['fewer entries than proxies', 2, { 'x-forwarded-for': '192.0.2.1' }],
    ['entries where no proxy should be', 0, { 'x-forwarded-for': '192.0.2.1' }],
    ['the newer header where no proxy should be', 0, { forwarded: 'for=192.0.2.1' }],
    ['no entry at all', 1, {}],
  ])(
    '[N30] %s: answered, logged once and not by name, and no limit is another',
    async (_what, trustedHops, headers) => {
      service = await startService({ trustedHops });
      for (let each = 0; each < 3; each += 1) {
        const answer = await request(service, 'GET', '/live', { headers });
        expect(answer.status).toBe(200);
      }
      expect(service.said().match(/TRUSTED_HOPS/g)).toHaveLength(1);
      expect(service.said()).not.toContain('192.0.2.1');
      expect((await visitorWaits(service, { headers })).socket.connected).toBe(true);
    },
  );
});
