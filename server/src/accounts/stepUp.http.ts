import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import * as v from 'valibot';
import { type Api, binding, leftMs, options } from '../edge/api.ts';
import { guardStaff, type StaffNeeds } from '../edge/staff.ts';
import type { CredentialsStore } from './credentials.store.ts';
import { accountOf, counterShown, requestOf, showing, strangersPasskey } from './passkeys.rules.ts';
import { answering, type Questions } from './questions.store.ts';
import type { Opened } from './renewal.store.ts';
import type { Sessions, Staff } from './sessions.store.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly sessions: Sessions;
  readonly credentials: Pick<CredentialsStore, 'own' | 'passkey'>;
  /** whether somebody may have a password here */
  readonly passwords: boolean;
  readonly questions: Questions;
  readonly limits: Pick<Limits, 'pendingMs'>;
  /** of the console, as browsers name it */
  readonly origin: () => string;
}

/** How somebody shows it; of two that she has, the first one goes first where she came by neither. */
const WAYS = ['passkey', 'password'] as const;
type Way = (typeof WAYS)[number];
const BODY_BYTES_MAX = 16_384;

/**
 * Showing again that it is she, by what she signs in with: for what needs it at this moment, and for going on where she is
 * beyond the end of her session [G13 G14]. Whoever's session it is may, also within the minute in which she may have lost an answer.
 *
 * - `GET /api/step-up` → `{ways}`: those of `passkey` and `password` that she has, first by what she came; 401 as below
 * - `POST /api/step-up/begin` → the options of `navigator.credentials.get`, for her own passkeys; 401 when nobody is signed in, or by a code
 * - `POST /api/step-up/passkey` of `{id, clientData, authenticator, signature, user}` → `{binding, leftMs}` and the cookie of the session
 *   that takes the place of hers; 403 `not_yours` whatever is wrong, and hers goes on
 */
export const stepUp: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { sessions, credentials, passwords, questions, limits } = needs;
  const place = () => ({ origin: needs.origin() });
  const nobodys = strangersPasskey();
  guardStaff(app, needs);

  const answered = (reply: FastifyReply, opened: Opened | null) => {
    if (!opened) return reply.code(403).send({ code: 'not_yours' });
    const { setCookie, session } = opened;
    return reply.header('set-cookie', setCookie).send({ binding: session.binding, leftMs: sessions.leftMs(session) });
  };

  app.get('/api/step-up', async ({ headers }, reply) => {
    const binding = sessions.bindingOf(headers.cookie);
    const mine = binding === null ? null : await sessions.mayShow(binding);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    const { passkeys, hasPassword } = await credentials.own(mine.account);
    const has: Readonly<Record<Way, boolean>> = { passkey: passkeys.length > 0, password: passwords && hasPassword };
    const ways = WAYS.filter((way) => has[way]);
    // what she came by is at hand
    return { ways: ways.toSorted((a, b) => Number(b === mine.method) - Number(a === mine.method)) };
  });

  app.post('/api/step-up/begin', { bodyLimit: 1_024 }, async ({ headers }, reply) => {
    const binding = sessions.bindingOf(headers.cookie);
    const mine = binding === null ? null : await sessions.mayShow(binding);
    if (binding === null || !mine) return reply.code(401).send({ code: 'no_cert' });
    const challenge = await questions.ask(showingOf(mine.account));
    return requestOf(challenge, limits.pendingMs, place(), (await credentials.own(mine.account)).passkeys);
  });

  app.post('/api/step-up/passkey', { bodyLimit: BODY_BYTES_MAX }, async ({ headers, body }, reply) => {
    const shown = read(showing, body);
    if (!shown) return reply.code(400).send({ code: 'malformed' });
    const binding = sessions.bindingOf(headers.cookie);
    const mine = binding === null ? null : await sessions.mayShow(binding);
    if (binding === null || !mine) return reply.code(401).send({ code: 'no_cert' });
    const answer = answering(questions, showingOf(mine.account));
    const shows = async () => {
      const found = await credentials.passkey(accountOf(shown.user), shown.id);
      const counter = await counterShown(shown, found?.passkey ?? nobodys, answer.isOf, place());
      const isHers = counter !== null && found && accountOf(shown.user) === mine.account;
      return isHers && (await answer.counts()) ? found.used(counter) : null;
    };
    return answered(reply, await sessions.renewWith(binding, 'passkey', shows));
  });
};

/** Of whichever session of hers: the one in which she was asked may go on under another cookie by now [G91]. */
const showingOf = (account: AccountId) => `showing again that it is ${account}`;

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /api/step-up': {
    says: 'By what she may show again that it is she.',
    answers: { 200: v.strictObject({ ways: v.array(v.picklist(WAYS)) }) },
  },
  'POST /api/step-up/begin': { says: 'Begins to show again that it is she.', answers: { 200: options } },
  'POST /api/step-up/passkey': {
    says: 'Shows again by passkey that it is she.',
    body: showing,
    answers: { 200: v.strictObject({ binding, leftMs }) },
  },
};
