import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isFromOurPage, isOurOrigin } from './admit.ts';
import type { SignedIn } from './peer.ts';

/** What every route of staff is given, whichever slice it is of. */
export interface StaffNeeds<Staff extends SignedIn = SignedIn> {
  readonly sessions: {
    bindingOf(cookies: string | undefined): string | null;
    find(binding: string): Promise<Staff | null>;
  };
  readonly origins: () => readonly string[];
  /** whether the request's address has some of its share left */
  readonly mayPost: (request: IncomingMessage) => boolean;
}

/**
 * What every route of a plugin asks before it looks at anything: a page of ours, and a share of its address, for each asks the
 * records, whatever its cookie is.
 */
export function guardStaff(app: FastifyInstance, { origins, mayPost }: Omit<StaffNeeds, 'sessions'>): void {
  app.addHook('onRequest', async ({ method, raw }, reply) => {
    // before the share: what any page of the world can have asked takes nothing from whoever works at this address
    const isOurs = method === 'GET' ? isOurOrigin(origins(), raw) : isFromOurPage(origins(), raw);
    if (!isOurs) return reply.code(403).send({ code: 'not_yours' });
    if (!mayPost(raw)) return reply.code(429).send({ code: 'too_fast' });
    // a form of another site can send any other kind without asking first
    const [kind = ''] = (raw.headers['content-type'] ?? '').split(';', 1);
    if (method !== 'GET' && kind.trim() !== 'application/json') return reply.code(415).send({ code: 'malformed' });
  });
}

/** Who asks. Null when nobody is signed in. Rejects when nobody can say. */
export async function staffOf<Staff extends SignedIn>(
  { sessions }: Pick<StaffNeeds<Staff>, 'sessions'>,
  { headers }: FastifyRequest,
): Promise<Staff | null> {
  const binding = sessions.bindingOf(headers.cookie);
  return binding === null ? null : sessions.find(binding);
}

/**
 * For a route that takes a large body, of coordinators alone: who asks is known before a byte of it is read, for to read it
 * costs more than all else that is done for a stranger. The body may take longer than her role lasts: the route asks again.
 */
export function coordinatorsAlone<Staff extends SignedIn & { readonly roles: readonly string[] }>(
  needs: Pick<StaffNeeds<Staff>, 'sessions'>,
) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const staff = await staffOf(needs, request);
    if (!staff) return reply.code(401).send({ code: 'no_cert' });
    if (!staff.roles.includes('coordinator')) return reply.code(403).send({ code: 'not_yours' });
  };
}
