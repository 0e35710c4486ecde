import { connect, createServer, type Socket } from 'node:net';

/** Of one connection: who came to us, and where it leads. */
interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}
/** What becomes of bytes on one way: they pass, they wait, or they are gone for good. */
type Fate = 'passes' | 'waits' | 'vanishes';

/** A proxy of the test's own, between pages and processes, or between these and Redis. */
export interface Proxy {
  readonly port: number;
  /** ports behind it, in turns; who does not answer is passed over, as behind any proxy */
  backends: number[];
  /** each chunk waits so long, one way */
  delayMs: number;
  /** from who is behind it to who came · the other way */
  down: Fate;
  up: Fate;
  /** Hangs up on all who are here; both ends hear of it. @param share of them, by these draws */
  cut(share?: number, chance?: (probability: number) => boolean): void;
  /** What waited goes on its way. */
  heal(): void;
  /** how many connections there are */
  count(): number;
  close(): void;
}

const LATE_MS = 2_000;

/** @throws never: a connection that leads nowhere is closed */
export async function openProxy(backends: number[]): Promise<Proxy> {
  const pairs = new Set<Pair>();
  let turn = 0;
  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    near.pause();
    lead(near, made.backends.length);
  });

  function lead(near: Socket, tries: number): void {
    const port = made.backends[(turn += 1) % made.backends.length];
    if (tries === 0 || port === undefined) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    const fails = () => {
      far.destroy();
      lead(near, tries - 1);
    };
    far.setTimeout(LATE_MS, fails);
    far.once('error', fails);
    far.once('connect', () => {
      far.setTimeout(0);
      far.off('error', fails);
      if (near.destroyed) return void far.destroy();
      join({ near, far });
    });
  }
  function join(pair: Pair): void {
    const { near, far } = pair;
    pairs.add(pair);
    const ends = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const end of [near, far]) {
      end.setNoDelay(true);
      end.on('error', ends).on('close', ends);
    }
    carry(near, far, 'up');
    carry(far, near, 'down');
  }
  function carry(from: Socket, to: Socket, way: 'up' | 'down'): void {
    from.on('data', (chunk: Buffer) => {
      const fate = made[way];
      if (fate === 'vanishes') return;
      if (fate === 'waits') return void waiting.push(() => to.write(chunk));
      if (made.delayMs > 0) return void setTimeout(() => to.destroyed || to.write(chunk), made.delayMs);
      if (!to.write(chunk)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
    });
    from.resume();
  }
  const waiting: (() => void)[] = [];

  const made: Proxy = {
    ...{ port: 0, backends, delayMs: 0, down: 'passes', up: 'passes' },
    cut(share = 1, chance = () => true) {
      for (const { near, far } of [...pairs]) {
        if (!chance(share)) continue;
        near.destroy();
        far.destroy();
      }
    },
    heal() {
      Object.assign(made, { down: 'passes', up: 'passes', delayMs: 0 });
      for (const run of waiting.splice(0)) run();
    },
    count: () => pairs.size,
    close() {
      server.close();
      made.cut();
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  if (!at || typeof at === 'string') throw new Error('no port');
  return Object.assign(made, { port: at.port });
}
