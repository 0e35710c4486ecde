import type { IncomingMessage } from 'node:http';
import type { AccountId } from '@clbchat/shared/ids';
import type { Stranger } from './strangers.ts';

/** Who is signed in, as the records say of a session. */
export interface SignedIn {
  readonly account: AccountId;
  /** what this account may do here */
  readonly roles: readonly string[];
  /** base64url of SHA-256 of the session's id: what a device signs together with a socket's nonce */
  readonly binding: string;
  readonly expMs: number;
}

/** Who asks for the realtime path. No address, no header. */
export interface Asker {
  readonly tag: string;
  /** one of our own, checked */
  readonly origin: string;
  /** digest of the session cookie that it brought, whatever that opens */
  readonly binding: string | null;
}

/** All that is remembered of the other end of a session. */
export interface Peer extends Asker {
  readonly stranger: Stranger;
}

/** Without these the protocols below us do not work; everything else goes before anybody can keep it. */
const KEPT_HEADERS = new Set([
  'connection',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'content-type',
  'content-length',
  'origin',
]);

/** Takes out of a request what tells something about a person: user agent, languages, cookies, referrer, proxies' notes. */
export function scrub(request: IncomingMessage): void {
  request.headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => KEPT_HEADERS.has(name)));
  request.rawHeaders = [];
}

/** What the layers below may see of the first request for as long as the connection lives. */
export const forgottenRequest = () => ({ headers: {}, connection: {}, url: '', _query: { EIO: '4' } });
