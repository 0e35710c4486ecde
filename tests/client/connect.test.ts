import { createServer } from 'node:http';
import { connect } from '@clbchat/shared/client/connect';
import type { VisitorLink } from '@clbchat/shared/client/ports';
import { Server } from 'socket.io';
import { afterEach, expect, test, vi } from 'vitest';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function service(admit: (auth: object) => string | null = () => null) {
  const http = createServer();
  const io = new Server(http, { path: '/rt/' });
  const auths: object[] = [];
  const visitors = io.of('/visitor');
  visitors.use((socket, next) => {
    auths.push(socket.handshake.auth);
    const code = admit(socket.handshake.auth);
    next(code ? new Error(code) : undefined);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  closers.push(() => io.close());
  return { visitors, auths, origin: `http://127.0.0.1:${address.port}` };
}

function open(origin: string, auth: () => object = () => ({})): VisitorLink {
  const link = connect({ origin, namespace: '/visitor', auth }) as VisitorLink;
  closers.push(() => link.close());
  return link;
}
const becomes = (link: VisitorLink, is: string) =>
  vi.waitFor(() => expect(link.status.value.is).toBe(is), { timeout: 5_000 });

test('[E43] requests are answered, hints are heard, and a pulse is answered in its handler', async () => {
  const { visitors, origin } = await service();
  const pulsed: string[] = [];
  visitors.on('connection', (socket) => {
    socket.on('queue:here', (_input: unknown, reply: (ack: unknown) => void) =>
      reply({ ok: true, value: { ahead: 2, range: null } }),
    );
    socket.on('visit:state', (_input: unknown, reply: (ack: unknown) => void) => reply({ nonsense: true }));
    socket.emit('visit:replaced', null);
    socket.emit('presence:pulse', () => pulsed.push('service'));
  });
  const link = open(origin);
  const heard: unknown[] = [];
  link.hear('visit:replaced', (hint) => heard.push(hint));
  link.onPulse(() => pulsed.push('page'));
  expect(await link.request('queue:here', {})).toEqual({ ok: false, code: 'unavailable' });
  await becomes(link, 'online');
  expect(await link.request('queue:here', {})).toEqual({ ok: true, value: { ahead: 2, range: null } });
  expect(await link.request('visit:state', {})).toEqual({ ok: false, code: 'unavailable' });
  expect(heard).toEqual([null]);
  await vi.waitFor(() => expect(pulsed.toSorted()).toEqual(['page', 'service']));
});

test('[E43 A17] a refused connection says why, waits, and asks for its words anew', async () => {
  let tries = 0;
  const { origin, auths } = await service(() =>
    ++tries === 1 ? 'token_used' : tries === 2 ? 'an unknown code' : null,
  );
  let asked = 0;
  const link = open(origin, () => ({ asked: ++asked }));
  await becomes(link, 'refused');
  expect(link.status.value).toEqual({ is: 'refused', code: 'token_used' });
  link.reconnect();
  await vi.waitFor(() => expect(link.status.value).toEqual({ is: 'refused', code: 'unavailable' }));
  link.reconnect();
  await becomes(link, 'online');
  expect(auths).toEqual([{ asked: 1 }, { asked: 2 }, { asked: 3 }]);
});

test('[E43] a broken connection comes back by itself, and what was asked on it is not left open', async () => {
  const { visitors, origin } = await service();
  visitors.on('connection', (socket) => socket.on('queue:here', () => socket.conn.close()));
  const link = open(origin);
  await becomes(link, 'online');
  expect(await link.request('queue:here', {})).toEqual({ ok: false, code: 'unavailable' });
  await becomes(link, 'online');
});

test('[E43] a socket that the service closes stays closed until somebody asks', async () => {
  const { visitors, origin } = await service();
  visitors.on('connection', (socket) => socket.on('queue:here', () => socket.disconnect(true)));
  const link = open(origin);
  await becomes(link, 'online');
  expect(await link.request('queue:here', {})).toEqual({ ok: false, code: 'unavailable' });
  expect(link.status.value).toEqual({ is: 'refused', code: 'malformed' });
  link.reconnect();
  await becomes(link, 'online');
  link.close();
  expect(link.status.value).toEqual({ is: 'closed' });
});
