import { act } from '@clbchat/server/records/acts.store';
import { readEntry } from '@clbchat/server/records/audit.rules';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { afterEach, expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { asks, chainOf, codeOf, computer, issuerBy, makeCentreKeys, posts, send } from '../support/centreKeys.ts';
import { signIn } from '../support/clients.ts';
import { begins, cookieOf, post, said, type Creation } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());
const MINUTE_MS = 60_000;
const door = (cookie: string, shut: boolean) =>
  request(service, 'PUT', '/api/centre/door', {
    headers: { ...fromOurPage(service), cookie },
    body: JSON.stringify({ shut }),
  });

test('[A25] who stole a session, and can show nothing, keeps its owner from no way in by her recovery code', async () => {
  service = await startService({ passkeys: true });
  const noor = await begins(service);
  await service.advance(6 * MINUTE_MS); // the thief has her cookie alone: no step-up any more
  for (let n = 0; n < 200; n += 1)
    await act(service.records, service.clock.nowMs(), [], { by: noor.account, act: 'door_opened', about: 'x' });
  await door(noor.cookie, true);
  expect((await door(noor.cookie, false)).status).toBe(429);
  // she lost her key, and has her paper
  const byCode = await post(service, '/api/sign-in/code', { code: noor.codes[0] });
  expect(byCode.status).toBe(200);
  const mine = createAuthenticator(service.origin, {});
  const begun = await post(service, '/api/passkeys/begin', {}, cookieOf(byCode));
  const added = await post(service, '/api/passkeys/add', mine.make(said<Creation>(begun)), cookieOf(byCode));
  expect(added.status).toBe(200);
});

test('[A25 G45] what is refused takes nothing: her oldest passkey stays where the new one is one too many an hour', async () => {
  service = await startService({ passkeys: true });
  const noor = await begins(service);
  for (let n = 1; n < 10; n += 1) {
    const one = createAuthenticator(service.origin, {});
    const begun = said<Creation>(await post(service, '/api/passkeys/begin', {}, noor.cookie));
    expect((await post(service, '/api/passkeys/add', one.make(begun), noor.cookie)).status).toBe(200);
  }
  for (let n = 0; n < 200; n += 1)
    await act(service.records, service.clock.nowMs(), [], { by: noor.account, act: 'codes_made', about: 'x' }).catch(
      () => undefined,
    );
  const keysOf = async () =>
    said<{ passkeys: { id: string }[] }>(
      await request(service, 'GET', '/api/passkeys', { headers: { ...fromOurPage(service), cookie: noor.cookie } }),
    ).passkeys.map(({ id }) => id);
  const before = await keysOf();
  expect(before).toHaveLength(10);
  const byCode = cookieOf(await post(service, '/api/sign-in/code', { code: noor.codes[0] }));
  const begun = said<Creation>(await post(service, '/api/passkeys/begin', {}, byCode));
  const added = await post(service, '/api/passkeys/add', createAuthenticator(service.origin, {}).make(begun), byCode);
  expect([added.status, await keysOf()]).toEqual([429, before]);
});

test('[A25 O23] one coordinator writes no more than 200 acts an hour by renewing one certificate a second at a time', async () => {
  const centre = await makeCentreKeys();
  service = await startService({ demo: false, pins: [...centre.pins], passkeys: 'too' });
  const noor = { ...(await signIn(service, 'noor')), service };
  const nowMs = service.clock.nowMs();
  const issuer = await issuerBy(centre, nowMs);
  expect(codeOf(await posts(noor, issuer))).toBe('200 ok');
  const hers = await computer();
  await asks(noor, hers);
  // its times are hers to say: as if her clock had stood ten days ago
  const at = (ms: number) => chainOf(issuer, { sub: 'noor', pub: hers.pub }, ms);
  const early = nowMs - 10 * 86_400_000;
  const first = await at(early);
  const signed = codeOf(await send(noor, '/api/devices/sign', { chain: first }));
  expect(signed).toBe('200 ok');
  let written = 0;
  for (let n = 1; n <= 260; n += 1)
    if (codeOf(await send(noor, '/api/devices/renew', { chain: await at(early + n * 1_000) })) === '200 ok')
      written += 1;
  expect(written).toBeLessThanOrEqual(200);
});

test('[A25 H30] presses on a door that is shut already write nothing, also while the first is on its way to the records', async () => {
  service = await startService({
    async records(clock) {
      const under = memoryRecords(clock);
      const slowly: typeof under.write = async (...step) => {
        for (let turns = 0; turns < 20; turns += 1) await new Promise(setImmediate); // as far away as a Redis
        return under.write(...step);
      };
      return { ...under, write: slowly };
    },
  });
  const lien = await signIn(service, 'lien');
  await Promise.all(Array.from({ length: 30 }, () => door(lien.cookie, true)));
  const { entries } = await service.records.audit();
  expect(entries.filter((text) => readEntry(text)?.act === 'door_shut')).toHaveLength(1);
});
