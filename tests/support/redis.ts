import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORGETS } from '@clbchat/server/redis/keeping';
import { discard } from './discard.ts';
import { onFreePorts } from './freePort.ts';

/** A redis-server of this test file alone, on loopback, with an empty folder of its own. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** where it would write */
  readonly folder: string;
  /** Stops it in mid-air, as a machine that hangs: connections stay open and nothing answers. */
  pause(): void;
  resume(): void;
  /** Kills it and starts it again on the same port, empty unless it was started with persistence. */
  restart(): Promise<void>;
  /** Kills it without a word; `restart` brings it back. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const program = process.env['REDIS_SERVER_BIN'] ?? 'redis-server';
const startWithinMs = 10_000;
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** By which it keeps every change that it answered; without these it forgets all, as the live store has to. */
export const AS_RECORDS: readonly string[] = ['--appendonly', 'yes', '--appendfsync', 'always'];

/** @param extra options of redis-server, such as AS_RECORDS */
export async function startRedis(extra: readonly string[] = []): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-redis-'));
  let port = 0;
  const args = ['--bind', '127.0.0.1', '--dir', folder, '--daemonize', 'no'];
  const asLiveStore = Object.entries(FORGETS).flatMap(([name, [value]]) => [`--${name}`, value]);
  const start = () => launch(['--port', String(port), ...args, ...asLiveStore, ...extra], port);

  let child = await onFreePorts(1, (free = 0) => {
    port = free;
    return start();
  }).catch(async (error: unknown) => {
    await discard(folder);
    throw error;
  });
  const kill = async () => {
    if (!running.has(child)) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL'); // also ends a paused one
    await gone;
  };

  return {
    url: `redis://127.0.0.1:${port}`,
    ...{ port, folder },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill,
    async restart() {
      await kill();
      child = await start();
    },
    async stop() {
      await kill();
      await discard(folder);
    },
  };
}

/** Three Sentinels that watch a server by this name. @returns their address for the program, without the name, and what ends them */
export async function startSentinels(
  primary: TestRedis,
  name: string,
): Promise<{ hosts: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-sentinel-'));
  const children: ChildProcess[] = [];
  const ports: number[] = [];
  for (const each of ['a', 'b', 'c']) {
    const file = join(folder, each);
    children.push(
      await onFreePorts(1, (port = 0) => {
        ports[children.length] = port;
        const watch = `sentinel monitor ${name} 127.0.0.1 ${primary.port} 2`;
        const within = [`down-after-milliseconds ${name} 1000`, `failover-timeout ${name} 5000`];
        writeFileSync(
          file,
          [`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`, watch, ...within.map((line) => `sentinel ${line}`)].join(
            '\n',
          ),
        );
        return launch([file, '--sentinel'], port, 'Sentinel ID is');
      }),
    );
  }
  return {
    hosts: ports.map((port) => `127.0.0.1:${port}`).join(','),
    async stop() {
      for (const child of children) {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      await discard(folder);
    },
  };
}

/** @throws with what the program said, when it ends or does not answer in time */
async function launch(args: string[], port: number, sign = 'Ready to accept connections'): Promise<ChildProcess> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let said = '';
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      running.delete(child);
      reject(new Error(`${program} ended with ${code}: ${said}`));
    });
  });
  ended.catch(() => undefined); // later it may end as it likes
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes(sign)) resolve();
      });
    }
  });
  const late = AbortSignal.timeout(startWithinMs);
  const tooLate = once(late, 'abort').then(() => {
    throw new Error(`${program} did not start within ${startWithinMs} ms: ${said}`);
  });
  tooLate.catch(() => undefined);
  await Promise.race([ready, ended, tooLate]);
  await answers(port);
  return child;
}

/** One PING over a bare socket, so that a server which listens but does not answer is not taken for a good one. */
async function answers(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.write('PING\r\n');
  const [reply] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  if (!reply.toString().startsWith('+PONG')) throw new Error(`redis-server answered ${reply.toString()}`);
}
