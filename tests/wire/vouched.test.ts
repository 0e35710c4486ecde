import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { visitorWaits } from '../support/clients.ts';
import { idle } from '../support/idle.ts';
import { request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let opened: Socket[] = [];
afterEach(async () => {
  for (const socket of opened) socket.destroy();
  opened = [];
  await service.stop();
});

const connectionsMax = 4;
const isClosed = (socket: Socket) => socket.closed || socket.destroyed;
/** Whoever was pushed out has heard so: long before a connection without a question is let go by itself. */
const settled = async () => {
  for (let turn = 0; turn < 3; turn += 1) await request(service, 'GET', '/live');
  await idle();
};
const left = () => opened.filter((socket) => !isClosed(socket)).length;

/** A connection of its own that asks once and is kept. @returns it when there is an answer, or it is closed */
const asks = (method: string, path: string, { body = '', waits = false } = {}): Promise<Socket> =>
  new Promise((done) => {
    const socket = connect({ port: service.port, host: '127.0.0.1' });
    socket.on('error', () => undefined);
    for (const event of ['data', 'close']) socket.once(event, () => done(socket));
    const head = `${method} ${path} HTTP/1.1\r\nhost: localhost\r\norigin: ${service.origin}\r\ncontent-type: text/plain`;
    socket.write(`${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`, () => waits && done(socket));
    opened.push(socket);
  });

describe('connections that name a session of somebody', () => {
  test.each([
    ['polling', 'another way of transport', 'transport=websocket&sid='],
    ['websocket', 'another way of transport', 'transport=polling&sid='],
    ['websocket', 'the way of its transport', 'transport=websocket&sid='],
  ])('[N25 N50] by %s, and ask for %s, are counted as anybody’s', async (transport, _what, query) => {
    service = await startService({ limits: { connectionsMax } });
    const visitor = await visitorWaits(service, { transports: [transport] });
    const path = `/rt/?EIO=4&${query.replaceAll('sid=', `sid=${visitor.socket.io.engine.id}`)}`;
    for (let each = 0; each < 12; each += 1) await asks('GET', path);
    await settled();
    expect(left()).toBeLessThanOrEqual(connectionsMax);
    expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
  });

  test.each(['GET', 'POST', 'OPTIONS'])(
    '[N54 N50] of a WebSocket, by a plain %s, are refused at once, and counted as anybody’s',
    async (method) => {
      service = await startService({ limits: { connectionsMax } });
      const visitor = await visitorWaits(service);
      const { origin } = service;
      for (const transport of ['websocket', 'polling', 'webtransport', 'none']) {
        const path = `/rt/?EIO=4&transport=${transport}&sid=${visitor.socket.io.engine.id}`;
        const isPreflight = method === 'OPTIONS' && transport === 'polling'; // CORS answers it, whomever it names
        const { status } = await request(service, method, path, {
          headers: { origin },
          ...(method === 'POST' && { body: '3' }),
        });
        expect([transport, status]).toEqual([transport, isPreflight ? 204 : 400]);
        for (let each = 0; each < 12; each += 1) await asks(method, path);
      }
      await settled();
      expect(left()).toBeLessThanOrEqual(connectionsMax);
      expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
    },
  );

  test('[N54] without a session, too, a plain request for a WebSocket is refused at once', async () => {
    service = await startService();
    const path = '/rt/?EIO=4&transport=websocket';
    const { status, body } = await request(service, 'GET', path, { headers: { origin: service.origin } });
    expect([status, body]).toEqual([400, '{"code":"malformed"}']);
  });

  test('[N25 N50] and are answered, are kept one of a kind: the session’s older ones make room like anybody’s', async () => {
    service = await startService({ limits: { connectionsMax } });
    const visitor = await visitorWaits(service, { transports: ['polling'] });
    const at = `/rt/?EIO=4&transport=polling&sid=${visitor.socket.io.engine.id}`;
    for (let each = 0; each < 12; each += 1) await asks('POST', at, { body: '3' });
    await settled();
    expect(left()).toBeLessThanOrEqual(connectionsMax + 1);
    expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
  });

  test('[N26 N50] however many it sends by, the one that waits is not pushed out', async () => {
    service = await startService({ limits: { connectionsMax } });
    const visitor = await visitorWaits(service, { transports: ['polling'] });
    const at = `/rt/?EIO=4&transport=polling&sid=${visitor.socket.io.engine.id}`;
    await asks('POST', at, { body: '3' });
    for (let each = 0; each < 12; each += 1) await asks('GET', '/live');
    await asks('POST', at, { body: '3' });
    for (let each = 0; each < 12; each += 1) await asks('GET', '/live');
    expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
  });

  test('[N25 N50] and the session is over, make room like anybody’s', async () => {
    service = await startService({ limits: { connectionsMax } });
    const visitor = await visitorWaits(service, { transports: ['polling'] });
    const at = `/rt/?EIO=4&transport=polling&sid=${visitor.socket.io.engine.id}`;
    const own = await asks('POST', at, { body: '3' });
    for (let each = 0; each < 12; each += 1) await asks('GET', '/live');
    expect(isClosed(own)).toBe(false);
    const last = await asks('POST', at, { body: '1' }); // goodbye
    for (let each = 0; each < 12; each += 1) await asks('GET', '/live');
    await settled();
    expect([own, last].map(isClosed)).toEqual([true, true]);
  });

  test('[N25 N50] while it is nobody yet, make room like anybody’s', async () => {
    service = await startService({ limits: { connectionsMax } });
    const handshake = '/rt/?EIO=4&transport=polling';
    const answer = await request(service, 'GET', handshake, { headers: { origin: service.origin } });
    const { sid } = JSON.parse(answer.body.slice(1)) as { sid: string };
    const waiting = await asks('GET', `${handshake}&sid=${sid}`, { waits: true });
    for (let each = 0; each < 12; each += 1) await asks('GET', '/live');
    await settled();
    expect(isClosed(waiting)).toBe(true);
  });
});
