import { siteId } from '@clbchat/shared/protocol/sites';
import { centreFacts, serviceStatus } from '@clbchat/shared/protocol/status';
import type { Range } from '@clbchat/shared/protocol/wire';
import type { Api } from '../edge/api.ts';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import { centreId, type CentreSettings } from '../centre/centre.rules.ts';
import { crowdAt, factsOf, quiet, statusOf } from './status.rules.ts';

interface Needs {
  readonly centreNow: () => CentreSettings;
  readonly nowMs: () => number;
  /** what the queue knows, from memory: these routes may never cost the store anything */
  readonly queueFacts: () => { readonly range: Range };
}

const params = v.strictObject({ centre: centreId });
const placeParams = v.strictObject({ place: siteId });
const unknownCentre = v.strictObject({ code: v.literal('gone') });
type Asked = { Params: v.InferOutput<typeof params> };
type AskedOfPlace = { Params: v.InferOutput<typeof placeParams> };

// Fastify hands a compiler what stands under `schema` of its route, as something unknown.
interface Given {
  readonly schema: unknown;
}
const asSchema = ({ schema }: Given) => schema as v.GenericSchema;

const validatorCompiler = (given: Given) => (input: unknown) => {
  const read = v.safeParse(asSchema(given), input);
  return read.success ? { value: read.output } : { error: new Error('malformed') };
};
// A strict schema on the way out, too: a field that is not in it never leaves.
const serializerCompiler = (given: Given) => (output: unknown) => JSON.stringify(v.parse(asSchema(given), output));

/**
 * What anybody may know before joining. Answered from memory, without tag, counter, log or rate state.
 *
 * - `GET /status/:place` for the loader on a school's page: any origin, kept for 30 s. A place is the centre or one of its
 *   sites, which is what a tag names.
 * - `GET /api/centre/:centre` for the chat itself.
 *
 * Both answer 404 `{code: 'gone'}` for another one.
 */
export const hoursHttp: FastifyPluginAsync<Needs> = async (app, { centreNow, nowMs, queueFacts }) => {
  let crowd = quiet;
  const crowdNow = () => (crowd = crowdAt(nowMs(), crowd, queueFacts().range));
  const compilers = { validatorCompiler, serializerCompiler, logLevel: 'silent' as const };

  const status = {
    ...compilers,
    schema: { params: placeParams, response: { 200: serviceStatus, 404: unknownCentre } },
  };
  app.get<AskedOfPlace>('/status/:place', status, async ({ params: asked }, reply) => {
    // No Vary: the answer is one and the same for every origin, so one copy serves all.
    reply.header('access-control-allow-origin', '*');
    reply.header('cross-origin-resource-policy', 'cross-origin');
    reply.header('cache-control', 'public, max-age=30');
    const centre = centreNow();
    const isOurs = asked.place === centre.id || Object.hasOwn(centre.sites, asked.place);
    if (!isOurs) return reply.code(404).send({ code: 'gone' });
    return statusOf(nowMs(), centre, crowdNow());
  });

  const facts = { ...compilers, schema: { params, response: { 200: centreFacts, 404: unknownCentre } } };
  app.get<Asked>('/api/centre/:centre', facts, async ({ params: asked }, reply) => {
    reply.header('cache-control', 'no-store');
    const centre = centreNow();
    if (asked.centre !== centre.id) return reply.code(404).send({ code: 'gone' });
    return factsOf(nowMs(), centre, crowdNow());
  });
};

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /status/:place': {
    says: 'Whether the chat is open, for a school’s page.',
    answers: { 200: serviceStatus, 404: unknownCentre },
  },
  'GET /api/centre/:centre': {
    says: 'What anybody may know before joining.',
    answers: { 200: centreFacts, 404: unknownCentre },
  },
};
