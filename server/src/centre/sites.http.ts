import type { Limits } from '@clbchat/shared/limits';
import { read } from '@clbchat/shared/protocol/wire';
import { SIGNED_SITES_CHARS_MAX, SITES_SKEW_MS_MAX, verifySites } from '@clbchat/shared/statement/sites';
import type { FastifyPluginAsync } from 'fastify';
import * as v from 'valibot';
import { asItStands, type IssuersStore } from '../accounts/issuers.store.ts';
import type { Staff } from '../accounts/sessions.store.ts';
import type { Api } from '../edge/api.ts';
import { coordinatorsAlone, guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import type { SettingProblem } from './centre.rules.ts';
import type { CentreStore, SignedSites, StandingCentre } from './centre.store.ts';
import type { Changes } from '../records/records.store.ts';
import { sameSites } from './sites.rules.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly store: CentreStore;
  /** as colleagues read it; null for an account that is not there any more, and for who has none */
  readonly nameOf: (account: string) => Promise<string | null>;
  /** of the roots under which a coordinator signs the list; the demonstration's is signed by nobody */
  readonly roots: { readonly pins: readonly string[]; readonly demo: boolean };
  /** what coordinators sign with, as it is on record */
  readonly issuers: Pick<IssuersStore, 'get'>;
  /** whether she showed again, a moment ago, that it is she */
  readonly steppedUp: (staff: Staff) => boolean;
  /** of the chat, as a snippet names it */
  readonly chat: () => string;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'settingsBytesMax'>;
}

const PROBLEMS_TOLD_MAX = 50;

const wish = v.strictObject({
  rev: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  sites: v.looseObject({}),
  signed: v.nullable(v.pipe(v.string(), v.maxLength(SIGNED_SITES_CHARS_MAX))),
});

/**
 * The pages that may show the chat, for the centre's coordinators; 401 when nobody is signed in, 403 `not_yours` for everybody else.
 *
 * - `GET /api/centre/sites` → `{rev, sites, signed, pins, chat, account}`: `rev` of the settings, `signed` the list that stands signed (empty
 *   for none) or null where nobody signs, and the pins and the origin that a snippet names, and who asks
 * - `PUT /api/centre/sites` of `{rev, sites, signed}`, `signed` being the list as statement/sites.ts signs it → 200 the same as GET; 403 `step_up`; 409
 *   `{code: 'stale', now, by}` when somebody saved meanwhile; 422 `{code: 'refused', problems: [{path, code, says}]}`. Then nothing is
 *   written, and otherwise both are, in one step [U35]
 */
