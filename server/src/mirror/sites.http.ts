import type { FastifyPluginAsync } from 'fastify';

interface Needs {
  /** the list that stands here, as it was signed; null for none */
  readonly text: () => string | null;
}

/**
 * `GET /console/sites.json` → `{signed?}` on the console's own host: the signed list that stands at the static side. A console believes
 * the host that its own script came from, and so the relay hides no later list from a browser that saw none yet [U71]. The demonstration
 * has no such side, and its console does not ask.
 */
export const standingList: FastifyPluginAsync<Needs> = async (app, { text }) => {
  app.get('/console/sites.json', async (_request, reply) => {
    const signed = text();
    return reply.header('cache-control', 'no-store').send(signed === null ? {} : { signed });
  });
};
