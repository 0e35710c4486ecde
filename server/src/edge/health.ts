import type { FastifyPluginAsync } from 'fastify';

interface Needs {
  readonly ready: () => boolean;
}

/** `/live`: the process answers. `/ready`: it may have visitors. */
export const health: FastifyPluginAsync<Needs> = async (app, { ready }) => {
  app.get('/live', async () => ({ live: true }));
  app.get('/ready', async (_request, reply) => reply.code(ready() ? 200 : 503).send({ ready: ready() }));
};
