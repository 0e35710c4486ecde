import { FOLDERS, READERS } from '@clbchat/shared/answers';
import type { Limits } from '@clbchat/shared/limits';
import { read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import type { Staff } from '../accounts/sessions.store.ts';
import type { Api } from '../edge/api.ts';
import { coordinatorsAlone, guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import type { AnswersStore } from './answers.store.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly store: AnswersStore;
  /** as colleagues read it; null for an account that is not there any more, and for who has none */
  readonly nameOf: (account: string) => Promise<string | null>;
  readonly limits: Pick<Limits, 'settingsBytesMax'>;
}

const PROBLEMS_TOLD_MAX = 50;

/** What they are is looked at by what canned answers have to pass. */
const wish = v.strictObject({
  rev: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  answers: v.array(v.unknown()),
});

/**
 * The canned answers of the centre: who works here reads them, a coordinator saves them. 401 when nobody is signed in who works here.
 *
 * - `GET /api/centre/answers` → `{rev, answers: [{name, text, folder, for}]}`; nothing in it says for which conversation [S11]
 * - `PUT /api/centre/answers` of the same, `rev` being the one that was seen → 200 the same as they stand then; 403 `not_yours` for
 *   who is no coordinator; 409 `{code: 'stale', now, by}` when somebody saved meanwhile; 422 `{code: 'refused', problems: [{path, code,
 *   says}]}` with all that is wrong. Then nothing is written [S9 S10]
 */
export const answersHttp: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { store, nameOf, limits } = needs;
  guardStaff(app, needs);

  app.get('/api/centre/answers', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const staff = await staffOf(needs, request);
    return staff && staff.roles.length > 0 ? store.get() : reply.code(401).send({ code: 'no_cert' });
  });

  const large = { bodyLimit: limits.settingsBytesMax, onRequest: coordinatorsAlone(needs) };
  app.put('/api/centre/answers', large, async (request, reply) => {
    const staff = await staffOf(needs, request);
    if (!staff) return reply.code(401).send({ code: 'no_cert' });
    if (!staff.roles.includes('coordinator')) return reply.code(403).send({ code: 'not_yours' });
    const said = read(wish, request.body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const put = await store.put(said.answers, said.rev, staff.account, staff.binding);
    if (put.is === 'written') return { rev: put.rev, answers: put.answers };
    if (put.is === 'refused')
      return reply.code(422).send({ code: 'refused', problems: put.problems.slice(0, PROBLEMS_TOLD_MAX) });
    const by = await store.changedBy();
    return reply.code(409).send({ code: 'stale', now: put.now, by: by === null ? null : await nameOf(by) });
  });
};

const standing = v.strictObject({
  rev: v.number(),
  answers: v.array(
    v.strictObject({ name: v.string(), text: v.string(), folder: v.picklist(FOLDERS), for: v.picklist(READERS) }),
  ),
});
const problemTold = v.strictObject({ path: v.string(), code: v.string(), says: v.string() });

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /api/centre/answers': { says: 'The canned answers, for who works here.', answers: { 200: standing } },
  'PUT /api/centre/answers': {
    says: 'Changes the canned answers, where nobody did meanwhile.',
    body: wish,
    answers: {
      200: standing,
      409: v.strictObject({ code: v.literal('stale'), now: standing, by: v.nullable(v.string()) }),
      422: v.strictObject({ code: v.literal('refused'), problems: v.array(problemTold) }),
    },
  },
};
