import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '@clbchat/shared/limits';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { visitorWaits } from '../support/clients.ts';
import { openRaw } from '../support/rawSocket.ts';
import { request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

const widget = mkdtempSync(join(tmpdir(), 'clbchat-pipelined-'));
mkdirSync(join(widget, 'assets'));
const LARGE = join(widget, 'assets', 'large-1234.js'); // more than a system keeps for a connection that nobody reads
writeFileSync(LARGE, Buffer.alloc(16_777_216));
afterAll(() => rmSync(widget, { recursive: true }));

let service: TestService;
let socket: Socket;
beforeEach(async () => {
  service = await startService({ widget });
  socket = connect(service.port, '127.0.0.1').on('error', () => undefined);
});
afterEach(async () => {
  socket.destroy();
  await service.stop();
});

const isClosed = () => new Promise((resolve) => socket.resume().once('close', resolve));
const line = (method: string, path: string) => `${method} ${path} HTTP/1.1\r\nhost: localhost:${service.port}\r\n`;
const get = (path: string) => `${line('GET', path)}\r\n`;
const opened = () =>
  readdirSync('/proc/self/fd').filter((each) => {
    try {
      return readlinkSync(`/proc/self/fd/${each}`) === LARGE;
    } catch {
      return false; // the folder itself
    }
  }).length;

test('[N40] as many as a connection may ask ahead are answered, in the order in which they came', async () => {
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  const paths = Array.from({ length: limits.unansweredMax }, (_, at) => (at % 2 === 0 ? '/live' : `/nowhere/${at}`));
  socket.write(paths.map(get).join(''));
  const statuses = () => [...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
  await expect.poll(() => statuses().length).toBe(limits.unansweredMax);
  expect(statuses()).toEqual(paths.map((path) => (path === '/live' ? 200 : 404)));
  heard = '';
  socket.write(get('/live')); // and it goes on
  await expect.poll(statuses).toEqual([200]);
});

test.each([
  ['files', () => get('/w/assets/large-1234.js')],
  ['heads of files', () => `${line('HEAD', '/w/assets/large-1234.js')}\r\n`],
  ['requests with a body of no bytes', () => `${line('POST', '/api/visit/leave')}content-length: 0\r\n\r\n`],
  [
    'requests that ask whether they may',
    () => `${line('POST', '/live')}expect: 100-continue\r\ncontent-length: 0\r\n\r\n`,
  ],
  ['requests without a host', () => 'GET /live HTTP/1.0\r\nconnection: keep-alive\r\n\r\n'],
])('[N40] who asks for more ahead, %s in one piece, is cut off', async (_what, one) => {
  socket.write(one().repeat(2_000));
  await isClosed();
  expect((await request(service, 'GET', '/live')).status).toBe(200);
  await expect.poll(opened).toBe(0);
});

test('[N40] requests with a body are read one after the other, and answered', async () => {
  const headers = `origin: ${service.origin}\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n`;
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  socket.write(`${line('POST', '/api/visit/leave')}${headers}\r\n{}`.repeat(3 * limits.unansweredMax));
  await expect.poll(() => heard.match(/HTTP\/1\.1 204/g)?.length).toBe(3 * limits.unansweredMax);
});

test('[N40] one file is open for a connection that reads nothing, however many it asked for, and none when it went', async () => {
  socket.pause();
  socket.write(get('/w/assets/large-1234.js').repeat(limits.unansweredMax));
  await expect.poll(opened).toBe(1);
  await request(service, 'GET', '/live');
  expect(opened()).toBe(1);
  socket.destroy();
  await expect.poll(opened).toBe(0);
});

test('[N40] what stands behind an answer that is owed is done when that one has left', async () => {
  const { secrets } = await visitorWaits(service);
  const headers = { origin: service.origin, 'content-type': 'text/plain' };
  const at = '/rt/?EIO=4&transport=polling';
  const { sid } = JSON.parse((await request(service, 'GET', at, { headers })).body.slice(1)) as { sid: string };
  const body = JSON.stringify({ visitId: secrets.visitId, token: secrets.token, why: 'left' });
  const said = `origin: ${service.origin}\r\n`;
  socket.write(`${line('GET', `${at}&sid=${sid}`)}${said}\r\n`);
  socket.write(
    `${line('POST', '/api/visit/leave')}${said}content-type: text/plain\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  const waiting = async () => (await service.live.queue.facts()).places.length;
  for (let each = 0; each < 5; each += 1) await request(service, 'GET', '/live');
  expect(await waiting()).toBe(1);
  await request(service, 'POST', `${at}&sid=${sid}`, { headers, body: '40/visitor,{}' }); // answers the poll
  await expect.poll(waiting).toBe(0);
});

test('[N40] a connection that is owed an answer becomes no WebSocket', async () => {
  const headers = { origin: service.origin };
  const at = '/rt/?EIO=4&transport=polling';
  const { sid } = JSON.parse((await request(service, 'GET', at, { headers })).body.slice(1)) as { sid: string };
  const upgrade = 'connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n';
  const said = `origin: ${service.origin}\r\n`;
  socket.write(`${line('GET', `${at}&sid=${sid}`)}${said}\r\n`);
  socket.write(
    `${line('GET', '/rt/?EIO=4&transport=websocket')}${said}${upgrade}sec-websocket-key: ${'A'.repeat(22)}==\r\n\r\n`,
  );
  let heard = '';
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')));
  await isClosed();
  expect(heard).toBe('');
  expect((await openRaw(service)).answered).toContain('101');
});
