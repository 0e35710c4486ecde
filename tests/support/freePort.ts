import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the range from which systems give ports to whoever connects (32768 on Linux, 49152 elsewhere), so that between
 * this look and the server's own start nobody's outgoing connection takes the port.
 */
const PORTS = { from: 20_000, to: 32_000 } as const;
const TRIES = 50;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A loopback port that was free a moment ago. Tests that start at the same time look at different ones. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port on the loopback');
}

const given = new Set<number>();
const STARTS = 5;

/**
 * Calls `start` with as many ports as it wants, none of which another start of this process ever got, and with others
 * when somebody of another process took one of them since it was looked at.
 *
 * @throws what `start` threw, when that was something else or happens again and again
 */
export async function onFreePorts<Started>(
  count: number,
  start: (...ports: readonly number[]) => Promise<Started>,
): Promise<Started> {
  for (let tried = 1; ; tried += 1) {
    const ports: number[] = [];
    while (ports.length < count) {
      const port = await freePort();
      if (given.has(port)) continue;
      given.add(port);
      ports.push(port);
    }
    try {
      return await start(...ports);
    } catch (error) {
      if (tried === STARTS || !(error instanceof Error) || !error.message.includes('in use')) throw error;
    }
  }
}
