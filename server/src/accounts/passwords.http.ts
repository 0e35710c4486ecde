import type { IncomingMessage } from 'node:http';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { type Api, binding, leftMs, roles } from '../edge/api.ts';
import type { FewAtOnce, OneEach } from '../kernel/fewAtOnce.ts';
import type { SignInTries } from '../edge/signInTries.ts';
import { guardStaff, type StaffNeeds } from '../edge/staff.ts';
import type { Timers } from '../edge/timers.ts';
import { wrongTries } from '../edge/wrongTries.ts';
import type { AccountsStore } from './accounts.store.ts';
import { HALF } from './cookie.rules.ts';
import { isHashOf } from './hashing.thread.ts';
import { knownBrowsers } from './known.rules.ts';
import { loginName, NOBODYS, typedPassword, typedTotp } from './password.rules.ts';
import { codesBy, type PasswordOf, type PasswordsStore } from './passwords.store.ts';
import type { PendingStore } from './pending.store.ts';
import type { Secrets } from './secrets.rules.ts';
import type { Session } from './session.rules.ts';
import type { Sessions, Staff } from './sessions.store.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly sessions: Sessions;
  readonly accounts: Pick<AccountsStore, 'get'>;
  readonly passwords: PasswordsStore;
  readonly secrets: Secrets;
  readonly hashes: FewAtOnce;
  /** of one session or account: while one looks or makes, no other of it does [G80] */
  readonly ownHashes: OneEach;
  readonly pending: PendingStore;
  readonly nowMs: () => number;
  readonly limits: Pick<
    Limits,
    'pendingMs' | 'totpTriesMax' | 'knownBrowserMs' | 'wrongWaitMs' | 'wrongWaitMsMax' | 'wrongPasswordWaitMsMax'
  >;
  readonly timers: Timers;
  readonly tagOf: (request: IncomingMessage) => string;
  /** wrong passwords, and wrong codes behind a right one */
  readonly tries: SignInTries;
  /** sockets of this session have no owner any more */
  readonly onEnded: (session: Session) => void;
}

/** About what a look at a password takes behind a queue that is full of strangers'. Each that waits so is kept in memory. */
const AS_LONG_MS = 500;
/** Until somebody of whom one is looked at may show herself again. */
const BUSY_MS = 1_000;
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

/** What a right password opened the way to. */
const halfway = v.pipe(
  v.string(),
  v.parseJson(), // what another way to sign in began is none
  v.strictObject({ account: v.string(), login: v.string(), untilMs: v.number(), left: v.number() }),
);

/**
 * A password with a code of an app, for who has no passkey at hand. Whatever is wrong gets one answer after the same time:
 * 403 `not_yours`; 429 `too_fast` with `waitMs` after wrong ones, of a name or of an address [G17 G18].
 *
 * - `POST /api/sign-in/password` of `{login, password}` → `{}` and a cookie that goes with the code
 * - `POST /api/sign-in/totp` of `{code}` → `{account, name, method, binding, leftMs, roles}`, and the cookie of a session
 * - `POST /api/step-up/password` of `{password, code}` → `{binding, leftMs}`, and the cookie of a session in the place of hers
 */
