import { randomBytes } from 'node:crypto';
import { digestOf, KNOWN, newCookie, valueIn } from './cookie.rules.ts';
import type { Secrets } from './secrets.rules.ts';

const RANDOM_BYTES = 16;

/**
 * The `Set-Cookie` by which this browser is known when somebody tries this name again [G56]: random bytes, and what the key
 * makes of them and the name. It opens nothing, and without the key it says nothing of whose name that is.
 */
export function knownCookie(login: string, secrets: Secrets, lastsMs: number): string {
  const random = randomBytes(RANDOM_BYTES);
  const value = Buffer.concat([random, secrets.mark(random, login)]).toString('base64url');
  return newCookie(lastsMs, KNOWN, value).setCookie;
}

/** By what a browser is known in which somebody signed in by this name; null for any other. */
export function knownIn(cookies: string | undefined, login: string, secrets: Secrets): string | null {
  const value = valueIn(cookies, KNOWN);
  const bytes = Buffer.from(value ?? '', 'base64url');
  const [random, mark] = [bytes.subarray(0, RANDOM_BYTES), bytes.subarray(RANDOM_BYTES)];
  return value !== null && secrets.mark(random, login).equals(mark) ? digestOf(value) : null;
}
