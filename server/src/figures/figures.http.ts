import { WEEK_NAME, WEEK_NAME_CHARS, weekName, weekOfName } from '@clbchat/shared/figures/weeks';
import type { Limits } from '@clbchat/shared/limits';
import { read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import { type Api, problem } from '../edge/api.ts';
import { guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import type { FiguresStore } from './figures.store.ts';
import { lastWeekThrough, published } from './published.rules.ts';

interface Needs extends StaffNeeds {
  readonly figures: Pick<FiguresStore, 'weeks'>;
  readonly timezone: () => string;
  readonly limits: Pick<Limits, 'figuresWeeksMax'>;
}

const weekText = v.pipe(
  v.string(),
  v.maxLength(WEEK_NAME_CHARS),
  v.regex(WEEK_NAME),
  v.transform(weekOfName),
  v.number(),
);
/** Weeks, the last one included; without them all that one page gets. Nothing else can be asked for. */
const asked = v.strictObject({ from: v.optional(weekText), to: v.optional(weekText) });

/**
 * How many came, for the centre's coordinators; 401 when nobody is signed in, 403 `not_yours` for everybody else.
 *
 * - `GET /api/figures?from=2026-W43&to=2026-W46` → `{weeks, blocks}` (Told) of these weeks, and of the blocks that lie among
 *   them; 400 for what is no week, for more than `figuresWeeksMax`, and for anything but weeks; 409 `{code: 'not_ready'}` for a
 *   week that cannot be told yet [F7 U110]
 */
export const figuresHttp: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { figures, timezone, limits } = needs;
  guardStaff(app, needs);

  app.get('/api/figures', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const staff = await staffOf(needs, request);
    if (!staff) return reply.code(401).send({ code: 'no_cert' });
    if (!staff.roles.includes('coordinator')) return reply.code(403).send({ code: 'not_yours' });
    const said = read(asked, request.query);
    if (!said) return reply.code(400).send({ code: 'malformed' });

    const { weeks, throughHour } = await figures.weeks();
    const last = lastWeekThrough(throughHour, timezone());
    const to = said.to ?? last;
    const from = said.from ?? to - limits.figuresWeeksMax + 1;
    if (from > to || to - from >= limits.figuresWeeksMax) return reply.code(400).send({ code: 'malformed' });
    if (to > last) return reply.code(409).send({ code: 'not_ready' });
    const told = published(weeks, throughHour, timezone());
    const [first, until] = [weekName(from), weekName(to)];
    return {
      weeks: told.weeks.filter(({ week }) => week >= first && week <= until),
      blocks: told.blocks.filter((block) => block.from >= first && block.to <= until),
    };
  });
};

const cell = v.union([v.number(), v.picklist(['few', 'hidden', 'closed'])]);
const table = v.nullable(v.record(v.string(), cell));
const weekTold = v.strictObject({
  week: v.string(),
  visits: cell,
  tables: v.strictObject({ role: table, topic: table, wait: table, talk: table }),
  madeUp: v.boolean(),
});
const blockTold = v.strictObject({
  ...{ from: v.string(), to: v.string() },
  tables: v.strictObject({ at: table, lang: table, left: table }),
  madeUp: v.boolean(),
});

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /api/figures': {
    says: 'How many came, by the week, for a coordinator.',
    query: v.strictObject({ from: v.optional(v.string()), to: v.optional(v.string()) }),
    answers: {
      200: v.strictObject({ weeks: v.array(weekTold), blocks: v.array(blockTold) }),
      409: problem('not_ready'),
    },
  },
};
