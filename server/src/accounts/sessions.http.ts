import type { IncomingMessage } from 'node:http';
import type { FastifyPluginAsync } from 'fastify';
import { isFromOurPage } from '../edge/admit.ts';
import type { Sessions } from './sessions.store.ts';

interface Needs {
  readonly sessions: Sessions;
  readonly origins: () => readonly string[];
  readonly mayPost: (request: IncomingMessage) => boolean;
}

/**
 * What somebody does with her own sessions. In the demonstration a click renews, as a click signs in; where people sign
 * in with what only they have, a renewal asks for that again.
 *
 * - `POST /api/session/renew` → `{binding, leftMs}` and the cookie of a new session [A12]; 401 when there is none to renew
 */
export const ownSessions: FastifyPluginAsync<Needs> = async (app, { sessions, origins, mayPost }) => {
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
};
