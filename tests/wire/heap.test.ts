import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { afterAll, expect, test } from 'vitest';
import { joinInput, newSecrets } from '../support/clients.ts';
import { startServed } from '../support/served.ts';

const folder = mkdtempSync(join(tmpdir(), 'clbchat-heap-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sentinels = {
  'user-agent': 'HeapSentinelAgent/9',
  'accept-language': 'heap-sentinel-language',
  referer: 'https://heap-sentinel.example/page',
  'x-forwarded-for': '203.0.113.177',
  cookie: 'heapsentinel=cookie-value-92',
};
const words = [
  'HeapSentinelAgent',
  'heap-sentinel-language',
  'heap-sentinel.example',
  '203.0.113.177',
  'cookie-value-92',
];

test('[P2] while visitors are connected, the memory of the server has nothing that their browsers said of them', async () => {
  const server = await startServed(['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${folder}`]);
  const { origin, port } = server;
  try {
    const secrets = await Promise.all([newSecrets(), newSecrets()]);
    for (const [at, transport] of (['websocket', 'polling'] as const).entries()) {
      const socket = io(`http://127.0.0.1:${port}/visitor`, {
        path: '/rt/',
        transports: [transport],
        extraHeaders: { origin, ...sentinels },
        reconnection: false,
      });
      await once(socket as never, 'connect');
      const joined: unknown = await socket.timeout(5_000).emitWithAck('visit:join', await joinInput(secrets[at]!));
      expect(joined).toMatchObject({ ok: true });
    }
    await fetch(`${origin.replace('localhost', '127.0.0.1')}/live`, { headers: sentinels });

    const snapshots = () => readdirSync(folder).filter((name) => name.endsWith('.heapsnapshot'));
    const whole = () =>
      snapshots()
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .find((text) => text.trimEnd().endsWith('}'));
    server.child.kill('SIGUSR2');
    await expect.poll(() => whole() !== undefined, { timeout: 60_000, interval: 500 }).toBe(true);
    const heap = whole() ?? '';

    expect(heap.includes(secrets[0]!.visitId)).toBe(true); // it is the memory of this very server
    for (const word of words) expect(heap.includes(word), word).toBe(false);
    for (const { proof, token } of secrets)
      expect([heap.includes(proof), heap.includes(token)]).toEqual([false, false]);
  } finally {
    server.stop();
  }
}, 90_000);
