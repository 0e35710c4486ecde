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
const dribbles = (words: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(server.port, '127.0.0.1', () => void (words && socket.write(words)));
    const more = setInterval(() => void (words && socket.write('a')), dribbleMs);
    // Node itself waits for a minute and for five
    const late = setTimeout(() => reject(new Error('nobody hung up')), 50_000);
    socket.on('data', (chunk) => (heard += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(more);
      clearTimeout(late);
      resolve(heard);
    });
  });

/** Comes, asks and goes, again and again until told to stop. @returns how many did all of it before that */
async function visits(over: () => boolean): Promise<number> {
  let served = 0;
  while (!over()) {
    const visitor = await rawVisitor(server);
    visitor.text('42/visitor,1["visit:state",{}]');
    await visitor.hears('43/visitor,1[');
    visitor.end();
    expect((await fetch(`http://127.0.0.1:${server.port}/live`)).status).toBe(200);
    if (!over()) served += 1;
  }
  return served;
}

test('[N12] slow heads, slow bodies and silence, five hundred of each: closed, and others are served meanwhile', async () => {
  const head = `POST /api/visit/leave HTTP/1.1\r\nhost: localhost\r\norigin: ${server.origin}\r\ncontent-type: text/plain\r\n`;
  const slow = {
    'a head that never ends': 'GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ',
    'a body that never ends': `${head}content-length: 900\r\n\r\n{`,
    silence: '',
  };
  const all = Object.values(slow).flatMap((words) => Array.from({ length: each }, () => dribbles(words)));
  let over = false;
  const others = visits(() => over);
  const cut = await Promise.all(all).finally(() => (over = true));
  expect(await others, 'whole visits while they stood').toBeGreaterThan(0);
  expect(cut).toHaveLength(3 * each);
  for (const heard of cut) expect(heard).not.toContain('x-slow');
  expect(server.said()).toBe('');
}, 90_000);
