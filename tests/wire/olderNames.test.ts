import { centreOf } from '@clbchat/server/centre/centre.store';
import { afterEach, expect, test } from 'vitest';
import { signIn } from '../support/clients.ts';
import { said } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

const UNSEEN = 'Sint-Jans\u00adcollege';

test('[G93] a service starts on names that an earlier release let through, and its coordinator goes on with them', async () => {
  service = await startService({ passkeys: 'too' });
  const row = (await service.records.get({ kind: 'settings', id: 'centre' }))!;
  const older = { ...(JSON.parse(row.text) as object), name: UNSEEN, sites: { school: { origins: [], name: UNSEEN } } };
  await service.records.write([{ ...row, text: JSON.stringify(older) }], null);
  expect((await centreOf(service.records, 'demo', service.clock.nowMs).get())?.centre.name).toBe(UNSEEN); // as at a start
  const { cookie } = await signIn(service, 'noor');
  const headers = { ...fromOurPage(service), cookie };
  const read = async () =>
    said<{ rev: number; sites: Record<string, object> }>(
      await request(service, 'GET', '/api/centre/sites', { headers }),
    );
  const put = async (body: object) =>
    request(service, 'PUT', '/api/centre/sites', { headers, body: JSON.stringify({ ...body, signed: null }) });
  const { rev, sites } = await read();
  const berk = { s_berk: { origins: ['https://berk.example'], name: 'De Berk' } };
  expect((await put({ rev, sites: { ...sites, ...berk } })).status).toBe(200);
  const now = await read();
  expect(now.sites).toEqual({ school: { origins: [], name: UNSEEN }, ...berk });
  const refused = await put({ rev: now.rev, sites: { ...now.sites, s_eik: { origins: [], name: 'De\u00ad Eik' } } });
  expect([
    refused.status,
    (JSON.parse(refused.body) as { problems: { path: string }[] }).problems.map(({ path }) => path),
  ]).toEqual([422, ['sites.s_eik.name']]);
});
