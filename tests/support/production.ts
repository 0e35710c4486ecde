import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeIssuer, type Issuer } from '@clbchat/shared/statement/issuer';
import { exportPublic, makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import { discard } from './discard.ts';
import { onFreePorts } from './freePort.ts';
import { AS_RECORDS, startRedis, type TestRedis } from './redis.ts';
import { openTlsProxy, type TlsProxy } from './tlsProxy.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const startWithinMs = 60_000;
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** What the world calls the three hosts of the centre. */
export const hosts = {
  chat: 'https://chat.clb.test',
  console: 'https://console.clb.test',
  relay: 'https://relay.clb.test',
} as const;
const nameOf = (origin: string) => new URL(origin).hostname;

/** Two roots as the ceremony makes them, and an issuer of a coordinator under the first. */
export interface Ceremony {
  readonly pins: readonly [string, string];
  readonly issuer: Issuer;
}

export async function holdCeremony(): Promise<Ceremony> {
  const [O, O2] = [await makeSigningPair(), await makeSigningPair()];
  const [point, other] = [await exportPublic(O.publicKey), await exportPublic(O2.publicKey)];
  const issuer = await makeIssuer({ root: point, key: O.privateKey }, { org: 'CLB', nowMs: Date.now() });
  return { pins: [await pinOf(point), await pinOf(other)], issuer };
}

/** One of the two processes. Its port stays the same over a restart. */
interface Program {
  readonly port: number;
  /** all that it printed, on both streams, since the first start */
  said(): string;
  /** Sends it a signal that it lives on after. */
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
  /** @param more of its configuration, from now on */
  start(more?: Readonly<Record<string, string>>): Promise<void>;
}

/** A centre as docs/operations.md has it: what was last built, both stores, and a proxy that ends TLS. */
export interface Production {
  readonly relay: Program;
  readonly files: Program;
  readonly proxy: TlsProxy;
  readonly live: TestRedis;
  readonly records: TestRedis;
  /** A command at the server's own shell. @returns what it printed */
  shell(command: 'bootstrap' | 'recover' | 'export', ...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

interface Wishes {
  readonly pins?: readonly string[];
  /** of other sites, by origin: their ports of this machine */
  readonly schools?: Readonly<Record<string, number>>;
}

export async function startProduction({ pins = [], schools = {} }: Wishes = {}): Promise<Production> {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-production-'));
  const [live, records] = await Promise.all([startRedis(), startRedis(AS_RECORDS)]);
  const common = {
    NODE_ENV: 'production',
    TRUSTED_HOPS: '1',
    CHAT_ORIGIN: hosts.chat,
    CONSOLE_ORIGIN: hosts.console,
    RELAY_ORIGIN: hosts.relay,
    ROOT_PINS: pins.join('.'),
  };
  const stores = { REDIS_URL: live.url, RECORDS_REDIS_URL: records.url };
  const relay = await startProgram({ SERVE: 'relay', ...common, ...stores });
  const relayUrl = `http://127.0.0.1:${relay.port}`;
  const files = await startProgram({
    ...{ SERVE: 'static', ...common },
    ...{ RELAY_URL: relayUrl, SITES_FILE: join(folder, 'sites') },
  });
  const ports = { [hosts.chat]: files.port, [hosts.console]: files.port, [hosts.relay]: relay.port, ...schools };
  const proxy = await openTlsProxy(
    Object.fromEntries(Object.entries(ports).map(([origin, port]) => [nameOf(origin), port])),
  );
  return {
    ...{ relay, files, proxy, live, records },
    async shell(...command) {
      const env = { PATH: process.env['PATH'], RECORDS_REDIS_URL: records.url, CONSOLE_ORIGIN: hosts.console };
      const child = spawn(process.execPath, ['server/bin/clbchat.js', ...command], { cwd: root, env });
      let out = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
      await once(child, 'close');
      return out;
    },
    async stop() {
      proxy.close();
      await Promise.all([relay.stop(), files.stop()]);
      await Promise.all([live.stop(), records.stop()]);
      await discard(folder);
    },
  };
}

/** Nothing of what somebody at the keyboard has set is a choice of a test. */
const plainEnv = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

async function startProgram(env: Readonly<Record<string, string>>): Promise<Program> {
  let [port, said] = [0, ''];
  let child: ChildProcess | undefined;
  let configured = env;
  const start: Program['start'] = async (more = {}) => {
    configured = { ...configured, ...more };
    child = spawn(process.execPath, ['--disable-proto=delete', 'server/dist/main.js'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...plainEnv, ...configured, PORT: String(port) },
    });
    const begun = said.length;
    running.add(child);
    await listens(
      child,
      (chunk) => (said += chunk),
      () => said.slice(begun),
    );
  };
  await onFreePorts(1, (free = 0) => {
    port = free;
    return start();
  });
  return {
    port,
    said: () => said,
    signal: (name) => void child?.kill(name),
    start,
    async stop() {
      if (!child || !running.has(child)) return;
      const gone = once(child, 'exit', { signal: AbortSignal.timeout(startWithinMs) });
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** @throws with what it said, when it ends or says no port in time */
async function listens(child: ChildProcess, add: (chunk: string) => void, said: () => string): Promise<void> {
  const late = AbortSignal.timeout(startWithinMs);
  await new Promise<void>((done, fail) => {
    late.addEventListener('abort', () => fail(new Error(`no port within ${startWithinMs} ms: ${said()}`)));
    child.once('error', fail);
    child.once('exit', (code) => {
      running.delete(child);
      fail(new Error(`it ended with ${code}: ${said()}`));
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        add(chunk.toString());
        if (/^(?:Relay|Console): https:\/\/\S+ on port \d+\n/m.test(said())) done();
      });
    }
  });
}
