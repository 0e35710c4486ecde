import { randomBytes } from 'node:crypto';
import { digestOf, KNOWN, type Cookies } from './cookie.rules.ts';
import type { Secrets } from './secrets.rules.ts';

const RANDOM_BYTES = 16;

/** Browsers in which somebody signed in by a password [G56]. */
interface KnownBrowsers {
  /** The `Set-Cookie` by which this one is known when somebody tries this name again. @param lastsMs after which it is not */
  make(login: string, lastsMs: number): string;
  /** By what a browser is known in which somebody signed in by this name; null for any other. */
  find(cookies: string | undefined, login: string): string | null;
}

/** Random bytes, and what the key makes of them and the name: it opens nothing, and without the key says nothing of whose name that is. */
export function knownBrowsers(cookies: Cookies, secrets: Secrets): KnownBrowsers {
  return {
    make(login, lastsMs) {
      const random = randomBytes(RANDOM_BYTES);
      const value = Buffer.concat([random, secrets.mark(random, login)]).toString('base64url');
      return cookies.make(KNOWN, lastsMs, value).setCookie;
    },
    find(sent, login) {
      const value = cookies.value(KNOWN, sent);
      const bytes = Buffer.from(value ?? '', 'base64url');
      const [random, mark] = [bytes.subarray(0, RANDOM_BYTES), bytes.subarray(RANDOM_BYTES)];
      return value !== null && secrets.mark(random, login).equals(mark) ? digestOf(value) : null;
    },
  };
}
