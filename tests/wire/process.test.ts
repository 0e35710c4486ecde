import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { promisesTls } from '@clbchat/server/centre/origin.rules';
import { readConfig } from '@clbchat/server/config';
import { joinInput, newSecrets } from '../support/clients.ts';
import { request } from '../support/request.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = join(root, 'server/dist/main.js');
const folder = mkdtempSync(join(tmpdir(), 'clbchat-process-'));
const running = new Set<ChildProcess>();

beforeAll(() => {
  // the server alone: this must not wait for pages that it does not look at
  const built = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'server'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`the build failed: ${built.stdout}`);
}, 120_000);
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function start(env: Record<string, string>, flags: string[] = []): { child: ChildProcess; said: () => string } {
  const {
    NODE_ENV: _env,
    REDIS_URL: _live,
    RECORDS_REDIS_URL: _records,
    NODE_OPTIONS: _options,
    PUBLIC_ORIGIN: _origin,
    DEMO_PUBLIC_ORIGIN: _school,
    ...inherited
  } = process.env;
  const child = spawn(process.execPath, [...flags, program], {
    cwd: folder,
    env: { ...inherited, PORT: '0', DEMO_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said };
}

async function ends({ child, said }: ReturnType<typeof start>): Promise<[number | null, string]> {
  const code =
    child.exitCode ?? ((await once(child, 'exit', { signal: AbortSignal.timeout(30_000) }))[0] as number | null);
  running.delete(child);
  return [code, said()];
}

const addressIn = (said: string, label: string) => new RegExp(`^${label}: (https?://\\S+)$`, 'm').exec(said)?.[1] ?? '';

describe('[N14] the program', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'starts with three addresses, serves, and ends at %s with sockets open',
    async (signal) => {
      const server = start({});
      await expect
        .poll(() => addressIn(server.said(), 'Console'), { timeout: 30_000 })
        .toMatch(/^http:\/\/localhost:\d+\/console\/$/);
      const school = addressIn(server.said(), 'School page');
      expect(school).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
      expect(addressIn(server.said(), 'Smartschool page')).toBe(`${school}smartschool`);
      expect(server.said()).toContain('nothing survives a restart');
      expect(server.said()).toContain('demonstration');

      const { origin, port } = new URL(addressIn(server.said(), 'Console'));
      const page = await (await fetch(school)).text();
      expect(page).toContain(`${origin}/v1/loader.js`);
      const plain = await fetch(`${school}smartschool`);
      expect(plain.headers.get('content-security-policy')).toContain("script-src 'none'");
      expect(await plain.text()).toContain(`<iframe src="${origin}/w/demo/#k=`);
      const framed = await request({ port: Number(port) }, 'GET', '/w/demo/');
      expect(framed.headers['content-security-policy'] ?? '').toContain(`frame-ancestors ${new URL(school).origin};`);

      const socket = io(`http://127.0.0.1:${port}/visitor`, {
        path: '/rt/',
        transports: ['websocket'],
        extraHeaders: { origin },
        reconnection: false,
      });
      await once(socket as never, 'connect');
      const joined: unknown = await socket
        .timeout(5_000)
        .emitWithAck('visit:join', await joinInput(await newSecrets()));
      expect(joined).toMatchObject({ ok: true, value: { ahead: 0 } });

      server.child.kill(signal);
      const [code] = await ends(server); // by itself: the page has not gone
      expect(code).toBe(0);
      expect(await free(Number(port))).toBe(true);
      socket.disconnect();
    },
  );

  test('says in one sentence that a port is in use, whichever', async () => {
    const { server, port } = await occupy();
    for (const name of ['PORT', 'DEMO_PORT']) {
      const [code, said] = await ends(start({ [name]: String(port) }));
      expect([code, said.trim()]).toEqual([
        1,
        `Port ${port} is in use: stop the other program, or set ${name} to another port.`,
      ]);
    }
    server.close();
  });

  test.each([
    ['PORT', '99999'],
    ['DEMO_PORT', 'eighty'],
    ['DEMO_HOURS', 'sometimes'],
    ['REDIS_URL', 'redis://127.0.0.1:1'],
    ['RECORDS_REDIS_URL', 'redis://127.0.0.1:1'],
    ['LIMITS_FILE', '/nowhere.json'],
    ['PUBLIC_ORIGIN', 'chat.example.be'],
    ['DEMO_PUBLIC_ORIGIN', 'https://school.example.org/'],
  ])('says in one sentence what is wrong with %s=%s', async (name, value) => {
    const [code, said] = await ends(start({ [name]: value }));
    expect(code).toBe(1);
    expect(said).toContain(name);
    expect(said.trim().split('\n')).toHaveLength(1);
  });

  test.each(['redis://:openSesame%zz@127.0.0.1:1', 'redis://:openSesame@127.0.0.1:1?Connector=x'])(
    '[M3] says in one sentence, without the password, that no connection comes of %s',
    async (address) => {
      for (const name of ['REDIS_URL', 'RECORDS_REDIS_URL']) {
        const both = { REDIS_URL: 'redis://127.0.0.1:1', RECORDS_REDIS_URL: 'redis://127.0.0.1:1', [name]: address };
        const [code, said] = await ends(start(both));
        expect([code, said.trim().split('\n')]).toEqual([
          1,
          [expect.stringMatching(`^${name} must be an address as `)],
        ]);
        expect(said).not.toContain('openSesame');
      }
    },
  );

  test('refuses to be a demonstration in production, and to be watched there', async () => {
    const production = { NODE_ENV: 'production' };
    const [code, said] = await ends(start(production));
    expect([code, said]).toEqual([1, expect.stringContaining('demonstration does not run with NODE_ENV=production')]);
    expect(await ends(start({ ...production, DEBUG: '*' }))).toEqual([
      1,
      expect.stringContaining('DEBUG may not be set in production'),
    ]);
    expect(await ends(start({ ...production, NODE_DEBUG: 'net' }))).toEqual([
      1,
      expect.stringContaining('NODE_DEBUG may not'),
    ]);
    for (const flag of ['--inspect=0', '--heapsnapshot-signal=SIGUSR2', '--report-on-fatalerror']) {
      const [ended, why] = await ends(start(production, [flag]));
      expect([flag, ended, why.includes(`may not be started with ${flag.split('=')[0]}`)]).toEqual([flag, 1, true]);
    }
  });
});

