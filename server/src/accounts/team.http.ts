import type { AccountId } from '@clbchat/shared/ids';
import { inTurns } from '@clbchat/shared/inTurns';
import type { Limits } from '@clbchat/shared/limits';
import { opaque, read } from '@clbchat/shared/protocol/wire';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { Api } from '../edge/api.ts';
import { guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import {
  ACTS,
  DEMO,
  digestAfter,
  NOTHING_YET,
  OWN_WAYS_IN,
  readEntry,
  SHOWN_UNTIL_SEEN,
  type AuditEntry,
} from '../records/audit.rules.ts';
import { lookBack } from '../records/acts.store.ts';
import type { RecordsStore } from '../records/records.store.ts';
import { accountId, personsName, ROLES } from './accounts.store.ts';
import type { Staff } from './sessions.store.ts';
import type { TeamStore } from './team.store.ts';
import { TOKEN_CHARS } from './tokens.store.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly team: TeamStore;
  readonly records: Pick<RecordsStore, 'newest'>;
  /** whether this session showed who she is a moment ago */
  readonly steppedUp: (staff: Staff) => boolean;
  /** as colleagues read it; null for an account that is not there any more, and for who has none */
  readonly nameOf: (account: string) => Promise<string | null>;
  readonly limits: Pick<Limits, 'teamNewsMax'>;
}

const BODY_BYTES_MAX = 1_024;

const roles = v.pipe(
  v.array(v.picklist(ROLES)),
  v.minLength(1),
  v.maxLength(ROLES.length),
  v.check((said) => new Set(said).size === said.length),
);
const seen = { account: accountId, rev: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) };
const inviting = v.strictObject({ roles, name: v.optional(personsName) });
const withdrawing = v.strictObject({ id: opaque(TOKEN_CHARS) });
const giving = v.strictObject({ ...seen, roles });
const blocking = v.strictObject({ ...seen, disabled: v.boolean() });

/** How a refusal of the store is answered; `not_yours` is one who was a coordinator a moment ago. */
const STATUS = { not_yours: 403, stale: 409, own: 409, gone: 404, full: 409 } as const;

/**
 * Who works here, for the centre's coordinators; 401 when nobody is signed in, 403 `not_yours` for everybody else. What asks
 * for step-up is answered 403 `step_up` where she did not show lately who she is, and has done nothing then [T3].
 *
 * - `GET /api/team` → `{me, people: [{id, rev, name, roles, disabled, lastIn}], invitations: [{id, name, roles, by, endMs}], news: [{id, atMs, by, act, about}], newsCount, names}`,
 *   `lastIn` being `today`, `week` or `longer`, and `news` what others did to accounts, ways in and devices, the newest first, of `newsCount` in all [T2 T12]
 * - `POST /api/team/invite` of `{roles, name?}` (step-up) → `{token, endMs, team}`, `team` being what the list says then; 409 `full`
 * - `POST /api/team/withdraw` of `{id}` → `{team}`; 404 `gone` with `team` for one that was used meanwhile
 * - `POST /api/team/roles` of `{account, rev, roles}` (step-up) → `{team}`; 409 `stale` with `team` where somebody else changed
 *   that account first, 409 `own` for her own role of coordinator, 404 `gone`
 * - `POST /api/team/disable` of `{account, rev, disabled}` (step-up) → the same; 409 `own` for her own account
 */
export const teamHttp: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { team, records, steppedUp, nameOf, limits } = needs;
  const limit = { bodyLimit: BODY_BYTES_MAX };
  guardStaff(app, needs);

  /** Null after it was answered why not. */
  async function coordinator(request: FastifyRequest, reply: FastifyReply): Promise<Staff | null> {
    reply.header('cache-control', 'no-store');
    const staff = await staffOf(needs, request);
    if (staff?.roles.includes('coordinator')) return staff;
    await (staff ? reply.code(403).send({ code: 'not_yours' }) : reply.code(401).send({ code: 'no_cert' }));
    return null;
  }
  /** @param saw id of the newest act that she saw, where she says it */
  async function listFor(me: AccountId, saw?: string) {
    const { found } = await lookBack(records, (entries, areAll) => sinceSeen({ me, saw }, entries, areAll));
    // asked after the log, or who became a coordinator in between would stand here as none, and what she made go unseen for good
    const { people, invitations } = await team.now();
    const { news, newsCount } = newsFor(me, found ?? [], coordinatorsOf(people), limits.teamNewsMax);
    const named = new Set([...news.flatMap(({ by, about }) => [by, about]), ...invitations.map(({ by }) => by)]);
    const names = await Promise.all([...named].map(async (id) => [id, await nameOf(id)] as const));
    const known = Object.fromEntries(names.filter(([, name]) => name !== null));
    return { me, people, invitations, news, newsCount, names: known };
  }
  /** One change: by whom it may be asked, what was said, and what became of it. */
  function change<Said>(
    path: string,
    schema: v.GenericSchema<unknown, Said>,
    asksStepUp: boolean,
    does: (me: Staff, said: Said) => Promise<{ readonly is: 'done' | keyof typeof STATUS; readonly more?: object }>,
  ): void {
    app.post(path, limit, async (request, reply) => {
      const staff = await coordinator(request, reply);
      if (!staff) return reply;
      const said = read(schema, request.body);
      if (said === null) return reply.code(400).send({ code: 'malformed' });
      if (asksStepUp && !steppedUp(staff)) return reply.code(403).send({ code: 'step_up' });
      const { is, more } = await does(staff, said);
      if (is === 'not_yours') return reply.code(403).send({ code: is });
      const answer = { ...more, team: await listFor(staff.account) };
      return is === 'done' ? answer : reply.code(STATUS[is]).send({ code: is, ...answer });
    });
  }

  app.get('/api/team', async (request, reply) => {
    const staff = await coordinator(request, reply);
    if (!staff) return reply;
    const said = read(looking, request.query);
    return said ? listFor(staff.account, said.since) : reply.code(400).send({ code: 'malformed' });
  });
  change('/api/team/invite', inviting, true, async ({ account, binding }, { name = '', roles: given }) => {
    const made = await team.invite(account, { name, roles: given }, binding);
    return made.is === 'made' ? { is: 'done', more: { token: made.token, endMs: made.endMs } } : made;
  });
  change('/api/team/withdraw', withdrawing, false, async (me, { id }) => ({
    is: await team.withdraw(me.account, id, me.binding),
  }));
  change('/api/team/roles', giving, true, async (me, { roles: given, ...which }) => ({
    is: await team.setRoles(me.account, which, given, me.binding),
  }));
  change('/api/team/disable', blocking, true, async (me, { disabled, ...which }) => ({
    is: await team.setDisabled(me.account, which, disabled, me.binding),
  }));
};

