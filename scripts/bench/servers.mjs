/** Starts what is measured: our built server, the bare one beside it, and stores of Redis; each on its core. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startProgram } from '../attack/program.mjs';
import { FORGETS } from '../liveStore.mjs';
import { cores, pin } from './machine.mjs';
import { TELLS } from './teller.mjs';

const STARTS_WITHIN_MS = 90_000;
const NEVER = 1_000_000_000;

/**
 * Rates and caps that a person never meets and a load does, out of the way. What a rule of the centre decides stays as it is but
 * for how many may wait, and until when: 10,000 visitors are more than any centre may let wait.
 */
const WIDE = {
  limits: {
    ...{ socketsMax: 60_000, connectionsMax: 60_000, unauthenticatedMax: 60_000, socketsPerTagMax: NEVER },
    ...{ strangersPerTagMax: NEVER, connectsPerSecond: NEVER, connectsBurst: NEVER, connectsHousePerSecond: NEVER },
    ...{ connectsHouseBurst: NEVER, newVisitsPerTagMax: NEVER, lineShareMax: NEVER, eventsPerSecond: NEVER },
    ...{ eventsBurst: NEVER, packetsPerSecond: NEVER, packetsBurst: NEVER, postsPerSecond: NEVER, postsBurst: NEVER },
    ...{ postsHousePerSecond: NEVER, postsHouseBurst: NEVER, framesPerVisitMax: NEVER, accountsMax: 2_000 },
    ...{ queuedBytesHouseMax: NEVER, controlFramesPerSecond: NEVER, controlFramesBurst: NEVER, asksMax: 1_000 },
  },
  rules: { talkingKeepMs: 1_800_000, waitingKeepMs: 1_800_000 },
};
const MANY_WAIT = { waitingMax: 1_000_000, fullEstimateMs: 1_000_000_000_000 };

const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A process that says when it is there. */
async function launched(command, args, word, core) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let all = '';
  await new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`${command} did not start: ${all}`)), STARTS_WITHIN_MS);
    child.once('error', fail);
    child.once('exit', () => fail(new Error(`${command} ended: ${all}`)));
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        if (all.length < 1_000_000) all += chunk;
        if (!all.includes(word)) return;
        clearTimeout(late);
        done();
      });
  });
  pin(child, core);
  const stop = async () => {
    if (!running.has(child)) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { child, said: () => all, stop };
}

/** Our built server in its way *both*, with its stores. @param store of `openStores`; memory without it · `profile`: a file, see teller.mjs */
export async function startOurs({ store = null, many = true, limits = {}, rules = {}, profile = '' } = {}) {
  const env = store ? { REDIS_URL: store.live.url, RECORDS_REDIS_URL: store.records.url } : {};
  if (profile) env.BENCH_PROFILE = profile;
  const wide = {
    limits: { ...WIDE.limits, ...limits },
    rules: { ...WIDE.rules, ...(many ? MANY_WAIT : {}), ...rules },
  };
  const program = await startProgram({ store: 'memory', ...wide, env, preload: TELLS });
  pin(program.child, cores.servers);
  return program;
}

/** A bare Socket.IO server with the same transport settings, which stores nothing. */
export async function startBare() {
  const file = join(import.meta.dirname, 'bare/relay.mjs');
  const preload = `data:text/javascript,${encodeURIComponent(TELLS)}`;
  const bare = await launched(process.execPath, ['--import', preload, file], 'listens on ', cores.servers);
  return { ...bare, port: Number(/listens on (\d+)/.exec(bare.said())[1]) };
}

async function openRedis(folder, args) {
  const binary = process.env.REDIS_SERVER_BIN ?? 'redis-server';
  // port 0 would be no TCP at all: a socket of the folder says which one was free
  for (let tries = 1; ; tries += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000); // below those that the system gives away
    const how = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    try {
      const { child, stop } = await launched(binary, [...how, ...args], 'Ready to accept connections', cores.redis);
      return { child, stop, port, url: `redis://127.0.0.1:${port}` };
    } catch (error) {
      if (tries === 5 || !String(error).includes('in use')) throw error;
    }
  }
}

/** The two stores, empty. */
export async function openStores() {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-bench-redis-'));
  const keeps = ['--maxmemory-policy', 'noeviction', '--appendonly', 'yes', '--appendfsync', 'always'];
  const [live, records] = await Promise.all([openRedis(folder, FORGETS), openRedis(folder, keeps)]);
  const client = new Redis(live.url);
  return {
    live,
    records,
    /** of the live store, for what is asked about it and put into it */
    client,
    /** commands by name since the last `reset`: how often, and microseconds of each */
    async commands() {
      const lines = (await client.info('commandstats')).matchAll(/cmdstat_([\w|]+):calls=(\d+),usec=(\d+)/g);
      return Object.fromEntries([...lines].map(([, name, calls, us]) => [name, { calls: +calls, us: +us }]));
    },
    reset: () => client.config('RESETSTAT'),
    async close() {
      client.disconnect();
      await Promise.all([live.stop(), records.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
