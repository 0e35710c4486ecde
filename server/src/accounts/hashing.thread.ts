import { createRequire } from 'node:module';
import { availableParallelism, getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Options } from '@node-rs/argon2';

/** The other cores are for whoever talks. */
export const HASHES_AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2));
/** So much nicer than the service. A tenth of a core remains for it where everybody wants one: a password waits then, and is still looked at. */
const NICER = 10;
const NICEST = 19;
/** 64 MiB, three passes, one lane: about a tenth of a second of one core. */
const ARGON2ID = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 } satisfies Options;

/**
 * As text, since a thread begins with a file of its own, and this has none of another name where it is built and where it is
 * read. A priority is a thread's own on Linux alone: elsewhere it would be the whole service that gives way.
 */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const { hashSync, verifySync } = require(workerData.argon2);
if (process.platform === 'linux') {
  try { require('node:os').setPriority(0, workerData.nice); } catch {} // forbidden here: it is looked at all the same
}
parentPort.on('message', ({ peppered, stored }) => {
  try {
    const value = stored === null ? hashSync(peppered, workerData.how) : verifySync(stored, peppered);
    parentPort.postMessage({ value });
  } catch (error) {
    parentPort.postMessage({ error: String(error) });
  }
});`;

const startThread = () => {
  const argon2 = createRequire(import.meta.url).resolve('@node-rs/argon2');
  const nice = Math.min(NICEST, getPriority() + NICER);
  // how the service was started is no matter here, nor is what it was told
  const bare = { eval: true, execArgv: [], env: {} };
  return new Worker(PROGRAM, { ...bare, workerData: { argon2, nice, how: ARGON2ID } });
};

interface Asked {
  readonly peppered: string;
  /** null where one is to be made */
  readonly stored: string | null;
}
interface Owed {
  given(value: unknown): void;
  failed(error: unknown): void;
}
type Said = { readonly value: unknown } | { readonly error: string };

/** Answers in the order in which it was asked. A process does not stay for one that owes nothing. */
function threadOf(worker: Worker, over: () => void) {
  const owed: Owed[] = [];
  worker.unref();
  worker.on('message', (said: Said) => {
    const first = owed.shift();
    if (owed.length === 0) worker.unref();
    if ('error' in said) first?.failed(new Error(said.error));
    else first?.given(said.value);
  });
  worker.on('error', () => undefined); // its end says the rest
  worker.on('exit', () => {
    over();
    for (const one of owed.splice(0)) one.failed(new Error('what looks at passwords ended'));
  });
  return {
    owes: () => owed.length,
    ask: (asked: Asked) =>
      new Promise<unknown>((given, failed) => {
        worker.ref();
        owed.push({ given, failed });
        worker.postMessage(asked);
      }),
  };
}

/**
 * Makes and looks at hashes in threads that give way to all else on the machine, so that no conversation waits for a stranger's
 * guesses [G95]. There is none until the first is asked for, and another one after one that ended.
 */
export function hashingIn(threadsMax: number, start: () => Worker = startThread) {
  const threads = new Set<ReturnType<typeof threadOf>>();
  function begin() {
    const thread = threadOf(start(), () => threads.delete(thread));
    threads.add(thread);
    return thread;
  }
  const free = () => [...threads].toSorted((a, b) => a.owes() - b.owes())[0];
  const ask = (asked: Asked) => {
    const thread = free();
    return (!thread || (thread.owes() > 0 && threads.size < threadsMax) ? begin() : thread).ask(asked);
  };
  return {
    hashOf: (peppered: string) => ask({ peppered, stored: null }) as Promise<string>,
    isHashOf: (stored: string, peppered: string) => ask({ peppered, stored }) as Promise<boolean>,
  };
}

/** Of this process: the cores are the machine's, however many services it runs. */
export const { hashOf, isHashOf } = hashingIn(HASHES_AT_ONCE);
