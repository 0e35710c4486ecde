import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect, createServer } from 'node:net';
import { FORGETS } from '../liveStore.mjs';

const STARTS_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 200;

async function connects(port) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
  return true;
}

/** What runs beside a container, and the container itself: ends with it. */
export function openServices(here) {
  const children = new Set();

  async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    return port;
  }

  /** Until it is there. @throws Error with what it said */
  async function start({ command, args, env }, isThere) {
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    children.add(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    const untilMs = Date.now() + STARTS_WITHIN_MS;
    while (!(await isThere().catch(() => false))) {
      if (Date.now() > untilMs || child.exitCode !== null) throw new Error(`${said}\n${command} did not start`);
      await new Promise((turn) => setTimeout(turn, LOOK_EVERY_MS));
    }
  }

  const redis = async (...how) => {
    const port = await freePort();
    const args = [
      '--bind',
      '127.0.0.1',
      '--port',
      port,
      '--dir',
      here,
      '--save',
      '',
      '--maxmemory-policy',
      'noeviction',
    ];
    await start({ command: 'redis-server', args: [...args, ...how].map(String), env: process.env }, () =>
      connects(port),
    );
    return `redis://127.0.0.1:${port}`;
  };

  return {
    freePort,
    start,
    /** Both stores as the relay wants them. */
    stores: async () => ({
      REDIS_URL: await redis(...FORGETS),
      RECORDS_REDIS_URL: await redis('--appendonly', 'yes', '--appendfsync', 'always'),
    }),
    /** @returns the status that this host of the program answers */
    status: (port, path, host) =>
      new Promise((done, failed) => {
        const headers = { host, 'x-forwarded-for': '192.0.2.1' };
        const asked = get({ host: '127.0.0.1', port, path, headers }, (answer) => {
          answer.resume();
          done(answer.statusCode);
        });
        asked.on('error', failed);
      }),
    async close() {
      await Promise.all(
        [...children].map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, 'exit');
          process.kill(-child.pid, 'SIGKILL');
          await gone;
        }),
      );
    },
  };
}
