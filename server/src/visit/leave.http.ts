import type { IncomingMessage } from 'node:http';
import { digestOf } from '@clbchat/shared/digest';
import { leaveBody } from '@clbchat/shared/protocol/visitor';
import { read } from '@clbchat/shared/protocol/wire';
import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { isOurGoodbye } from '../edge/admit.ts';
import type { After } from '../edge/after.ts';
import type { Api } from '../edge/api.ts';
import { staysOpen } from '../edge/unread.ts';
import { Problem } from '../kernel/failure.ts';
import type { Log } from '../kernel/log.ts';
import type { VisitStore } from './visit.store.ts';

interface Needs {
  readonly visit: VisitStore;
  readonly origins: () => readonly string[];
  readonly after: After;
  readonly log: Log;
  /** false when this address, and all that are past their rate together, have sent too many lately */
  readonly mayLeave: (request: IncomingMessage) => boolean;
}

/**
 * `POST /api/visit/leave`: the last word of a page that goes, sent by `sendBeacon` as text. Nobody reads the answer,
 * so it is 204 whatever happened; the token in the body is the authority.
 */
export const leaveHttp: FastifyPluginAsync<Needs> = async (app, { visit, origins, after, log, mayLeave }) => {
  const errorHandler = (err: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
    staysOpen(reply);
    // too long or of another kind is the page's fault; a store that does not answer was said once when it went
    const isKnown = err instanceof Problem || (err.statusCode ?? 500) < 500;
    if (!isKnown) log.error('a route failed', { event: '/api/visit/leave', err });
    void reply.code(204).send();
  };
  app.post('/api/visit/leave', { bodyLimit: 1_024, errorHandler }, async ({ body, raw }, reply) => {
    reply.code(204);
    if (!isOurGoodbye(origins(), raw)) return null;
    const said = read(leaveBody, typeof body === 'string' ? fromJson(body) : null);
    if (!said || !mayLeave(raw)) return null; // counted where looking begins to cost [N41]

    const { visitId, why } = said;
    const token = await digestOf(said.token);
    if (why === 'unload') await visit.unload({ visitId, token });
    else {
      const reason = why === 'left' ? 'visitor_left' : 'quick_exit';
      const ended = await visit.end({ by: 'token', visitId, token, reason });
      if (ended.is === 'ended') after(ended);
    }
    return null;
  });
};

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Of docs/api.json. @public */
export const api: Api = {
  'POST /api/visit/leave': {
    says: 'The last word of a chat’s page, as text; nobody reads the answer.',
    body: leaveBody,
    answers: { 204: null },
  },
};
