import { randomBytes, randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchOf, rawVisitor } from '../support/rawSocket.ts';
import { startServed, type Served } from '../support/served.ts';

const MB = 1_048_576;
const flat = 20 * MB;
let server: Served;

beforeAll(async () => {
  server = await startServed();
}, 60_000);
afterAll(() => server?.stop());

/** Somebody else comes, asks and is answered. */
async function othersAreServed(): Promise<void> {
  const other = await rawVisitor(server);
  other.text('42/visitor,1["visit:state",{}]');
  await other.hears('43/visitor,1[{"ok":false,"code":"stage"}]');
  other.end();
}

/** A hundred megabytes: as one frame that says so, and as pieces of which each is small. */
const head = Buffer.from([0x81, 0xff, 0, 0, 0, 0, 6, 64, 0, 0, 0, 0, 0, 0]);
const first = Buffer.from([0x01, 0xfe, 62, 128, 0, 0, 0, 0]);
const text = Buffer.alloc(16_000, 'a');
const next = Buffer.from([0x00, ...first.subarray(1)]);
const ways: Record<string, { start: Buffer; piece: Buffer }> = {
  'one frame': { start: head, piece: Buffer.alloc(MB, 'a') },
  'pieces of 16 kB': { start: Buffer.concat([first, text]), piece: Buffer.concat([next, text]) },
};

test.each(Object.entries(ways))(
  '[N3] a hundred megabytes as %s: refused with 1009, cut off, and nothing of it is kept',
  async (_way, { start, piece }) => {
    const before = await server.memory();
    const raw = await rawVisitor(server, { stubborn: true });
    await raw.bytes(start);
    for (let sent = 0; sent < 100 * MB; sent += piece.length) await raw.bytes(piece);
    expect(await raw.closed).toBe(1009);
    const after = await server.memory();
    expect(after.used - before.used).toBeLessThan(flat);
    expect(after.peak - before.used).toBeLessThan(50 * MB); // what was read and thrown away counts until it is collected
    await othersAreServed();
  },
);

const frames = 1_000_000;
const perSocket = 200; // below packetsBurst
const atOnce = 50; // so few that each is let go long before it would give up, on a busy machine too

const noise = () => randomBytes(1 + randomInt(20)).toString('latin1');
const any = (depth: number): unknown => {
  const kinds = [noise, () => Math.random() * 1e9, () => null, () => true, () => ''] as const;
  const kind = randomInt(depth < 3 ? 8 : 5);
  if (kind < 5) return kinds[kind]!();
  const size = randomInt(4);
  if (kind === 5) return Array.from({ length: size }, () => any(depth + 1));
  return Object.fromEntries(Array.from({ length: size }, () => [noise(), any(depth + 1)]));
};
const words = ['visit:join', 'visit:state', 'key:seal', 'talk:append', 'talk:since', 'visit:end'] as const;
const aWord = () => words[randomInt(words.length)]!;

/** Random within the language: answers to nothing, requests that want no answer, heartbeats. Nobody is let go for them. */
const harmless = [
  () => `43/visitor,${randomInt(1e9)}${JSON.stringify([any(0)])}`,
  () => `42/visitor,${JSON.stringify([aWord(), any(0)])}`,
  () => `42/visitor,${JSON.stringify([aWord(), any(0), any(0)])}`,
  () => '3',
];
/** Random outside of it. */
const fatal = [
  () => `42/visitor,1${JSON.stringify([noise(), any(0)])}`,
  () => `42/visitor,${randomInt(1e9)}["visit:join",${JSON.stringify(any(0)).slice(0, -1)}`,
  () => `42/visitor,${randomInt(1e9)}["key:seal",${JSON.stringify({ [noise()]: any(0) })}]`,
  () => `4${noise()}`,
  () => noise().replace(/^[1346]/, '9'),
  () => `40/visitor,${JSON.stringify(any(0))}`,
  () => `45${randomInt(1e6)}-/visitor,${JSON.stringify([any(0)])}`,
];
const oneOf = (makers: readonly (() => string)[]) => makers[randomInt(makers.length)]!();

/** @returns how many frames were certainly read; about half of the sockets come to the end of theirs, and prove it */
async function flood(): Promise<number> {
  const raw = await rawVisitor(server);
  const fatalAt = randomInt(2 * perSocket);
  const texts = Array.from({ length: perSocket - 1 }, (_, at) => oneOf(at >= fatalAt ? fatal : harmless));
  const whole = fatalAt >= texts.length;
  await raw.bytes(batchOf([...texts, whole ? '42/visitor,7["visit:state",{}]' : '9']));
  if (whole) await raw.hears('43/visitor,7[');
  raw.text('9');
  await raw.closed;
  return whole ? perSocket : fatalAt + 1;
}

test('[N3] a million random frames in five thousand sockets: alive, nothing logged, others served, the heap flat', async () => {
  const round = () => Promise.all(Array.from({ length: atOnce }, flood));
  await round(); // what is made once is there
  const before = await server.memory();
  let read = 0;
  for (let sent = 0; sent < frames; sent += atOnce * perSocket) {
    for (const each of await round()) read += each;
    await othersAreServed();
  }
  const after = await server.memory();
  expect(read).toBeGreaterThan(frames / 2);
  expect(Math.abs(after.used - before.used)).toBeLessThan(flat);
  expect([server.child.exitCode, server.said()]).toEqual([null, '']);
}, 600_000);
