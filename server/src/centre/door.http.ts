import { read } from '@clbchat/shared/protocol/wire';
import type { DeskHours } from '@clbchat/shared/protocol/counsellor';
import { calendarMoment } from '@clbchat/shared/protocol/status';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import { type Api, problem } from '../edge/api.ts';
import { fewAtOnce } from '../kernel/fewAtOnce.ts';
import { guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import type { CentreStore } from './centre.store.ts';
import type { Standing } from './standing.store.ts';

interface Needs extends StaffNeeds {
  readonly store: Pick<CentreStore, 'putDoor'>;
  readonly standing: Pick<Standing, 'reread'>;
  readonly hours: () => DeskHours;
}

const wish = v.strictObject({ shut: v.boolean() });
const BODY_BYTES_MAX = 256;
/** One press at a time sees what the one before it did; more than these at once are no people. */
const PRESSES_WAITING_MAX = 100;

const works = <One extends { readonly roles: readonly string[] }>(staff: One | null): staff is One =>
  staff !== null && staff.roles.length > 0;

/**
 * The one switch that everybody at work shares: no new visitor comes in, and who waits is served [H30]. 401 when nobody is signed
 * in who works here: a recovery code gives no role.
 *
 * - `GET /api/centre/door` → `{is, until}` (DeskHours)
 * - `PUT /api/centre/door` of `{shut}` → 200 the same, as it is then; 409 `{code: 'stage'}` where it is closed anyway
 */
export const doorHttp: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { store, standing, hours } = needs;
  const presses = fewAtOnce({ atOnce: 1, queueMax: PRESSES_WAITING_MAX });
  guardStaff(app, needs);

  app.get('/api/centre/door', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const staff = await staffOf(needs, request);
    return works(staff) ? hours() : reply.code(401).send({ code: 'no_cert' });
  });

  app.put('/api/centre/door', { bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
    const staff = await staffOf(needs, request);
    if (!works(staff)) return reply.code(401).send({ code: 'no_cert' });
    const said = read(wish, request.body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const pressed = await presses.run(0, async () => {
      const { is } = hours();
      if (is === 'closed') return reply.code(409).send({ code: 'stage' });
      // who presses what is so already changes nothing, and stands in no log
      if (said.shut !== (is === 'shut')) await store.putDoor(said.shut, staff.account, staff.binding);
      await standing.reread();
      return hours();
    });
    return pressed?.value ?? reply.code(429).send({ code: 'too_fast' });
  });
};

const doorNow = v.strictObject({ is: v.picklist(['open', 'shut', 'closed']), until: v.nullable(calendarMoment) });

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /api/centre/door': { says: 'Whether visitors may come in, for who works here.', answers: { 200: doorNow } },
  'PUT /api/centre/door': {
    says: 'Shuts the door to new visitors, or opens it.',
    body: wish,
    answers: { 200: doorNow, 409: problem('stage') },
  },
};
