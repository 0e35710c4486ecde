import type { IncomingMessage } from 'node:http';
import { read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import { isFromOurPage } from '../edge/admit.ts';
import type { Session, Sessions } from './sessions.store.ts';

interface Needs {
  readonly sessions: Sessions;
  readonly origins: () => readonly string[];
  readonly mayPost: (request: IncomingMessage) => boolean;
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
 * - `POST /api/sessions/end` of `{id}` or `{others: true}` → those that are left; an id that is none of hers ends nothing
 */
export const ownSessions: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { sessions, origins, mayPost, onEnded } = needs;
  const signedIn = async (cookies: string | undefined) => {
    const binding = sessions.bindingOf(cookies);
    return binding === null ? null : sessions.find(binding);
  };

  app.addHook('onRequest', async ({ method, raw }, reply) => {
    if (method === 'POST' && !isFromOurPage(origins(), raw)) return reply.code(403).send({ code: 'not_yours' });
    if (!mayPost(raw)) return reply.code(429).send({ code: 'too_fast' });
  });

  app.post('/api/session/renew', { bodyLimit: 1_024 }, async ({ headers }, reply) => {
    const binding = sessions.bindingOf(headers.cookie);
    const renewed = binding === null ? null : await sessions.renew(binding);
    if (!renewed) return reply.code(401).send({ code: 'no_cert' });
    const { setCookie, session } = renewed;
    return reply.header('set-cookie', setCookie).send({ binding: session.binding, leftMs: sessions.leftMs(session) });
  });

  app.get('/api/sessions', async ({ headers }, reply) => {
    const mine = await signedIn(headers.cookie);
    return mine ? { sessions: await sessions.own(mine) } : reply.code(401).send({ code: 'no_cert' });
  });

  app.post('/api/sessions/end', { bodyLimit: 1_024 }, async ({ headers, body }, reply) => {
    const said = read(which, body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const mine = await signedIn(headers.cookie);
    if (!mine) return reply.code(401).send({ code: 'no_cert' });
    const ended = await sessions.named(mine, 'id' in said ? said : 'others');
    const noted = ended.map((session) => sessions.close(session));
    for (const session of ended) onEnded(session);
    await Promise.all(noted); // here they are out, whatever the records say
    if (ended.some(({ binding }) => binding === mine.binding)) reply.header('set-cookie', sessions.takenAway);
    return reply.send({ sessions: await sessions.own(mine) });
  });
};
