import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AccountId } from '@clbchat/shared/ids';
import * as v from 'valibot';

export interface Session {
  readonly account: AccountId;
  /** names the session without being it: what a device signs, and what a page may know */
  readonly binding: string;
  readonly expMs: number;
}

const contents = v.strictObject({
  account: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(32),
    v.transform((text) => text as AccountId),
  ),
  sid: v.pipe(v.string(), v.length(43)),
  expMs: v.pipe(v.number(), v.integer()),
});

/** What other processes, and this one's next start, must know of sessions that were closed before their time. */
export interface SignedOut {
  add(binding: string, untilMs: number): Promise<void>;
  has(binding: string): Promise<boolean>;
}

interface Needs {
  readonly secret: Buffer;
  readonly nowMs: () => number;
  readonly lastsMs: number;
  /** null where there is one process only, and a restart forgets everything anyway */
  readonly signedOut: SignedOut | null;
}

export interface Sessions {
  /** @returns the `Set-Cookie` of a new session, and the session */
  open(account: AccountId): { setCookie: string; session: Session };
  /** Never throws: whatever does not hold is nobody. Sessions that another process closed are found by `stands`. */
  read(cookies: string | undefined): Session | null;
  /** False once it ended by itself or was closed, wherever. Never rejects: what cannot be asked is what we know. */
  stands(session: Session): Promise<boolean>;
  /** No socket and no request of this session is let in any more, here at once. Rejects when others could not be told. */
  close(session: Session): Promise<void>;
  /** the `Set-Cookie` that takes one away */
  readonly takenAway: string;
}

/**
 * `__Host-`: bound to this very host, never readable by a script, never sent from another site. Browsers take a
 * secure cookie on plain http only from this very machine, and only there the service has such an origin [N52].
 */
const NAME = '__Host-clb';
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/**
 * Sessions that need no store: the cookie says who, until when, and a random id, under a key of this installation.
 * Which ones were closed is remembered here, and where others can see it, until they would have ended anyway.
 */
export function createSessions({ secret, nowMs, lastsMs, signedOut }: Needs): Sessions {
  const closed = new Map<string, number>();
  const holds = ({ binding, expMs }: Session) => expMs > nowMs() && !closed.has(binding);
  const signatureOf = (payload: string) => createHmac('sha256', secret).update(`clbchat/1 session ${payload}`).digest();

  return {
    open(account) {
      const sid = randomBytes(32).toString('base64url');
      const expMs = nowMs() + lastsMs;
      const payload = Buffer.from(JSON.stringify({ account, sid, expMs })).toString('base64url');
      const value = `${payload}.${signatureOf(payload).toString('base64url')}`;
      return {
        setCookie: `${NAME}=${value}; Max-Age=${Math.floor(lastsMs / 1_000)}; ${ATTRIBUTES}`,
        session: { account, binding: bindingOf(sid), expMs },
      };
    },
    read(cookies) {
      const [payload = '', signature = '', ...rest] = (valueIn(cookies) ?? '').split('.');
      const given = Buffer.from(signature, 'base64url');
      const right = signatureOf(payload);
      if (rest.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return null;
      const read = v.safeParse(contents, JSON.parse(Buffer.from(payload, 'base64url').toString()));
      if (!read.success) return null;
      const { account, sid, expMs } = read.output;
      const session = { account, binding: bindingOf(sid), expMs };
      return holds(session) ? session : null;
    },
    async stands(session) {
      if (!holds(session)) return false;
      const elsewhere = await signedOut?.has(session.binding).catch(() => false);
      return !elsewhere && holds(session); // it may have been closed here while the others were asked
    },
    async close({ binding, expMs }) {
      for (const [one, untilMs] of closed) if (untilMs <= nowMs()) closed.delete(one);
      closed.set(binding, expMs);
      await signedOut?.add(binding, expMs);
    },
    takenAway: `${NAME}=; Max-Age=0; ${ATTRIBUTES}`,
  };
}

const bindingOf = (sid: string) => createHash('sha256').update(sid).digest('base64url');

function valueIn(cookies: string | undefined): string | undefined {
  const found = (cookies ?? '').split('; ').filter((one) => one.startsWith(`${NAME}=`));
  return found.length === 1 ? found[0]?.slice(NAME.length + 1) : undefined; // two of one name: somebody planted one
}
