import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from '@clbchat/shared/client/connect';
import type { Link } from '@clbchat/shared/client/link';
import { Server, type Socket } from 'socket.io';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { means } from '../support/means.ts';

interface Echo {
  'any:echo': { text: string };
}
type Echoing = Link<Echo, { 'any:echo': string }, { 'any:hint': number }>;

/** Socket.IO as its makers wrote it, which gives back what it is asked. */
let io: Server;
let address = '';
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
  address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(async () => {
  link.close();
  await io.close();
});

describe.each(['websocket', 'polling'] as const)('by %s', (transport) => {
  async function open(): Promise<Socket> {
    const came = new Promise<Socket>((resolve) => io.of('/visitor').once('connection', resolve));
    const { WebSocket, fetch } = means({});
    const only = transport === 'websocket' ? { WebSocket } : { WebSocket: undefined as never };
    link = connect({ origin: address, namespace: '/visitor', means: { fetch, ...only } }) as Echoing;
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

  test('[E61] what nobody listens to any more is not heard', async () => {
    const socket = await open();
    const heard: number[] = [];
    const stop = link.hear('any:hint', (hint) => heard.push(hint));
    link.hear('any:hint', (hint) => hint === 2 && stop());
    for (const hint of [1, 2, 3]) socket.emit('any:hint', hint);
    expect(await echo('after')).toMatchObject({ ok: true });
    expect(heard).toEqual([1, 2]);
  });

  test('[E43] let go by the service it waits; cut off it comes back', async () => {
    const first = await open();
    const again = new Promise<Socket>((resolve) => io.of('/visitor').once('connection', resolve));
    first.conn.close();
    await vi.waitFor(() => expect(link.status.value).toEqual({ is: 'lost' }));
    const second = await again;
    await vi.waitFor(() => expect(link.status.value.is).toBe('online'));
    second.disconnect(true);
    await vi.waitFor(() => expect(link.status.value).toEqual({ is: 'refused', code: 'malformed' }));
  });

  test('[E63] bytes are not the protocol: the connection ends and is tried again', async () => {
    const socket = await open();
    const gone = new Promise((resolve) => socket.on('disconnect', resolve));
    const again = new Promise((resolve) => io.of('/visitor').once('connection', resolve));
    socket.emit('any:hint', Buffer.from('bytes'));
    await gone;
    await again;
    await vi.waitFor(() => expect(link.status.value.is).toBe('online'));
  });

  test('[E65] whoever closes is gone at once', async () => {
    const socket = await open();
    const gone = new Promise((resolve) => socket.on('disconnect', resolve));
    link.close();
    expect(await gone).toBe('transport close');
  });
});
