import { counsellorSchemas, type CounsellorEvent } from '@clbchat/shared/protocol/counsellor';
import { visitorSchemas } from '@clbchat/shared/protocol/visitor';
import { openIdOf } from '@clbchat/server/edge/openId';
import type { AccountId } from '@clbchat/shared/ids';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  connectCounsellor,
  deskOpens,
  prove,
  signIn,
  visitorWaits,
  type SignedIn,
  type Who as Person,
} from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { counsellorInputs, visitorInputs } from '../support/inputs.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

let service: TestService;
/** One that nobody hears: who may ask for it is another matter than what it says. */
const unheard = { issuer: 'https://127.0.0.1:9', clientId: 'a', clientSecret: 'b', name: 'de school' };
const openId = (nowMs: () => number) => openIdOf(unheard, { nowMs });
beforeEach(async () => {
  service = await startService({ passkeys: 'too', openId });
});
afterEach(() => service.stop());

/**
 * Who asks: `visitor` has a chat and nothing else, `byCode` came by a recovery code and made no passkey yet, `revoked` was
 * signed out elsewhere, `idle` was away for half an hour.
 */
const WHO = ['nobody', 'visitor', 'counsellor', 'coordinator', 'byCode', 'revoked', 'idle', 'disabled'] as const;
type Who = (typeof WHO)[number];
/** `own`: what is one's own, also on the way to a passkey [G7]. */
type May = 'everybody' | 'own' | 'staff' | 'counsellor' | 'coordinator';
const lets: Readonly<Record<May, readonly Who[]>> = {
  everybody: WHO,
  own: ['counsellor', 'coordinator', 'byCode'],
  staff: ['counsellor', 'coordinator'],
  counsellor: ['counsellor'],
  coordinator: ['coordinator'],
};

interface Route {
  readonly may: May;
  /** what a page of ours would send */
  readonly body?: object;
  /** how who came by a code is kept out, where it is not for want of a role */
  readonly byCode?: 401 | 403 | 409;
  /** of a route of staff that only reads: a page of ours need not say so */
  readonly reads?: true;
}

/** Of the right form, and no passkey: what is wrong with it is another matter than who asks. */
const LINK = { id: 'x'.repeat(43), account: 'lien', rev: 1, confirmed: true };
const NEW_PASSKEY = { id: 'x'.repeat(22), clientData: 'x'.repeat(40), attestation: 'x'.repeat(40), transports: [] };
const NO_PASSKEY = {
  ...{ id: 'x'.repeat(22), clientData: 'x'.repeat(40), authenticator: 'x'.repeat(40) },
  ...{ signature: 'x'.repeat(40), user: 'x'.repeat(22) },
};
const TOKEN = 'x'.repeat(42) + 'A';