// over 80 lines because each request is a few lines, and all are of one matter
export const passwordSignIn: FastifyPluginAsync<Needs> = async (app, needs) => {
  const {
    passwords,
    secrets,
    hashes,
    ownHashes,
    sessions,
    accounts,
    pending,
    nowMs,
    limits,
    timers,
    tagOf,
    tries,
    onEnded,
  } = needs;
  const known = knownBrowsers(sessions.cookies, secrets, nowMs);
  // of who is in and shows again that it is she, by session: nobody who knows her name, or has a cookie of hers, keeps her from it in another
  const wrongShowings = wrongTries({ firstMs: limits.wrongWaitMs, mostMs: limits.wrongPasswordWaitMsMax }, nowMs);
  const judged = codesBy(secrets, nowMs);
  guardStaff(app, needs);

  /** @param ownerOf is asked only for a browser that the key knows: for any other nothing is asked of a store [G18] */
  async function tryOf({ headers, raw }: FastifyRequest, login: string, ownerOf: () => Promise<PasswordOf | null>) {
    const found = known.find(headers.cookie, login);
    const owner = found && (await ownerOf());
    return { login, tag: tagOf(raw), known: found && owner && found.isOf(owner.password) ? found.by : null };
  }
  const tooFast = (reply: FastifyReply, waitMs: number) => reply.code(429).send({ code: 'too_fast', waitMs });
  /**
   * Whose password it is; null for nobody's. Who was wrong least lately goes first, and for who is not looked at (`unlooked`)
   * nothing is asked of any store: she waits about as long, and reads that, for what she typed may be right [G18].
   */
  const ownerBy = async (find: () => Promise<PasswordOf | null>, typed: string, wrong: number) => {
    const looked = await hashes.run(wrong, async () => {
      const found = await find();
      const isRight = await isHashOf(found?.password.hash ?? NOBODYS, secrets.peppered(typed));
      return isRight ? found : null;
    });
    if (looked) return looked.value;
    await new Promise<void>((over) => timers.after(AS_LONG_MS, over));
    return 'unlooked';
  };

  app.post('/api/sign-in/password', LIMIT, async (request, reply) => {
    if (!read(naming, request.body)) return reply.code(400).send({ code: 'malformed' });
    const said = read(nameTyped, request.body);
    if (!said) return reply.code(403).send(NO); // what can be nobody's is as wrong as anything
    const one = await tryOf(request, said.login, () => passwords.byLogin(said.login));
    const waitMs = tries.tryNow(one);
    if (waitMs > 0) return tooFast(reply, waitMs);
    const found = await ownerBy(() => passwords.byLogin(said.login), said.password, tries.wrong(one));
    if (found === 'unlooked') return tooFast(reply, Math.max(BUSY_MS, tries.unlooked(one)));
    if (!found) return reply.code(403).send(NO);
    tries.half(one);
    const begun = sessions.cookies.make(HALF, limits.pendingMs);
    const until = { untilMs: nowMs() + limits.pendingMs, left: limits.totpTriesMax };
    const text = JSON.stringify({ account: found.account, login: said.login, ...until });
    await pending.keep(begun.digest as Digest, text, limits.pendingMs);
    return reply.header('set-cookie', begun.setCookie).send({});
  });

  app.post('/api/sign-in/totp', LIMIT, async (request, reply) => {
    if (!read(coding, request.body)) return reply.code(400).send({ code: 'malformed' });
    const said = read(codeTyped, request.body);
    const begun = sessions.cookies.find(HALF, request.headers.cookie);
    const taken = begun === null || !said ? null : await pending.take(begun as Digest);
    const half = taken === null ? null : v.safeParse(halfway, taken);
    if (!said || begun === null || !half?.success) return reply.code(403).send(NO);
    const { account: id, login, untilMs, left } = half.output;
    for (;;) {
      const [found, account] = await Promise.all([passwords.of(id as AccountId), accounts.get(id as AccountId)]);
      const step = found?.password.login === login ? judged(found, said.code) : null;
      if (!found || step === null || !account || account.disabled) break;
      const before = sessions.bindingOf(request.headers.cookie);
      const opened = await sessions.openWith(found.account, 'password', found.used(step).step, before);
      if (!opened) continue;
      tries.right(await tryOf(request, login, async () => found));
      opened.freed.forEach(onEnded);
      const { setCookie, session } = opened;
      const knows = known.make(request.headers.cookie, found.password, limits.knownBrowserMs);
      return reply.header('set-cookie', [setCookie, knows]).send({
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
    const looked = await ownHashes.run(binding, async () => {
      const waitMs = wrongShowings.tryNow(binding);
      if (waitMs > 0) return { waitMs };
      return { owner: await ownerBy(async () => found, said.password, wrongShowings.wrong(binding)) };
    });
    const { waitMs, owner } = looked?.value ?? { waitMs: BUSY_MS };
    if (waitMs !== undefined) return tooFast(reply, waitMs);
    if (owner === 'unlooked') return tooFast(reply, Math.max(BUSY_MS, wrongShowings.unlooked(binding)));
    if (!owner) return reply.code(403).send(NO);
    const shows = async () => {
      const now = await passwords.of(account);
      const step = now?.password.hash === found.password.hash ? judged(now, said.code) : null;
      return now && step !== null ? now.used(step) : null;
    };
    const opened = await sessions.renewWith(binding, 'password', shows);
    if (!opened) return reply.code(403).send(NO);
    wrongShowings.right(binding);
    const { setCookie, session } = opened;
    return reply.header('set-cookie', setCookie).send({ binding: session.binding, leftMs: sessions.leftMs(session) });
  });
};

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
};
