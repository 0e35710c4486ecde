import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signSites } from '@clbchat/shared/statement/sites';
import { centreOf } from '@clbchat/server/centre/centre.store';
import { openRecords } from '@clbchat/server/records/open.redis';
import { systemClock } from '@clbchat/server/kernel/clock';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdCeremony, hosts, startProduction, type Ceremony, type Production } from '../support/production.ts';
import { AS_RECORDS, startRedis } from '../support/redis.ts';
import { request } from '../support/request.ts';
import { buildServer } from '../support/served.ts';
import { lookAt } from './world.ts';

let ceremony: Ceremony;
let production: Production;
beforeAll(async () => {
  buildServer();
  ceremony = await holdCeremony();
  production = await startProduction({ pins: ceremony.pins });
});
afterAll(() => production.stop());

const SCHOOL = 'https://www.delinde.example';
type Half = 'relay' | 'files';
const get = (half: Half, host: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
  request(production[half], 'GET', path, {
    headers: { host: new URL(host).host, 'x-forwarded-for': '192.0.2.7', ...headers },
  });
const codeOf = async (half: Half, host: string, path: string) => (await get(half, host, path)).status;

describe('[I3 I4] the relay', () => {
  test('is ready, serves no file and no route of the demonstration', async () => {
    for (const path of ['/live', '/ready']) expect(await codeOf('relay', hosts.relay, path)).toBe(200);
    const gone = [
      '/',
      '/console/',
      '/console/site.json',
      '/console/sites.json',
      '/w/',
      '/w/site.json',
      '/v1/loader.js',
      '/smartschool',
      '/api/demo/session',
    ];
    for (const path of gone) expect([path, await codeOf('relay', hosts.relay, path)]).toEqual([path, 404]);
    const [entering, signing] = await Promise.all(
      ['/api/demo/sign-in', '/api/demo/sign-device'].map((path) =>
        request(production.relay, 'POST', path, {
          headers: {
            origin: hosts.console,
            'sec-fetch-site': 'same-site',
            'x-clb': '1',
            'content-type': 'application/json',
          },
          body: JSON.stringify({ who: 'lien' }),
        }),
      ),
    );
    expect([entering?.status, signing?.status]).toEqual([404, 404]);
    expect(production.relay.said()).not.toMatch(/demonstration|Warning/);
  });

  test('of a centre that nobody set up is closed, and has written nothing', async () => {
    const { body, headers } = await get('relay', hosts.relay, '/api/centre/clb', { origin: hosts.chat });
    expect(JSON.parse(body)).toMatchObject({ id: 'clb', state: 'closed', week: Array(7).fill([]) });
    expect(headers['strict-transport-security']).toContain('max-age');
    expect(JSON.parse((await get('relay', hosts.relay, '/status/clb')).body)).toEqual({
      state: 'closed',
      nextOpen: null,
    });
    const redis = lookAt(production.records);
    expect(await redis.hexists('{clb}:records:settings', 'centre')).toBe(0);
    redis.disconnect();
  });
});

describe('[I9 I13] the static side', () => {
  test('answers each host its own, and any other whether it lives', async () => {
    const own = {
      [hosts.chat]: ['/w/', '/w/site.json', '/v1/loader.js', '/status/clb'],
      [hosts.console]: ['/console/', '/console/site.json', '/console/sites.json', '/console/logo.svg'],
    };
    for (const [host, paths] of Object.entries(own)) {
      for (const path of paths) {
        expect([path, await codeOf('files', host, path)]).toEqual([path, 200]);
        for (const other of [...Object.values(hosts), 'https://evil.example', `${host}:8443`].filter(
          (one) => one !== host,
        ))
          expect([other, path, await codeOf('files', other, path)]).toEqual([other, path, 404]);
      }
    }
    for (const path of ['/live', '/ready']) expect(await codeOf('files', 'http://127.0.0.1', path)).toBe(200);
    expect((await get('files', hosts.console, '/')).headers.location).toBe('/console/');
  });

  test('passes nothing on to the relay', async () => {
    for (const host of Object.values(hosts))
      for (const path of [
        '/api/centre/clb',
        '/api/session',
        '/api/sites/signed',
        '/rt/?EIO=4&transport=polling',
        '/api/visit/leave',
      ])
        expect([host, path, await codeOf('files', host, path)]).toEqual([host, path, 404]);
  });

  test('says beside each page where the relay is, and lets it go nowhere else', async () => {
    const facts = { centre: 'clb', demo: false, pins: ceremony.pins, relay: hosts.relay };
    expect(JSON.parse((await get('files', hosts.chat, '/w/site.json')).body)).toEqual(facts);
    expect(JSON.parse((await get('files', hosts.console, '/console/site.json')).body)).toEqual({
      relay: hosts.relay,
      chat: hosts.chat,
    });
    for (const [host, path] of [
      [hosts.chat, '/w/'],
      [hosts.console, '/console/'],
    ] as const) {
      const { headers } = await get('files', host, path);
      expect(headers['content-security-policy']).toContain(
        "connect-src 'self' https://relay.clb.test wss://relay.clb.test;",
      );
      expect(headers['strict-transport-security']).toContain('max-age');
    }
  });
});

test('[I10 I11 I12] a signed list opens the chat for its pages, and stands while the relay is silent', async () => {
  const frames = async () => (await get('files', hosts.chat, '/w/linde/')).headers['content-security-policy'];
  expect(await codeOf('files', hosts.chat, '/w/linde/')).toBe(404);
  const redis = lookAt(production.records);
  const records = await openRecords({ redis, tag: '{clb}', clock: systemClock });
  const store = centreOf(records, 'clb', () => Date.now());
  const sites = { linde: { origins: [SCHOOL] } };
  const text = await signSites(ceremony.issuer, { rev: 1, sites, nowMs: Date.now() });
  expect(await store.putSites(sites, { text, rev: 1 }, 0, 'noor')).toMatchObject({ is: 'written' });
  redis.disconnect();
  // the relay looks once a second at most, and the files ask it for the list half a minute later
  await expect.poll(() => codeOf('relay', hosts.relay, '/api/sites/signed')).toBe(200);
  await production.files.stop();
  await production.files.start();
  await expect.poll(frames).toContain(`frame-ancestors ${SCHOOL};`);
  expect(JSON.parse((await get('files', hosts.console, '/console/sites.json')).body)).toEqual({ signed: text });

  await production.relay.stop();
  await production.files.stop();
  await production.files.start();
  expect(await frames()).toContain(`frame-ancestors ${SCHOOL};`);
  await expect.poll(() => codeOf('files', hosts.chat, '/ready')).toBe(200);
  expect(await codeOf('files', hosts.chat, '/status/linde')).toBe(503);
  await production.relay.start();
  await expect.poll(() => codeOf('files', hosts.chat, '/status/clb')).toBe(200);
});

test('[I1] no signal of whoever is at the machine opens Node’s inspector', async () => {
  for (const half of ['relay', 'files'] as const) {
    production[half].signal('SIGUSR1');
    expect(await codeOf(half, 'http://127.0.0.1', '/live')).toBe(200);
    await production[half].stop(); // whatever the signal made it print is printed
    expect(production[half].said()).not.toMatch(/Debugger|inspector/);
    await production[half].start();
  }
});

test('[A7 A16] an export while the service runs disturbs nobody', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-beside-'));
  const [file, passphrase] = ['export.age', 'passphrase'].map((name) => join(folder, name));
  writeFileSync(passphrase!, 'four words or more\n');
  const before = production.relay.said();
  expect(await production.shell('export', file!, '--passphrase-file', passphrase!)).toContain(file!);
  const redis = lookAt(production.records);
  // whoever hears of this heard of the export
  await redis.publish('{clb}:records:news', '{"changed":[{"kind":"settings","id":"centre","gone":false}]}');
  await expect.poll(() => codeOf('relay', hosts.relay, '/ready')).toBe(200);
  expect(production.relay.said()).toBe(before);
  redis.disconnect();
  rmSync(folder, { recursive: true });
});