/**
 * What was done since a coordinator has an account herself, and since what she says that she saw.
 *
 * @returns null when more of it may stand before these entries
 */
function sinceSeen({ me, saw }: Looks, entries: readonly string[], areAll: boolean): Done[] | null {
  const read = entries.flatMap((text) => {
    const entry = readEntry(text);
    return entry ? [{ id: digestAfter(NOTHING_YET, text), ...entry }] : [];
  });
  const since = read.findLastIndex(({ id, act, about }) => id === saw || (act === 'account_made' && about === me));
  return !areAll && since < 0 ? null : read.slice(since + 1);
}

/** What others did that she should look at, the newest first. Of too much each kind has its turn, so all of it is looked at. */
function newsFor(me: AccountId, done: readonly Done[], coordinators: ReadonlySet<string>, most: number) {
  // who is made a counsellor had the role until then: a way in that she made before stays shown, also when she gets it back
  const had = new Set(done.filter(({ act }) => act === 'made_counsellor').map(({ about }) => about));
  const isShown = ({ act, by }: Done) =>
    SHOWN_UNTIL_SEEN.includes(act) || (OWN_WAYS_IN.includes(act) && (coordinators.has(by) || had.has(by)));
  const news = done.filter((one) => one.by !== me && one.by !== DEMO && isShown(one));
  if (news.length <= most) return { news: news.toReversed(), newsCount: news.length };
  // what a later one of its kind came over tells nobody anything any more: no press hides another by being repeated
  const last = new Map(news.map((entry) => [`${entry.act} ${entry.about}`, entry]));
  const told = news.toReversed().filter((entry) => last.get(`${entry.act} ${entry.about}`) === entry);
  return { news: inTurns(told, most), newsCount: news.length };
}

const coordinatorsOf = (people: readonly { readonly id: string; readonly roles: readonly string[] }[]) =>
  new Set(people.filter(({ roles: has }) => has.includes('coordinator')).map(({ id }) => id));

type Done = AuditEntry & { readonly id: string };
interface Looks {
  readonly me: string;
  readonly saw: string | undefined;
}
/** Base64url of a SHA-256. */
const DIGEST_CHARS = 43;
const looking = v.strictObject({ since: v.optional(v.pipe(v.string(), v.maxLength(DIGEST_CHARS))) });

const person = v.strictObject({
  ...{ id: v.string(), rev: v.number(), name: v.string(), roles: v.array(v.picklist(ROLES)), disabled: v.boolean() },
  lastIn: v.picklist(['today', 'week', 'longer']),
});
const invitation = v.strictObject({
  ...{ id: v.string(), name: v.string(), roles: v.array(v.picklist(ROLES)), by: v.string(), endMs: v.number() },
});
const list = v.strictObject({
  ...{ me: v.string(), people: v.array(person), invitations: v.array(invitation) },
  news: v.array(
    v.strictObject({ id: v.string(), atMs: v.number(), by: v.string(), act: v.picklist(ACTS), about: v.string() }),
  ),
  newsCount: v.number(),
  names: v.record(v.string(), v.string()),
});
const changed = v.strictObject({ team: list });
const refusedFor = <const Code extends string>(...codes: readonly Code[]) =>
  v.strictObject({ code: v.picklist(codes), team: list });

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /api/team': {
    says: 'Who works here and who is invited, for a coordinator, and what others did since the act that she names.',
    query: looking,
    answers: { 200: list },
  },
  'POST /api/team/invite': {
    says: 'Makes a one-time address for somebody new.',
    body: inviting,
    answers: { 200: v.strictObject({ token: v.string(), endMs: v.number(), team: list }), 409: refusedFor('full') },
  },
  'POST /api/team/withdraw': {
    says: 'Takes an invitation back.',
    body: withdrawing,
    answers: { 200: changed, 404: refusedFor('gone') },
  },
  'POST /api/team/roles': {
    says: 'Gives and takes roles.',
    body: giving,
    answers: { 200: changed, 404: refusedFor('gone'), 409: refusedFor('stale', 'own') },
  },
  'POST /api/team/disable': {
    says: 'Shuts somebody out, with every session of hers, or lets her in again.',
    body: blocking,
    answers: { 200: changed, 404: refusedFor('gone'), 409: refusedFor('stale', 'own') },
  },
};
