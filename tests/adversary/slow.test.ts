import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rawVisitor } from '../support/rawSocket.ts';
import { startServed, type Served } from '../support/served.ts';

let server: Served;
beforeAll(async () => {
  server = await startServed();
}, 60_000);
afterAll(() => server?.stop());

const each = 500;
const dribbleMs = 700;

/** Opens a connection, says this much and then a letter now and again, and waits to be hung up on. */
const dribbles = (words: string): Promise<{ ms: number; heard: string }> =>
  new Promise((resolve, reject) => {
    const from = performance.now();
    let heard = '';
    const socket = connect(server.port, '127.0.0.1', () => void (words && socket.write(words)));
    const more = setInterval(() => void (words && socket.write('a')), dribbleMs);
    const late = setTimeout(() => reject(new Error('nobody hung up')), 20_000);
    socket.on('data', (chunk) => (heard += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(more);
      clearTimeout(late);
      resolve({ ms: performance.now() - from, heard });
    });
  });

/** Comes, asks and goes, again and again until told to stop. @returns how long the slowest of them took */
async function visits(over: () => boolean): Promise<number> {
  let slowestMs = 0;
  while (!over()) {
    const from = performance.now();
    const visitor = await rawVisitor(server);
    visitor.text('42/visitor,1["visit:state",{}]');
    await visitor.hears('43/visitor,1[');
    visitor.end();
    expect((await fetch(`http://127.0.0.1:${server.port}/live`)).status).toBe(200);
    slowestMs = Math.max(slowestMs, performance.now() - from);
  }
  return slowestMs;
}

test('[N12] slow heads, slow bodies and silence, five hundred of each: closed in time, and others are served meanwhile', async () => {
  const head = `POST /api/visit/leave HTTP/1.1\r\nhost: localhost\r\norigin: ${server.origin}\r\ncontent-type: text/plain\r\n`;
  const slow = {
    'a head that never ends': ['GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ', 7_500],
    'a body that never ends': [`${head}content-length: 900\r\n\r\n{`, 12_500],
    silence: ['', 7_500],
  } as const;
  const all = Object.entries(slow).flatMap(([what, [words, maxMs]]) =>
    Array.from({ length: each }, async () => ({ what, maxMs, ...(await dribbles(words)) })),
  );
  let over = false;
  const others = visits(() => over);
  const cut = await Promise.all(all).finally(() => (over = true));
  expect(await others).toBeLessThan(5_000);
  expect(cut).toHaveLength(3 * each);
  for (const { what, ms, maxMs, heard } of cut) {
    expect(ms, what).toBeLessThan(maxMs);
    expect(heard.includes('x-slow')).toBe(false);
  }
  expect(server.said()).toBe('');
}, 40_000);
