import { readFileSync } from 'node:fs';
import { connect as netConnect, createServer, type AddressInfo, type Server } from 'node:net';
import { defaultRules } from '@clbchat/server/centre/bounds.rules';
import { CannotStart } from '@clbchat/server/redis/cannotStart';
import { connectStores, type Connecting } from '@clbchat/server/redis/connect';
import { openRecords } from '@clbchat/server/records/open.redis';
import { openStores } from '@clbchat/server/store';
import { redisStore } from '@clbchat/server/store.redis';
import { limits } from '@clbchat/shared/limits';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../support/freePort.ts';
import { AS_RECORDS, startRedis, type TestRedis } from '../support/redis.ts';
import { joinInput } from './scene.ts';
import { lookAt } from './world.ts';

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

let live: TestRedis;
let records: TestRedis;
let locked: TestRedis;
const servers = new Set<Server>();
beforeAll(async () => {
  [live, records, locked] = await Promise.all([startRedis(), startRedis(AS_RECORDS), startRedis()]);
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

/** This server behind a line that tells its time so much later, and nothing else otherwise. */
async function withTimeOff({ port }: TestRedis, bySeconds: number): Promise<string> {
  const off = (chunk: Buffer) =>
    chunk
      .toString('latin1')
      .replace(/^\*2\r\n\$10\r\n(\d{10})\r\n/, (_all, time) => `*2\r\n${bulk(`${Number(time) + bySeconds}`)}`);
  const server = createServer((from) => {
    const to = netConnect(port, '127.0.0.1');
    from.pipe(to);
    to.on('data', (chunk: Buffer) => from.write(off(chunk), 'latin1'));
    for (const [one, other] of [[from, to] as const, [to, from] as const])
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
  });
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([
  ['REDIS_URL', async () => ({ liveUrl: await withTimeOff(live, 90) })],
  ['RECORDS_REDIS_URL', async () => ({ recordsUrl: await withTimeOff(records, -90) })],
] as const)('[H14] two stores of different times are told, and in production refused: %s', async (_name, wishes) => {
  const says =
    /^the clocks of REDIS_URL and RECORDS_REDIS_URL are (89|9[01]) s apart, and 60 s is the most; .*\(NTP\)\.$/;
  expect(await sentence({ ...(await wishes()), production: true })).toMatch(says);
  const { warnings, close } = await connect(await wishes());
  expect(warnings).toEqual([expect.stringMatching(says)]);
  close();
});

test('[A2 H14] a process whose clock has left that of the records takes nothing from them for its age', async () => {
  const redis = { live: await withTimeOff(live, 90), records: records.url };
  const stores = await openStores({ redis, centre: 'demo', limits });
  await expect(stores.records.sweep()).rejects.toThrow(/too far from that of Redis/);
  await stores.close();
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

test.each([
  'redis://:openSesame%zz@127.0.0.1:1',
  'redis://openSesame%@127.0.0.1:1',
  'rediss://live:openSesame%E9@127.0.0.1:1',
  'redis://:openSesame/@127.0.0.1:1',
  'redis://:openSesame@127.0.0.1:1?Connector=x',
  'redis://:openSesame@127.0.0.1:1?sentinels=x',
  'redis://:openSesame@127.0.0.1:1?scripts=x',
  'redis://:openSesame@127.0.0.1:1?connectTimeout=x',
  'redis://:openSesame@127.0.0.1:1?lazyConnect=',
  'redis://:openSesame@?host=127.0.0.1',
  '6379',
  '/run/redis.sock',
])('[M3] an address that no connection comes of is told in one sentence: %s', async (address) => {
  for (const [name, setting] of [
    ['REDIS_URL', 'liveUrl'],
    ['RECORDS_REDIS_URL', 'recordsUrl'],
  ] as const) {
    const said = await sentence({ [setting]: address });
    expect(said).toMatch(new RegExp(`^${name} must be an address as redis://host:port .*%25 for %`));
    expect(said).not.toContain('openSesame');
  }
});

test('[M3] a password that is written as an address needs it opens the store', async () => {
  const admin = lookAt(live);
  await admin.call('ACL', 'SETUSER', 'odd', 'on', '>50%zz/#?@', '~*', '+@all');
  const address = live.url.replace('//', `//odd:${encodeURIComponent('50%zz/#?@')}@`);
  for (const liveUrl of [address, `${address}?family=4`]) (await connect({ liveUrl })).close();
  await admin.call('ACL', 'DELUSER', 'odd');
  admin.disconnect();
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
  const { warnings, close } = await connect({ liveUrl: records.url });
  close();
  expect(warnings).toEqual([expect.stringMatching(/are the same server/), expect.stringMatching(/appendonly "yes"/)]);
  expect(await sentence({ liveUrl: records.url, production: true })).toMatch(/are the same server/);
  expect(await sentence({ recordsUrl: live.url })).toMatch(/appendonly "no".*needs a server of its own/);
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
  for (const [name, wrong, right] of [
    ['slowlog-max-len', '128', '0'],
    ['crash-log-enabled', 'yes', 'no'],
    ['repl-diskless-sync', 'no', 'yes'],
    ['repl-diskless-load', 'disabled', 'swapdb'],
    ['repl-diskless-load', 'on-empty-db', 'swapdb'],
    ['rdb-del-sync-files', 'no', 'yes'],
  ] as const) {
    await admin.config('SET', name, wrong);
    expect(await sentence({ production: true })).toMatch(
      `the live Redis has ${name} "${wrong}"; it should be "${right}".`,
    );
    await admin.config('SET', name, right);
  }
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

describe('[A6] records that might be forgotten are refused, in the demonstration and in production', () => {
  const start = `RECORDS_REDIS_URL: the Redis at 127.0.0.1:`;
  const said = async (): Promise<string> => {
    const [demonstration, production] = [await sentence({}), await sentence({ production: true })];
    expect(demonstration).toBe(production);
    expect(demonstration).toContain(`${start}${records.port} `);
    return demonstration;
  };

  test.each([
    [
      { appendonly: 'no' },
      'has appendonly "no"; what is kept needs a server of its own with appendonly yes: CONFIG SET',
    ],
    [
      { appendfsync: 'everysec' },
      'has appendfsync "everysec"; what is kept needs .* with appendfsync always: CONFIG SET',
    ],
    [{ appendfsync: 'no' }, 'has appendfsync "no"; '],
    [
      { 'no-appendfsync-on-rewrite': 'yes' },
      'has no-appendfsync-on-rewrite "yes"; .* with no-appendfsync-on-rewrite no',
    ],
    [
      { 'maxmemory-policy': 'allkeys-lru' },
      'has maxmemory-policy "allkeys-lru"; what is kept needs .* with maxmemory-policy noeviction: CONFIG SET',
    ],
    [{ 'maxmemory-policy': 'volatile-ttl' }, 'has maxmemory-policy "volatile-ttl"; '],
    [
      { appendfsync: 'everysec', 'maxmemory-policy': 'allkeys-random' },
      'has appendfsync "everysec" and maxmemory-policy "allkeys-random"; .* with appendfsync always and maxmemory-policy noeviction: CONFIG SET that while',
    ],
    [
      { appendonly: 'no', appendfsync: 'everysec' },
      'has appendonly "no" and appendfsync "everysec"; .* with appendonly yes and appendfsync always',
    ],
  ])('%o', async (settings, says) => {
    const admin = lookAt(records);
    try {
      for (const [name, value] of Object.entries(settings)) await admin.config('SET', name, value);
      expect(await said()).toMatch(new RegExp(says));
    } finally {
      for (const words of [AS_RECORDS, ['--no-appendfsync-on-rewrite', 'no', '--maxmemory-policy', 'noeviction']])
        for (let i = 0; i < words.length; i += 2) await admin.config('SET', words[i]!.slice(2), words[i + 1]!);
      admin.disconnect();
    }
    (await connect({ production: true })).close();
  });

  test('as the demonstration opens its stores', async () => {
    const forgets = openStores({ redis: { live: live.url, records: live.url }, centre: 'demo', limits });
    await expect(forgets).rejects.toThrow(/appendonly "no" and appendfsync "everysec"/);
    await expect(forgets).rejects.toBeInstanceOf(CannotStart);
  });

  test('an account that may not ask, and a server that does not say', async () => {
    const admin = lookAt(records);
    await admin.call('ACL', 'SETUSER', 'chat', 'on', '>pw', '~*', '+@all', '-config');
    const asChat = { recordsUrl: records.url.replace('//', '//chat:pw@') };
    const unknown =
      /does not say whether it has appendonly yes, appendfsync always and maxmemory-policy noeviction; .* needs the right \+config\|get\.$/;
    for (const production of [false, true]) expect(await sentence({ ...asChat, production })).toMatch(unknown);
    expect(await sentence(asChat)).not.toContain('pw@');
    await admin.call('ACL', 'SETUSER', 'chat', '+config|get');
    (await connect({ ...asChat, production: true })).close();
    admin.disconnect();

    const info = 'redis_version:7.2.0\r\nrun_id:0123456789abcdef';
    const vague = await speaking((asked) => (/config/i.test(asked) ? '*0\r\n' : bulk(info)));
    expect(await sentence({ recordsUrl: vague })).toMatch(unknown);
  });

  test('the two servers of the compose file and the two accounts of docs/operations.md are what is wanted', async () => {
    const optionsOf = (service: string): string[] => {
      const command = new RegExp(
        `^  ${service}:\\n[^]*?\\n    command:\\n      - redis-server\\n((?: {6}- .*\\n)+)`,
        'm',
      );
      const [, options = ''] = command.exec(textOf('docker-compose.yml'))!;
      return [...options.matchAll(/- '?(.*?)'?\n/g)].map(([, option = '']) => option);
    };
    const servers = await Promise.all([startRedis(optionsOf('live')), startRedis(optionsOf('records'))]);
    try {
      const lines = textOf('docs/operations.md').match(/^ACL SETUSER (?:live|records) .*$/gm)!;
      expect(lines).toHaveLength(2);
      const [liveUrl = '', recordsUrl = ''] = await Promise.all(
        lines.map(async (line, index) => {
          const admin = lookAt(servers[index]!);
          const [, ...words] = line.replace('>password', '>pw').split(/\s+/);
          await admin.call('ACL', ...words);
          admin.disconnect();
          return servers[index]!.url.replace('//', `//${words[1]}:pw@`);
        }),
      );
      const { warnings, close, clock, ...on } = await connect({ liveUrl, recordsUrl, production: true });
      expect(warnings).toEqual([]);
      const centre = { tag: '{demo}', clock };
      const store = redisStore({ ...centre, redis: on.live, limits, rules: defaultRules, checksClock: true });
      expect(await store.queue.join(joinInput(1))).toMatchObject({ is: 'joined' });
      const opened = await openRecords({ ...centre, redis: on.records });
      expect(await opened.write([{ kind: 'settings', id: 'centre', rev: 0, text: '{}' }], null)).toEqual({
        is: 'written',
        rev: 1,
      });
      close();
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  });
});
