import { createHash, randomBytes } from 'node:crypto';
import type { AccountId } from '@clbchat/shared/ids';
import * as v from 'valibot';
import { Bug, Problem } from '../kernel/failure.ts';
import type { RecordsStore } from '../records/records.store.ts';
import type { AccountsStore } from './accounts.store.ts';

export interface Session {
  readonly account: AccountId;
  /** digest of the cookie: names the session without being it. A device signs it, and a page may know it */
  readonly binding: string;
  readonly expMs: number;
}

const document = v.strictObject({
  account: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(32),
    v.transform((text) => text as AccountId),
  ),
  /** how she showed who she is */
  method: v.picklist(['demo']),
});

interface Needs {
  readonly records: RecordsStore;
  readonly accounts: Pick<AccountsStore, 'get'>;
  readonly nowMs: () => number;
  readonly lastsMs: number;
}

export interface Sessions {
  /** @returns the `Set-Cookie` of a new session, and the session. Rejects with Problem `unavailable` when it cannot be kept. */
  open(account: AccountId): Promise<{ setCookie: string; session: Session }>;
  /** The digest of a cookie of ours, whatever it opens; null when there is none. Never throws. */
  bindingOf(cookies: string | undefined): string | null;
  /**
   * Null once it ended by itself or was closed, wherever, and when its account works here no more. While the records do not answer, what this
   * process knew last counts; of a session that it never met it knows nothing, and rejects with Problem `unavailable`.
   */
  find(binding: string): Promise<Session | null>;
  /** No socket and no request of this session is let in any more, here at once. Rejects when it could not be taken away. */
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
const COOKIE_BYTES = 32;
const COOKIE_CHARS = 43;

/** Sessions are rows of the records: the cookie is random, its digest is the row's id, and no secret makes either [A11]. */
export function sessionsOf({ records, accounts, nowMs, lastsMs }: Needs): Sessions {
  const met = new Map<string, Session>();
  const closed = new Map<string, number>();
  const isOver = ({ binding, expMs }: Session) => expMs <= nowMs() || closed.has(binding);
  const broom = () => {
    for (const [binding, { expMs }] of met) if (expMs <= nowMs()) met.delete(binding);
    for (const [binding, untilMs] of closed) if (untilMs <= nowMs()) closed.delete(binding);
  };

  async function stored(binding: string): Promise<Session | null> {
    const row = await records.get({ kind: 'session', id: binding });
    if (!row) return null;
    const read = v.safeParse(document, JSON.parse(row.text));
    if (!read.success) throw new Bug('what is stored of a session is none');
    const { account } = read.output;
    const owner = await accounts.get(account);
    return owner && !owner.disabled ? { account, binding, expMs: row.endMs } : null;
  }

  return {
    async open(account) {
      const sid = randomBytes(COOKIE_BYTES).toString('base64url');
      const session = { account, binding: digestOf(sid), expMs: nowMs() + lastsMs };
      const text = JSON.stringify({ account, method: 'demo' } satisfies v.InferInput<typeof document>);
      const row = { kind: 'session' as const, id: session.binding, rev: 0, text, endMs: session.expMs };
      const { is } = await records.write([row], null);
      if (is !== 'written') throw new Bug('a new session is not new');
      return { setCookie: `${NAME}=${sid}; Max-Age=${Math.floor(lastsMs / 1_000)}; ${ATTRIBUTES}`, session };
    },
    bindingOf(cookies) {
      const sid = valueIn(cookies);
      return sid?.length === COOKIE_CHARS ? digestOf(sid) : null;
    },
    async find(binding) {
      const session = await stored(binding).catch((error: unknown) => {
        const known = met.get(binding);
        if (known && error instanceof Problem) return known;
        throw error;
      });
      broom();
      if (session) met.set(binding, session);
      else met.delete(binding);
      return session && !isOver(session) ? session : null; // it may have been closed here while the records were asked
    },
    async close({ binding, expMs }) {
      broom();
      closed.set(binding, expMs);
      for (;;) {
        const row = await records.get({ kind: 'session', id: binding });
        if (!row) return;
        const { is } = await records.write([{ kind: 'session', id: binding, rev: row.rev, text: null }], null);
        if (is === 'written') return;
      }
    },
    takenAway: `${NAME}=; Max-Age=0; ${ATTRIBUTES}`,
  };
}

const digestOf = (sid: string) => createHash('sha256').update(sid).digest('base64url');

function valueIn(cookies: string | undefined): string | undefined {
  const found = (cookies ?? '').split('; ').filter((one) => one.startsWith(`${NAME}=`));
  return found.length === 1 ? found[0]?.slice(NAME.length + 1) : undefined; // two of one name: somebody planted one
}
