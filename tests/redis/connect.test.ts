import { createServer, type Server } from 'node:net';
import { CannotStart } from '@clbchat/server/redis/cannotStart';
import { connectStores, type Connecting } from '@clbchat/server/redis/connect';
import { limits } from '@clbchat/shared/limits';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { freePort } from '../support/freePort.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { lookAt } from './world.ts';

let live: TestRedis;
let records: TestRedis;
let locked: TestRedis;
const servers = new Set<Server>();
beforeAll(async () => {
  [live, records, locked] = await Promise.all([startRedis(), startRedis(), startRedis()]);
});
afterAll(async () => {
  await Promise.all([live, records, locked].map((each) => each.stop()));
});
afterEach(() => {
  for (const server of servers) server.close();
  servers.clear();
});

const connect = (wishes: Partial<Connecting> = {}) =>
  connectStores({ liveUrl: live.url, recordsUrl: records.url, production: false, limits, ...wishes });

/** The one sentence with which it does not start. */
async function sentence(wishes: Partial<Connecting>): Promise<string> {
  const error = await connect(wishes).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(CannotStart);
  const { message } = error as CannotStart;
  expect(message.split('\n')).toHaveLength(1);
  return message;
}

/** Something that speaks as Redis does, as far as it is asked. */
async function speaking(answer: (asked: string) => string): Promise<string> {
  const port = await freePort();
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => socket.write(answer(chunk.toString())));
  });
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `redis://127.0.0.1:${port}`;
}
const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`;

test('[M3] both stores open, the clock is that of the live one, and nothing is wrong with it', async () => {
  const { clock, warnings, close, live: redis } = await connect();
  expect(warnings).toEqual([]);
  const itsMs = async () => Number((await redis.time())[0]) * 1_000;
  const beforeMs = await itsMs();
  const nowMs = clock.nowMs();
  const afterMs = await itsMs();
  expect(nowMs).toBeGreaterThan(beforeMs - 2_000);
  expect(nowMs).toBeLessThan(afterMs + 2_000);
  close();
});

test('[M3] what cannot be reached, refuses or is no address is told in one sentence without the password', async () => {
  const closed = `redis://127.0.0.1:${await freePort()}`;
  expect(await sentence({ liveUrl: closed })).toMatch(
    /^REDIS_URL: no Redis answers at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\.$/,
  );
  expect(await sentence({ recordsUrl: closed })).toMatch(/^RECORDS_REDIS_URL: no Redis answers/);
  expect(await sentence({ liveUrl: 'http://127.0.0.1/' })).toMatch(/^REDIS_URL must be an address/);
  const owner = lookAt(locked);
  await owner.config('SET', 'requirepass', 'hushhush');
  owner.disconnect();
  expect(await sentence({ liveUrl: locked.url })).toMatch(/refuses the name or the password/);
  const wrong = await sentence({ liveUrl: locked.url.replace('//', '//:openSesame@') });
  expect(wrong).toMatch(/refuses the name or the password/);
  expect(wrong).not.toContain('openSesame');
});

test('[M3] an older Redis, another program and one that says nothing are refused', async () => {
  const old = await speaking((asked) =>
    /INFO/i.test(asked) ? bulk('redis_version:6.2.14\r\nrun_id:abc\r\n') : '+OK\r\n',
  );
  expect(await sentence({ liveUrl: old })).toMatch(/is version 6\.2\.14; at least 7 is needed\.$/);
  const other = await speaking(() => bulk('hello'));
  expect(await sentence({ liveUrl: other })).toMatch(/does not answer as Redis does\.$/);
  const silent = await speaking(() => '');
  expect(await sentence({ liveUrl: silent })).toMatch(/no Redis answers/);
});

test('[M4] one server for both is told in the demonstration and refused in production', async () => {
  const { warnings, close } = await connect({ recordsUrl: live.url });
  close();
  expect(warnings).toEqual([expect.stringMatching(/are the same server/)]);
  expect(await sentence({ recordsUrl: live.url, production: true })).toMatch(/are the same server/);
});

test('[M4] a live store that writes to a disk or throws away is told in the demonstration and refused in production', async () => {
  const admin = lookAt(live);
  await admin.config('SET', 'appendonly', 'yes');
  await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
  const { warnings, close } = await connect();
  close();
  expect(warnings).toEqual([
    expect.stringMatching(/appendonly "yes"/),
    expect.stringMatching(/maxmemory-policy "allkeys-lru"/),
  ]);
  expect(await sentence({ production: true })).toMatch(/appendonly "yes"; it should be "no"/);
  await admin.config('SET', 'appendonly', 'no');
  await admin.config('SET', 'maxmemory-policy', 'noeviction');
  admin.disconnect();
});

test('[M4] an account that may not ask for settings serves, and whoever starts it is told so', async () => {
  const admin = lookAt(live);
  await admin.call('ACL', 'SETUSER', 'chat', 'on', '>pw', '~*', '+@all', '-config');
  const { warnings, close } = await connect({ liveUrl: live.url.replace('//', '//chat:pw@') });
  close();
  expect(warnings).toEqual([expect.stringMatching(/does not say whether it writes to a disk/)]);
  await admin.call('ACL', 'SETUSER', 'chat', '-info');
  expect(await sentence({ liveUrl: live.url.replace('//', '//chat:pw@') })).toMatch(/needs the right INFO/);
  await admin.call('ACL', 'SETUSER', 'chat', '+info', '-eval');
  expect(await sentence({ liveUrl: live.url.replace('//', '//chat:pw@') })).toMatch(/needs the rights EVAL/);
  admin.disconnect();
});
