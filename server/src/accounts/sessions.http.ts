import { read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import { type Api, binding, day, leftMs, problem } from '../edge/api.ts';
import { guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import { METHODS, type Session } from './session.rules.ts';
import type { Sessions, Staff } from './sessions.store.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly sessions: Sessions;
  /** sockets of this session have no owner any more */
  readonly onEnded: (session: Session) => void;
}

const ID_CHARS = 43;
const which = v.union([
  v.strictObject({ id: v.pipe(v.string(), v.length(ID_CHARS)) }),
  v.strictObject({ others: v.literal(true) }),
]);

/**
 * What somebody does with her own sessions. In the demonstration a click renews, as a click signs in; where people sign
 * in with what only they have, a renewal asks for that again.
 *
 * - `POST /api/session/renew` → `{binding, leftMs}` and the cookie of a new session [A12]; 401 when there is none to renew
 * - `GET /api/sessions` → `{sessions: [{id, method, made, here}]}`, her own only [A13]; 401 when nobody is signed in
 * - `POST /api/sessions/end` of `{id}` or `{others: true}` → those that are left; an id that is none of hers ends nothing; 403 `step_up` where one of them is newer than hers, 409 for who came by a code
 */
export const ownSessions: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { sessions, onEnded } = needs;
  guardStaff(app, needs);

  app.post('/api/session/renew', { bodyLimit: 1_024 }, async ({ headers }, reply) => {
    const binding = sessions.bindingOf(headers.cookie);
    const renewed = binding === null ? null : await sessions.renew(binding);
    if (!renewed) return reply.code(401).send({ code: 'no_cert' });
    const { setCookie, session } = renewed;
    return reply.header('set-cookie', setCookie).send({ binding: session.binding, leftMs: sessions.leftMs(session) });
  });

  app.get('/api/sessions', async (request, reply) => {
    const mine = await staffOf(needs, request);
    return mine ? { sessions: await sessions.own(mine) } : reply.code(401).send({ code: 'no_cert' });
  });

  app.post('/api/sessions/end', { bodyLimit: 1_024 }, async (request, reply) => {
    const said = read(which, request.body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const mine = await staffOf(needs, request);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    if (mine.method === 'code') return reply.code(409).send({ code: 'stage' }); // on the way to a passkey, and no further [G45]
    const ended = await sessions.named(mine, 'id' in said ? said : 'others');
    // who has a copy of an older cookie would put its owner out as often as she signs in
    const mayEnd = (session: Session) =>
      session.dueMs <= mine.dueMs || mine.method === 'demo' || sessions.steppedUp(mine);
    if (!ended.every(mayEnd)) return reply.code(403).send({ code: 'step_up' });
    try {
      await sessions.closeBy(mine.binding, ended);
    } finally {
      for (const session of ended) if (sessions.isClosed(session.binding)) onEnded(session);
    }
    if (sessions.isClosed(mine.binding)) reply.header('set-cookie', sessions.takenAway);
    return reply.send({ sessions: await sessions.own(mine) });
  });
};

const own = v.strictObject({
  sessions: v.array(v.strictObject({ id: v.string(), method: v.picklist(METHODS), made: day, here: v.boolean() })),
});

/** Of docs/api.json. @public */
export const api: Api = {
  'POST /api/session/renew': {
    says: 'A new session in the place of hers, in the demonstration.',
    answers: { 200: v.strictObject({ binding, leftMs }) },
  },
  'GET /api/sessions': { says: 'Her own sessions.', answers: { 200: own } },
  'POST /api/sessions/end': {
    says: 'Ends one of her sessions, or all others.',
    body: which,
    answers: { 200: own, 409: problem('stage') },
  },
};
