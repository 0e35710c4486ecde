import type { Digest } from '@clbchat/shared/ids';
import type { AccountsStore } from './accounts.store.ts';
import type { Limits } from '@clbchat/shared/limits';
import { read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import { type Api, problem } from '../edge/api.ts';
import type { FewAtOnce, OneEach } from '../kernel/fewAtOnce.ts';
import { guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import { digestOf } from './cookie.rules.ts';
import { hashOf } from './hashing.thread.ts';
import { badOf, loginName, newSeed, passwordDocument, seedShown, typedPassword, typedTotp } from './password.rules.ts';
import { codesBy, type PasswordsStore } from './passwords.store.ts';
import type { PendingStore } from './pending.store.ts';
import type { Secrets } from './secrets.rules.ts';
import type { Session } from './session.rules.ts';
import type { Sessions, Staff } from './sessions.store.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly sessions: Pick<Sessions, 'bindingOf' | 'find' | 'steppedUp'>;
  readonly accounts: Pick<AccountsStore, 'get'>;
  readonly passwords: PasswordsStore;
  readonly secrets: Secrets;
  readonly pending: PendingStore;
  readonly hashes: FewAtOnce;
  /** of one session or account: while one looks or makes, no other of it does [G80] */
  readonly ownHashes: OneEach;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'pendingMs'>;
}

const NO = { code: 'not_yours' } as const;
const LIMIT = { bodyLimit: 2_048 };
/** Until somebody who waits for a password to be kept may try again. */
const BUSY_MS = 1_000;
/** Behind the first try of whoever signs in, from wherever [G80]. */
const MAKING_RANK = 3;

const text = v.pipe(v.string(), v.maxLength(LIMIT.bodyLimit));
const naming = v.strictObject({ login: text, password: text });
const coding = v.strictObject({ code: text });
const nameTyped = v.strictObject({ login: loginName, password: typedPassword });
const codeTyped = v.strictObject({ code: typedTotp });
/** What waits for its first code, until when; `kept` once that came, for who did not hear it. No try makes that later [G72]. */
const beginning = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({ ...passwordDocument.entries, untilMs: v.number(), kept: v.optional(v.literal(true)) }),
);

/**
 * Making and removing one's own password, once one showed that it is she [G19].
 *
 * - `GET /api/password` → `{login}`, null without one
 * - `POST /api/password/begin` of `{login, password}` → `{secret, uri}` for her app; 422 `refused` with `why`, 409 `full` for another's name, 403 `step_up`, 429 `too_fast` while one is being made
 * - `POST /api/password/confirm` of `{code}` → `{login}`; 404 `gone` when it was begun too long ago, 403 `step_up`
 * - `POST /api/password/remove` → `{login: null}`; 409 `stage` when nothing else would let her in
 */
export const ownPassword: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { sessions, accounts, passwords, secrets, pending, hashes, ownHashes, nowMs, limits } = needs;
  const judged = codesBy(secrets, nowMs);
  type Made = v.InferOutput<typeof beginning>;
  const keeps = async (mine: Session, made: Made, how: 'keep' | 'keepFirst') => {
    const forMs = made.untilMs - nowMs();
    if (forMs > 0) await pending[how](makingOf(mine), JSON.stringify(made), forMs);
  };
  const takes = async (mine: Session): Promise<Made | null> => {
    const made = v.safeParse(beginning, await pending.take(makingOf(mine)));
    return made.success ? made.output : null;
  };
  guardStaff(app, needs);

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
    const name = (await accounts.get(mine.account))?.name ?? '';
    const why = badOf(said.password, { login: said.login, name });
    if (why) return reply.code(422).send({ code: 'refused', why });
    const owner = await passwords.byLogin(said.login);
    if (owner && owner.account !== mine.account) return reply.code(409).send({ code: 'full' });
    const made = () => hashes.run(MAKING_RANK, () => hashOf(secrets.peppered(said.password)));
    const hashed = (await ownHashes.run(mine.account, made))?.value;
    if (!hashed) return reply.code(429).send({ code: 'too_fast', waitMs: BUSY_MS });
    const seed = newSeed();
    const begun = { login: said.login, hash: hashed.value, seed: secrets.seal(seed, mine.account), step: 0 };
    await keeps(mine, { ...begun, untilMs: nowMs() + limits.pendingMs }, 'keep');
    return seedShown(seed, said.login);
  });

  app.post('/api/password/confirm', LIMIT, async (request, reply) => {
    if (!read(coding, request.body)) return reply.code(400).send({ code: 'malformed' });
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    const said = read(codeTyped, request.body);
    if (!said) return reply.code(403).send(NO);
    const made = await takes(mine);
    if (!made) return reply.code(404).send({ code: 'gone' });
    if (!sessions.steppedUp(mine)) {
      // what was begun waits for minutes, and who left her desk meanwhile makes nothing lasting [G9]
      await keeps(mine, made, 'keepFirst');
      return reply.code(403).send({ code: 'step_up' });
    }
    const { kept, untilMs, ...password } = made;
    const { account } = mine;
    const step = judged({ account, password }, said.code);
    await keeps(mine, made, 'keepFirst'); // for who hears no answer, too
    if (step === null) return reply.code(403).send(NO);
    const isKept = (await passwords.of(account))?.password.hash === password.hash;
    if (!isKept && kept) return reply.code(404).send({ code: 'gone' }); // removed since
    const set = isKept ? 'set' : await passwords.set(account, { ...password, step }, mine.binding);
    if (set === 'taken') return reply.code(409).send({ code: 'full' });
    const waits = await takes(mine);
    // what she began meanwhile is what waits
    const isOther = waits !== null && waits.hash !== password.hash;
    const heard = { ...password, untilMs: kept ? untilMs : nowMs() + limits.pendingMs, kept: true } as const;
    await keeps(mine, isOther ? waits : heard, 'keepFirst');
    return { login: password.login };
  });

  app.post('/api/password/remove', LIMIT, async (request, reply) => {
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    if (!sessions.steppedUp(mine)) return reply.code(403).send({ code: 'step_up' });
    const removed = await passwords.remove(mine.account, mine.binding);
    return removed === 'last' ? reply.code(409).send({ code: 'stage' }) : { login: null };
  });
};

/** Her account's, so that a session that goes on under another cookie goes on with it: only who has the seed can end it [A31]. */
const makingOf = ({ account }: Session) => digestOf(`password ${account}`) as Digest;

const login = v.strictObject({ login: v.nullable(v.string()) });

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /api/password': { says: 'The name that she signs in with, if she has a password.', answers: { 200: login } },
  'POST /api/password/begin': {
    says: 'Begins the making of a password.',
    body: naming,
    answers: {
      200: v.strictObject({ secret: v.string(), uri: v.string() }),
      409: problem('full'),
      422: v.strictObject({
        code: v.literal('refused'),
        why: v.picklist(['login', 'short', 'name', 'easy', 'common']),
      }),
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
