import { older } from '@clbchat/server/records/audit.rules';
import { signSites } from '@clbchat/shared/statement/sites';
import { afterEach, expect, test } from 'vitest';
import type { AllDevices } from '../../console/src/model/devices.ts';
import { asks, chainOf, codeOf, computer, get, issuerBy, makeCentreKeys, posts, send } from '../support/centreKeys.ts';
import { signIn } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());
const DAY_MS = 86_400_000;

/** What a coordinator reads at her next sign-in. */
async function everSigned() {
  const noor = { ...(await signIn(service, 'noor')), service };
  const said = JSON.parse((await get(noor, '/api/devices/all')).body) as AllDevices;
  return [said.everSigned, said.issuers.length, said.devices.filter(({ chain }) => chain !== null).length];
}

test('[O51] once somebody signed that stays said: by her issuer, by a computer that it signed, and by the log where both ended', async () => {
  const centre = await makeCentreKeys();
  service = await startService({ demo: false, pins: [...centre.pins], passkeys: 'too' });
  const noor = { ...(await signIn(service, 'noor')), service };
  const hers = await computer();
  await asks(noor, hers);
  expect(await everSigned()).toEqual([false, 0, 0]);
  const nowMs = service.clock.nowMs();
  const issuer = await issuerBy(centre, nowMs);
  expect(codeOf(await posts(noor, issuer))).toBe('200 ok');
  expect(await everSigned()).toEqual([true, 1, 0]);
  const chain = await chainOf(issuer, { sub: 'noor', pub: hers.pub }, nowMs);
  expect(codeOf(await send(noor, '/api/devices/sign', { chain }))).toBe('200 ok');
  service.clock.advance(300 * DAY_MS);
  expect(await everSigned()).toEqual([true, 0, 0]);
});

test('[O51] and by the list of schools that was signed, after the log has forgotten the rest', async () => {
  const centre = await makeCentreKeys();
  service = await startService({ demo: false, pins: [...centre.pins], passkeys: 'too' });
  const noor = { ...(await signIn(service, 'noor')), service };
  const issuer = await issuerBy(centre, service.clock.nowMs());
  expect(codeOf(await posts(noor, issuer))).toBe('200 ok');
  const { rev } = JSON.parse((await get(noor, '/api/centre/sites')).body) as { rev: number };
  const sites = { s_linde: { origins: ['https://linde.test'], name: 'De Linde' } };
  const signed = await signSites(issuer, { rev: 5, sites, nowMs: service.clock.nowMs() });
  const put = await request(service, 'PUT', '/api/centre/sites', {
    headers: { ...fromOurPage(service), cookie: noor.cookie },
    body: JSON.stringify({ rev, sites, signed }),
  });
  expect(put.status).toBe(200);
  service.clock.advance(400 * DAY_MS);
  await service.records.sweep();
  await service.records.shorten(
    older(await service.records.audit(), service.clock.nowMs() - service.limits.auditKeptMs),
  );
  expect((await service.records.audit()).entries).toEqual([]);
  expect((await everSigned())[0]).toBe(true);
});
