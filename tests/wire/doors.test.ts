import { connect, type Socket } from 'node:net';
import { createQueues } from '@clbchat/server/edge/queued';
import { limits as standard } from '@clbchat/shared/limits';
import { digestOf } from '@clbchat/shared/digest';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { connectVisitor, deskOpens, newSecrets, signIn, visitorReturns, visitorWaits } from '../support/clients.ts';
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
    tag,
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
    const late = queue('a', 20, went);
    queues.watch(late);
    queues.sweep();
    expect(went.slice(1)).toEqual(['c 101', 'a 90', 'a 20']);
    queues.forget(late);
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
    service = await startService({ limits: { socketsMax: 3, socketsKeptMax: 0 } });
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

  test('[N26] of who waits in it: who is about to say who she is stays while others knock, as long as room is kept', async () => {
    service = await startService({ limits: { socketsMax: 2, socketsKeptMax: 2 } });
    for (const from of ['127.0.0.3', '127.0.0.4']) await visitorWaits(service, { from });
    const hers = await openRaw(service, { from: here });
    const others = await openRaw(service, { from: elsewhere });
    await request(service, 'GET', '/live');
    expect(await Promise.all([hers, others].map(isOpen))).toEqual([true, true]);
    // past that the one who knocked first makes room
    await openRaw(service, { from: '127.0.0.5' });
    await hers.closed;
  });

  test('[N26] of who waits in it: who comes back to a visit that waits takes half of the kept room, and the rest is for who works here or talks', async () => {
    service = await startService({ limits: { socketsMax: 6, socketsKeptMax: 4 } });
    const desk = await deskOpens(service, await signIn(service, 'lien'));
    const talking = await visitorWaits(service, { from: here });
    await talks(desk, talking);
    talking.leave();
    let n = 3;
    const comes = () => visitorWaits(service, { from: `127.0.0.${(n += 1)}` });
    const gone = [await comes(), await comes(), await comes(), await comes()];
    for (const one of gone) one.leave();
    await vi.waitFor(async () => void (await comes())); // those who left are gone from the house
    const fills = async () => {
      for (;;) await comes();
    };
    await expect(fills()).rejects.toThrow('full_house');
    const back = await Promise.allSettled(
      gone.map(({ secrets }) => visitorReturns(service, secrets, { from: elsewhere })),
    );
    expect(back.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    await visitorReturns(service, talking.secrets, { from: here });
    await deskOpens(service, await signIn(service, 'samir'));
  });

  test('[N25 N26] of who says nothing in it: who is new comes in all the same, and who comes back to a visit that waits', async () => {
    service = await startService({ limits: { socketsMax: 4, socketsKeptMax: 2 } });
    const waiting = [];
    for (const from of ['127.0.0.3', '127.0.0.4']) waiting.push(await visitorWaits(service, { from }));
    for (let each = 0; each < 4; each += 1) await openRaw(service, { from: `127.0.0.${10 + each}` });
    await visitorWaits(service, { from: '127.0.0.5' });
    waiting[0]!.leave();
    await visitorReturns(service, waiting[0]!.secrets, { from: elsewhere });
    expect(waiting[1]!.socket.connected).toBe(true);
  });

  test('[N25] of who was let in and joined nothing: of the network of which most are here one goes for who is new, of equals nobody', async () => {
    service = await startService({ limits: { socketsMax: 4, socketsKeptMax: 4 } });
    const comes = (from: string) => connectVisitor(service, { from });
    const alone = await comes(elsewhere);
    const many = [await comes(here), await comes(here), await comes(here)];
    const fresh = await comes('127.0.0.5');
    await vi.waitFor(() => expect(many.map(({ socket }) => socket.connected)).toEqual([false, true, true]));
    await comes('127.0.0.6');
    await vi.waitFor(() => expect(many.map(({ socket }) => socket.connected)).toEqual([false, false, true]));
    await expect(comes('127.0.0.7')).rejects.toThrow('full_house');
    await expect(comes(here)).rejects.toThrow('full_house');
    expect([alone, fresh].map(({ socket }) => socket.connected)).toEqual([true, true]);
  });

  test('[N25 N51] of who was let in and joined nothing: nobody goes for a knock that is refused for its rate', async () => {
    // an address has one connection while others have had more than half of ten
    const rates = { connectsBurst: 1, connectsPerSecond: 1e-9, connectsHouseBurst: 10, connectsHousePerSecond: 1e-9 };
    service = await startService({ limits: { socketsMax: 6, socketsKeptMax: 4, ...rates } });
    const comes = (from: string) => connectVisitor(service, { from });
    const school = [];
    for (let each = 0; each < 5; each += 1) school.push(await comes(here));
    await comes(elsewhere);
    for (let each = 0; each < 3; each += 1) await expect(comes(elsewhere)).rejects.toThrow('too_fast');
    const answers = await Promise.all(school.map((one) => one.ask('visit:state', {})));
    expect(answers, 'all are there').toEqual(Array(5).fill({ ok: false, code: 'stage' }));
  });

  test.each([
    ['a visitor’s that is none', '/visitor', '{"colour":"red"}', 'malformed'],
    ['a console’s of nobody', '/counsellor', '{}', 'no_cert'],
  ])(
    '[N25] of who was let in and joined nothing: nobody goes for a knock that is refused for what it says: %s',
    async (_what, namespace, auth, code) => {
      service = await startService({ limits: { socketsMax: 6, socketsKeptMax: 4 } });
      const comes = (from: string) => connectVisitor(service, { from });
      const school: Awaited<ReturnType<typeof comes>>[] = [];
      for (let each = 0; each < 6; each += 1) school.push(await comes(here));
      for (let each = 0; each < 3; each += 1) {
        const raw = await openRaw(service, { from: elsewhere });
        await raw.hears('0{');
        raw.text(`40${namespace},${auth}`);
        expect(await raw.hears('44')).toBe(`44${namespace},{"message":"${code}"}`);
      }
      await school.at(-1)!.ask('visit:state', {});
      expect(school.filter(({ socket }) => !socket.connected)).toHaveLength(0);
      const answers = await Promise.all(school.map((one) => one.ask('visit:state', {})));
      expect(answers, 'all are there').toEqual(Array(6).fill({ ok: false, code: 'stage' }));
      await comes(elsewhere);
      await vi.waitFor(() =>
        expect(school.map(({ socket }) => socket.connected)).toEqual([false, ...Array<true>(5).fill(true)]),
      );
    },
  );

  test('[N25 N26] of who says what is not so: that takes no room once it was looked at, whatever the other end does then', async () => {
    service = await startService({ limits: { socketsMax: 2, socketsKeptMax: 2 } });
    const waiting = await visitorWaits(service, { from: elsewhere });
    const headers = { origin: service.origin, 'content-type': 'text/plain' };
    const at = '/rt/?EIO=4&transport=polling';
    for (let each = 0; each < 3; each += 1) {
      const { visitId, token, next } = await newSecrets();
      const { body } = await request(service, 'GET', at, { headers });
      const { sid } = JSON.parse(body.slice(1)) as { sid: string };
      const auth = JSON.stringify({ visitId, token, next: await digestOf(next) });
      // asks for nothing more, so that its session stands until it is cut off
      await request(service, 'POST', `${at}&sid=${sid}`, { headers, body: `40/visitor,${auth}` });
    }
    await visitorWaits(service, { from: '127.0.0.5' });
    waiting.leave();
    await visitorReturns(service, waiting.secrets, { from: '127.0.0.6' });
  });

  test('[N26] of who waits in it: whose page loads anew while its socket stands takes the place of that, and nothing is lost', async () => {
    service = await startService({ limits: { socketsMax: 3, socketsKeptMax: 3 } });
    const waiting = [];
    for (const from of ['127.0.0.3', '127.0.0.4', '127.0.0.5']) waiting.push(await visitorWaits(service, { from }));
    for (const who of ['lien', 'samir'] as const) await deskOpens(service, who, { status: 'paused' });
    const [hers] = waiting;
    const back = await visitorReturns(service, hers!.secrets, { from: '127.0.0.3' });
    expect(await back.hears('visit:attached')).toMatchObject({ stage: 'waiting' });
    await hers!.hears('visit:replaced');
  });

  test('[N26 N41] of who waits in it: nobody who is new, and who works here, or talks and lost her connection, comes in all the same', async () => {
    service = await startService({ limits: { socketsMax: 4, socketsKeptMax: 3 } });
    const desk = await deskOpens(service, await signIn(service, 'lien'));
    const talking = await visitorWaits(service, { from: elsewhere });
    await talks(desk, talking);
    talking.leave(); // her network is gone for a moment
    const many: Awaited<ReturnType<typeof visitorWaits>>[] = [];
    const comes = async () => void many.push(await visitorWaits(service, { from: `127.0.0.${many.length + 3}` }));
    const fills = async () => {
      while (many.length < 9) await comes();
    };
    await expect(fills()).rejects.toThrow('full_house');
    for (let times = 0; times < 3; times += 1) await expect(comes()).rejects.toThrow('full_house');
    const back = await visitorReturns(service, talking.secrets, { from: here });
    expect(await back.hears('visit:attached')).toMatchObject({ stage: 'talking' });
    const other = await deskOpens(service, await signIn(service, 'samir'));
    expect(other.state.queue).toHaveLength(many.length);
    for (const { socket } of many) expect(socket.connected).toBe(true);
  });

  test.each([
    '',
    '&sid=',
    '&sid=&sid=x',
    '&sid=x&sid=',
    '#&sid=x',
    '&t=#&sid=x',
    '&sid',
    '&sid=x&sid=y',
    '&EIO=4&sid=x',
  ])(
    '[N25 N42] whatever a handshake says of a session that it does not have, a full house is full: "%s"',
    async (more) => {
      service = await startService({ limits: { socketsMax: 2, socketsKeptMax: 0 } });
      for (let each = 0; each < 2; each += 1) await visitorWaits(service, { from: elsewhere });
      const at = `/rt/?EIO=4&transport=polling${more}`;
      const answer = await request(service, 'GET', at, { headers: { origin: service.origin } });
      expect(answer.status).toBe(more === '' ? 503 : 403);
    },
  );

  test('[N25 N26] one address has its share of sessions while the house is more than half full, and no share before', async () => {
    service = await startService({ limits: { socketsMax: 6, socketsPerTagMax: 2 } });
    for (let each = 0; each < 3; each += 1) await visitorWaits(service, { from: here });
    await expect(connectVisitor(service, { from: here })).rejects.toThrow('full_house');
    const back = await visitorWaits(service, { from: elsewhere });
    const again = await visitorReturns(service, back.secrets, { from: here }); // she is somebody
    expect(again.socket.connected).toBe(true);
  });

  test('[N25] of strangers one address has its share while the house is more than half full, and no share before', async () => {
    service = await startService({ limits: { unauthenticatedMax: 8, strangersPerTagMax: 2 } });
    const comes = (from: string) => openRaw(service, { from });
    const many = [await comes(here), await comes(here), await comes(here)];
    const others = [await comes(elsewhere)];
    expect(await Promise.all([...many, ...others].map(isOpen))).toEqual([true, true, true, true]);
    others.push(await comes('127.0.0.3'));
    many.push(await comes(here));
    expect(await Promise.all(others.map(isOpen))).toEqual([true, true]);
    expect(await Promise.all(many.map(isOpen))).toEqual([false, true, true, true]);
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

describe('who is nobody', () => {
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
});
