import { centreOf } from '@clbchat/server/centre/centre.store';
import { readEntry } from '@clbchat/server/records/audit.rules';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import { makeIssuer, type Issuer } from '@clbchat/shared/statement/issuer';
import { exportPublic, makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import { signSites, verifySites } from '@clbchat/shared/statement/sites';
import { afterEach, describe, expect, test } from 'vitest';
import { signIn } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

const PATH = '/api/centre/sites';
interface Shown {
  readonly rev: number;
  readonly sites: Record<string, { origins: string[]; name?: string }>;
  readonly signed: string | null;
  readonly pins: string[];
  readonly [name: string]: unknown;
}

async function opened(wishes: { demo?: boolean; pins?: string[] } = {}) {
  service = await startService({ schoolOrigins: ['https://www.school.example'], ...wishes });
  const { cookie } = await signIn(service, 'noor');
  const headers = { ...fromOurPage(service), cookie };
  const bodyOf = ({ body, status }: { body: string; status: number }) => ({ status, body: JSON.parse(body) as Shown });
  return {
    read: async () => bodyOf(await request(service, 'GET', PATH, { headers })),
    put: async (body: object) => bodyOf(await request(service, 'PUT', PATH, { headers, body: JSON.stringify(body) })),
    stored: () => centreOf(service.records, 'demo', service.clock.nowMs).get(),
    signed: () => request(service, 'GET', '/api/sites/signed'),
  };
}
const LINDE = { s_linde: { origins: ['https://www.delinde.example'], name: 'De Linde' } };

describe('[U36] the sites of a centre', () => {
  test('are shown with what a snippet needs, and saved with a name; a page of them may show the chat at once', async () => {
    const { read, put, stored } = await opened();
    const { body: seen } = await read();
    expect(seen).toEqual({
      rev: seen.rev,
      sites: { demo: { origins: ['https://www.school.example'] } },
      signed: null,
      pins: service.keys.pins,
      chat: service.origin,
      account: 'noor',
    });
    const saved = await put({ rev: seen.rev, sites: { ...seen.sites, ...LINDE }, signed: null });
    expect(saved).toMatchObject({ status: 200, body: { sites: LINDE, signed: null } });
    expect(saved.body.rev).toBeGreaterThan(seen.rev);
    expect((await read()).body).toEqual(saved.body);
    expect((await stored())?.centre.sites).toEqual({ ...seen.sites, ...LINDE });
    expect((await request(service, 'GET', '/status/s_linde')).status).toBe(200);
    const { entries } = await service.records.audit();
    expect(readEntry(entries.at(-1)!)).toMatchObject({ by: 'noor', act: 'sites_changed', about: 'centre' });
  });

  test('are changed by whoever showed a moment ago that it is she: otherwise nothing is done', async () => {
    const { read, put, stored } = await opened();
    await service.advance(service.limits.stepUpMs);
    const { body: seen } = await read();
    expect(await put({ rev: seen.rev, sites: LINDE, signed: null })).toMatchObject({
      status: 403,
      body: { code: 'step_up' },
    });
    expect((await stored())?.rev).toBe(seen.rev);
  });

  test('change nothing else of the settings, and those change no site', async () => {
    const { read, put, stored } = await opened();
    const before = (await stored())!.centre;
    const { body: seen } = await read();
    await put({ rev: seen.rev, sites: LINDE, signed: null });
    const { sites: _mine, ...rest } = (await stored())!.centre;
    const { sites: _theirs, ...others } = before;
    expect(rest).toEqual(others);
  });

  test('who saw older ones is told what stands and whose it is, and nothing is written', async () => {
    const { read, put, stored } = await opened();
    const { body: seen } = await read();
    const first = await put({ rev: seen.rev, sites: LINDE, signed: null });
    const second = await put({ rev: seen.rev, sites: {}, signed: null });
    expect(second).toMatchObject({ status: 409, body: { code: 'stale', by: 'Noor', now: first.body } });
    expect((await stored())?.centre.sites).toEqual(LINDE);
  });

  test('[U52] a name or an address that another one has is refused by its path; what stood so before holds nobody back', async () => {
    const { read, put, stored } = await opened();
    const { body: seen } = await read();
    const berk = { origins: ['https://berk.example'], name: 'De Berk' };
    const tried = async (rev: number, sites: object) => {
      const { status, body } = await put({ rev, sites, signed: null });
      return [status, ...((body['problems'] ?? []) as { path: string }[]).map(({ path }) => path)];
    };
    const both = (other: object) => ({ s_1: berk, s_2: { ...berk, ...other } });
    const name = [422, 'sites.s_1.name', 'sites.s_2.name'];
    for (const called of ['De Berk', ' de  BERK']) {
      const sites = both({ origins: ['https://other.example'], name: called });
      expect(await tried(seen.rev, sites)).toEqual(name);
    }
    expect(await tried(seen.rev, both({ origins: ['https://other.example', ...berk.origins], name: 'Els' }))).toEqual([
      422,
      'sites.s_1.origins.0',
      'sites.s_2.origins.1',
    ]);
    expect((await stored())?.rev).toBe(seen.rev);

    const before = (await stored())!;
    const store = centreOf(service.records, 'demo', service.clock.nowMs);
    const twins = both({ name: 'Els' });
    expect((await store.put({ ...before.centre, sites: twins }, before.rev, 'noor')).is).toBe('written');
    const { body: now } = await read();
    expect((await put({ rev: now.rev, sites: { ...twins, ...LINDE }, signed: null })).status).toBe(200);
    const changed = { ...twins, ...LINDE, s_2: { ...twins.s_2, name: 'De Els' } };
    const { rev } = (await read()).body;
    expect(await tried(rev, changed)).toEqual([422, 'sites.s_2.origins.0']);
    expect((await put({ rev, sites: { s_1: berk, ...LINDE }, signed: null })).status).toBe(200);
  });

  test('one that is no site is refused by its path, and so is one too many; nothing is written', async () => {
    const { read, put, stored } = await opened();
    const { body: seen } = await read();
    const refusedAt = async (sites: object) => {
      const { status, body } = await put({ rev: seen.rev, sites, signed: null });
      return [status, ...((body['problems'] ?? []) as { path: string }[]).map(({ path }) => path)];
    };
    expect(await refusedAt({ a: { origins: ['https://a.example', 'http://a.example'] } })).toEqual([
      422,
      'sites.a.origins.1',
    ]);
    expect(await refusedAt({ a: { origins: [], name: ' ' } })).toEqual([422, 'sites.a.name']);
    expect(await refusedAt({ 'a b': { origins: [] } })).toEqual([422, 'sites.a b']);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`s${at}`, { origins: [] }]));
    expect(await refusedAt(many)).toEqual([422, 'sites']);
    const wide = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [
        `s${at}`,
        { origins: [`https://${'a'.repeat(200)}${at}.example`, `https://${'b'.repeat(200)}.example`] },
      ]),
    );
    expect(await refusedAt(wide)).toEqual([422, 'sites']);
    for (const wrong of [{}, { rev: seen.rev }, { rev: seen.rev, sites: [] }, { rev: seen.rev, sites: {}, signed: 7 }])
      expect((await put(wrong)).status, JSON.stringify(wrong)).toBe(400);
    expect((await stored())?.rev).toBe(seen.rev);
  });
});

