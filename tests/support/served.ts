import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = join(root, 'server/dist/main.js');
const startsWithinMs = 60_000;
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Bytes that a process holds on its heap and beside it; `peak` is the most since the last asking. */
interface Memory {
  readonly used: number;
  readonly peak: number;
}

/** The service as it was built, on memory, with the limits of production, in a process of its own that can be looked into. */
export interface Served {
  readonly origin: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** what it printed since it was ready, on both streams */
  said(): string;
  /** after collecting what is garbage */
  memory(): Promise<Memory>;
  stop(): void;
}

/** Runs before the program. A collection beforehand makes two readings comparable. */
const probe = `
  const held = () => { const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };
  let peak = 0;
  setInterval(() => { peak = Math.max(peak, held()); }, 20).unref();
  process.on('message', () => { gc(); gc(); process.send({ used: held(), peak }); peak = 0; });
`;

/** The server alone, with its Lua. @throws with what the compiler says */
export function buildServer(): void {
  for (const step of [['node_modules/typescript/bin/tsc', '-b', 'server'], ['scripts/copyLua.mjs']]) {
    const built = spawnSync(process.execPath, step, { cwd: root });
    if (built.status !== 0) throw new Error(`the build failed: ${built.stdout.toString()}${built.stderr.toString()}`);
  }
}

/** Builds the server alone and starts it. @param flags more of Node's own */
export async function startServed(flags: readonly string[] = []): Promise<Served> {
  buildServer();
  const {
    NODE_ENV: _env,
    NODE_OPTIONS: _options,
    REDIS_URL: _live,
    RECORDS_REDIS_URL: _records,
    PUBLIC_ORIGIN: _name,
    ...env
  } = process.env;
  const preload = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(probe)}`];
  const child = spawn(process.execPath, [...preload, ...flags, program], {
    env: { ...env, PORT: '0', DEMO_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  running.add(child);
  let said = '';
  const [, origin = '', port = ''] = await new Promise<string[]>((ready, fail) => {
    const late = setTimeout(() => fail(new Error(`no addresses in time: ${said}`)), startsWithinMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /^Console: (http:\/\/localhost:(\d+))\S*\n/m.exec(said);
        if (!found) return;
        clearTimeout(late);
        ready(found);
      });
    }
    child.once('exit', () => fail(new Error(`the server ended: ${said}`)));
  });
  const begun = said.length;
  return {
    ...{ origin, port: Number(port), child },
    said: () => said.slice(begun),
    async memory() {
      child.send('');
      const [answer] = (await once(child, 'message', { signal: AbortSignal.timeout(startsWithinMs) })) as [Memory];
      return answer;
    },
    stop() {
      running.delete(child);
      child.kill('SIGKILL');
    },
  };
}
