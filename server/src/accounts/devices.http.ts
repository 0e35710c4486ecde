import type { AccountId, Digest } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { bytes, digest, read } from '@clbchat/shared/protocol/wire';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { point } from '@clbchat/shared/statement/certificate.schema';
import { CHAIN_CHARS_MAX, issuerPartOf, verifyIssuer, wordsIn } from '@clbchat/shared/statement/chain';
import { verifyHolder } from '@clbchat/shared/statement/holder';
import { importPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { type Api, binding, day, problem } from '../edge/api.ts';
import { buckets } from '../edge/rate.ts';
import { guardStaff, staffOf, type StaffNeeds } from '../edge/staff.ts';
import type { AccountsStore } from './accounts.store.ts';
import type { AsksStore } from './asks.store.ts';
import type { Device, DevicesStore } from './devices.store.ts';
import type { IssuersStore } from './issuers.store.ts';
import { isUnder, seatsOf } from './seats.store.ts';
import type { Staff } from './sessions.store.ts';

interface Needs extends StaffNeeds<Staff> {
  readonly accounts: Pick<AccountsStore, 'get'>;
  readonly asks: AsksStore;
  readonly devices: DevicesStore;
  readonly issuers: IssuersStore;
  /** fingerprints of the roots whose issuers sign devices here */
  readonly pins: readonly string[];
  /** whether anything was signed in this centre once, where no row says so any more */
  readonly everSigned: () => Promise<boolean>;
  /** whether this device holds a conversation now. Rejects when nobody can say */
  readonly holds: (of: { account: AccountId; dev: Digest }) => Promise<boolean>;
  /** whether this session showed a moment ago who it is */
  readonly steppedUp: (staff: Staff) => boolean;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'clockSkewMsMax' | 'asksPerHour'>;
}

const BODY_BYTES_MAX = 8_192;
const SIGNATURE_BYTES = 64;
/** Characters of base64url and dots: whatever else it is, verifyChain says. */
const statement = v.pipe(v.string(), v.maxLength(CHAIN_CHARS_MAX));
const proof = bytes(SIGNATURE_BYTES);
const asking = v.strictObject({ pub: point, proof });
const which = v.strictObject({ id: digest });
const signing = v.strictObject({ chain: statement });
const making = v.strictObject({ statement, proof });

/**
 * Computers on which somebody may chat, and what they are signed with. Every answer with a list has `nowMs`, the service's own
 * time: a computer whose clock is far off neither asks nor signs. 401 when nobody is signed in; 409 `stage` for who came by a code; 403 `not_yours` for whom it is
 * not, `step_up` where she has to show once more who she is; 404 `gone` for what is not there (any more); 409 else, and nothing is written.
 *
 * - `GET /api/devices` → her own: `{nowMs, account, binding, devices: [{id, made, chain}], asks: [id], holding, waits: [id], otherPins: [id]}`; `holding` is the id of
 *   the one whose certificate ended while it holds somebody: the desk opens there for that conversation [O45]; else null; no seat takes
 *   those of `waits`, whose issuer was revoked, until a coordinator signs them anew, nor those of `otherPins`, until they ask anew [O67]
 * - `POST /api/devices/ask` of `{pub, proof}` → the same; her oldest makes room where she asks for too many; 409 `taken` where it is another's; 429 `asked_too_often` where this session did
 * - `POST /api/devices/remove` of `{id}` → the same; of one that only asks, too; any for a coordinator, who gets the list of all
 * - `GET /api/devices/all` → `{nowMs, account, binding, pins, asks: [{id, account, name, pub}], devices: [{id, account, name, active, otherPins, made, chain}], issuers: [{id, account, name, active, otherPins, endMs, revoked}]}`,
 *   `otherPins` where it is of roots that are none of the pins any more
 * - `POST /api/devices/sign` of `{chain}` → the same; `no_pins`, `other_pins`, `chain`, `clock`; `issuer` where it is not on record as
 *   hers or was revoked; `disabled` where its account is not active; `gone`, `taken`, `full`
 * - `POST /api/devices/renew` of `{chain}` → the same, without showing anything but where its issuer stands no more (403 `step_up`); `early`, `late` and `changed`, too [O23 O60]
 * - `POST /api/issuers` of `{statement, proof}` → the same; `no_pins`, `other_pins`, `chain`, `clock`, `taken`, `revoked`
 * - `POST /api/issuers/remove` of `{id}` → the same
 */
// over 80 lines because each request is a few lines, and all are of one matter
export const devicesHttp: FastifyPluginAsync<Needs> = async (app, needs) => {
  const { accounts, asks, devices, issuers, pins, holds, steppedUp, nowMs, limits } = needs;
  guardStaff(app, needs);
  const limit = { bodyLimit: BODY_BYTES_MAX };
  // by session: whoever had her cookie uses up nothing of what she opens anew
  const pace = buckets({ perSecond: limits.asksPerHour / 3_600, burst: limits.asksPerHour }, nowMs);
  const trust = () => ({ pins, nowMs: nowMs(), skewMsMax: limits.clockSkewMsMax });

  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));

  /** Who may: null when it was answered already. */
  async function allowed(request: FastifyRequest, reply: FastifyReply, role: 'staff' | 'coordinator') {
    const staff = await staffOf(needs, request);
    if (!staff) reply.code(401).send({ code: 'no_cert' });
    else if (role === 'staff' && staff.method === 'code') reply.code(409).send({ code: 'stage' });
    else if (role === 'coordinator' && !staff.roles.includes('coordinator'))
      reply.code(403).send({ code: 'not_yours' });
    else return staff;
    return null;
  }
  const seats = seatsOf({ devices, pins, holds, nowMs });
  const shown = ({ id, made, chain }: Device) => ({ id, made: made ?? null, chain: chain ?? null });
  async function ownOf({ account, binding }: Staff) {
    const [all, asked] = [await devices.list(), await asks.list()];
    const own = all.filter((one) => one.account === account);
    return {
      ...{ nowMs: nowMs(), account, binding },
      devices: own.map(shown),
      asks: asked.filter((one) => one.account === account).map(({ id }) => id),
      ...(await seats.of(own)),
    };
  }
  async function allOf({ account, binding }: Staff) {
    const [all, asked, made] = [await devices.list(), await asks.list(), await issuers.list()];
    const ids = [...new Set([...all, ...asked, ...made].map((one) => one.account))];
    const people = new Map(await Promise.all(ids.map(async (id) => [id, await accounts.get(id)] as const)));
    const named = (id: AccountId) => ({ account: id, name: people.get(id)?.name ?? null });
    return {
      ...{ nowMs: nowMs(), account, binding, pins },
      // the rows are at hand, and the log is long
      everSigned: made.length > 0 || all.some(({ chain }) => chain !== undefined) || (await needs.everSigned()),
      asks: asked.map((one) => ({ id: one.id, pub: one.pub, ...named(one.account) })),
      devices: await Promise.all(
        all.map(async (one) => ({
          ...shown(one),
          ...named(one.account),
          active: people.get(one.account)?.disabled === false,
          otherPins: one.chain !== undefined && !(await isUnder(pins, issuerPartOf(one.chain))), // the demonstration signs some by itself
        })),
      ),
      issuers: await Promise.all(
        made.map(async ({ id, endMs, revoked, statement: word, account: of }) => {
          const person = people.get(of);
          const isCoordinator = person?.disabled === false && person.roles.includes('coordinator');
          const otherPins = !(await isUnder(pins, word));
          return { id, endMs, revoked, active: isCoordinator && !otherPins, otherPins, ...named(of) };
        }),
      ),
    };
  }
  /** What a coordinator's chain says, or how it is refused. */
  async function judged(chain: string, staff: Staff) {
    if (pins.length === 0) return 'no_pins';
    const words = await wordsIn(chain);
    const [issuer, checked] = [await verifyIssuer(issuerPartOf(chain), trust()), await verifyChain(chain, trust())];
    if (!issuer.ok) return issuer.why === 'root' ? 'other_pins' : issuer.why;
    if (!words || !checked.ok) return checked.ok || checked.why === 'version' ? 'chain' : checked.why;
    const standing = await issuers.get(issuer.digest);
    if (!standing || standing.revoked || standing.account !== staff.account) return 'issuer';
    const { sub, exp } = checked.device;
    const owner = await accounts.get(sub as AccountId);
    if (!owner || owner.disabled) return 'disabled';
    return {
      device: checked.deviceDigest,
      account: sub as AccountId,
      chain,
      certEndMs: exp * 1_000,
      ...{ by: staff.account, session: staff.binding },
    };
  }

  app.get('/api/devices', async (request, reply) => {
    const mine = await allowed(request, reply, 'staff');
    return mine ? ownOf(mine) : reply;
  });

  app.get('/api/devices/all', async (request, reply) => {
    const mine = await allowed(request, reply, 'coordinator');
    return mine ? allOf(mine) : reply;
  });

  app.post('/api/devices/ask', limit, async (request, reply) => {
    const said = read(asking, request.body);
    const mine = await allowed(request, reply, 'staff');
    if (!mine) return reply;
    if (!said) return reply.code(400).send({ code: 'malformed' });
    if (!pace.spend(mine.binding)) return reply.code(429).send({ code: 'asked_too_often' });
    const key = await importPublic(said.pub);
    const isHolder = key && (await verifyHolder(key, 'device', said.proof, { ...mine, pub: said.pub }));
    if (!isHolder) return reply.code(400).send({ code: 'malformed' });
    const id = (await pinOf(said.pub)) as Digest;
    const isOthers = (await devices.list()).some((one) => one.id === id && one.account !== mine.account);
    const asked = isOthers ? 'taken' : await asks.ask(id, mine.account, said.pub, mine.binding);
    if (asked === 'busy') return reply.code(429).send({ code: 'too_fast' });
    return asked === 'asked' ? ownOf(mine) : reply.code(409).send({ code: asked });
  });

  app.post('/api/devices/remove', limit, async (request, reply) => {
    const said = read(which, request.body);
    const mine = await allowed(request, reply, 'staff');
    if (!mine) return reply;
    if (!said) return reply.code(400).send({ code: 'malformed' });
    const isCoordinator = mine.roles.includes('coordinator');
    const of = isCoordinator ? undefined : mine.account;
    const removed =
      (await devices.remove(said.id, mine.account, of, mine.binding)) || (await asks.remove(said.id, of, mine.binding));
    if (!removed) return reply.code(404).send({ code: 'gone' });
    return isCoordinator ? allOf(mine) : ownOf(mine);
  });

  for (const [path, how] of [
    ['/api/devices/sign', 'first'],
    ['/api/devices/renew', 'renewed'],
  ] as const)
    app.post(path, limit, async (request, reply) => {
      const said = read(signing, request.body);
      const mine = await allowed(request, reply, 'coordinator');
      if (!mine) return reply;
      if (!said) return reply.code(400).send({ code: 'malformed' });
      if (how === 'first' && !steppedUp(mine)) return reply.code(403).send({ code: 'step_up' });
      const found = await judged(said.chain, mine);
      if (typeof found === 'string') return reply.code(409).send({ code: found });
      const done = await devices[how]({ ...found, hasSteppedUp: steppedUp(mine) });
      if (done.is === 'signed') return allOf(mine);
      if (done.why === 'step_up') return reply.code(403).send({ code: done.why });
      return reply.code(done.why === 'gone' ? 404 : 409).send({ code: done.why });
    });

  app.post('/api/issuers', limit, async (request, reply) => {
    const said = read(making, request.body);
    const mine = await allowed(request, reply, 'coordinator');
    if (!mine) return reply;
    if (!said) return reply.code(400).send({ code: 'malformed' });
    if (!steppedUp(mine)) return reply.code(403).send({ code: 'step_up' });
    if (pins.length === 0) return reply.code(409).send({ code: 'no_pins' });
    const found = await verifyIssuer(said.statement, trust());
    if (!found.ok) return reply.code(409).send({ code: found.why === 'root' ? 'other_pins' : found.why });
    const { issuer, publicKey, digest: id } = found;
    const isHolder = await verifyHolder(publicKey, 'issuer', said.proof, { ...mine, pub: issuer.pub });
    if (!isHolder) return reply.code(409).send({ code: 'chain' });
    const made = await issuers.make(id, mine.account, said.statement, issuer.exp * 1_000, mine.account, mine.binding);
    return made === 'made' ? allOf(mine) : reply.code(409).send({ code: made === 'ended' ? 'clock' : made });
  });

  app.post('/api/issuers/remove', limit, async (request, reply) => {
    const said = read(which, request.body);
    const mine = await allowed(request, reply, 'coordinator');
    if (!mine) return reply;
    if (!said) return reply.code(400).send({ code: 'malformed' });
    return (await issuers.revoke(said.id, mine.account, mine.binding))
      ? allOf(mine)
      : reply.code(404).send({ code: 'gone' });
  });
};

