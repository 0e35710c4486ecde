import { createHash } from 'node:crypto';
import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { bytes, read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import { type Api, binding, leftMs, options, roles } from '../edge/api.ts';
import { guardStaff, type StaffNeeds } from '../edge/staff.ts';
import { personsName } from './accounts.store.ts';
import type { CredentialsStore } from './credentials.store.ts';
import { dayOf } from './days.rules.ts';
import { creationOf, madeBy, making } from './passkeys.rules.ts';
import type { Session } from './session.rules.ts';
import type { Sessions, Staff } from './sessions.store.ts';
import { PURPOSES, type TokensStore } from './tokens.store.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly tokens: Pick<TokensStore, 'find'>;
  readonly sessions: Pick<Sessions, 'bindingOf' | 'find' | 'openWith' | 'leftMs'>;
  readonly credentials: Pick<CredentialsStore, 'begin'>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'pendingMs'>;
  /** of the console, as browsers name it */
  readonly origin: () => string;
  /** sockets of this session have no owner any more */
  readonly onEnded: (session: Session) => void;
}

const TOKEN_BYTES = 32;
const ACCOUNT_CHARS = 21;
const BODY_BYTES_MAX = 16_384;

const token = bytes(TOKEN_BYTES);
const looking = v.strictObject({ token });
const asking = v.strictObject({ token, name: personsName, has: v.optional(v.pick(making, ['id', 'transports'])) });
const finishing = v.strictObject({
  token,
  name: personsName,
  passkeys: v.pipe(v.array(making), v.minLength(1), v.maxLength(2)),
  codes: v.boolean(),
});

/**
 * The page of a one-time address: name, a passkey, and a second one or recovery codes. Nothing is kept before the last of
 * these requests, and that one keeps all of it [G4]; what it needs meanwhile is made of the address, so that it is spent with it.
 * Each is answered 404 `gone` for an address that opens nothing.
 *
 * - `POST /api/begin/look` of `{token}` → `{purpose}`
 * - `POST /api/begin/passkey` of `{token, name, has?: {id, transports}}` → the options of `navigator.credentials.create`, for the second passkey with `has`
 * - `POST /api/begin/finish` of `{token, name, passkeys: [{id, clientData, attestation, transports}], codes}` → `{account, name, roles, method, binding, leftMs, codes}`
 *   and the cookie of a session; 403 `not_yours` for a passkey that is none, and the address stands; 400 for one passkey without codes
 */
export const beginning: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { tokens, sessions, credentials, nowMs, limits, onEnded } = needs;
  const place = () => ({ origin: needs.origin() });
  const limit = { bodyLimit: BODY_BYTES_MAX };

  guardStaff(app, needs);

  app.post('/api/begin/look', limit, async ({ body }, reply) => {
    const said = read(looking, body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const standing = await tokens.find(said.token);
    return standing ? { purpose: standing.purpose } : reply.code(404).send({ code: 'gone' });
  });

  app.post('/api/begin/passkey', limit, async ({ body }, reply) => {
    const said = read(asking, body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    if (!(await tokens.find(said.token))) return reply.code(404).send({ code: 'gone' });
    const challenge = challengeOf(said.token, said.has ? 1 : 0);
    const [account, has] = [accountOf(said.token), said.has ? [said.has] : []];
    return creationOf({ account, name: said.name, challenge, has, forMs: limits.pendingMs, ...place() });
  });

  app.post('/api/begin/finish', limit, async (request, reply) => {
    const said = read(finishing, request.body);
    if (!said || (said.passkeys.length < 2 && !said.codes)) return reply.code(400).send({ code: 'malformed' });
    const standing = await tokens.find(said.token);
    if (!standing) return reply.code(404).send({ code: 'gone' });
    const day = dayOf(nowMs());
    const judged = said.passkeys.map((one, at) => madeBy(one, challengeOf(said.token, at), place(), day));
    const passkeys = (await Promise.all(judged)).filter((one) => one !== null);
    if (new Set(passkeys.map(({ id }) => id)).size < judged.length) return reply.code(403).send({ code: 'not_yours' });
    const account = { name: said.name, roles: [...standing.roles], disabled: false };
    const id = accountOf(said.token);
    const { step, codes } = credentials.begin(id, {
      account,
      passkeys,
      withCodes: said.codes,
      by: standing.by,
      standing,
    });
    const before = sessions.bindingOf(request.headers.cookie);
    const opened = await sessions.openWith(id, 'passkey', step, before);
    if (!opened) return reply.code(404).send({ code: 'gone' });
    opened.freed.forEach(onEnded); // whoever was signed in here leaves her seat: nobody was this account before
    const { setCookie, session } = opened;
    return reply.header('set-cookie', setCookie).send({
      ...{ account: id, name: said.name, roles: account.roles, method: session.method, codes },
      ...{ binding: session.binding, leftMs: sessions.leftMs(session) },
    });
  });
};

/** Of the address, so that whoever has it may begin anew, at whatever process, and nothing has to be kept for it. */
const madeOf = (token: string, what: string) =>
  createHash('sha256').update(`clbchat/1 begin ${what}\n${token}`).digest('base64url');
const challengeOf = (token: string, at: number) => madeOf(token, `passkey ${at}`);
const accountOf = (token: string) => madeOf(token, 'account').slice(0, ACCOUNT_CHARS) as AccountId;

/** Of docs/api.json. @public */
export const api: Api = {
  'POST /api/begin/look': {
    says: 'What a one-time address is good for.',
    body: looking,
    answers: { 200: v.strictObject({ purpose: v.picklist([...PURPOSES, 'invite']) }) },
  },
  'POST /api/begin/passkey': {
    says: 'Begins the making of a passkey at a one-time address.',
    body: asking,
    answers: { 200: options },
  },
  'POST /api/begin/finish': {
    says: 'Makes the account, with all that it signs in with, and spends the address.',
    body: finishing,
    answers: {
      200: v.strictObject({
        ...{ account: v.string(), name: v.string(), roles, method: v.literal('passkey') },
        ...{ binding, leftMs, codes: v.array(v.string()) },
      }),
    },
  },
};
