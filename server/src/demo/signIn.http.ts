import type { AccountId } from '@clbchat/shared/ids';
import { bytes, digest, read } from '@clbchat/shared/protocol/wire';
import { deviceCertificate } from '@clbchat/shared/statement/certificate.schema';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import type { AccountsStore } from '../accounts/accounts.store.ts';
import type { Session } from '../accounts/session.rules.ts';
import type { Sessions, Staff } from '../accounts/sessions.store.ts';
import { SIGN_OUT_STATUS, signOut } from '../accounts/signOut.store.ts';
import { type Api, binding, leftMs, problem, roles } from '../edge/api.ts';
import { guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import { PEOPLE } from './people.rules.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly sessions: Sessions;
  readonly accounts: Pick<AccountsStore, 'get'>;
  /** the certificate chain of a device, null when its proof does not hold */
  readonly sign: (asked: v.InferOutput<typeof wish>) => Promise<string | null>;
  /** signs in Noor's name a device that somebody asks for */
  readonly signAsked: (
    asked: v.InferOutput<typeof signing>,
    by: AccountId,
  ) => Promise<{ readonly chain: string } | 'issuer' | 'gone'>;
  readonly centre: () => { readonly name: string; readonly slotsMax: number };
  /** sockets of this session have no owner any more */
  readonly onSignOut: (session: Session) => void;
}

const wish = v.strictObject({ who: v.picklist(['lien', 'samir', 'noor']), devicePub: bytes(65), proof: bytes(64) });
const { name, site } = deviceCertificate.entries;
const signing = v.strictObject({ id: digest, name, site });

/**
 * One-click sign-in of the demonstration's people, and what real sign-in will answer, too.
 *
 * - `POST /api/demo/sign-in` → `{account, name, site, roles, chain, binding, leftMs, centre}` and a session cookie
 * - `GET /api/demo/session` → `{account, roles, binding, leftMs}`, 401 when nobody is signed in
 * - `POST /api/demo/sign-device` of `{id, name, site}` → `{chain}` of a device that asks, to be handed in at `/api/devices/sign`; 401 when nobody
 *   is signed in, 403 `not_yours` for who is no coordinator, 403 `step_up`, 404 `gone`, 409 `issuer` for whom the demonstration does not sign
 * - `POST /api/demo/sign-out` → 204; 500 `here_only` when it holds in this process only; 503 `unavailable` when it ended nothing
 */
export const demoSignIn: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { sessions, accounts, sign, signAsked, centre, onSignOut } = needs;
  guardStaff(app, needs);

  const shown = (session: Session) => ({ binding: session.binding, leftMs: sessions.leftMs(session) });

  app.post('/api/demo/sign-in', { bodyLimit: 1_024 }, async (request, reply) => {
    const said = read(wish, request.body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const { account, name, site } = PEOPLE[said.who];
    const known = await accounts.get(account);
    const chain = known && !known.disabled ? await sign(said) : null;
    if (!known || !chain) return reply.code(403).send({ code: 'no_cert' });
    const { roles } = known; // as a coordinator of the demonstration made them
    const before = sessions.bindingOf(request.headers.cookie);
    const isHers = (await sessions.ofBrowser(request.headers.cookie))?.account === account;
    // nobody has the cookie of the earlier one any more who should; her seat goes on [A12]
    const { setCookie, session } = await sessions.open(account, 'demo', isHers ? before : null);
    return reply
      .header('set-cookie', setCookie)
      .send({ account, name, site, roles, chain, ...shown(session), centre: centre() });
  });

  app.get('/api/demo/session', async (request, reply) => {
    const staff = await staffOf(needs, request);
    if (!staff) return reply.code(401).send({ code: 'no_cert' });
    const { account, roles } = staff;
    return { account, roles, ...shown(staff) };
  });

  app.post('/api/demo/sign-device', { bodyLimit: 1_024 }, async (request, reply) => {
    const staff = await staffOf(needs, request);
    if (!staff) return reply.code(401).send({ code: 'no_cert' });
    if (!staff.roles.includes('coordinator')) return reply.code(403).send({ code: 'not_yours' });
    const said = read(signing, request.body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    if (!sessions.steppedUp(staff)) return reply.code(403).send({ code: 'step_up' });
    const signed = await signAsked(said, staff.account);
    if (typeof signed === 'object') return signed;
    return reply.code(signed === 'gone' ? 404 : 409).send({ code: signed });
  });

  app.post('/api/demo/sign-out', async ({ headers }, reply) => {
    const binding = sessions.bindingOf(headers.cookie);
    if (binding === null) return reply.code(204).send();
    const is = await signOut({ sessions, onEnded: onSignOut }, binding);
    if (is !== 'over') return reply.code(SIGN_OUT_STATUS[is]).send({ code: is });
    return reply.header('set-cookie', sessions.takenAway).header('clear-site-data', '"cache"').code(204).send();
  });
};

/** Of docs/api.json. @public */
export const api: Api = {
  'POST /api/demo/sign-in': {
    says: 'Signs in one of the demonstration’s people.',
    body: wish,
    answers: {
      200: v.strictObject({
        ...{ account: v.string(), name: v.string(), site: v.string(), roles, chain: v.string(), binding, leftMs },
        centre: v.strictObject({ name: v.string(), slotsMax: v.number() }),
      }),
    },
  },
  'GET /api/demo/session': {
    says: 'Who is signed in, in the demonstration.',
    answers: { 200: v.strictObject({ account: v.string(), roles, binding, leftMs }) },
  },
  'POST /api/demo/sign-device': {
    says: 'Signs a computer that asks, in Noor’s name, in the demonstration.',
    body: signing,
    answers: { 200: v.strictObject({ chain: v.string() }), 409: problem('issuer') },
  },
  'POST /api/demo/sign-out': {
    says: 'Ends the session, in the demonstration.',
    answers: { 204: null, 500: problem('here_only', 'unavailable') },
  },
};
