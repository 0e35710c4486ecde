import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { CAME, type Cookies } from './cookie.rules.ts';

const KEY_BYTES = 32;
const END_BYTES = 4;
const PERSON_BYTES = 12;
const HEAD_BYTES = END_BYTES + PERSON_BYTES;
const MARK_BYTES = 16;

/** Browsers in which somebody came back from the provider as who belongs here [G94]. */
interface CameBefore {
  /** The `Set-Cookie` by which this browser is known from now on. @param lastsMs after which it is not */
  make(account: string, lastsMs: number): string;
  /** What somebody's share goes by, in whichever browser she is known. */
  shareOf(account: string): string;
  /** Whose share it is who asks; null for a browser that is not known. */
  find(cookies: string | undefined): string | null;
}

/**
 * Its end, what the key makes of whose it is, and what the key makes of both: it opens nothing, and says without the key
 * nothing of whose it is. All that one person keeps has one share, however often she came.
 *
 * @param secret the centre's own at its provider, which all its processes have, with a key beside the records or without
 */
export function cameBefore(cookies: Cookies, secret: string, nowMs: () => number): CameBefore {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'clbchat/1 came from a provider', KEY_BYTES));
  const made = (what: string, of: string | Uint8Array) => createHmac('sha256', key).update(what).update(of).digest();
  const personOf = (account: string) => made('person ', account).subarray(0, PERSON_BYTES);
  const markOf = (head: Uint8Array) => made('mark ', head).subarray(0, MARK_BYTES);
  const shareBy = (person: Buffer) => `known ${person.toString('base64url')}`;
  const nowS = () => Math.floor(nowMs() / 1_000);
  return {
    make(account, lastsMs) {
      const end = Buffer.alloc(END_BYTES);
      end.writeUInt32BE(nowS() + Math.floor(lastsMs / 1_000));
      const head = Buffer.concat([end, personOf(account)]);
      return cookies.make(CAME, lastsMs, Buffer.concat([head, markOf(head)]).toString('base64url')).setCookie;
    },
    shareOf: (account) => shareBy(personOf(account)),
    find(sent) {
      const bytes = Buffer.from(cookies.value(CAME, sent) ?? '', 'base64url');
      if (bytes.length !== HEAD_BYTES + MARK_BYTES) return null;
      const head = bytes.subarray(0, HEAD_BYTES);
      const isOurs = timingSafeEqual(markOf(head), bytes.subarray(HEAD_BYTES));
      return isOurs && bytes.readUInt32BE(0) > nowS() ? shareBy(head.subarray(END_BYTES)) : null;
    },
  };
}