/** Every route that there is. One that is not here fails, and so does one that is here and nowhere else. */
const ROUTES: Readonly<Record<string, Route>> = {
  'GET /live': { may: 'everybody' },
  'GET /ready': { may: 'everybody' },
  'GET /status/:place': { may: 'everybody' },
  'GET /api/centre/:centre': { may: 'everybody' },
  'POST /api/visit/leave': { may: 'everybody', body: { token: 'x'.repeat(43), why: 'left' } },
  'POST /api/session/renew': { may: 'staff', byCode: 401, body: {} },
  'GET /api/sessions': { may: 'own', reads: true },
  'POST /api/sessions/end': { may: 'staff', byCode: 409, body: { others: true } },
  'POST /api/demo/sign-in': { may: 'everybody', body: {} },
  'POST /api/demo/sign-out': { may: 'everybody', body: {} },
  'POST /api/demo/sign-device': { may: 'coordinator', body: { id: TOKEN, name: 'Els', site: 'CLB' } },
  'GET /api/demo/session': { may: 'own', reads: true },
  'GET /api/audit': { may: 'coordinator', reads: true },
  'GET /api/figures': { may: 'coordinator', reads: true },
  'GET /api/centre/settings': { may: 'coordinator', reads: true },
  'PUT /api/centre/settings': { may: 'coordinator', body: { rev: 1, settings: {} } },
  'GET /api/devices': { may: 'staff', byCode: 409, reads: true },
  'GET /api/devices/all': { may: 'coordinator', reads: true },
  'POST /api/devices/ask': { may: 'staff', byCode: 409, body: {} },
  'POST /api/devices/remove': { may: 'staff', byCode: 409, body: { id: TOKEN } },
  'POST /api/devices/sign': { may: 'coordinator', body: { chain: 'x' } },
  'POST /api/devices/renew': { may: 'coordinator', body: { chain: 'x' } },
  'POST /api/issuers': { may: 'coordinator', body: { statement: 'x', proof: 'x'.repeat(85) + 'A' } },
  'POST /api/issuers/remove': { may: 'coordinator', body: { id: TOKEN } },
  'GET /api/centre/door': { may: 'staff', byCode: 401, reads: true },
  'PUT /api/centre/door': { may: 'staff', byCode: 401, body: { shut: true } },
  'GET /api/centre/answers': { may: 'staff', byCode: 401, reads: true },
  'PUT /api/centre/answers': { may: 'coordinator', body: { rev: 1, answers: [] } },
  'GET /api/sites/signed': { may: 'everybody' },
  'GET /api/centre/sites': { may: 'coordinator', reads: true },
  'PUT /api/centre/sites': { may: 'coordinator', body: { rev: 1, sites: {}, signed: null } },
  'GET /api/team': { may: 'coordinator', reads: true },
  'POST /api/team/invite': { may: 'coordinator', body: { roles: ['counsellor'] } },
  'POST /api/team/withdraw': { may: 'coordinator', body: { id: TOKEN } },
  'POST /api/team/roles': { may: 'coordinator', body: { account: 'lien', rev: 1, roles: ['counsellor'] } },
  'POST /api/team/disable': { may: 'coordinator', body: { account: 'lien', rev: 1, disabled: false } },
  'POST /api/sign-in/begin': { may: 'everybody', body: {} },
  // whatever is wrong with what somebody shows is answered alike, with 403
  'POST /api/sign-in/passkey': { may: 'everybody', body: {} },
  'POST /api/sign-in/code': { may: 'everybody', body: { code: 'nothing' } },
  'GET /api/step-up': { may: 'staff', byCode: 401, reads: true },
  'POST /api/step-up/begin': { may: 'staff', byCode: 401, body: {} },
  'POST /api/step-up/passkey': { may: 'staff', byCode: 401, body: NO_PASSKEY },
  'POST /api/sign-in/password': { may: 'everybody', body: { login: 'somebody', password: 'x'.repeat(20) } },
  'POST /api/sign-in/totp': { may: 'everybody', body: { code: '000000' } },
  'POST /api/step-up/password': { may: 'staff', byCode: 401, body: { password: 'x'.repeat(20), code: '000000' } },
  'GET /api/password': { may: 'own', reads: true },
  'POST /api/password/begin': { may: 'staff', byCode: 403, body: { login: 'somebody', password: 'correct horse' } },
  'POST /api/password/confirm': { may: 'own', body: { code: '000000' } },
  'POST /api/password/remove': { may: 'staff', byCode: 403, body: {} },
  'POST /api/sign-out': { may: 'everybody', body: {} },
  'GET /api/session': { may: 'own', reads: true },
  'GET /api/passkeys': { may: 'own', reads: true },
  'POST /api/passkeys/begin': { may: 'own', body: {} },
  'POST /api/passkeys/add': { may: 'own', body: NEW_PASSKEY },
  'POST /api/passkeys/remove': { may: 'staff', byCode: 409, body: { id: 'x'.repeat(22) } },
  'POST /api/passkeys/codes': { may: 'staff', byCode: 409, body: {} },
  'POST /api/begin/look': { may: 'everybody', body: { token: TOKEN } },
  'POST /api/begin/passkey': { may: 'everybody', body: { token: TOKEN, name: 'Somebody' } },
  'POST /api/begin/finish': {
    may: 'everybody',
    body: { token: TOKEN, name: 'Somebody', passkeys: [NEW_PASSKEY], codes: true },
  },
  'GET /api/provider': { may: 'everybody' },
  'POST /api/provider/begin': { may: 'everybody', body: {} },
  'POST /api/provider/link': { may: 'staff', byCode: 409, body: {} },
  'POST /api/provider/finish': { may: 'everybody', body: { code: 'x', state: 'x'.repeat(43) } },
  'POST /api/provider/unlink': { may: 'staff', byCode: 409, body: {} },
  'GET /api/provider/links': { may: 'coordinator', reads: true },
  'POST /api/provider/links/judge': { may: 'coordinator', body: LINK },
  'GET /v1/loader.js': { may: 'everybody' },
  'GET /w/': { may: 'everybody' },
  'GET /w/site.json': { may: 'everybody' },
  'GET /w/assets/:file': { may: 'everybody' },
  'GET /w/:site': { may: 'everybody' },
  'GET /w/:site/': { may: 'everybody' },
  'GET /w/:site/check': { may: 'everybody' },
  'GET /w/:site/site.json': { may: 'everybody' },
  'GET /w/:site/assets/:file': { may: 'everybody' },
  'GET /console': { may: 'everybody' },
  'GET /console/': { may: 'everybody' },
  'GET /console/assets/:file': { may: 'everybody' },
  'GET /console/:file': { may: 'everybody' },
  'GET /console/site.json': { may: 'everybody' },
  'GET /console/vergeten': { may: 'everybody' },
};
/** Answers the same to everybody, whatever came: it has tests of its own. */
const GOODBYE = 'POST /api/visit/leave';
const posts = Object.entries(ROUTES).filter(([name]) => !name.startsWith('GET ') && name !== GOODBYE);
const ofStaff = Object.entries(ROUTES).filter(([, { may }]) => may !== 'everybody');

