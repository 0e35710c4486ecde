import { Writable } from 'node:stream';
import { composeHostPages } from '@clbchat/server/demo/host';
import { listen } from '@clbchat/server/edge/listen';
import { createWaitingRoom } from '@clbchat/server/edge/waitingRoom';
import { openLog } from '@clbchat/server/kernel/log';
import { limits as standard } from '@clbchat/shared/limits';
import { afterEach, describe, expect, test } from 'vitest';
import { connectVisitor, joinInput, newSecrets, visitorWaits } from '../support/clients.ts';
import { request } from '../support/request.ts';
import { fakeClock } from '../support/clock.ts';
import { startService, type TestService } from '../support/service.ts';
import { fakeTimers } from '../support/timers.ts';

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

  const full = { ...limits, newVisitsPerTagMax: 1 };
  const asksToJoin = async () => {
    const client = await connectVisitor(service);
    const input = await joinInput(await newSecrets());
    return { client, again: () => client.ask('visit:join', input) };
  };
  const waiting = async () => (await service.live.queue.facts()).places.length;

  test('[N28] pages that went keep no turn: whoever comes then is next', async () => {
    service = await startService({ limits: full });
    await visitorWaits(service);
    const gone = await Promise.all(Array.from({ length: 40 }, asksToJoin));
    for (const { again } of gone) again().catch(() => undefined);
    await service.advance(0);
    const pupil = await asksToJoin();
    const joined = pupil.again();
    await service.advance(0);
    for (const { client } of gone) client.leave();
    await service.advance(0);
    await service.advance(service.limits.newVisitsSlowedMs);
    expect(await joined).toMatchObject({ ok: true });
    expect(await waiting()).toBe(2);
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

describe('who waits for a turn', () => {
  const bounds = { ...standard, newVisitsSlowedMs: 10_000, newVisitsHeldMs: 6_000, newVisitsWaitingMax: 3 };
  function room() {
    service = { stop: async () => undefined } as TestService;
    const timers = fakeTimers(fakeClock(), async () => undefined);
    const { turn } = createWaitingRoom(bounds, timers);
    const heard: string[] = [];
    const comes = (name: string) => {
      const guest = { tag: 'school', whenGone: () => () => undefined };
      return () => void turn(guest).then((isTurn) => heard.push(`${name} ${isTurn ? 'begins' : 'asks again'}`));
    };
    const after = async (ms: number) => {
      await timers.advance(ms);
      return heard.splice(0).toSorted();
    };
    return { comes, after };
  }

  test('[N28] is told so, and has kept its place when it asks again', async () => {
    const { comes, after } = room();
    const [first, second] = [comes('first'), comes('second')];
    first();
    second();
    expect(await after(6_000)).toEqual(['first asks again', 'second asks again']);
    second();
    first();
    expect(await after(4_000)).toEqual(['first begins']);
    expect(await after(2_000)).toEqual(['second asks again']);
    second();
    expect(await after(5_999)).toEqual([]);
  });

  test('[N28] and does not ask keeps nobody from a turn', async () => {
    const { comes, after } = room();
    const [silent, asks] = [comes('silent'), comes('asks')];
    silent();
    asks();
    await after(6_000);
    asks();
    expect(await after(4_000)).toEqual(['asks begins']);
    silent();
    expect(await after(10_000)).toEqual(['silent asks again']);
    silent();
    expect(await after(0)).toEqual([]);
  });

  test('[N28] and does not ask makes room for who does, when as many wait as may', async () => {
    const { comes, after } = room();
    for (const name of ['a', 'b', 'c']) comes(name)();
    await after(6_000);
    const late = comes('late');
    late();
    expect(await after(4_000)).toEqual(['late begins']);
  });

  test('[N28] where all ask and as many wait as may, whoever comes asks again, and begins in the end', async () => {
    const { comes, after } = room();
    for (const name of ['a', 'b', 'c']) comes(name)();
    const late = comes('late');
    late();
    expect(await after(0)).toEqual(['late asks again']);
    await after(6_000);
    late();
    expect(await after(4_000)).toEqual(['late begins']);
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
        const answer = await request(service, 'GET', '/status/demo', { headers });
        expect(answer.status).toBe(200);
      }
      expect(service.said().match(/TRUSTED_HOPS/g)).toHaveLength(1);
      expect(service.said()).not.toContain('192.0.2.1');
      expect((await visitorWaits(service, { headers })).socket.connected).toBe(true);
    },
  );
});

test('[N30] whoever watches the process asks it past the proxy, and that is no sign that one is missing; through a wrong one it is', async () => {
  service = await startService({ trustedHops: 2 });
  for (const path of ['/live', '/ready']) await request(service, 'GET', path, {});
  expect(service.said()).not.toContain('TRUSTED_HOPS');
  await request(service, 'GET', '/ready', { headers: { 'x-forwarded-for': '192.0.2.1' } });
  expect(service.said().match(/TRUSTED_HOPS/g)).toHaveLength(1);
});

test.each([
  ['behind a proxy', { 'x-forwarded-for': '192.0.2.1', forwarded: 'for=192.0.2.1' }],
  ['asked by nobody but her', {}],
])('[N53] %s, the school’s page is shown, and nobody reads that a proxy is missing', async (_how, headers) => {
  const clock = fakeClock();
  let said = '';
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      said += chunk.toString();
      done();
    },
  });
  const log = openLog({ clock, level: 'info', to });
  const place = { chat: () => 'https://chat.example.be', site: 'demo', pins: [], widget: '/nowhere' };
  const school = composeHostPages({ clock, limits: standard, log, ...place });
  service = { stop: () => school.app.close() } as unknown as TestService;
  const port = await listen(school, ['127.0.0.1'], 0);
  for (const path of ['/', '/smartschool', '/']) {
    const { status, body } = await request({ port }, 'GET', path, { headers });
    expect([status, body.includes('https://chat.example.be/')]).toEqual([200, true]);
  }
  expect(said).toBe('');
});
