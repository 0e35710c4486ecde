import { signSites } from '@clbchat/shared/statement/sites';
import { sign } from '@clbchat/shared/statement/statement';
import { afterEach, expect, test } from 'vitest';
import { codeOf, get, issuerBy, makeCentreKeys, posts } from '../support/centreKeys.ts';
import { signIn } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService | undefined;
afterEach(async () => service?.stop());
const EVIL = { s_evil: { origins: ['https://evil.example'] } };

test('[U70] no coordinator makes a list that no other can ever follow', async () => {
  const centre = await makeCentreKeys();
  service = await startService({ demo: false, pins: [...centre.pins], passkeys: 'too' });
  const noor = { ...(await signIn(service, 'noor')), service };
  const nowMs = service.clock.nowMs();
  const put = async (signed: string, sites: object) => {
    const headers = { ...fromOurPage(service!), cookie: noor.cookie };
    const { rev } = JSON.parse((await get(noor, '/api/centre/sites')).body) as { rev: number };
    const body = JSON.stringify({ rev, sites, signed });
    return codeOf(await request(service!, 'PUT', '/api/centre/sites', { headers, body }));
  };
  const bad = await issuerBy(centre, nowMs);
  expect(codeOf(await posts(noor, bad))).toBe('200 ok');
  const iat = Math.floor(nowMs / 1_000);
  const says = (rev: number) => sign(bad.keys.privateKey, 'sites', { rev, iat, sites: EVIL });
  const greatest = `1.${bad.rootPublic}.${bad.statement}.${await says(Number.MAX_SAFE_INTEGER)}`;
  expect(await put(greatest, EVIL)).toBe('422 refused');
  // the greatest that may be is followed by a list that takes the page away again
  expect(await put(await signSites(bad, { rev: iat + 3_600, sites: EVIL, nowMs }), EVIL)).toBe('200 ok');
  const good = await issuerBy(centre, nowMs);
  expect(codeOf(await posts(noor, good))).toBe('200 ok');
  expect(await put(await signSites(good, { rev: iat + 3_601, sites: {}, nowMs }), {})).toBe('200 ok');
});
