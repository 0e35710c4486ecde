import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import type { Api } from './api.ts';

interface Needs {
  readonly ready: () => boolean;
}

/** `/live`: the process answers. `/ready`: it may have visitors. */
export const health: FastifyPluginAsync<Needs> = async (app, { ready }) => {
  app.get('/live', async () => ({ live: true }));
  app.get('/ready', async (_request, reply) => reply.code(ready() ? 200 : 503).send({ ready: ready() }));
};

const readiness = v.strictObject({ ready: v.boolean() });

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /live': { says: 'The process answers.', answers: { 200: v.strictObject({ live: v.literal(true) }) } },
  'GET /ready': { says: 'It may have visitors.', answers: { 200: readiness, 503: readiness } },
};
