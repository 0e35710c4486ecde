import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultRules } from '@clbchat/server/centre/bounds.rules';
import type { Rules } from '@clbchat/server/kernel/needs';
import { limits, type Limits } from '@clbchat/shared/limits';
import { onFreePorts } from './freePort.ts';
import { AS_RECORDS, startRedis, type TestRedis } from './redis.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const scaledFile = join(root, 'tests/support/scaled.json');
const startWithinMs = 60_000;
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** What vitest or the person at the keyboard has set is no choice of a test. */
const unset = {
  NODE_ENV: undefined,
  REDIS_URL: undefined,
  RECORDS_REDIS_URL: undefined,
  DEMO_HOURS: undefined,
  PUBLIC_ORIGIN: undefined,
  DEMO_PUBLIC_ORIGIN: undefined,
  TRUSTED_HOPS: undefined,
};

/** Seconds of the product made shorter, their relations kept; a test that waits takes its numbers from here. */
export const times = scaledTimes();

function scaledTimes() {
  const scaled = JSON.parse(readFileSync(scaledFile, 'utf8')) as { limits: Partial<Limits>; rules: Partial<Rules> };
  return { ...limits, ...defaultRules, ...scaled.limits, ...scaled.rules };
}

export type StoreKind = 'memory' | 'redis';

/** The whole service as `npm start` starts it, in a process of its own. Addresses stay the same over a restart. */
export interface App {
  readonly school: string;
  readonly smartschool: string;
  readonly console: string;
  /** of the chat, without a slash at the end */
  readonly origin: string;
  /** of this machine: where a proxy finds what has another name */
  readonly ports: { readonly chat: number; readonly school: number };
  /** the two stores, when they are Redis */
  readonly live: TestRedis | undefined;
  readonly records: TestRedis | undefined;
  /** all that it printed, on both streams, since the first start */
  said(): string;
  /** without a word, as a machine that loses power */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ctrl+C, then the stores. @throws when it does not end by itself */
  stop(): Promise<void>;
}

export interface AppOptions {
  on?: StoreKind;
  /** times as in production: for pictures, and for who looks at a screen for as long as it takes */
  unscaled?: boolean;
  env?: Readonly<Record<string, string>>;
}

/** Starts the stores and what was last built (`npm test` builds first), and waits for the three addresses. */
export async function startApp({ on = 'memory', unscaled = false, env = {} }: AppOptions = {}): Promise<App> {
  if (!existsSync(join(root, 'server/dist/main.js'))) throw new Error('nothing is built yet: npm run build');
  const [live, records] = on === 'redis' ? await Promise.all([startRedis(), startRedis(AS_RECORDS)]) : [];
  let [port, demoPort] = [0, 0];
  let said = '';
  let child: ChildProcess | undefined;

  const start = async () => {
    child = spawn(process.execPath, ['server/dist/main.js'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...unset,
        PORT: String(port),
        DEMO_PORT: String(demoPort),
        ...(!unscaled && { LIMITS_FILE: scaledFile }),
        ...(live && records && { REDIS_URL: live.url, RECORDS_REDIS_URL: records.url }),
        ...env,
      },
    });
    const begun = said.length;
    running.add(child);
    await printsAddresses(
      child,
      (chunk) => (said += chunk),
      () => said.slice(begun),
    );
  };
  const end = async (signal: NodeJS.Signals) => {
    if (!child || !running.has(child)) return;
    const gone = once(child, 'exit', { signal: AbortSignal.timeout(startWithinMs) });
    child.kill(signal);
    await gone;
  };
  const stopStores = () => Promise.all([live?.stop(), records?.stop()]);

  try {
    await onFreePorts(2, (...ports) => {
      [port = 0, demoPort = 0] = ports;
      return start();
    });
  } catch (error) {
    await stopStores();
    throw error;
  }
  const line = (label: string) => new RegExp(`^${label}: (https?://\\S+)$`, 'm').exec(said)?.[1] ?? '';
  const console = line('Console');
  return {
    school: line('School page'),
    smartschool: line('Smartschool page'),
    console,
    origin: new URL(console).origin,
    ports: { chat: port, school: demoPort },
    live,
    records,
    said: () => said,
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      try {
        await end('SIGTERM');
      } finally {
        await stopStores();
      }
    },
  };
}

/** @throws with what it said, when it ends or prints no addresses in time */
async function printsAddresses(child: ChildProcess, add: (chunk: string) => void, said: () => string): Promise<void> {
  const late = AbortSignal.timeout(startWithinMs);
  await new Promise<void>((done, fail) => {
    late.addEventListener('abort', () => fail(new Error(`no addresses within ${startWithinMs} ms: ${said()}`)));
    child.once('error', fail);
    child.once('exit', (code) => {
      running.delete(child);
      fail(new Error(`the server ended with ${code}: ${said()}`));
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        add(chunk.toString());
        if (/^Console: https?:\/\/\S+\s/m.test(said())) done();
      });
    }
  });
}