const around = { nowMs: v.number(), account: v.string(), binding };
const device = { id: digest, made: v.nullable(day), chain: v.nullable(statement) };
const named = { account: v.string(), name: v.nullable(v.string()) };
const own = v.strictObject({
  ...{ ...around, devices: v.array(v.strictObject(device)), asks: v.array(digest) },
  holding: v.nullable(digest),
  waits: v.array(digest),
  otherPins: v.array(digest),
});
const everybodys = v.strictObject({
  ...{ ...around, pins: v.array(v.string()), everSigned: v.boolean() },
  asks: v.array(v.strictObject({ id: digest, pub: point, ...named })),
  devices: v.array(v.strictObject({ ...device, ...named, active: v.boolean(), otherPins: v.boolean() })),
  issuers: v.array(
    v.strictObject({
      ...{ id: digest, endMs: v.number(), ...named },
      ...{ revoked: v.boolean(), active: v.boolean(), otherPins: v.boolean() },
    }),
  ),
});
/** What a chain is refused for, whoever signs with it. */
const UNSIGNED = ['no_pins', 'other_pins', 'chain', 'clock', 'issuer', 'disabled', 'taken', 'stage'] as const;

/** Of docs/api.json. @public */
export const api: Api = {
  'GET /api/devices': { says: 'Her own computers.', answers: { 200: own, 409: problem('stage') } },
  'GET /api/devices/all': {
    says: 'Every computer, each that asks, and what they are signed with, for a coordinator.',
    answers: { 200: everybodys },
  },
  'POST /api/devices/ask': {
    says: 'Asks that this computer be signed.',
    body: asking,
    answers: { 200: own, 409: problem('stage', 'taken'), 429: problem('asked_too_often', 'too_fast') },
  },
  'POST /api/devices/remove': {
    says: 'Takes a computer away: one of her own, or any for a coordinator.',
    body: which,
    answers: { 200: v.union([own, everybodys]), 409: problem('stage') },
  },
  'POST /api/devices/sign': {
    says: 'Signs a computer that asked.',
    body: signing,
    answers: { 200: everybodys, 409: problem(...UNSIGNED, 'full') },
  },
  'POST /api/devices/renew': {
    says: 'Signs a computer anew until later, and nothing else of it.',
    body: signing,
    answers: { 200: everybodys, 409: problem(...UNSIGNED, 'early', 'late', 'changed') },
  },
  'POST /api/issuers': {
    says: 'Puts on record what a coordinator signs with.',
    body: making,
    answers: {
      200: everybodys,
      409: problem('no_pins', 'other_pins', 'chain', 'clock', 'taken', 'revoked'),
    },
  },
  'POST /api/issuers/remove': {
    says: 'Revokes what a coordinator signs with.',
    body: which,
    answers: { 200: everybodys },
  },
};
