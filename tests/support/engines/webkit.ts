import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { programsOf } from '../../../scripts/setup/tools.mjs';
import { onFreePorts } from '../freePort.ts';
import { ALL, type Engine, type Key, type Place, type Tab } from './engine.ts';
import type { Web } from './web.ts';

/** How WebDriver writes an element down. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const KEYS: Record<Key, string> = { Enter: '\uE007', Tab: '\uE004', Shift: '\uE008', Escape: '\uE00C' };
const STARTS_MS = 30_000;

/** Nothing of the kind can be switched off here: the storage throws, before the page's first script. */
const REFUSES = `for (const name of ['sessionStorage', 'localStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError'); } });`;

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

/** By plain WebDriver, of the browser that comes with the library, on a screen that nobody sees. One driver has one tab. */
export const webkit: Engine = {
  name: 'WebKitGTK',
  tool: 'webkit',
  async open(web, chat, { storage }) {
    const [driver = '', xvfb = ''] = programsOf('webkit') ?? [];
    if (storage === 'refused')
      web.before(REFUSES, ({ origin, pathname }) => origin === chat && pathname.startsWith('/w/'));
    const screen = begin(xvfb, ['-displayfd', '3', '-screen', '0', '1400x1200x24', '-nolisten', 'tcp']);
    const [number] = (await once(screen.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
    const display = { DISPLAY: `:${number.toString().trim()}`, LIBGL_ALWAYS_SOFTWARE: '1', LC_ALL: 'C.UTF-8' };
    const { say, child } = await onFreePorts(1, async (port = 0) => {
      const started = begin(driver, [`--port=${port}`, '--host=127.0.0.1'], display);
      return { child: started, say: await listens(`http://127.0.0.1:${port}`, started) };
    });
    const { sessionId } = (await say('POST', '/session', { capabilities: { alwaysMatch: wanted(web) } })) as Session;
    const session = `/session/${sessionId}`;
    return tabOf(
      (method, path, body) => say(method, session + path, body),
      chat,
      async () => {
        await say('DELETE', session); // a driver that is only killed leaves its browser behind
        await end(child);
        await end(screen);
      },
    );
  },
};

interface Session {
  sessionId: string;
}
type Say = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;

const wanted = ({ port }: Web) => ({
  browserName: 'MiniBrowser',
  proxy: { proxyType: 'manual', httpProxy: `127.0.0.1:${port}` },
  unhandledPromptBehavior: 'accept',
  timeouts: { script: 60_000, pageLoad: 60_000 },
});

async function listens(address: string, child: ChildProcess): Promise<Say> {
  const say: Say = async (method, path, body) => {
    const answer = await fetch(address + path, { method, ...(body && { body: JSON.stringify(body) }) });
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

type Element = Record<typeof ELEMENT, string>;

function tabOf(say: Say, chat: string, close: () => Promise<void>): Tab {
  const execute = (script: string, ...args: readonly unknown[]) =>
    say('POST', '/execute/sync', { script: `${ALL}${script}`, args });
  const isChat = () => execute(`return location.href.startsWith(${JSON.stringify(`${chat}/w/`)})`);

  /** Goes into the frames of where it stands, one inside the other, until one is the chat. */
  async function intoChat(): Promise<boolean> {
    if (await isChat()) return true;
    const frames = (await execute(`return all().filter((one) => one.localName === 'iframe')`)) as Element[];
    for (const frame of frames) {
      // the driver scrolls to what it presses inside a frame only
      await execute('arguments[0].scrollIntoView()', frame);
      await say('POST', '/frame', { id: frame });
      if (await intoChat()) return true;
      await say('POST', '/frame/parent', {});
    }
    return false;
  }
  async function to(place: Place): Promise<void> {
    await say('POST', '/frame', { id: null });
    if (place === 'chat' && !(await intoChat())) throw new Error('no chat in this page');
  }
  const keyboard = (values: readonly string[]) =>
    say('POST', '/actions', {
      actions: [
        {
          type: 'key',
          id: 'keyboard',
          actions: values.flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value }))),
        },
      ],
    });

  return {
    goto: async (address) => void (await say('POST', '/url', { url: address })),
    async reload() {
      await to('page');
      await say('POST', '/refresh', {});
    },
    back: async () => void (await say('POST', '/back', {})),
    async resize(width, height) {
      // the window has bars of its own around the page
      await to('page');
      await say('POST', '/window/rect', { width, height });
      const [inner, outer] = (await execute('return [innerWidth, innerHeight]')) as [number, number];
      await say('POST', '/window/rect', { width: 2 * width - inner, height: 2 * height - outer });
    },
    async run<Value>(place: Place, script: string) {
      await to(place);
      return (await execute(script)) as Value;
    },
    async press(place, script) {
      await to(place);
      const found = (await execute(script)) as Element | null;
      if (!found) throw new Error(`nothing to press: ${script}`);
      await say('POST', `/element/${found[ELEMENT]}/click`, {});
    },
    async type(place, text) {
      await to(place);
      await keyboard([...text]);
    },
    async key(place, key) {
      await to(place);
      await keyboard([KEYS[key]]);
    },
    close,
  };
}
