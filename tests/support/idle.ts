import { afterAll } from 'vitest';

/**
 * Waits until nothing is under way: no cryptography, and no packet of a double. With it a test can also say
 * that something did not happen, without sleeping.
 */
let underWay = 0;

export async function during<T>(work: Promise<T>): Promise<T> {
  underWay += 1;
  try {
    return await work;
  } finally {
    underWay -= 1;
  }
}

type Method = (...args: unknown[]) => Promise<unknown>;
const METHODS = [
  'encrypt',
  'decrypt',
  'sign',
  'verify',
  'digest',
  'deriveKey',
  'deriveBits',
  'importKey',
  'exportKey',
  'generateKey',
] as const;

for (const name of METHODS) {
  const native = crypto.subtle[name].bind(crypto.subtle) as Method;
  Object.defineProperty(crypto.subtle, name, {
    ...{ configurable: true, writable: true },
    value: (...args: unknown[]) => during(native(...args)),
  });
}

afterAll(() => METHODS.forEach((name) => Reflect.deleteProperty(crypto.subtle, name)));

const QUIET_TURNS = 4;

/** Packets that wait until a test's links deliver them: `scriptedLink.ts`. */
interface Post {
  due(): boolean;
  /** Takes what is due now, and returns what delivers it: all in one go, with nothing in between. */
  take(): () => void;
}
const posts = new Set<Post>();
/** @returns how to leave */
export function joinPost(post: Post): () => void {
  posts.add(post);
  return () => void posts.delete(post);
}

let running: Promise<void> | null = null;

/** Delivers, round by round, until nothing is under way and nothing is left to deliver. */
async function rounds(): Promise<void> {
  for (;;) {
    for (let quiet = 0; quiet < QUIET_TURNS;) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = underWay === 0 ? quiet + 1 : 0;
    }
    const due = [...posts].filter((post) => post.due()).map((post) => post.take());
    if (due.length === 0) {
      running = null; // before anybody hears of it, so that whoever comes now gets rounds of its own
      return;
    }
    for (const deliver of due) deliver();
  }
}

export async function idle(): Promise<void> {
  const joined = running;
  if (joined) await joined;
  await (running ??= rounds());
}

/** Something is to be delivered, and nobody may be waiting for it. */
export function awake(): void {
  void (running ??= rounds());
}
