import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, type Shapes } from '@clbchat/shared/client/connect';
import { deskShapes } from '@clbchat/shared/client/desk/shapes';
import { visitorShapes } from '@clbchat/shared/client/visitor/shapes';
import type { Link } from '@clbchat/shared/client/link';
import { Server, type Socket } from 'socket.io';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cable, type Cable } from '../support/cable.ts';

interface Echo {
  'any:echo': { text: string };
}
type Echoing = Link<Echo, { 'any:echo': string }, { 'any:hint': number }>;

/** Socket.IO as its makers wrote it, which gives back what it is asked. */
let io: Server;
let through: Cable;
let link: Echoing;

beforeEach(async () => {
  const http = createServer();
  io = new Server(http, { path: '/rt/', serveClient: false, maxHttpBufferSize: 100_000 });
  io.of('/visitor').on('connection', (socket) =>
    socket.on('any:echo', (input: { text: string }, answer: (ack: object) => void) =>
      // the later the sooner, so that answers cross
      setTimeout(() => answer({ ok: true, value: input.text }), input.text.length % 7),
    ),
  );
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  through = await cable((http.address() as AddressInfo).port);
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  link.close();
  await io.close();
  through.close();
});

describe.each(['websocket', 'polling'] as const)('by %s', (transport) => {
  async function open(hints: Shapes = {}): Promise<Socket> {
    const came = new Promise<Socket>((resolve) => io.of('/visitor').once('connection', resolve));
    through.upgrades = transport === 'websocket' ? 'passed' : 'refused';
    link = connect({ origin: through.address, namespace: '/visitor', hints }) as Echoing;
    const socket = await came;
    await vi.waitFor(() => expect(link.status.value.is).toBe('online'));
    expect((socket.conn as { transport: { name: string } }).transport.name).toBe(transport);
    return socket;
  }
  const echo = (text: string) => link.request('any:echo', { text });

  test('[E61] any text comes back as it went, up to 16 kB', async () => {
    await open();
    const texts = [
      '',
      'é€😀\u0000\u2028"\\,[]{}',
      '\ud800 half a pair',
      'a\x1eb',
      '€'.repeat(5_400),
      'x'.repeat(16_000),
    ];
    for (const text of texts) expect(await echo(text)).toEqual({ ok: true, value: text });
  });

  test('[E61] many at once: each gets its own answer, and hints keep their order', async () => {
    const socket = await open();
    const heard: number[] = [];
    link.hear('any:hint', (hint) => heard.push(hint));
    const texts = Array.from({ length: 60 }, (_, at) => `${at}${'.'.repeat(at)}`);
    const asked = texts.map(echo);
    for (let hint = 0; hint < 200; hint += 1) socket.emit('any:hint', hint);
    expect(await Promise.all(asked)).toEqual(texts.map((value) => ({ ok: true, value })));
    await vi.waitFor(() => expect(heard).toHaveLength(200));
    expect(heard).toEqual(Array.from({ length: 200 }, (_, at) => at));
  });

  test('[E61] a pulse is answered, and told to whoever listens', async () => {
    const socket = await open();
    let pulses = 0;
    link.onPulse(() => void (pulses += 1));
    await socket.timeout(2_000).emitWithAck('presence:pulse');
    expect(pulses).toBe(1);
  });

  test('[E43] a refusal says why, with the life of the store that it names', async () => {
    let why: Error = new Error('full');
    io.of('/visitor').use((_socket, next) => next(why));
    const said: [Error, object][] = [
      [new Error('full'), { code: 'full' }],
      [Object.assign(new Error('lost'), { data: { code: 'lost', life: 'abc' } }), { code: 'lost', life: 'abc' }],
      [Object.assign(new Error('lost'), { data: { life: 7 } }), { code: 'lost' }],
      [new Error('a word of tomorrow'), { code: 'unavailable' }],
    ];
    through.upgrades = transport === 'websocket' ? 'passed' : 'refused';
    for (const [error, is] of said) {
      why = error;
      link = connect({ origin: through.address, namespace: '/visitor' }) as Echoing;
      await vi.waitFor(() => expect(link.status.value.is).toBe('refused'));
      expect(link.status.value).toEqual({ is: 'refused', ...is });
      link.close();
    }
  });

  test('[N35] a hint without its shape is none, whatever stands in its place', async () => {
    const socket = await open({ ...visitorShapes, ...deskShapes });
    const heard: [string, unknown][] = [];
    const good = {
      'queue:moved': { ahead: 1, range: null, staffed: true },
      'visit:stage': { visitId: 'a', rev: 1, stage: 'waiting', hold: 0 },
      'offer:ring': { offerNo: 1, leftMs: 1, waitedMs: 1, role: 'pupil', topic: 'other', lang: 'nl' },
      'peer:silent': { visitId: 'a', rev: 1 },
    };
    for (const [event, hint] of Object.entries(good)) {
      // as the engine does, which takes it apart
      link.hear(event as 'any:hint', (given) => heard.push([event, { ...(given as unknown as object) }]));
      for (const bad of [null, undefined, 7, 'x', [], {}]) socket.emit(event, bad);
      for (const field of Object.keys(hint).filter((name) => name !== 'range' && name !== 'rev'))
        socket.emit(event, { ...hint, [field]: null });
      socket.emit(event, hint);
    }
    expect(await echo('after')).toMatchObject({ ok: true });
    expect(heard).toEqual(Object.entries(good));
  });

  test('[E61] what nobody listens to any more is not heard', async () => {
    const socket = await open();
    const heard: number[] = [];
    const stop = link.hear('any:hint', (hint) => heard.push(hint));
    link.hear('any:hint', (hint) => hint === 2 && stop());
    for (const hint of [1, 2, 3]) socket.emit('any:hint', hint);
    expect(await echo('after')).toMatchObject({ ok: true });
    expect(heard).toEqual([1, 2]);
  });

  test('[E43] cut off, or let go without a reason, it comes back by itself', async () => {
    let here = await open();
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const leaves = [() => here.conn.close(), () => here.disconnect(true), () => here.disconnect()];
    for (const leave of leaves) {
      const again = new Promise<Socket>((resolve) => io.of('/visitor').once('connection', resolve));
      leave();
      await vi.waitFor(() => expect(link.status.value).toEqual({ is: 'lost' }));
      here = await again;
      await vi.waitFor(() => expect(link.status.value.is).toBe('online'));
    }
    expect(io.of('/visitor').sockets.size).toBe(1);
  }, 20_000);

  test('[E43] let go, it is tried again at once when asked for, and not at all once closed', async () => {
    let here = await open();
    const came = new Promise<Socket>((resolve) => io.of('/visitor').once('connection', resolve));
    const stop = link.status.subscribe(({ is }) => void (is === 'lost' && link.reconnect()));
    here.disconnect(true);
    here = await came;
    stop();
    await vi.waitFor(() => expect(link.status.value.is).toBe('online'));
    const closes = link.status.subscribe(({ is }) => {
      if (is !== 'lost') return;
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      link.close();
    });
    here.disconnect(true);
    while (link.status.value.is !== 'closed') await new Promise((resolve) => setImmediate(resolve));
    closes();
    const attempts = () => through.requests.filter((line) => !line.includes('&sid=')).length;
    const before = attempts();
    await vi.advanceTimersByTimeAsync(60_000);
    for (let turns = 0; turns < 200; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(attempts()).toBe(before);
  });

  test.each(['garbage', '7', '2{"a":1}', '2[]', '2["any:hint",', '51-["any:hint",{"_placeholder":true,"num":0}]'])(
    '[E63] %s is not the protocol: the connection is lost and comes back',
    async (packet) => {
      const socket = await open();
      const again = new Promise((resolve) => io.of('/visitor').once('connection', resolve));
      const seen: string[] = [];
      const stop = link.status.subscribe(({ is }) => void seen.push(is));
      (socket.conn as unknown as { write(text: string): void }).write(packet);
      (socket.conn as unknown as { write(text: string): void }).write(packet);
      await again;
      await vi.waitFor(() => expect(seen).toEqual(['online', 'lost', 'online']));
      stop();
    },
  );

  test('[E63] an answer of another shape counts as none', async () => {
    const socket = await open();
    const answers = [[], [null], [7], [{ ok: true }], [{ ok: false, code: 'of tomorrow' }], [{ ok: 'yes' }]];
    socket.removeAllListeners('any:echo');
    socket.on('any:echo', (_input: object, answer: (...of: unknown[]) => void) => answer(...(answers.shift() ?? [])));
    while (answers.length > 0) expect(await echo('')).toEqual({ ok: false, code: 'unavailable' });
    expect(link.status.value).toEqual({ is: 'online' });
  });

  test('[E54 E63] a screen that fails is told to the page, and the next hint is heard', async () => {
    const socket = await open();
    const said: unknown[] = [];
    const keep = (reason: unknown) => void said.push(reason);
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException').on('uncaughtException', keep);
    const fault = new Error('of a screen');
    const heard: unknown[] = [];
    link.hear('any:hint', (hint) => {
      heard.push(hint);
      if (heard.length === 1) throw fault;
    });
    for (const hint of [1, 2, 3]) socket.emit('any:hint', hint);
    await vi.waitFor(() => expect(heard).toEqual([1, 2, 3]));
    await vi.waitFor(() => expect(said).toEqual([fault]));
    process.off('uncaughtException', keep);
    for (const other of others) process.on('uncaughtException', other);
    expect(link.status.value).toEqual({ is: 'online' });
  });

  test('[E65] whoever closes is gone at once', async () => {
    const socket = await open();
    const gone = new Promise((resolve) => socket.on('disconnect', resolve));
    link.close();
    expect(await gone).toBe('client namespace disconnect');
  });
});

test('[E61] a pulse is answered in the handler of its message: no timer has to run', async () => {
  const came = new Promise<Socket>((resolve) => io.of('/visitor').once('connection', resolve));
  link = connect({ origin: through.address, namespace: '/visitor' }) as Echoing;
  const socket = await came;
  await vi.waitFor(() => expect(link.status.value.is).toBe('online'));
  vi.useFakeTimers();
  await new Promise<void>((resolve) => void socket.emit('presence:pulse', resolve));
});