/** What Fastify prints as a tree, as `METHOD /path`. */
function routesOf(tree: string): string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const found = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!found) return [];
    const [, indent = '', part = '', methods = ''] = found;
    above.length = indent.length / 4;
    above.push(part);
    const shown = methods.split(', ').filter((method) => method !== '' && method !== 'HEAD');
    return shown.map((method) => `${method} ${above.join('')}`);
  });
}

async function cookieOf(who: Who): Promise<string | undefined> {
  if (who === 'nobody') return undefined;
  if (who === 'visitor') {
    await visitorWaits(service);
    return undefined;
  }
  // who has every role has none by a code
  if (who === 'byCode') {
    await change('noor', { roles: ['counsellor', 'coordinator'] });
    const { setCookie } = await service.sessions.open('noor' as AccountId, 'code');
    return setCookie.split(';')[0];
  }
  const { cookie, binding } = await signIn(service, who === 'coordinator' ? 'noor' : 'lien');
  if (who === 'revoked') await service.sessions.close({ binding });
  if (who === 'idle') service.clock.advance(service.limits.sessionIdleMs);
  if (who === 'disabled') await change('lien', { disabled: true });
  return cookie;
}
async function change(id: Person, to: object): Promise<void> {
  const row = (await service.records.get({ kind: 'account', id }))!;
  const text = JSON.stringify({ ...(JSON.parse(row.text) as object), ...to });
  await service.records.write([{ kind: 'account', id, rev: row.rev, text }], null);
}

async function ask(name: string, { body }: Route, headers: Record<string, string | undefined>) {
  const [method = '', path = ''] = name.split(' ');
  const place = path.replace(/:(\w+)/g, (_all, what: string) => (what === 'file' ? 'a.js' : 'demo'));
  return request(service, method, place, { headers, ...(body && { body: JSON.stringify(body) }) });
}