const digestOf = async ({ keys }: Issuer) => (await pinOf(await exportPublic(keys.publicKey))) as Digest;

describe('[U35] the signed list', () => {
  async function production() {
    const root = await makeSigningPair();
    const point = await exportPublic(root.publicKey);
    const pins = [await pinOf(point)];
    const scene = await opened({ demo: false, pins });
    const nowMs = () => service.clock.nowMs();
    const issuerOf = async (account: string) => {
      const made = await makeIssuer({ root: point, key: root.privateKey }, { org: 'CLB', nowMs: nowMs() });
      const { statement, exp } = made;
      await service.issuers.make(await digestOf(made), account as AccountId, statement, exp * 1_000, account);
      return made;
    };
    const issuer = await issuerOf('noor');
    const by = (one: Issuer, rev: number, sites: Shown['sites'], atMs = nowMs()) =>
      signSites(one, { rev, sites, nowMs: atMs });
    return { ...scene, pins, issuer, issuerOf, by, nowMs };
  }

  test('is kept in the step that saves the sites, and read by anybody', async () => {
    const { read, put, signed, by, issuer, pins, nowMs } = await production();
    expect((await signed()).status).toBe(404);
    const { body: seen } = await read();
    expect(seen.signed).toBe('');
    const text = await by(issuer, 5, LINDE);
    service.clock.advance(1_000);
    expect(await put({ rev: seen.rev, sites: LINDE, signed: text })).toMatchObject({
      status: 200,
      body: { signed: text },
    });
    const answer = await signed();
    expect([answer.status, answer.body, answer.headers['cache-control']]).toEqual([200, text, 'no-store']);
    expect(answer.headers['content-type']).toContain('text/plain');
    const { s_linde } = LINDE;
    expect(await verifySites(answer.body, { pins, nowMs: nowMs(), skewMsMax: 2_000 })).toMatchObject({
      ok: true,
      sites: { s_linde: { origins: s_linde.origins } },
    });
  });

  test('not signed, not by us, not now, not above the last, or of other sites: refused, and neither is written', async () => {
    const { read, put, stored, by, issuer, issuerOf, nowMs } = await production();
    const { body: seen } = await read();
    const first = await put({ rev: seen.rev, sites: LINDE, signed: await by(issuer, 5, LINDE) });
    const { rev } = first.body;
    const stranger = await makeSigningPair();
    const point = await exportPublic(stranger.publicKey);
    const other = await makeIssuer({ root: point, key: stranger.privateKey }, { org: 'CLB', nowMs: nowMs() });
    const [samirs, revoked] = [await issuerOf('samir'), await issuerOf('noor')];
    await service.issuers.revoke(await digestOf(revoked), 'noor');
    const more = { ...LINDE, s_berk: { origins: ['https://berk.example'] } };
    const day = 86_400_000;
    for (const [signed, code] of [
      [null, 'missing'],
      ['', 'value'],
      [await by(other, 6, more), 'value'],
      [await by(samirs, 6, more), 'value'],
      [await by(revoked, 6, more), 'value'],
      [await by(issuer, 6, more, nowMs() + day + 1_000), 'value'],
      [await by(issuer, 5, more), 'order'],
      [await by(issuer, 6, LINDE), 'value'],
      [await by(issuer, 6, { ...more, s_berk: { origins: [] } }), 'value'],
    ] as const)
      expect(await put({ rev, sites: more, signed }), String(signed)).toMatchObject({
        status: 422,
        body: { code: 'refused', problems: [{ path: 'signed', code }] },
      });
    const old = await by(issuer, 6, more);
    service.clock.advance(day + 1_000);
    const { cookie } = await signIn(service, 'noor');
    const late = await request(service, 'PUT', PATH, {
      headers: { ...fromOurPage(service), cookie },
      body: JSON.stringify({ rev, sites: more, signed: old }),
    });
    expect(late.status).toBe(422);
    expect((await stored())?.rev).toBe(rev);
    expect((await request(service, 'GET', '/api/sites/signed')).body).toContain(issuer.rootPublic);
  });

  test('of sites that cannot be saved is not kept either', async () => {
    const { read, put, signed, by, issuer } = await production();
    const { body: seen } = await read();
    const nameless = { s_linde: { ...LINDE.s_linde, name: '' } };
    expect((await put({ rev: seen.rev, sites: nameless, signed: await by(issuer, 5, nameless) })).status).toBe(422);
    expect((await put({ rev: seen.rev + 1, sites: LINDE, signed: await by(issuer, 5, LINDE) })).status).toBe(409);
    expect((await signed()).status).toBe(404);
  });

  test('is asked of the store once a second, however many ask', async () => {
    const { signed, read, put, by, issuer } = await production();
    const get = service.records.get;
    let asked = 0;
    service.records.get = (name) => {
      if (name.kind === 'sites') asked += 1;
      return get(name);
    };
    await Promise.all(Array.from({ length: 20 }, signed));
    expect(asked).toBe(1);
    service.records.get = get;
    const { body: seen } = await read();
    await put({ rev: seen.rev, sites: LINDE, signed: await by(issuer, 5, LINDE) });
    service.clock.advance(1_000);
    expect((await signed()).status).toBe(200);
  });
});
