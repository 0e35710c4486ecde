import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onFreePorts } from '../support/freePort.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const STARTS_WITHIN_MS = 60_000;
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

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

/** @param env of the program · @param through what starts it, such as `faketime -f +120s` */
export async function startNode(
  name: string,
  env: Readonly<Record<string, string>>,
  through: readonly string[] = [],
): Promise<ServerNode> {
  let [port, demoPort, said] = [0, 0, ''];
  let child: ChildProcess | undefined;
  const start = async () => {
    const words = [...through, process.execPath, 'server/dist/main.js'];
    child = spawn(words[0]!, words.slice(1), {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...{ PATH: process.env['PATH'], HOME: process.env['HOME'] },
        ...{ ...env, PORT: String(port), DEMO_PORT: String(demoPort) },
      },
    });
    const mine = child;
    const begun = said.length;
    running.add(mine);
    mine.once('exit', () => running.delete(mine));
    await new Promise<void>((done, fail) => {
      const late = setTimeout(() => fail(new Error(`${name} said no address: ${said}`)), STARTS_WITHIN_MS);
      mine.once('error', fail);
      mine.once('exit', (code) => fail(new Error(`${name} ended with ${code}: ${said}`)));
      for (const stream of [mine.stdout, mine.stderr]) {
        stream?.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          if (!/^Console: /m.test(said.slice(begun))) return;
          clearTimeout(late);
          done();
        });
      }
    });
  };
  await onFreePorts(2, (...ports) => {
    [port = 0, demoPort = 0] = ports;
    return start();
  });
  return {
    name,
    port,
    said: () => said,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async kill() {
      if (!child || !running.has(child)) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL'); // also ends a paused one
      await gone;
    },
    start,
  };
}
