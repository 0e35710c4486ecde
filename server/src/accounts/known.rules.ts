import { randomBytes } from 'node:crypto';
import { digestOf, KNOWN, type Cookies, type Known } from './cookie.rules.ts';
import type { Password } from './password.rules.ts';
import type { Secrets } from './secrets.rules.ts';

const END_BYTES = 4;
const RANDOM_BYTES = 6;
const PASSWORD_BYTES = 6;
const HEAD_BYTES = END_BYTES + RANDOM_BYTES;
const MARKED_BYTES = HEAD_BYTES + PASSWORD_BYTES;

/** Browsers in which somebody signed in by a password [G56 G70]. */
interface KnownBrowsers {
  /** The `Set-Cookie` by which this one is known when somebody tries this name again: among those of others who share it. @param lastsMs after which it is not */
  make(cookies: string | undefined, password: Pick<Password, 'login' | 'hash'>, lastsMs: number): string;
  /** By what a browser is known in which somebody signed in by this name; null for any other. */
  find(cookies: string | undefined, login: string): { readonly by: string; isOf(password: Password): boolean } | null;
}

/**
 * Its end, random bytes and what the key makes of the password, and what the key makes of all that and the name: it opens
 * nothing, and without the key says nothing of whose name that is.
 */
export function knownBrowsers(cookies: Cookies, secrets: Secrets, nowMs: () => number): KnownBrowsers {
  const ofPassword = (head: Uint8Array, hash: string) => secrets.mark(head, hash).subarray(0, PASSWORD_BYTES);
  /** What lies in one of the places; null for what is none of ours, or is spelled in another way than we spell it. */
  function at(name: Known, sent: string | undefined) {
    const value = cookies.value(name, sent);
    const bytes = Buffer.from(value ?? '', 'base64url');
    if (value === null || bytes.toString('base64url') !== value) return null;
    const [marked, mark] = [bytes.subarray(0, MARKED_BYTES), bytes.subarray(MARKED_BYTES)];
    return { by: digestOf(value), endS: bytes.readUInt32BE(0), marked, mark };
  }
  const nowS = () => Math.floor(nowMs() / 1_000);
  const isOf = (one: ReturnType<typeof at>, login: string) =>
    one !== null && one.endS > nowS() && secrets.mark(one.marked, login).equals(one.mark);
  return {
    make(sent, { login, hash }, lastsMs) {
      const head = randomBytes(HEAD_BYTES);
      head.writeUInt32BE(nowS() + Math.floor(lastsMs / 1_000));
      const marked = Buffer.concat([head, ofPassword(head, hash)]);
      const value = Buffer.concat([marked, secrets.mark(marked, login)]).toString('base64url');
      const ends = KNOWN.map((name) => ({ name, endS: at(name, sent)?.endS ?? 0 }));
      const hers = ends.find(({ name }) => isOf(at(name, sent), login));
      const [first] = ends.toSorted((a, b) => a.endS - b.endS); // a free place, or that of who was here least lately
      return cookies.make((hers ?? first)?.name ?? KNOWN[0], lastsMs, value).setCookie;
    },
    find(sent, login) {
      const found = KNOWN.map((name) => at(name, sent)).find((one) => isOf(one, login));
      if (!found) return null;
      const { by, marked } = found;
      const password = marked.subarray(HEAD_BYTES);
      return {
        by,
        isOf: ({ hash }) => ofPassword(marked.subarray(0, HEAD_BYTES), hash).equals(password),
      };
    },
  };
}
