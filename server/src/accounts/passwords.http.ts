import { availableParallelism } from 'node:os';
import type { IncomingMessage } from 'node:http';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import * as v from 'valibot';
import { type Api, binding, leftMs, problem, roles } from '../edge/api.ts';
import { fewAtOnce } from '../edge/fewAtOnce.ts';
import { guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import type { Timers } from '../edge/timers.ts';
import { wrongTries } from '../edge/wrongTries.ts';
import type { RecordsStore } from '../records/records.store.ts';
import type { AccountsStore } from './accounts.store.ts';
import { BEGUN, cookieIn, digestOf, newCookie } from './cookie.rules.ts';
import {
  badOf,
  hashOf,
  isHashOf,
  loginName,
  newSeed,
  NOBODYS,
  passwordDocument,
  seedShown,
  stepOf,
  typedPassword,
  typedTotp,
} from './password.rules.ts';
import { passwordsOf, type PasswordOf } from './passwords.store.ts';
import type { PendingStore } from './pending.store.ts';
import type { Secrets } from './secrets.rules.ts';
import type { Session } from './session.rules.ts';
import type { Sessions, Staff } from './sessions.store.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly sessions: Sessions;
  readonly accounts: Pick<AccountsStore, 'get'>;
  readonly records: RecordsStore;
  /** null: nobody has a password, and none of this exists */
  readonly secrets: Secrets | null;
  readonly pending: PendingStore;
  readonly nowMs: () => number;
  readonly limits: Pick<
    Limits,
    'pendingMs' | 'totpTriesMax' | 'hashesWaitingMax' | 'wrongWaitMs' | 'wrongWaitMsMax' | 'wrongPasswordWaitMsMax'
  >;
  readonly timers: Timers;
  readonly tagOf: (request: IncomingMessage) => string;
  /** sockets of this session have no owner any more */
  readonly onEnded: (session: Session) => void;
}

/** The other cores are for whoever talks. */
const HASHES_AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2));
/** About what a look at a password takes behind a full queue. */
const AS_LONG_MS = 2_000;
const NO = { code: 'not_yours' } as const;
const LIMIT = { bodyLimit: 2_048 };

/** What pages send. What can be no name, no password or no code is of the form all the same: it is as wrong as any other [G17]. */
const text = v.pipe(v.string(), v.maxLength(LIMIT.bodyLimit));
const naming = v.strictObject({ login: text, password: text });
const coding = v.strictObject({ code: text });
const both = v.strictObject({ password: text, code: text });
const nameTyped = v.strictObject({ login: loginName, password: typedPassword });
const codeTyped = v.strictObject({ code: typedTotp });
const bothTyped = v.strictObject({ password: typedPassword, code: typedTotp });

/** What waits for its first code, and what a right password opened the way to. */
const beginning = v.strictObject({ ...passwordDocument.entries });
const halfway = v.strictObject({ account: v.string(), login: v.string(), untilMs: v.number(), left: v.number() });

/**
 * A password with a code of an app, for who has no passkey at hand. Whatever is wrong gets one answer after the same time:
 * 403 `not_yours`; 429 `too_fast` with `waitMs` after wrong ones, of a name or of an address [G17 G18].
 *
 * - `POST /api/sign-in/password` of `{login, password}` → `{}` and a cookie that goes with the code
 * - `POST /api/sign-in/totp` of `{code}` → `{account, name, method, binding, leftMs, roles}`, and the cookie of a session
 * - `POST /api/step-up/password` of `{password, code}` → `{binding, leftMs}`, and the cookie of a session in the place of hers
 * - `GET /api/password` → `{login}`, null without one
 * - `POST /api/password/begin` of `{login, password}` → `{secret, uri}` for her app; 422 `refused` with `why`, 409 `full` for another's name, 403 `step_up`
 * - `POST /api/password/confirm` of `{code}` → `{login}`; 404 `gone` when it was begun too long ago
 * - `POST /api/password/remove` → `{login: null}`; 409 `stage` when nothing else would let her in
 */
