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
    configurable: true,
    value: (...args: unknown[]) => during(native(...args)),
  });
}

const QUIET_TURNS = 4;

export async function idle(): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS;) {
    await new Promise((resolve) => setImmediate(resolve));
    quiet = underWay === 0 ? quiet + 1 : 0;
  }
}