const staffSites: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { store, nameOf, roots, issuers, chat, steppedUp, nowMs, limits } = needs;
  guardStaff(app, needs);

  async function shown({ rev, centre }: StandingCentre, { account }: Staff) {
    const signed = roots.demo ? null : ((await store.signedSites())?.text ?? '');
    return { rev, sites: centre.sites, signed, pins: roots.pins, chat: chat(), account };
  }

  /** What is wrong with a signature, or the list as it is kept. */
  async function judged(
    sites: object,
    text: string | null,
    { account }: Staff,
  ): Promise<SettingProblem[] | { readonly signed: SignedSites | null; readonly looked: Changes }> {
    if (roots.demo) return { signed: null, looked: [] };
    const wrong = (code: SettingProblem['code'], says: string): SettingProblem[] => [{ path: 'signed', code, says }];
    if (text === null) return wrong('missing', 'must be given');
    const [list, before] = [
      await verifySites(text, { pins: roots.pins, nowMs: nowMs(), skewMsMax: SITES_SKEW_MS_MAX }),
      await store.signedSites(),
    ];
    if (!list.ok) return wrong('value', list.why === 'clock' ? 'was not signed now' : 'is not signed by this centre');
    if (list.atMs < nowMs() - SITES_SKEW_MS_MAX) return wrong('value', 'was not signed now');
    const issuer = await issuers.get(list.issuer);
    // the static side knows no revocation: a list by another's issuer, or by one that was revoked, never gets there
    if (!issuer || issuer.revoked || issuer.account !== account)
      return wrong('value', 'is not signed by an issuer of yours');
    if (list.rev <= (before?.rev ?? 0)) return wrong('order', 'must have a rev above that of the list before');
    if (!sameSites(list.sites, sites)) return wrong('value', 'is another list than this one');
    return { signed: { text, rev: list.rev }, looked: [asItStands(issuer)] };
  }

  app.get('/api/centre/sites', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const staff = await staffOf(needs, request);
    if (!staff) return reply.code(401).send({ code: 'no_cert' });
    if (!staff.roles.includes('coordinator')) return reply.code(403).send({ code: 'not_yours' });
    const standing = await store.get();
    return standing ? shown(standing, staff) : reply.code(404).send({ code: 'gone' });
  });

  const large = { bodyLimit: limits.settingsBytesMax, onRequest: coordinatorsAlone(needs) };
  app.put('/api/centre/sites', large, async (request, reply) => {
    const staff = await staffOf(needs, request);
    if (!staff) return reply.code(401).send({ code: 'no_cert' });
    if (!staff.roles.includes('coordinator')) return reply.code(403).send({ code: 'not_yours' });
    const said = read(wish, request.body);
    if (!said) return reply.code(400).send({ code: 'malformed' });
    if (!steppedUp(staff)) return reply.code(403).send({ code: 'step_up' });

    const refused = (problems: readonly SettingProblem[]) =>
      reply.code(422).send({ code: 'refused', problems: problems.slice(0, PROBLEMS_TOLD_MAX) });
    const stale = async (now: StandingCentre | null) => {
      if (!now) return reply.code(404).send({ code: 'gone' });
      const by = await store.changedBy('sites');
      return reply
        .code(409)
        .send({ code: 'stale', now: await shown(now, staff), by: by === null ? null : await nameOf(by) });
    };

    const standing = await store.get();
    if (standing?.rev !== said.rev) return stale(standing);
    for (;;) {
      const found = await judged(said.sites, said.signed, staff);
      if (Array.isArray(found)) return refused(found);
      const put = await store.putSites(said.sites, found.signed, said.rev, staff.account, found.looked, staff.binding);
      if (put.is === 'refused') return refused(put.problems);
      if (put.is === 'written') return shown(put, staff);
      if (put.now?.rev !== said.rev) return stale(put.now);
      // the settings stand as she saw them: it was the issuer that changed or her session, or another list came first
    }
  });
};

/** So often the store is asked at most, whoever asks: anybody may. */
const ASKED_EVERY_MS = 1_000;

/**
 * `GET /api/sites/signed` → the list that was signed last, as text; 404 when none stands. For the static side, which believes its
 * pins alone.
 */
const signedSites: FastifyPluginAsync<Pick<Needs, 'store' | 'nowMs'>> = async (app, { store, nowMs }) => {
  let asked: { readonly atMs: number; readonly list: Promise<SignedSites | null> } | null = null;
  const listNow = () => {
    const age = asked ? nowMs() - asked.atMs : ASKED_EVERY_MS;
    if (!asked || age < 0 || age >= ASKED_EVERY_MS) asked = { atMs: nowMs(), list: store.signedSites() };
    return asked.list;
  };

  app.get('/api/sites/signed', { logLevel: 'silent' }, async (_request, reply) => {
    const list = await listNow();
    reply.header('cache-control', 'no-store');
    if (!list) return reply.code(404).send({ code: 'gone' });
    return reply.type('text/plain; charset=utf-8').send(list.text);
  });
};

/** Both: what its coordinators see and change of the list, and what anybody reads of it. */
export const sitesHttp: FastifyPluginAsync<Needs> = async (app, needs) => {
  app.register(staffSites, needs);
  app.register(signedSites, needs);
};

const listed = v.strictObject({
  rev: v.number(),
  sites: v.record(v.string(), v.looseObject({ origins: v.array(v.string()) })),
  signed: v.nullable(v.pipe(v.string(), v.maxLength(SIGNED_SITES_CHARS_MAX))),
  ...{ pins: v.array(v.string()), chat: v.string(), account: v.string() },
});
const problemTold = v.strictObject({ path: v.string(), code: v.string(), says: v.string() });

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /api/centre/sites': { says: 'The pages that may show the chat, for a coordinator.', answers: { 200: listed } },
  'PUT /api/centre/sites': {
    says: 'Changes which pages may show the chat, with the list that a coordinator signed.',
    body: wish,
    answers: {
      200: listed,
      409: v.strictObject({ code: v.literal('stale'), now: listed, by: v.nullable(v.string()) }),
      422: v.strictObject({ code: v.literal('refused'), problems: v.array(problemTold) }),
    },
  },
  'GET /api/sites/signed': {
    says: 'The list that was signed last, for the static side.',
    answers: { 200: v.pipe(v.string(), v.maxLength(SIGNED_SITES_CHARS_MAX)) },
  },
};
