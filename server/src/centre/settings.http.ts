import { wallTimeAt } from '@clbchat/shared/hours/zone';
import { read } from '@clbchat/shared/protocol/wire';
import type { Limits } from '@clbchat/shared/limits';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import type { Api } from '../edge/api.ts';
import type { Staff } from '../accounts/sessions.store.ts';
import { coordinatorsAlone, guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import { bounds, orders } from './bounds.rules.ts';
import type { CentreStore, StandingCentre } from './centre.store.ts';
import { mergedWith, shownOf, withoutPast } from './settings.rules.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly store: CentreStore;
  /** as colleagues read it; null for an account that is not there any more, and for who has none */
  readonly nameOf: (account: string) => Promise<string | null>;
  /** whether she showed again, a moment ago, that it is she */
  readonly steppedUp: (staff: Staff) => boolean;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'settingsBytesMax'>;
}

const PROBLEMS_TOLD_MAX = 50;

/** What they are is looked at by what the settings of a centre have to pass. */
const wish = v.strictObject({
  rev: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  settings: v.looseObject({}),
});

/**
 * The settings of the centre, for its coordinators; 401 when nobody is signed in, 403 `not_yours` for everybody else.
 *
 * - `GET /api/centre/settings` → `{rev, settings: {schedule, rules, exitUrl}, bounds, orders, nowMs}`, every rule filled in, and the service's time in ms
 * - `PUT /api/centre/settings` of `{rev, settings}`, `rev` being the one that was seen → 200 `{rev, settings}` as they stand
 *   then; 409 `{code: 'stale', now: {rev, settings}, by}` when somebody saved meanwhile, and nothing is written [A3];
 *   plans of days that are past are not kept [U25]; 403 `step_up` where *Snel weg* would lead elsewhere, and nothing is written [U95];
 *   422 `{code: 'refused', problems: [{path, code, says}]}` with all that is wrong, and nothing is written [S2]
 */
export const settingsHttp: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { store, nameOf, steppedUp, nowMs, limits } = needs;
  guardStaff(app, needs);
  const shown = ({ rev, centre }: StandingCentre) => ({ rev, settings: shownOf(centre) });

  app.get('/api/centre/settings', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const staff = await staffOf(needs, request);
    if (!staff) return reply.code(401).send({ code: 'no_cert' });
    if (!staff.roles.includes('coordinator')) return reply.code(403).send({ code: 'not_yours' });
    const standing = await store.get();
    return standing ? { ...shown(standing), bounds, orders, nowMs: nowMs() } : reply.code(404).send({ code: 'gone' });
  });

  const large = { bodyLimit: limits.settingsBytesMax, onRequest: coordinatorsAlone(needs) };
  app.put('/api/centre/settings', large, async (request, reply) => {
    const staff = await staffOf(needs, request);
    if (!staff) return reply.code(401).send({ code: 'no_cert' });
    if (!staff.roles.includes('coordinator')) return reply.code(403).send({ code: 'not_yours' });
    const said = read(wish, request.body);
    if (!said) return reply.code(400).send({ code: 'malformed' });

    const stale = async (now: StandingCentre) => {
      const by = await store.changedBy('hours');
      return reply.code(409).send({ code: 'stale', now: shown(now), by: by === null ? null : await nameOf(by) });
    };
    const refused = (problems: readonly unknown[]) =>
      reply.code(422).send({ code: 'refused', problems: problems.slice(0, PROBLEMS_TOLD_MAX) });

    const standing = await store.get();
    if (!standing) return reply.code(404).send({ code: 'gone' });
    if (standing.rev !== said.rev) return stale(standing);
    const merged = mergedWith(
      standing.centre,
      withoutPast(said.settings, wallTimeAt(nowMs(), standing.centre.schedule.timezone).day),
    );
    if (!merged.ok) return refused(merged.problems);
    if (merged.movesExit && !steppedUp(staff)) return reply.code(403).send({ code: 'step_up' });
    for (;;) {
      const put = await store.put(merged.document, said.rev, staff.account, staff.binding);
      if (put.is === 'refused') return refused(put.problems);
      if (put.is === 'written') return shown(put);
      if (!put.now) return reply.code(404).send({ code: 'gone' });
      if (put.now.rev !== said.rev) return stale(put.now);
      // the settings stand as she saw them: it was her session that changed
    }
  });
};

const shownSettings = v.strictObject({
  schedule: v.looseObject({}),
  rules: v.record(v.string(), v.union([v.number(), v.boolean(), v.string()])),
  exitUrl: v.string(),
});
const standingSettings = v.strictObject({ rev: v.number(), settings: shownSettings });

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /api/centre/settings': {
    says: 'Hours and rules of the centre, and what may stand there, for a coordinator.',
    answers: {
      200: v.strictObject({
        ...standingSettings.entries,
        bounds: v.record(v.string(), v.tuple([v.number(), v.number()])),
        orders: v.array(v.tuple([v.string(), v.string()])),
        nowMs: v.number(),
      }),
    },
  },
  'PUT /api/centre/settings': {
    says: 'Changes hours and rules, where nobody did meanwhile.',
    body: wish,
    answers: {
      200: standingSettings,
      409: v.strictObject({ code: v.literal('stale'), now: standingSettings, by: v.nullable(v.string()) }),
      422: v.strictObject({
        code: v.literal('refused'),
        problems: v.array(v.looseObject({ path: v.string(), code: v.string() })),
      }),
    },
  },
};
