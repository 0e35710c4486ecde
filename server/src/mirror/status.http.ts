import type { Limits } from '@clbchat/shared/limits';
import { serviceStatus, type ServiceStatus } from '@clbchat/shared/protocol/status';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import type { Ask } from '../edge/outgoing.ts';

interface Needs {
  readonly ask: Ask;
  /** a place is the centre or one of its sites; the relay is never asked about another */
  readonly isPlace: (place: string) => boolean;
  readonly nowMs: () => number;
  readonly limits: Limits;
}

interface Copy {
  readonly askedMs: number;
  /** null when the relay did not say */
  readonly status: Promise<ServiceStatus | null>;
}

/**
 * `GET /status/:place` on the chat's own host, as the relay answers it, from a copy that is never older than it may be: the
 * loader knows one origin, and a thousand pages ask the relay no more often than one. 404 `{code: 'gone'}` for a place that
 * does not exist, 503 `{code: 'unavailable'}` while the relay is silent: then a page shows its button without a word about hours.
 */
export const statusCopy: FastifyPluginAsync<Needs> = async (app, { ask, isPlace, nowMs, limits }) => {
  const copies = new Map<string, Copy>();

  async function fresh(place: string): Promise<ServiceStatus | null> {
    const heard = await ask(`/status/${place}`, limits.statusBytesMax);
    const read = heard?.status === 200 ? v.safeParse(serviceStatus, jsonIn(heard.text)) : null;
    return read?.success ? read.output : null;
  }

  app.get<{ Params: { place: string } }>('/status/:place', async ({ params: { place } }, reply) => {
    reply.header('access-control-allow-origin', '*');
    reply.header('cross-origin-resource-policy', 'cross-origin');
    if (!isPlace(place)) return reply.code(404).send({ code: 'gone' });
    const known = copies.get(place);
    const isFresh = known && Math.abs(nowMs() - known.askedMs) < limits.statusCopyMs;
    const copy = isFresh ? known : { askedMs: nowMs(), status: fresh(place) };
    copies.set(place, copy); // as many as there are places
    const status = await copy.status;
    if (!status) return reply.code(503).send({ code: 'unavailable' });
    return reply.header('cache-control', 'public, max-age=30').send(status);
  });
};

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
