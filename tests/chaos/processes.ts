import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onFreePorts } from '../support/freePort.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const STARTS_WITHIN_MS = 60_000;
const STARTS = 3;
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** The built program in a process of its own; its port stays the same over a restart. */
export interface ServerNode {
  readonly name: string;
  readonly port: number;
  /** all that it printed since its first start */
  said(): string;
  /** stopped in mid-air, as a machine that hangs */
  pause(): void;
  resume(): void;
  /** without a word */
  kill(): Promise<void>;
  start(): Promise<void>;
}

interface How {
  /** what starts it, such as `faketime -f +120s` */
  readonly through?: readonly string[];
  /** a file for what it prints, in the place of a pipe */
  readonly log?: string;
}

/** @param env of the program */
export async function startNode(
  name: string,
  env: Readonly<Record<string, string>>,
  { through = [], log }: How = {},
): Promise<ServerNode> {
  let [port, demoPort, piped] = [0, 0, ''];
  let child: ChildProcess | undefined;
  const said = () => (log === undefined ? piped : readFileSync(log, 'utf8') + piped);
  const start = async () => {
    const words = [...through, process.execPath, 'server/dist/main.js'];
    const out = log === undefined ? 'pipe' : openSync(log, 'a');
    child = spawn(words[0]!, words.slice(1), {
      cwd: root,
      stdio: ['ignore', out, 'pipe'],
      env: {
        ...{ PATH: process.env['PATH'], HOME: process.env['HOME'] },
        ...{ ...env, PORT: String(port), DEMO_PORT: String(demoPort) },
      },
    });
    if (out !== 'pipe') closeSync(out);
    const mine = child;
    running.add(mine);
    mine.once('exit', () => running.delete(mine));
    for (const stream of [mine.stdout, mine.stderr]) stream?.on('data', (chunk: Buffer) => (piped += chunk.toString()));
    const endMs = Date.now() + STARTS_WITHIN_MS;
    while (!(await answers(port)) || !running.has(mine)) {
      if (!running.has(mine) || Date.now() > endMs) throw new Error(`${name} did not start: ${said()}`);
      await sleep(50);
    }
  };
  await onFreePorts(2, (...ports) => {
    [port = 0, demoPort = 0] = ports;
    return start();
  });
  return {
    name,
    port,
    said,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async kill() {
      if (!child || !running.has(child)) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL'); // also ends a paused one
      await gone;
    },
    /** Whatever watches it starts it again where it ended: on a busy machine a store may answer too late. */
    async start() {
      for (let tries = 1; ; tries += 1) {
        try {
          return await start();
        } catch (error) {
          if (tries === STARTS) throw error;
        }
      }
    },
  };
}
