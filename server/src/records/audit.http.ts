import type { Limits } from '@clbchat/shared/limits';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import type { Api } from '../edge/api.ts';
import { guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import { brokenAt, digestAfter, readEntry } from './audit.rules.ts';
import type { RecordsStore } from './records.store.ts';

interface Needs extends StaffNeeds {
  readonly records: Pick<RecordsStore, 'audit'>;
  /** as colleagues read it; null for an account that is not there any more, and for who has none */
  readonly nameOf: (account: string) => Promise<string | null>;
  readonly limits: Pick<Limits, 'auditShownMax'>;
}

/**
 * Who did what, for the centre's coordinators; 401 when nobody is signed in, 403 `not_yours` for everybody else.
 *
 * - `GET /api/audit` → `{after, entries, head, earlier, whole, names}`: the newest `auditShownMax` entries as they are written
 *   down, oldest first, the digest that the first of them is chained to, that of everything, how many came before, whether
 *   the whole log holds, and the names of whom it names [A4 U22]
 */
export const auditHttp: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { records, nameOf, limits } = needs;
  guardStaff(app, needs);

  app.get('/api/audit', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const staff = await staffOf(needs, request);
    if (!staff) return reply.code(401).send({ code: 'no_cert' });
    if (!staff.roles.includes('coordinator')) return reply.code(403).send({ code: 'not_yours' });

    const log = await records.audit();
    const earlier = Math.max(0, log.entries.length - limits.auditShownMax);
    const entries = log.entries.slice(earlier);
    const named = new Set(entries.flatMap((text) => Object.values(readEntry(text) ?? {}).map(String)));
    const names = await Promise.all([...named].map(async (id) => [id, await nameOf(id)] as const));
    return {
      ...{ after: log.entries.slice(0, earlier).reduce(digestAfter, log.anchor), entries, head: log.head, earlier },
      whole: brokenAt(log) === null,
      names: Object.fromEntries(names.filter(([, name]) => name !== null)),
    };
  });
};

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /api/audit': {
    says: 'Who did what, for a coordinator.',
    answers: {
      200: v.strictObject({
        ...{ after: v.string(), entries: v.array(v.string()), head: v.string() },
        ...{ earlier: v.number(), whole: v.boolean(), names: v.record(v.string(), v.string()) },
      }),
    },
  },
};
