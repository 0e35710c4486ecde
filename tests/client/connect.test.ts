import { connect as connectTo, createServer, type Socket } from 'node:net';
import { connect } from '@clbchat/shared/client/connect';
import type { VisitorLink } from '@clbchat/shared/client/ports';
import { digestOf, randomToken } from '@clbchat/shared/digest';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
const closers: (() => unknown)[] = [];

beforeEach(async () => {
  service = await startService();
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  await service.stop();
});

function open(auth: () => object = () => ({}), address = service.address): VisitorLink {
  const { origin } = service;
  const link = connect({ origin: address, namespace: '/visitor', auth, headers: { origin } }) as VisitorLink;
  closers.push(() => link.close());
  return link;
}
const becomes = (link: VisitorLink, is: string) =>
  vi.waitFor(() => expect(link.status.value.is).toBe(is), { timeout: 8_000 });

/** A cable between the two ends that a test can pull out. */
async function cable() {
  const held = new Set<Socket>();
  const server = createServer((near) => {
    const far = connectTo(service.port, '127.0.0.1');
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      held.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => other.destroy());
      end.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  const pull = () => {
    for (const end of held) end.destroy();
    held.clear();
  };
  closers.push(() => {
    pull();
    server.close();
  });
  return { address: `http://127.0.0.1:${address.port}`, pull };
}

test('[E43] nothing is asked before there is a connection; then requests are answered', async () => {
  const link = open();
  expect(await link.request('visit:state', {})).toEqual({ ok: false, code: 'unavailable' });
  await becomes(link, 'online');
  const ack = await link.request('visit:state', {});
  expect(ack.ok).toBe(false);
  expect(ack).not.toEqual({ ok: false, code: 'unavailable' });
});

test('[E43] a refused connection says why, waits, and asks for its words anew', async () => {
  const unknown = { visitId: randomToken(16), token: randomToken(32), next: await digestOf(randomToken(32)) };
  let asked = 0;
  const link = open(() => {
    asked += 1;
    return asked === 1 ? unknown : {};
  });
  await becomes(link, 'refused');
  expect(link.status.value).toEqual({ is: 'refused', code: 'lost' });
  expect(asked).toBe(1);
  link.reconnect();
  await becomes(link, 'online');
  expect(asked).toBe(2);
});

test('[E43] a broken connection comes back by itself, until it is closed for good', async () => {
  const { address, pull } = await cable();
  const link = open(() => ({}), address);
  const seen: string[] = [];
  closers.push(link.status.subscribe(({ is }) => void seen.push(is)));
  await becomes(link, 'online');
  pull();
  await becomes(link, 'lost');
  await becomes(link, 'online');
  link.close();
  link.reconnect();
  expect(link.status.value).toEqual({ is: 'closed' });
  expect(await link.request('visit:state', {})).toEqual({ ok: false, code: 'unavailable' });
  expect(seen).toEqual(['connecting', 'online', 'lost', 'online', 'closed']);
});
