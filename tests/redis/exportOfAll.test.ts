import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identitiesOf } from '@clbchat/server/accounts/identities.store';
import { brokenAt } from '@clbchat/server/records/audit.rules';
import { figuresOf } from '@clbchat/server/figures/figures.store';
import { openRecords } from '@clbchat/server/records/open.redis';
import { KINDS } from '@clbchat/server/records/records.store';
import { exportRecords } from '@clbchat/server/shell/export';
import { importRecords, openExport, readExport } from '@clbchat/server/shell/import';
import type { AccountId } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import { signSites } from '@clbchat/shared/statement/sites';
import type { Redis } from 'ioredis';
import { TOTP } from 'otpauth';
import { afterAll, expect, test } from 'vitest';
import { asks, chainOf, codeOf, computer, issuerBy, makeCentreKeys, posts, send } from '../support/centreKeys.ts';
import { addressOf, begins, cookieOf, post, said, signsIn } from '../support/gettingIn.ts';
import { AS_RECORDS, startRedis } from '../support/redis.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { lookAt } from './world.ts';

const CENTRE = 'demo';
const PASSPHRASE = 'four words or more';
const WORK_FACTOR = 1;
const LOGIN = { login: 'noor@clb.test', password: 'een zin die niemand raadt' };
const folder = mkdtempSync(join(tmpdir(), 'clbchat-all-'));
const servers = await Promise.all([startRedis(AS_RECORDS), startRedis(AS_RECORDS)]);
const [old, fresh] = servers.map(lookAt) as [Redis, Redis];
const running: TestService[] = [];
afterAll(async () => {
  for (const service of running) await service.stop();
  for (const redis of [old, fresh]) redis.disconnect();
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true });
});

const centre = await makeCentreKeys();
async function serviceOn(redis: Redis): Promise<TestService> {
  const service = await startService({
    ...{ passkeys: true, demo: false, pins: [...centre.pins], publicOrigin: 'http://localhost:8080' },
    records: (clock) => openRecords({ redis, tag: `{${CENTRE}}`, clock }),
  });
  running.push(service);
  return service;
}
const listOf = async (service: TestService, cookie: string, path: string) =>
  said<Record<string, unknown>>(await request(service, 'GET', path, { headers: { ...fromOurPage(service), cookie } }));

test('[A7 A8] what a service wrote, of every kind, comes there and back and opens what it opened; what opens a door to whoever holds it stays', async () => {
  const service = await serviceOn(old);
  const nowMs = () => service.clock.nowMs();
  const noor = await begins(service);
  const at = { service, account: noor.account, cookie: noor.cookie };
  const secret = said<{ secret: string }>(await post(service, '/api/password/begin', LOGIN, noor.cookie)).secret;
  const totp = new TOTP({ secret, digits: 6, period: 30 });
  const codeNow = () => totp.generate({ timestamp: nowMs() });
  said(await post(service, '/api/password/confirm', { code: codeNow() }, noor.cookie));
  const issuer = await issuerBy(centre, nowMs());
  const [signed, waiting] = [await computer(), await computer()];
  expect(codeOf(await posts(at, issuer))).toBe('200 ok');
  for (const one of [signed, waiting]) expect(codeOf(await asks(at, one))).toBe('200 ok');
  const chain = await chainOf(issuer, { sub: noor.account, pub: signed.pub, name: 'Noor' }, nowMs());
  expect(codeOf(await send(at, '/api/devices/sign', { chain }))).toBe('200 ok');
  const sites = { s_linde: { origins: ['https://www.delinde.example'] } };
  const { rev } = await listOf(service, noor.cookie, '/api/centre/sites');
  const list = await signSites(issuer, { rev: 1, sites, nowMs: nowMs() });
  const put = {
    headers: { ...fromOurPage(service), cookie: noor.cookie },
    body: JSON.stringify({ rev, sites, signed: list }),
  };
  expect((await request(service, 'PUT', '/api/centre/sites', put)).status).toBe(200);
  const answers = [{ name: 'dag', text: 'Dag {schuilnaam}!\nFijn.', folder: 'start', for: 'all' }];
  const saved = { headers: put.headers, body: JSON.stringify({ rev: 0, answers }) };
  expect((await request(service, 'PUT', '/api/centre/answers', saved)).status).toBe(200);
  const invited = said<{ token: string }>(
    await post(service, '/api/team/invite', { roles: ['counsellor'], name: 'Tom' }, noor.cookie),
  );
  const identities = identitiesOf(service.records, nowMs);
  await identities.link(noor.account as AccountId, { issuer: 'https://login.example.be', subject: 'subject 1' });
  const recovering = await addressOf(service, 'recover');

  const open = { timezone: 'Europe/Brussels', wasOpenIn: () => true };
  await figuresOf(service.records, nowMs, limits).add({ hour: -1, rev: 0 }, 495_000, [], open);

  const there = await service.records.dump();
  expect(new Set(there.rows.map(({ kind }) => kind))).toEqual(new Set(KINDS)); // a new kind has to be written here, too
  const file = join(folder, 'all.age');
  const around = { clock: service.clock, centre: CENTRE };
  await exportRecords({ ...around, records: service.records, file, passphrase: PASSPHRASE, workFactor: WORK_FACTOR });
  const dump = await openExport(await readExport(file), { file, passphrase: PASSPHRASE, centre: CENTRE });
  const doors = ['session', 'token', 'ask', 'invitation', 'signIn', 'team'];
  expect(dump.rows).toEqual(there.rows.filter(({ kind }) => !doors.includes(kind)));
  const inside = JSON.stringify(dump);
  for (const each of [noor.cookie.split('=')[1]!, invited.token, recovering, secret, ...noor.codes, LOGIN.password])
    expect(inside.includes(each), each).toBe(false);
  for (const { kind, id } of there.rows)
    if (doors.includes(kind) && kind !== 'signIn') expect(inside).not.toContain(`"${id}"`);

  const records = await openRecords({ redis: fresh, tag: `{${CENTRE}}`, clock: service.clock });
  await importRecords(dump, { ...around, records });
  expect((await records.dump()).rows).toEqual(dump.rows);
  expect(brokenAt(await records.audit())).toBeNull();
  const other = await serviceOn(fresh);
  expect((await post(other, '/api/password/begin', LOGIN, noor.cookie)).status).toBe(401);
  expect((await post(other, '/api/begin/passkey', { token: invited.token, name: 'Tom' })).status).toBe(404);
  expect((await signsIn(other, (options) => noor.authenticator.show(options))).status).toBe(200);
  await other.advance(30_000);
  const half = await post(other, '/api/sign-in/password', LOGIN);
  const typed = totp.generate({ timestamp: other.clock.nowMs() });
  const again = await post(other, '/api/sign-in/totp', { code: typed }, cookieOf(half));
  expect(said(again)).toMatchObject({ account: noor.account, method: 'password', roles: ['coordinator'] });
  const cookie = cookieOf(again);
  expect(await listOf(other, cookie, '/api/devices/all')).toMatchObject({
    ...{ asks: [], devices: [{ id: signed.id, chain, active: true }] },
    issuers: [{ account: noor.account, revoked: false }],
  });
  expect((await request(other, 'GET', '/api/sites/signed')).body).toBe(list);
  expect(await listOf(other, cookie, '/api/centre/answers')).toMatchObject({ answers });
  expect(await listOf(other, cookie, '/api/team')).toMatchObject({ invitations: [], people: [{ name: 'Noor' }] });
  expect((await post(other, '/api/sign-in/code', { code: noor.codes[0] })).status).toBe(200);
});
