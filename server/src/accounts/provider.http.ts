import type { IncomingMessage } from 'node:http';
import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { opaque, read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { type Api, binding, day, leftMs, problem, roles } from '../edge/api.ts';
import type { Asked, OpenId } from '../edge/openId.ts';
import { widestOf } from '../edge/networks.ts';
import { guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import { accountId, type AccountsStore } from './accounts.store.ts';
import { cameBefore } from './came.rules.ts';
import { SENT } from './cookie.rules.ts';
import { IDENTITY_CHARS, type IdentitiesStore } from './identities.store.ts';
import type { Questions } from './questions.store.ts';
import { mayCount, rolesBy, type Session } from './session.rules.ts';
import type { Sessions, Staff } from './sessions.store.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly openId: OpenId;
  readonly questions: Questions;
  readonly tagOf: (request: IncomingMessage) => string;
  readonly identities: IdentitiesStore;
  readonly sessions: Pick<Sessions, 'bindingOf' | 'find' | 'openWith' | 'leftMs' | 'cookies'>;
  readonly accounts: Pick<AccountsStore, 'get'>;
  readonly limits: Pick<Limits, 'pendingMs' | 'knownBrowserMs'>;
  readonly nowMs: () => number;
  /** of the console, as browsers name it */
  readonly origin: () => string;
  /** whether she showed who she is a moment ago */
  readonly steppedUp: (staff: Staff) => boolean;
  /** sockets of this session have no owner any more */
  readonly onEnded: (session: Session) => void;
}

const CODE_CHARS_MAX = 2_048;
const ISSUER_CHARS_MAX = 512;
const VERIFIER_CHARS_MAX = 128;
const BODY_BYTES_MAX = 8_192;
const NO = { code: 'not_yours' } as const;
/** Until a full house may have room again. */
const FULL_MS = 2_000;
const NOT_NOW = { code: 'unavailable' } as const;

const back = v.strictObject({
  code: v.pipe(v.string(), v.minLength(1), v.maxLength(CODE_CHARS_MAX)),
  state: opaque(VERIFIER_CHARS_MAX),
  iss: v.optional(v.pipe(v.string(), v.maxLength(ISSUER_CHARS_MAX))),
});
const judging = v.strictObject({
  ...{ id: v.pipe(v.string(), v.length(IDENTITY_CHARS)), account: accountId },
  rev: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  confirmed: v.boolean(),
});
/** Of a browser that was sent away, by the digest of its cookie; and for whom, where that links what comes back: her session may be another by then [G91]. */
const sentBy = (digest: string, account: AccountId | null) =>
  account === null ? `sent ${digest}` : `sent ${digest} to link for ${account}`;

/**
 * Signing in by way of an OpenID provider, and linking what one has there. Whatever does not fit is answered alike: 403
 * `not_yours`; whatever is wrong with the provider: 503 `unavailable` [G30–G37]; where
 * too many are asked about already: 429 `too_fast` with `waitMs`, and what was brought may be brought again [G94].
 *
 * - `GET /api/provider` → `{name, link: null | 'waits' | 'confirmed'}`, the link of whoever asks
 * - `POST /api/provider/begin` → `{to}`, where the browser goes, and a cookie that goes with it
 * - `POST /api/provider/link` → the same, for who showed a moment ago that it is she; 403 `step_up`, 409 `stage` for who came by a code and has nothing to show
 * - `POST /api/provider/finish` of `{code, state, iss?}` → `{is: 'in', account, name, method, binding, leftMs, roles}` and the cookie of a session,
 *   `{is: 'passkey'}` where the provider saw a password alone: her passkey has to follow, and nothing is open before, or `{is: 'linked'}`,
 *   for which `link` asks what it asked at the beginning
 * - `POST /api/provider/unlink` → `{link: null}`; 403 `step_up`
 * - `GET /api/provider/links` → `{links: [{id, account, rev, name, issuer, subject, called, made, confirmed}]}`, for a coordinator
 * - `POST /api/provider/links/judge` of `{id, account, rev, confirmed}` → the same; `confirmed: false` takes it away; 403 `step_up`; with the list of now 409 `stale`
 *   where it is another's, or was changed, since it was shown, and 404 `gone` for one to confirm that is not there any more
 */
// over 80 lines because each request is a few lines, and all are of one matter
export const provider: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { openId, identities, sessions, accounts, questions, limits, steppedUp, tagOf, onEnded } = needs;
  const came = cameBefore(sessions.cookies, openId.secret, needs.nowMs);
  const redirect = () => `${needs.origin()}/console/`;
  const noBody = { bodyLimit: 1_024 };

  guardStaff(app, needs);

  const askedBy = async (state: string): Promise<Asked> => ({
    ...{
      state,
      verifier: await questions.secretOf(state, 'verifier'),
      nonce: await questions.secretOf(state, 'nonce'),
    },
  });
  async function sends({ headers }: FastifyRequest, reply: FastifyReply, account: AccountId | null) {
    const { setCookie, digest } = sessions.cookies.again(SENT, limits.pendingMs, headers.cookie);
    const asked = await askedBy(await questions.ask(sentBy(digest, account)));
    const to = await openId.begin(redirect(), limits.pendingMs, account === null ? 'in' : 'link', asked);
    return to === null ? reply.code(503).send(NOT_NOW) : reply.header('set-cookie', setCookie).send({ to });
  }
  /** What this browser was sent away for; null when what it brings back is the answer to nothing, which uses nothing up. */
  async function sentFor(
    { headers }: FastifyRequest,
    state: string,
    account: AccountId | null,
  ): Promise<'in' | 'link' | null> {
    const digest = sessions.cookies.find(SENT, headers.cookie);
    if (digest === null) return null;
    if (await questions.isOf(state, sentBy(digest, null))) return 'in';
    return account !== null && (await questions.isOf(state, sentBy(digest, account))) ? 'link' : null;
  }
  const linkOf = async (account: AccountId | undefined) => {
    const own = account === undefined ? null : await identities.own(account);
    return own && (own.confirmed ? 'confirmed' : 'waits');
  };
  const listOf = async () => {
    const named = (await identities.list()).map(
      async ({ id, account, rev, issuer, subject, called, made, confirmed }) => ({
        ...{ id, account, rev, issuer, subject, called: called ?? null, made, confirmed },
        name: (await accounts.get(account))?.name ?? null,
      }),
    );
    return { links: await Promise.all(named) };
  };
  const isCoordinator = ({ roles }: Staff) => roles.includes('coordinator');

  app.get('/api/provider', async (request) => ({
    name: openId.name,
    link: await linkOf((await staffOf(needs, request))?.account),
  }));

  app.post('/api/provider/begin', noBody, (request, reply) => sends(request, reply, null));

  app.post('/api/provider/link', noBody, async (request, reply) => {
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    if (mine.method === 'code') return reply.code(409).send({ code: 'stage' });
    // an open console makes no lasting way in for whoever passes by [G9]
    return steppedUp(mine) ? sends(request, reply, mine.account) : reply.code(403).send({ code: 'step_up' });
  });

  app.post('/api/provider/finish', { bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
    const said = read(back, request.body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const asker = await staffOf(needs, request);
    const asking = asker?.account ?? null;
    const what = await sentFor(request, said.state, asking);
    if (what === null) return reply.code(403).send(NO);
    if (what === 'link' && asker?.method === 'code') return reply.code(409).send({ code: 'stage' });
    // she may have been there for minutes, and somebody else sits here by now [G9]
    if (what === 'link' && asker && !steppedUp(asker)) return reply.code(403).send({ code: 'step_up' });
    const known = asking === null ? came.find(request.headers.cookie) : came.shareOf(asking);
    const who = await openId.end(redirect(), limits.pendingMs, said, {
      ...{ share: known ?? widestOf(tagOf(request.raw)).network, known: known !== null },
      ...{ asked: await askedBy(said.state), counts: () => questions.spend(said.state) },
    });
    if (who === 'full') return reply.code(429).send({ code: 'too_fast', waitMs: FULL_MS });
    if (!who) return reply.code(503).send(NOT_NOW);
    if (who === 'wrong') return reply.code(403).send(NO);

    if (what === 'link') {
      const mine = await staffOf(needs, request);
      if (mine === null || mine.account !== asking || !mayCount(mine.method)) return reply.code(403).send(NO);
      const linked = await identities.link(mine.account, who, who.called ?? undefined, mine.binding);
      if (linked !== 'linked') return reply.code(403).send(NO);
      return reply.header('set-cookie', came.make(mine.account, limits.knownBrowserMs)).send({ is: 'linked' });
    }
    const before = sessions.bindingOf(request.headers.cookie);
    for (;;) {
      const shown = await identities.shown(who);
      const account = shown && (await accounts.get(shown.account));
      if (!shown || !account || account.disabled) return reply.code(403).send(NO);
      if (!who.severalFactors) return { is: 'passkey' };
      const opened = await sessions.openWith(shown.account, 'oidc', shown.step, before);
      if (!opened) continue; // somebody changed it meanwhile
      opened.freed.forEach(onEnded);
      const { setCookie, session } = opened;
      const knows = came.make(session.account, limits.knownBrowserMs);
      return reply.header('set-cookie', [setCookie, knows]).send({
        ...{ is: 'in', account: session.account, name: account.name, method: session.method },
        ...{ binding: session.binding, leftMs: sessions.leftMs(session) },
        roles: rolesBy(session.method, account.roles),
      });
    }
  });

  app.post('/api/provider/unlink', noBody, async (request, reply) => {
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    if (mine.method === 'code') return reply.code(409).send({ code: 'stage' });
    // what it opened ends with it, also what is newer than the cookie that asks [A13 G43]
    if (!steppedUp(mine)) return reply.code(403).send({ code: 'step_up' });
    // one that a coordinator confirms meanwhile is another by then, and hers to take away all the same
    for (let hers = await identities.own(mine.account); hers; hers = await identities.own(mine.account))
      await identities.remove(hers, mine.account, mine.binding);
    return { link: null };
  });

  app.get('/api/provider/links', async (request, reply) => {
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    return isCoordinator(mine) ? listOf() : reply.code(403).send(NO);
  });

  app.post('/api/provider/links/judge', noBody, async (request, reply) => {
    const said = read(judging, request.body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    if (!isCoordinator(mine)) return reply.code(403).send(NO);
    if (!steppedUp(mine)) return reply.code(403).send({ code: 'step_up' });
    const { confirmed, ...seen } = said;
    const is = await identities[confirmed ? 'confirm' : 'remove'](seen, mine.account, mine.binding);
    const now = await listOf();
    if (is === 'stale') return reply.code(409).send({ code: is, ...now });
    // what is not there any more is as she wants it who takes it away
    return is === 'gone' && confirmed ? reply.code(404).send({ code: is, ...now }) : now;
  });
};

const link = v.nullable(v.picklist(['waits', 'confirmed']));
const sentTo = v.strictObject({ to: v.pipe(v.string(), v.startsWith('https://')) });
const links = {
  links: v.array(
    v.strictObject({
      ...{
        id: v.string(),
        account: v.string(),
        rev: v.number(),
        name: v.nullable(v.string()),
        made: day,
        confirmed: v.boolean(),
      },
      ...{ issuer: v.string(), subject: v.string(), called: v.nullable(v.string()) },
    }),
  ),
};
const linked = v.strictObject(links);
const refusedFor = <const Code extends string>(code: Code) => v.strictObject({ code: v.literal(code), ...links });

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /api/provider': {
    says: 'How the OpenID provider is called, and whether who asks is linked to an account there.',
    answers: { 200: v.strictObject({ name: v.string(), link }) },
  },
  'POST /api/provider/begin': { says: 'Where to go for signing in.', answers: { 200: sentTo } },
  'POST /api/provider/link': { says: 'Where to go for linking.', answers: { 200: sentTo, 409: problem('stage') } },
  'POST /api/provider/finish': {
    says: 'What the provider sent the browser back with, once.',
    body: back,
    answers: {
      200: v.variant('is', [
        v.strictObject({
          ...{ is: v.literal('in'), account: v.string(), name: v.string(), method: v.literal('oidc') },
          ...{ binding, leftMs, roles },
        }),
        v.strictObject({ is: v.picklist(['passkey', 'linked']) }),
      ]),
      409: problem('stage'),
    },
  },
  'POST /api/provider/unlink': {
    says: 'Takes her own link away.',
    answers: { 200: v.strictObject({ link: v.null() }), 409: problem('stage') },
  },
  'GET /api/provider/links': { says: 'Every link, for a coordinator.', answers: { 200: linked } },
  'POST /api/provider/links/judge': {
    says: 'Confirms a link, or takes it away.',
    body: judging,
    answers: { 200: linked, 404: refusedFor('gone'), 409: refusedFor('stale') },
  },
};
