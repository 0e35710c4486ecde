import type { IncomingMessage } from 'node:http';
import type { AccountId } from '@clbchat/shared/ids';
import { cutOff, type Queue, type Raw } from './queued.ts';
import { Bucket, type Pace } from './rate.ts';
import type { Stranger, Strangers } from './strangers.ts';

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

/** What all peers share. */
interface Around {
  readonly strangers: Strangers;
  readonly packets: Pace;
  readonly queuedBytesMax: number;
  readonly nowMs: () => number;
}

/** All that is remembered of the other end of a session, and what is counted of it. */
export class Peer implements Asker, Queue {
  readonly tag: string;
  readonly origin: string;
  readonly binding: string | null;
  readonly stranger: Stranger;
  readonly #raw: Raw;
  readonly #packets: Bucket;
  readonly #queuedBytesMax: number;
  #kept = 0; // in Engine.IO's own list, until its transport takes all of it

  constructor({ tag, origin, binding }: Asker, raw: Raw, { strangers, packets, queuedBytesMax, nowMs }: Around) {
    this.tag = tag;
    this.origin = origin;
    this.binding = binding;
    this.stranger = strangers.meet(this);
    this.#raw = raw;
    this.#packets = new Bucket(packets, nowMs);
    this.#queuedBytesMax = queuedBytesMax;
  }
  /** A packet came, of any kind. */
  sent(): void {
    if (!this.#packets.spend()) this.cut();
  }
  /** A packet for it is looked at before it is kept, whoever made it. */
  keeps(data: unknown): void {
    if (typeof data === 'string') this.#kept += Buffer.byteLength(data);
    const { socket, res } = this.#raw.transport;
    const passed = socket?.bufferedAmount ?? res?.writableLength ?? 0;
    if (this.#kept + passed > this.#queuedBytesMax) this.cut();
  }
  /** The transport took all that was kept. */
  keepsNothing(): void {
    this.#kept = 0;
  }
  bytes(): number {
    return this.#kept;
  }
  cut(): void {
    cutOff(this.#raw);
  }
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

const SAID_NOTHING = Object.freeze({});

/** What the layers below may see of a first request for as long as its connection lives, the same for everybody. */
export const FORGOTTEN_REQUEST = Object.freeze({
  ...{ headers: SAID_NOTHING, connection: SAID_NOTHING, url: '' },
  _query: Object.freeze({ EIO: '4' }),
});

/** What they may see of a CONNECT. */
export const FORGOTTEN_HANDSHAKE = Object.freeze({
  ...{ headers: SAID_NOTHING, query: SAID_NOTHING, auth: SAID_NOTHING, time: '', address: '', url: '' },
  ...{ xdomain: false, secure: false, issued: 0 },
});