test('[M7] a relay that is told to end says so while it serves on, and ends when its last session has gone', async () => {
  const { port } = production.relay;
  const socket = io(`http://127.0.0.1:${port}/visitor`, {
    path: '/rt/',
    transports: ['websocket'],
    extraHeaders: { origin: hosts.chat, host: new URL(hosts.relay).host },
    reconnection: false,
  });
  await once(socket as never, 'connect');
  const gone = once(socket as never, 'disconnect');
  // another process of the same centre hears what is posted to it
  const other = lookAt(production.live);
  const [own] = (await other.call('PUBSUB', 'SHARDCHANNELS', '*')) as string[];
  await other.ssubscribe(`${own!.split(':node:')[0]}:node:another`);
  const ended = production.relay.stop();
  await expect.poll(() => codeOf('relay', hosts.relay, '/ready')).toBe(503);
  expect([await codeOf('relay', hosts.relay, '/live'), socket.connected]).toEqual([200, true]);
  await Promise.all([gone, ended]);
  expect(socket.connected).toBe(false);
  other.disconnect();
  await production.relay.start();
});

test('[I1 M4] the relay refuses stores that are not as they must be, and says all that is missing at once', async () => {
  const program = async (env: Readonly<Record<string, string>>) => {
    const child = spawn(process.execPath, ['server/dist/main.js'], {
      env: { PATH: process.env['PATH'], PORT: '0', ...env },
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    return { code, lines: said.trim().split('\n') };
  };
  const hostsOf = {
    CHAT_ORIGIN: hosts.chat,
    CONSOLE_ORIGIN: hosts.console,
    RELAY_ORIGIN: hosts.relay,
    TRUSTED_HOPS: '1',
  };
  const both = await startRedis(AS_RECORDS);
  const same = await program({ SERVE: 'relay', ...hostsOf, REDIS_URL: both.url, RECORDS_REDIS_URL: both.url });
  expect(same).toEqual({ code: 1, lines: [expect.stringContaining('are the same server')] });
  const writes = { ...hostsOf, REDIS_URL: both.url, RECORDS_REDIS_URL: production.records.url };
  expect((await program({ SERVE: 'relay', ...writes })).code).toBe(1);
  const forgets = { ...hostsOf, REDIS_URL: production.live.url, RECORDS_REDIS_URL: production.live.url };
  expect((await program({ SERVE: 'relay', ...forgets })).code).toBe(1);
  await both.stop();

  const nothing = await program({ SERVE: 'static', NODE_ENV: 'production', PORT: 'x' });
  expect([nothing.code, nothing.lines.length]).toEqual([1, 6]);
  const nowhere = await program({ SERVE: 'static', ...hostsOf, SITES_FILE: '/nowhere/at/all/sites' });
  expect(nowhere).toEqual({ code: 1, lines: [expect.stringMatching(/^SITES_FILE must be .+ \(ENOENT\)\.$/)] });
  for (const [file, why] of [
    [tmpdir(), 'what has that name is no file'],
    [`${tmpdir()}/`, 'what has that name is no file'],
    ['/proc/sites', 'ENOENT'],
  ] as const)
    expect(await program({ SERVE: 'static', ...hostsOf, SITES_FILE: file }), file).toEqual({
      code: 1,
      lines: [expect.stringMatching(new RegExp(`^SITES_FILE must be .+ \\(${why}\\)\\.$`))],
    });
});
