import type { IncomingMessage } from 'node:http';
import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { opaque, read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { type Api, binding, day, leftMs, options, problem, roles } from '../edge/api.ts';
import { guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import type { WrongTries } from '../edge/wrongTries.ts';
import type { Account, AccountsStore } from './accounts.store.ts';
import { TYPED_CHARS_MAX } from './codes.rules.ts';
import { BEGUN } from './cookie.rules.ts';
import type { CredentialsStore } from './credentials.store.ts';
import { dayOf } from './days.rules.ts';
import {
  accountOf,
  counterShown,
  creationOf,
  ID_CHARS_MAX,
  kindOf,
  madeBy,
  making,
  PASSKEY_KINDS,
  requestOf,
  showing,
  strangersPasskey,
} from './passkeys.rules.ts';
import { answering, type Questions } from './questions.store.ts';
import type { Shown } from './renewal.store.ts';
import { METHODS, rolesBy, type Method, type Session } from './session.rules.ts';
import type { Sessions, Staff } from './sessions.store.ts';
import { SIGN_OUT_STATUS, signOut } from './signOut.store.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly sessions: Sessions;
  readonly accounts: Pick<AccountsStore, 'get'>;
  readonly credentials: CredentialsStore;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'pendingMs'>;
  /** of the console, as browsers name it */
  readonly origin: () => string;
  readonly tagOf: (request: IncomingMessage) => string;
  readonly questions: Questions;
  /** of codes, by tag: a code that is none names nobody */
  readonly wrongCodes: WrongTries;
  /** sockets of this session have no owner any more */
  readonly onEnded: (session: Session) => void;
}

const BODY_BYTES_MAX = 16_384;
const NO = { code: 'not_yours' } as const;
const STEP_UP = { code: 'step_up' } as const;

const typedCode = v.strictObject({ code: v.pipe(v.string(), v.maxLength(TYPED_CHARS_MAX)) });
const which = v.strictObject({ id: opaque(ID_CHARS_MAX) });
const leaving = v.strictObject({ unlessHolding: v.optional(v.literal(true)) });

/**
 * Signing in with a passkey or a recovery code, and what somebody does with her own. Whatever is wrong with what was shown
 * is answered alike: 403 `not_yours` [G5].
 *
 * - `POST /api/sign-in/begin` → the options of `navigator.credentials.get`, and a cookie that goes with them
 * - `POST /api/sign-in/passkey` of `{id, clientData, authenticator, signature, user}` → `{account, name, method, binding, leftMs, roles}`, and the cookie of a session
 * - `POST /api/sign-in/code` of `{code}` → the same; 429 `too_fast` with `waitMs` after wrong ones
 * - `GET /api/session` → the same and `holds`, whether she holds a conversation; 401 when nobody is signed in
 * - `POST /api/sign-out` of `{unlessHolding: true}` or `{}` → 204; 409 `stage` while she holds a conversation, where she asked for that; 500 `here_only` when it holds in this process only; 503 `unavailable` when it ended nothing
 * - `GET /api/passkeys` → `{passkeys: [{id, made, kind}], codesLeft}`, in the order in which they were made
 * - `POST /api/passkeys/begin` → the options of `navigator.credentials.create`
 * - `POST /api/passkeys/add` of `{id, clientData, attestation, transports}` → as the list, with the session beside it: a new one after a code, where
 *   the oldest of as many as one may have makes room; 409 `full` else
 * - `POST /api/passkeys/remove` of `{id}` → as the list; 409 `stage` when nothing else would let her in, and for who came by a code
 * - `POST /api/passkeys/codes` → `{codes}`, which nobody shows again; the earlier ones are gone; 409 for who came by a code
 */
// over 80 lines because each request is a few lines, and all are of one matter
export const passkeySignIn: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { sessions, accounts, credentials, questions, nowMs, limits, tagOf, wrongCodes, onEnded } = needs;
  const place = () => ({ origin: needs.origin() });
  const nobodys = strangersPasskey();
  const noBody = { bodyLimit: 1_024 };
  const aBody = { bodyLimit: BODY_BYTES_MAX };

  guardStaff(app, needs);

  const shownOf = (session: Session, account: Account | null) => ({
    ...{ account: session.account, name: account?.name, method: session.method },
    ...{ binding: session.binding, leftMs: sessions.leftMs(session) },
    roles: rolesBy(session.method, account?.roles ?? []),
  });
  const listOf = async (account: AccountId) => {
    const { passkeys, codesLeft } = await credentials.own(account);
    return { passkeys: passkeys.map((one) => ({ id: one.id, made: one.made, kind: kindOf(one) })), codesLeft };
  };
  /**
   * Opens a session for what was shown, in the place of this browser's earlier one, and looks again when what was shown
   * changed meanwhile. Once that is written nothing is asked any more, so that no code is used up for an answer that fails.
   *
   * @param counts asked once all else is right [G91]
   * @returns null when it counts no more
   */
  async function letIn(
    { shows, counts }: { shows: () => Promise<Shown | null>; counts?: () => Promise<boolean> },
    method: Method,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    for (;;) {
      const shown = await shows();
      const account = shown && (await accounts.get(shown.account));
      if (!shown || !account || account.disabled) return null;
      if (counts && !(await counts())) return null;
      const before = sessions.bindingOf(request.headers.cookie);
      const opened = await sessions.openWith(shown.account, method, shown.step, before);
      if (!opened) continue;
      opened.freed.forEach(onEnded);
      reply.header('set-cookie', opened.setCookie);
      return shownOf(opened.session, account);
    }
  }

  /** A lasting way in is made by who just showed that it is she, or came by a code and has no other way [G9]. */
  const mayChange = (mine: Staff) => mine.method === 'code' || sessions.steppedUp(mine);

  app.post('/api/sign-in/begin', noBody, async ({ headers }, reply) => {
    const begun = sessions.cookies.again(BEGUN, limits.pendingMs, headers.cookie);
    const options = await requestOf(await questions.ask(begunBy(begun.digest)), limits.pendingMs, place());
    return reply.header('set-cookie', begun.setCookie).send(options);
  });

  app.post('/api/sign-in/passkey', aBody, async (request, reply) => {
    const shown = read(showing, request.body);
    if (!shown) return reply.code(400).send({ code: 'malformed' });
    const begun = sessions.cookies.find(BEGUN, request.headers.cookie);
    const answer = answering(questions, begun === null ? null : begunBy(begun));
    const shows = async () => {
      const found = await credentials.passkey(accountOf(shown.user), shown.id);
      const counter = await counterShown(shown, found?.passkey ?? nobodys, answer.isOf, place());
      return counter !== null && found ? found.used(counter) : null;
    };
    return (await letIn({ shows, counts: answer.counts }, 'passkey', request, reply)) ?? reply.code(403).send(NO);
  });

  app.post('/api/sign-in/code', noBody, async (request, reply) => {
    const said = read(typedCode, request.body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const tag = tagOf(request.raw);
    const waitMs = wrongCodes.tryNow(tag);
    if (waitMs > 0) return reply.code(429).send({ code: 'too_fast', waitMs });
    const answer = await letIn({ shows: () => credentials.code(said.code) }, 'code', request, reply);
    if (!answer) return reply.code(403).send(NO);
    wrongCodes.right(tag);
    return answer;
  });

  app.get('/api/session', async (request, reply) => {
    const session = await staffOf(needs, request);
    if (!session) return reply.code(401).send({ code: 'no_cert' });
    const [account, holds] = await Promise.all([
      accounts.get(session.account),
      sessions.holds(session).catch(() => false),
    ]);
    return { ...shownOf(session, account), holds };
  });

  app.post('/api/sign-out', noBody, async (request, reply) => {
    const said = Array.isArray(request.body) ? null : read(leaving, request.body); // where every field may be left out, a list fits
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const binding = sessions.bindingOf(request.headers.cookie);
    if (binding === null) return reply.code(204).send();
    // asked here and not by her page before, which may be closed by then [G74]; where nobody can say, nobody is kept
    const mine = said.unlessHolding ? await sessions.ofBrowser(request.headers.cookie).catch(() => null) : null;
    if (mine && (await sessions.holds(mine).catch(() => false))) return reply.code(409).send({ code: 'stage' });
    const is = await signOut({ sessions, onEnded }, binding);
    if (is !== 'over') return reply.code(SIGN_OUT_STATUS[is]).send({ code: is });
    return reply.header('set-cookie', sessions.takenAway).header('clear-site-data', '"cache"').code(204).send();
  });

  app.get('/api/passkeys', async (request, reply) => {
    const mine = await staffOf(needs, request);
    return mine ? listOf(mine.account) : reply.code(401).send({ code: 'no_cert' });
  });

  app.post('/api/passkeys/begin', noBody, async (request, reply) => {
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    if (!mayChange(mine)) return reply.code(403).send(STEP_UP);
    const challenge = await questions.ask(addingOf(mine));
    const name = (await accounts.get(mine.account))?.name ?? '';
    const has = (await credentials.own(mine.account)).passkeys;
    return creationOf({ account: mine.account, name, challenge, has, forMs: limits.pendingMs, ...place() });
  });

  app.post('/api/passkeys/add', aBody, async (request, reply) => {
    const made = read(making, request.body);
    if (!made) return reply.code(400).send({ code: 'malformed' });
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    // a question counts for minutes, and who left her desk meanwhile makes nothing lasting [G9]
    if (!mayChange(mine)) return reply.code(403).send(STEP_UP);
    const answer = answering(questions, addingOf(mine));
    const passkey = await madeBy(made, answer.isOf, place(), dayOf(nowMs()));
    const byCode = mine.method === 'code';
    const by = { session: mine.binding, counts: answer.counts };
    const added = passkey && (await credentials[byCode ? 'addForOldest' : 'add'](mine.account, passkey, by));
    if (added === 'full') return reply.code(409).send({ code: 'full' });
    if (added !== 'added') return reply.code(403).send(NO);
    const [list, account] = await Promise.all([listOf(mine.account), accounts.get(mine.account)]);
    if (!byCode) return { ...list, session: shownOf(mine, account) };
    // she has a way in again: from here on she is signed in by that
    const { setCookie: cookie, session } = await sessions.open(mine.account, 'passkey', mine.binding);
    reply.header('set-cookie', cookie);
    return { ...list, session: shownOf(session, account) };
  });

  app.post('/api/passkeys/remove', { bodyLimit: 2_048 }, async (request, reply) => {
    const said = read(which, request.body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    if (!mayChange(mine)) return reply.code(403).send(STEP_UP);
    const removed = mine.method === 'code' ? 'last' : await credentials.remove(mine.account, said.id, mine.binding);
    return removed === 'last' ? reply.code(409).send({ code: 'stage' }) : listOf(mine.account);
  });

  app.post('/api/passkeys/codes', noBody, async (request, reply) => {
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    if (mine.method === 'code') return reply.code(409).send({ code: 'stage' });
    if (!mayChange(mine)) return reply.code(403).send(STEP_UP);
    return { codes: await credentials.newCodes(mine.account, mine.binding) };
  });
};

/** Of a browser that begins to sign in, by the digest of its cookie. */
const begunBy = (digest: string) => `signing in ${digest}`;
/** Of whichever session of hers: the one in which she was asked may go on under another cookie by now [G91]. */
const addingOf = ({ account }: Session) => `adding to ${account}`;

const signedIn = v.strictObject({
  ...{ account: v.string(), name: v.optional(v.string()), method: v.picklist(METHODS) },
  ...{ binding, leftMs, roles },
});
const ownKeys = v.strictObject({
  passkeys: v.array(v.strictObject({ id: opaque(ID_CHARS_MAX), made: day, kind: v.picklist(PASSKEY_KINDS) })),
  codesLeft: v.number(),
});

/** Of docs/api.json. @public */
export const api: Api = {
  'POST /api/sign-in/begin': { says: 'Begins a sign-in by passkey.', answers: { 200: options } },
  'POST /api/sign-in/passkey': { says: 'Signs in by passkey.', body: showing, answers: { 200: signedIn } },
  'POST /api/sign-in/code': { says: 'Signs in by a recovery code.', body: typedCode, answers: { 200: signedIn } },
  'GET /api/session': {
    says: 'Who is signed in, and whether she holds a conversation.',
    answers: { 200: v.strictObject({ ...signedIn.entries, holds: v.boolean() }) },
  },
  'POST /api/sign-out': {
    says: 'Ends the session, or not while somebody chats with her, where she asks for that.',
    body: leaving,
    answers: { 204: null, 409: problem('stage'), 500: problem('here_only', 'unavailable') },
  },
  'GET /api/passkeys': { says: 'Her own passkeys.', answers: { 200: ownKeys } },
  'POST /api/passkeys/begin': {
    says: 'Begins the making of a passkey.',
    answers: { 200: options, 403: problem('not_yours', 'step_up') },
  },
  'POST /api/passkeys/add': {
    says: 'Keeps a passkey that was made.',
    body: making,
    answers: { 200: v.strictObject({ ...ownKeys.entries, session: signedIn }), 409: problem('full') },
  },
  'POST /api/passkeys/remove': {
    says: 'Takes one of her passkeys away.',
    body: which,
    answers: { 200: ownKeys, 409: problem('stage') },
  },
  'POST /api/passkeys/codes': {
    says: 'Makes new recovery codes in the place of all earlier ones.',
    answers: { 200: v.strictObject({ codes: v.array(v.string()) }), 409: problem('stage') },
  },
};