describe('[A18] every route', () => {
  test('is in the table, and nothing else is', () => {
    expect(routesOf(service.routes()).toSorted()).toEqual(Object.keys(ROUTES).toSorted());
  });

  const judged = Object.entries(ROUTES).flatMap(([name, route]) => WHO.map((who) => [name, who, route] as const));
  test.each(judged)('%s lets in whom it may: %s', async (name, who, route) => {
    const { status } = await ask(name, route, { ...fromOurPage(service), cookie: await cookieOf(who) });
    // where the role does not matter, 403 is about what was sent
    const forRole = status === 403 && ['counsellor', 'coordinator'].includes(route.may);
    const isOut = status === 401 || forRole || (who === 'byCode' && status === route.byCode);
    expect([status, isOut ? 'out' : 'in']).toEqual([status, lets[route.may].includes(who) ? 'in' : 'out']);
    if (isOut) expect(status).toBe(who === 'byCode' ? (route.byCode ?? 403) : lets.staff.includes(who) ? 403 : 401);
  });

  test.each(posts)('%s is asked by a page of ours alone', async (name, route) => {
    const ours = { ...fromOurPage(service), cookie: await cookieOf('counsellor') };
    const others = [
      { ...ours, origin: 'https://evil.example' },
      { ...ours, origin: undefined },
      { ...ours, origin: 'null', 'sec-fetch-site': 'cross-site' },
      { ...ours, 'x-clb': undefined },
      { ...ours, 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of others) expect((await ask(name, route, headers)).status).toBe(403);
    for (const kind of ['text/plain', 'application/x-www-form-urlencoded', undefined])
      expect((await ask(name, route, { ...ours, 'content-type': kind })).status).toBe(415);
  });

  test.each([...ofStaff, ...posts])(
    '%s takes from the share of its address before it looks at anything',
    async (name, route) => {
      await service.stop();
      service = await startService({
        passkeys: 'too',
        openId,
        limits: {
          postsBurst: 3,
          postsPerSecond: 0.001,
          postsHouseBurst: 3,
          postsHousePerSecond: 0.001,
          goodbyesBurst: 0,
          goodbyesPerSecond: 0.001,
        },
      });
      const headers = { ...fromOurPage(service), cookie: `__Host-clb=${'x'.repeat(43)}` };
      const answers = [];
      for (let times = 0; times < 8; times += 1) answers.push((await ask(name, route, headers)).status);
      expect(answers.at(-1)).toBe(429);
    },
  );
});

const events = Object.keys(counsellorSchemas) as CounsellorEvent[];
/** Without an answer of its own. */
const silent: readonly string[] = ['talk:passing'];

/** Sends every event, each on a socket of its own. @returns what was answered to each: null when the socket was closed */
async function tryAll(
  open: () => Promise<{ send(event: string, input: unknown): Promise<unknown>; leave(): void }>,
  inputs: Readonly<Record<string, unknown>>,
) {
  const answers: Record<string, unknown> = {};
  for (const [event, input] of Object.entries(inputs)) {
    const client = await open();
    if (!silent.includes(event)) answers[event] = await client.send(event, input);
    else void client.send(event, input);
    client.leave();
  }
  return answers;
}
const provedBy = async (signedIn: SignedIn) => {
  const client = await connectCounsellor(service, signedIn);
  await good(prove(service, client, signedIn));
  return client;
};
const refusedBy = (code: string) => ({ ok: false, code });

describe('[A18] what only reads', () => {
  test.each(ofStaff.filter(([, { reads }]) => reads))(
    '%s tells no page of others, and takes nothing from the share for it',
    async (name, route) => {
      await service.stop();
      service = await startService({
        passkeys: 'too',
        openId,
        limits: { postsBurst: 3, postsPerSecond: 0.001, postsHouseBurst: 3, postsHousePerSecond: 0.001 },
      });
      const { cookie } = await signIn(service, 'noor');
      const others = [
        { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
        {},
      ];
      for (let times = 0; times < 4; times += 1)
        for (const headers of others) expect((await ask(name, route, { ...headers, cookie })).status).toBe(403);
      expect((await ask(name, route, { ...fromOurPage(service), cookie })).status).toBe(200);
      const silent = { 'sec-fetch-site': 'same-origin', cookie }; // as a browser asks its own host
      expect((await ask(name, route, silent)).status).toBe(200);
    },
  );
});

describe('[A18] every event', () => {
  test('of a desk is nobody’s who is not signed in, or was', async () => {
    for (const who of WHO.filter((each) => !lets.staff.includes(each))) {
      const cookie = await cookieOf(who);
      const coming = connectCounsellor(service, { ...(cookie !== undefined && { cookie }) });
      await expect(coming, who).rejects.toThrow('no_cert');
      await change('lien', { disabled: false });
    }
  });

  test('of a desk needs the device’s proof first, and then a seat', async () => {
    const lien = await signIn(service);
    const unproved = await tryAll(() => connectCounsellor(service, lien), counsellorInputs);
    expect(Object.keys(unproved)).toEqual(events.filter((event) => !silent.includes(event)));
    for (const answer of Object.values(unproved)) expect(answer).toEqual(refusedBy('no_cert'));

    const standing = await tryAll(() => provedBy(lien), counsellorInputs);
    const { 'desk:enter': entered, 'desk:prove': again, ...rest } = standing;
    expect([entered, again]).toMatchObject([{ ok: true }, { ok: false }]);
    for (const [event, answer] of Object.entries(rest))
      expect([event, answer]).toEqual([event, refusedBy('not_available')]);
  });

  test('of a desk is no coordinator’s who is no counsellor, however well she proves her device', async () => {
    const noor = await signIn(service, 'noor');
    const answers = await tryAll(() => provedBy(noor), counsellorInputs);
    for (const answer of Object.values(answers)) expect(answer).toMatchObject({ ok: false });
    expect(answers['desk:enter']).toEqual(refusedBy('not_yours'));
  });

  test('of a desk closes a visitor’s socket, and one of a visitor a desk’s', async () => {
    const {
      'talk:append': _a,
      'talk:passing': _p,
      'talk:since': _s,
      'talk:restore': _r,
      'key:share': _k,
      ...desks
    } = counsellorInputs;
    const visitors = await tryAll(() => visitorWaits(service), desks);
    for (const [event, answer] of Object.entries(visitors)) expect([event, answer]).toEqual([event, null]);
    const lien = await signIn(service);
    const only = Object.entries(visitorInputs).filter(([event]) => !Object.hasOwn(counsellorSchemas, event));
    expect(only.length).toBeGreaterThan(3);
    const console = await tryAll(() => provedBy(lien), Object.fromEntries(only));
    for (const [event, answer] of Object.entries(console)) expect([event, answer]).toEqual([event, null]);
    expect(Object.keys(visitorInputs)).toEqual(Object.keys(visitorSchemas));
  });

  test('about another’s conversation gives no word of it, nor which it is, to a colleague and to a coordinator with every right', async () => {
    await change('noor', { roles: ['counsellor', 'coordinator'] });
    const visitor = await visitorWaits(service);
    const lien = await deskOpens(service, 'lien', { slots: 1 });
    const { on } = await talks(lien, visitor);
    const { frame } = frameOf({ visitId: visitor.visitId, side: 'v', n: 1 });
    await good(visitor.ask('talk:append', { frame }));
    await lien.hears('talk:frame', (hint) => hint.frame === frame);

    for (const who of ['samir', 'noor'] as const) {
      const signedIn = await signIn(service, who);
      const own = frameOf({ visitId: visitor.visitId, side: 'c', n: 2 }).frame;
      const about = (input: object) => ({
        ...input,
        ...on,
        ...('frame' in input && { frame: own }),
        ...('frames' in input && { frames: [own] }),
      });
      const theirs = Object.fromEntries(
        Object.entries(counsellorInputs).map(([event, input]) => [event, 'visitId' in input ? about(input) : input]),
      );
      const { 'desk:prove': _proved, 'desk:enter': _sat, 'desk:leave': _left, ...asked } = theirs;
      const answers: unknown[] = [];
      for (const [event, input] of Object.entries(asked)) {
        const desk = await deskOpens(service, signedIn);
        const passing = silent.includes(event);
        const answer = passing ? void desk.send(event, input) : await desk.send(event, input);
        answers.push(desk.state, answer, desk.heard('talk:frame'), desk.heard('queue:changed'));
        if ('visitId' in input && !passing) expect([event, answer]).toEqual([event, refusedBy('not_yours')]);
        desk.leave();
      }
      for (const [name, route] of Object.entries(ROUTES)) {
        const { body } = await ask(
          name,
          name.includes('sign-out') || name.includes('renew') ? { may: 'staff' } : route,
          {
            ...fromOurPage(service),
            cookie: signedIn.cookie,
          },
        );
        answers.push(body);
      }
      const seen = JSON.stringify(answers);
      expect(seen).not.toContain(frame.slice(0, 60));
      expect(seen).not.toContain(visitor.visitId);
    }
    expect(await good(lien.ask('talk:since', { ...on, seq: 0 }))).toMatchObject({ last: 2 });
  });
});