// over 80 lines because each request is a few lines, and all are of one matter
export const passwordSignIn: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { secrets } = needs;
  if (!secrets) return;
  const passwords = passwordsOf(needs);
  const { sessions, accounts, pending, nowMs, limits, timers, tagOf, onEnded } = needs;
  // by the address, and by the name that is typed, whoever's it is
  const wrongTags = wrongTries({ firstMs: limits.wrongWaitMs, mostMs: limits.wrongWaitMsMax }, nowMs);
  const wrongNames = wrongTries({ firstMs: limits.wrongWaitMs, mostMs: limits.wrongPasswordWaitMsMax }, nowMs);
  // of who is in and shows again that it is she: her own count, so that nobody who knows her name keeps her from it
  const wrongShowings = wrongTries({ firstMs: limits.wrongWaitMs, mostMs: limits.wrongPasswordWaitMsMax }, nowMs);
  const hashes = fewAtOnce({ atOnce: HASHES_AT_ONCE, queueMax: limits.hashesWaitingMax });
  guardStaff(app, needs);

  /** How long this name and this address have to wait; 0 = it may try now, which counts as wrong for both. */
  function waitOf(login: string, tag: string): number {
    const waitMs = Math.max(wrongTags.waitMs(tag), wrongNames.waitMs(login));
    return waitMs > 0 ? waitMs : wrongTags.tryNow(tag) + wrongNames.tryNow(login);
  }
  const tooFast = (reply: FastifyReply, waitMs: number) => reply.code(429).send({ code: 'too_fast', waitMs });
  const wrongOf = (login: string, tag: string) => wrongNames.wrong(login) + wrongTags.wrong(tag);
  /**
   * Whose password it is; null for nobody's. Who was wrong least lately goes first, and for who is not looked at nothing is
   * asked of any store: she waits about as long [G18].
   */
  const ownerBy = async (find: () => Promise<PasswordOf | null>, typed: string, wrong: number) => {
    const looked = await hashes.run(wrong, async () => {
      const found = await find();
      const isRight = await isHashOf(found?.password.hash ?? NOBODYS, secrets.peppered(typed));
      return isRight ? found : null;
    });
    if (!looked) await new Promise<void>((over) => timers.after(AS_LONG_MS, over));
    return looked?.value ?? null;
  };
  /** The step of her code; null for a wrong one, and for one that counted before. */
  const judged = ({ account, password }: Pick<PasswordOf, 'account' | 'password'>, code: string): number | null => {
    const seed = secrets.open(password.seed, account);
    return seed && stepOf(code, seed, password.step, nowMs());
  };

  app.post('/api/sign-in/password', LIMIT, async (request, reply) => {
    if (!read(naming, request.body)) return reply.code(400).send({ code: 'malformed' });
    const said = read(nameTyped, request.body);
    if (!said) return reply.code(403).send(NO); // what can be nobody's is as wrong as anything
    const tag = tagOf(request.raw);
    const waitMs = waitOf(said.login, tag);
    if (waitMs > 0) return tooFast(reply, waitMs);
    const found = await ownerBy(() => passwords.byLogin(said.login), said.password, wrongOf(said.login, tag));
    if (!found) return reply.code(403).send(NO);
    wrongTags.right(tag);
    const begun = newCookie(limits.pendingMs, BEGUN);
    const until = { untilMs: nowMs() + limits.pendingMs, left: limits.totpTriesMax };
    const text = JSON.stringify({ account: found.account, login: said.login, ...until });
    await pending.keep(begun.digest as Digest, text, limits.pendingMs);
    return reply.header('set-cookie', begun.setCookie).send({});
  });

  app.post('/api/sign-in/totp', LIMIT, async (request, reply) => {
    if (!read(coding, request.body)) return reply.code(400).send({ code: 'malformed' });
    const said = read(codeTyped, request.body);
    const begun = cookieIn(request.headers.cookie, BEGUN);
    const taken = begun === null || !said ? null : await pending.take(begun as Digest);
    const half = taken === null ? null : v.safeParse(halfway, asJson(taken));
    if (!said || begun === null || !half?.success) return reply.code(403).send(NO);
    const { account: id, login, untilMs, left } = half.output;
    for (;;) {
      const [found, account] = await Promise.all([passwords.of(id as AccountId), accounts.get(id as AccountId)]);
      const step = found?.password.login === login ? judged(found, said.code) : null;
      if (!found || step === null || !account || account.disabled) break;
      const before = await staffOf(needs, request);
      const opened = await sessions.openWith(found.account, 'password', found.used(step).step, before);
      if (!opened) continue;
      wrongNames.right(login);
      wrongTags.right(tagOf(request.raw));
      if (before && before.account !== found.account) onEnded(before);
      const { setCookie, session } = opened;
      return reply.header('set-cookie', setCookie).send({
        ...{ account: session.account, name: account.name, method: session.method, roles: account.roles },
        ...{ binding: session.binding, leftMs: sessions.leftMs(session) },
      });
    }
    const text = JSON.stringify({ account: id, login, untilMs, left: left - 1 });
    if (left > 1 && untilMs > nowMs()) await pending.keep(begun as Digest, text, untilMs - nowMs());
    return reply.code(403).send(NO);
  });

  app.post('/api/step-up/password', LIMIT, async ({ headers, body }, reply) => {
    if (!read(both, body)) return reply.code(400).send({ code: 'malformed' });
    const said = read(bothTyped, body);
    const binding = sessions.bindingOf(headers.cookie);
    const account = binding === null ? undefined : (await sessions.mayShow(binding))?.account;
    if (binding === null || account === undefined) return reply.code(401).send({ code: 'no_cert' });
    const found = await passwords.of(account);
    if (!said || !found) return reply.code(403).send(NO);
    const waitMs = wrongShowings.tryNow(account);
    if (waitMs > 0) return tooFast(reply, waitMs);
    if (!(await ownerBy(async () => found, said.password, wrongShowings.wrong(account))))
      return reply.code(403).send(NO);
    const shows = async () => {
      const now = await passwords.of(account);
      const step = now?.password.hash === found.password.hash ? judged(now, said.code) : null;
      return now && step !== null ? now.used(step) : null;
    };
    const opened = await sessions.renewWith(binding, 'password', shows);
    if (!opened) return reply.code(403).send(NO);
    wrongShowings.right(account);
    const { setCookie, session } = opened;
    return reply.header('set-cookie', setCookie).send({ binding: session.binding, leftMs: sessions.leftMs(session) });
  });

  app.get('/api/password', async (request, reply) => {
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    return { login: (await passwords.of(mine.account))?.password.login ?? null };
  });

  app.post('/api/password/begin', LIMIT, async (request, reply) => {
    if (!read(naming, request.body)) return reply.code(400).send({ code: 'malformed' });
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    if (!sessions.steppedUp(mine)) return reply.code(403).send({ code: 'step_up' });
    const said = read(nameTyped, request.body);
    if (!said) return reply.code(422).send({ code: 'refused', why: 'login' });
    const why = badOf(said.password, said.login);
    if (why) return reply.code(422).send({ code: 'refused', why });
    const owner = await passwords.byLogin(said.login);
    if (owner && owner.account !== mine.account) return reply.code(409).send({ code: 'full' });
    const hashed = await hashes.run(0, () => hashOf(secrets.peppered(said.password)));
    if (!hashed) return tooFast(reply, 1_000);
    const seed = newSeed();
    const made = { login: said.login, hash: hashed.value, seed: secrets.seal(seed, mine.account), step: 0 };
    await pending.keep(makingOf(mine), JSON.stringify(made), limits.pendingMs);
    return seedShown(seed, said.login);
  });

  app.post('/api/password/confirm', LIMIT, async (request, reply) => {
    if (!read(coding, request.body)) return reply.code(400).send({ code: 'malformed' });
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    const said = read(codeTyped, request.body);
    if (!said) return reply.code(403).send(NO);
    const taken = await pending.take(makingOf(mine));
    const made = taken === null ? null : v.safeParse(beginning, asJson(taken));
    if (taken === null || !made?.success) return reply.code(404).send({ code: 'gone' });
    const step = judged({ account: mine.account, password: made.output }, said.code);
    if (step === null) {
      await pending.keep(makingOf(mine), taken, limits.pendingMs);
      return reply.code(403).send(NO);
    }
    const set = await passwords.set(mine.account, { ...made.output, step });
    return set === 'taken' ? reply.code(409).send({ code: 'full' }) : { login: made.output.login };
  });

  app.post('/api/password/remove', LIMIT, async (request, reply) => {
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    if (!sessions.steppedUp(mine)) return reply.code(403).send({ code: 'step_up' });
    const removed = await passwords.remove(mine.account);
    return removed === 'last' ? reply.code(409).send({ code: 'stage' }) : { login: null };
  });
};

