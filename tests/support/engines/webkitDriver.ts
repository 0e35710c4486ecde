import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { programsOf } from '../../../scripts/setup/tools.mjs';
import { onFreePorts } from '../freePort.ts';

/** How WebDriver writes an element down. */
export const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
export type Element = Record<typeof ELEMENT, string>;

const STARTS_MS = 30_000;
/** A driver that has not answered by then never will: each wait of its own is shorter. */
const HANGS_MS = 120_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

function begin(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  // never a pipe for what they say: a child of theirs that stays behind would keep it open
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}

export type Say = (
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
  withinMs?: number,
) => Promise<unknown>;

/** A browser with nothing in it and one tab, until it is closed. */
interface Session {
  /** a command of WebDriver in this session */
  readonly say: Say;
  close(): Promise<void>;
}

/** WebDriver of the browser that comes with WebKitGTK, on a screen that nobody sees. One driver has one session at a time. */
export interface Driver {
  /** @param proxyPort through which it reaches the world; without: by itself */
  session(proxyPort?: number): Promise<Session>;
  close(): Promise<void>;
}

export async function openDriver(): Promise<Driver> {
  const [driver = '', xvfb = ''] = programsOf('webkit') ?? [];
  const screen = begin(xvfb, ['-displayfd', '3', '-screen', '0', '1400x1200x24', '-nolisten', 'tcp']);
  const [number] = (await once(screen.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
  const display = { DISPLAY: `:${number.toString().trim()}`, LIBGL_ALWAYS_SOFTWARE: '1', LC_ALL: 'C.UTF-8' };
  const { say, child } = await onFreePorts(1, async (port = 0) => {
    const started = begin(driver, [`--port=${port}`, '--host=127.0.0.1'], display);
    return { child: started, say: await listens(`http://127.0.0.1:${port}`, started) };
  });
  return {
    async session(proxyPort) {
      const wanted = { capabilities: { alwaysMatch: capabilities(proxyPort) } };
      const { sessionId } = (await askAgain(() => say('POST', '/session', wanted, STARTS_MS))) as { sessionId: string };
      const session = `/session/${sessionId}`;
      return {
        say: (method, path, body) => say(method, session + path, body),
        close: async () => void (await say('DELETE', session)), // a driver that is only killed leaves its browser behind
      };
    },
    async close() {
      await end(child);
      await end(screen);
    },
  };
}

/** Now and then the driver does not notice that the browser of a new session has come up: asked again, it starts another. */
async function askAgain<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let left = 2; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0 || !(error instanceof DOMException && error.name === 'TimeoutError')) throw error;
    }
  }
}

const capabilities = (proxyPort?: number) => ({
  browserName: 'MiniBrowser',
  ...(proxyPort !== undefined && { proxy: { proxyType: 'manual', httpProxy: `127.0.0.1:${proxyPort}` } }),
  unhandledPromptBehavior: 'accept',
  timeouts: { script: 60_000, pageLoad: 60_000 },
});

async function listens(address: string, child: ChildProcess): Promise<Say> {
  const say: Say = async (method, path, body, withinMs = HANGS_MS) => {
    const signal = AbortSignal.timeout(withinMs);
    const answer = await fetch(address + path, { method, signal, ...(body && { body: JSON.stringify(body) }) });
    const { value } = (await answer.json()) as { value: unknown };
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(value)}`);
    return value;
  };
  const late = AbortSignal.timeout(STARTS_MS);
  for (;;) {
    try {
      await say('GET', '/status');
      return say;
    } catch (error) {
      if (late.aborted || child.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** The window has bars of its own around the page. @param width of the page's part, CSS px */
export async function resize(say: Say, width: number, height: number): Promise<void> {
  await say('POST', '/window/rect', { width, height });
  const script = 'return [innerWidth, innerHeight]';
  const [inner, outer] = (await say('POST', '/execute/sync', { script, args: [] })) as [number, number];
  await say('POST', '/window/rect', { width: 2 * width - inner, height: 2 * height - outer });
}
