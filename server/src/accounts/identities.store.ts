import { createHash } from 'node:crypto';
import type { AccountId } from '@clbchat/shared/ids';
import * as v from 'valibot';
import { Bug } from '../kernel/failure.ts';
import { act, turnOf } from '../records/acts.store.ts';
import type { Change, RecordsStore, Row, Changes } from '../records/records.store.ts';
import { accountId } from './accounts.store.ts';
import type { Shown } from './renewal.store.ts';
import { dayOf } from './days.rules.ts';
import { endsOf, bySession } from './sessionsEnded.store.ts';

const ISSUER_CHARS_MAX = 512;
const SUBJECT_CHARS_MAX = 255;
/** Of what its provider calls it, for people. */
const CALLED_CHARS_MAX = 80;
/** Of its id: base64url of SHA-256. */
export const IDENTITY_CHARS = 43;

/** What is stored of an account elsewhere with which somebody signs in here: never what is in that account. */
export const identityDocument = v.strictObject({
  account: accountId,
  issuer: v.pipe(v.string(), v.minLength(1), v.maxLength(ISSUER_CHARS_MAX)),
  /** what the issuer calls her: for most a random name */
  subject: v.pipe(v.string(), v.minLength(1), v.maxLength(SUBJECT_CHARS_MAX)),
  /** the address or name by which people know it, as its provider said when it was linked; none where it said none */
  called: v.optional(v.pipe(v.string(), v.maxLength(CALLED_CHARS_MAX))),
  /** the day in Brussels on which she linked it */
  made: v.pipe(v.string(), v.maxLength(10), v.isoDate()),
  /** whether a coordinator said that it is hers: before that it lets nobody in */
  confirmed: v.boolean(),
});
type Kept = v.InferOutput<typeof identityDocument>;

/** Whom a provider says to have before it. */
interface Named {
  readonly issuer: string;
  readonly subject: string;
}

/** As coordinators see it. */
export interface Identity extends Pick<Kept, 'account' | 'issuer' | 'subject' | 'called' | 'made' | 'confirmed'> {
  readonly id: string;
  readonly rev: number;
}

/** What somebody saw of one: its id is that of the account elsewhere, which may be linked to another here by now [G33]. */
type SeenIdentity = Pick<Identity, 'id' | 'account' | 'rev'>;

/** `gone`: there is none of that id; `stale`: it is another's, or was changed, since it was seen. Neither changes anything. */
type Judged = 'done' | 'gone' | 'stale';

export interface IdentitiesStore {
  /**
   * Hers from now on, unconfirmed, in the place of one that waited. One that is confirmed stays until this one is [G71].
   *
   * @param session binding of the one that links it
   * @returns `taken` when it is somebody else's; for one of hers that is confirmed already nothing changes. Rejects with Problem `no_cert` where that session ended meanwhile
   */
  link(account: AccountId, named: Named, called?: string, session?: string): Promise<'linked' | 'taken'>;
  /** of one account: the one that waits before the one that is confirmed; it has one of each at most */
  own(account: AccountId): Promise<Identity | null>;
  /** All of them, those that wait first. */
  list(): Promise<Identity[]>;
  /** In the place of what was hers before, whose sessions end in the same step. What is confirmed already is no act. */
  confirm(seen: SeenIdentity, by: AccountId, session?: string): Promise<Judged>;
  remove(seen: SeenIdentity, by: AccountId, session?: string): Promise<Judged>;
  /** Whose it is, to be written with her session; null for one that nobody has or nobody confirmed. */
  shown(named: Named): Promise<Shown | null>;
}

/** Accounts elsewhere, in the records, each under the digest of issuer and subject: so nobody's is two people's [G33]. */
export function identitiesOf(records: RecordsStore, nowMs: () => number): IdentitiesStore {
  const rowOf = async (id: string) => {
    const row = await records.get({ kind: 'identity', id });
    return row && { row, kept: readStored(row) };
  };
  const list = async (): Promise<Identity[]> =>
    (await records.list('identity'))
      .map((row) => ({ id: row.id, rev: row.rev, ...readStored(row) }))
      .toSorted((a, b) => Number(a.confirmed) - Number(b.confirmed) || a.made.localeCompare(b.made));
  const rowsOf = async (account: AccountId) =>
    (await records.list('identity')).filter((row) => readStored(row).account === account);
  const own = async (account: AccountId) => (await list()).find((one) => one.account === account) ?? null;
  const ends = (account: AccountId) => endsOf(records, account, 'oidc');
  /** Changes the one that was seen, and tries again where something beside it came between. */
  async function change(
    { id, account, rev }: SeenIdentity,
    by: AccountId,
    what: 'confirmed' | 'removed',
    session?: string,
  ): Promise<Judged> {
    for (;;) {
      const found = await rowOf(id);
      if (!found) return 'gone';
      const { row, kept } = found;
      if (kept.account !== account) return 'stale';
      if (what === 'confirmed' && kept.confirmed) return 'done';
      if (row.rev !== rev) return 'stale';
      const text = what === 'removed' ? null : JSON.stringify({ ...kept, confirmed: true });
      const acted = { by, act: `identity_${what}` as const, about: kept.account };
      const others = what === 'removed' ? [] : (await rowsOf(kept.account)).filter((one) => one.id !== id);
      // of one that waited none was opened
      const over = (what === 'removed' ? kept.confirmed : others.length > 0) ? await ends(kept.account) : [];
      // her own session before those that end, as it may be one of them
      const changes: Changes = [
        { kind: 'identity', id, rev: row.rev, text },
        ...(await bySession(records, session)),
        ...others.map(taken),
        ...over,
      ];
      const { is } = await act(records, nowMs(), changes, acted);
      if (is === 'written') return 'done';
    }
  }

  return {
    async link(account, { issuer, subject }, called, session) {
      const id = idOf({ issuer, subject });
      for (;;) {
        const turn = await turnOf(records);
        const there = await rowOf(id);
        if (there) return there.kept.account === account ? 'linked' : 'taken';
        const by = await bySession(records, session);
        const kept: Kept = {
          ...{ account, issuer, subject, ...(called !== undefined && { called }) },
          ...{ made: dayOf(nowMs()), confirmed: false },
        };
        const waited = (await rowsOf(account)).filter((row) => !readStored(row).confirmed);
        const changes: Changes = [
          { kind: 'identity', id, rev: 0, text: JSON.stringify(kept) },
          turn,
          ...by,
          ...waited.map(taken),
        ];
        const acted = { by: account, act: 'identity_linked' as const, about: account };
        if ((await act(records, nowMs(), changes, acted)).is === 'written') return 'linked';
      }
    },
    own,
    list,
    confirm: (seen, by, session) => change(seen, by, 'confirmed', session),
    remove: (seen, by, session) => change(seen, by, 'removed', session),
    async shown(named) {
      const found = await rowOf(idOf(named));
      if (!found?.kept.confirmed) return null;
      const { id, rev, text } = found.row;
      // written again as it is: who is let in by it finds that nobody took it away meanwhile
      return { account: found.kept.account, step: { changes: [{ kind: 'identity', id, rev, text }] } };
    },
  };
}

const taken = ({ id, rev }: Row): Change => ({ kind: 'identity', id, rev, text: null });

const idOf = ({ issuer, subject }: Named) =>
  createHash('sha256')
    .update(`clbchat/1 identity\n${JSON.stringify([issuer, subject])}`)
    .digest('base64url');

function readStored({ text }: Row): Kept {
  const read = v.safeParse(identityDocument, JSON.parse(text));
  if (!read.success) throw new Bug('what is stored of an identity is none');
  return read.output;
}