const makingOf = ({ binding }: Session) => digestOf(`password ${binding}`) as Digest;

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // what another way to sign in began
  }
}

const login = v.strictObject({ login: v.nullable(v.string()) });

/** Of docs/api.json. @public */
export const api: Api = {
  'POST /api/sign-in/password': {
    says: 'Begins a sign-in by password: its code follows.',
    body: naming,
    answers: { 200: v.strictObject({}) },
  },
  'POST /api/sign-in/totp': {
    says: 'Signs in by the code of an app, after the password.',
    body: coding,
    answers: {
      200: v.strictObject({
        ...{ account: v.string(), name: v.string(), method: v.literal('password') },
        ...{ binding, leftMs, roles },
      }),
    },
  },
  'POST /api/step-up/password': {
    says: 'Shows again by password and code that it is she.',
    body: both,
    answers: { 200: v.strictObject({ binding, leftMs }) },
  },
  'GET /api/password': { says: 'The name that she signs in with, if she has a password.', answers: { 200: login } },
  'POST /api/password/begin': {
    says: 'Begins the making of a password.',
    body: naming,
    answers: {
      200: v.strictObject({ secret: v.string(), uri: v.string() }),
      409: problem('full'),
      422: v.strictObject({ code: v.literal('refused'), why: v.picklist(['login', 'short', 'name', 'easy']) }),
    },
  },
  'POST /api/password/confirm': {
    says: 'Keeps a password after its first code.',
    body: coding,
    answers: { 200: login, 409: problem('full') },
  },
  'POST /api/password/remove': {
    says: 'Takes her password away.',
    answers: { 200: login, 409: problem('stage') },
  },
};
