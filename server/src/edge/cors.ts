import type { FastifyInstance } from 'fastify';
import { OWN_PAGE_HEADER } from '@clbchat/shared/protocol/wire';

/** Of our own pages, where they are hosts beside the relay's. */
interface Pages {
  readonly chat: () => string;
  readonly console: () => string;
}

/** What the chat asks. Everything else is of staff. */
const PUBLIC = new Set(['/api/centre/:centre', '/api/visit/leave']);
const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];
const HEADERS = ['content-type', OWN_PAGE_HEADER];
/** Seconds. Longer than any browser keeps it. */
const KEPT_S = 86_400;

/**
 * Lets pages of our other hosts read answers: the console those of staff, by its cookie; the chat the public ones, without
 * one; and nobody else. Which pages may ask for something is looked at by each route, whatever stands here [I6].
 */
export function shareWithPages(app: FastifyInstance, { chat, console }: Pages): void {
  app.addHook('onRequest', async ({ headers, routeOptions }, reply) => {
    if (reply.hasHeader('access-control-allow-origin')) return;
    reply.header('vary', 'Origin');
    const isPublic = PUBLIC.has(routeOptions.url ?? '');
    if (headers.origin === undefined || headers.origin !== (isPublic ? chat() : console())) return;
    reply.header('access-control-allow-origin', headers.origin);
    if (isPublic) reply.header('access-control-expose-headers', 'Date'); // by which a page sees that its clock is wrong
    else reply.header('access-control-allow-credentials', 'true');
  });

  // The browser's own question before a page of another host may ask. The chat's never need one.
  app.options('/api/*', async ({ headers }, reply) => {
    const method = headers['access-control-request-method'] ?? '';
    const wished = (headers['access-control-request-headers'] ?? '').toLowerCase().split(',');
    const fits = METHODS.includes(method) && wished.every((name) => ['', ...HEADERS].includes(name.trim()));
    if (headers.origin !== console() || !fits) return reply.code(403).send({ code: 'not_yours' });
    return reply
      .headers({
        'access-control-allow-methods': METHODS.join(', '),
        'access-control-allow-headers': HEADERS.join(', '),
        'access-control-max-age': String(KEPT_S),
      })
      .code(204)
      .send();
  });
}
