import { connect, type Socket } from 'node:net';
import { createQueues } from '@clbchat/server/edge/queued';
import { Problem } from '@clbchat/server/kernel/failure';
import { memoryStore } from '@clbchat/server/store.memory';
import { limits as standard } from '@clbchat/shared/limits';
import { frameId } from '@clbchat/shared/protocol/frame';
import { refused } from '@clbchat/shared/protocol/wire';
import { digestOf } from '@clbchat/shared/digest';
import { afterEach, describe, expect, test } from 'vitest';
import {
  connectCounsellor,
  connectVisitor,
  deskOpens,
  joinInput,
  newSecrets,
  signIn,
  visitorReturns,
  visitorWaits,
} from '../support/clients.ts';
import { openRaw, rawVisitor } from '../support/rawSocket.ts';
import { request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { talks } from '../support/talk.ts';

let service: TestService;
afterEach(() => service.stop());

const here = '127.0.0.1';
const elsewhere = '127.0.0.2';
const isOpen = (raw: { closed: Promise<unknown> }) =>
  Promise.race([raw.closed.then(() => false), new Promise((later) => setTimeout(later, 50)).then(() => true)]);

describe('control frames', () => {
  test('[N23] a few pings are answered, and who goes on is cut off', async () => {
    service = await startService();
    const raw = await rawVisitor(service);
    for (let ping = 0; ping < service.limits.controlFramesBurst; ping += 1) raw.frame('', { opcode: 9 });
    raw.text('42/visitor,1["visit:state",{}]');
    await raw.hears('43/visitor,1[');
    raw.frame('', { opcode: 9 });
    await raw.closed;
  });

  test('[N23] pongs that nobody asked for count as well', async () => {
    service = await startService();
    const raw = await rawVisitor(service);
    for (let pong = 0; pong <= service.limits.controlFramesBurst; pong += 1) raw.frame('x', { opcode: 10 });
    await raw.closed;
  });

  test('[N23] a message in a thousand empty pieces is not waited for', async () => {
    service = await startService();
    const raw = await rawVisitor(service);
    raw.frame('', { opcode: 1, fin: false });
    for (let piece = 0; piece <= service.limits.fragmentsMax; piece += 1) raw.frame('', { opcode: 0, fin: false });
    await raw.closed;
  });
});

describe('a peer that does not read', () => {
  test('[N24] is cut off by the answers that it asks for, before they are many', async () => {
    service = await startService({ limits: { queuedBytesMax: 4_096, packetsBurst: 1_000_000 } });
    const raw = await rawVisitor(service);
    raw.stall();
    let asked = 0;
    const ended = raw.closed.then(() => true);
    const over = () => Promise.race([ended, new Promise<false>((next) => setImmediate(() => next(false)))]);
    // the system itself keeps some megabytes for a connection
    const many = Array.from({ length: 500 }, (_, at) => `42/visitor,${at}["visit:state",{}]`);
    while (!(await over()) && asked < 2_000_000) {
      for (const text of many) raw.text(text);
      asked += many.length;
    }
    expect(await isOpen(raw)).toBe(false);
  });

  test('[N24] is cut off in long polling too, where nothing leaves before it asks', async () => {
    service = await startService({ limits: { queuedBytesMax: 2_000, packetsBurst: 1_000_000 } });
    const at = '/rt/?EIO=4&transport=polling';
    const headers = { origin: service.origin, 'content-type': 'text/plain' };
    const opened = await request(service, 'GET', at, { headers });
    const { sid } = JSON.parse(opened.body.slice(1)) as { sid: string };
    const post = (body: string) => request(service, 'POST', `${at}&sid=${sid}`, { headers, body });
    await post('40/visitor,{}');
    await request(service, 'GET', `${at}&sid=${sid}`, { headers });
    const asks = Array.from({ length: 20 }, (_, id) => `42/visitor,${id}["visit:state",{}]`).join('\x1e');
    let status = 200;
    for (let round = 0; status === 200 && round < 20; round += 1) status = (await post(asks)).status;
    expect(status).toBe(400); // nobody knows that session any more
  });
});

describe('everything that waits together', () => {
  const queue = (tag: string, bytes: number, went: string[]) => ({
    tag: () => tag,
    bytes: () => bytes,
    cut: () => void went.push(`${tag} ${bytes}`),
  });
  test('[N24] is bounded: the fullest tag is cut off, and whoever alone has too much', () => {
    const queues = createQueues({ ...standard, queuedBytesMax: 100, queuedBytesHouseMax: 200 });
    const went: string[] = [];
    for (const [tag, bytes] of [
      ['a', 90],
      ['b', 50],
      ['b', 50],
      ['b', 0],
      ['c', 101],
    ] as const)
      queues.watch(queue(tag, bytes, went));
    queues.sweep();
    expect(went).toEqual(['c 101']);
    const stop = queues.watch(queue('a', 20, went));
    queues.sweep();
    expect(went.slice(1)).toEqual(['c 101', 'a 90', 'a 20']);
    stop();
    service = { stop: async () => undefined } as TestService;
  });
});

describe('a house that is full', () => {
  test('[N25 N26] of strangers of one address: its own oldest goes, and newcomers, visitors and counsellors come in', async () => {
    service = await startService({ limits: { unauthenticatedMax: 4 } });
    const waiting = await visitorWaits(service, { from: elsewhere });
    const signedIn = await signIn(service);
    const strangers = [];
    for (let each = 0; each < 8; each += 1) strangers.push(await openRaw(service, { from: here }));
    expect(await Promise.all(strangers.map(isOpen))).toEqual([false, false, false, false, true, true, true, true]);

    const newcomer = await visitorWaits(service, { from: '127.0.0.3' });
    expect(newcomer.socket.connected).toBe(true);
    const back = await visitorReturns(service, waiting.secrets, { from: elsewhere });
    expect(await back.hears('visit:attached')).toMatchObject({ stage: 'waiting' });
    const desk = await deskOpens(service, signedIn);
    expect(desk.state.queue).toHaveLength(2);
  });

  test('[N25] the one address that fills it loses its own, though somebody else came first and is nobody either', async () => {
    service = await startService({ limits: { unauthenticatedMax: 4 } });
    const first = await openRaw(service, { from: elsewhere });
    const many = [];
    for (let each = 0; each < 6; each += 1) many.push(await openRaw(service, { from: here }));
    expect(await Promise.all([first, ...many].map(isOpen))).toEqual([true, false, false, false, true, true, true]);
  });

  test('[N25] of sessions: whoever is somebody stays, and strangers make room for whoever comes', async () => {
    service = await startService({ limits: { socketsMax: 3 } });
    const visitors = [await visitorWaits(service), await visitorWaits(service)];
    const stranger = await openRaw(service);
    const third = await visitorWaits(service, { from: elsewhere });
    await stranger.closed;
    for (const { socket } of [...visitors, third]) expect(socket.connected).toBe(true);
    const refused = await openRaw(service);
    expect(refused.answered).toContain('503');
    expect(refused.answered).toContain('x-content-type-options: nosniff');
    const polled = await request(service, 'GET', '/rt/?EIO=4&transport=polling', {
      headers: { origin: service.origin },
    });
    expect([polled.status, polled.body]).toEqual([503, '{"code":"full_house"}']);
  });

  test('[N25] one address has its share of sessions while the house is more than half full, and no share before', async () => {
    service = await startService({ limits: { socketsMax: 6, socketsPerTagMax: 2 } });
    for (let each = 0; each < 3; each += 1) await visitorWaits(service, { from: here });
    await expect(connectVisitor(service, { from: here })).rejects.toThrow('full_house');
    const back = await visitorWaits(service, { from: elsewhere });
    const again = await visitorReturns(service, back.secrets, { from: here }); // she is somebody
    expect(again.socket.connected).toBe(true);
  });

  test('[N25] a visit that is over leaves a stranger behind, which makes room like any other', async () => {
    service = await startService({ limits: { unauthenticatedMax: 1 } });
    const first = await visitorWaits(service);
    await first.ask('visit:end', { why: 'left' });
    await first.hears('visit:stage', ({ stage }) => stage === 'ended');
    await openRaw(service);
    await first.closed;
  });

  test('[N25] of connections of one address that keep asking: they lose their oldest, and others are answered', async () => {
    service = await startService({ limits: { connectionsMax: 4 } });
    const sockets: Socket[] = [];
    const keep = () =>
      new Promise<void>((answered) => {
        const socket = connect({ port: service.port, host: here, localAddress: here });
        socket.once('data', () => answered()).on('error', () => undefined);
        socket.write('GET /live HTTP/1.1\r\nhost: localhost\r\n\r\n');
        sockets.push(socket);
      });
    for (let each = 0; each < 6; each += 1) await keep();
    const other = await openRaw(service, { from: elsewhere });
    expect(other.answered).toContain('101');
    await expect.poll(() => sockets.filter((socket) => socket.closed).length).toBe(3); // the newcomer is one too many as well
    for (const socket of sockets) socket.destroy();
  });

  test('[N26] somebody who polls keeps the connection, whatever strangers of the same address open', async () => {
    service = await startService({ limits: { connectionsMax: 3 } });
    const visitor = await visitorWaits(service, { transports: ['polling'] });
    for (let each = 0; each < 8; each += 1) await request(service, 'GET', '/live');
    const idle = Array.from({ length: 5 }, () => connect(service.port, here).on('error', () => undefined));
    await expect.poll(() => idle.filter((socket) => socket.closed).length).toBeGreaterThan(0);
    expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
    for (const socket of idle) socket.destroy();
  });
});

describe('[N12] who is nobody', () => {
  test('[N27] and says nothing is let go, by WebSocket and by polling, without half a minute for a goodbye', async () => {
    service = await startService();
    const raw = await openRaw(service, { stubborn: true });
    const at = '/rt/?EIO=4&transport=polling';
    const headers = { origin: service.origin };
    const { sid } = JSON.parse((await request(service, 'GET', at, { headers })).body.slice(1)) as { sid: string };
    await service.advance(service.limits.connectWithinMs);
    await raw.closed;
    expect((await request(service, 'GET', `${at}&sid=${sid}`, { headers })).status).toBe(400);
  });

  test('[N27] and leaves the namespace, visitor or console, has no connection any more', async () => {
    service = await startService();
    const raw = await rawVisitor(service);
    raw.text('41/visitor,');
    await raw.closed;
    const { cookie } = await signIn(service);
    const console = await openRaw(service, { headers: { cookie } });
    await console.hears('0{');
    console.text('40/counsellor,{}');
    await console.hears('40/counsellor,');
    console.text('41/counsellor,');
    await console.closed;
  });

  test('[N27] and was refused has no connection any more', async () => {
    service = await startService();
    const { visitId, token, next } = await newSecrets();
    const raw = await openRaw(service);
    await raw.hears('0{');
    raw.text(`40/visitor,${JSON.stringify({ visitId, token, next: await digestOf(next) })}`);
    await raw.hears('44/visitor,');
    await raw.closed;
  });

  test('[N12] a console that does not prove its device, and a visitor that never joins, are let go', async () => {
    service = await startService();
    const { cookie } = await signIn(service);
    const console = await connectCounsellor(service, { cookie });
    const visitor = await connectVisitor(service);
    await service.advance(service.limits.proveWithinMs + 1);
    expect(await console.closed).toBe('io server disconnect');
    expect(visitor.socket.connected).toBe(true);
    await service.advance(service.limits.joinWithinMs);
    expect(await visitor.closed).toBe('io server disconnect');
  });
});

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