describe('[N15] settings of the environment', () => {
  test('that are missing have the documented values', () => {
    expect(readConfig({}, [])).toMatchObject({
      port: 8080,
      demoPort: 8081,
      hosts: ['127.0.0.1', '::1'],
      demoHosts: ['127.0.0.1'],
      open: 'always',
      trustedHops: 0,
      redis: null,
      publicOrigin: null,
      demoPublicOrigin: null,
    });
  });

  test.each([
    ['https://chat.example.be', 'https://chat.example.be'],
    ['https://chat.example.be:8443', 'https://chat.example.be:8443'],
    ['HTTPS://Chat.Example.BE:443', 'https://chat.example.be'],
    ['https://192.0.2.7', 'https://192.0.2.7'],
    ['http://localhost:9090', 'http://localhost:9090'],
    ['http://[::1]:9090', 'http://[::1]:9090'],
    ['', null],
  ])('[N52] PUBLIC_ORIGIN=%s is read as browsers write it', (text, publicOrigin) => {
    expect(readConfig({ PUBLIC_ORIGIN: text }, [])).toMatchObject({ publicOrigin });
    const both = { PUBLIC_ORIGIN: 'https://other.example', DEMO_PUBLIC_ORIGIN: text };
    expect(readConfig(both, [])).toMatchObject({ demoPublicOrigin: publicOrigin });
  });

  test.each([
    'chat.example.be',
    'http://chat.example.be',
    'http://localhost.example.be',
    'https://chat.example.be/',
    'https://chat.example.be/w',
    'https://chat.example.be?x',
    'https://chat.example.be#x',
    'https://someone@chat.example.be',
    'https://*.example.be',
    'https://chat.example.be;script-src',
    "https://chat.example.be'",
    'https://chat.example.be https://evil.example',
    'https://chat.example.be,https://evil.example',
    'https://chat.example.be\n',
    'https:chat.example.be',
    'wss://chat.example.be',
    'https://',
    `https://${'a'.repeat(300)}.be`,
    'null',
  ])('[N52] PUBLIC_ORIGIN=%s is refused in one sentence', (text) => {
    for (const name of ['PUBLIC_ORIGIN', 'DEMO_PUBLIC_ORIGIN'])
      expect(() => readConfig({ [name]: text }, [])).toThrow(`${name} must be an origin as https://chat.example.be`);
    expect(() => readConfig({ PUBLIC_ORIGIN: text, NODE_ENV: 'production' }, [])).toThrow('PUBLIC_ORIGIN must be');
  });

  test('[N52] TLS is promised for a name of the world, and never for this very machine', () => {
    const origins = ['https://chat.example.be', 'https://localhost:8443', 'https://127.0.0.1', 'http://localhost:9090'];
    expect(origins.map(promisesTls)).toEqual([true, false, false, false]);
  });

  test.each([
    { PUBLIC_ORIGIN: 'https://example.be', DEMO_PUBLIC_ORIGIN: 'https://EXAMPLE.be:443' },
    { PUBLIC_ORIGIN: 'https://example.be', DEMO_PUBLIC_ORIGIN: 'https://example.be:8443' },
    { PUBLIC_ORIGIN: 'https://example.be:8443', DEMO_PUBLIC_ORIGIN: 'https://example.be' },
    { PUBLIC_ORIGIN: 'http://127.0.0.1:8080' },
    { DEMO_PUBLIC_ORIGIN: 'http://localhost:9090' },
  ])('[N52] the school has another name than the chat, not only another port: cookies know none (%o)', (both) => {
    expect(() => readConfig(both, [])).toThrow('DEMO_PUBLIC_ORIGIN must be another one');
  });

  test.each([
    [{ REDIS_URL: 'http://127.0.0.1', RECORDS_REDIS_URL: 'redis://a' }, 'REDIS_URL must be an address'],
    [{ REDIS_URL: 'redis://a', RECORDS_REDIS_URL: 'nonsense' }, 'RECORDS_REDIS_URL must be an address'],
    [{ PORT: '-1' }, 'PORT must be a port'],
    [{ PORT: '8080x' }, 'PORT must be a port'],
  ])('%j is refused', (env, says) => {
    expect(() => readConfig(env, [])).toThrow(says);
  });

  test('a file of scaled limits changes what it names, and nothing may be misspelt in it', () => {
    const path = join(folder, 'limits.json');
    writeFileSync(path, JSON.stringify({ limits: { tickEveryMs: 100 }, rules: { offerRingMs: 3_000 } }));
    expect(readConfig({ LIMITS_FILE: path }, [])).toMatchObject({
      limits: { tickEveryMs: 100, graceMs: 60_000 },
      scaledRules: { offerRingMs: 3_000 },
    });
    writeFileSync(path, JSON.stringify({ limits: { tickEvery: 100 } }));
    expect(() => readConfig({ LIMITS_FILE: path }, [])).toThrow('limits.tickEvery');
    expect(() => readConfig({ LIMITS_FILE: path, NODE_ENV: 'production' }, [])).toThrow('LIMITS_FILE may not be set');
  });
});

async function occupy(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

async function free(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  const taken = await Promise.race([
    once(server, 'listening').then(() => true),
    once(server, 'error').then(() => false),
  ]);
  server.close();
  return taken;
}
