import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromOurPage } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let socket: Socket;
let heard: string;
beforeEach(async () => {
  service = await startService();
  heard = '';
  socket = connect(service.port, '127.0.0.1').on('error', () => undefined);
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
});
afterEach(async () => {
  socket.destroy();
  await service.stop();
});

function head(method: string, path: string, more: string): string {
  const headers = { host: `localhost:${service.port}`, ...fromOurPage(service) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${path} HTTP/1.1`, ...lines, more].join('\r\n')}\r\n\r\n`;
}
const statuses = () => [...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
const isClosed = () => new Promise((resolve) => socket.once('close', () => resolve(true)));

test.each([
  ['PUT', '/api/centre/settings'],
  ['POST', '/api/visit/leave'],
  ['POST', '/rt/?EIO=4&transport=polling'],
  ['GET', '/live'],
])('[N75] a body in chunks is refused before any of it is read, and cut off: %s %s', async (method, path) => {
  const closed = isClosed();
  socket.write(`${head(method, path, 'transfer-encoding: chunked')}1\r\n{\r\n`);
  await closed; // though more could come
  expect(statuses()).toEqual([411]);
});

test('[N75] what comes after an answer is taken up to the largest body, and no further', async () => {
  const closed = isClosed();
  socket.write(head('PUT', '/api/centre/settings', 'content-length: 9999999999'));
  await expect.poll(statuses).toEqual([401]);
  const piece = Buffer.alloc(65_536, ' ');
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
  await closed;
  expect(socket.bytesWritten).toBeLessThan(256 * piece.length); // with what two systems keep on the way
});

test('[N75] a browser that is still sending hears what it is told, and its connection goes on', async () => {
  const body = Buffer.alloc(service.limits.settingsBytesMax - 1_024, ' ');
  for (const count of [1, 2]) {
    socket.write(head('PUT', '/api/centre/settings', `content-length: ${body.length}`));
    await expect.poll(() => statuses().length).toBe(count);
    await new Promise<void>((resolve) => socket.write(body, () => resolve()));
  }
  socket.write(head('GET', '/live', 'x-clb: 1'));
  await expect.poll(statuses).toEqual([401, 401, 200]);
});

test.each([
  ['PUT', '/api/centre/settings', 401, 2_000],
  ['PUT', '/api/centre/settings', 401, 16_000],
  ['PUT', '/api/centre/settings', 401, 40_000],
  ['PUT', '/api/centre/settings', 401, 60_000],
  ['PUT', '/api/centre/settings', 401, 190_000],
  ['POST', '/api/team/invite', 413, 60_000],
  ['POST', '/rt/?EIO=4&transport=polling', 400, 60_000],
  ['POST', '/api/visit/leave', 204, 60_000],
])(
  '[N75] who comes next on a connection on which %s %s was answered %i before its %i bytes were read is answered',
  async (method, path, status, bytes) => {
    socket.write(head(method, path, `content-length: ${bytes}`));
    socket.write(Buffer.alloc(bytes, ' '));
    await expect.poll(statuses).toEqual([status]);
    socket.write(head('GET', '/live', 'x-clb: 1'));
    await expect.poll(statuses).toEqual([status, 200]);
  },
);

test('[N75] a body larger than the largest that came whole all the same is counted no further: whoever comes next is answered', async () => {
  const bytes = service.limits.settingsBytesMax + 400;
  socket.write(head('PUT', '/api/centre/settings', `content-length: ${bytes}`));
  socket.write(Buffer.alloc(600, ' '));
  await expect.poll(statuses).toEqual([401]);
  await new Promise<void>((resolve) => socket.write(Buffer.alloc(bytes - 600, ' '), () => resolve()));
  for (let next = 1; next <= 3; next += 1) {
    socket.write(head('GET', '/live', 'x-clb: 1'));
    await expect.poll(statuses).toEqual([401, ...Array<number>(next).fill(200)]);
  }
});

test('[N75] a body that is too large for its route is told so to whoever is still sending it', async () => {
  const bytes = service.limits.settingsBytesMax - 1;
  socket.write(head('POST', '/api/team/invite', `content-length: ${bytes}`));
  await expect.poll(statuses).toEqual([413]);
  await new Promise<void>((resolve) => socket.write(Buffer.alloc(bytes, ' '), () => resolve()));
  socket.write(head('GET', '/live', 'x-clb: 1'));
  await expect.poll(statuses).toEqual([413, 200]);
});
