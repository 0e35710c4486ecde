/** The built program with its stores, in processes of their own, for one attack. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FORGETS } from '../liveStore.mjs';

const root = resolve(import.meta.dirname, '../..');
const STARTS_WITHIN_MS = 90_000; // a busy machine takes half a minute
const TRIES_MAX = 5;
const KEY_BYTES = 32;
const UNHEARD = {
  ...{ OIDC_ISSUER: 'https://127.0.0.1:9', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b', OIDC_NAME: 'school' },
};
const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

const until = async (is, what) => {
  for (const end = Date.now() + STARTS_WITHIN_MS; Date.now() < end;) {
    const found = await is();
    if (found) return found;
    await new Promise((next) => setTimeout(next, 25));
  }
  throw new Error(`${what} did not start`);
};

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function launch(command, args, options) {
  const child = spawn(command, args, options);
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

const keeps = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'];

async function startRedis(folder, options) {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...options];
  const child = launch(process.env.REDIS_SERVER_BIN ?? 'redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  await until(() => said.includes('Ready to accept connections'), 'redis-server');
  return { child, url: `redis://127.0.0.1:${port}` };
}

/**
 * @param {{ store: 'memory' | 'redis', limits?: object, rules?: object, env?: object, full?: boolean, key?: boolean, provider?: boolean, preload?: string }} how
 *   `full`: its output goes to a disk without room · `key`: it has a key file beside the records
 *   `provider`: and an OpenID provider that nobody hears, where its store is Redis
 */
export async function startProgram(how) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await start(how);
    } catch (error) {
      // a port that was free a moment ago may be somebody else's by now
      if (tries === TRIES_MAX || !String(error).includes('is in use')) throw error;
    }
  }
}

async function start({
  store,
  limits = {},
  rules = {},
  env = {},
  full = false,
  key = false,
  provider = false,
  preload,
}) {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-attack-'));
  const scaled = join(folder, 'limits.json');
  writeFileSync(scaled, JSON.stringify({ limits, rules }));
  const keyFile = join(folder, 'records.key');
  if (key) writeFileSync(keyFile, randomBytes(KEY_BYTES), { mode: 0o600 });
  const stores = store === 'redis' ? [await startRedis(folder, FORGETS), await startRedis(folder, keeps)] : [];
  const [live, records] = stores;
  const port = await freePort();
  const { NODE_ENV: _env, NODE_OPTIONS: _options, PUBLIC_ORIGIN: _name, ...inherited } = process.env;
  const flags = preload ? ['--import', `data:text/javascript,${encodeURIComponent(preload)}`] : [];
  const out = full ? openSync('/dev/full', 'w') : 'pipe';
  const child = launch(process.execPath, [...flags, join(root, 'server/dist/main.js')], {
    cwd: folder,
    stdio: ['ignore', out, 'pipe'],
    env: {
      ...inherited,
      ...{ PORT: String(port), DEMO_PORT: '0', LIMITS_FILE: scaled, REDIS_URL: live?.url ?? '' },
      ...{
        RECORDS_REDIS_URL: records?.url ?? '',
        ...(key && { RECORDS_KEY_FILE: keyFile }),
        ...(provider && records && UNHEARD),
        ...env,
      },
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  const target = { port, origin: `http://localhost:${port}`, child, store, live: live?.child, records: records?.url };
  await until(() => {
    if (child.exitCode !== null) throw new Error(`the program ended: ${said}`);
    // its last line comes after it is ready, and is nothing that an attack made it say
    const hasSaid = child.stdout === null || said.includes('Console: ');
    return fetch(`http://127.0.0.1:${port}/ready`).then(
      ({ ok }) => ok && hasSaid,
      () => false,
    );
  }, 'the program');
  const begun = said.length;
  return {
    ...target,
    /** what it printed since it was ready */
    said: () => said.slice(begun),
    isAlive: () => child.exitCode === null && child.signalCode === null,
    /** megabytes that it holds */
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1_024,
    async stop() {
      const all = [child, ...stores.map((one) => one.child)].filter((each) => running.has(each));
      for (const each of all) each.kill('SIGKILL');
      await Promise.all(all.map((each) => once(each, 'exit')));
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 });
    },
  };
}
